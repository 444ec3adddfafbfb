using System.Text.Json;

namespace P2P.Contracts;

/// <summary>What stands before every durable event.</summary>
public sealed record EventHead
{
    /// <summary>The event itself: the same in all audiences of one user, so that an app on two hubs shows it once.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Its place in the user's stream of this hub: 1, 2, 3 ... without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>An event as the stream keeps it.</summary>
public sealed record StoredEvent
{
    /// <summary>Its id, number and time.</summary>
    public required EventHead Head { get; init; }

    /// <summary>The name of the client method that tells it live.</summary>
    public required string Type { get; init; }

    /// <summary>That method's second argument.</summary>
    public required JsonElement Body { get; init; }
}

/// <summary>A piece of a user's stream.</summary>
public sealed record EventPage
{
    /// <summary>The events after the given number, in order; at most 500, or 256 KB.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init; }

    /// <summary>The number of the newest event.</summary>
    public required long HeadSeq { get; init; }

    /// <summary>True when the stream goes on after this page.</summary>
    public required bool More { get; init; }
}

/// <summary>What a connection hears first.</summary>
public sealed record ConnectedInfo
{
    /// <summary>The caller's own profile; null for staff without one.</summary>
    public Accounts.ProfileView? Profile { get; init; }

    /// <summary>Names the history of this database. After a restore it is another: positions of the former one mean nothing.</summary>
    public required Guid Epoch { get; init; }

    /// <summary>The number of the stream's newest event, 0 for none.</summary>
    public required long HeadSeq { get; init; }

    /// <summary>The number of the oldest event that is still kept.</summary>
    public required long FirstSeq { get; init; }

    /// <summary>The version of this contract that the server speaks.</summary>
    public required int ContractVersion { get; init; }

    /// <summary>The database's clock; countdowns are computed from it.</summary>
    public required DateTimeOffset ServerTime { get; init; }
}
