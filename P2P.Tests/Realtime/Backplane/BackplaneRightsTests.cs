using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Core.Observing;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Events;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime.Backplane;

/// <summary>S60: what servers may do in Redis, and what whoever got into Redis cannot do to their clients.</summary>
public sealed class BackplaneRightsTests : BackplaneFixture
{
    [TestCase("EVAL \"return 1\" 0")]
    [TestCase("KEYS *")]
    [TestCase("CONFIG GET *")]
    [TestCase("GET p2p:x")]
    [TestCase("SET p2p:x 1")]
    [TestCase("FLUSHALL")]
    [TestCase("CLIENT LIST")]
    [TestCase("ACL LIST")]
    [TestCase("PSUBSCRIBE p2p:*")]
    [TestCase("SUBSCRIBE other:x")]
    [TestCase("PUBLISH other:x 1")]
    public async Task Servers_may_publish_and_subscribe_their_own_channels_and_nothing_else(string command) =>
        (await Redis.AsServer(command)).ShouldStartWith("-NOPERM");

    [Test]
    public async Task Operators_see_that_nodes_hear_each_other()
    {
        var part = Market.Service<IEnumerable<HealthPart>>().Single(one => one.Name == "backplane");
        part.Look().ShouldBe("up");
        part.IsBad("down").ShouldBeFalse("nothing is lost without it");
        await Eventually(() => part.Look() == "up");
    }

    [Test]
    public async Task Whoever_does_not_know_the_password_may_nothing() => (await Redis.AsStranger("PUBLISH p2p:x 1")).ShouldStartWith("-NOAUTH");

    [Test]
    public async Task Forged_unsigned_and_replayed_messages_reach_no_client_and_are_counted()
    {
        var (seller, buyer) = (await Seller(node: 0), await Buyer(node: 1));
        var heard = Hears<OrderChanged>(buyer.Client);
        using var enough = new CancellationTokenSource();
        var overheard = Redis.Overhear("p2p:events:trade:*", enough.Token);
        await Eventually(async () => await Redis.AsTester("PUBSUB NUMPAT") == ":1");
        var order = await Place(buyer, await TestMarket.Ad(seller));
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        await Eventually(() => heard.All.Count == 3);
        await Task.Delay(200);
        await enough.CancelAsync();
        var mine = ChannelOf(buyer);
        var genuine = (await overheard).Where(message => message.Channel == mine).Select(message => message.Message).ToList();
        genuine.ShouldNotBeEmpty();

        await using var raw = await Raw(buyer.Name, node: 1);
        await raw.Hears("Connected");

        // An event that never was, with a number that the client would take.
        var seq = await Sql<long>($"select last_seq from streams where user_id = {Id(buyer)} and audience = 'trade'") + 1;
        var lie = RelayFormat.Write(
            [new AppendedEvent(Id(buyer), "trade", seq, Ids.New(), nameof(IOrderClient.OrderChanged), "{}", DateTimeOffset.UtcNow)]);
        var now = DateTimeOffset.UtcNow;
        var foreignKey = new ClusterSeal([.. Enumerable.Repeat((byte)7, 32)]);
        var ownKey = new ClusterSeal(Convert.FromBase64String(Redis.Key));
        await Drops(Drop.Forged, lie);
        await Drops(Drop.Forged, foreignKey.Seal(mine, 1, 1, now, lie));
        await Drops(Drop.Forged, ownKey.Seal(ChannelOf(seller), 1, 1, now, lie));
        await Drops(Drop.Forged, [.. genuine[0][..^1], (byte)(genuine[0][^1] ^ 1)]);
        await Drops(Drop.Replayed, genuine[0]);
        await Drops(Drop.Stale, ownKey.Seal(mine, 1, 1, now.AddMinutes(-2), lie));

        // What comes with such messages is healed every second.
        await Eventually(() => Bus(1).State == BackplaneState.Degraded);

        // Whoever has the key is the cluster: this shows that the lie would be heard, and that the above was not refused for its content.
        raw.Arguments(nameof(IOrderClient.OrderChanged)).ShouldBeEmpty();
        heard.All.Count.ShouldBe(3);
        await Redis.Publish(mine, ownKey.Seal(mine, 1, 1, now, RelayFormat.Write(
            [new AppendedEvent(Id(buyer), "trade", seq, Ids.New(), "AnEventOfTheFuture", "{}", DateTimeOffset.UtcNow)])));
        await raw.Hears("AnEventOfTheFuture");

        async Task Drops(Drop why, byte[] message)
        {
            var before = Bus(1).Counts.Dropped(why);
            (await Redis.Publish(mine, message)).ShouldBe(":1", "only the buyer's node hears the channel");
            await Eventually(() => Bus(1).Counts.Dropped(why) == before + 1);
        }
    }

    private static string ChannelOf(Trader trader) => $"p2p:{EventRelay.ChannelOf(Id(trader), "trade")}";
}
