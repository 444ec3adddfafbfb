using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Channels;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Realtime.Backplane;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers.Channels;

/// <summary>Channels of peers on two nodes: through resets and restarts everything arrives once and in order, and the server reads nothing of it. (S52, S56)</summary>
public sealed class PeerChannelTests : GoodsFixture
{
    private const string Canary = "canary-5f1d9c-of-a-channel";

    private TestRedis _redis = null!; // Set before the first test.

    protected override int Nodes => 2;

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        _redis = await TestRedis.Create();
        return new Dictionary<string, string?>(_redis.Settings) { ["Limits:ConnectsPerUser:PerSecond"] = "100", ["Limits:ConnectsPerUser:Burst"] = "100" };
    }

    [OneTimeSetUp]
    public Task Nodes_hear_each_other() =>
        Eventually(() => Enumerable.Range(0, Nodes).All(node => Market.Service<ClusterBus>(node).State == BackplaneState.Up));

    [OneTimeTearDown]
    public ValueTask End_Redis() => _redis.DisposeAsync();

    [Test]
    public async Task Two_peers_talk_across_nodes()
    {
        var (one, other) = await Peers();
        var (here, there) = await Open(one, other);
        await here.SendTextAsync(Canary, Bounded);
        await there.SendTextAsync("and back", Bounded);
        (await Read(there, 1)).Single().ShouldBe(System.Text.Encoding.UTF8.GetBytes(Canary));
        (await Read(here, 1)).Single().ShouldBe("and back"u8.ToArray());
        await here.FlushAsync(Bounded);
        await here.DisposeAsync();
        await Eventually(() => there.HasEnded);

        // Nobody waits for a channel that is closed.
        await Should.ThrowAsync<ObjectDisposedException>(() => here.SendTextAsync("late", Bounded).AsTask());
        for (var i = 0; i < 100; i++)
        {
            await there.SendTextAsync("to nobody", Bounded);
        }

        var flushing = there.FlushAsync(Bounded);
        var sending = there.SendFileAsync(new MemoryStream(new byte[100]), "to nobody", cancellationToken: Bounded);
        await there.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => flushing);
        await Should.ThrowAsync<IOException>(() => sending);

        // Nothing of it is in the database.
        (await Traces(Canary)).ShouldBeEmpty();
        (await Traces(one.Name)).ShouldContain("peers"); // The search finds what is there.
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task Ten_thousand_messages_arrive_once_and_in_order_while_connections_are_reset()
    {
        const int messages = 10_000;
        var seed = Tier.Seed();
        await using var first = new FaultProxy(new IPEndPoint(IPAddress.Loopback, Market.AddressOf(0).Port), seed);
        await using var second = new FaultProxy(new IPEndPoint(IPAddress.Loopback, Market.AddressOf(1).Port), seed + 1);
        var (one, other) = await Peers(first.Port, second.Port);
        var (here, there) = await Open(one, other);
        var clock = Stopwatch.StartNew();
        var sending = Task.WhenAll(Send(here), Send(there));
        var reading = Task.WhenAll(Read(there, messages), Read(here, messages));
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(400));
            first.ResetSome(1);
            second.ResetSome(1);
        }

        await sending;
        foreach (var heard in await reading)
        {
            heard.Select(message => BinaryPrimitives.ReadInt32BigEndian(message)).ShouldBe(Enumerable.Range(0, messages));
        }

        TestContext.Out.WriteLine($"{2 * messages} messages in {clock.Elapsed.TotalSeconds:0.0} s, {first.Resets + second.Resets} resets");
        (first.Resets + second.Resets).ShouldBeGreaterThan(5);

        static async Task Send(PeerChannel channel)
        {
            var random = new Random(Tier.Seed());
            for (var i = 0; i < messages; i++)
            {
                var message = new byte[i % 500 == 0 ? 40_000 : random.Next(20, 80)];
                BinaryPrimitives.WriteInt32BigEndian(message, i);
                await channel.SendAsync(message);
                if (i % 100 == 0)
                {
                    await Task.Delay(40); // Long enough for connections to come and go meanwhile.
                }
            }
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_program_that_begins_anew_is_reached_again()
    {
        var keys = new MemoryKeyStore();
        var one = await Peer();
        var link = new FaultProxy(new IPEndPoint(IPAddress.Loopback, Market.AddressOf(1).Port), Tier.Seed());
        var other = await Through(link.Port, 1, keys);
        await Connect(one, other);
        var (here, there) = await Open(one, other);
        await here.SendTextAsync("before", Bounded);
        (await Read(there, 1)).Count.ShouldBe(1);
        await here.FlushAsync(Bounded);

        // The program reaches nobody any more, as if it had been killed: it says no good-bye, and what is sent meanwhile waits for the next one.
        await link.DisposeAsync();
        for (var i = 0; i < 100; i++)
        {
            await here.SendTextAsync($"meanwhile {i}", Bounded);
        }

        await using var next = Connecting(other.Name, keys, node: 1);
        await next.ConnectAsync(Bounded);
        var since = Stopwatch.GetTimestamp();
        var listening = next.Channels.ListenAsync().GetAsyncEnumerator();
        (await listening.MoveNextAsync()).ShouldBeTrue();
        var heard = await Read(listening.Current, 100);
        heard.Select(System.Text.Encoding.UTF8.GetString).ShouldBe(Enumerable.Range(0, 100).Select(i => $"meanwhile {i}"));
        TestContext.Out.WriteLine($"reached {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after it was there again");
        await other.Client.DisposeAsync();
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task A_file_of_20_MB_arrives_whole_between_messages_while_connections_are_reset()
    {
        const int messages = 500;
        await using var first = new FaultProxy(new IPEndPoint(IPAddress.Loopback, Market.AddressOf(0).Port), Tier.Seed());
        await using var second = new FaultProxy(new IPEndPoint(IPAddress.Loopback, Market.AddressOf(1).Port), Tier.Seed() + 1);
        var (one, other) = await Peers(first.Port, second.Port);
        var (here, there) = await Open(one, other);
        using var folder = new TestFolder();
        var content = new byte[20 * 1024 * 1024];
        new Random(Tier.Seed()).NextBytes(content);
        var clock = Stopwatch.StartNew();
        var saving = Task.Run(async () =>
        {
            await foreach (var file in there.ReadFilesAsync())
            {
                file.Name.ShouldBe("list of lamps.bin");
                await file.SaveAsync(folder["lamps"]);
                return;
            }
        });
        var talking = Task.Run(async () =>
        {
            for (var i = 0; i < messages; i++)
            {
                await here.SendTextAsync($"{i}");
                await Task.Delay(10);
            }
        });
        var reading = Read(there, messages);
        var sending = here.SendFileAsync(new MemoryStream(content), "list of lamps.bin");
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(1_000));
            first.ResetSome(1);
            second.ResetSome(1);
        }

        (await sending).ShouldBeTrue();
        await Task.WhenAll(saving, talking);
        (await reading).Select(System.Text.Encoding.UTF8.GetString).ShouldBe(Enumerable.Range(0, messages).Select(i => $"{i}"));
        (await File.ReadAllBytesAsync(folder["lamps"])).AsSpan().SequenceEqual(content).ShouldBeTrue();
        (first.Resets + second.Resets).ShouldBeGreaterThan(5);
        TestContext.Out.WriteLine($"20 MB and {messages} messages in {clock.Elapsed.TotalSeconds:0.0} s, {first.Resets + second.Resets} resets");
    }

    [Test]
    public async Task Signals_reach_whom_they_may_and_say_who_speaks()
    {
        var (one, other) = await Peers();
        var stranger = await Peer();
        await using var raw = await RawDealer($"Bearer {Market.Token(one.Name)}");
        await using var heard = await RawDealer($"Bearer {Market.Token(other.Name)}");
        await Task.WhenAll(raw.Hears("Connected"), heard.Hears("Connected"));
        var session = Guid.CreateVersion7();

        (await Code(raw, Signal(other.PeerId, session, "offer", "hello"))).ShouldBe("yes");
        await Eventually(() => heard.Arguments("SignalsReceived").Count > 0);
        var signal = heard.Arguments("SignalsReceived")[0][0].GetProperty("signals")[0];
        signal.GetProperty("from").GetString().ShouldBe(one.PeerId);
        signal.GetProperty("payload").GetString().ShouldBe("hello");

        // A foreign sender is no member of the request, a stranger is nobody, and limits hold.
        (await Code(raw, Signal(stranger.PeerId, session, "offer", "x"))).ShouldBe(ErrorCodes.NotFound);
        (await Code(raw, Signal(one.PeerId, session, "offer", "x"))).ShouldBe(ErrorCodes.NotFound);
        (await Code(raw, Signal(other.PeerId, session, "offer", new string('x', 16_385)))).ShouldBe(ErrorCodes.BadInput);
        (await Code(raw, Signal(other.PeerId, Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMinutes(-2)), "offer", "x"))).ShouldBe(ErrorCodes.DeadlinePassed);
        (await Code(raw, Signal(other.PeerId, session, "offer", "x")[..^1] + $",\"from\":\"{stranger.PeerId}\"}}")).ShouldBe(ErrorCodes.BadInput);
        await Task.Delay(2_100); // The bucket is full again.
        var codes = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            codes.Add(await Code(raw, Signal(other.PeerId, session, "candidate", "c")));
        }

        codes.ShouldContain(ErrorCodes.RateLimited);
        await Task.Delay(3_000);
        for (var i = 0; i < 30; i++)
        {
            codes.Add(await Code(raw, Signal(other.PeerId, session, "candidate", "c")));
        }

        codes.Count(code => code == "yes").ShouldBe(50);
        codes.ShouldContain(ErrorCodes.QuotaExceeded);

        // Whoever ends the connection is not reached any more, neither by signals nor, a second later, by frames.
        await other.Client.Connections.RevokeAsync(one.PeerId, Bounded);
        await Task.Delay(1_500);
        (await Code(raw, Signal(other.PeerId, Guid.CreateVersion7(), "offer", "x"))).ShouldBe(ErrorCodes.NotFound);
        (await Said(() => one.Client.Hub.Relay(new RelayRequest { PeerId = other.PeerId, SessionId = session, Data = "AA" }))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task The_parties_of_an_open_order_may_talk_without_a_connection()
    {
        var (seller, buyer) = await Pair();
        var item = await Item(seller, 3, 0.01m);
        await buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded);
        await seller.Client.Connections.RevokeAsync(buyer.PeerId, Bounded);
        await buyer.Client.Hub.SendSignal(Offer());
        foreach (var order in (await seller.Client.Orders.ListAsync(cancellationToken: Bounded)).Items)
        {
            await seller.Client.Orders.DeclineAsync(order.State.Id, cancellationToken: Bounded);
        }

        (await Said(() => buyer.Client.Hub.SendSignal(Offer()))).ShouldBe(ErrorCodes.NotFound);

        SendSignalRequest Offer() =>
            new() { PeerId = seller.PeerId, SessionId = Guid.CreateVersion7(), Kind = SignalKind.Offer, Payload = "x" };
    }

    private static string Signal(string peerId, Guid session, string kind, string payload) =>
        $$"""{"peerId":"{{peerId}}","sessionId":"{{session}}","kind":"{{kind}}","payload":"{{payload}}"}""";

    private static async Task<string> Code(Realtime.Support.RawClient client, string request)
    {
        var answer = await client.CallRaw("SendSignal", $"[{request}]");
        return answer.TryGetProperty("error", out _) ? Realtime.Support.RawClient.Refusal(answer).Code : "yes";
    }

    private static async Task<string> Said(Func<Task> call)
    {
        try
        {
            await call();
            return "yes";
        }
        catch (P2PException e)
        {
            return e.Code;
        }
    }

    private async Task<(Dealer One, Dealer Other)> Peers(int? onePort = null, int? otherPort = null)
    {
        var (one, other) = (await Through(onePort, 0), await Through(otherPort, 1));
        await Connect(one, other);
        return (one, other);
    }

    /// <summary>A peer on a node, behind a network of its own.</summary>
    private async Task<Dealer> Through(int? port, int node, IKeyStore? keys = null)
    {
        if (port is null)
        {
            return await Peer(node: node);
        }

        var made = await Stranger(node: node);
        await made.Client.DisposeAsync();
        var client = new DealerClient(new P2PClientOptions
        {
            ServerUrl = new Uri($"http://127.0.0.1:{port}"),
            TokenProvider = _ => ValueTask.FromResult(Market.Token(made.Name)),
            Keys = keys ?? new MemoryKeyStore(),
            BackoffMax = TimeSpan.FromMilliseconds(300),
        });
        await client.ConnectAsync(Bounded);
        return new Dealer(made.Name, client, (await client.Peers.JoinAsync(made.Name, false, Bounded)).PeerId);
    }

    private static async Task<(PeerChannel Here, PeerChannel There)> Open(Dealer one, Dealer other)
    {
        var listening = other.Client.Channels.ListenAsync().GetAsyncEnumerator();
        var coming = listening.MoveNextAsync();
        var here = await one.Client.Channels.OpenAsync(other.PeerId, Bounded);
        // The first frame makes the other side sure.
        (await coming.AsTask().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        return (here, listening.Current);
    }

    private static async Task<List<byte[]>> Read(PeerChannel channel, int count)
    {
        var heard = new List<byte[]>();
        await foreach (var message in channel.ReadAllAsync())
        {
            heard.Add(message);
            if (heard.Count == count)
            {
                break;
            }
        }

        return heard;
    }

    /// <summary>Tables whose rows hold a text.</summary>
    private async Task<List<string>> Traces(string text)
    {
        var found = new List<string>();
        await using var connection = new Npgsql.NpgsqlConnection(Market.Database.Superuser);
        foreach (var table in await Dapper.SqlMapper.QueryAsync<string>(
            connection, "select c.oid::regclass::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"))
        {
            if (await Dapper.SqlMapper.ExecuteScalarAsync<bool>(connection, $"select exists (select 1 from {table} t where t::text like '%{text}%')"))
            {
                found.Add(table);
            }
        }

        return found;
    }
}
