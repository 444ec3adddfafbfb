using System.Net;
using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Invitations;

/// <summary>
/// Limits guessing, by user and by address: a try is counted before it is looked at, so that many at once are no more than one after the other, and
/// forgotten when it was decided to be none. The invitation itself is never burned: whoever has a locator could end another's otherwise.
/// </summary>
public sealed class InvitationTries(Database database, LimitSettings limits)
{
    private readonly RateTable<IPAddress> _networks = new(_ => limits.GuessesPerAddress);

    /// <param name="caller">Who tries.</param>
    /// <param name="network">From where.</param>
    /// <param name="kind">What is guessed at.</param>
    /// <param name="id">A repeat under the same id is the same try.</param>
    /// <param name="work">Refuses with INVITATION_NOT_FOUND what was guessed wrong.</param>
    /// <param name="cancellation">Ends with the call.</param>
    public async Task<T> Run<T>(Caller caller, IPAddress network, TryKind kind, Guid id, Func<Task<T>> work, CancellationToken cancellation)
    {
        if (_networks.Take(network) is > 0 and var waitMs)
        {
            throw new Refused(InvitationRules.NoMoreTries(DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(waitMs)));
        }

        var isWrong = false;
        try
        {
            await database.Write(tx => Take(tx, caller.UserId, kind, id), cancellation);
            var answer = await work();
            await Forget(caller, kind, id, cancellation);
            return answer;
        }
        catch (Refused refused) when (refused.Code == ErrorCodes.InvitationNotFound)
        {
            isWrong = true;
            throw;
        }
        catch (Refused refused) when (RefusalKinds.IsDecided(refused.Code))
        {
            // What was not decided is no excuse: under the id of a wrong guess, another request is REQUEST_ID_REUSED.
            await Forget(caller, kind, id, cancellation);
            throw;
        }
        finally
        {
            if (!isWrong)
            {
                _networks.GiveBack(network);
            }
        }
    }

    private static async Task<int> Take(Tx tx, long userId, TryKind kind, Guid id)
    {
        _ = await PeerSql.Lock(tx, userId) ?? throw PeerRules.NotAPeer();
        var now = await RequestSql.Now(tx);
        await InvitationTrySql.ForgetBefore(tx, userId, now - InvitationRules.TriesCount);
        var recent = (await InvitationTrySql.Others(tx, userId, kind, id)).ToList();
        return InvitationRules.NoMoreTries(kind, recent) is { } reason
            ? throw new Refused(reason)
            : await InvitationTrySql.Insert(tx, userId, kind, id, now);
    }

    private Task<int> Forget(Caller caller, TryKind kind, Guid id, CancellationToken cancellation) =>
        database.Write(tx => InvitationTrySql.Delete(tx, caller.UserId, kind, id), cancellation);
}
