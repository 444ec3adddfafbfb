using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Accounts.Staff;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.Users;

/// <summary>What staff do to users: each act once, with its audit row and its event in one transaction.</summary>
public sealed class StaffUserActFlow(RequestLog requests, ApplySuspension apply)
{
    public async Task<StaffUserReply> Suspend(StaffCaller staff, SuspendUserRequest request, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A suspension's reason");
        var reply = await Act(
            staff, nameof(IStaffUserCalls.SuspendUser), request, request.UserId,
            (change, target) => StaffActs.Suspend(change, staff.Actor, target, why, request.Until?.ToUniversalTime()), cancellation);

        // What a crash leaves undone here the timers do within a second, and a repeat does no harm.
        await apply(request.UserId, true, cancellation);
        return reply;
    }

    public async Task<StaffUserReply> Lift(StaffCaller staff, StaffUserRequest request, CancellationToken cancellation)
    {
        var reply = await Act(staff, nameof(IStaffUserCalls.LiftSuspension), request, StaffActs.Lift, cancellation);
        await apply(request.UserId, false, cancellation);
        return reply;
    }

    public Task<StaffUserReply> Verify(StaffCaller staff, StaffUserRequest request, CancellationToken cancellation) =>
        Act(staff, nameof(IStaffUserCalls.VerifyUser), request, StaffActs.Verify, cancellation);

    public Task<StaffUserReply> SetMerchant(
        StaffCaller staff, string call, StaffUserRequest request, bool merchant, CancellationToken cancellation) =>
        Act(
            staff, call, request,
            (change, actor, target, why) => StaffActs.SetMerchant(change, actor, target, merchant, why), cancellation);

    public Task<StaffUserReply> RemovePicture(StaffCaller staff, StaffUserRequest request, CancellationToken cancellation) =>
        Act(staff, nameof(IModerationCalls.RemoveUserPicture), request, StaffActs.RemovePicture, cancellation);

    public Task<StaffUserReply> RevokeTokens(StaffCaller staff, StaffUserRequest request, CancellationToken cancellation) =>
        Act(staff, nameof(IStaffUserCalls.RevokeTokens), request, StaffActs.RevokeTokens, cancellation);

    public Task<StaffUserReply> ResetSecondFactor(StaffCaller staff, StaffUserRequest request, CancellationToken cancellation) =>
        Act(staff, nameof(IStaffUserCalls.ResetSecondFactor), request, StaffActs.ResetSecondFactor, cancellation);

    private Task<StaffUserReply> Act(
        StaffCaller staff,
        string call,
        StaffUserRequest request,
        Func<Change, StaffActor, StaffTarget, string, Task<StaffTarget>> act,
        CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        return Act(staff, call, request, request.UserId, (change, target) => act(change, staff.Actor, target, why), cancellation);
    }

    private Task<StaffUserReply> Act(
        StaffCaller staff,
        string call,
        IChange request,
        long userId,
        Func<Change, StaffTarget, Task<StaffTarget>> act,
        CancellationToken cancellation) =>
        requests.Once(
            staff.Caller,
            call,
            request,
            async change =>
            {
                var target = await StaffSql.FindById(change.Tx, userId)
                    ?? throw new Refused(ErrorCodes.NotFound, "There is no such user.");
                return target.UserId == staff.Caller.UserId
                    ? throw new Refused(ErrorCodes.OwnAccount, "Nobody acts on their own account: ask a colleague.")
                    : ReplyOf(await act(change, target));
            },
            cancellation);

    private static StaffUserReply ReplyOf(StaffTarget target) => new()
    {
        UserId = target.UserId,
        IsVerified = target.IsVerified == true,
        IsMerchant = target.IsMerchant == true,
        IsSuspended = target.IsSuspended,
    };
}
