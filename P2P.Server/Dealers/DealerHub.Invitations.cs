using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Server.Dealers;

public sealed partial class DealerHub
{
    public Task<InvitationView> CreateInvitation(CreateInvitationRequest request) =>
        dealers.Invitations.Create(Caller, request, Aborted);

    public Task<Page<InvitationView>> ListInvitations(ListInvitationsRequest request) =>
        dealers.Invitations.List(Caller, request, Aborted);

    public Task<InvitationView> RevokeInvitation(RevokeInvitationRequest request) =>
        dealers.Invitations.Revoke(Caller, request, Aborted);

    public Task<InvitationOffer> OpenInvitation(OpenInvitationRequest request) => dealers.Invitations.Open(Caller, Network, request, Aborted);

    public Task<ConnectionView> AcceptInvitation(AcceptInvitationRequest request) =>
        dealers.Invitations.Accept(Caller, Network, request, Aborted);

    public Task<InvitationRequestReply> RequestInvitation(RequestInvitationRequest request) =>
        dealers.Requests.Ask(Caller, Network, request, Aborted);

    public Task<Page<InvitationRequestView>> ListInvitationRequests(ListInvitationsRequest request) =>
        dealers.Requests.List(Caller, request, Aborted);

    public Task<ConnectionView> ApproveInvitationRequest(AnswerInvitationRequest request) =>
        dealers.Requests.Approve(Caller, request, Aborted);

    public Task<InvitationRequestReply> DeclineInvitationRequest(AnswerInvitationRequest request) =>
        dealers.Requests.Decline(Caller, request, Aborted);

    public Task<CutBranchReply> CutBranch(PeerRequest request) => dealers.Connections.CutBranch(Caller, request, Aborted);
}
