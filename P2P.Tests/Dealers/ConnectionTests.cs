using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Tests.Dealers;

/// <summary>Connections, through the SDK.</summary>
public sealed class ConnectionTests : DealerFixture
{
    [Test]
    public async Task Each_side_grants_for_itself_and_both_hear_it()
    {
        var (one, other) = (await Peer(), await Peer());
        await Connect(one, other, AccessLevel.View, AccessLevel.Manage);
        var heard = Hears<ConnectionChanged>(other);
        (await one.Client.Connections.SetAccessAsync(other.PeerId, AccessLevel.Order, Bounded)).Grants.ShouldBe(AccessLevel.Order);
        var seen = await other.Client.Connections.GetAsync(one.PeerId, Bounded);
        (seen.Grants, seen.Granted).ShouldBe((AccessLevel.Manage, AccessLevel.Order));
        await Eventually(() => heard.All.Any(change => change.Granted == AccessLevel.Order));
        (await Refused(() => one.Client.Connections.SetAccessAsync(other.PeerId, (AccessLevel)9, Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task A_blocked_peer_sees_a_stranger_until_the_block_ends()
    {
        var (one, other, stranger) = (await Peer(isDiscoverable: true), await Peer(), await Peer());
        var heard = Hears<ConnectionChanged>(other);
        await Connect(one, other);
        (await one.Client.Connections.BlockAsync(other.PeerId, Bounded)).State.ShouldBe(ConnectionState.Blocked);
        (await one.Client.Connections.BlockAsync(other.PeerId, Bounded)).State.ShouldBe(ConnectionState.Blocked);
        var mine = (await one.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.Single();
        (mine.State, mine.Grants, mine.Granted, mine.IsOnline).ShouldBe((ConnectionState.Blocked, null, null, null));
        (await other.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
        foreach (var call in new Func<Dealer, Task>[]
        {
            caller => caller.Client.Connections.GetAsync(one.PeerId, Bounded),
            caller => caller.Client.Connections.SetAccessAsync(one.PeerId, AccessLevel.View, Bounded),
            caller => caller.Client.Connections.BlockAsync(one.PeerId, Bounded),
            caller => caller.Client.Connections.UnblockAsync(one.PeerId, Bounded),
            caller => caller.Client.Connections.RevokeAsync(one.PeerId, Bounded),
        })
        {
            var (blocked, never) = (await Refusal(() => call(other)), await Refusal(() => call(stranger)));
            (blocked.Code, blocked.Message).ShouldBe((never.Code, never.Message));
            blocked.Code.ShouldBe(ErrorCodes.NotFound);
        }

        (await Refused(() => one.Client.Connections.SetAccessAsync(other.PeerId, AccessLevel.View, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await one.Client.Connections.UnblockAsync(other.PeerId, Bounded)).State.ShouldBe(ConnectionState.Connected);
        (await other.Client.Connections.GetAsync(one.PeerId, Bounded)).State.ShouldBe(ConnectionState.Connected);
        await Eventually(() => heard.All.Count >= 3);
        heard.All.Select(change => change.State).ShouldBe(
            [ConnectionState.Connected, ConnectionState.Ended, ConnectionState.Connected]);
    }

    [Test]
    public async Task A_revoked_connection_is_gone_for_both_and_can_be_made_again()
    {
        var (one, other) = (await Peer(), await Peer());
        await Connect(one, other);
        var (mine, theirs) = (Hears<ConnectionChanged>(one), Hears<ConnectionChanged>(other));
        (await other.Client.Connections.RevokeAsync(one.PeerId, Bounded)).State.ShouldBe(ConnectionState.Ended);
        (await one.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await Refused(() => one.Client.Connections.GetAsync(other.PeerId, Bounded))).ShouldBe(ErrorCodes.NotFound);
        await Eventually(() => mine.All.Any(change => change.State == ConnectionState.Ended)
            && theirs.All.Any(change => change.State == ConnectionState.Ended));

        (await Connect(other, one, AccessLevel.Manage)).Connection.Granted.ShouldBe(AccessLevel.Manage);
        (await other.Client.Connections.GetAsync(one.PeerId, Bounded)).IsInvitedByMe.ShouldBeTrue();
    }

    [Test]
    public async Task A_block_outlives_the_connection()
    {
        var (one, other) = (await Peer(), await Peer());
        await Connect(one, other);
        await one.Client.Connections.BlockAsync(other.PeerId, Bounded);
        (await one.Client.Connections.RevokeAsync(other.PeerId, Bounded)).State.ShouldBe(ConnectionState.Blocked);
        (await Refused(async () => await Connect(one, other))).ShouldBe(ErrorCodes.InvitationNotFound);
        (await one.Client.Connections.UnblockAsync(other.PeerId, Bounded)).State.ShouldBe(ConnectionState.Ended);
        (await Connect(one, other)).Connection.State.ShouldBe(ConnectionState.Connected);
    }

    [Test]
    public async Task Connections_come_in_pages()
    {
        var (one, others) = (await Peer(), new List<Dealer>());
        for (var i = 0; i < 5; i++)
        {
            others.Add(await Peer());
            await Connect(one, others[^1]);
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await one.Client.Connections.ListAsync(2, cursor, Bounded);
            seen.AddRange(page.Items.Select(connection => connection.PeerId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.ShouldBe(others.AsEnumerable().Reverse().Select(dealer => dealer.PeerId));
    }

    [Test]
    public async Task A_branch_is_cut_with_all_that_grew_from_it()
    {
        var (root, child, grandchild, bystander) = (await Peer(), await Peer(), await Peer(), await Peer());
        await Connect(root, child);
        await Connect(child, grandchild);
        await Connect(grandchild, root);
        await Connect(root, bystander);
        var heard = Hears<ConnectionChanged>(grandchild);
        (await Refused(() => root.Client.Invitations.CutBranchAsync(grandchild.PeerId, Bounded))).ShouldBe(ErrorCodes.NotFound);

        var cut = await root.Client.Invitations.CutBranchAsync(child.PeerId, Bounded);
        cut.PeerIds.ShouldBe([child.PeerId, grandchild.PeerId], ignoreOrder: true);
        (await root.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.Single().PeerId.ShouldBe(bystander.PeerId);
        (await child.Client.Connections.ListAsync(cancellationToken: Bounded)).Items.Single().PeerId.ShouldBe(grandchild.PeerId);
        await Eventually(() => heard.All.Any(change => change.State == ConnectionState.Ended && change.PeerId == root.PeerId));
    }
}
