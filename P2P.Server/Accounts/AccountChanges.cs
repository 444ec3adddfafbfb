using P2P.Db;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts;

/// <summary>
/// Runs changes of accounts that come without a request id: one transaction that ends with its events, which are told afterwards.
/// </summary>
public sealed class AccountChanges(Database database, EventPush push)
{
    /// <summary>The work may run again from the start, so it must do nothing that a rollback does not undo.</summary>
    public async Task<T> Run<T>(Func<Change, Task<T>> work, CancellationToken cancellation)
    {
        var (answer, events, revokes) = await database.Write(
            async tx =>
            {
                var change = new Change(tx, await RequestSql.Now(tx));
                var result = await work(change);
                return (result, await EventSql.Append(tx, change.Events, change.At), change.Revokes);
            },
            cancellation);
        push.Tell(events);
        if (revokes)
        {
            push.TellRevoked();
        }

        return answer;
    }
}
