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
    /// <summary>Takes the id for this transaction: 1 when it is new. Waits for a command of the same id that runs.</summary>
    public static Task<int> Claim(Tx tx, long userId, Guid requestId, byte[] bodyHash) =>
        tx.Execute(
            """
            insert into requests (user_id, request_id, body_hash, at)
            values (@userId, @requestId, @bodyHash, clock_timestamp())
                on conflict (user_id, request_id) do nothing
            """,
            new { userId, requestId, bodyHash });

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

    public static Task<DateTimeOffset> Now(Tx tx) =>
        tx.Scalar<DateTimeOffset>("select clock_timestamp()");
}
