using P2P.Server.Core;

namespace P2P.Server.Accounts.Privacy;

/// <summary>How long what is deleted is kept, and how often what is known can be taken along (section <c>Privacy</c>).</summary>
public sealed record PrivacySettings
{
    /// <summary>Days between asking for a deletion and the deletion, in which it can be called off (<c>Privacy:GraceDays</c>).</summary>
    public int GraceDays { get; init; } = 14;

    /// <summary>
    /// Days after an order's end for which a deleted user's messages, evidence and files are kept for the other party (<c>Privacy:WordsDays</c>).
    /// </summary>
    public int WordsDays { get; init; } = 90;

    /// <summary>Exports of one user in any 24 hours (<c>Privacy:ExportsPerDay</c>).</summary>
    public int ExportsPerDay { get; init; } = 3;

    public static PrivacySettings From(IConfiguration configuration)
    {
        var read = configuration.GetSection("Privacy").Get<PrivacySettings>() ?? new PrivacySettings();
        return read is { GraceDays: >= 0 and <= 90, WordsDays: >= 0 and <= 3_650, ExportsPerDay: > 0 and <= 1_000 }
            ? read
            : throw new SettingsException(
                "Privacy:GraceDays is 0 to 90, Privacy:WordsDays 0 to 3650, Privacy:ExportsPerDay 1 to 1000: correct them.");
    }
}
