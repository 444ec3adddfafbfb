using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// The dispute queue. Calls are repeated until the server has decided; what changes something does so once. Every act stands in the audit log
/// with its reason, and so does every read of a case or a private room.
/// </summary>
public sealed class AdminDisputesClient
{
    private readonly AdminHubProxy _hub;
    private readonly EventReaders _events;
    private readonly FilesClient _files;

    internal AdminDisputesClient(AdminHubProxy hub, EventReaders events, FilesClient files) => (_hub, _events, _files) = (hub, events, files);

    /// <inheritdoc cref="IStaffDisputeCalls.ListDisputeQueue"/>
    public Task<Page<StaffDisputeRow>> ListAsync(ListDisputeQueueRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListDisputeQueue(request, cancellationToken);

    /// <inheritdoc cref="IStaffDisputeCalls.GetDisputeForStaff"/>
    public Task<StaffDisputeView> GetAsync(Guid disputeId, CancellationToken cancellationToken = default) =>
        _hub.GetDisputeForStaff(new GetStaffDisputeRequest { DisputeId = disputeId }, cancellationToken);

    /// <summary>The case of an order; otherwise as <see cref="GetAsync"/>.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<StaffDisputeView> GetOfOrderAsync(Guid orderId, CancellationToken cancellationToken = default) =>
        _hub.GetDisputeForStaff(new GetStaffDisputeRequest { OrderId = orderId }, cancellationToken);

    /// <inheritdoc cref="IStaffDisputeCalls.ListStaff"/>
    public Task<Page<StaffMemberView>> ListStaffAsync(ListStaffRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListStaff(request, cancellationToken);

    /// <summary>Gives a case to an arbitrator.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="assigneeSub">The subject of the arbitrator's tokens; null takes the case from everybody.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> AssignAsync(
        Guid disputeId, string? assigneeSub, string reason, CancellationToken cancellationToken = default) =>
        AssignAsync(
            new AssignDisputeRequest
            {
                RequestId = Guid.CreateVersion7(),
                DisputeId = disputeId,
                AssigneeSub = assigneeSub,
                Reason = reason,
            },
            cancellationToken);

    /// <inheritdoc cref="IStaffDisputeCalls.AssignDispute"/>
    public Task<StaffDisputeReply> AssignAsync(AssignDisputeRequest request, CancellationToken cancellationToken = default) =>
        _hub.AssignDispute(request, cancellationToken);

    /// <inheritdoc cref="IStaffDisputeCalls.RuleDispute"/>
    public Task<StaffDisputeReply> RuleAsync(RuleDisputeRequest request, CancellationToken cancellationToken = default) =>
        _hub.RuleDispute(request, cancellationToken);

    /// <summary>Gives the buyer the asset.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="text">The written ruling, which both parties read.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> RuleReleaseAsync(
        Guid disputeId, string text, string reason, CancellationToken cancellationToken = default) =>
        RuleAsync(Ruling(disputeId, RulingDecision.Release, null, text, reason), cancellationToken);

    /// <summary>Gives the seller everything back.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="text">The written ruling, which both parties read.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> RuleRefundAsync(
        Guid disputeId, string text, string reason, CancellationToken cancellationToken = default) =>
        RuleAsync(Ruling(disputeId, RulingDecision.Refund, null, text, reason), cancellationToken);

    /// <summary>Gives the buyer a part and the seller the rest.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="buyerPercent">The buyer's part, more than 0 and less than 100, with two decimals.</param>
    /// <param name="text">The written ruling, which both parties read.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> RuleSplitAsync(
        Guid disputeId, decimal buyerPercent, string text, string reason, CancellationToken cancellationToken = default) =>
        RuleAsync(Ruling(disputeId, RulingDecision.Split, buyerPercent, text, reason), cancellationToken);

    /// <inheritdoc cref="IStaffDisputeCalls.CheckRuling"/>
    public Task<RulingCheck> CheckRulingAsync(CheckRulingRequest request, CancellationToken cancellationToken = default) =>
        _hub.CheckRuling(request, cancellationToken);

    /// <summary>Agrees, as a second person, to a ruling on a high amount.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the dispute has another version: what was read is what is signed.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> ConfirmRulingAsync(
        Guid disputeId, string reason, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        _hub.ConfirmRuling(
            new StaffDisputeRequest
            {
                RequestId = Guid.CreateVersion7(),
                DisputeId = disputeId,
                Reason = reason,
                ExpectedVersion = expectedVersion,
            },
            cancellationToken);

    /// <summary>Lets a member of staff read the room of a case and its files.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="helperSub">The subject of the helper's tokens.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> AddHelperAsync(
        Guid disputeId, string helperSub, string reason, CancellationToken cancellationToken = default) =>
        _hub.AddDisputeHelper(Helper(disputeId, helperSub, reason), cancellationToken);

    /// <summary>Takes that away again; harmless when there is nothing to take.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="helperSub">The subject of the helper's tokens.</param>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> RemoveHelperAsync(
        Guid disputeId, string helperSub, string reason, CancellationToken cancellationToken = default) =>
        _hub.RemoveDisputeHelper(Helper(disputeId, helperSub, reason), cancellationToken);

    /// <summary>Puts a case on one's own watch list, or off it.</summary>
    /// <param name="disputeId">The dispute.</param>
    /// <param name="watch">On the list, or off it.</param>
    /// <param name="note">What to remember of it; nobody else reads it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<StaffDisputeReply> WatchAsync(
        Guid disputeId, bool watch = true, string? note = null, CancellationToken cancellationToken = default) =>
        _hub.WatchDispute(
            new WatchDisputeRequest { RequestId = Guid.CreateVersion7(), DisputeId = disputeId, Watch = watch, Note = note },
            cancellationToken);

    /// <inheritdoc cref="IStaffDisputeCalls.GetCaseMessages"/>
    public Task<MessagePage> GetMessagesAsync(GetCaseMessagesRequest request, CancellationToken cancellationToken = default) =>
        _hub.GetCaseMessages(request, cancellationToken);

    /// <summary>
    /// Fetches a file of the room of an order whose open case one has or helps with. The read is a row of the audit log, and the parties see
    /// it after the case is closed.
    /// </summary>
    /// <param name="fileId">Which; messages name their files.</param>
    /// <param name="cancellationToken">Ends the wait for the answer's head.</param>
    /// <returns>Its content; dispose it.</returns>
    /// <exception cref="P2PException">NOT_FOUND, RATE_LIMITED, UNAVAILABLE.</exception>
    public Task<DownloadedFile> DownloadFileAsync(Guid fileId, CancellationToken cancellationToken = default) =>
        _files.DownloadAsync(fileId, cancellationToken);

    /// <summary>
    /// Each news of one's cases, in order: given, taken away, a signature that is wanted, ended. Collects from this call on; read it once, and
    /// to its end or cancelled: an event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<CaseChanged>> WatchCasesAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<CaseChanged>(_events, filter: null, cancellationToken);

    private static RuleDisputeRequest Ruling(Guid disputeId, RulingDecision decision, decimal? percent, string text, string reason) => new()
    {
        RequestId = Guid.CreateVersion7(),
        DisputeId = disputeId,
        Decision = decision,
        BuyerPercent = percent,
        Text = text,
        Reason = reason,
    };

    private static DisputeHelperRequest Helper(Guid disputeId, string helperSub, string reason) =>
        new() { RequestId = Guid.CreateVersion7(), DisputeId = disputeId, HelperSub = helperSub, Reason = reason };
}
