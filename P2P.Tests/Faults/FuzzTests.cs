using System.Globalization;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using P2P.Contracts.Trading;
using P2P.Server.Trading;
using P2P.Tests.Access;
using P2P.Tests.Files;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// T13, T14: frames, bodies and files that no proper client would send, by the hundred thousand. The server goes on, logs no fault of its own, and
/// somebody who trades meanwhile hardly notices. (S31, S39)
/// </summary>
[Category("Reliability")]
public sealed class FuzzTests : AccessFixture
{
    private const int FramesOfConnection = 200;
    private const int Workers = 4;
    private const char FrameEnd = (char)0x1e;

    private static readonly string[] Handshakes =
    [
        """{"protocol":"json","version":1}""", """{"protocol":"json","version":2}""", """{"protocol":"messagepack","version":1}""", "{}", "[]", "null",
        """{"protocol":1}""", """{"protocol":"json","version":"1"}""", "x", "",
    ];

    private static readonly string[] ContentTypes = ["image/jpeg", "image/png", "image/webp", "application/pdf", "x"];
    private static readonly string[] FileNames = ["a.png", "..%2F..%2Fx", "CON", "%00", new string('x', 300)];

    private TradeWorld _world = null!; // Set before the first test.
    private List<string> _corpus = []; // Good frames, one for every call of the contract.
    private LoggedFaults _faults = null!; // Set before the first test.

    protected override Dictionary<string, string?>? Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>(base.Settings!) // Ours has some.
            {
                ["Limits:UploadsPerMinute"] = "1000000",
                ["Limits:FilesPerOrder"] = "1000000",
                ["Limits:RestPerUserPerMinute"] = "10000000",
                ["Limits:RestPerAddressPerMinute"] = "10000000",
            };
            foreach (var rate in new[] { "Reads", "Changes", "Searches", "Messages", "Receipts", "Frames", "Events", "ConnectsPerUser", "ConnectsPerAddress" })
            {
                settings[$"Limits:{rate}:PerSecond"] = "1000000";
                settings[$"Limits:{rate}:Burst"] = "1000000";
            }

            return settings;
        }
    }

    [OneTimeSetUp]
    public async Task Make_a_world()
    {
        _world = await MakeWorld();
        _corpus = [.. typeof(ITradeHub).GetInterfaces().SelectMany(part => part.GetMethods()).Select(Frame)];

        // Their own clients would hear all that is done in their names: whose memory grows is the server's question alone.
        await _world.Seller.Client.DisposeAsync();
        await _world.Buyer.Client.DisposeAsync();
        await _world.Former.Client.DisposeAsync();
        _faults = LoggedFaults.Of(Market.Nodes[0]);
    }

    [OneTimeTearDown]
    public void Forget_the_faults() => _faults.Dispose();

    [Test]
    public async Task Fuzzed_frames_do_no_harm()
    {
        var (seed, frames) = (Tier.Seed(), Tier.Pick(20_000, 200_000));
        var (sent, closed) = (0, 0);
        await WithSomebodyTrading("T13 fuzzed frames", Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(seed + worker);
            var mutator = new FrameMutator(random);
            while (Volatile.Read(ref sent) < frames)
            {
                var trader = random.Next(2) == 0 ? _world.Seller : _world.Buyer;
                Interlocked.Add(ref sent, await Session(trader, random, mutator));
                Interlocked.Increment(ref closed);
            }
        })), () => $"{sent} fuzzed frames on {closed} connections");
        sent.ShouldBeGreaterThanOrEqualTo(frames);
    }

    [Test]
    public async Task Fuzzed_bodies_and_files_do_no_harm()
    {
        var (seed, bodies) = (Tier.Seed(), Tier.Pick(3_000, 20_000));
        var (sent, bySuccess, byRefusal) = (0, 0, 0);
        await WithSomebodyTrading("T14 fuzzed bodies and files", Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(seed + worker);
            var mutator = new FrameMutator(random);
            using var http = Market.Http(_world.Buyer.Name);
            while (Interlocked.Increment(ref sent) <= bodies)
            {
                using var request = random.Next(2) == 0 ? FuzzedFile(random, mutator) : FuzzedBody(random, mutator);
                using var answer = await http.SendAsync(request, Bounded);
                var status = (int)answer.StatusCode;
                status.ShouldBeLessThan(500, await answer.Content.ReadAsStringAsync());
                _ = status < 400 ? Interlocked.Increment(ref bySuccess) : Interlocked.Increment(ref byRefusal);
            }
        })), () => $"{sent - Workers} fuzzed bodies and files: {bySuccess} taken, {byRefusal} refused");
        byRefusal.ShouldBeGreaterThan(bodies / 4);
    }

    /// <summary>Runs the fuzzing beside somebody who reads and trades, and looks at what it left behind.</summary>
    private async Task WithSomebodyTrading(string id, IEnumerable<Task> fuzzing, Func<string> tell)
    {
        var (seller, buyer) = (await Seller(1_000), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 100);
        await Place(buyer, ad, 0.01m);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var latencies = new Latencies();
        using var stopping = new CancellationTokenSource();
        var trading = Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                var order = await latencies.Of(() => Place(buyer, ad, 0.01m));
                await latencies.Of(() => Read(buyer, order));
                await latencies.Of(() => buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded));
                await latencies.Of(() => seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded));
                await Task.Delay(20);
            }
        });
        await Task.WhenAll(fuzzing).WaitAsync(TimeSpan.FromMinutes(10));
        await stopping.CancelAsync();
        await trading;
        // The last connections end, and the server has nothing to do any more.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var growth = (GC.GetTotalMemory(forceFullCollection: true) - before) / (1024 * 1024);
        ReliabilityReport.Tell(id, string.Create(
            CultureInfo.InvariantCulture,
            $"{tell()}, 0 faults logged; {latencies.Count} calls beside them, p50 {latencies.P50:0.0} ms, p99 {latencies.P99:0.0} ms; memory grew by "
            + $"{growth} MB"));

        _faults.All.ShouldBeEmpty();
        latencies.Count.ShouldBeGreaterThan(Tier.Pick(3, 100));
        if (Tier.IsNightly)
        {
            // In every run other tests share the process and the machine.
            growth.ShouldBeLessThan(50);
            latencies.P99.ShouldBeLessThan(100);
        }

        await Invariants.Check(Market.Database.Superuser);
    }

    /// <summary>One connection, until the server closes it or it has sent enough.</summary>
    private async Task<int> Session(Trader trader, Random random, FrameMutator mutator)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {Market.Token(trader.Name)}");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await socket.ConnectAsync(new UriBuilder(Market.AddressOf()) { Scheme = "ws", Path = TradeHub.Path }.Uri, patience.Token);
        using var ending = new CancellationTokenSource();
        var reading = Drain(socket, ending.Token);
        var sent = 0;
        try
        {
            var handshake = random.Next(20) == 0 ? Handshakes[random.Next(Handshakes.Length)] : Handshakes[0];
            await Send(socket, Encoding.UTF8.GetBytes(handshake), patience.Token);
            while (sent < FramesOfConnection && socket.State == WebSocketState.Open)
            {
                await Send(socket, mutator.Mutate(Fresh(_corpus[random.Next(_corpus.Count)]), _corpus), patience.Token);
                sent++;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The server has had enough: that is an answer, too.
        }

        await ending.CancelAsync();
        socket.Abort();
        await reading;
        return sent;
    }

    private static ValueTask Send(ClientWebSocket socket, byte[] bytes, CancellationToken patience) =>
        socket.SendAsync((byte[])[.. bytes, (byte)FrameEnd], WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, patience);

    private static async Task Drain(ClientWebSocket socket, CancellationToken ending)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), ending)).MessageType != WebSocketMessageType.Close)
            {
                // What it says is another test's affair.
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is over.
        }
    }

    private string Frame(MethodInfo method)
    {
        var arguments = method.GetParameters() switch
        {
            [] => "",
            [{ ParameterType: { IsClass: true } }] => TradeRequests.Of(method.Name, _world).Request.ToJsonString(),
            [{ ParameterType: { } type }] when type == typeof(long) => "1",
            [_, _] => $"\"{Guid.Empty}\",0",
            _ => $"\"{_world.Unpaid}\"",
        };
        return $$"""{"type":1,"invocationId":"1","target":"{{method.Name}}","arguments":[{{arguments}}]}""";
    }

    /// <summary>The frame under a request id of its own.</summary>
    private static string Fresh(string frame)
    {
        const string Member = "\"requestId\":\"";
        var at = frame.IndexOf(Member, StringComparison.Ordinal);
        return at < 0 ? frame : $"{frame[..(at + Member.Length)]}{Guid.CreateVersion7()}{frame[(at + Member.Length + 36)..]}";
    }

    private HttpRequestMessage FuzzedBody(Random random, FrameMutator mutator)
    {
        (HttpMethod Method, string Path, string Body)[] good =
        [
            (HttpMethod.Put, "/api/p2p/profile", """{"auto_reply_message":"Hello","preferred_currency":"KES","preferred_payment_methods":[17]}"""),
            (HttpMethod.Post, "/api/p2p/profile/create", """{"username":"somebody","has_consent":true,"email":"a@example.org"}"""),
            (HttpMethod.Post, "/api/p2p/profile/consent", """{"terms_version":1}"""),
            (HttpMethod.Post, "/api/p2p/suspension/statement", $$"""{"order_id":"{{_world.Unpaid}}","text":"I paid."}"""),
            (HttpMethod.Post, "/api/p2p/ticket", "{}"),
            (HttpMethod.Post, "/api/custody/deposits", """{"external_ref":"x","user_id":1,"asset":"BTC","amount":"1"}"""),
        ];
        var (method, path, body) = good[random.Next(good.Length)];
        var bodies = good.Select(one => one.Body).ToList();
        var content = new ByteArrayContent(mutator.Mutate(body, bodies));
        content.Headers.TryAddWithoutValidation("Content-Type", random.Next(10) == 0 ? "text/plain" : "application/json");
        return new HttpRequestMessage(method, path) { Content = content };
    }

    private HttpRequestMessage FuzzedFile(Random random, FrameMutator mutator)
    {
        byte[][] good =
        [
            Pictures.Jpeg(), Pictures.Jpeg(isProgressive: true), Pictures.Png(), Pictures.Jpeg(width: 65_535, height: 65_535),
            Pictures.Png(65_535, 65_535),
        ];
        var bytes = good[random.Next(good.Length)];
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            bytes = mutator.MutateBytes(bytes);
        }

        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", ContentTypes[random.Next(ContentTypes.Length)]);
        var isPicture = random.Next(2) == 0;
        var request = new HttpRequestMessage(
            isPicture ? HttpMethod.Put : HttpMethod.Post,
            isPicture ? "/api/p2p/profile/picture" : $"/api/p2p/orders/{_world.Unpaid}/files")
        {
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("X-File-Name", FileNames[random.Next(FileNames.Length)]);
        return request;
    }
}
