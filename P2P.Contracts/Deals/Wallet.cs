using System.Text.Json.Serialization;

namespace P2P.Contracts.Deals;

/// <summary>What a user has of one asset.</summary>
public sealed record Balance
{
    /// <summary>The asset's code, such as <c>BTC</c>.</summary>
    public required string Asset { get; init; }

    /// <summary>Free to be used.</summary>
    public required decimal Available { get; init; }

    /// <summary>Held for open orders in which the user is the seller.</summary>
    public required decimal InEscrow { get; init; }

    /// <summary>Held for withdrawals that are not settled yet.</summary>
    public required decimal InWithdrawal { get; init; }
}

/// <summary>Why value moved.</summary>
public enum TransferKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>From outside into a user's available balance.</summary>
    Deposit,

    /// <summary>From a seller's available balance into an order's escrow.</summary>
    Hold,

    /// <summary>From an order's escrow to its buyer, and the fee to the operator.</summary>
    Release,

    /// <summary>From an order's escrow back to its seller.</summary>
    Refund,

    /// <summary>From an order's escrow to both parties, by a ruling.</summary>
    Split,

    /// <summary>From a user's available balance into a withdrawal's hold.</summary>
    WithdrawalHold,

    /// <summary>From a withdrawal's hold to outside.</summary>
    WithdrawalSettled,

    /// <summary>From a withdrawal's hold back to the user.</summary>
    WithdrawalReturned,
}

/// <summary>One movement of a user's available balance.</summary>
public sealed record LedgerEntryView
{
    /// <summary>Its number in the account of this asset: 1, 2, 3 ... without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The transfer that it belongs to.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>Why value moved.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>The order, where there is one.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>Positive when the balance grew.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of this entry and the one before, in hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>Which movements.</summary>
public sealed record ListLedgerEntriesRequest
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Asks for play money; development servers only.</summary>
public sealed record UseFaucetRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>At most what one call gives (10 BTC, 100 ETH, 100,000 USDT and the like).</summary>
    public required decimal Amount { get; init; }
}

/// <summary>Asks for value to be sent to the outside.</summary>
public sealed record RequestWithdrawalRequest : IGuardedChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>At most as fine as the asset.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Where to: an address as the operator's wallet service understands it, at most 200 characters.</summary>
    public required string Destination { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondFactorCode { get; init; }
}

/// <summary>How a withdrawal stands.</summary>
public enum WithdrawalStatus
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Held; the wallet service has not answered yet.</summary>
    Requested,

    /// <summary>Sent.</summary>
    Settled,

    /// <summary>Could not be sent; the amount is available again.</summary>
    Returned,
}

/// <summary>A withdrawal.</summary>
public sealed record WithdrawalView
{
    /// <summary>The withdrawal's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>How much.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Where to; shown to its owner.</summary>
    public required string Destination { get; init; }

    /// <summary>How it stands.</summary>
    public required WithdrawalStatus Status { get; init; }

    /// <summary>The wallet service's reference, such as a transaction id.</summary>
    public string? ExternalReference { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Which withdrawals.</summary>
public sealed record ListWithdrawalsRequest
{
    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>What a change of the wallet answers.</summary>
public sealed record WalletReply
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The available balance afterwards.</summary>
    public required decimal Available { get; init; }

    /// <summary>The withdrawal, where one was made.</summary>
    public Guid? WithdrawalId { get; init; }
}

/// <summary>A user's available balance moved.</summary>
public sealed record BalanceChanged
{
    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>Why.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>Positive when the balance grew.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The available balance afterwards.</summary>
    public required decimal Available { get; init; }

    /// <summary>The order, where there is one.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The withdrawal, where there is one.</summary>
    public Guid? WithdrawalId { get; init; }
}
