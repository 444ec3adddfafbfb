using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>The audit log is one chain from its first row on, as <c>audit_append</c> writes it.</summary>
internal static class AuditCheck
{
    public static async Task Run(Tx tx, Findings findings)
    {
        findings.Begin("the audit log");
        var walk = await Walk(tx, 0, int.MaxValue);
        findings.Counts.AuditRows = walk.Rows;
        findings.Add(walk.First);
    }

    /// <summary>Checks the rows after one, which is taken as sound.</summary>
    /// <param name="tx">Where to read.</param>
    /// <param name="after">The number of that row; 0 begins at the first.</param>
    /// <param name="rowsMax">How many rows at most.</param>
    public static async Task<AuditWalk> Walk(Tx tx, long after, int rowsMax)
    {
        var start = after == 0 ? null : await VerifySql.AuditRow(tx, after);
        var (seq, version, previous) = start is null ? (0L, (short)1, LedgerHash.Zero) : (start.Seq, start.Version, start.Hash);
        Violation? first = start is null && after > 0 ? new("I9", $"Row {after} of the audit log is missing.") : null;
        var rows = 0L;
        await foreach (var row in VerifySql.AuditLog(tx, seq, rowsMax))
        {
            rows++;
            first ??= row.Seq != seq + 1 ? new("I9", $"Row {seq + 1} of the audit log is missing: {row.Seq} follows {seq}.")
                : !Link(previous, row).AsSpan().SequenceEqual(row.Hash)
                    ? new("I9", $"Row {row.Seq} of the audit log was changed: it does not hash to what it says.")
                    : row.Version < version
                        ? new("I9", $"Row {row.Seq} of the audit log was changed: it claims to be older than the rows before it.")
                        : null;
            (seq, version, previous) = (row.Seq, row.Version, row.Hash);
        }

        return new AuditWalk(first, rows, seq);
    }

    internal static byte[] Link(byte[] previous, AuditRow row)
    {
        string?[] fields =
        [
            row.Seq.ToString(CultureInfo.InvariantCulture),
            LedgerHash.Microseconds(row.At).ToString(CultureInfo.InvariantCulture),
            row.Actor,
            row.Action,
            row.Target,
            row.Before,
            row.After,
            row.Reason,
            row.Ip,
        ];

        // In the first version a bar within a field could move text from one field to the next: such rows are only as good as that.
        var text = row.Version == 1 ? $"v1|{string.Join('|', fields)}" : $"v2{string.Concat(fields.Select(Counted))}";
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>A field with its length in bytes before it, so that no other fields read alike.</summary>
    private static string Counted(string? field) =>
        field is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field}");
}

/// <summary>A part of the audit log that was checked.</summary>
/// <param name="First">The first thing that is wrong; null for nothing.</param>
/// <param name="Rows">How many rows were read.</param>
/// <param name="LastSeq">The number of the last of them.</param>
internal sealed record AuditWalk(Violation? First, long Rows, long LastSeq);

/// <summary>A row of the audit log as it is hashed.</summary>
internal sealed record AuditRow
{
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Reason { get; init; }

    public string? Ip { get; init; }

    /// <summary>How the row is hashed.</summary>
    public required short Version { get; init; }

    public required byte[] Hash { get; init; }
}
