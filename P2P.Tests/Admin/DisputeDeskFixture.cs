using P2P.Client.Sdk;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>Cases, and staff who have names.</summary>
public abstract class DisputeDeskFixture : AdminFixture
{
    /// <summary>A member of staff who is connected, and the subject under which others name them.</summary>
    protected async Task<(string Sub, P2PAdminClient Client)> Member(params string[] roles)
    {
        var sub = NewName("member");
        var client = Staff(sub, roles);
        await client.ConnectAsync(Bounded);
        return (sub, client);
    }

    protected Task<(string Sub, P2PAdminClient Client)> Arbitrator() => Member(StaffRoles.Arbitrator);

    /// <summary>An order whose payment the seller denies.</summary>
    protected async Task<(Trader Buyer, Trader Seller, Guid Order, Guid Dispute)> Disputed(decimal bitcoin = 0.5m)
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var order = await Place(buyer, await TestMarket.Ad(seller), bitcoin);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, "QX7", cancellationToken: Bounded);
        var reply = await seller.Client.Disputes.RaiseAsync(order, DisputeReason.NotPaid, "nothing came", Bounded);
        return (buyer, seller, order, reply.DisputeId);
    }

    /// <summary>What a member of staff hears of cases, in order.</summary>
    protected static Heard<CaseChanged> HearsCases(P2PAdminClient client)
    {
        var heard = new Heard<CaseChanged>();
        client.On<CaseChanged>((_, change, _) =>
        {
            heard.Add(change);
            return Task.CompletedTask;
        });
        return heard;
    }
}
