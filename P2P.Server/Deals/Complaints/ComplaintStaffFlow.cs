using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Reviews;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Complaints;

/// <summary>What staff do with complaints: each act once, with its measure, its audit row and its events in one transaction.</summary>
public sealed class ComplaintStaffFlow(RequestLog requests, ApplySuspension apply)
{
    /// <summary>Gives the complaint to somebody, or takes it from everybody.</summary>
    /// <param name="act">Who acts, and why.</param>
    /// <param name="request">The request as it came.</param>
    /// <param name="complaintId">The complaint.</param>
    /// <param name="expectedVersion">The version that the caller saw.</param>
    /// <param name="find">Whom it is given to; null for nobody.</param>
    /// <param name="cancellation">Ends with the call.</param>
    public Task<StaffComplaintReply> Assign(
        StaffAct act, IChange request, Guid complaintId, int? expectedVersion, Func<Tx, Task<long?>> find, CancellationToken cancellation) =>
        requests.Once(
            act.Caller,
            nameof(IStaffComplaintCalls.AssignComplaint),
            request,
            async change =>
            {
                var complaint = await Locked(change.Tx, complaintId);
                var to = await find(change.Tx);
                if (ComplaintRules.CannotAssign(complaint, expectedVersion, act.Caller.UserId, act.IsAdmin, to) is { } reason)
                {
                    throw new Refused(reason);
                }

                var changed = complaint with
                {
                    AssigneeId = to,
                    Status = to is null ? ComplaintStatus.Open : ComplaintStatus.UnderReview,
                    Version = complaint.Version + 1,
                };
                await change.Now();
                await ComplaintSql.Save(change.Tx, changed);
                await Audit(change, act, "complaint.assign", complaint, to is { } assignee ? $"to user:{assignee}" : "to nobody");
                change.Tell(ComplaintEvents.Changed(changed, ComplaintChange.Assigned, Party.Staff));
                TellStaff(change, act, complaint, changed);
                return ReplyOf(changed);
            },
            cancellation);

    /// <summary>Decides; what the decision does to a person is done with it.</summary>
    public async Task<StaffComplaintReply> Decide(
        StaffAct act, IChange request, Guid complaintId, int? expectedVersion, ComplaintDecision decision, CancellationToken cancellation)
    {
        ComplaintRules.CheckShape(decision);
        long? suspended = null;
        var reply = await requests.Once(
            act.Caller,
            nameof(IStaffComplaintCalls.DecideComplaint),
            request,
            async change =>
            {
                var complaint = await Locked(change.Tx, complaintId);
                if (ComplaintRules.CannotDecide(complaint, expectedVersion, act.Caller.UserId, act.IsAdmin) is { } reason)
                {
                    throw new Refused(reason);
                }

                suspended = await Measure(change, act, complaint, decision);
                var decided = complaint with
                {
                    Status = ComplaintStatus.Decided,
                    Version = complaint.Version + 1,
                    Outcome = decision.Outcome,
                    Against = decision.Against,
                    OutcomeBody = decision.Text,
                    DeciderId = act.Caller.UserId,
                    DecidedAt = await change.Now(),
                };
                await ComplaintSql.Save(change.Tx, decided);
                await Audit(change, act, "complaint.decide", complaint, Spell(decision));
                change.Tell(ComplaintEvents.Changed(decided, ComplaintChange.Decided, Party.Staff));
                if (decided.AssigneeId is { } assignee && assignee != act.Caller.UserId)
                {
                    change.Tell(ComplaintEvents.ToStaff(assignee, decided, CaseNews.Ended));
                }

                return ReplyOf(decided);
            },
            cancellation);
        if (suspended is { } userId)
        {
            // What a crash leaves undone here the timers do within a second, and a repeat does no harm.
            await apply(userId, true, cancellation);
        }

        return reply;
    }

    /// <summary>Does to a person what was decided.</summary>
    /// <returns>Who was suspended by it; null for nobody.</returns>
    private static async Task<long?> Measure(Change change, StaffAct act, Complaint complaint, ComplaintDecision decision)
    {
        if (decision.Against is not { } against)
        {
            return null;
        }

        var userId = complaint.IdOf(against);
        switch (decision.Outcome)
        {
            case ComplaintOutcome.Suspension:
                var target = await StaffSql.FindById(change.Tx, userId)
                    ?? throw new InvalidOperationException($"Party {userId} of order {complaint.OrderId} is no user.");
                await StaffActs.Suspend(change, act.Actor, target, decision.Text, decision.SuspendedUntil?.ToUniversalTime());
                return userId;
            case ComplaintOutcome.ReviewRemoved:
                var review = (await ReviewSql.OfOrder(change.Tx, complaint.OrderId)).FirstOrDefault(one => one.AuthorId == userId)
                    ?? throw new Refused(ErrorCodes.NotFound, "This party wrote no review of the order.");
                await ReviewModerationFlow.Hide(change, act.Actor, review.Id, decision.Text);
                return null;
            default:
                return null;
        }
    }

    private static void TellStaff(Change change, StaffAct act, Complaint before, Complaint after)
    {
        if (before.AssigneeId == after.AssigneeId)
        {
            return;
        }

        if (before.AssigneeId is { } former && former != act.Caller.UserId)
        {
            change.Tell(ComplaintEvents.ToStaff(former, after, CaseNews.TakenFromYou));
        }

        if (after.AssigneeId is { } present)
        {
            change.Tell(ComplaintEvents.ToStaff(present, after, CaseNews.AssignedToYou));
        }
    }

    private static async Task<Complaint> Locked(Tx tx, Guid id)
    {
        await ComplaintSql.Lock(tx, id);
        return await ComplaintSql.Find(tx, id) ?? throw new Refused(ErrorCodes.NotFound, "There is no such complaint.");
    }

    private static Task<long> Audit(Change change, StaffAct act, string action, Complaint before, string what) =>
        StaffSql.Audit(change.Tx, act.Actor, action, $"complaint:{before.Id}", $"{before.Status}", what, act.Reason);

    private static string Spell(ComplaintDecision decision) =>
        decision.Against is { } against ? $"{decision.Outcome} against the {against}: {decision.Text}" : $"{decision.Outcome}: {decision.Text}";

    private static StaffComplaintReply ReplyOf(Complaint complaint) => new()
    {
        ComplaintId = complaint.Id,
        OrderId = complaint.OrderId,
        Status = complaint.Status,
        Version = complaint.Version,
        AssigneeId = complaint.AssigneeId,
    };
}
