using System.Data.Common;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using P2P.Db;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>The newest link of one chain in some time, and how many links there are of that time.</summary>
public sealed record ChainHead
{
    /// <summary><c>account</c>, <c>order</c> or <c>audit</c>.</summary>
    public required string Chain { get; init; }

    /// <summary>Null for the audit log, which is one chain.</summary>
    public Guid? Id { get; init; }

    public required long Seq { get; init; }

    public required byte[] Hash { get; init; }

    public required long Links { get; init; }
}

/// <summary>Statements of checkpoints.</summary>
internal static class CheckpointSql
{
    private const int LeaderLock = 7016206;

    /// <summary>What reads everything for long and writes nothing; it does not hold checkpoints up.</summary>
    public const string VerifierName = "p2p ledger verify";

    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_lock(@LeaderLock)", new { LeaderLock });

    /// <summary>
    /// A time up to which all links are committed, once this has been read: links carry a time read inside their transaction, so whatever
    /// is committed later began before the oldest transaction that runs now, or after now. The margin is for clocks that are set back a
    /// little.
    /// </summary>
    public static Task<DateTimeOffset> Cut(Tx tx, TimeSpan margin) =>
        tx.Scalar<DateTimeOffset>(
            """
            select least(clock_timestamp(), min(a.xact_start)) - @margin
              from pg_stat_activity a
             where a.datname = current_database()
               and a.pid <> pg_backend_pid()
               and a.application_name <> @VerifierName
            """,
            new { margin, VerifierName });

    /// <summary>The heads of all chains that grew after one time and not after another, in the order of the leaves.</summary>
    public static async IAsyncEnumerable<ChainHead> Heads(Tx tx, DateTimeOffset? after, DateTimeOffset until)
    {
        await using var command = new NpgsqlCommand(
            """
            select 1 as place, 'account' as chain, e.account_id as id, max(e.seq) as seq,
                   (array_agg(e.hash order by e.seq desc))[1] as hash, count(*) as links
              from entries e
             where e.at > coalesce($1, '-infinity')
               and e.at <= $2
             group by e.account_id
             union all
            select 2, 'order', h.order_id, max(h.version), (array_agg(h.hash order by h.version desc))[1], count(*)
              from order_history h
             where h.at > coalesce($1, '-infinity')
               and h.at <= $2
             group by h.order_id
             union all
            select 3, 'audit', null, max(l.seq), (array_agg(l.hash order by l.seq desc))[1], count(*)
              from audit_log l
             where l.at > coalesce($1, '-infinity')
               and l.at <= $2
            having count(*) > 0
             order by place, id
            """,
            tx.Connection,
            tx.Transaction);
        command.Parameters.Add(Time(after));
        command.Parameters.Add(Time(until));
        await using var reader = await command.ExecuteReaderAsync(tx.Cancellation);
        var parse = ((DbDataReader)reader).GetRowParser<ChainHead>();
        while (await reader.ReadAsync(tx.Cancellation))
        {
            yield return parse(reader);
        }
    }

    private static NpgsqlParameter Time(DateTimeOffset? time) =>
        new() { Value = (object?)time?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
