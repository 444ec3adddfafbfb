namespace P2P.Contracts.Dealers;

/// <summary>What a peer may do with another's inventory; each level includes those before it.</summary>
public enum AccessLevel
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>See it.</summary>
    View,

    /// <summary>Order from it.</summary>
    Order,

    /// <summary>Change stock and price.</summary>
    Manage,
}

/// <summary>How an invitation stands.</summary>
public enum InvitationState
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>It can be accepted.</summary>
    Pending,

    /// <summary>It was accepted, or a request by it was approved.</summary>
    Used,

    /// <summary>The inviter ended it.</summary>
    Revoked,

    /// <summary>Its time is over.</summary>
    Expired,
}

/// <summary>Makes an invitation.</summary>
public sealed record CreateInvitationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>What whoever accepts may do with the caller's inventory.</summary>
    public required AccessLevel Access { get; init; }

    /// <summary>How long it can be accepted, 1 to 720.</summary>
    public required int Hours { get; init; }

    /// <summary>SHA-256 of the token that is derived from the secret, base64url.</summary>
    public required string TokenHash { get; init; }

    /// <summary>16 bytes by chance, base64url.</summary>
    public required string Nonce { get; init; }
}

/// <summary>Names an invitation of the caller's.</summary>
public sealed record RevokeInvitationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The invitation.</summary>
    public required Guid InvitationId { get; init; }
}

/// <summary>A page of invitations, or of requests.</summary>
public sealed record ListInvitationsRequest
{
    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>An invitation as its inviter sees it.</summary>
public sealed record InvitationView
{
    /// <summary>Its id.</summary>
    public required Guid InvitationId { get; init; }

    /// <summary>What is shown and typed: <c>AD-7X9K-2M4P</c>.</summary>
    public required string Locator { get; init; }

    /// <summary>How it stands.</summary>
    public required InvitationState State { get; init; }

    /// <summary>What it grants.</summary>
    public required AccessLevel Access { get; init; }

    /// <summary>The inviter's nonce, base64url.</summary>
    public required string Nonce { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it can be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who accepted it; null until then.</summary>
    public InvitationUse? Use { get; init; }
}

/// <summary>Who accepted an invitation, and what proves that the keys are theirs.</summary>
public sealed record InvitationUse
{
    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }

    /// <summary>The peer's profile.</summary>
    public required long ProfileId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The newest link of the accepter's key log at that time, base64url; null when the inviter approved a request.</summary>
    public string? KeyLink { get; init; }

    /// <summary>The accepter's nonce, base64url; null as before.</summary>
    public string? Nonce { get; init; }

    /// <summary>The proof, base64url; null as before.</summary>
    public string? Proof { get; init; }
}

/// <summary>Asks who invites.</summary>
public sealed record OpenInvitationRequest
{
    /// <summary>The locator, with or without <c>AD-</c> and dashes.</summary>
    public required string Locator { get; init; }

    /// <summary>The token that is derived from the secret, base64url.</summary>
    public required string Token { get; init; }
}

/// <summary>Who invites.</summary>
public sealed record InvitationOffer
{
    /// <summary>The inviter.</summary>
    public required string PeerId { get; init; }

    /// <summary>The inviter's profile, whose key log has the link's fingerprint.</summary>
    public required long ProfileId { get; init; }

    /// <summary>What the inviter is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it grants.</summary>
    public required AccessLevel Access { get; init; }

    /// <summary>The inviter's nonce, base64url.</summary>
    public required string Nonce { get; init; }

    /// <summary>Until when it can be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Accepts an invitation.</summary>
public sealed record AcceptInvitationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The locator, with or without <c>AD-</c> and dashes.</summary>
    public required string Locator { get; init; }

    /// <summary>The token that is derived from the secret, base64url.</summary>
    public required string Token { get; init; }

    /// <summary>What the inviter may do with the caller's inventory.</summary>
    public required AccessLevel Grants { get; init; }

    /// <summary>The newest link of the caller's key log, base64url.</summary>
    public required string KeyLink { get; init; }

    /// <summary>16 bytes by chance, base64url.</summary>
    public required string Nonce { get; init; }

    /// <summary>What proves both parties' keys to the inviter, base64url.</summary>
    public required string Proof { get; init; }
}

/// <summary>Asks an inviter to connect.</summary>
public sealed record RequestInvitationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The locator, with or without <c>AD-</c> and dashes.</summary>
    public required string Locator { get; init; }

    /// <summary>What the inviter may do with the caller's inventory.</summary>
    public required AccessLevel Grants { get; init; }
}

/// <summary>How a request stands.</summary>
public enum InvitationRequestState
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The inviter has not answered.</summary>
    Pending,

    /// <summary>The two are connected.</summary>
    Approved,

    /// <summary>The inviter said no.</summary>
    Declined,
}

/// <summary>Answers a request that somebody made to the caller.</summary>
public sealed record AnswerInvitationRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The request to connect.</summary>
    public required Guid InvitationRequestId { get; init; }
}

/// <summary>What every change of a request answers.</summary>
public sealed record InvitationRequestReply
{
    /// <summary>The request to connect.</summary>
    public required Guid InvitationRequestId { get; init; }

    /// <summary>How it stands.</summary>
    public required InvitationRequestState State { get; init; }
}

/// <summary>Somebody asks the caller to connect.</summary>
public sealed record InvitationRequestView
{
    /// <summary>The request to connect.</summary>
    public required Guid InvitationRequestId { get; init; }

    /// <summary>By which invitation of the caller's.</summary>
    public required Guid InvitationId { get; init; }

    /// <summary>Who asks.</summary>
    public required string PeerId { get; init; }

    /// <summary>The profile of who asks.</summary>
    public required long ProfileId { get; init; }

    /// <summary>What the one who asks is called.</summary>
    public required string Name { get; init; }

    /// <summary>What the caller may do with the other's inventory.</summary>
    public required AccessLevel Granted { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>An invitation of the caller's was made, accepted or revoked.</summary>
public sealed record InvitationChanged
{
    /// <summary>The invitation.</summary>
    public required Guid InvitationId { get; init; }

    /// <summary>How it stands.</summary>
    public required InvitationState State { get; init; }

    /// <summary>Who accepted it; null until then.</summary>
    public InvitationUse? Use { get; init; }
}

/// <summary>A request to connect was made or answered.</summary>
public sealed record InvitationRequestChanged
{
    /// <summary>The request to connect.</summary>
    public required Guid InvitationRequestId { get; init; }

    /// <summary>How it stands.</summary>
    public required InvitationRequestState State { get; init; }
}

/// <summary>Names a peer.</summary>
public sealed record PeerRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The peer.</summary>
    public required string PeerId { get; init; }
}

/// <summary>What was cut.</summary>
public sealed record CutBranchReply
{
    /// <summary>Peers with whom a connection ended.</summary>
    public required IReadOnlyList<string> PeerIds { get; init; }
}
