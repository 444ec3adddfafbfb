using System.Security.Cryptography;
using P2P.Client.Sdk;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Tests.Admin;
using P2P.Tests.Files;
using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>Worlds in which everything belongs to somebody, and people who come and ask for it.</summary>
public abstract class AccessFixture : AdminFixture
{
    /// <summary>Nobody has this profile.</summary>
    private protected const long NobodysProfile = 9_007_199_254_740_000;

    protected override Dictionary<string, string?>? Settings => new(HookSettings.All)
    {
        ["SecondFactor:Keys:first"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        // Nobody listens there: what is offered is refused for no other reason.
        ["Notifications:Smtp:Host"] = HookSettings.Address,
        ["Notifications:Smtp:From"] = "market@example.org",
    };

    /// <summary>Everything that a trade leaves behind, by traders whom nobody met before.</summary>
    private protected async Task<TradeWorld> MakeWorld()
    {
        var (seller, buyer, former) = (await Seller(), await Buyer(), await Buyer());
        var ad = await TestMarket.Ad(seller, total: 5);
        var released = await Place(former, ad);
        await former.Client.Orders.ConfirmPaymentAsync(released, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(released, cancellationToken: Bounded);
        var unpaid = await Place(buyer, ad);
        var confirmed = await Confirmed(buyer, ad);
        var disputed = await Confirmed(buyer, ad);
        return new TradeWorld
        {
            Seller = seller,
            Buyer = buyer,
            Former = former,
            Ad = ad,
            Released = released,
            Unpaid = unpaid,
            Confirmed = confirmed,
            Disputed = disputed,
            Dispute = (await buyer.Client.Disputes.RaiseAsync(disputed, DisputeReason.NotReleased, "paid", Bounded)).DisputeId,
            Complaint = (await seller.Client.Complaints.FileAsync(released, ComplaintReason.NotPaid, "nothing came", Bounded)).ComplaintId,
            Review = (await seller.Client.Reviews.CreateAsync(released, 4, cancellationToken: Bounded)).ReviewId,
            Webhook = (await seller.Client.Webhooks.CreateAsync(new Uri(HookSettings.NowhereUrl), cancellationToken: Bounded)).Webhook.Id,
            Browser = (await seller.Client.WebPush.RegisterAsync(
                new Uri($"{HookSettings.NowhereUrl}/{Guid.NewGuid()}"), HookSettings.P256dh, HookSettings.Auth, Bounded)).Id,
        };
    }

    /// <summary>People who come with a world: one who has nothing to do with it, and staff who trade as well.</summary>
    private protected async Task<Cast> MakeCast(TradeWorld world, P2PAdminClient admin)
    {
        var cast = new Cast(
            await Buyer(), await Member(StaffRoles.Arbitrator), await Member(StaffRoles.Arbitrator), await Member(StaffRoles.Admin));
        await Assign(world, cast, admin);
        return cast;
    }

    /// <summary>Gives the world's dispute to the arbitrator who is to have it.</summary>
    private protected static async Task Assign(TradeWorld world, Cast cast, P2PAdminClient admin) =>
        await admin.Disputes.AssignAsync(world.Dispute, cast.Assigned.Name, "yours", Bounded);

    /// <summary>A receipt that a party added to an order.</summary>
    private protected static async Task<Guid> Attach(Trader owner, Guid order)
    {
        using var picture = new MemoryStream(Pictures.Png());
        return (await owner.Client.Files.UploadAsync(order, picture, "receipt.png", cancellationToken: Bounded)).Id;
    }

    /// <summary>As if the trader had not consented to the terms.</summary>
    private protected Task Forget(Trader trader) =>
        Sql($"update profiles set consented_version = null, consented_at = null where user_id = {Id(trader)}");

    /// <summary>Signs out everywhere, so that the token is refused from now on.</summary>
    private protected async Task SignOut(string token)
    {
        using var http = new HttpClient { BaseAddress = Market.AddressOf() };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await http.PostAsync("/api/p2p/sign-out", null, Bounded)).IsSuccessStatusCode.ShouldBeTrue();
    }

    /// <summary>A member of staff with a profile, whom the house has seen.</summary>
    private async Task<Trader> Member(string role)
    {
        var member = await Buyer();
        await Staff(member.Name, role).ConnectAsync(Bounded);
        return member;
    }

    private static async Task<Guid> Confirmed(Trader buyer, Guid ad)
    {
        var order = await Place(buyer, ad);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        return order;
    }

    /// <summary>Who has no part in a world.</summary>
    private protected sealed record Cast(Trader Stranger, Trader Unassigned, Trader Assigned, Trader Admin);
}
