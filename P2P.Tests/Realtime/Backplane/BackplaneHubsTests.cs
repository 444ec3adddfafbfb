using Microsoft.AspNetCore.SignalR;
using P2P.Server.Core;
using P2P.Server.Realtime.Backplane;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime.Backplane;

/// <summary>The framework's own sends reach the connections of both nodes, and of nobody else; each hears once.</summary>
public sealed class BackplaneHubsTests
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    private TestRedis _redis = null!; // Set before the first test.
    private RealtimeServer _one = null!; // Set before the first test.
    private RealtimeServer _two = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start()
    {
        _redis = await TestRedis.Create();
        (string, string)[] settings = [.. _redis.Settings.Select(setting => (setting.Key, setting.Value ?? "")), ("Limits:ConnectionsPerAddress", "1000")];
        _one = await RealtimeServer.Start(settings);
        _two = await RealtimeServer.Start(settings);
        await Eventually(() => _one.Get<ClusterBus>().State == BackplaneState.Up && _two.Get<ClusterBus>().State == BackplaneState.Up);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _redis.DisposeAsync();
        _one.Errors.Lines.ShouldBeEmpty();
        _two.Errors.Lines.ShouldBeEmpty();
    }

    [Test]
    public async Task A_user_hears_on_every_node_and_nobody_else_does()
    {
        await using var world = await World.Create(_one, _two);
        await world.Sends(clients => clients.User($"{world.Ann}"), "ann1", "ann2");
        await world.Sends(clients => clients.Users([$"{world.Ann}", $"{world.Bob}"]), "ann1", "ann2", "bob1", "bob2");
        await world.Sends(clients => clients.User("1"));
    }

    [Test]
    public async Task Everybody_hears_what_is_for_all_and_those_excepted_do_not()
    {
        await using var world = await World.Create(_one, _two);
        await world.Sends(clients => clients.All, "ann1", "ann2", "bob1", "bob2");
        await world.Sends(clients => clients.AllExcept([world.Id("ann1"), world.Id("bob2")]), "ann2", "bob1");
    }

    [Test]
    public async Task A_group_has_members_on_both_nodes_whichever_node_added_them()
    {
        await using var world = await World.Create(_one, _two);
        var group = $"group*{Ids.New()}";
        // Each is added by the other node, and the answer says that it has happened.
        await Hub(_two).Groups.AddToGroupAsync(world.Id("ann1"), group);
        await Hub(_one).Groups.AddToGroupAsync(world.Id("bob2"), group);
        await world.Sends(clients => clients.Group(group), "ann1", "bob2");
        await Hub(_one).Groups.AddToGroupAsync(world.Id("bob1"), group);
        await world.Sends(clients => clients.Group(group), "ann1", "bob1", "bob2");
        await world.Sends(clients => clients.GroupExcept(group, [world.Id("bob2"), world.Id("bob1")]), "ann1");
        await world.Sends(clients => clients.Groups([group, "another"]), "ann1", "bob1", "bob2");
        await Hub(_two).Groups.RemoveFromGroupAsync(world.Id("ann1"), group);
        await Hub(_one).Groups.RemoveFromGroupAsync(world.Id("bob2"), group);
        await world.Sends(clients => clients.Group(group), "bob1");
    }

    [Test]
    public async Task A_connection_that_was_put_into_a_group_twice_hears_once_and_leaves_with_its_end()
    {
        await using var world = await World.Create(_one, _two);
        var group = $"{Ids.New()}";
        foreach (var server in new[] { _one, _two })
        {
            await Hub(server).Groups.AddToGroupAsync(world.Id("ann2"), group);
        }

        await world.Sends(clients => clients.Group(group), "ann2");
        await world.Drop("ann2");
        await world.Sends(clients => clients.Group(group));
    }

    [Test]
    public async Task A_connection_hears_by_its_id_on_any_node()
    {
        await using var world = await World.Create(_one, _two);
        await world.Sends(clients => clients.Client(world.Id("ann2")), "ann2");
        await world.Sends(clients => clients.Client(world.Id("ann1")), "ann1");
        await world.Sends(clients => clients.Clients([world.Id("ann1"), world.Id("bob2")]), "ann1", "bob2");
    }

    [Test]
    public async Task Nobody_answers_for_a_connection_that_is_nowhere() =>
        await Should.ThrowAsync<OperationCanceledException>(Hub(_one).Groups.AddToGroupAsync("nobody", "group"));

    [Test]
    public async Task A_connection_that_does_not_read_holds_up_neither_the_sender_nor_others()
    {
        await using var world = await World.Create(_one, _two);
        var userId = await _two.NewUser();
        await using var stuck = await RawClient.Connect(_two.HubAddress, RealtimeServer.SignedIn(userId), read: false);
        await Eventually(() => _two.Get<P2P.Server.Realtime.Push.HubLinks>().Of(userId, "trade").Count == 1);
        var large = new string('x', 50_000);
        var sending = TimeSpan.Zero;
        for (var i = 1; i <= 400; i++)
        {
            var since = TimeProvider.System.GetTimestamp();
            await Hub(_one).Clients.Users([$"{userId}", $"{world.Ann}"]).SendAsync("Noted", large);
            sending += TimeProvider.System.GetElapsedTime(since);
            if (i % 50 == 0)
            {
                await world.Client("ann2").Hears("Noted", i, PatienceMax);
            }
        }

        TestContext.Progress.WriteLine($"400 messages of 50 KB beside a connection that does not read: {sending.TotalMilliseconds:0} ms to send");
        sending.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await Eventually(() => _two.Get<P2P.Server.Realtime.Push.HubLinks>().Of(userId, "trade").Count == 0);
    }

    private static IHubContext<TestHub> Hub(RealtimeServer server) => server.Get<IHubContext<TestHub>>();

    private static async Task Eventually(Func<bool> holds)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            (TimeProvider.System.GetElapsedTime(since) < PatienceMax).ShouldBeTrue("It did not come to hold in time.");
            await Task.Delay(20);
        }
    }

    /// <summary>Two users, each connected to both nodes.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly Dictionary<string, (RawClient Client, string Id)> _all = [];
        private readonly RealtimeServer[] _servers;

        private World(params RealtimeServer[] servers) => _servers = servers;

        public long Ann { get; } = Ids.NewUserId();

        public long Bob { get; } = Ids.NewUserId();

        public static async Task<World> Create(RealtimeServer one, RealtimeServer two)
        {
            var world = new World(one, two);
            foreach (var (name, userId) in new[] { ("ann", world.Ann), ("bob", world.Bob) })
            {
                for (var node = 0; node < 2; node++)
                {
                    var client = await world._servers[node].Connect(userId);
                    var id = (await client.Call("Who")).GetProperty("result").GetString() ?? "";
                    world._all[$"{name}{node + 1}"] = (client, id);
                }
            }

            return world;
        }

        public string Id(string name) => _all[name].Id;

        public RawClient Client(string name) => _all[name].Client;

        public async Task Drop(string name)
        {
            _all.Remove(name, out var gone);
            await gone.Client.DisposeAsync();
            await Task.Delay(200);
        }

        /// <summary>Both nodes send once: each of these hears two, the others none, when a message for all has passed as well.</summary>
        public async Task Sends(Func<IHubClients, IClientProxy> to, params string[] hearers)
        {
            var text = $"{Ids.New()}";
            foreach (var server in _servers)
            {
                await to(Hub(server).Clients).SendAsync("Noted", text);
                await Hub(server).Clients.All.SendAsync("Noted", $"end {text}");
            }

            foreach (var (name, (client, _)) in _all)
            {
                await Eventually(() => Count(client, $"end {text}") == 2);
                Count(client, text).ShouldBe(hearers.Contains(name) ? 2 : 0, name);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (client, _) in _all.Values)
            {
                await client.DisposeAsync();
            }
        }

        private static int Count(RawClient client, string text) =>
            client.Arguments("Noted").Count(arguments => arguments[0].GetString() == text);
    }
}
