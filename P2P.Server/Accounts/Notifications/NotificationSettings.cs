using P2P.Server.Core;

namespace P2P.Server.Accounts.Notifications;

/// <summary>The operator's settings of notifications (section <c>Notifications</c>).</summary>
public sealed record NotificationSettings
{
    /// <summary>How often a node looks for events of its own that notifications are made of, and for what is due to be sent.</summary>
    public int PauseMs { get; init; } = 200;

    /// <summary>How often a node looks for events that no node has made notifications of yet, as a crash leaves them.</summary>
    public int SweepSeconds { get; init; } = 5;

    /// <summary>The first wait after an attempt to send failed; it doubles with each.</summary>
    public int BackoffMsMin { get; init; } = 5_000;

    /// <summary>The longest wait between two attempts.</summary>
    public int BackoffMsMax { get; init; } = 3_600_000;

    /// <summary>How long sending is tried before it is given up.</summary>
    public int GiveUpHours { get; init; } = 72;

    /// <summary>How long notifications and the log of deliveries are kept.</summary>
    public int KeptDays { get; init; } = 90;

    /// <summary>Reads and checks them.</summary>
    public static NotificationSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Notifications").Get<NotificationSettings>() ?? new NotificationSettings();
        return settings is
        {
            PauseMs: >= 10 and <= 3_600_000, SweepSeconds: >= 1 and <= 3_600, BackoffMsMin: >= 10, GiveUpHours: >= 1, KeptDays: >= 1,
        }
            && settings.BackoffMsMax >= settings.BackoffMsMin
            ? settings
            : throw new SettingsException(
                "Notifications:PauseMs lies between 10 and 3600000, Notifications:SweepSeconds between 1 and 3600, Notifications:BackoffMsMin above 9"
                + " and not above Notifications:BackoffMsMax, Notifications:GiveUpHours and Notifications:KeptDays above 0: correct them.");
    }
}
