using P2P.Db;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Files.Store;
using P2P.Server.Accounts.Merchants;
using P2P.Server.Accounts.Notifications;
using P2P.Server.Accounts.Notifications.Sending;
using P2P.Server.Accounts.Notifications.WebPush;
using P2P.Server.Accounts.Privacy;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Webhooks;
using P2P.Server.Admin.Ledger;
using P2P.Server.Core;
using P2P.Server.Core.Drain;
using P2P.Server.Core.Observing;
using P2P.Server.Core.Outside;
using P2P.Server.Dealers;
using P2P.Server.Dealers.GoodsOrders;
using P2P.Server.Dealers.Signaling;
using P2P.Server.Deals.Chat;
using P2P.Server.Deals.Complaints;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using P2P.Server.Deals.Ledger;
using P2P.Server.Deals.Ledger.Checkpoints;
using P2P.Server.Deals.Reviews;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Trading;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.CryptoOrders;
using P2P.Server.Trading.Prices;

namespace P2P.Tests.Shape;

/// <summary>Every setting that the program reads is named in docs/settings.md, and none that it does not read.</summary>
public sealed class SettingsTests
{
    private static readonly (string Section, Type Type)[] Sections =
    [
        ("Db", typeof(DatabaseOptions)),
        ("Auth", typeof(AuthSettings)),
        ("Drain", typeof(DrainSettings)),
        ("Backplane", typeof(BackplaneSettings)),
        ("Engine", typeof(EngineSettings)),
        ("Dealers", typeof(DealerSettings)),
        ("Disputes", typeof(DisputeSettings)),
        ("Goods", typeof(GoodsLimits)),
        ("Trading", typeof(TradingSettings)),
        ("Turn", typeof(TurnSettings)),
        ("Complaints", typeof(ComplaintSettings)),
        ("Ledger", typeof(CheckpointSettings)),
        ("Ledger", typeof(WatchSettings)),
        ("Metrics", typeof(MetricsSettings)),
        ("Otlp", typeof(OtlpSettings)),
        ("Files", typeof(FileSettings)),
        ("Files:S3", typeof(S3Settings)),
        ("Merchants", typeof(MerchantSettings)),
        ("Notifications", typeof(NotificationSettings)),
        ("Notifications:Smtp", typeof(SmtpSettings)),
        ("Prices", typeof(PriceSettings)),
        ("Prices:Sources", typeof(PriceSourceSettings)),
        ("Notifications:WebPush", typeof(WebPushSettings)),
        ("Webhooks", typeof(WebhookSettings)),
        ("Outside", typeof(OutsideSettings)),
        ("SecondFactor", typeof(SecondFactorSettings)),
        ("Privacy", typeof(PrivacySettings)),
        ("Limits", typeof(LimitSettings)),
        ("Limits", typeof(HookLimits)),
        ("Limits", typeof(FileLimits)),
        ("Limits", typeof(RestLimitSettings)),
        ("Limits", typeof(CustodyLimits)),
        ("Limits", typeof(ChatLimits)),
        ("Limits", typeof(AdLimits)),
        ("Limits", typeof(OrderLimits)),
        ("Limits", typeof(PartnerLimits)),
        ("Limits", typeof(ReviewLimits)),
    ];

    // Settings that are read by name; and what AuthSettings makes of its section.
    private static readonly string[] ByName =
        ["Urls", "Port", "Kestrel:Endpoints", "Origins", "Proxies", "Data", "Db:Owner", "Auth:Key",
            "OTEL_EXPORTER_OTLP_ENDPOINT"];

    private static readonly string[] Derived =
        ["Auth:SigningKey", "Auth:Algorithms", "Notifications:Smtp:IsOn", "Notifications:WebPush:IsOn", "Webhooks:IsOn",
            "Metrics:ListenPort"];

    private static string[] Known =>
    [
        .. Sections.SelectMany(section => section.Type.GetProperties()
                .Where(property => property.GetMethod is { IsStatic: false } && property.Name != "EqualityContract")
                .Select(property => $"{section.Section}:{property.Name}"))
            .Concat(ByName).Except(Derived).Distinct(),
    ];

    private static string[] Documented =>
    [
        .. File.ReadLines(Path.Combine(Sources.Root, "docs", "settings.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]),
    ];

    [Test]
    public void Every_setting_is_documented() => Known.Except(Documented).ShouldBeEmpty();

    [Test]
    public void Every_documented_setting_exists() => Documented.Except(Known).ShouldBeEmpty();

    [Test]
    public void Every_class_of_settings_is_looked_at()
    {
        var read = Sources.Of("P2P.Server")
            .SelectMany(file => Bound().Matches(file.Text).Select(match => match.Groups["type"].Value));
        read.Distinct().Except(Sections.Select(section => section.Type.Name)).ShouldBeEmpty();
    }

    private static System.Text.RegularExpressions.Regex Bound() => new(@"GetSection\(""\w+""\)\.Get<(?<type>\w+)>");
}
