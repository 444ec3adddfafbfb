using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>
/// S13: what two people write to each other carries marks, and nobody else comes upon one: neither in what is pushed to them nor in anything that they
/// can list, find or fetch.
/// </summary>
public sealed class TaintTests : MarketFixture
{
    private const string Mark = "canary-7f3a";

    [Test]
    public async Task Nobody_comes_upon_what_others_wrote_to_each_other()
    {
        var (seller, buyer, stranger) = (await Seller(), await Buyer(), await Buyer());
        await using var outsider = await Raw(stranger.Name);
        await using var party = await Raw(buyer.Name);
        await outsider.Hears("Connected");
        await party.Hears("Connected");
        await outsider.Call(nameof(ITradeHub.SubscribeAdBook), new Market { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" });
        await outsider.Call(nameof(ITradeHub.SubscribePrices));

        await buyer.Client.Profiles.UpdateAsync(phoneNumber: "+254700111222", email: $"{Mark}@example.org", cancellationToken: Bounded);
        await seller.Client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya,
            new Dictionary<string, string> { ["holder"] = $"{Mark} holder", ["phone"] = "+254700333444" },
            label: $"{Mark} label",
            cancellationToken: Bounded);
        var ad = await TestMarket.Ad(seller, total: 5);
        var order = await Place(buyer, ad);
        await buyer.Client.Chat.SendAsync(order, $"{Mark} text", cancellationToken: Bounded);
        await seller.Client.Chat.SendAsync(order, $"{Mark} answer", cancellationToken: Bounded);
        await buyer.Client.Orders.ConfirmPaymentAsync(order, $"{Mark} ref", cancellationToken: Bounded);
        var dispute = await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReleased, $"{Mark} reason", Bounded);
        await seller.Client.Disputes.SubmitEvidenceAsync(dispute.DisputeId, $"{Mark} evidence", Bounded);
        var done = await Place(buyer, ad);
        await buyer.Client.Orders.ConfirmPaymentAsync(done, $"{Mark} ref2", cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(done, cancellationToken: Bounded);
        await seller.Client.Complaints.FileAsync(done, ComplaintReason.Abuse, $"{Mark} complaint", Bounded);
        await NotificationsAreMade();

        // The parties do come upon them: else this would show nothing.
        var own = await Everything(party, buyer, seller, order, ad);
        own.ShouldContain($"{Mark} text");
        own.ShouldContain($"{Mark} answer");

        var others = await Everything(outsider, stranger, seller, order, ad);
        others.Length.ShouldBeGreaterThan(2_000);
        others.ShouldNotContain(Mark);
        foreach (var number in new[] { "254700111222", "254700333444" })
        {
            others.ShouldNotContain(number);
        }
    }

    /// <summary>All that somebody hears, and all that they can ask for, as text.</summary>
    private static async Task<string> Everything(RawClient client, Trader who, Trader about, Guid order, Guid ad)
    {
        var epoch = client.Arguments("Connected")[0][0].GetProperty("epoch").GetGuid();
        (string Method, object?[] Arguments)[] calls =
        [
            (nameof(ITradeHub.EventsSince), [epoch, 0L]),
            (nameof(ITradeHub.GetProfile), [new GetProfileRequest { ProfileId = Id(about) }]),
            (nameof(ITradeHub.GetProfileStats), [new GetProfileRequest { ProfileId = Id(about) }]),
            (nameof(ITradeHub.SearchProfiles), [new SearchProfilesRequest { Search = about.Name }]),
            (nameof(ITradeHub.ListAds), [new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" }]),
            (nameof(ITradeHub.GetAd), [new GetAdRequest { AdId = ad }]),
            (nameof(ITradeHub.ListOrders), [new ListOrdersRequest()]),
            (nameof(ITradeHub.GetOrder), [order]),
            (nameof(ITradeHub.GetOrderActions), [order]),
            (nameof(ITradeHub.ListRooms), [new ListRoomsRequest()]),
            (nameof(ITradeHub.GetMessages), [new GetMessagesRequest { OrderId = order }]),
            (nameof(ITradeHub.ListDisputes), [new ListDisputesRequest()]),
            (nameof(ITradeHub.ListComplaints), [new ListComplaintsRequest()]),
            (nameof(ITradeHub.ListReviews), [new ListReviewsRequest { ProfileId = Id(about) }]),
            (nameof(ITradeHub.ListNotifications), [new ListNotificationsRequest()]),
            (nameof(ITradeHub.ListLedgerEntries), [new ListLedgerEntriesRequest { Asset = "BTC" }]),
            (nameof(ITradeHub.ListPaymentAccounts), []),
            (nameof(ITradeHub.GetDeviceKeys), [new GetDeviceKeysRequest { ProfileId = Id(about) }]),
        ];
        var texts = new List<string>();
        foreach (var (method, arguments) in calls)
        {
            texts.Add((await client.Call(method, arguments)).GetRawText());
        }

        texts.AddRange(client.Heard.Select(frame => frame.GetRawText()));
        texts.Add($"{who.Name} asked {calls.Length} times");
        return string.Join('\n', texts);
    }
}
