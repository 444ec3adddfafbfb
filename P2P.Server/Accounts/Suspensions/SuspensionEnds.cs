using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.Staff;

namespace P2P.Server.Accounts.Suspensions;

/// <summary>
/// What time does to suspensions: lifts those that are over, and brings standings and orders in line with suspensions that were written
/// where
/// no engine runs, or right before a crash.
/// </summary>
public sealed class SuspensionEnds(Database database, AccountChanges changes, ApplySuspension apply)
{
    private const int RowsMax = 100;
    private static readonly StaffActor System = new("system", null);

    public async Task Round(CancellationToken cancellation)
    {
        await changes.Run(
            async change =>
            {
                foreach (var userId in await SuspensionSql.LiftEnded(change.Tx, System.Name, await change.Now(), RowsMax))
                {
                    var target = $"user:{userId}";
                    await StaffSql.Audit(change.Tx, System, "user.lift", target, "suspended", "not suspended", "its time is over");
                    change.Tell(ProfileEvents.Of(userId, ProfileChange.SuspensionLifted));
                }

                return 0;
            },
            cancellation);

        foreach (var standing in await database.Read(tx => SuspensionSql.StandingsToSet(tx, RowsMax), cancellation))
        {
            await apply(standing.UserId, standing.Suspended, cancellation);
        }
    }
}
