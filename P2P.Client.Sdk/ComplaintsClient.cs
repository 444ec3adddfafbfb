using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// Complaints about orders that have ended; they move no escrow and change no order. Calls are repeated until the server has decided; what
/// changes something does so once, because every repeat carries the same request id.
/// </summary>
public sealed class ComplaintsClient
{
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;

    internal ComplaintsClient(IDealHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <summary>Files a complaint, once an order.</summary>
    /// <param name="orderId">One of one's own orders, which has ended.</param>
    /// <param name="reason">What it is about.</param>
    /// <param name="text">What happened; both parties and staff read it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ComplaintReply> FileAsync(
        Guid orderId, ComplaintReason reason, string text, CancellationToken cancellationToken = default) =>
        FileAsync(
            new FileComplaintRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId, Reason = reason, Text = text }, cancellationToken);

    /// <inheritdoc cref="IComplaintCalls.FileComplaint"/>
    public Task<ComplaintReply> FileAsync(FileComplaintRequest request, CancellationToken cancellationToken = default) =>
        _hub.FileComplaint(request, cancellationToken);

    /// <inheritdoc cref="IComplaintCalls.GetComplaint"/>
    public Task<ComplaintView> GetAsync(Guid complaintId, CancellationToken cancellationToken = default) =>
        _hub.GetComplaint(new GetComplaintRequest { ComplaintId = complaintId }, cancellationToken);

    /// <inheritdoc cref="IComplaintCalls.ListComplaints"/>
    public Task<Page<ComplaintView>> ListAsync(ListComplaintsRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListComplaints(request, cancellationToken);

    /// <summary>Shows something to the other party and to staff.</summary>
    /// <param name="complaintId">A complaint about one of one's own orders, by either party.</param>
    /// <param name="text">What it shows.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ComplaintReply> AddEvidenceAsync(Guid complaintId, string text, CancellationToken cancellationToken = default) =>
        AddEvidenceAsync(
            new AddComplaintEvidenceRequest { RequestId = Guid.CreateVersion7(), ComplaintId = complaintId, Text = text }, cancellationToken);

    /// <inheritdoc cref="IComplaintCalls.AddComplaintEvidence"/>
    public Task<ComplaintReply> AddEvidenceAsync(AddComplaintEvidenceRequest request, CancellationToken cancellationToken = default) =>
        _hub.AddComplaintEvidence(request, cancellationToken);

    /// <summary>
    /// Each change of complaints about the user's orders, in order. Collects from this call on, also before it is read; read it once, and to
    /// its end or cancelled: an event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<ComplaintChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<ComplaintChanged>(_events, filter: null, cancellationToken);
}
