using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// Complaints about orders that have ended, as staff work on them. Calls are repeated until the server has decided; what changes something
/// does so once. Every act stands in the audit log with its reason, and so does every read of a complaint.
/// </summary>
public sealed class AdminComplaintsClient
{
    private readonly AdminHubProxy _hub;

    internal AdminComplaintsClient(AdminHubProxy hub) => _hub = hub;

    /// <inheritdoc cref="IStaffComplaintCalls.ListComplaintQueue"/>
    public Task<Page<StaffComplaintRow>> ListAsync(ListComplaintQueueRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListComplaintQueue(request, cancellationToken);

    /// <inheritdoc cref="IStaffComplaintCalls.GetComplaintForStaff"/>
    public Task<StaffComplaintView> GetAsync(Guid complaintId, CancellationToken cancellationToken = default) =>
        _hub.GetComplaintForStaff(new GetStaffComplaintRequest { ComplaintId = complaintId }, cancellationToken);

    /// <summary>Gives a complaint to an arbitrator.</summary>
    /// <param name="complaintId">The complaint.</param>
    /// <param name="assigneeSub">The subject of the arbitrator's tokens; null takes the complaint from everybody.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffComplaintReply> AssignAsync(
        Guid complaintId, string? assigneeSub, string reason, CancellationToken cancellationToken = default) =>
        _hub.AssignComplaint(
            new AssignComplaintRequest
            {
                RequestId = Guid.CreateVersion7(),
                ComplaintId = complaintId,
                AssigneeSub = assigneeSub,
                Reason = reason,
            },
            cancellationToken);

    /// <summary>Decides a complaint; what that does to a person is done with it.</summary>
    /// <param name="complaintId">The complaint.</param>
    /// <param name="outcome">What is done.</param>
    /// <param name="against">To which party; null for a complaint that is closed.</param>
    /// <param name="text">The decision, which both parties read.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffComplaintReply> DecideAsync(
        Guid complaintId,
        ComplaintOutcome outcome,
        Party? against,
        string text,
        string reason,
        CancellationToken cancellationToken = default) =>
        DecideAsync(
            new DecideComplaintRequest
            {
                RequestId = Guid.CreateVersion7(),
                ComplaintId = complaintId,
                Outcome = outcome,
                Against = against,
                Text = text,
                Reason = reason,
            },
            cancellationToken);

    /// <inheritdoc cref="IStaffComplaintCalls.DecideComplaint"/>
    public Task<StaffComplaintReply> DecideAsync(DecideComplaintRequest request, CancellationToken cancellationToken = default) =>
        _hub.DecideComplaint(request, cancellationToken);
}
