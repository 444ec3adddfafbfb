using System.Security.Cryptography;
using System.Text;

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
    public static Guid Available(long userId, string asset) => Named($"available|{userId}|{asset}");

    public static Guid External(string asset) => Named($"external|{asset}");

    public static Guid Fees(string asset, short slot) => Named($"fees|{asset}|{slot}");

    /// <summary>A UUID of version 8: the first bytes of the name's SHA-256.</summary>
    public static Guid Named(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
