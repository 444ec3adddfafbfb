using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Engine;

/// <summary>A command as the engine takes it: whose, under which request id, and the hash of what was asked.</summary>
public abstract record EngineCommand
{
    /// <summary>Who asks; 0 for the server itself.</summary>
    public required long UserId { get; init; }

    public required Guid RequestId { get; init; }

    /// <summary>SHA-256 of the canonical request.</summary>
    public required byte[] BodyHash { get; init; }
}

/// <summary>Takes an offer. The order's id is made before the insert.</summary>
public sealed record PlaceOrder : EngineCommand
{
    public required Guid OrderId { get; init; }

    public required Guid OfferId { get; init; }

    /// <summary>Of which kind the offer must be: one of another kind is not there for this command.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>What the offer's kind needs to know.</summary>
    public required object Request { get; init; }
}

/// <summary>Acts on an order.</summary>
public sealed record MoveOrder : EngineCommand
{
    public required Guid OrderId { get; init; }

    public required OrderAction Action { get; init; }

    public int? ExpectedVersion { get; init; }

    /// <summary>Of which kind the order must be: one of another kind is not there for this command. Null for any.</summary>
    public OrderKind? Kind { get; init; }

    /// <summary>What the buyer wrote when confirming a payment.</summary>
    public string? Reference { get; init; }

    /// <summary>The holder of the account that the buyer paid from.</summary>
    public string? PayerName { get; init; }

    /// <summary>Minutes to add to the payment window.</summary>
    public int? Minutes { get; init; }

    /// <summary>What is said when a dispute is raised.</summary>
    public DisputeTerms? Dispute { get; init; }

    /// <summary>What the kind's own actions need to know.</summary>
    public object? Request { get; init; }

    /// <summary>What a ruling gives the buyer; set by the engine, for a split only.</summary>
    public decimal? BuyerShare { get; init; }
}

/// <summary>Acts on the dispute of an order. Whose it is was read before and never changes.</summary>
public sealed record MoveDispute : EngineCommand
{
    public required Guid OrderId { get; init; }

    public required DisputeAction Action { get; init; }

    /// <summary>Who asks: a party of the order, staff, or the server itself. The engine checks parties, the caller's flow checks roles.</summary>
    public required Party By { get; init; }

    public int? ExpectedVersion { get; init; }

    /// <summary>The reasons of an appeal.</summary>
    public string? Text { get; init; }

    /// <summary>What staff decide.</summary>
    public RulingTerms? Ruling { get; init; }

    /// <summary>Who is to decide; null takes the case from everybody.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>The caller has the role admin, who may rule on a case of anyone.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Who else of the staff can sign a ruling; they are told when it wants a second person.</summary>
    public IReadOnlyList<long> Colleagues { get; init; } = [];
}

/// <summary>A dispute as it is raised; its id is made before the insert.</summary>
public sealed record DisputeTerms(Guid Id, DisputeReason Reason, string Text);

/// <summary>A decision as staff ask for it.</summary>
public sealed record RulingTerms(RulingDecision Decision, decimal? BuyerPercent, string Text);

/// <summary>Changes how much an offer trades in all.</summary>
public sealed record ChangeOfferTotal : EngineCommand
{
    /// <summary>Of which kind the offer must be: one of another kind is not there for this command.</summary>
    public required OrderKind Kind { get; init; }

    public required Guid OfferId { get; init; }

    public required decimal Total { get; init; }

    /// <summary>The total is to be such that this much remains beside what orders have taken.</summary>
    public bool IsWhatRemains { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>Tells the engine that a user is suspended, or no longer.</summary>
public sealed record SetSuspended : EngineCommand
{
    public required long SubjectId { get; init; }

    public required bool Suspended { get; init; }
}

/// <summary>Credits a user from outside.</summary>
public sealed record Deposit : EngineCommand
{
    public required string ExternalReference { get; init; }

    public required long SubjectId { get; init; }

    public required string Asset { get; init; }

    public required decimal Amount { get; init; }
}

/// <summary>Holds an amount that is to be sent outside. The withdrawal's id is made before the insert.</summary>
public sealed record RequestWithdrawal : EngineCommand
{
    public required Guid WithdrawalId { get; init; }

    public required string Asset { get; init; }

    public required decimal Amount { get; init; }

    public required string Destination { get; init; }
}

/// <summary>Ends a withdrawal: sent, or given back. Whose it is and of what was read before and never changes.</summary>
public sealed record EndWithdrawal : EngineCommand
{
    public required Guid WithdrawalId { get; init; }

    public required long SubjectId { get; init; }

    public required string Asset { get; init; }

    public required bool Settled { get; init; }

    public required string ExternalReference { get; init; }
}

/// <summary>The answer to a command: a reply, or a refusal.</summary>
/// <param name="Refusal">Why not; null for a reply.</param>
/// <param name="Reply">The reply as JSON; null for a refusal.</param>
public sealed record EngineAnswer(Reason? Refusal, string? Reply);
