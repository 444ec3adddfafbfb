using P2P.Server.Core;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>Where checkpoints go and who signs them (section <c>Ledger</c>).</summary>
public sealed record CheckpointSettings
{
    /// <summary>The file (<c>Ledger:CheckpointFile</c>), best on a disk that the database's operators cannot change; null: none are
    /// made.</summary>
    public string? CheckpointFile { get; init; }

    /// <summary>The private key (<c>Ledger:SigningKeyFile</c>).</summary>
    public string? SigningKeyFile { get; init; }

    /// <summary>Time between two (<c>Ledger:CheckpointSeconds</c>).</summary>
    public int CheckpointSeconds { get; init; } = 60;

    /// <summary>How far the database's clock may be set back without a false alarm (<c>Ledger:ClockMarginSeconds</c>).</summary>
    public int ClockMarginSeconds { get; init; } = 10;

    /// <summary>Development keeps both files in its data folder and makes the key.</summary>
    public static CheckpointSettings From(IConfiguration configuration, ServerMode mode)
    {
        var read = configuration.GetSection("Ledger").Get<CheckpointSettings>() ?? new CheckpointSettings();
        if (mode is { IsDevelopment: true, DataFolder: { } folder })
        {
            read = read with
            {
                CheckpointFile = read.CheckpointFile ?? Path.Combine(folder, "checkpoints.jsonl"),
                SigningKeyFile = read.SigningKeyFile ?? Path.Combine(folder, "ledger.key"),
            };
        }

        if (read.CheckpointSeconds < 1 || read.ClockMarginSeconds < 0)
        {
            throw new SettingsException(
                "Ledger:CheckpointSeconds must be above zero and Ledger:ClockMarginSeconds not below: correct them.");
        }

        return read is { CheckpointFile: not null, SigningKeyFile: null }
            ? throw new SettingsException(
                "Ledger:CheckpointFile is set and Ledger:SigningKeyFile is not: name the key that signs checkpoints.")
            : read;
    }
}
