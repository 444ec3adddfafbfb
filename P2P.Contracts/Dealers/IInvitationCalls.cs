namespace P2P.Contracts.Dealers;

/// <summary>
/// Invitations, by which peers are connected. What is sent to the other person is a link whose locator the server made and whose secret the
/// inviter's program made; the server never learns the secret. Whatever is wrong with a locator or a secret, the answer is one and the
/// same.
/// docs/dealers.md has the bytes.
/// </summary>
public interface IInvitationCalls
{
    /// <summary>Makes an invitation; at most 20 wait at one time.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, KEYS_REQUIRED, QUOTA_EXCEEDED.</remarks>
    Task<InvitationView> CreateInvitation(CreateInvitationRequest request);

    /// <summary>The caller's invitations, newest first: those that wait, and what became of the others.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<Page<InvitationView>> ListInvitations(ListInvitationsRequest request);

    /// <summary>Ends an invitation that waits.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no invitation of the caller's),
    /// ALREADY_DONE (it
    /// waits no longer).
    /// </remarks>
    Task<InvitationView> RevokeInvitation(RevokeInvitationRequest request);

    /// <summary>Who invites, for a program that has the whole link: what it needs to check the inviter's keys before it accepts.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES, INVITATION_NOT_FOUND.</remarks>
    Task<InvitationOffer> OpenInvitation(OpenInvitationRequest request);

    /// <summary>Accepts an invitation, which connects both at once. It can be accepted once, whoever tries at the same time.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES (5 that failed within an hour), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
    /// INVITATION_NOT_FOUND, ALREADY_CONNECTED.
    /// </remarks>
    Task<ConnectionView> AcceptInvitation(AcceptInvitationRequest request);

    /// <summary>
    /// Asks an inviter whose locator alone was told, by phone for instance: the inviter approves or declines. Nothing proves the keys then;
    /// both
    /// compare their safety number.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES (10 that failed within an hour), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
    /// INVITATION_NOT_FOUND, ALREADY_CONNECTED, ALREADY_DONE (asked before), QUOTA_EXCEEDED.
    /// </remarks>
    Task<InvitationRequestReply> RequestInvitation(RequestInvitationRequest request);

    /// <summary>Who asks the caller to connect and waits for an answer, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<Page<InvitationRequestView>> ListInvitationRequests(ListInvitationsRequest request);

    /// <summary>Connects the caller with who asked; the invitation is used by it.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (nobody asked the caller so),
    /// ALREADY_DONE (it was
    /// answered), INVITATION_NOT_FOUND (it waits no longer), ALREADY_CONNECTED.
    /// </remarks>
    Task<ConnectionView> ApproveInvitationRequest(AnswerInvitationRequest request);

    /// <summary>Says no to who asked; the invitation waits on.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (nobody asked the caller so),
    /// ALREADY_DONE (it was
    /// answered).
    /// </remarks>
    Task<InvitationRequestReply> DeclineInvitationRequest(AnswerInvitationRequest request);

    /// <summary>
    /// Ends the caller's connections with a peer whom the caller invited, with everybody whom that peer invited, and so on. Connections of
    /// others
    /// are left alone.
    /// </summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (the caller invited no such peer).
    /// </remarks>
    Task<CutBranchReply> CutBranch(PeerRequest request);
}
