using System.Text.Json;
using P2P.Contracts.Accounts;
using P2P.Contracts.Trading;
using P2P.Server.Accounts.Notifications;

namespace P2P.Server.Trading.Ads;

/// <summary>What an ad's owner is told: what staff did to it.</summary>
internal static class AdNotices
{
    public static NotificationSource Source { get; } = NotificationSource.For<AdChanged>(nameof(ITradeClient.AdChanged), (_, change) => Of(change));

    private static Notice? Of(AdChanged change) => change.ByStaff == true
        ? new Notice(
            NotificationKind.AdModerated,
            new Dictionary<string, string>
            {
                ["adId"] = change.AdId.ToString(),
                ["status"] = JsonNamingPolicy.CamelCase.ConvertName(change.Status.ToString()),
            })
        : null;
}
