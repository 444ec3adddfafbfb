using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Ledger;

/// <summary>Statements on findings.</summary>
internal static class FindingSql
{
    /// <summary>
    /// Keeps what was seen: once each. One that was acknowledged and was not seen for seven days is a new one.
    /// </summary>
    public static Task<IEnumerable<KeptFinding>> Keep(
        Tx tx, Guid[] ids, string[] keys, string[] rules, string[] sentences, FindingSource source, DateTimeOffset at) =>
        tx.Query<KeptFinding>(
            """
            insert into ledger_findings as f (id, key, rule, sentence, source, found_at, seen_at)
            select x.id, x.key, x.rule, x.sentence, @source, @at, @at
              from unnest(@ids, @keys, @rules, @sentences) x(id, key, rule, sentence)
                on conflict (key) do update
               set seen_at = excluded.seen_at,
                   sentence = excluded.sentence,
                   found_at = case when f.acknowledged_at is not null and f.seen_at < @at - interval '7 days' then @at else f.found_at end,
                   acknowledged_by = case when f.seen_at < @at - interval '7 days' then null else f.acknowledged_by end,
                   acknowledged_at = case when f.seen_at < @at - interval '7 days' then null else f.acknowledged_at end
            returning f.key, f.found_at = @at as is_new
            """,
            new { ids, keys, rules, sentences, source = source.ToString(), at });

    /// <summary>Those of the keys that were seen within six days, so that seeing them again changes nothing but the time.</summary>
    public static Task<IEnumerable<string>> Known(Tx tx, string[] keys) =>
        tx.Query<string>(
            """
            select f.key
              from ledger_findings f
             where f.key = any(@keys)
               and f.seen_at > clock_timestamp() - interval '6 days'
            """,
            new { keys });

    public static Task<int> Seen(Tx tx, string[] keys) =>
        tx.Execute(
            """
            update ledger_findings
               set seen_at = clock_timestamp()
             where key = any(@keys)
            """,
            new { keys });

    public static Task<int> CountOpen(Tx tx) =>
        tx.Scalar<int>("select count(*)::integer from ledger_findings where acknowledged_at is null");

    public static Task<IEnumerable<LedgerFinding>> List(Tx tx, bool openOnly, Guid? before, int rowsMax) =>
        tx.Query<LedgerFinding>(
            """
            select f.id, f.rule, f.sentence, f.source, f.found_at, f.seen_at, f.acknowledged_by, f.acknowledged_at, f.note
              from ledger_findings f
             where f.id < coalesce(@before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
               and (not @openOnly or f.acknowledged_at is null)
             order by f.id desc
             limit @rowsMax
            """,
            new { openOnly, before, rowsMax });

    public static Task<LedgerFinding?> Lock(Tx tx, Guid id) =>
        tx.One<LedgerFinding>(
            """
            select f.id, f.rule, f.sentence, f.source, f.found_at, f.seen_at, f.acknowledged_by, f.acknowledged_at, f.note
              from ledger_findings f
             where f.id = @id
               for no key update
            """,
            new { id });

    public static Task<int> Acknowledge(Tx tx, Guid id, string by, DateTimeOffset at, string note) =>
        tx.Execute(
            """
            update ledger_findings
               set acknowledged_by = @by,
                   acknowledged_at = @at,
                   note = @note
             where id = @id
            """,
            new { id, by, at, note });
}

/// <summary>A finding after it was kept.</summary>
internal sealed record KeptFinding
{
    public required string Key { get; init; }

    /// <summary>Nobody knew of it before.</summary>
    public required bool IsNew { get; init; }
}
