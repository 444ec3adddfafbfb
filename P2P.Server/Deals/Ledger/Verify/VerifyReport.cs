namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>Something that must hold and does not.</summary>
/// <param name="Rule">Which rule: I1 to I10, as docs/ledger.md names them.</param>
/// <param name="Sentence">What was found, and in which row.</param>
public sealed record Violation(string Rule, string Sentence)
{
    public override string ToString() => $"{Rule}: {Sentence}";
}

/// <summary>How much was checked.</summary>
public sealed record VerifyCounts
{
    public long Accounts { get; set; }

    public long Entries { get; set; }

    public long Transfers { get; set; }

    public long Orders { get; set; }

    public long HistoryRows { get; set; }

    public long Streams { get; set; }

    public long Events { get; set; }

    public long AuditRows { get; set; }

    public long Checkpoints { get; set; }
}

/// <summary>What one verification found, all in one snapshot.</summary>
public sealed record VerifyReport
{
    /// <summary>When the snapshot was taken, by the database's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public required VerifyCounts Counts { get; init; }

    /// <summary>The first violation of each check, the most telling one first; empty when all is well.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    public bool Ok => Violations.Count == 0;
}
