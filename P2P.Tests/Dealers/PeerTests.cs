using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Dealers;

/// <summary>Joining the network, the directory, and who is online.</summary>
public sealed class PeerTests : DealerFixture
{
    [Test]
    public async Task A_peer_has_the_id_of_the_keys_under_which_it_joined()
    {
        var dealer = await Stranger();
        (await Refused(() => dealer.Client.Peers.GetAsync(Bounded))).ShouldBe(ErrorCodes.NotAPeer);
        var heard = Hears<PeerChanged>(dealer);
        var peer = await dealer.Client.Peers.JoinAsync("  Corner\tshop ", cancellationToken: Bounded);
        peer.Name.ShouldBe("Corner shop");
        peer.PeerId.ShouldBe((await dealer.Client.Keys.DevicesAsync(cancellationToken: Bounded)).Single().KeyId);
        peer.PeerId.Length.ShouldBe(43);
        (await dealer.Client.Peers.GetAsync(Bounded)).ShouldBe(peer);
        await Eventually(() => heard.All.Count == 1);
        (await Refused(() => dealer.Client.Peers.JoinAsync("Again", cancellationToken: Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
    }

    [Test]
    public async Task Nobody_joins_under_another_s_keys()
    {
        var (peer, stranger) = (await Peer(), await Stranger());
        (await Refused(() => stranger.Client.Hub.JoinNetwork(
            new JoinNetworkRequest { RequestId = Guid.CreateVersion7(), Name = "x", IsDiscoverable = true, KeyId = peer.PeerId }, Bounded)))
            .ShouldBe(ErrorCodes.NotFound);
        var device = await stranger.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        await stranger.Client.Keys.RevokeAsync(device.KeyId, Bounded);
        (await Refused(() => stranger.Client.Hub.JoinNetwork(
            new JoinNetworkRequest { RequestId = Guid.CreateVersion7(), Name = "x", IsDiscoverable = true, KeyId = device.KeyId },
            Bounded)))
            .ShouldBe(ErrorCodes.DeviceRevoked);
    }

    [TestCase("")]
    [TestCase("\u200B\n")]
    [TestCase("123456789012345678901234567890123456789012345678901")]
    public async Task A_name_has_1_to_50_characters(string name)
    {
        var dealer = await Stranger();
        (await Refused(() => dealer.Client.Peers.JoinAsync(name, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => dealer.Client.Peers.GetAsync(Bounded))).ShouldBe(ErrorCodes.NotAPeer);
    }

    [Test]
    public async Task The_directory_shows_whom_it_may_in_pages()
    {
        var (one, two, hidden) = (await Peer(isDiscoverable: true), await Peer(isDiscoverable: true), await Peer());
        var tag = Guid.NewGuid().ToString("N")[..8];
        foreach (var dealer in new[] { one, two, hidden })
        {
            await dealer.Client.Peers.UpdateAsync(name: $"{tag}%_{dealer.Name}", cancellationToken: Bounded);
        }

        var first = await hidden.Client.Peers.SearchAsync(tag.ToUpperInvariant(), limit: 1, cancellationToken: Bounded);
        var second = await hidden.Client.Peers.SearchAsync(tag, limit: 1, first.NextCursor, Bounded);
        first.Items.Concat(second.Items).Select(peer => peer.PeerId).ShouldBe([two.PeerId, one.PeerId]);
        first.Items[0].ProfileId.ShouldBe(Id(two));
        second.NextCursor.ShouldBeNull();
        (await hidden.Client.Peers.SearchAsync($"{tag}_%", cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await Refused(() => hidden.Client.Peers.SearchAsync(cursor: "no cursor", cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.BadInput);

        await two.Client.Hub.BlockUser(new ContactRequest { RequestId = Guid.CreateVersion7(), ProfileId = Id(hidden) }, Bounded);
        await one.Client.Peers.UpdateAsync(isDiscoverable: false, cancellationToken: Bounded);
        (await hidden.Client.Peers.SearchAsync(tag, cancellationToken: Bounded)).Items.ShouldBeEmpty();
    }

    [Test]
    public async Task Connected_peers_see_each_other_come_and_go_unless_one_hides_it()
    {
        var (watcher, other, stranger) = (await Peer(), await Peer(), await Peer());
        await Connect(watcher, other);
        List<PeerStatus> heard = [];
        watcher.Client.Peers.StatusChanged += (_, change) =>
        {
            lock (heard)
            {
                heard.AddRange(change.Peers);
            }
        };
        await Eventually(async () => (await watcher.Client.Connections.GetAsync(other.PeerId, Bounded)).IsOnline == true);
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await stranger.Client.DisposeAsync();
        await other.Client.DisposeAsync();
        await Eventually(() => { lock (heard) { return heard.Any(peer => peer is { IsOnline: false } && peer.PeerId == other.PeerId); } });
        await Eventually(async () =>
            (await watcher.Client.Connections.GetAsync(other.PeerId, Bounded)) is { IsOnline: false, LastSeenAt: not null });
        lock (heard)
        {
            heard.ShouldAllBe(peer => peer.PeerId == other.PeerId);
        }

        var back = Connecting(other.Name);
        await back.ConnectAsync(Bounded);
        await Eventually(() => { lock (heard) { return heard[^1] is { IsOnline: true }; } });
        await back.Peers.UpdateAsync(hidesStatus: true, cancellationToken: Bounded);
        var seen = await watcher.Client.Connections.GetAsync(other.PeerId, Bounded);
        (seen.IsOnline, seen.LastSeenAt).ShouldBe((null, null));
    }

    [Test]
    public async Task A_new_device_is_told_to_connected_peers_and_nobody_else()
    {
        // S54.
        var (one, other, stranger) = (await Peer(), await Peer(), await Peer());
        var accepted = await Connect(one, other);
        accepted.IsVerified.ShouldBeTrue();
        (await other.Client.Keys.SafetyNumberAsync(Id(one), Bounded)).IsVerified.ShouldBeTrue();
        var (heard, none) = (Hears<KeysChanged>(other), Hears<KeysChanged>(stranger));
        var phone = Connecting(one.Name);
        await phone.ConnectAsync(Bounded);
        await phone.Keys.RegisterAsync("phone", Bounded);
        await Eventually(() => heard.All.Any(change => change.ProfileId == Id(one) && change.Change == KeyStatementKind.Add));
        (await other.Client.Keys.SafetyNumberAsync(Id(one), Bounded)).IsVerified.ShouldBeFalse();
        none.All.Where(change => change.ProfileId == Id(one)).ShouldBeEmpty();
    }
}
