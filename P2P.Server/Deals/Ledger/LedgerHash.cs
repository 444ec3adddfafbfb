using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Ledger;

/// <summary>
/// The links of the chains. Each is SHA-256 of the former link's 32 bytes followed by a text; a first link follows 32 zero bytes. Whoever has the rows
/// can compute them again.
/// </summary>
public static class LedgerHash
{
    /// <summary>What a chain begins with.</summary>
    public static byte[] Zero { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// <c>|v1|account|seq|transfer|kind|order|asset|amount|time</c>: ids in lower case with dashes, no order as an empty text, the amount with 8
    /// decimals, the time in microseconds since 1970.
    /// </summary>
    public static byte[] Entry(
        byte[] previous, Guid account, long seq, Guid transfer, TransferKind kind, Guid? order, string asset, decimal amount, DateTimeOffset at) =>
        Link(
            previous,
            string.Create(
                CultureInfo.InvariantCulture, $"|v1|{account:D}|{seq}|{transfer:D}|{kind}|{order:D}|{asset}|{amount:F8}|{Microseconds(at)}"));

    /// <summary><c>|v1|order|version|from|to|action|by|actor|time</c>: the first row's from is an empty text.</summary>
    public static byte[] History(
        byte[] previous, Guid order, int version, OrderStatus? from, OrderStatus to, OrderAction action, Party by, long actorId, DateTimeOffset at) =>
        Link(
            previous,
            string.Create(CultureInfo.InvariantCulture, $"|v1|{order:D}|{version}|{from}|{to}|{action}|{by}|{actorId}|{Microseconds(at)}"));

    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;

    private static byte[] Link(byte[] previous, string text)
    {
        Span<byte> buffer = stackalloc byte[512];
        previous.CopyTo(buffer);
        var length = previous.Length + Encoding.UTF8.GetBytes(text, buffer[previous.Length..]);
        return SHA256.HashData(buffer[..length]);
    }
}
