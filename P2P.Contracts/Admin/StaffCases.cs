namespace P2P.Contracts.Admin;

/// <summary>What a member of staff is told of a case.</summary>
public enum CaseNews
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The case is the hearer's to decide.</summary>
    AssignedToYou,

    /// <summary>It is no longer: somebody else has it, a deadline passed, or a party appealed.</summary>
    TakenFromYou,

    /// <summary>A ruling on a high amount waits for a second person, who can be the hearer.</summary>
    SecondSignatureWanted,

    /// <summary>The hearer may read the room of the case.</summary>
    HelperAdded,

    /// <summary>The hearer may do so no longer.</summary>
    HelperRemoved,

    /// <summary>A case of the hearer's has ended.</summary>
    Ended,
}

/// <summary>A case changed in a way that concerns the hearer. Either a dispute or a complaint is named.</summary>
public sealed record CaseChanged
{
    /// <summary>The dispute's id.</summary>
    public Guid? DisputeId { get; init; }

    /// <summary>The complaint's id.</summary>
    public Guid? ComplaintId { get; init; }

    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What it is about.</summary>
    public required CaseNews News { get; init; }

    /// <summary>The case's version.</summary>
    public required int Version { get; init; }

    /// <summary>When a rule acts if nobody does; null for an ended case and for a complaint.</summary>
    public DateTimeOffset? Deadline { get; init; }
}
