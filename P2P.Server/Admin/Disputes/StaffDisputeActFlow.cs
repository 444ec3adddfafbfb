using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Members;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.Disputes;

/// <summary>What staff do with cases: checks the request's shape and finds who is meant, then lets the disputes' own flow decide.</summary>
public sealed class StaffDisputeActFlow(Database database, RequestLog requests, DisputeStaffFlow disputes)
{
    public async Task<StaffDisputeReply> Assign(StaffCaller staff, AssignDisputeRequest request, CancellationToken cancellation)
    {
        var act = Act(staff, request.Reason);
        var sub = AdminText.Key(request.AssigneeSub, "assigneeSub");
        if (request.AssigneeId is not null && sub is not null)
        {
            throw new Refused(ErrorCodes.BadInput, "Name the arbitrator by id or by subject, not by both.", ("path", "assigneeSub"));
        }

        long? assignee = request.AssigneeId is null && sub is null
            ? null
            : (await database.Read(
                tx => StaffMemberFlow.Find(tx, request.AssigneeId, sub, StaffMemberFlow.Deciding), cancellation)).UserId;
        return ReplyOf(await disputes.Assign(act, Inner(request, request.DisputeId, request.ExpectedVersion), assignee, cancellation));
    }

    public async Task<StaffDisputeReply> Rule(StaffCaller staff, RuleDisputeRequest request, CancellationToken cancellation) =>
        ReplyOf(await disputes.Rule(
            Act(staff, request.Reason),
            Inner(request, request.DisputeId, request.ExpectedVersion),
            new RulingTerms(request.Decision, request.BuyerPercent, request.Text),
            cancellation));

    public async Task<StaffDisputeReply> Confirm(StaffCaller staff, StaffDisputeRequest request, CancellationToken cancellation) =>
        ReplyOf(await disputes.Confirm(
            Act(staff, request.Reason), Inner(request, request.DisputeId, request.ExpectedVersion), cancellation));

    /// <summary>Lets somebody read the room of a case, or no longer.</summary>
    public Task<StaffDisputeReply> Help(
        StaffCaller staff, string call, DisputeHelperRequest request, bool isToHelp, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        var sub = AdminText.Key(request.HelperSub, "helperSub");
        if ((request.HelperId is null) == (sub is null))
        {
            throw new Refused(ErrorCodes.BadInput, "Name the helper by id or by subject.", ("path", "helperId"));
        }

        return requests.Once(
            staff.Caller,
            call,
            request,
            async change =>
            {
                var dispute = await Locked(change.Tx, request.DisputeId);
                var helper = await StaffMemberFlow.Find(
                    change.Tx, request.HelperId, sub, isToHelp ? StaffMemberFlow.Helping : StaffRoles.All);
                var helpers = await StaffDisputeActSql.CountHelpers(change.Tx, dispute.Id);
                if (StaffDisputeRules.CannotChooseHelper(dispute, staff.Caller.UserId, staff.IsAdmin, helper.UserId, isToHelp, helpers) is { } reason)
                {
                    throw new Refused(reason);
                }

                var changed = isToHelp
                    ? await StaffDisputeActSql.AddHelper(change.Tx, dispute.Id, helper.UserId, staff.Caller.UserId, await change.Now())
                    : await StaffDisputeActSql.RemoveHelper(change.Tx, dispute.Id, helper.UserId);
                if (changed == 1)
                {
                    await change.Now();
                    await TellHelper(change, staff, dispute, helper, isToHelp, why);
                }

                return ReplyOf(dispute);
            },
            cancellation);
    }

    /// <summary>Puts a case on one's own watch list, or off it; nobody's business, so nothing is audited.</summary>
    public Task<StaffDisputeReply> Watch(StaffCaller staff, WatchDisputeRequest request, CancellationToken cancellation)
    {
        var note = CleanText.Block(request.Note);
        if (note?.Length > Limits.StaffReasonCharsMax)
        {
            throw new Refused(ErrorCodes.BadInput, $"A note has at most {Limits.StaffReasonCharsMax} characters.", ("path", "note"));
        }

        return requests.Once(
            staff.Caller,
            nameof(IStaffDisputeCalls.WatchDispute),
            request,
            async change =>
            {
                var dispute = await DisputeReadSql.FindAny(change.Tx, request.DisputeId) ?? throw NotFound();
                var userId = staff.Caller.UserId;
                if (!request.Watch)
                {
                    await StaffDisputeActSql.Unwatch(change.Tx, userId, dispute.Id);
                    return ReplyOf(dispute);
                }

                if (await StaffDisputeActSql.CountWatched(change.Tx, userId) >= StaffDisputeRules.WatchesMax)
                {
                    throw new Refused(
                        ErrorCodes.QuotaExceeded,
                        $"A watch list has at most {StaffDisputeRules.WatchesMax} cases.",
                        ("quota", "watches"),
                        ("limit", StaffDisputeRules.WatchesMax.ToString(CultureInfo.InvariantCulture)));
                }

                await StaffDisputeActSql.Watch(change.Tx, userId, dispute.Id, note, await change.Now());
                return ReplyOf(dispute);
            },
            cancellation);
    }

    private static async Task TellHelper(
        Change change, StaffCaller staff, DisputeRow dispute, StaffMemberRow helper, bool isToHelp, string why)
    {
        await StaffSql.Audit(
            change.Tx,
            staff.Actor,
            isToHelp ? "dispute.add_helper" : "dispute.remove_helper",
            $"dispute:{dispute.Id}",
            null,
            string.Create(CultureInfo.InvariantCulture, $"user:{helper.UserId}"),
            why);
        change.Tell(PendingEvent.For(
            helper.UserId,
            Audience.Admin,
            nameof(IStaffCaseClient.CaseChanged),
            new CaseChanged
            {
                DisputeId = dispute.Id,
                OrderId = dispute.OrderId,
                News = isToHelp ? CaseNews.HelperAdded : CaseNews.HelperRemoved,
                Version = dispute.Version,
                Deadline = dispute.Deadline,
            }));
    }

    /// <summary>The dispute as it stays until the commit.</summary>
    private static async Task<DisputeRow> Locked(Tx tx, Guid disputeId)
    {
        await DisputeReadSql.LockAny(tx, disputeId);
        return await DisputeReadSql.FindAny(tx, disputeId) ?? throw NotFound();
    }

    private static StaffAct Act(StaffCaller staff, string reason) =>
        new(staff.Caller, staff.Actor, staff.IsAdmin, StaffActs.Reason(reason, "A reason"));

    private static DisputeRequest Inner(IChange request, Guid disputeId, int? expectedVersion) =>
        new() { RequestId = request.RequestId, DisputeId = disputeId, ExpectedVersion = expectedVersion };

    private static StaffDisputeReply ReplyOf(DisputeReply reply) => new()
    {
        DisputeId = reply.DisputeId,
        OrderId = reply.OrderId,
        Status = reply.Status,
        Version = reply.Version,
        Deadline = reply.Deadline,
    };

    private static StaffDisputeReply ReplyOf(DisputeRow row) => new()
    {
        DisputeId = row.Id,
        OrderId = row.OrderId,
        Status = row.Status,
        Version = row.Version,
        Deadline = row.Deadline,
    };

    private static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such dispute.");
}
