using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// Disputes on the user's orders. The parties may settle until the end: the seller by <see cref="OrdersClient.ReleaseAsync(Guid, int?, CancellationToken)"/>,
/// both by cancelling together. Calls are repeated until the server has decided or <see cref="P2PClientOptions.CallTimeout"/> is over; what
/// changes something does so once, because every repeat carries the same request id.
/// </summary>
public sealed class DisputesClient
{
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;

    internal DisputesClient(IDealHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <summary>Opens a dispute on an order whose payment was confirmed: the escrow stays held until it ends.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="reason">Why.</param>
    /// <param name="text">What happened; both parties and staff read it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<DisputeReply> RaiseAsync(Guid orderId, DisputeReason reason, string text, CancellationToken cancellationToken = default) =>
        RaiseAsync(
            new RaiseDisputeRequest { RequestId = Guid.CreateVersion7(), OrderId = orderId, Reason = reason, Text = text }, cancellationToken);

    /// <inheritdoc cref="IDisputeCalls.RaiseDispute"/>
    public Task<DisputeReply> RaiseAsync(RaiseDisputeRequest request, CancellationToken cancellationToken = default) =>
        _hub.RaiseDispute(request, cancellationToken);

    /// <summary>A dispute with its rulings, evidence and steps.</summary>
    /// <param name="disputeId">One of the user's own disputes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<DisputeView> GetAsync(Guid disputeId, CancellationToken cancellationToken = default) =>
        _hub.GetDispute(new GetDisputeRequest { DisputeId = disputeId }, cancellationToken);

    /// <summary>The dispute of an order; otherwise as <see cref="GetAsync"/>.</summary>
    /// <param name="orderId">One of the user's own orders.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<DisputeView> GetOfOrderAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetDispute(new GetDisputeRequest { OrderId = orderId }, cancellationToken);

    /// <summary>The user's own disputes, newest first.</summary>
    /// <param name="open">Open ones, or ended ones; both when left out.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<DisputeView>> ListAsync(
        bool? open = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListDisputes(new ListDisputesRequest { Open = open, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Shows something to the other party and to staff.</summary>
    /// <param name="disputeId">One of the user's own disputes.</param>
    /// <param name="text">What it shows.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<EvidenceReply> SubmitEvidenceAsync(Guid disputeId, string text, CancellationToken cancellationToken = default) =>
        SubmitEvidenceAsync(new SubmitEvidenceRequest { RequestId = Guid.CreateVersion7(), DisputeId = disputeId, Text = text }, cancellationToken);

    /// <inheritdoc cref="IDisputeCalls.SubmitEvidence"/>
    public Task<EvidenceReply> SubmitEvidenceAsync(SubmitEvidenceRequest request, CancellationToken cancellationToken = default) =>
        _hub.SubmitEvidence(request, cancellationToken);

    /// <summary>Asks for staff before the time to negotiate is over.</summary>
    /// <param name="disputeId">One of the user's own disputes.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<DisputeReply> EscalateAsync(Guid disputeId, CancellationToken cancellationToken = default) =>
        EscalateAsync(Request(disputeId), cancellationToken);

    /// <inheritdoc cref="IDisputeCalls.EscalateDispute"/>
    public Task<DisputeReply> EscalateAsync(DisputeRequest request, CancellationToken cancellationToken = default) =>
        _hub.EscalateDispute(request, cancellationToken);

    /// <summary>Accepts the ruling; when both do, it takes effect at once.</summary>
    /// <param name="disputeId">One of the user's own disputes.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<DisputeReply> AcceptRulingAsync(Guid disputeId, CancellationToken cancellationToken = default) =>
        AcceptRulingAsync(Request(disputeId), cancellationToken);

    /// <inheritdoc cref="IDisputeCalls.AcceptRuling"/>
    public Task<DisputeReply> AcceptRulingAsync(DisputeRequest request, CancellationToken cancellationToken = default) =>
        _hub.AcceptRuling(request, cancellationToken);

    /// <summary>Appeals: somebody else of the staff decides, and that is final.</summary>
    /// <param name="disputeId">One of the user's own disputes.</param>
    /// <param name="text">What the ruling did not see.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<DisputeReply> AppealAsync(Guid disputeId, string text, CancellationToken cancellationToken = default) =>
        AppealAsync(new AppealRulingRequest { RequestId = Guid.CreateVersion7(), DisputeId = disputeId, Text = text }, cancellationToken);

    /// <inheritdoc cref="IDisputeCalls.AppealRuling"/>
    public Task<DisputeReply> AppealAsync(AppealRulingRequest request, CancellationToken cancellationToken = default) =>
        _hub.AppealRuling(request, cancellationToken);

    /// <summary>
    /// Each change of the user's disputes, in order. Collects from this call on, also before it is read; read it once, and to its end or
    /// cancelled: an event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<DisputeChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<DisputeChanged>(_events, filter: null, cancellationToken);

    private static DisputeRequest Request(Guid disputeId) => new() { RequestId = Guid.CreateVersion7(), DisputeId = disputeId };
}
