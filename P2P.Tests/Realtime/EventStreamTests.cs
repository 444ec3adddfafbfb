using System.Diagnostics;
using System.Text.Json;
using P2P.Contracts;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Realtime;

/// <summary>Streams are dense, pushes never wait for a client, and nothing that was recorded stays unheard.</summary>
public sealed class EventStreamTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private RealtimeServer _server = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start() => _server = await RealtimeServer.Start();

    [OneTimeTearDown]
    public async Task Stop()
    {
        var errors = _server.Errors.Lines;
        await _server.DisposeAsync();
        errors.ShouldBeEmpty();
    }

    [Test]
    public async Task Numbers_are_dense_under_16_writers_and_every_event_is_heard_once()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            for (var i = 0; i < 15; i++)
            {
                await _server.Tell(userId, 1);
            }
        }));
        (await _server.Database.Read(tx => TestSql.Seqs(tx, userId))).ShouldBe(Enumerable.Range(1, 240).Select(seq => (long)seq));
        Seqs(await client.Hears("Noted", 240)).Order().ShouldBe(Enumerable.Range(1, 240).Select(seq => (long)seq));
        await Task.Delay(1_200);
        client.Arguments("Noted").Count.ShouldBe(240);
    }

    [Test]
    public async Task A_body_is_pushed_byte_for_byte_as_it_is_stored()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        const string Body = """{"amount":"1.50","text":"\u00fc <b> \"x\""}""";
        var appended = await _server.Append(userId, 1, Body);
        _server.Push.Tell(appended);
        var heard = (await client.Hears("Noted"))[0];
        heard[1].GetRawText().ShouldBe(Body);
        heard[0].GetProperty("eventId").GetGuid().ShouldBe(appended[0].EventId);
        var page = (await client.Call("EventsSince", await Epoch(client), 0)).GetProperty("result");
        page.GetProperty("events")[0].GetProperty("body").GetProperty("amount").GetString().ShouldBe("1.50");
        page.GetProperty("events")[0].GetProperty("type").GetString().ShouldBe("Noted");
        page.GetProperty("more").GetBoolean().ShouldBeFalse();
    }

    [Test]
    public async Task Beyond_the_window_only_the_head_is_told_until_an_ack()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await _server.Tell(userId, 300);
        await client.Hears("Noted", 256);
        // The head may be told before the last of them is recorded, and again then.
        await Eventually(() => client.Arguments("Head") is [.., var last] && last[1].GetInt64() == 300);
        await _server.Tell(userId, 5);
        await Task.Delay(1_200);
        client.Arguments("Noted").Count.ShouldBe(256);

        var page = (await client.Call("EventsSince", await Epoch(client), 256)).GetProperty("result");
        page.GetProperty("events").GetArrayLength().ShouldBe(49);
        await client.Call("Ack", 305);
        await _server.Tell(userId, 2);
        Seqs(await client.Hears("Noted", 258)).TakeLast(2).ShouldBe([306, 307]);
    }

    [Test]
    public async Task Acks_keep_the_window_open()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        for (var round = 1; round <= 5; round++)
        {
            await _server.Tell(userId, 200);
            await client.Hears("Noted", round * 200);
            await client.Call("Ack", round * 200);
        }

        Seqs(client.Arguments("Noted")).ShouldBe(Enumerable.Range(1, 1_000).Select(seq => (long)seq));
        client.Arguments("Head").ShouldBeEmpty();
    }

    [Test]
    public async Task What_another_process_recorded_is_heard_soon()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await _server.Append(userId, 3);
        Seqs(await client.Hears("Noted", 3, TimeSpan.FromSeconds(2.5))).ShouldBe([1, 2, 3]);
        await _server.Append(userId, 1);
        await _server.Tell(userId, 1);
        Seqs(await client.Hears("Noted", 5, TimeSpan.FromSeconds(2.5))).Order().ShouldBe([1, 2, 3, 4, 5]);
        await Task.Delay(1_200);
        client.Arguments("Noted").Count.ShouldBe(5);
    }

    [Test]
    public async Task A_client_that_stops_reading_delays_nobody_and_loses_nothing()
    {
        var stalledUser = await _server.NewUser();
        await using var stalled = await RawClient.Connect(_server.HubAddress, RealtimeServer.SignedIn(stalledUser), read: false);
        var (healthy, healthyUser) = await _server.ConnectNew();
        await using var disposed = healthy;
        var stalledEvents = await AppendLarge(stalledUser, 300);
        var healthyEvents = await _server.Append(healthyUser, 100);
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100; i++)
        {
            _server.Push.Tell([stalledEvents[3 * i], stalledEvents[(3 * i) + 1], stalledEvents[(3 * i) + 2], healthyEvents[i]]);
        }

        await healthy.Hears("Noted", 100);
        Stopwatch.GetElapsedTime(from).ShouldBeLessThan(TimeSpan.FromSeconds(5));

        stalled.StartReading();
        Seqs(await stalled.Hears("Noted", 256, Soon)).ShouldBe(Enumerable.Range(1, 256).Select(seq => (long)seq));
        (await stalled.Hears("Head"))[^1][1].GetInt64().ShouldBe(300);
    }

    [Test]
    public async Task A_client_that_stops_reading_can_be_closed()
    {
        var userId = await _server.NewUser();
        await using var stalled = await RawClient.Connect(_server.HubAddress, RealtimeServer.SignedIn(userId), read: false);
        var links = _server.Get<HubLinks>();
        await Eventually(() => links.Of(userId, Audience.Trade).Count == 1);
        _server.Push.Tell(await AppendLarge(userId, 256));
        await Task.Delay(500);
        _server.Push.CloseUser(userId, ErrorCodes.SignedOut, "Bye.");
        await Eventually(() => links.Of(userId, Audience.Trade).Count == 0);
    }

    [Test]
    public async Task Lossy_messages_merge_while_the_client_does_not_read()
    {
        var userId = await _server.NewUser();
        await using var client = await RawClient.Connect(_server.HubAddress, RealtimeServer.SignedIn(userId), read: false);
        await client.Send("""{"type":1,"target":"OpenTicks","arguments":[]}""");
        HubLink? link = null;
        await Eventually(() => _server.Notes.Links.TryGetValue(userId, out link));
        link.ShouldNotBeNull();
        _server.Push.Tell(await AppendLarge(userId, 256));
        var channel = link.OpenLossy<Tick>("Ticked", (older, newer) => new Tick { From = older.From, To = newer.To });
        for (var i = 1; i <= 10_000; i++)
        {
            channel.Push(new LossyMessage<Tick>("Ticked", new Tick { From = i, To = i }));
        }

        client.StartReading();
        await client.Hears("Noted", 256, Soon);
        var ticks = await client.Hears("Ticked");
        ticks.Count.ShouldBeLessThan(10);
        ticks[0][0].GetProperty("from").GetInt32().ShouldBe(1);
        ticks[^1][0].GetProperty("to").GetInt32().ShouldBe(10_000);
        channel.IsClosed.ShouldBeFalse();
        client.Drop();
        await Eventually(() => channel.IsClosed);
    }

    [Test]
    public async Task A_stream_is_paged_to_its_head()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await _server.Append(userId, 1_100);
        var epoch = await Epoch(client);
        var (seq, pages) = (0L, 0);
        while (true)
        {
            var page = (await client.Call("EventsSince", epoch, seq)).GetProperty("result");
            foreach (var stored in page.GetProperty("events").EnumerateArray())
            {
                stored.GetProperty("head").GetProperty("seq").GetInt64().ShouldBe(++seq);
            }

            pages++;
            page.GetProperty("headSeq").GetInt64().ShouldBe(1_100);
            if (!page.GetProperty("more").GetBoolean())
            {
                break;
            }
        }

        (seq, pages).ShouldBe((1_100, 3));
    }

    [Test]
    public async Task A_page_of_large_events_ends_at_256_KB()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await _server.Append(userId, 10, JsonSerializer.Serialize(new string('x', 100_000)));
        var page = (await client.Call("EventsSince", await Epoch(client), 3)).GetProperty("result");
        page.GetProperty("events").GetArrayLength().ShouldBe(2);
        page.GetProperty("more").GetBoolean().ShouldBeTrue();
    }

    [Test]
    public async Task A_position_that_is_not_in_the_stream_is_answered_RESYNC()
    {
        var (client, userId) = await _server.ConnectNew();
        await using var disposed = client;
        await _server.Append(userId, 3);
        var epoch = await Epoch(client);
        var (code, details) = await client.Refused("EventsSince", epoch, 4);
        code.ShouldBe(ErrorCodes.Resync);
        details.GetProperty("epoch").GetGuid().ShouldBe(epoch);
        details.GetProperty("headSeq").GetString().ShouldBe("3");
        details.GetProperty("firstSeq").GetString().ShouldBe("1");
        (await client.Refused("EventsSince", Guid.NewGuid(), 3)).Code.ShouldBe(ErrorCodes.Resync);
        (await client.Refused("EventsSince", epoch, -1)).Code.ShouldBe(ErrorCodes.BadInput);
        (await client.Call("EventsSince", epoch, 3)).GetProperty("result").GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    /// <summary>So much that no socket's buffers hold it all; a few at a time, because a statement may take 2 s only.</summary>
    private async Task<List<AppendedEvent>> AppendLarge(long userId, int count)
    {
        var body = JsonSerializer.Serialize(new string('x', 60_000));
        var appended = new List<AppendedEvent>();
        while (appended.Count < count)
        {
            appended.AddRange(await _server.Append(userId, Math.Min(25, count - appended.Count), body));
        }

        return appended;
    }

    private static async Task Eventually(Func<bool> holds)
    {
        var from = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Stopwatch.GetElapsedTime(from).ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Task.Delay(20);
        }
    }

    private static async Task<Guid> Epoch(RawClient client) =>
        (await client.Hears(nameof(IConnectionClient.Connected)))[0][0].GetProperty("epoch").GetGuid();

    private static IEnumerable<long> Seqs(IReadOnlyList<JsonElement> heard) => heard.Select(call => call[0].GetProperty("seq").GetInt64());
}
