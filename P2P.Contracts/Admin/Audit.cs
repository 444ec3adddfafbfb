namespace P2P.Contracts.Admin;

/// <summary>Which rows; what is left out does not matter.</summary>
public sealed record ListAuditRequest
{
    /// <summary>Who acted, exactly as the log names them.</summary>
    public string? Actor { get; init; }

    /// <summary>On whom or what, exactly as the log names it, such as <c>user:42</c>.</summary>
    public string? Target { get; init; }

    /// <summary>What was done, such as <c>user.suspend</c>.</summary>
    public string? Action { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A row of the audit log.</summary>
public sealed record AuditEntry
{
    /// <summary>Its place in the chain: 1, 2, 3 ... without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: a subject behind <c>staff:</c>, or the operator's command behind <c>operator:</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, such as <c>user.suspend</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On whom or what.</summary>
    public required string Target { get; init; }

    /// <summary>How it stood.</summary>
    public string? Before { get; init; }

    /// <summary>How it stands since.</summary>
    public string? After { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>From which address.</summary>
    public string? Ip { get; init; }

    /// <summary>Its link in the chain, in hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>Which part of the audit log is checked.</summary>
public sealed record VerifyAuditRequest
{
    /// <summary>The number of the last row that was checked; the first part when left out.</summary>
    public long? AfterSeq { get; init; }
}

/// <summary>What a check of the audit log found.</summary>
public sealed record AuditVerification
{
    /// <summary>How many rows were checked.</summary>
    public required long Rows { get; init; }

    /// <summary>The number of the last of them: where the next part begins.</summary>
    public required long LastSeq { get; init; }

    /// <summary>Whether there are more rows.</summary>
    public required bool More { get; init; }

    /// <summary>The first thing that is wrong; null when every row is what was written.</summary>
    public string? Violation { get; init; }
}
