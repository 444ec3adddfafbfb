using System.Diagnostics.Metrics;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.House;
using P2P.Server.Core;
using P2P.Server.Deals.House;
using P2P.Server.Deals.Ledger.Verify;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.Ledger;

/// <summary>What was found of the ledger: keeps it, stops releases for it, and lets staff take note of it.</summary>
public sealed partial class FindingFlow(
    Database database, AccountChanges changes, RequestLog requests, WatchSettings settings, ILogger<FindingFlow> log)
{
    private static readonly StaffActor TheWatch = new("system:ledger-watch", null);

    private static readonly Counter<long> Violations = ServerMeter.Meter.CreateCounter<long>(
        "p2p.ledger.violations", "{finding}", "Findings of the ledger's watch and of verifications that nobody knew of before.");

    public Task<LedgerWatchView> Watch(CancellationToken cancellation) =>
        database.Read(tx => WatchSql.View(tx, settings.WatchSeconds > 0, settings.WatchSeconds), cancellation);

    public async Task<Page<LedgerFinding>> List(ListFindingsRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        var rows = (await database.Read(tx => FindingSql.List(tx, request.OpenOnly ?? false, before, size + 1), cancellation)).ToList();
        return new Page<LedgerFinding>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Id) : null,
        };
    }

    public Task<LedgerFinding> Acknowledge(StaffCaller staff, AcknowledgeFindingRequest request, CancellationToken cancellation)
    {
        var note = StaffActs.Reason(request.Reason, "A note");
        return requests.Once(
            staff.Caller,
            nameof(IAdminHub.AcknowledgeFinding),
            request,
            async change =>
            {
                var finding = await FindingSql.Lock(change.Tx, request.FindingId)
                    ?? throw new Refused(ErrorCodes.NotFound, "There is no such finding.");
                if (finding.AcknowledgedAt is not null)
                {
                    throw new Refused(ErrorCodes.AlreadyDone, "This finding is acknowledged already.");
                }

                var at = await change.Now();
                await FindingSql.Acknowledge(change.Tx, finding.Id, staff.Actor.Name, at, note);
                await StaffSql.Audit(
                    change.Tx, staff.Actor, "ledger.acknowledge", $"finding:{finding.Id}", finding.Sentence, "acknowledged", note);
                return finding with { AcknowledgedBy = staff.Actor.Name, AcknowledgedAt = at, Note = note };
            },
            cancellation);
    }

    /// <summary>
    /// Keeps what was found. If any of it is new, releases are paused in the same transaction, so that from its commit on no escrow goes to
    /// a buyer.
    /// </summary>
    /// <returns>What was new.</returns>
    public async Task<IReadOnlyList<Violation>> Raise(
        IReadOnlyList<Violation> violations, FindingSource source, CancellationToken cancellation)
    {
        var byKey = violations.GroupBy(FindingRules.KeyOf).ToDictionary(group => group.Key, group => group.First());
        if (byKey.Count == 0)
        {
            return [];
        }

        string[] keys = [.. byKey.Keys.Order(StringComparer.Ordinal)];
        var known = (await database.Read(tx => FindingSql.Known(tx, keys), cancellation)).ToHashSet();
        if (keys.All(known.Contains))
        {
            // Known already: the engine need not wait for a switch that is not moved.
            await database.Write(tx => FindingSql.Seen(tx, keys), cancellation);
            return [];
        }

        var fresh = await changes.Run(change => Keep(change, keys, byKey, source), cancellation);
        foreach (var violation in fresh)
        {
            Violations.Add(1, new KeyValuePair<string, object?>("rule", violation.Rule));
            LogFound(violation.Rule, violation.Sentence);
        }

        return fresh;
    }

    private static async Task<IReadOnlyList<Violation>> Keep(
        Change change, string[] keys, Dictionary<string, Violation> byKey, FindingSource source)
    {
        await SwitchSql.Lock(change.Tx);
        var kept = await FindingSql.Keep(
            change.Tx,
            [.. keys.Select(_ => Ids.New())],
            keys,
            [.. keys.Select(key => byKey[key].Rule)],
            [.. keys.Select(key => byKey[key].Sentence)],
            source,
            await change.Now());
        IReadOnlyList<Violation> fresh = [.. kept.Where(one => one.IsNew).Select(one => byKey[one.Key])];
        if (fresh.Count > 0)
        {
            await HouseFlow.Move(change, TheWatch, HouseSwitch.Releases, paused: true, FindingRules.PauseReason(fresh));
        }

        return fresh;
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Critical, Message = "The ledger does not add up, releases are paused: {Rule}: {Sentence}")]
    private partial void LogFound(string rule, string sentence);
}
