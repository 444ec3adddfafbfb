namespace P2P.Contracts.Dealers;

/// <summary>What a signal is for.</summary>
public enum SignalKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Proposes a session.</summary>
    Offer,

    /// <summary>Takes a proposal.</summary>
    Answer,

    /// <summary>A way by which the sender can perhaps be reached directly.</summary>
    Candidate,

    /// <summary>Ends a session.</summary>
    HangUp,
}

/// <summary>Passes a signal on.</summary>
public sealed record SendSignalRequest
{
    /// <summary>To whom.</summary>
    public required string PeerId { get; init; }

    /// <summary>The session, a UUID of version 7 that its beginner makes; its time is when it began.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>What it is for.</summary>
    public required SignalKind Kind { get; init; }

    /// <summary>What it says, at most 16,384 characters. The server does not read it.</summary>
    public required string Payload { get; init; }
}

/// <summary>Passes a frame on.</summary>
public sealed record RelayRequest
{
    /// <summary>To whom.</summary>
    public required string PeerId { get; init; }

    /// <summary>The session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The frame, encrypted by its sender, in base64url; at most 26,000 characters.</summary>
    public required string Data { get; init; }
}

/// <summary>Signals of other peers.</summary>
public sealed record SignalsReceived
{
    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<ReceivedSignal> Signals { get; init; }
}

/// <summary>A signal of another peer.</summary>
public sealed record ReceivedSignal
{
    /// <summary>From whom, as the server knows it.</summary>
    public required string From { get; init; }

    /// <summary>The sender's profile.</summary>
    public required long ProfileId { get; init; }

    /// <summary>The session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>What it is for.</summary>
    public required SignalKind Kind { get; init; }

    /// <summary>What it says.</summary>
    public required string Payload { get; init; }
}

/// <summary>Frames of sessions.</summary>
public sealed record FramesReceived
{
    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<ReceivedFrame> Frames { get; init; }
}

/// <summary>A frame of a session.</summary>
public sealed record ReceivedFrame
{
    /// <summary>From whom, as the server knows it.</summary>
    public required string From { get; init; }

    /// <summary>The session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The frame.</summary>
    public required string Data { get; init; }
}

/// <summary>Relays for direct channels.</summary>
public sealed record IceServers
{
    /// <summary>As WebRTC's <c>iceServers</c>; empty where the operator runs no relay.</summary>
    public required IReadOnlyList<IceServer> Servers { get; init; }

    /// <summary>The operator asks clients to use relays only, so that peers do not learn each other's addresses.</summary>
    public required bool RelayOnly { get; init; }

    /// <summary>Until when the credentials are good; null without any.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A relay.</summary>
public sealed record IceServer
{
    /// <summary>Its addresses, as <c>turn:relay.example:3478?transport=udp</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Who the caller is there; null for servers that ask for nothing.</summary>
    public string? Username { get; init; }

    /// <summary>The password; null for servers that ask for nothing.</summary>
    public string? Credential { get; init; }
}
