using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Deals.Engine;

/// <summary>
/// What a suspension does to deals: first the person's standing, which every later command sees, then the clocks of the confirmed orders that are
/// open now. Harmless to repeat.
/// </summary>
public sealed class SuspensionEffects(Database database, OrderEngine engine)
{
    private const int TriesMax = 3;

    public async Task Apply(long userId, bool suspended, CancellationToken cancellation)
    {
        var id = Ids.New();
        await engine.Run(
            new SetSuspended { UserId = Caller.System.UserId, RequestId = id, BodyHash = id.ToByteArray(), SubjectId = userId, Suspended = suspended },
            cancellation);
        for (var tries = 1; await Propose(userId, suspended, cancellation) > 0 && tries < TriesMax; tries++)
        {
            // An order changed between the read and the lock: what is left is read again.
        }
    }

    private async Task<int> Propose(long userId, bool suspended, CancellationToken cancellation)
    {
        var action = suspended ? OrderAction.Freeze : OrderAction.Unfreeze;
        var orders = (await database.Read(tx => TimerSql.ToFreeze(tx, userId, suspended), cancellation)).ToList();
        var stale = 0;
        foreach (var order in orders)
        {
            try
            {
                await engine.Run(Proposals.Move(order.Id, order.Version, action), cancellation);
            }
            catch (Refused refused) when (refused.Code == ErrorCodes.StaleVersion)
            {
                stale++;
            }
            catch (Refused refused) when (refused.Code is ErrorCodes.WrongStatus or ErrorCodes.AlreadyDone or ErrorCodes.NotRequested)
            {
                // The order ended, its clock stands as it should, or the other party is suspended still.
            }
        }

        return stale;
    }
}
