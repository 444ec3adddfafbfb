using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Realtime.Backplane;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>Peers on different nodes: they are connected, see who is there, hear of items and are sent away as on one node. (S18)</summary>
public sealed class TwoNodeDealerTests : ItemWorld
{
    private const int AtOnce = 20;

    private TestRedis _redis = null!; // Set before the first test.

    protected override int Nodes => 2;

    protected override async Task<Dictionary<string, string?>?> Prepare()
    {
        _redis = await TestRedis.Create();
        return _redis.Settings;
    }

    [OneTimeSetUp]
    public Task Nodes_hear_each_other() =>
        Eventually(() => Enumerable.Range(0, Nodes).All(node => Market.Service<ClusterBus>(node).State == BackplaneState.Up));

    [OneTimeTearDown]
    public ValueTask End_Redis() => _redis.DisposeAsync();

    [Test]
    public async Task Who_is_there_is_seen_from_the_other_node()
    {
        var (here, there) = (await Peer(node: 0), await Peer(node: 1));
        await Connect(here, there);
        var heard = new List<PeerStatus>();
        here.Client.Peers.StatusChanged += (_, change) =>
        {
            lock (heard)
            {
                heard.AddRange(change.Peers.Where(peer => peer.PeerId == there.PeerId));
            }
        };
        await Eventually(async () => (await here.Client.Connections.GetAsync(there.PeerId, Bounded)).IsOnline == true);
        // The node itself notes when somebody went who stayed for more than a look.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await there.Client.DisposeAsync();
        var took = await Eventually(async () => (await here.Client.Connections.GetAsync(there.PeerId, Bounded)).IsOnline == false);
        await Eventually(() => Last()?.IsOnline == false);
        await Eventually(async () => (await here.Client.Connections.GetAsync(there.PeerId, Bounded)).LastSeenAt is not null);
        await Connecting(there.Name, node: 1).ConnectAsync(Bounded);
        await Eventually(() => Last()?.IsOnline == true);
        TestContext.Out.WriteLine($"gone on the other node after {took.TotalMilliseconds:0} ms");

        PeerStatus? Last()
        {
            lock (heard)
            {
                return heard.LastOrDefault();
            }
        }
    }

    [Test]
    public async Task Items_are_heard_on_the_other_node_until_the_connection_ends()
    {
        var (owner, customer) = (await Peer(node: 0), await Peer(node: 1));
        await Connect(owner, customer);
        var heard = Hears<ItemChanged>(customer);
        var item = (await owner.Client.Items.CreateAsync(Terms(), 5, cancellationToken: Bounded)).ItemId;
        await Eventually(() => heard.All.Any(change => change.ItemId == item));
        await owner.Client.Connections.RevokeAsync(customer.PeerId, Bounded);
        (await Said(() => customer.Client.Items.GetAsync(item, Bounded))).ShouldBe(ErrorCodes.NotFound);
        var version = (await owner.Client.Items.SetStockAsync(item, 4, cancellationToken: Bounded)).Version;
        // A later event of the customer's own stream would come behind one of the item.
        await customer.Client.Peers.UpdateAsync(hidesStatus: true, cancellationToken: Bounded);
        var own = Hears<PeerChanged>(customer);
        await customer.Client.Peers.UpdateAsync(hidesStatus: false, cancellationToken: Bounded);
        await Eventually(() => own.All.Count > 0);
        heard.All.ShouldNotContain(change => change.Version >= version);
    }

    [Test]
    public async Task Stock_is_counted_once_from_both_nodes()
    {
        var (owner, manager) = (await Peer(node: 0), await Peer(node: 1));
        await Connect(owner, manager, AccessLevel.Manage);
        var item = (await owner.Client.Items.CreateAsync(Terms(gives: AccessLevel.Manage), 0, cancellationToken: Bounded)).ItemId;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async turn =>
        {
            var client = turn % 2 == 0 ? owner.Client : manager.Client;
            while (true)
            {
                var seen = await client.Items.GetAsync(item, Bounded);
                if (await Said(() => client.Items.SetStockAsync(item, seen.Stock + 1, seen.Version, Bounded)) == "yes")
                {
                    return;
                }
            }
        }));
        (await owner.Client.Items.GetAsync(item, Bounded)).Stock.ShouldBe(AtOnce);
        (await Sql<long>($"select count(*) from item_history where item_id = '{item}' and action = 'Stocked'")).ShouldBe(AtOnce);
    }

    [Test]
    public async Task An_invitation_is_accepted_once_by_whichever_node()
    {
        var inviter = await Peer(node: 0);
        var link = await Invite(inviter);
        var many = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Peer(node: i % 2)));
        var said = await Task.WhenAll(many.Select(peer => Said(() => peer.Client.Invitations.AcceptAsync(link, cancellationToken: Bounded))));
        said.Count(one => one == "yes").ShouldBe(1);
        said.Count(one => one == ErrorCodes.InvitationNotFound).ShouldBe(many.Length - 1);
    }
}
