using P2P.Server.Core;

namespace P2P.Server.Deals.Engine;

/// <summary>The operator's settings of the engine (section <c>Engine</c>).</summary>
public sealed record EngineSettings
{
    /// <summary>Connections that each run one transaction at a time.</summary>
    public int Writers { get; init; } = 2;

    /// <summary>Commands in one transaction.</summary>
    public int BatchMax { get; init; } = 128;

    /// <summary>Commands that may wait; beyond it BUSY.</summary>
    public int QueueMax { get; init; } = 4_096;

    /// <summary>Longest wait for a row lock.</summary>
    public int LockTimeoutMs { get; init; } = 500;

    /// <summary>Which of the accounts for fees this node uses, 0 to 7; nodes with different ones never wait for each other there.</summary>
    public short FeeSlot { get; init; }

    /// <summary>Reads and checks them: a wrong number is told at start, not by the first command.</summary>
    public static EngineSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Engine").Get<EngineSettings>() ?? new EngineSettings();
        return settings is { Writers: >= 1 and <= 8, BatchMax: >= 1 and <= 1_000, QueueMax: >= 1, LockTimeoutMs: >= 10, FeeSlot: >= 0 and <= 7 }
            ? settings
            : throw new SettingsException(
                "Engine:Writers lies between 1 and 8, Engine:BatchMax between 1 and 1000, Engine:FeeSlot between 0 and 7,"
                + " Engine:QueueMax above 0 and Engine:LockTimeoutMs above 9: correct them.");
    }
}
