using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Server.Deals;

/// <summary>The caller's disputes.</summary>
public abstract partial class DealHub<TClient>
{
    public Task<DisputeReply> RaiseDispute(RaiseDisputeRequest request) => deals.Disputes.Raise(Caller, request, Aborted);

    public Task<DisputeView> GetDispute(GetDisputeRequest request) => deals.DisputeReads.Get(Caller, request, Aborted);

    public Task<Page<DisputeView>> ListDisputes(ListDisputesRequest request) => deals.DisputeReads.List(Caller, request, Aborted);

    public Task<EvidenceReply> SubmitEvidence(SubmitEvidenceRequest request) => deals.Disputes.Show(Caller, request, Aborted);

    public Task<DisputeReply> EscalateDispute(DisputeRequest request) =>
        deals.Disputes.Move(Caller, nameof(EscalateDispute), request, DisputeAction.Escalate, Aborted);

    public Task<DisputeReply> AcceptRuling(DisputeRequest request) =>
        deals.Disputes.Move(Caller, nameof(AcceptRuling), request, DisputeAction.Accept, Aborted);

    public Task<DisputeReply> AppealRuling(AppealRulingRequest request) => deals.Disputes.Appeal(Caller, request, Aborted);
}
