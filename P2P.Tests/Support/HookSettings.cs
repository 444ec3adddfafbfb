namespace P2P.Tests.Support;

/// <summary>What a server needs to send webhooks and web pushes to receivers of a test, at one address of loopback and at no other.</summary>
public static class HookSettings
{
    /// <summary>The one address that the server may reach.</summary>
    public const string Address = "127.0.0.5";

    /// <summary>Nobody listens there.</summary>
    public const string NowhereUrl = "https://127.0.0.5:9/hook";

    /// <summary>A browser's keys, as RFC 8291 shows them.</summary>
    public const string P256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    public const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";

    public static Dictionary<string, string?> All => new()
    {
        ["Outside:Allowed"] = Address,
        ["Webhooks:Key"] = "b0JqVFJtV3ZkOXh4YzR1R2k2U2tXZ1l0QXpQcU5lTDE=",
        ["Webhooks:PauseMs"] = "50",
        ["Webhooks:SweepSeconds"] = "1",
        ["Webhooks:BackoffMsMin"] = "100",
        ["Webhooks:BackoffMsMax"] = "400",
        ["Webhooks:AtOnce"] = "4",
        ["Webhooks:EventsPerDelivery"] = "3",
        ["Limits:WebhooksPerUser"] = "5",
        ["Notifications:WebPush:PrivateKey"] = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
        ["Notifications:WebPush:Subject"] = "mailto:operator@example.org",
    };
}
