using System.Security.Cryptography;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>
/// Compares a file of checkpoints with the key and with the database. Chains that were rewritten from some row on, or cut at their end,
/// are sound in themselves; but they are not what was signed.
/// </summary>
/// <param name="lines">The file's lines, read before the snapshot: no checkpoint then tells of what the snapshot cannot see.</param>
/// <param name="key">The operator's public key.</param>
public sealed class CheckpointVerifier(IReadOnlyList<string> lines, ECDsa key)
{
    private const string Rule = "Checkpoints";

    public async Task<Violation?> Verify(Tx tx, VerifyCounts counts)
    {
        Checkpoint? former = null;
        foreach (var line in lines)
        {
            if (Checkpoint.FromLine(line) is not { } checkpoint)
            {
                return new(Rule, $"Line {counts.Checkpoints + 1} of the file is no checkpoint.");
            }

            if (FaultOf(checkpoint, former) is { } fault)
            {
                return new(Rule, fault);
            }

            if (Difference(checkpoint, await CheckpointMaker.Make(tx, former, checkpoint.At), former) is { } difference)
            {
                return new(Rule, difference);
            }

            counts.Checkpoints++;
            former = checkpoint;
        }

        return lines.Count == 0 ? new(Rule, "The file has no checkpoint.") : null;
    }

    private string? FaultOf(Checkpoint checkpoint, Checkpoint? former) =>
        !checkpoint.IsSignedBy(key) ? $"Checkpoint {checkpoint.Number} is not signed by this key."
            : !Follows(checkpoint, former)
                ? $"Checkpoint {checkpoint.Number} does not follow on checkpoint {former?.Number ?? 0}: the file lacks some or was put together."
                : null;

    private static bool Follows(Checkpoint checkpoint, Checkpoint? former) => former is null
        ? checkpoint.Number == 1 && checkpoint.Previous == Checkpoint.NoPrevious
        : checkpoint.Number == former.Number + 1 && checkpoint.Previous == former.Hash() && checkpoint.At > former.At;

    private static string? Difference(Checkpoint signed, Checkpoint found, Checkpoint? former)
    {
        if (signed.Root == found.Root && (signed.Entries, signed.History, signed.Audit) == (found.Entries, found.History, found.Audit))
        {
            return null;
        }

        var time = former is null
            ? $"up to {WireJson.Spell(signed.At)}"
            : $"from {WireJson.Spell(former.At)} to {WireJson.Spell(signed.At)}";
        foreach (var (what, then, now) in new[]
        {
            ("entries of the ledger", signed.Entries, found.Entries),
            ("changes of orders", signed.History, found.History),
            ("rows of the audit log", signed.Audit, found.Audit),
        })
        {
            if (then != now)
            {
                var how = now < then ? "cut" : "added to";
                return $"Checkpoint {signed.Number} counted {then} {what} {time}, the database has {now}: a chain was {how}.";
            }
        }

        return $"The database is not what checkpoint {signed.Number} signed: a chain was rewritten {time}.";
    }
}
