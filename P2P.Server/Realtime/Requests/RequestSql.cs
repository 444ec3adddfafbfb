using P2P.Db;

namespace P2P.Server.Realtime.Requests;

/// <summary>A stored answer: a reply, or a refusal whose code is set.</summary>
public sealed record StoredReply
{
    public required byte[] BodyHash { get; init; }

    /// <summary>The refusal's code; null for a reply.</summary>
    public string? Code { get; init; }

    /// <summary>The reply as JSON, or the refusal's reason as JSON; null while the command runs.</summary>
    public string? Reply { get; init; }
}

/// <summary>Statements on the request log, for commands outside the engine (the engine reads and writes it in its own batches).</summary>
public static class RequestSql
{
    /// <summary>
    /// Takes the id for this transaction and marks the place to which <see cref="Undo"/> goes back, in one round trip. Answers the time;
    /// null when the id was taken before. Waits for a command of the same id that runs.
    /// </summary>
    public static Task<DateTimeOffset?> Begin(Tx tx, long userId, Guid requestId, byte[] bodyHash) =>
        tx.Scalar<DateTimeOffset?>(
            """
            insert into requests (user_id, request_id, body_hash, at)
            values (@userId, @requestId, @bodyHash, clock_timestamp())
                on conflict (user_id, request_id) do nothing
            returning at;
            savepoint before_work
            """,
            new { userId, requestId, bodyHash });

    /// <summary>Takes back all that was done since <see cref="Begin"/>; the id stays taken.</summary>
    public static Task<int> Undo(Tx tx) => tx.Execute("rollback to savepoint before_work");

    public static Task<StoredReply?> Find(Tx tx, long userId, Guid requestId) =>
        tx.One<StoredReply>(
            """
            select body_hash, code, reply
              from requests
             where user_id = @userId
               and request_id = @requestId
            """,
            new { userId, requestId });

    public static Task<int> Answer(Tx tx, long userId, Guid requestId, string? code, string reply) =>
        tx.Execute(
            """
            update requests
               set code = @code,
                   reply = @reply
             where user_id = @userId
               and request_id = @requestId
            """,
            new { userId, requestId, code, reply });

    /// <summary>Removes old rows, while no other node does; the number of rows removed.</summary>
    public static Task<int> RemoveOld(Tx tx, int keptDays, int rowsMax) =>
        tx.Execute(
            """
              with turn as materialized (
                   select pg_try_advisory_xact_lock(7016210) as mine)
            delete from requests
             where ctid = any(array(
                   select r.ctid
                     from requests r, turn t
                    where t.mine
                      and r.at < clock_timestamp() - make_interval(days => @keptDays)
                    limit @rowsMax))
            """,
            new { keptDays, rowsMax });

    public static Task<DateTimeOffset> Now(Tx tx) =>
        tx.Scalar<DateTimeOffset>("select clock_timestamp()");
}
