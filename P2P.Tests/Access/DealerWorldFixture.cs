using System.Buffers.Text;
using P2P.Contracts.Encryption;
using P2P.Tests.Dealers;

namespace P2P.Tests.Access;

/// <summary>Worlds of dealers in which everything belongs to somebody.</summary>
public abstract class DealerWorldFixture : GoodsFixture
{
    private protected async Task<DealerWorld> MakeWorld()
    {
        var (stranger, peer, blocked, connected, owner) = (await Stranger(), await Peer(), await Peer(), await Peer(), await Peer());
        await Connect(owner, blocked);
        await Connect(owner, connected);
        await owner.Client.Connections.BlockAsync(blocked.PeerId, Bounded);
        var asking = await Peer();
        var world = await WithInvitation(new DealerWorld(stranger, peer, blocked, connected, owner, Guid.Empty, "", "", Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty));
        var request = await asking.Client.Invitations.RequestAsync(world.Locator, cancellationToken: Bounded);
        var item = await owner.Client.Items.CreateAsync(DealerRequests.Terms(), 5, cancellationToken: Bounded);
        var hidden = await owner.Client.Items.CreateAsync(DealerRequests.Terms(), 5, isSealed: true, cancellationToken: Bounded);
        var order = await connected.Client.Orders.CreateAsync(item.ItemId, 1, cancellationToken: Bounded);
        return world with { Request = request.InvitationRequestId, Item = item.ItemId, SealedItem = hidden.ItemId, Order = order.OrderId };
    }

    private protected static async Task<DealerWorld> WithInvitation(DealerWorld world)
    {
        var link = await Invite(world.Owner);
        var made = (await world.Owner.Client.Invitations.ListAsync(1, cancellationToken: Bounded)).Items.Single();
        return world with
        {
            Invitation = made.InvitationId,
            Locator = link.Locator,
            Token = Base64Url.EncodeToString(InvitationProof.Token(link.Secret)),
        };
    }
}
