using System.Text.Json;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Notifications;

namespace P2P.Server.Deals.Disputes;

/// <summary>What a party is told of a dispute: that it began, that there is a ruling, that it is over. The stream tells the rest.</summary>
public static class DisputeNotices
{
    public static NotificationSource Source { get; } =
        NotificationSource.For<DisputeChanged>(nameof(IDisputeClient.DisputeChanged), (_, change) => Of(change));

    private static Notice? Of(DisputeChanged change) => change switch
    {
        { Action: DisputeAction.Raise } => new Notice(NotificationKind.DisputeOpened, Args(change)),
        { Status: DisputeStatus.Decided } => new Notice(NotificationKind.DisputeDecided, Args(change)),
        { Status: DisputeStatus.DecisionPending, Action: not DisputeAction.Accept } => new Notice(NotificationKind.DisputeDecided, Args(change)),
        { Status: DisputeStatus.AwaitingStaff or DisputeStatus.Appealed } => new Notice(NotificationKind.DisputeChanged, Args(change)),
        _ => null,
    };

    private static Dictionary<string, string> Args(DisputeChanged change) => new()
    {
        ["orderId"] = change.OrderId.ToString(),
        ["disputeId"] = change.DisputeId.ToString(),
        ["status"] = JsonNamingPolicy.CamelCase.ConvertName(change.Status.ToString()),
    };
}
