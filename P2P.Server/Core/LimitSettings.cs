namespace P2P.Server.Core;

/// <summary>How often something may happen: so often in the long run, and so often at once.</summary>
public sealed class Rate
{
    public required double PerSecond { get; init; }

    public required int Burst { get; init; }
}

/// <summary>The operator's limits (section <c>Limits</c>). Numbers may be raised; no limit can be taken away.</summary>
public sealed class LimitSettings
{
    /// <summary>Reading calls of one user.</summary>
    public Rate Reads { get; init; } = new() { PerSecond = 30, Burst = 30 };

    /// <summary>Changing calls of one user.</summary>
    public Rate Changes { get; init; } = new() { PerSecond = 5, Burst = 20 };

    /// <summary>Searching calls of one user.</summary>
    public Rate Searches { get; init; } = new() { PerSecond = 5, Burst = 5 };

    /// <summary><c>EventsSince</c> of one user.</summary>
    public Rate Events { get; init; } = new() { PerSecond = 200, Burst = 200 };

    /// <summary>Chat messages of one user.</summary>
    public Rate Messages { get; init; } = new() { PerSecond = 2, Burst = 10 };

    /// <summary>Receipts and typing of one user.</summary>
    public Rate Receipts { get; init; } = new() { PerSecond = 10, Burst = 20 };

    /// <summary>Signals of one user to other peers.</summary>
    public Rate Signals { get; init; } = new() { PerSecond = 20, Burst = 40 };

    /// <summary>Frames of one user that are passed on to other peers.</summary>
    public Rate Relay { get; init; } = new() { PerSecond = 200, Burst = 200 };

    /// <summary>Frames of one connection, those aside that have a rate of their own: <c>EventsSince</c>, <c>Ack</c> and <c>Relay</c>.</summary>
    public Rate Frames { get; init; } = new() { PerSecond = 50, Burst = 200 };

    /// <summary>Connections of one user on this node.</summary>
    public int ConnectionsPerUser { get; init; } = 8;

    /// <summary>Connections from one address on this node.</summary>
    public int ConnectionsPerAddress { get; init; } = 32;

    /// <summary>Hub connections that one user begins.</summary>
    public Rate ConnectsPerUser { get; init; } = new() { PerSecond = 1, Burst = 30 };

    /// <summary>Hub connections that one address begins, signed in or not.</summary>
    public Rate ConnectsPerAddress { get; init; } = new() { PerSecond = 10, Burst = 100 };

    /// <summary>Wrong guesses at secrets and locators from one address, on this node.</summary>
    public Rate GuessesPerAddress { get; init; } = new() { PerSecond = 1 / 60.0, Burst = 30 };

    /// <summary>How long one hub call may take.</summary>
    public int CallMs { get; init; } = 2_000;
}
