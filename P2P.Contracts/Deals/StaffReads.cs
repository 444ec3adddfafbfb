namespace P2P.Contracts.Deals;

/// <summary>As what somebody of the staff read.</summary>
public enum StaffReader
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>As the one who had the case.</summary>
    Arbitrator,

    /// <summary>As a helper.</summary>
    Helper,
}

/// <summary>One read of a private room by staff, as its parties see it after the case is closed.</summary>
public sealed record StaffReadView
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>As what.</summary>
    public required StaffReader By { get; init; }

    /// <summary>The first message that was read; null for a file, and where the room had none to show.</summary>
    public long? FromSeq { get; init; }

    /// <summary>The last one.</summary>
    public long? ToSeq { get; init; }

    /// <summary>The file that was read; null for messages.</summary>
    public Guid? FileId { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
