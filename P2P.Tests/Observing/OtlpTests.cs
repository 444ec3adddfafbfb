using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using P2P.Server.Core;
using P2P.Server.Core.Observing;
using P2P.Tests.Support;

namespace P2P.Tests.Observing;

/// <summary>Figures and traces as a collector gets them.</summary>
[NonParallelizable] // Figures are those of a process: what another server in it ends, ends in them.
public sealed class OtlpTests : MarketFixture
{
    private Collector _collector = null!; // Set before the first test.
    private Dictionary<string, string?> _settings = [];

    protected override Dictionary<string, string?>? Settings => _settings;

    [OneTimeSetUp]
    public async Task Start_the_collector()
    {
        // The base's own start has run: this market is one that sends.
        _collector = await Collector.Start();
        _settings = new() { ["Otlp:Endpoint"] = _collector.Address.AbsoluteUri, ["Otlp:TraceShare"] = "1" };
        await Close_the_market();
        await Open_the_market();
    }

    [OneTimeTearDown]
    public ValueTask Stop_the_collector() => _collector.DisposeAsync();

    [Test]
    public async Task A_collector_gets_the_figures()
    {
        await OrderAwaitingPayment();
        Market.Service<MeterProvider>().ForceFlush(20_000).ShouldBeTrue();
        var names = _collector.Of("/v1/metrics").SelectMany(body => Protobuf.Texts(body, 1, 2, 2, 1)).ToHashSet();
        foreach (var name in new[]
        {
            "p2p.hub.calls", "p2p.engine.commands", "p2p.engine.load.duration", "db.client.connection.count", "http.server.request.duration",
        })
        {
            names.ShouldContain(name);
        }

        // Nobody asked for /metrics here.
        using var http = new HttpClient { BaseAddress = Market.AddressOf() };
        using var answer = await http.GetAsync("/metrics", Bounded);
        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Test]
    public async Task A_collector_gets_a_command_with_its_batch_and_its_sql()
    {
        await OrderAwaitingPayment();
        await Eventually(() =>
        {
            Market.Service<TracerProvider>().ForceFlush(20_000).ShouldBeTrue();
            var names = _collector.Of("/v1/traces").SelectMany(body => Protobuf.Texts(body, 1, 2, 2, 5)).ToHashSet();
            return names.Contains("engine batch") && names.Any(name => name.Contains("CreateOrder", StringComparison.Ordinal));
        });
        var spans = _collector.Of("/v1/traces").SelectMany(body => Protobuf.At(body, 1, 2, 2)).ToList();
        var batches = spans.Where(span => Protobuf.Texts(span, 5).Single() == "engine batch").ToList();
        batches.ShouldNotBeEmpty();
        var placed = spans.Where(span => Protobuf.Texts(span, 5).Single().Contains("CreateOrder", StringComparison.Ordinal))
            .Select(SpanId).ToHashSet();
        var batch = batches.First(span => Protobuf.At(span, 13, 2).Any(linked => placed.Contains(Convert.ToHexString(linked))));
        spans.ShouldContain(span => Protobuf.At(span, 4).Any(parent => Convert.ToHexString(parent) == SpanId(batch)));
        Protobuf.Texts(_collector.Of("/v1/traces")[0], 1, 1, 1, 2, 1).ShouldContain("p2p-server");
    }

    [Test]
    public void A_caller_from_outside_cannot_ask_to_be_traced()
    {
        var none = new LinkSampler(0);
        Decision(none, Context(ActivityTraceFlags.Recorded, isRemote: true)).ShouldBe(SamplingDecision.Drop);
        Decision(none, Context(ActivityTraceFlags.Recorded)).ShouldBe(SamplingDecision.RecordAndSample);
        Decision(none, default).ShouldBe(SamplingDecision.Drop);
        Decision(new LinkSampler(1), Context(ActivityTraceFlags.None)).ShouldBe(SamplingDecision.Drop);
        Decision(new LinkSampler(1), Context(ActivityTraceFlags.None, isRemote: true)).ShouldBe(SamplingDecision.RecordAndSample);
    }

    [Test]
    public void A_batch_is_traced_when_one_of_its_commands_is()
    {
        var (traced, other) = (new ActivityLink(Context(ActivityTraceFlags.Recorded)), new ActivityLink(Context(ActivityTraceFlags.None)));
        Decision(new LinkSampler(0), default, other, traced).ShouldBe(SamplingDecision.RecordAndSample);
        Decision(new LinkSampler(0), default, other).ShouldBe(SamplingDecision.Drop);
    }

    [TestCase("Otlp:Endpoint", "collector:4318")]
    [TestCase("Otlp:TraceShare", "1.5")]
    public void A_wrong_setting_is_told_at_the_start(string name, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
        Should.Throw<SettingsException>(() => OtlpSettings.From(settings)).Message.ShouldContain(name);
    }

    private static string SpanId(byte[] span) => Convert.ToHexString(Protobuf.At(span, 2).Single());

    private static ActivityContext Context(ActivityTraceFlags flags, bool isRemote = false) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, isRemote: isRemote);

    private static SamplingDecision Decision(Sampler sampler, ActivityContext parent, params ActivityLink[] links) =>
        sampler.ShouldSample(new SamplingParameters(parent, ActivityTraceId.CreateRandom(), "span", ActivityKind.Internal, null, links))
            .Decision;
}
