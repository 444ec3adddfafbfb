using P2P.Server.Core;

namespace P2P.Server.Admin.Ledger;

/// <summary>How the ledger is watched (section <c>Ledger</c>).</summary>
public sealed record WatchSettings
{
    /// <summary>Time between two rounds (<c>Ledger:WatchSeconds</c>); 0: this node takes no part.</summary>
    public int WatchSeconds { get; init; } = 60;

    /// <summary>Accounts, orders, transfers and streams, each, that a round of the slow sweep looks at (<c>Ledger:WatchRows</c>).</summary>
    public int WatchRows { get; init; } = 2_000;

    public static WatchSettings From(IConfiguration configuration)
    {
        var read = configuration.GetSection("Ledger").Get<WatchSettings>() ?? new WatchSettings();
        return read.WatchSeconds >= 0 && read.WatchRows > 0
            ? read
            : throw new SettingsException("Ledger:WatchSeconds must not be below zero and Ledger:WatchRows must be above it: correct them.");
    }
}
