using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Deals.Engine;

/// <summary>
/// What a suspension does to deals: first the person's standing, which every later command sees, then a dispute on every order whose payment is
/// confirmed. Lifting it changes no order back. Harmless to repeat.
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
        if (suspended)
        {
            await Dispute(userId, cancellation);
        }
    }

    /// <summary>Opens a dispute on every confirmed order of a suspended user.</summary>
    public async Task Dispute(long userId, CancellationToken cancellation)
    {
        for (var tries = 1; await Propose(userId, cancellation) > 0 && tries < TriesMax; tries++)
        {
            // An order changed between the read and the lock: what is left is read again.
        }
    }

    private async Task<int> Propose(long userId, CancellationToken cancellation)
    {
        var orders = (await database.Read(tx => TimerSql.Confirmed(tx, userId), cancellation)).ToList();
        var stale = 0;
        foreach (var order in orders)
        {
            try
            {
                await engine.Run(Proposals.Move(order.Id, order.Version, OrderAction.Dispute), cancellation);
            }
            catch (Refused refused) when (refused.Code == ErrorCodes.StaleVersion)
            {
                stale++;
            }
            catch (Refused refused) when (refused.Code is ErrorCodes.WrongStatus or ErrorCodes.DeadlineNotReached)
            {
                // The order ended or is disputed already, or the suspension was lifted meanwhile.
            }
        }

        return stale;
    }
}
