using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Notifications.WebPush;

/// <summary>Who this server is to push services (section <c>Notifications:WebPush</c>); without a key no web pushes are sent.</summary>
/// <remarks>A class and not a record: what prints itself must not print the key.</remarks>
public sealed class WebPushSettings
{
    private const int KeyBytes = 32;
    private const string KeyFileName = "vapid.key";
    private const string SubjectOfDevelopment = "mailto:development@localhost";

    /// <summary>
    /// The private key (VAPID, P-256): its 32 bytes in base64url. Development makes its own. With another key every browser must subscribe anew.
    /// </summary>
    public string? PrivateKey { get; init; }

    /// <summary>Whom push services can reach when something is wrong: <c>mailto:</c> or an https address.</summary>
    public string? Subject { get; init; }

    public bool IsOn => PrivateKey is not null;

    /// <summary>Reads and checks them.</summary>
    public static WebPushSettings From(IConfiguration configuration, ServerMode mode)
    {
        var read = configuration.GetSection("Notifications:WebPush").Get<WebPushSettings>() ?? new WebPushSettings();
        var key = string.IsNullOrWhiteSpace(read.PrivateKey) ? KeyOfDevelopment(mode) : read.PrivateKey.Trim();
        if (key is null)
        {
            return new WebPushSettings();
        }

        if (!Base64Url.IsValid(key) || Base64Url.DecodeFromChars(key).Length != KeyBytes)
        {
            throw new SettingsException(
                "Notifications:WebPush:PrivateKey is not 32 bytes in base64url: set it to the private key of a VAPID pair, as every generator prints it.");
        }

        var subject = read.Subject ?? (mode.IsDevelopment ? SubjectOfDevelopment : null);
        return subject is not null
            && (subject.StartsWith("mailto:", StringComparison.Ordinal) || subject.StartsWith("https://", StringComparison.Ordinal))
            ? new WebPushSettings { PrivateKey = key, Subject = subject }
            : throw new SettingsException("Notifications:WebPush:Subject begins neither with mailto: nor with https://: say whom push services can reach.");
    }

    private static string? KeyOfDevelopment(ServerMode mode) =>
        mode is { IsDevelopment: true, DataFolder: { } folder } ? KeyFile.ReadOrMake(Path.Combine(folder, KeyFileName), Make) : null;

    private static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Base64Url.EncodeToString(key.ExportParameters(includePrivateParameters: true).D);
    }
}
