using System.Text.Json;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals.Complaints;

/// <summary>What is told of complaints: to both parties on the hub of the order's kind, to staff what concerns them.</summary>
internal static class ComplaintEvents
{
    /// <summary>The other party is told of what was filed or shown, both of the decision.</summary>
    public static NotificationSource Notices { get; } =
        NotificationSource.For<ComplaintChanged>(nameof(IComplaintClient.ComplaintChanged), NoticeOf);

    public static IEnumerable<PendingEvent> Changed(Complaint complaint, ComplaintChange change, Party by) => PendingEvent.ForAll(
        [complaint.BuyerId, complaint.SellerId],
        OrderAudience.Of(complaint.Kind),
        nameof(IComplaintClient.ComplaintChanged),
        new ComplaintChanged
        {
            ComplaintId = complaint.Id,
            OrderId = complaint.OrderId,
            BuyerId = complaint.BuyerId,
            SellerId = complaint.SellerId,
            Change = change,
            By = by,
            Status = complaint.Status,
            Version = complaint.Version,
            Outcome = complaint.Outcome,
        });

    public static PendingEvent ToStaff(long userId, Complaint complaint, CaseNews news) => PendingEvent.For(
        userId,
        Audience.Admin,
        nameof(IStaffCaseClient.CaseChanged),
        new CaseChanged { ComplaintId = complaint.Id, OrderId = complaint.OrderId, News = news, Version = complaint.Version });

    private static Notice? NoticeOf(long userId, ComplaintChanged change)
    {
        var args = new Dictionary<string, string>
        {
            ["orderId"] = change.OrderId.ToString(),
            ["complaintId"] = change.ComplaintId.ToString(),
        };
        if (change is { Change: ComplaintChange.Decided, Outcome: { } outcome })
        {
            args["outcome"] = JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
            return new Notice(NotificationKind.ComplaintDecided, args);
        }

        var byHearer = (change.By == Party.Buyer && change.BuyerId == userId) || (change.By == Party.Seller && change.SellerId == userId);
        return change.Change is ComplaintChange.Filed or ComplaintChange.EvidenceAdded && !byHearer
            ? new Notice(NotificationKind.ComplaintFiled, args)
            : null;
    }
}
