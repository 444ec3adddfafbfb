using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Notifications.Sending;

/// <summary>The operator's mail server (section <c>Notifications:Smtp</c>); without a host no e-mails are sent.</summary>
/// <remarks>A class and not a record: what prints itself must not print the password.</remarks>
public sealed class SmtpSettings
{
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The connection is encrypted (STARTTLS).</summary>
    public bool Tls { get; init; } = true;

    /// <summary>The sender's address.</summary>
    public string? From { get; init; }

    /// <summary>The sender's name.</summary>
    public string FromName { get; init; } = "P2P";

    /// <summary>The page on which a user chooses what is sent; named in every e-mail. Without it a mail to the sender is named.</summary>
    public string? PreferencesUrl { get; init; }

    /// <summary>How long one e-mail may take.</summary>
    public int TimeoutSeconds { get; init; } = 20;

    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    /// <summary>Reads and checks them.</summary>
    public static SmtpSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Notifications:Smtp").Get<SmtpSettings>() ?? new SmtpSettings();
        if (!settings.IsOn)
        {
            return settings;
        }

        if (settings.From is null || !ProfileRules.IsEmail(settings.From))
        {
            throw new SettingsException("Notifications:Smtp:From is no e-mail address: set it to the sender's address.");
        }

        if (settings.Port is < 1 or > 65_535 || settings.TimeoutSeconds is < 1 or > 50 || settings.FromName.Any(char.IsControl))
        {
            throw new SettingsException(
                "Notifications:Smtp:Port lies between 1 and 65535, Notifications:Smtp:TimeoutSeconds between 1 and 50, and"
                + " Notifications:Smtp:FromName has no control characters: correct them.");
        }

        return settings.PreferencesUrl is null
            || (Uri.TryCreate(settings.PreferencesUrl, UriKind.Absolute, out var page) && page.Scheme == Uri.UriSchemeHttps)
            ? settings
            : throw new SettingsException("Notifications:Smtp:PreferencesUrl is no https address: correct it.");
    }
}
