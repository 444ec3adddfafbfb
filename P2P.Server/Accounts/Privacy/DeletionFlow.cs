using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Privacy;

/// <summary>Asks for the deletion of one's own account, and calls it off while there is time.</summary>
public sealed class DeletionFlow(Database database, AccountChanges changes, SecondFactorGate gate, PrivacySettings settings)
{
    public Task<DeletionStatus> Get(Caller caller, CancellationToken cancellation) => database.Read(
        async tx => StatusOf(await PrivacySql.Find(tx, caller.UserId), await PrivacySql.Obstacles(tx, caller.UserId)), cancellation);

    /// <summary>Needs a code of the user's second factor where there is one. Asking again changes nothing.</summary>
    public async Task<DeletionStatus> Ask(Caller caller, string? secondFactorCode, CancellationToken cancellation)
    {
        var given = SecondFactorRules.Parse(secondFactorCode, "second_factor_code");
        await gate.Ensure(caller, Ids.New(), given, cancellation);
        return await changes.Run(
            async change =>
            {
                _ = await PrivacySql.LockProfile(change.Tx, caller.UserId)
                    ?? throw new Refused(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined);
                var obstacles = await PrivacySql.Obstacles(change.Tx, caller.UserId);
                if (obstacles.Length > 0)
                {
                    throw new Refused(
                        ErrorCodes.DeletionBlocked,
                        $"Before your account can be deleted: {string.Join(" ", DeletionRules.Reasons(obstacles).Select(reason => reason.Message))}",
                        ("reasons", string.Join(',', obstacles)));
                }

                var now = await change.Now();
                if (await PrivacySql.Ask(change.Tx, caller.UserId, now, now.AddDays(settings.GraceDays)) == 1)
                {
                    change.Tell(ProfileEvents.Of(caller.UserId, ProfileChange.DeletionAsked));
                }

                return StatusOf(await PrivacySql.Find(change.Tx, caller.UserId), []);
            },
            cancellation);
    }

    /// <summary>Calls it off; harmless when nothing was asked for.</summary>
    public Task<DeletionStatus> CallOff(Caller caller, CancellationToken cancellation) => changes.Run(
        async change =>
        {
            if (await PrivacySql.CallOff(change.Tx, caller.UserId) == 1)
            {
                await change.Now();
                change.Tell(ProfileEvents.Of(caller.UserId, ProfileChange.DeletionCalledOff));
            }

            return StatusOf(await PrivacySql.Find(change.Tx, caller.UserId), await PrivacySql.Obstacles(change.Tx, caller.UserId));
        },
        cancellation);

    private static DeletionStatus StatusOf(DeletionRow? row, string[] obstacles) => new()
    {
        AskedAt = row?.AskedAt,
        DueAt = row?.DueAt,
        Reasons = DeletionRules.Reasons(obstacles),
    };
}
