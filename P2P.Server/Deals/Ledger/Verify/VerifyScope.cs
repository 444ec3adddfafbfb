namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>What the checks read: everything, or only what is named.</summary>
internal sealed record VerifyScope
{
    /// <summary>The whole database, and of each check the first violation.</summary>
    public static VerifyScope All { get; } = new();

    /// <summary>Only these accounts; null for all.</summary>
    public Guid[]? Accounts { get; init; }

    /// <summary>Only these transfers; null for all.</summary>
    public Guid[]? Transfers { get; init; }

    /// <summary>Only these orders; null for all.</summary>
    public Guid[]? Orders { get; init; }

    /// <summary>Only events and changes after this time; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Of a named account, the newest entries that are checked one by one; older ones count by their sum.</summary>
    public int EntriesMax { get; init; } = int.MaxValue;

    /// <summary>How many violations one check tells.</summary>
    public int Most { get; init; } = 1;
}
