using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>
/// Checks what changed lately and the next part of everything else, with the same checks as <see cref="LedgerVerifier"/>, in one snapshot
/// and by statements that each have a bound. Of a long account the newest entries are checked one by one and the rest by its sum.
/// </summary>
internal static class PartialVerifier
{
    private const int ChangedMax = 50_000;
    private const int EntriesMax = 10_000;
    private const int AtOnce = 500;
    private const int Most = 20;

    /// <summary>A transaction that is older than this is cancelled, so no link's time lies further back than its commit.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    /// <summary>Checks the next part.</summary>
    /// <param name="tx">A snapshot.</param>
    /// <param name="place">How far the last check came.</param>
    /// <param name="rows">Accounts, orders, transfers and streams of the slow sweep, each.</param>
    public static async Task<PartialReport> Verify(Tx tx, WatchPlace place, int rows)
    {
        var at = await VerifySql.BeginReading(tx);
        var since = place.CheckedUntil - Overlap;
        var changed = await PartialSql.Changed(tx, since, ChangedMax);
        var accounts = await PartialSql.NextAccounts(tx, place.Account, rows);
        var orders = await PartialSql.NextOrders(tx, place.Order, rows);
        var transfers = await PartialSql.NextTransfers(tx, place.Transfer, rows);
        var streams = await PartialSql.NextStreams(tx, new StreamKey { UserId = place.StreamUser, Audience = place.StreamAudience }, rows);
        var findings = new Findings(null, new VerifyScope { Most = Most });

        findings.AddAll((await PartialSql.UnbalancedAssets(tx)).Select(sum =>
            new Violation("I1", $"All accounts of {sum.Asset} sum to {Contracts.WireJson.Spell(sum.Amount)}, not to zero.")));
        await Accounts(tx, findings, [.. changed.Entries.Select(one => one.AccountId).Concat(accounts).Distinct()]);
        await Orders(
            tx,
            findings,
            [.. changed.Orders.Concat(changed.Entries.Select(one => one.OrderId).OfType<Guid>()).Concat(orders).Distinct()],
            [.. changed.Entries.Select(one => one.TransferId).Concat(transfers).Distinct()]);
        await Streams(tx, findings, [.. changed.Streams.Concat(streams).Distinct()]);
        var recent = new Findings(null, new VerifyScope { Most = Most, Since = since });
        await EventCheck.RunSince(tx, recent);
        var audit = await Audit(tx, findings, place, rows);

        return new PartialReport
        {
            At = at,
            Violations = [.. findings.Violations.Concat(recent.Violations).Distinct()],
            Accounts = findings.Counts.Accounts,
            Orders = findings.Counts.Orders,
            Streams = findings.Counts.Streams,
            Place = place with
            {
                CheckedUntil = at,
                Account = accounts.Count < rows ? Guid.Empty : accounts[^1],
                Order = orders.Count < rows ? Guid.Empty : orders[^1],
                Transfer = transfers.Count < rows ? Guid.Empty : transfers[^1],
                StreamUser = streams.Count < rows ? 0 : streams[^1].UserId,
                StreamAudience = streams.Count < rows ? "" : streams[^1].Audience,
                AuditHead = audit.Head,
                AuditPlace = audit.Place,
                SweptAt = accounts.Count < rows ? at : place.SweptAt,
            },
        };
    }

    private static async Task Accounts(Tx tx, Findings findings, Guid[] ids)
    {
        foreach (var part in ids.Chunk(AtOnce))
        {
            await Within(findings, new VerifyScope { Accounts = part, EntriesMax = EntriesMax }, some => AccountCheck.Run(tx, some));
            await Within(findings, new VerifyScope { Accounts = part, Transfers = [], Orders = [] }, some => MoneyCheck.Run(tx, some));
        }
    }

    private static async Task Orders(Tx tx, Findings findings, Guid[] ids, Guid[] transfers)
    {
        foreach (var part in ids.Chunk(AtOnce))
        {
            await Within(findings, new VerifyScope { Orders = part }, some => OrderCheck.Run(tx, some, timerGrace: null));
            Guid[] theirs = [.. await PartialSql.TransfersOf(tx, part)];
            await Within(findings, new VerifyScope { Orders = part, Transfers = theirs, Accounts = [] }, some => MoneyCheck.Run(tx, some));
        }

        foreach (var part in transfers.Chunk(AtOnce))
        {
            await Within(findings, new VerifyScope { Transfers = part, Orders = [], Accounts = [] }, some => MoneyCheck.Run(tx, some));
        }
    }

    private static async Task Streams(Tx tx, Findings findings, StreamKey[] keys)
    {
        foreach (var part in keys.Chunk(AtOnce))
        {
            findings.Counts.Streams += part.Length;
            var loose = await PartialSql.LooseStreams(tx, [.. part.Select(key => key.UserId)], [.. part.Select(key => key.Audience)], Most);
            findings.AddAll(loose.Select(one => new Violation(
                "I7",
                one.LastSeq is null ? $"User {one.UserId} has events for {one.Audience} and no such stream."
                    : $"The {one.Audience} stream of user {one.UserId} is not dense: it has lost or changed events.")));
        }
    }

    /// <summary>The newest rows, and the next ones of all.</summary>
    private static async Task<(long Head, long Place)> Audit(Tx tx, Findings findings, WatchPlace place, int rows)
    {
        var newest = await AuditCheck.Walk(tx, place.AuditHead, ChangedMax);
        var next = await AuditCheck.Walk(tx, place.AuditPlace, rows);
        findings.Add(newest.First);
        findings.Add(next.First == newest.First ? null : next.First);
        return (newest.LastSeq, next.Rows < rows ? 0 : next.LastSeq);
    }

    private static async Task Within(Findings all, VerifyScope scope, Func<Findings, Task> check)
    {
        var some = new Findings(null, scope with { Most = Most });
        await check(some);
        all.AddAll(some.Violations);
        all.Counts.Accounts += some.Counts.Accounts;
        all.Counts.Orders += some.Counts.Orders;
    }
}

/// <summary>How far the watch came.</summary>
public sealed record WatchPlace
{
    /// <summary>Everything that changed up to here was checked.</summary>
    public required DateTimeOffset CheckedUntil { get; init; }

    /// <summary>The last account of the sweep.</summary>
    public required Guid Account { get; init; }

    /// <summary>The last order of the sweep.</summary>
    public required Guid Order { get; init; }

    /// <summary>The last transfer of the sweep.</summary>
    public required Guid Transfer { get; init; }

    /// <summary>The last stream of the sweep.</summary>
    public required long StreamUser { get; init; }

    /// <summary>The last stream of the sweep.</summary>
    public required string StreamAudience { get; init; }

    /// <summary>The newest row of the audit log that was checked.</summary>
    public required long AuditHead { get; init; }

    /// <summary>The last row of the sweep through the audit log.</summary>
    public required long AuditPlace { get; init; }

    /// <summary>When the sweep came to the end of the accounts last; null for never.</summary>
    public DateTimeOffset? SweptAt { get; init; }
}

/// <summary>What one round of the watch found.</summary>
internal sealed record PartialReport
{
    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<Violation> Violations { get; init; }

    public required long Accounts { get; init; }

    public required long Orders { get; init; }

    public required long Streams { get; init; }

    public required WatchPlace Place { get; init; }
}
