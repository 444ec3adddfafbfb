using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Requests;

/// <summary>
/// Lets every changing call outside the engine happen once, however often it is sent: its request id, its effects, its events and its
/// answer are one transaction. A decided refusal is an answer, too.
/// </summary>
public sealed class RequestLog(Database database, EventPush push)
{
    private static readonly TimeSpan AgeMax = TimeSpan.FromHours(24);
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);
    private static readonly Counter<long> Repeats = ServerMeter.Meter.CreateCounter<long>(
        "p2p.requests.repeated", "{call}", "Changing calls that were answered from the request log.");

    /// <summary>Does the work and answers, or answers as the first time.</summary>
    /// <param name="caller">Who asks; ids of two users are independent.</param>
    /// <param name="call">The call's name: one id serves one call.</param>
    /// <param name="request">The request.</param>
    /// <param name="work">
    /// Locks, decides and writes in the change's transaction, and throws <see cref="Refused"/> for a no. It may run again from the start,
    /// so it must do nothing that a rollback does not undo.
    /// </param>
    /// <param name="cancellation">Ends with the call.</param>
    public async Task<TReply> Once<TReply>(
        Caller caller, string call, IChange request, Func<Change, Task<TReply>> work, CancellationToken cancellation)
        where TReply : notnull
    {
        var madeAt = Ids.TimeOf(request.RequestId)
            ?? throw new Refused(ErrorCodes.BadInput, "A request id is a UUID of version 7.", ("path", "requestId"));
        var hash = RequestHash.Of<object>(call, request);
        var outcome = await database.Write(
            async tx =>
            {
                var begunAt = await RequestSql.Begin(tx, caller.UserId, request.RequestId, hash);
                if (begunAt is null)
                {
                    return await Repeat<TReply>(tx, caller.UserId, request.RequestId, hash);
                }

                return madeAt < begunAt - AgeMax || madeAt > begunAt + AheadMax
                    ? throw new Refused(ErrorCodes.RequestIdExpired, "The request id is too old, or made in the future.")
                    : await First(new Change(tx, begunAt.Value), caller.UserId, request.RequestId, work);
            },
            cancellation);

        push.Tell(outcome.Events);
        if (outcome.Revokes)
        {
            push.TellRevoked();
        }

        return outcome.Refusal is null ? outcome.Reply : throw new Refused(outcome.Refusal);
    }

    private static async Task<Outcome<TReply>> First<TReply>(Change change, long userId, Guid requestId, Func<Change, Task<TReply>> work)
        where TReply : notnull
    {
        TReply reply;
        try
        {
            reply = await work(change);
        }
        catch (Refused refused) when (RefusalKinds.IsDecided(refused.Code))
        {
            await RequestSql.Undo(change.Tx);
            await RequestSql.Answer(change.Tx, userId, requestId, refused.Code, JsonSerializer.Serialize(refused.Reason, WireJson.Server));
            return new Outcome<TReply>(default!, refused.Reason, []); // Nobody reads the reply beside a refusal.
        }

        await RequestSql.Answer(change.Tx, userId, requestId, null, JsonSerializer.Serialize(reply, WireJson.Server));
        return new Outcome<TReply>(reply, null, await EventSql.Append(change.Tx, change.Events, change.At), change.Revokes);
    }

    private static async Task<Outcome<TReply>> Repeat<TReply>(Tx tx, long userId, Guid requestId, byte[] hash)
    {
        var stored = await RequestSql.Find(tx, userId, requestId);
        if (stored?.Reply is null)
        {
            // The row was taken and given up again between the two statements.
            throw Refused.Transient(ErrorCodes.Busy, "The same request runs right now.", 100);
        }

        Repeats.Add(1);
        return !CryptographicOperations.FixedTimeEquals(stored.BodyHash, hash)
            ? throw new Refused(ErrorCodes.RequestIdReused, "The request id was used before for something else.")
            : stored.Code is null
                ? new Outcome<TReply>(Read<TReply>(stored.Reply), null, [])
                : new Outcome<TReply>(default!, Read<Reason>(stored.Reply), []); // Nobody reads the reply beside a refusal.
    }

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, WireJson.Server) ?? throw new InvalidOperationException("A stored answer is null.");

    private sealed record Outcome<TReply>(TReply Reply, Reason? Refusal, IReadOnlyList<AppendedEvent> Events, bool Revokes = false);
}
