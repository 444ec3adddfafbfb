using System.Text.Json;

namespace P2P.Server.Deals.Ledger;

/// <summary>What the wallet service sends when a withdrawal has ended.</summary>
public sealed record EndWithdrawalBody
{
    /// <summary>Its own reference: the transaction's id, or that of the attempt that failed.</summary>
    public required string ExternalRef { get; init; }
}

/// <summary>What the wallet service sends when something came in.</summary>
public sealed record DepositBody
{
    /// <summary>Its own reference, such as transaction and output: credited once.</summary>
    public required string ExternalRef { get; init; }

    /// <summary>Whose: a number is a profile's id, a text the token's subject.</summary>
    public required JsonElement UserId { get; init; }

    public required string Asset { get; init; }

    /// <summary>As a text, so that no digit is lost.</summary>
    public required string Amount { get; init; }
}

/// <summary>A withdrawal as the wallet service sees it; the amount is a text.</summary>
public sealed record CustodyWithdrawal
{
    public required Guid Id { get; init; }

    public required long UserId { get; init; }

    public required string Asset { get; init; }

    public required string Amount { get; init; }

    public required string Destination { get; init; }

    public required string Status { get; init; }

    public string? ExternalRef { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A page of those that wait, oldest first.</summary>
public sealed record CustodyWithdrawals
{
    public required IReadOnlyList<CustodyWithdrawal> Withdrawals { get; init; }

    /// <summary>What to give as <c>after</c>; null on the last page.</summary>
    public Guid? Next { get; init; }
}

/// <summary>A deposit that is credited; the same for every repeat.</summary>
public sealed record CustodyDeposit
{
    public required string ExternalRef { get; init; }

    public required long UserId { get; init; }

    public required string Asset { get; init; }

    public required string Amount { get; init; }
}
