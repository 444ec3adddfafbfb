namespace P2P.Contracts.Admin;

/// <summary>Who found something.</summary>
public enum FindingSource
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>The server's own watch.</summary>
    Watch,

    /// <summary>A verification that a member of staff asked for.</summary>
    Verification,
}

/// <summary>How the ledger's watch stands.</summary>
public sealed record LedgerWatchView
{
    /// <summary>Whether the answering node takes part in the watch.</summary>
    public required bool IsOn { get; init; }

    /// <summary>Seconds between two rounds.</summary>
    public required int EverySeconds { get; init; }

    /// <summary>When the last round ended; null before the first.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Everything that changed until then was checked.</summary>
    public required DateTimeOffset CheckedUntil { get; init; }

    /// <summary>How long the last round took, in milliseconds.</summary>
    public required int TookMs { get; init; }

    /// <summary>When the slow sweep came to the end of all accounts last; null for never.</summary>
    public DateTimeOffset? SweptAt { get; init; }

    /// <summary>Findings that nobody has acknowledged.</summary>
    public required int OpenFindings { get; init; }
}

/// <summary>Something that must hold of the ledger and does not.</summary>
public sealed record LedgerFinding
{
    /// <summary>The finding's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which rule is broken: I1 to I9, as the ledger's documentation names them.</summary>
    public required string Rule { get; init; }

    /// <summary>What was found, and where.</summary>
    public required string Sentence { get; init; }

    /// <summary>Who found it.</summary>
    public required FindingSource Source { get; init; }

    /// <summary>When it was found first.</summary>
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>When it was seen last.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Who has acknowledged it; null for nobody.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>What they wrote about it.</summary>
    public string? Note { get; init; }
}

/// <summary>Which findings; what is left out does not matter.</summary>
public sealed record ListFindingsRequest
{
    /// <summary>Only those that nobody has acknowledged.</summary>
    public bool? OpenOnly { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Takes note of a finding.</summary>
public sealed record AcknowledgeFindingRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which.</summary>
    public required Guid FindingId { get; init; }

    /// <summary>What it was and what was done about it, 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>Asks for a verification of everything.</summary>
public sealed record VerifyLedgerRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>How a verification stands.</summary>
public enum VerificationState
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>It is about to begin.</summary>
    Waiting,

    /// <summary>It reads.</summary>
    Running,

    /// <summary>It has ended: all is as it must be.</summary>
    Clean,

    /// <summary>It has ended and found something.</summary>
    Violated,

    /// <summary>It could not be brought to an end: ask again.</summary>
    Failed,
}

/// <summary>A verification of everything.</summary>
public sealed record LedgerVerification
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>How it stands. One whose node has gone is Failed.</summary>
    public required VerificationState State { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string AskedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What it reads now, or read last.</summary>
    public string? Stage { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was checked and found; null before the end.</summary>
    public LedgerReport? Report { get; init; }
}

/// <summary>What a verification checked and found.</summary>
public sealed record LedgerReport
{
    /// <summary>When its snapshot was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Accounts.</summary>
    public required long Accounts { get; init; }

    /// <summary>Entries.</summary>
    public required long Entries { get; init; }

    /// <summary>Transfers.</summary>
    public required long Transfers { get; init; }

    /// <summary>Orders.</summary>
    public required long Orders { get; init; }

    /// <summary>Changes of orders.</summary>
    public required long HistoryRows { get; init; }

    /// <summary>Event streams.</summary>
    public required long Streams { get; init; }

    /// <summary>Events.</summary>
    public required long Events { get; init; }

    /// <summary>Rows of the audit log.</summary>
    public required long AuditRows { get; init; }

    /// <summary>The first violation of each check, as <c>rule: sentence</c>; empty when all is well.</summary>
    public required IReadOnlyList<string> Violations { get; init; }
}

/// <summary>There are other open findings than before.</summary>
public sealed record FindingsChanged
{
    /// <summary>Findings that nobody has acknowledged.</summary>
    public required int Open { get; init; }

    /// <summary>The newest of them; null for none.</summary>
    public LedgerFinding? Newest { get; init; }
}
