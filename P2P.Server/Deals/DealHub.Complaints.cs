using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Server.Deals;

/// <summary>Complaints about the caller's orders that have ended.</summary>
public abstract partial class DealHub<TClient>
{
    public Task<ComplaintReply> FileComplaint(FileComplaintRequest request) => deals.Complaints.File(Caller, request, Aborted);

    public Task<ComplaintView> GetComplaint(GetComplaintRequest request) => deals.Complaints.Get(Caller, request, Aborted);

    public Task<Page<ComplaintView>> ListComplaints(ListComplaintsRequest request) => deals.Complaints.List(Caller, request, Aborted);

    public Task<ComplaintReply> AddComplaintEvidence(AddComplaintEvidenceRequest request) => deals.Complaints.Show(Caller, request, Aborted);
}
