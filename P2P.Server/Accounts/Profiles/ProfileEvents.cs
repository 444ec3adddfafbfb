using P2P.Contracts.Accounts;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Accounts.Profiles;

/// <summary>What users hear of their own account, on every hub that they use.</summary>
internal static class ProfileEvents
{
    public static PendingEvent Of(long userId, ProfileChange change) =>
        PendingEvent.For(
            userId, Audience.All, nameof(IAccountClient.ProfileChanged), new ProfileChanged { ProfileId = userId, Change = change });
}
