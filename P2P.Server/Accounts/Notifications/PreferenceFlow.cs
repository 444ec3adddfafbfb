using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Notifications;

/// <summary>How users want to be notified.</summary>
public sealed class PreferenceFlow(Database database, RequestLog requests, NotificationChannels channels)
{
    public Task<NotificationPreferences> Get(Caller caller, CancellationToken cancellation) =>
        database.Read(tx => View(tx, caller.UserId), cancellation);

    public Task<NotificationPreferences> Set(Caller caller, SetNotificationPreferencesRequest request, CancellationToken cancellation)
    {
        PreferenceRules.Check(request);
        return requests.Once(
            caller,
            nameof(INotificationCalls.SetNotificationPreferences),
            request,
            async change =>
            {
                await PreferenceSql.Save(change.Tx, caller.UserId, request, await change.Now());
                return await View(change.Tx, caller.UserId);
            },
            cancellation);
    }

    private async Task<NotificationPreferences> View(Tx tx, long userId)
    {
        var own = (await RecipientSql.Of(tx, [userId])).GetValueOrDefault(userId)
            ?? throw new Refused(ErrorCodes.NotJoinedP2P, Profiles.ProfileFlow.NotJoined);
        return new NotificationPreferences
        {
            Language = Languages.Of(own.Language),
            Rhythm = own.Rhythm,
            QuietHours = own.Quiet,
            Kinds = [.. PreferenceRules.Kinds.Select(own.Of)],
            EmailConfirmed = own.EmailConfirmed,
            EmailOffered = channels.Email,
            PushOffered = channels.Push,
        };
    }
}
