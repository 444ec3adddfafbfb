using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk;

/// <summary>
/// Invitations. The secret is made here and goes by the link alone; the server learns neither it nor anything that leads to it, so it
/// cannot put keys of
/// its own between the two: whoever accepts checks the inviter's keys by the link, and the inviter checks theirs by a proof.
/// </summary>
public sealed class InvitationsClient
{
    private readonly DealerHubProxy _hub;
    private readonly EventReaders _events;
    private readonly KeysClient _keys;
    private readonly Uri _server;

    internal InvitationsClient(DealerHubProxy hub, EventReaders events, KeysClient keys, Uri server) =>
        (_hub, _events, _keys, _server) = (hub, events, keys, server);

    /// <summary>Makes an invitation, and keeps its secret in the key store so that the proof can be checked.</summary>
    /// <param name="access">What whoever accepts may do with the user's inventory.</param>
    /// <param name="hours">How long it can be accepted, 1 to 720.</param>
    /// <param name="cancellationToken">Ends the wait; an invitation that was made then can be revoked, and its link is lost.</param>
    /// <exception cref="P2PException">BAD_INPUT, RATE_LIMITED, NOT_A_PEER, KEYS_REQUIRED, QUOTA_EXCEEDED (20 wait).</exception>
    /// <exception cref="EncryptionException">NoDevice, KeyLogBroken.</exception>
    public async Task<NewInvitation> CreateAsync(AccessLevel access, int hours = 24, CancellationToken cancellationToken = default)
    {
        var fingerprint = await _keys.OwnLinkAsync(cancellationToken).ConfigureAwait(false);
        var secret = RandomNumberGenerator.GetString(InvitationCode.Alphabet, InvitationCode.SecretSymbols);
        var nonce = RandomNumberGenerator.GetBytes(Limits.InvitationNonceBytes);
        var invitation = await _hub.CreateInvitation(
            new CreateInvitationRequest
            {
                RequestId = Guid.CreateVersion7(),
                Access = access,
                Hours = hours,
                TokenHash = Base64Url.EncodeToString(InvitationProof.HashOf(InvitationProof.Token(secret))),
                Nonce = Base64Url.EncodeToString(nonce),
            },
            cancellationToken).ConfigureAwait(false);
        var kept = new Kept(secret, invitation.Locator, fingerprint, nonce);
        await _keys.SaveAsync(Name(invitation.InvitationId), JsonSerializer.SerializeToUtf8Bytes(kept), cancellationToken)
            .ConfigureAwait(false);
        return new NewInvitation
        {
            Invitation = invitation,
            Link = new InvitationLink(invitation.Locator, secret, Base64Url.EncodeToString(fingerprint)).ToUri(_server),
        };
    }

    /// <summary>The user's invitations, newest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<InvitationView>> ListAsync(int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListInvitations(new ListInvitationsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    /// <inheritdoc cref="IInvitationCalls.RevokeInvitation"/>
    public Task<InvitationView> RevokeAsync(Guid invitationId, CancellationToken cancellationToken = default) =>
        _hub.RevokeInvitation(
            new RevokeInvitationRequest { RequestId = Guid.CreateVersion7(), InvitationId = invitationId }, cancellationToken);

    /// <summary>Who invites, without accepting.</summary>
    /// <param name="link">The link.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES, INVITATION_NOT_FOUND.</exception>
    public Task<InvitationOffer> OpenAsync(InvitationLink link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        return _hub.OpenInvitation(new OpenInvitationRequest { Locator = link.Locator, Token = TokenOf(link) }, cancellationToken);
    }

    /// <summary>
    /// Checks the inviter's keys by the link and accepts: both are connected at once, and the inviter's program can check the user's keys
    /// likewise.
    /// </summary>
    /// <param name="link">The link, as it came from the inviter.</param>
    /// <param name="grants">What the inviter may do with the user's inventory.</param>
    /// <param name="cancellationToken">Ends the wait; whether the two are connected is then unknown.</param>
    /// <exception cref="P2PException">RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES, INVITATION_NOT_FOUND, ALREADY_CONNECTED.</exception>
    /// <exception cref="EncryptionException">
    /// PeerKeysForged: the server shows other keys than the inviter's, and nothing was accepted. NoDevice, KeyLogBroken.
    /// </exception>
    public async Task<AcceptedInvitation> AcceptAsync(
        InvitationLink link, AccessLevel grants = AccessLevel.View, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        var own = await _keys.OwnLinkAsync(cancellationToken).ConfigureAwait(false);
        var offer = await OpenAsync(link, cancellationToken).ConfigureAwait(false);
        var fingerprint = Base64Url.DecodeFromChars(link.Fingerprint);
        var isVerified = await _keys.ProveAsync(offer.ProfileId, fingerprint, cancellationToken).ConfigureAwait(false);
        var nonce = RandomNumberGenerator.GetBytes(Limits.InvitationNonceBytes);
        var proof = InvitationProof.Of(
            link.Secret,
            Symbols(link.Locator),
            new InvitationParty(offer.ProfileId, fingerprint, Base64Url.DecodeFromChars(offer.Nonce)),
            new InvitationParty(_keys.Me, own, nonce));
        var connection = await _hub.AcceptInvitation(
            new AcceptInvitationRequest
            {
                RequestId = Guid.CreateVersion7(),
                Locator = link.Locator,
                Token = TokenOf(link),
                Grants = grants,
                KeyLink = Base64Url.EncodeToString(own),
                Nonce = Base64Url.EncodeToString(nonce),
                Proof = Base64Url.EncodeToString(proof),
            },
            cancellationToken).ConfigureAwait(false);
        return new AcceptedInvitation { Connection = connection, IsVerified = isVerified };
    }

    /// <summary>
    /// Checks, on the device that made the invitation, that whoever accepted it had the secret and has the keys that the server shows. They
    /// count as
    /// verified then.
    /// </summary>
    /// <param name="invitationId">The invitation.</param>
    /// <param name="use">Who accepted it, as <see cref="InvitationChanged"/> or the list tells.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is nothing to check by: a request was approved, or the invitation was made elsewhere; or their devices
    /// changed since.</returns>
    /// <exception cref="EncryptionException">PeerKeysForged: revoke the connection. KeyLogBroken.</exception>
    public async Task<bool> VerifyAsync(Guid invitationId, InvitationUse use, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (use is not { KeyLink: { } linkText, Nonce: { } nonceText, Proof: { } proofText }
            || await _keys.LoadAsync(Name(invitationId), cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return false;
        }

        var kept = JsonSerializer.Deserialize<Kept>(stored) ?? throw new InvalidDataException("The key store holds no invitation.");
        var (link, nonce, proof) = (Bytes(linkText), Bytes(nonceText), Bytes(proofText));
        var isProved = link.Length == P256.HashBytes && nonce.Length == Limits.InvitationNonceBytes && InvitationProof.Is(
            proof,
            kept.Secret,
            Symbols(kept.Locator),
            new InvitationParty(_keys.Me, kept.KeyLink, kept.Nonce),
            new InvitationParty(use.ProfileId, link, nonce));
        return isProved
            ? await _keys.ProveAsync(use.ProfileId, link, cancellationToken).ConfigureAwait(false)
            : throw new EncryptionException(
                EncryptionFault.PeerKeysForged, "Who accepted the invitation cannot prove to have had its link: revoke the connection.");
    }

    /// <summary>
    /// Asks an inviter whose locator was told, by phone for instance: the inviter approves or declines, and nothing proves the keys, so
    /// both compare
    /// their safety number.
    /// </summary>
    /// <param name="locator">For instance <c>AD-7X9K-2M4P</c>.</param>
    /// <param name="grants">What the inviter may do with the user's inventory.</param>
    /// <param name="cancellationToken">Ends the wait; whether the request was made is then unknown.</param>
    public Task<InvitationRequestReply> RequestAsync(
        string locator, AccessLevel grants = AccessLevel.View, CancellationToken cancellationToken = default) =>
        _hub.RequestInvitation(
            new RequestInvitationRequest { RequestId = Guid.CreateVersion7(), Locator = locator, Grants = grants }, cancellationToken);

    /// <summary>Who asks the user to connect and waits for an answer, newest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<InvitationRequestView>> ListRequestsAsync(
        int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListInvitationRequests(new ListInvitationsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    /// <inheritdoc cref="IInvitationCalls.ApproveInvitationRequest"/>
    public Task<ConnectionView> ApproveAsync(Guid invitationRequestId, CancellationToken cancellationToken = default) =>
        _hub.ApproveInvitationRequest(Answer(invitationRequestId), cancellationToken);

    /// <inheritdoc cref="IInvitationCalls.DeclineInvitationRequest"/>
    public Task<InvitationRequestReply> DeclineAsync(Guid invitationRequestId, CancellationToken cancellationToken = default) =>
        _hub.DeclineInvitationRequest(Answer(invitationRequestId), cancellationToken);

    /// <inheritdoc cref="IInvitationCalls.CutBranch"/>
    public Task<CutBranchReply> CutBranchAsync(string peerId, CancellationToken cancellationToken = default) =>
        _hub.CutBranch(new PeerRequest { RequestId = Guid.CreateVersion7(), PeerId = peerId }, cancellationToken);

    /// <summary>
    /// Each change of the user's invitations, in order. Collects from this call on, also before it is read; read it once, and to its end or
    /// cancelled:
    /// an event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<InvitationChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<InvitationChanged>(_events, filter: null, cancellationToken);

    /// <summary>Each request to connect that was made or answered, of the user's and to the user; as <see cref="WatchAsync"/>.</summary>
    public IAsyncEnumerable<P2PEvent<InvitationRequestChanged>> WatchRequestsAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<InvitationRequestChanged>(_events, filter: null, cancellationToken);

    private static string Name(Guid invitationId) => $"invitation.{invitationId:N}";

    private static string TokenOf(InvitationLink link) => Base64Url.EncodeToString(InvitationProof.Token(link.Secret));

    private static string Symbols(string locator) =>
        InvitationCode.TryReadLocator(locator) ?? throw new ArgumentException("A locator looks like AD-7X9K-2M4P.", nameof(locator));

    private static byte[] Bytes(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];

    private static AnswerInvitationRequest Answer(Guid id) => new() { RequestId = Guid.CreateVersion7(), InvitationRequestId = id };

    private sealed record Kept(string Secret, string Locator, byte[] KeyLink, byte[] Nonce);
}
