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
        Violation? first = null;
        var (seq, previous) = (0L, LedgerHash.Zero);
        await foreach (var row in VerifySql.AuditLog(tx))
        {
            findings.Row();
            findings.Counts.AuditRows++;
            first ??= row.Seq != seq + 1 ? new("I9", $"Row {seq + 1} of the audit log is missing: {row.Seq} follows {seq}.")
                : !Link(previous, row).AsSpan().SequenceEqual(row.Hash)
                    ? new("I9", $"Row {row.Seq} of the audit log was changed: it does not hash to what it says.")
                    : null;
            (seq, previous) = (row.Seq, row.Hash);
        }

        findings.Add(first);
    }

    private static byte[] Link(byte[] previous, AuditRow row)
    {
        var text = string.Join(
            '|',
            "v1",
            row.Seq.ToString(CultureInfo.InvariantCulture),
            LedgerHash.Microseconds(row.At).ToString(CultureInfo.InvariantCulture),
            row.Actor,
            row.Action,
            row.Target,
            row.Before,
            row.After,
            row.Reason,
            row.Ip);
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text)]);
    }
}

/// <summary>A row of the audit log as it is hashed: what is absent is an empty text.</summary>
internal sealed record AuditRow
{
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public required string Before { get; init; }

    public required string After { get; init; }

    public required string Reason { get; init; }

    public required string Ip { get; init; }

    public required byte[] Hash { get; init; }
}
