using P2P.Db;

namespace P2P.Server.Realtime.Events;

/// <summary>Where a stream stands.</summary>
public sealed record StreamPosition
{
    public required Guid Epoch { get; init; }
    public required long LastSeq { get; init; }
    public required long FirstSeq { get; init; }

    /// <summary>The database's clock.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>A stream's newest number.</summary>
public sealed record StreamHead
{
    public required long UserId { get; init; }
    public required string Audience { get; init; }
    public required long LastSeq { get; init; }
}

/// <summary>Statements that read streams.</summary>
public static class StreamSql
{
    /// <summary>Makes this month's partition of events and the next two; what is there stays.</summary>
    public static Task<int> MakePartitions(Tx tx) => tx.Scalar<int>("select events_make_partitions()");

    /// <summary>A user without a stream stands at its beginning.</summary>
    public static Task<StreamPosition?> Position(Tx tx, long userId, string audience) =>
        tx.One<StreamPosition>(
            """
            select e.epoch, coalesce(s.last_seq, 0) as last_seq, coalesce(s.first_seq, 1) as first_seq, clock_timestamp() as now
              from epoch e
              left join streams s
                on s.user_id = @userId
               and s.audience = @audience
            """,
            new { userId, audience });

    /// <summary>Events after a number up to another, in order.</summary>
    public static Task<IEnumerable<EventRow>> After(Tx tx, long userId, string audience, long seq, long seqMax, int rowsMax) =>
        tx.Query<EventRow>(
            """
            select user_id, audience, seq, event_id, type, body, at
              from events
             where user_id = @userId
               and audience = @audience
               and seq > @seq
               and seq <= @seqMax
             order by seq
             limit @rowsMax
            """,
            new { userId, audience, seq, seqMax, rowsMax });

    public static Task<IEnumerable<StreamHead>> Heads(Tx tx, long[] userIds, string[] audiences) =>
        tx.Query<StreamHead>(
            """
            select s.user_id, s.audience, s.last_seq
              from unnest(@userIds, @audiences) as x(user_id, audience)
              join streams s
                on s.user_id = x.user_id
               and s.audience = x.audience
            """,
            new { userIds, audiences });

    /// <summary>As <see cref="After"/>, for many streams at once.</summary>
    public static Task<IEnumerable<EventRow>> Missing(Tx tx, long[] userIds, string[] audiences, long[] seqs, long[] seqsMax) =>
        tx.Query<EventRow>(
            """
            select e.user_id, e.audience, e.seq, e.event_id, e.type, e.body, e.at
              from unnest(@userIds, @audiences, @seqs, @seqsMax) as x(user_id, audience, seq, seq_max)
              join events e
                on e.user_id = x.user_id
               and e.audience = x.audience
               and e.seq > x.seq
               and e.seq <= x.seq_max
             order by e.user_id, e.audience, e.seq
            """,
            new { userIds, audiences, seqs, seqsMax });
}

/// <summary>An event's row.</summary>
public sealed record EventRow
{
    public required long UserId { get; init; }
    public required string Audience { get; init; }
    public required long Seq { get; init; }
    public required Guid EventId { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset At { get; init; }
}
