using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>What parties are told of each other, and from whose account was paid, through the SDK.</summary>
public sealed class PartnerTests : MarketFixture
{
    [Test]
    public async Task A_strangers_facts_are_told_before_and_during_an_order_and_fewer_the_next_time()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        var before = Kinds((await Check(buyer, ad)).PartnerWarnings);
        before.ShouldBe([PartnerWarningKind.FirstTradeTogether, PartnerWarningKind.NewAccount, PartnerWarningKind.FewTrades]);
        var order = await Place(buyer, ad, 0.1m);
        Kinds((await Read(buyer, order)).PartnerWarnings).ShouldBe(before);
        Kinds((await Read(seller, order)).PartnerWarnings).ShouldBe(before);
        (await buyer.Client.Orders.ListAsync(cancellationToken: Bounded)).Items.Single().PartnerWarnings.ShouldBeNull();

        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        (await Read(buyer, order)).PartnerWarnings.ShouldBeNull();
        Kinds((await Check(buyer, ad)).PartnerWarnings).ShouldNotContain(PartnerWarningKind.FirstTradeTogether);

        await Sql($"update profiles set joined_at = now() - interval '31 days' where user_id = {Id(seller)}");
        await Sql($"update standings set completed = 5 where user_id = {Id(seller)}");
        (await Check(buyer, ad)).PartnerWarnings.ShouldNotBeNull().ShouldBeEmpty();
        (await buyer.Client.Orders.CheckCreateAsync(
            new CheckCreateOrderRequest { AdId = Guid.CreateVersion7(), PaymentMethodId = 17, FiatAmount = 1 }, Bounded))
            .PartnerWarnings.ShouldBeNull();
    }

    [Test]
    public async Task A_new_name_and_recent_disputes_are_told()
    {
        var (seller, buyer, other) = (await Seller(), await Buyer(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        var disputed = await Place(other, ad, 0.1m);
        await other.Client.Orders.ConfirmPaymentAsync(disputed, cancellationToken: Bounded);
        await other.Client.Disputes.RaiseAsync(disputed, DisputeReason.NotReleased, "paid", Bounded);
        await seller.Client.Profiles.UpdateAsync(phoneNumber: "+254712345678", cancellationToken: Bounded);
        Kinds((await Check(buyer, ad)).PartnerWarnings).ShouldNotContain(PartnerWarningKind.NameChanged);
        await seller.Client.Profiles.UpdateAsync(username: NewName("renamed"), cancellationToken: Bounded);

        var warnings = (await Check(buyer, ad)).PartnerWarnings.ShouldNotBeNull();
        warnings.Single(one => one.Kind == PartnerWarningKind.RecentlyDisputed).Count.ShouldBe(1);
        warnings.Single(one => one.Kind == PartnerWarningKind.NameChanged).At.ShouldNotBeNull();
    }

    [Test]
    public async Task Who_paid_is_shown_beside_the_buyers_own_name_and_another_name_is_flagged()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        (await Read(seller, order)).Payer.ShouldBeNull();
        await buyer.Client.Orders.ConfirmPaymentFromAsync(order, payerName: "  Somebody   Else ", cancellationToken: Bounded);
        var payer = (await Read(seller, order)).Payer.ShouldNotBeNull();
        payer.ShouldBe(new PayerView { Name = "Somebody   Else", KnownName = buyer.Name, Match = PayerMatch.Differs });
        var dispute = await seller.Client.Disputes.RaiseAsync(order, DisputeReason.PayerNameMismatch, "another's account", Bounded);
        dispute.Status.ShouldBe(DisputeStatus.Negotiating);
        (await Read(seller, order)).Payer.ShouldBe(payer);
    }

    [Test]
    public async Task A_payer_is_told_by_account_and_forgotten_with_the_confirmation()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var account = (await buyer.Client.Profiles.ListPaymentAccountsAsync(Bounded)).Single().Id;
        var foreign = (await seller.Client.Profiles.ListPaymentAccountsAsync(Bounded)).Single().Id;
        var orders = buyer.Client.Orders;
        (await Refused(() => orders.ConfirmPaymentFromAsync(order, payerAccountId: foreign, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => orders.ConfirmPaymentFromAsync(order, payerName: "A B", payerAccountId: account, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => orders.ConfirmPaymentFromAsync(order, payerName: new string('x', 201), cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.BadInput);

        await orders.ConfirmPaymentFromAsync(order, payerAccountId: account, cancellationToken: Bounded);
        (await Read(seller, order)).Payer.ShouldBe(new PayerView { Name = buyer.Name, KnownName = buyer.Name, Match = PayerMatch.Matches });
        await orders.UndoConfirmationAsync(order, cancellationToken: Bounded);
        (await Read(seller, order)).Payer.ShouldBeNull();
        await orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        (await Read(seller, order)).Payer.ShouldNotBeNull().Match.ShouldBe(PayerMatch.NotTold);

        // An account that was saved after the order proves nothing.
        await Sql($"update payment_accounts set created_at = now() where user_id = {Id(buyer)}");
        (await Read(seller, order)).Payer.ShouldBe(new PayerView { Match = PayerMatch.NotTold });
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        (await Read(seller, order)).Payer.ShouldBeNull();
    }

    private static IReadOnlyList<PartnerWarningKind> Kinds(IReadOnlyList<PartnerWarning>? warnings) =>
        [.. warnings.ShouldNotBeNull().Select(warning => warning.Kind)];

    private static Task<OrderCheck> Check(Trader taker, Guid ad) => taker.Client.Orders.CheckCreateAsync(
        new CheckCreateOrderRequest { AdId = ad, PaymentMethodId = TestMarket.MpesaKenya, FiatAmount = 100 }, Bounded);
}
