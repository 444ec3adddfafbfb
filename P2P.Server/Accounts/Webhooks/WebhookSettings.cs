using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Webhooks;

/// <summary>The operator's settings of webhooks (section <c>Webhooks</c>); without a key none are offered.</summary>
/// <remarks>A class and not a record: what prints itself must not print the key.</remarks>
public sealed class WebhookSettings
{
    private const int KeyBytesMin = 32;
    private const string KeyFileName = "webhooks.key";

    /// <summary>
    /// 32 random bytes or more in base64, the same on all nodes, that seal the secrets of webhooks. Development makes its own. With another key
    /// every secret must be rotated.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>How often a node looks for events that it recorded itself.</summary>
    public int PauseMs { get; init; } = 200;

    /// <summary>How often a node looks for webhooks that are behind for any other reason: a failure, another node's crash, a restart.</summary>
    public int SweepSeconds { get; init; } = 5;

    /// <summary>The first wait after a delivery failed; it doubles with each, less up to a half by chance.</summary>
    public int BackoffMsMin { get; init; } = 5_000;

    /// <summary>The longest wait between two attempts.</summary>
    public int BackoffMsMax { get; init; } = 3_600_000;

    /// <summary>For how long every delivery may fail before a webhook is stopped and its owner told.</summary>
    public int StopAfterDays { get; init; } = 7;

    /// <summary>How long the log of deliveries is kept.</summary>
    public int LogDays { get; init; } = 14;

    /// <summary>Events in one delivery.</summary>
    public int EventsPerDelivery { get; init; } = 50;

    /// <summary>Deliveries that a node has on their way at once, and as many again to receivers that are slow or failing.</summary>
    public int AtOnce { get; init; } = 64;

    public bool IsOn => Key is not null;

    /// <summary>Reads and checks them.</summary>
    public static WebhookSettings From(IConfiguration configuration, ServerMode mode)
    {
        var read = configuration.GetSection("Webhooks").Get<WebhookSettings>() ?? new WebhookSettings();
        if (read is not
            {
                PauseMs: >= 10 and <= 60_000, SweepSeconds: >= 1 and <= 3_600, BackoffMsMin: >= 10, StopAfterDays: >= 1, LogDays: >= 1,
                EventsPerDelivery: >= 1 and <= 500, AtOnce: >= 1 and <= 1_000,
            }
            || read.BackoffMsMax < read.BackoffMsMin)
        {
            throw new SettingsException(
                "Webhooks:PauseMs lies between 10 and 60000, Webhooks:SweepSeconds between 1 and 3600, Webhooks:BackoffMsMin above 9 and not above"
                + " Webhooks:BackoffMsMax, Webhooks:StopAfterDays and Webhooks:LogDays above 0, Webhooks:EventsPerDelivery between 1 and 500,"
                + " Webhooks:AtOnce between 1 and 1000: correct them.");
        }

        var key = string.IsNullOrWhiteSpace(read.Key) ? KeyOfDevelopment(mode) : read.Key.Trim();
        return key is null || (Base64.IsValid(key, out var bytes) && bytes >= KeyBytesMin)
            ? read.With(key)
            : throw new SettingsException("Webhooks:Key is not 32 bytes in base64: make one with `openssl rand -base64 32`.");
    }

    private static string? KeyOfDevelopment(ServerMode mode) => mode is { IsDevelopment: true, DataFolder: { } folder }
        ? KeyFile.ReadOrMake(Path.Combine(folder, KeyFileName), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytesMin)))
        : null;

    private WebhookSettings With(string? key) => new()
    {
        Key = key,
        PauseMs = PauseMs,
        SweepSeconds = SweepSeconds,
        BackoffMsMin = BackoffMsMin,
        BackoffMsMax = BackoffMsMax,
        StopAfterDays = StopAfterDays,
        LogDays = LogDays,
        EventsPerDelivery = EventsPerDelivery,
        AtOnce = AtOnce,
    };
}

/// <summary>How many webhooks and browsers a user may have (section <c>Limits</c>).</summary>
public sealed record HookLimits
{
    /// <summary>Webhooks of one user (<c>Limits:WebhooksPerUser</c>).</summary>
    public int WebhooksPerUser { get; init; } = 5;

    /// <summary>Browsers of one user that are told by Web Push (<c>Limits:WebPushPerUser</c>).</summary>
    public int WebPushPerUser { get; init; } = 10;

    public static HookLimits From(IConfiguration configuration)
    {
        var read = configuration.GetSection("Limits").Get<HookLimits>() ?? new HookLimits();
        return read is { WebhooksPerUser: > 0 and <= 100, WebPushPerUser: > 0 and <= 100 }
            ? read
            : throw new SettingsException("Limits:WebhooksPerUser and Limits:WebPushPerUser lie between 1 and 100: correct them.");
    }
}
