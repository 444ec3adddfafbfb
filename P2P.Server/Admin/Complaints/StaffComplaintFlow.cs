using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Disputes;
using P2P.Server.Admin.Members;
using P2P.Server.Admin.Moderation;
using P2P.Server.Admin.Orders;
using P2P.Server.Core;
using P2P.Server.Deals.Complaints;
using P2P.Server.Deals.Disputes;

namespace P2P.Server.Admin.Complaints;

/// <summary>What staff read of complaints and do with them.</summary>
public sealed class StaffComplaintFlow(Database database, ComplaintStaffFlow complaints)
{
    private const int OthersMax = 50;

    public async Task<Page<StaffComplaintRow>> List(StaffCaller staff, ListComplaintQueueRequest request, CancellationToken cancellation)
    {
        if (request.Reason is { } reason && (reason == ComplaintReason.Unknown || !Enum.IsDefined(reason)))
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such reason.", ("path", "reason"));
        }

        var size = ListPage.Size(request.Limit);
        var search = new ComplaintSearch
        {
            ViewerId = staff.Caller.UserId,
            Decided = request.Decided == true,
            AssignedToMe = request.AssignedToMe,
            Unassigned = request.Unassigned,
            Reason = request.Reason?.ToString(),
            UserId = request.UserId,
            OrderId = request.OrderId,
            Last = ListPage.Id(request.Cursor),
            RowsMax = size + 1,
        };
        var rows = (await database.Read(
            tx => search.Decided ? StaffComplaintSql.Decided(tx, search) : StaffComplaintSql.Queue(tx, search), cancellation)).ToList();
        return new Page<StaffComplaintRow>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].ComplaintId) : null,
        };
    }

    /// <summary>Reads what the parties said to each other and to staff, and says so in the audit log: without the row there is no answer.</summary>
    public Task<StaffComplaintView> Get(StaffCaller staff, GetStaffComplaintRequest request, CancellationToken cancellation) =>
        database.Write(
            async tx =>
            {
                var row = await StaffComplaintSql.Find(tx, request.ComplaintId) ?? throw NotFound();
                if (staff.Caller.UserId == row.BuyerId || staff.Caller.UserId == row.SellerId)
                {
                    throw new Refused(ErrorCodes.ConflictOfInterest, "A party of the order sees its complaint as a party.");
                }

                var view = await View(tx, row);
                await StaffSql.Audit(tx, staff.Actor, "complaint.read", $"complaint:{row.ComplaintId}", null, null, null);
                return view;
            },
            cancellation);

    public Task<StaffComplaintReply> Assign(StaffCaller staff, AssignComplaintRequest request, CancellationToken cancellation)
    {
        var act = Act(staff, request.Reason);
        var sub = AdminText.Key(request.AssigneeSub, "assigneeSub");
        return request.AssigneeId is not null && sub is not null
            ? throw new Refused(ErrorCodes.BadInput, "Name the arbitrator by id or by subject, not by both.", ("path", "assigneeSub"))
            : complaints.Assign(
                act,
                request,
                request.ComplaintId,
                request.ExpectedVersion,
                async tx => request.AssigneeId is null && sub is null
                    ? null
                    : (await StaffMemberFlow.Find(tx, request.AssigneeId, sub, StaffMemberFlow.Deciding)).UserId,
                cancellation);
    }

    public Task<StaffComplaintReply> Decide(StaffCaller staff, DecideComplaintRequest request, CancellationToken cancellation)
    {
        var act = Act(staff, request.Reason);
        var decision = new ComplaintDecision(request.Outcome, request.Against, request.SuspendedUntil, Words(request.Text));
        return complaints.Decide(act, request, request.ComplaintId, request.ExpectedVersion, decision, cancellation);
    }

    private static async Task<StaffComplaintView> View(Tx tx, StaffComplaintRow row)
    {
        var detail = await StaffComplaintSql.Detail(tx, row.ComplaintId) ?? throw NotFound();
        return new StaffComplaintView
        {
            Complaint = row,
            Text = detail.Text,
            OutcomeText = detail.OutcomeText,
            DeciderId = detail.DeciderId,
            DecidedAt = detail.DecidedAt,
            Order = new StaffOrderView
            {
                Order = await StaffOrderSql.Find(tx, row.OrderId) ?? throw NotFound(),
                History = [.. await StaffOrderSql.History(tx, row.OrderId)],
                Transfers = [.. await StaffOrderSql.Transfers(tx, row.OrderId)],
            },
            DisputeId = detail.DisputeId,
            Buyer = await StaffDisputeSql.Party(tx, row.BuyerId) ?? throw NotFound(),
            Seller = await StaffDisputeSql.Party(tx, row.SellerId) ?? throw NotFound(),
            Evidence = [.. await ComplaintSql.Evidence(tx, row.ComplaintId)],
            Reviews = [.. await ModerationSql.Reviews(tx, new SearchStaffReviewsRequest { OrderId = row.OrderId }, null, Limits.PageSizeMax)],
            PastComplaints = [.. await StaffComplaintSql.Others(tx, row, OthersMax)],
        };
    }

    /// <summary>The decision's text, which is also the reason of a suspension or a hidden review.</summary>
    private static string Words(string text) => DisputeFlow.Words(text) is { Length: <= Limits.StaffReasonCharsMax } words
        ? words
        : throw new Refused(ErrorCodes.BadInput, $"A decision has 1 to {Limits.StaffReasonCharsMax} characters.", ("path", "text"));

    private static StaffAct Act(StaffCaller staff, string reason) =>
        new(staff.Caller, staff.Actor, staff.IsAdmin, StaffActs.Reason(reason, "A reason"));

    private static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such complaint.");
}
