using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Configuration;
using P2P.Server.Core;
using P2P.Server.Core.Outside;
using P2P.Tests.Support;

namespace P2P.Tests.Webhooks;

/// <summary>The one way to addresses that users gave, against a real HTTPS server.</summary>
public sealed class OutsideHttpTests
{
    private HookReceiver _receiver = null!; // Set before the first test.
    private OutsideHttp _http = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start()
    {
        _receiver = await HookReceiver.Start();
        _http = new OutsideHttp(Allowance(HookSettings.Address, _receiver.CertificateFile));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _http.Dispose();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task What_is_sent_arrives_as_it_is()
    {
        var answer = await Post(_http, _receiver.Url("plain"));
        (answer.Status, answer.Error).ShouldBe((200, null));
        var got = _receiver.At("plain")[0];
        (Encoding.UTF8.GetString(got.Body), got.Header("x-own"), got.Header("user-agent")).ShouldBe(("body", "1", "P2P-Server"));
        got.Header("traceparent").ShouldBeNull();
        got.Header("cookie").ShouldBeNull();
    }

    [Test]
    public async Task A_big_answer_is_cut()
    {
        var written = 0;
        _receiver.Answers["big"] = async context =>
        {
            for (; written < 64 * 1024 * 1024; written += 65_536)
            {
                await context.Response.Body.WriteAsync(new byte[65_536], context.RequestAborted);
            }
        };
        var answer = await Post(_http, _receiver.Url("big"));
        (answer.Status, answer.Error, answer.IsCut, answer.BodyBytes).ShouldBe((200, null, true, OutsideHttp.BodyBytesMax));
        written.ShouldBeLessThan(64 * 1024 * 1024);
    }

    [Test]
    public async Task An_answer_that_never_ends_is_over_after_five_seconds()
    {
        // Cookies that were set are not sent either.
        _receiver.Answers["endless"] = async context =>
        {
            context.Response.Cookies.Append("a", "b");
            await context.Response.StartAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var since = Stopwatch.GetTimestamp();
        var answer = await Post(_http, _receiver.Url("endless"));
        answer.Error.ShouldBe("There was no whole answer within 5 seconds.");
        Stopwatch.GetElapsedTime(since).ShouldBeInRange(TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(9));
        (await Post(_http, _receiver.Url("after"))).Error.ShouldBeNull();
        _receiver.At("after")[0].Header("cookie").ShouldBeNull();
    }

    [Test]
    public async Task Every_failure_is_a_sentence()
    {
        (await Post(_http, _receiver.Url("x", "localhost"))).Error.ShouldBe("The address is not public.");
        (await Post(_http, "https://name.invalid/")).Error.ShouldBe("The name leads nowhere.");
        (await Post(_http, HookSettings.NowhereUrl)).Error.ShouldBe("Nobody answers there.");
        _receiver.Answers["teapot"] = context =>
        {
            context.Response.StatusCode = 418;
            return Task.CompletedTask;
        };
        (await Post(_http, _receiver.Url("teapot"))).Error.ShouldBe("The answer was 418.");
        using var stranger = new OutsideHttp(Allowance(HookSettings.Address, null));
        (await Post(stranger, _receiver.Url("x"))).Error.ShouldBe("No secure connection came about: see the certificate.");
        using var strict = new OutsideHttp(OutsideAllowance.None);
        (await Post(strict, _receiver.Url("x"))).Error.ShouldBe("The address is not public.");
        _receiver.At("x").ShouldBeEmpty();
    }

    [Test]
    public void Production_allows_nothing_but_public_addresses()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Outside:Allowed"] = "127.0.0.1" }).Build();
        Should.Throw<SettingsException>(() => OutsideSettings.From(settings, new ServerMode(false, false, null)));
    }

    private static OutsideAllowance Allowance(string allowed, string? certificates) => OutsideSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Outside:Allowed"] = allowed,
            ["Outside:TrustedCertificates"] = certificates,
        }).Build(),
        new ServerMode(IsDevelopment: true, ShortcutsOn: false, DataFolder: null));

    private static Task<OutsideAnswer> Post(OutsideHttp http, string url) =>
        http.Post(url, "body"u8.ToArray(), [("X-Own", "1"), ("Content-Type", "text/plain")], TestMarket.Bounded());
}
