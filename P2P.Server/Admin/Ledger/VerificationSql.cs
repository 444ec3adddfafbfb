using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Ledger;

/// <summary>A verification as the database keeps it.</summary>
internal sealed record VerificationRow
{
    public required Guid Id { get; init; }

    public required VerificationState State { get; init; }

    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public string? Stage { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Report { get; init; }

    /// <summary>It should run and has said nothing for half a minute.</summary>
    public required bool IsLost { get; init; }
}

/// <summary>Statements on verifications on demand.</summary>
internal static class VerificationSql
{
    /// <summary>Two who ask at once wait for each other.</summary>
    public static Task Lock(Tx tx) => tx.Execute("select pg_advisory_xact_lock(7016231)");

    public static Task<Guid?> Running(Tx tx) =>
        tx.Scalar<Guid?>(
            """
            select v.id
              from ledger_verifications v
             where v.state in ('Waiting', 'Running')
               and v.beat_at > clock_timestamp() - interval '30 seconds'
             limit 1
            """);

    public static Task<int> Insert(Tx tx, Guid id, string by, string reason, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into ledger_verifications (id, state, asked_by, reason, asked_at, beat_at)
            values (@id, 'Waiting', @by, @reason, @at, @at)
            """,
            new { id, by, reason, at });

    public static Task<VerificationRow?> Find(Tx tx, Guid id) =>
        tx.One<VerificationRow>(
            """
            select v.id, v.state, v.asked_by, v.asked_at, v.stage, v.ended_at, cast(v.report as text) as report,
                   v.state in ('Waiting', 'Running') and v.beat_at <= clock_timestamp() - interval '30 seconds' as is_lost
              from ledger_verifications v
             where v.id = @id
            """,
            new { id });

    /// <summary>1 for the one node and the one time that begins it.</summary>
    public static Task<int> Claim(Tx tx, Guid id) =>
        tx.Execute(
            """
            update ledger_verifications
               set state = 'Running',
                   beat_at = clock_timestamp()
             where id = @id
               and state = 'Waiting'
            """,
            new { id });

    public static Task<int> Beat(Tx tx, Guid id, string? stage) =>
        tx.Execute(
            """
            update ledger_verifications
               set stage = @stage,
                   beat_at = clock_timestamp()
             where id = @id
            """,
            new { id, stage });

    public static Task<int> End(Tx tx, Guid id, VerificationState state, string? report) =>
        tx.Execute(
            """
            update ledger_verifications
               set state = @state,
                   report = cast(@report as jsonb),
                   beat_at = clock_timestamp(),
                   ended_at = clock_timestamp()
             where id = @id
            """,
            new { id, state = state.ToString(), report });
}
