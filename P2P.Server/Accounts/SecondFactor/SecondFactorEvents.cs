using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>What users hear of their second factor: on every hub, and as a notice, since somebody else may have done it.</summary>
internal static class SecondFactorEvents
{
    public static NotificationSource Source { get; } =
        NotificationSource.For<SecondFactorChanged>(nameof(IAccountClient.SecondFactorChanged), (_, changed) => Of(changed));

    public static PendingEvent Of(long userId, SecondFactorChange change, bool isSet) =>
        PendingEvent.For(
            userId, Audience.All, nameof(IAccountClient.SecondFactorChanged), new SecondFactorChanged { Change = change, IsSet = isSet });

    private static Notice? Of(SecondFactorChanged changed) => changed.Change switch
    {
        SecondFactorChange.Set => Security("second factor set"),
        SecondFactorChange.Removed => Security("second factor removed"),
        SecondFactorChange.Reset => Security("second factor removed by staff"),
        SecondFactorChange.RecoveryCodesRenewed => Security("recovery codes renewed"),
        SecondFactorChange.RecoveryCodeUsed => Security("recovery code used"),
        _ => null,
    };

    private static Notice Security(string what) =>
        new(NotificationKind.SecurityNotice, new Dictionary<string, string> { ["what"] = what });
}
