using System.Collections.Concurrent;
using System.Diagnostics;
using P2P.Contracts;
using P2P.Tests.Support;

namespace P2P.Tests.Observing;

/// <summary>From a call of the SDK one finds its hub method, its batch and its SQL.</summary>
public sealed class TraceTests : MarketFixture
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private ActivityListener _listener = null!; // Set before the first test.

    [OneTimeSetUp]
    public void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "P2P.Client" or "P2P.Server" or "Npgsql"
                || source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [OneTimeTearDown]
    public void Listen_no_more() => _listener.Dispose();

    [Test]
    public async Task From_a_command_one_finds_its_batch_and_its_sql()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        using var test = new Activity("test").Start();
        await Place(buyer, ad);
        test.Stop();

        var client = await Find(one => one.Source.Name == "P2P.Client" && one.TraceId == test.TraceId);
        client.OperationName.ShouldBe("P2P CreateOrder");
        var sent = await Find(one => one.Source.Name == "Microsoft.AspNetCore.SignalR.Client" && one.ParentSpanId == client.SpanId);
        var method = await Find(one => one.Source.Name == "Microsoft.AspNetCore.SignalR.Server" && one.ParentSpanId == sent.SpanId);
        method.TraceId.ShouldBe(test.TraceId);
        method.GetTagItem("p2p.code").ShouldBe("OK");
        method.GetTagItem("rpc.method").ShouldBe("CreateOrder");

        // The batch is nobody's child, because it serves many: command and batch name each other.
        var batch = await Find(one => one.OperationName == "engine batch" && one.Links.Any(link => link.Context.SpanId == method.SpanId));
        batch.Parent.ShouldBeNull();
        batch.TraceId.ShouldNotBe(test.TraceId);
        method.Links.Select(link => link.Context.SpanId).ShouldContain(batch.SpanId);
        await Eventually(() => Sql(batch.SpanId).Count >= 2);
        var statements = Sql(batch.SpanId).Select(one => $"{one.GetTagItem("db.query.text")}").ToList();
        statements.ShouldContain(text => text.Contains("for no key update", StringComparison.Ordinal));
        statements.ShouldContain(text => text.Contains("insert into orders", StringComparison.Ordinal));
    }

    [Test]
    public async Task From_a_change_outside_the_engine_one_finds_its_sql()
    {
        var seller = await Seller();
        using var test = new Activity("test").Start();
        await TestMarket.Ad(seller);
        test.Stop();
        var method = await Find(one => one.Source.Name == "Microsoft.AspNetCore.SignalR.Server" && one.TraceId == test.TraceId);
        await Eventually(() => Sql(method.SpanId)
            .Any(one => $"{one.GetTagItem("db.query.text")}".Contains("insert into ads", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_refused_call_says_its_code()
    {
        var buyer = await Buyer();
        using var test = new Activity("test").Start();
        await Refused(() => Place(buyer, Guid.CreateVersion7()));
        test.Stop();
        await Find(one => one.Source.Name == "Microsoft.AspNetCore.SignalR.Server" && one.TraceId == test.TraceId
            && one.GetTagItem("p2p.code") is ErrorCodes.NotFound);
    }

    [Test]
    public async Task Commands_that_share_a_batch_are_all_linked_with_it()
    {
        var seller = await Seller();
        var ad = await TestMarket.Ad(seller, total: 5);
        var buyers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Buyer()));
        using var test = new Activity("test").Start();
        await Task.WhenAll(buyers.Select(buyer => Place(buyer, ad, 0.01m)));
        test.Stop();
        List<Activity> Methods() =>
            [.. _ended.Where(one => one.Source.Name == "Microsoft.AspNetCore.SignalR.Server" && one.TraceId == test.TraceId)];
        await Eventually(() => Methods().Count >= buyers.Length);
        var batches = _ended.Where(one => one.OperationName == "engine batch").ToList();
        foreach (var method in Methods())
        {
            batches.Where(batch => batch.Links.Any(link => link.Context.SpanId == method.SpanId)).ShouldNotBeEmpty();
        }

        batches.Sum(batch => batch.Links.Count(link => link.Context.TraceId == test.TraceId)).ShouldBeGreaterThanOrEqualTo(buyers.Length);
    }

    private List<Activity> Sql(ActivitySpanId parent) =>
        [.. _ended.Where(one => one.Source.Name == "Npgsql" && one.ParentSpanId == parent)];

    private async Task<Activity> Find(Func<Activity, bool> which)
    {
        await Eventually(() => _ended.Any(which));
        return _ended.First(which);
    }
}
