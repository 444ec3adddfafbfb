namespace P2P.Contracts.Admin;

/// <summary>What can be stopped.</summary>
public enum HouseSwitch
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>New orders.</summary>
    Trading,

    /// <summary>Whatever gives an escrow to a buyer.</summary>
    Releases,
}

/// <summary>Moves a switch.</summary>
public sealed record SwitchRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Why, 1 to 1,000 characters; for trading, users read it.</summary>
    public required string Reason { get; init; }
}

/// <summary>A switch.</summary>
public sealed record SwitchView
{
    /// <summary>What it stops.</summary>
    public required HouseSwitch Switch { get; init; }

    /// <summary>Whether that is stopped now.</summary>
    public required bool Paused { get; init; }

    /// <summary>Why it was moved last; null for never.</summary>
    public string? Reason { get; init; }

    /// <summary>By whom.</summary>
    public string? By { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>How the house stands.</summary>
public sealed record HouseStatus
{
    /// <summary>One row for each switch.</summary>
    public required IReadOnlyList<SwitchView> Switches { get; init; }
}

/// <summary>A switch was moved.</summary>
public sealed record SwitchChanged
{
    /// <summary>The switch afterwards.</summary>
    public required SwitchView Switch { get; init; }
}
