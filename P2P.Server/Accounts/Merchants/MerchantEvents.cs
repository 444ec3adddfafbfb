using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Accounts.Merchants;

/// <summary>What applicants hear, and what they are told beside it.</summary>
internal static class MerchantEvents
{
    /// <summary>That one was approved is told by the status itself, as when staff give it by hand.</summary>
    public static NotificationSource Source { get; } = NotificationSource.For<MerchantApplicationChanged>(
        nameof(IAccountClient.MerchantApplicationChanged),
        (_, change) => change.Status == MerchantApplicationStatus.Declined ? Notice.Of(NotificationKind.MerchantDeclined) : null);

    public static PendingEvent Of(long userId, Guid applicationId, MerchantApplicationStatus status) => PendingEvent.For(
        userId,
        Audience.All,
        nameof(IAccountClient.MerchantApplicationChanged),
        new MerchantApplicationChanged { ApplicationId = applicationId, Status = status });
}
