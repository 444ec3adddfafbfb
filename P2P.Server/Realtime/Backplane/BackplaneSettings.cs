using System.Buffers.Text;
using System.Text;
using P2P.Server.Core;
using StackExchange.Redis;

namespace P2P.Server.Realtime.Backplane;

/// <summary>How the nodes reach each other (section <c>Backplane</c>). Without <see cref="Redis"/> there is one node, or they do not.</summary>
public sealed record BackplaneSettings
{
    private const int KeyBytesMin = 32;
    private const int PrefixCharsMax = 32;

    /// <summary>Redis, as StackExchange.Redis spells it: <c>redis:6379,password=..,ssl=true</c>. Absent: no backplane.</summary>
    public string? Redis { get; init; }

    /// <summary>The cluster key, base64 of at least 32 bytes, the same on every node and unknown to Redis.</summary>
    public string? Key { get; init; }

    /// <summary>What the names of all channels begin with.</summary>
    public string Prefix { get; init; } = "p2p:";

    /// <summary>Messages that wait while Redis does not answer; the oldest are dropped first.</summary>
    public int QueueMessagesMax { get; init; } = 10_000;

    internal bool IsOn => !string.IsNullOrWhiteSpace(Redis);

    internal byte[] KeyBytes => Key is { Length: > 0 } text && Base64.IsValid(text) ? Convert.FromBase64String(text) : [];

    /// <summary>Reads and checks them.</summary>
    public static BackplaneSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Backplane").Get<BackplaneSettings>() ?? new BackplaneSettings();
        if (!settings.IsOn)
        {
            return settings;
        }

        if (settings.KeyBytes.Length < KeyBytesMin)
        {
            throw new SettingsException(
                "Backplane:Key must be base64 of at least 32 bytes, the same on every node: make one with `openssl rand -base64 32`.");
        }

        if (settings.Prefix.Length is 0 or > PrefixCharsMax || !Ascii.IsValid(settings.Prefix))
        {
            throw new SettingsException($"Backplane:Prefix must have 1 to {PrefixCharsMax} ASCII characters: `p2p:` is usual.");
        }

        if (settings.QueueMessagesMax < 1)
        {
            throw new SettingsException("Backplane:QueueMessagesMax must be 1 or more.");
        }

        _ = settings.Options();
        return settings;
    }

    /// <summary>The client's options: nothing is sent that the documented rights would refuse.</summary>
    internal ConfigurationOptions Options()
    {
        try
        {
            var options = ConfigurationOptions.Parse(Redis);
            if (options.EndPoints.Count == 0)
            {
                throw new ArgumentException("no address");
            }

            options.ClientName = null;
            options.TieBreaker = "";
            options.ConfigurationChannel = "";
            options.AbortOnConnectFail = false;
            options.ConnectTimeout = 1_000;
            options.SyncTimeout = 1_000;
            options.KeepAlive = 2;
            options.ReconnectRetryPolicy = new ExponentialRetry(250, 1_000);
            options.CommandMap = CommandMap.Create(
                new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "AUTH", "ECHO", "PING", "PUBLISH", "SUBSCRIBE", "UNSUBSCRIBE" },
                available: true);
            return options;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new SettingsException("Backplane:Redis cannot be read: write it like `redis:6379,password=..`.", e);
        }
    }
}
