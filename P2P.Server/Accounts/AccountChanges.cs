using P2P.Db;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts;

/// <summary>What a change answers, and whom it tells.</summary>
internal sealed record Changed<T>(T Answer, params IReadOnlyList<PendingEvent> Events);

/// <summary>Runs changes of accounts: one transaction that ends with its events.</summary>
internal sealed class AccountChanges(Database database)
{
    /// <summary>A change that has no request id. The work is given PostgreSQL's time as read at its beginning.</summary>
    public Task<T> Run<T>(Func<Tx, DateTimeOffset, Task<Changed<T>>> work, CancellationToken cancellation) =>
        database.Write(
            async tx =>
            {
                var at = await RequestSql.Now(tx);
                var changed = await work(tx, at);
                await EventSql.Append(tx, changed.Events, at);
                return changed.Answer;
            },
            cancellation);
}
