using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Notifications;

/// <summary>What users are told of what others did: once, in the app.</summary>
public sealed class NotificationTests : MarketFixture
{
    [Test]
    public async Task A_party_is_notified_once_of_what_the_other_did_and_not_of_its_own_doing()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var (sellerHears, buyerHears) = (Hears<NotificationAdded>(seller.Client), Hears<NotificationAdded>(buyer.Client));
        var order = await Place(buyer, await TestMarket.Ad(seller));
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        await NotificationsAreMade();
        await Eventually(() => sellerHears.All.Count == 2 && buyerHears.All.Count == 1);

        sellerHears.All.Select(added => added.Notification.Kind).ShouldBe([NotificationKind.OrderPlaced, NotificationKind.PaymentConfirmed]);
        buyerHears.All[0].Notification.Kind.ShouldBe(NotificationKind.OrderReleased);
        var page = await seller.Client.Notifications.ListAsync(cancellationToken: Bounded);
        page.Items.Select(item => item.Kind).ShouldBe([NotificationKind.PaymentConfirmed, NotificationKind.OrderPlaced]); // Newest first.
        page.Items[0].Args["orderId"].ShouldBe(order.ToString());
        (await Sql<long>($"select count(*) from notifications where user_id = {Id(seller)}")).ShouldBe(2);
    }

    [Test]
    public async Task Reading_is_counted_and_harmless_to_repeat()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        for (var i = 0; i < 3; i++)
        {
            await Place(buyer, ad, 0.1m);
        }

        await NotificationsAreMade();
        (await seller.Client.Notifications.CountUnreadAsync(Bounded)).ShouldBe(3);
        var items = (await seller.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items;
        for (var i = 0; i < 2; i++)
        {
            await seller.Client.Notifications.MarkReadAsync([items[0].Id], Bounded);
            (await seller.Client.Notifications.CountUnreadAsync(Bounded)).ShouldBe(2);
        }

        // Another's notification is not there to be read.
        await buyer.Client.Notifications.MarkReadAsync([items[1].Id], Bounded);
        (await seller.Client.Notifications.CountUnreadAsync(Bounded)).ShouldBe(2);
        await seller.Client.Notifications.MarkAllReadAsync(Bounded);
        (await seller.Client.Notifications.CountUnreadAsync(Bounded)).ShouldBe(0);
    }

    [Test]
    public async Task Both_parties_hear_of_a_dispute()
    {
        var (buyer, seller, order) = await ConfirmedOrder();
        await buyer.Client.Disputes.RaiseAsync(order, DisputeReason.NotReleased, "paid", Bounded);
        await NotificationsAreMade();
        foreach (var party in new[] { buyer, seller })
        {
            (await party.Client.Notifications.ListAsync(cancellationToken: Bounded)).Items[0].Kind.ShouldBe(NotificationKind.DisputeOpened);
        }
    }
}
