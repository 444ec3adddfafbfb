using P2P.Server.Core;

namespace P2P.Server.Deals.Ledger;

/// <summary>Kinds of accounts of the ledger.</summary>
public enum AccountKind
{
    /// <summary>A user's free balance.</summary>
    Available,

    /// <summary>What an order holds, under the order's id.</summary>
    Escrow,

    /// <summary>What a withdrawal holds, under the withdrawal's id.</summary>
    Withdrawal,

    /// <summary>The outside; the only kind that may be negative.</summary>
    External,

    /// <summary>The operator's fees, a slot a node.</summary>
    Fees,
}

/// <summary>An account as the ledger keeps it.</summary>
public sealed record Account
{
    public required Guid Id { get; init; }

    public required AccountKind Kind { get; init; }

    public long? UserId { get; init; }

    public required string Asset { get; init; }

    public short? Slot { get; init; }

    public required decimal Balance { get; init; }

    /// <summary>Number of its newest entry; 0 before the first.</summary>
    public required long Seq { get; init; }

    /// <summary>Hash of its newest entry; 32 zero bytes before the first.</summary>
    public required byte[] Head { get; init; }
}

/// <summary>Ids that need not be looked up: two nodes that make one account at once make the same one, and the second insert is refused.</summary>
public static class AccountIds
{
    public static Guid Available(long userId, string asset) => Ids.Named($"available|{userId}|{asset}");

    public static Guid External(string asset) => Ids.Named($"external|{asset}");

    public static Guid Fees(string asset, short slot) => Ids.Named($"fees|{asset}|{slot}");
}
