using System.Net;
using System.Net.Http.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Deals.Ledger;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>The catalogue as staff change it: what counts from then on, on every node, and what stays for orders that stand.</summary>
public sealed class CatalogueTests : AdminFixture
{
    protected override int Nodes => 2;

    [Test]
    public async Task A_fee_counts_for_later_orders_only()
    {
        // S29: what was fixed when the order was placed stays.
        var admin = await Admin();
        var (buyer, seller) = (await Buyer(), await Seller());
        var ad = await TestMarket.Ad(seller, total: 5);
        var before = await Place(buyer, ad);

        (await admin.Catalogue.SetFeeAsync("BTC", 0.01m, "The new tariff", Bounded)).FeeRate.ShouldBe(0.01m);
        var after = await Place(buyer, ad);

        (await Read(buyer, before)).State.Fee.ShouldBe(0);
        (await Read(buyer, after)).State.Fee.ShouldBe(0.005m);
        foreach (var order in new[] { before, after })
        {
            await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
            await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        }

        (await Available(buyer)).ShouldBe(1);
        (await Sql<decimal>("select sum(balance) from accounts where kind = 'Fees'")).ShouldBe(0.005m);
        var row = (await admin.House.ListAuditAsync(new ListAuditRequest { Target = "asset:BTC", Limit = 1 }, Bounded)).Items.Single();
        (row.Action, row.Reason).ShouldBe(("catalogue.change", "The new tariff"));
        row.Before.ShouldNotBeNull().ShouldContain("fee 0,");
        row.After.ShouldNotBeNull().ShouldContain("fee 0.01,");
        await admin.Catalogue.SetFeeAsync("BTC", 0, "The test is over", Bounded);
    }

    [Test]
    public async Task A_closed_asset_takes_no_new_ads_orders_and_deposits_and_lets_the_old_ones_end()
    {
        var admin = await Admin();
        var (buyer, seller, order) = await ConfirmedOrder();
        var ad = await TestMarket.Ad(seller);
        const string Deposit = "ref-before";
        (await Credit(Deposit, Id(buyer))).ShouldBe(HttpStatusCode.OK);

        await admin.Catalogue.ChangeAssetAsync(
            new ChangeAssetRequest
            {
                RequestId = Guid.CreateVersion7(),
                Code = "BTC",
                IsTraded = false,
                TakesDeposits = false,
                Reason = "A fork",
            },
            Bounded);

        var refusal = await Refusal(() => Place(buyer, ad));
        (refusal.Code, Detail(refusal, "reason")).ShouldBe((ErrorCodes.AdUnavailable, "assetClosed"));
        (await Refused(() => TestMarket.Ad(seller))).ShouldBe(ErrorCodes.AssetClosed);
        (await buyer.Client.Ads.ListAsync(AdSide.Sell, "BTC", "KES", cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await Refused(() => buyer.Client.Wallet.UseFaucetAsync("BTC", 1, Bounded))).ShouldBe(ErrorCodes.AssetClosed);
        (await Credit("ref-after", Id(buyer))).ShouldBe(HttpStatusCode.Conflict);
        (await Credit(Deposit, Id(buyer))).ShouldBe(HttpStatusCode.OK);
        (await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Released);
        await Eventually(async () => (await buyer.Client.Ads.GetMarketsAsync(Bounded)).Assets.Single(one => one.Code == "BTC").IsTraded == false);

        await admin.Catalogue.ChangeAssetAsync(
            new ChangeAssetRequest
            {
                RequestId = Guid.CreateVersion7(),
                Code = "BTC",
                IsTraded = true,
                TakesDeposits = true,
                Reason = "The fork is over",
            },
            Bounded);
        await Place(buyer, ad);
    }

    [Test]
    public async Task An_order_keeps_within_the_assets_bounds()
    {
        var admin = await Admin();
        var (buyer, seller) = (await Buyer(), await Seller());
        var ad = await TestMarket.Ad(seller, total: 5);
        var bounds = new ChangeAssetRequest { RequestId = Guid.CreateVersion7(), Code = "BTC", OrderMin = 0.2m, OrderMax = 0.4m, Reason = "A law" };
        await admin.Catalogue.ChangeAssetAsync(bounds, Bounded);

        var (small, large) = (await Refusal(() => Place(buyer, ad, 0.1m)), await Refusal(() => Place(buyer, ad)));

        (small.Code, Detail(small, "min"), Detail(small, "asset")).ShouldBe((ErrorCodes.OrderTooSmall, "0.2", "BTC"));
        (large.Code, Detail(large, "max")).ShouldBe((ErrorCodes.OrderTooLarge, "0.4"));
        await Place(buyer, ad, 0.3m);
        (await Refused(() => admin.Catalogue.ChangeAssetAsync(Next(bounds) with { OrderMin = 0.5m }, Bounded))).ShouldBe(ErrorCodes.BadInput);
        var lifted = await admin.Catalogue.ChangeAssetAsync(Next(bounds) with { OrderMin = 0, OrderMax = 0 }, Bounded);
        (lifted.OrderMin, lifted.OrderMax).ShouldBe((null, null));
        await Place(buyer, ad);
    }

    [Test]
    public async Task Limits_count_for_the_next_order_on_every_node()
    {
        var admin = await Admin();
        var (buyer, seller) = (await Buyer(), await Seller());
        var ad = await TestMarket.Ad(seller, total: 5);
        await Place(buyer, ad);
        var stood = (await admin.Catalogue.GetAsync(Bounded)).Limits.Single(row => row.Currency == "KES");
        var change = new ChangeLimitsRequest
        {
            RequestId = Guid.CreateVersion7(),
            Currency = "KES",
            New = new LevelLimits { PerOrder = 400, PerDay = 900 },
            Reason = "A wave of fraud",
        };

        (await admin.Catalogue.ChangeLimitsAsync(change, Bounded)).ShouldBe(stood with { New = change.New });

        var large = await Refusal(() => Place(buyer, ad));
        (large.Code, Detail(large, "limit")).ShouldBe((ErrorCodes.OrderLimitExceeded, "400"));
        await using var elsewhere = Market.Client(buyer.Name, node: 1);
        await elsewhere.ConnectAsync(Bounded);
        (await Refusal(() => Place(buyer with { Client = elsewhere }, ad))).Code.ShouldBe(ErrorCodes.OrderLimitExceeded);
        var row = (await admin.House.ListAuditAsync(new ListAuditRequest { Target = "limits:KES", Limit = 1 }, Bounded)).Items.Single();
        row.Before.ShouldNotBeNull().ShouldStartWith($"new {WireJson.Spell(stood.New.PerOrder.ShouldNotBeNull())} an order");
        row.After.ShouldNotBeNull().ShouldStartWith("new 400 an order, 900 a day;");

        // What is lifted is lifted, and a currency that had no row gets one.
        (await admin.Catalogue.ChangeLimitsAsync(Next(change) with { New = new LevelLimits() }, Bounded)).New.ShouldBe(new LevelLimits());
        await Place(buyer, ad);
        await admin.Catalogue.ChangeLimitsAsync(Next(change) with { New = stood.New }, Bounded);
        await Sql("delete from trade_limits where currency = 'PLN'");
        var first = await admin.Catalogue.ChangeLimitsAsync(Next(change) with { Currency = "PLN" }, Bounded);
        (first.New, first.Merchant).ShouldBe((change.New, new LevelLimits()));
        (await admin.Catalogue.GetAsync(Bounded)).Limits.ShouldContain(first);
    }

    [TestCase("XXX", 1, 2, ErrorCodes.CurrencyUnknown)]
    [TestCase("kes", 1, 2, ErrorCodes.BadInput)]
    [TestCase("KES", 0, 2, ErrorCodes.BadInput)]
    [TestCase("KES", 1, -1, ErrorCodes.BadInput)]
    [TestCase("KES", 3, 2, ErrorCodes.BadInput)]
    [TestCase("JPY", 1.5, 2, ErrorCodes.BadInput)]
    public async Task Wrong_limits_are_refused(string currency, decimal perOrder, decimal perDay, string code)
    {
        var admin = await Admin();
        var before = (await admin.Catalogue.GetAsync(Bounded)).Limits;
        var change = new ChangeLimitsRequest
        {
            RequestId = Guid.CreateVersion7(),
            Currency = currency,
            Verified = new LevelLimits { PerOrder = perOrder, PerDay = perDay },
            Reason = "A test",
        };

        (await Refused(() => admin.Catalogue.ChangeLimitsAsync(change, Bounded))).ShouldBe(code);

        (await admin.Catalogue.GetAsync(Bounded)).Limits.ShouldBe(before);
    }

    [Test]
    public async Task A_payment_method_is_offered_on_every_node_within_seconds_and_no_longer_taken_when_it_is_not()
    {
        var admin = await Admin();
        var (here, there) = (await Buyer(), await Buyer(node: 1));
        var added = await admin.Catalogue.AddPaymentMethodAsync(Method("halo-pesa"), Bounded);
        foreach (var buyer in new[] { here, there })
        {
            await Eventually(async () => (await Offered(buyer)).Contains(added.Method.Id));
        }

        var seller = await Seller();
        await seller.Client.Profiles.SavePaymentAccountAsync(
            added.Method.Id, new Dictionary<string, string> { ["phone"] = "+254712345678" }, cancellationToken: Bounded);
        var terms = TestMarket.Terms() with { PaymentMethodIds = [added.Method.Id, TestMarket.MpesaKenya] };
        var ad = (await seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 2, terms, Bounded)).AdId;
        await here.Client.Orders.CreateAsync(ad, added.Method.Id, cryptoAmount: 0.5m, cancellationToken: Bounded);

        await admin.Catalogue.OfferPaymentMethodAsync(added.Method.Id, false, "It is shut down", Bounded);

        (await Refused(() => here.Client.Orders.CreateAsync(ad, added.Method.Id, cryptoAmount: 0.5m, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.PaymentMethodNotAccepted);
        await Place(here, ad);
        (await Refused(() => seller.Client.Ads.CreateAsync(AdSide.Sell, "BTC", "KES", 2, terms, Bounded)))
            .ShouldBe(ErrorCodes.PaymentMethodUnknown);
        await Eventually(async () => !(await Offered(there)).Contains(added.Method.Id));
        (await admin.Catalogue.GetAsync(Bounded)).PaymentMethods.Single(one => one.Method.Id == added.Method.Id).IsOffered.ShouldBeFalse();
    }

    [Test]
    public async Task What_is_added_is_tradable_and_a_code_is_given_once()
    {
        var admin = await Admin();
        var asset = new AddAssetRequest
        {
            RequestId = Guid.CreateVersion7(),
            Code = "DOGE",
            Name = "Dogecoin",
            Scale = 4,
            FeeRate = 0.002m,
            Reason = "Much wanted",
        };
        var currency = new AddCurrencyRequest { RequestId = Guid.CreateVersion7(), Code = "RWF", Name = "Rwandan franc", Scale = 0, Reason = "We open" };

        var added = await admin.Catalogue.AddAssetAsync(asset, Bounded);
        (await admin.Catalogue.AddAssetAsync(asset, Bounded)).ShouldBe(added);
        await admin.Catalogue.AddCurrencyAsync(currency, Bounded);

        (await Refused(() => admin.Catalogue.AddAssetAsync(asset with { RequestId = Guid.CreateVersion7() }, Bounded))).ShouldBe(ErrorCodes.CodeTaken);
        (await Refused(() => admin.Catalogue.AddCurrencyAsync(currency with { RequestId = Guid.CreateVersion7() }, Bounded)))
            .ShouldBe(ErrorCodes.CodeTaken);
        (await Refused(() => admin.Catalogue.AddPaymentMethodAsync(Method("mpesa-ke"), Bounded))).ShouldBe(ErrorCodes.CodeTaken);
        var seller = await Seller();
        await seller.Client.Wallet.UseFaucetAsync("USDT", 1, Bounded);
        await Eventually(async () =>
        {
            var markets = await seller.Client.Ads.GetMarketsAsync(Bounded);
            return markets.Assets.Any(one => one.Code == "DOGE" && one.FeeRate == 0.002m) && markets.Currencies.Any(one => one.Code == "RWF");
        });
    }

    [Test]
    public async Task What_the_catalogue_cannot_hold_is_refused()
    {
        var admin = await Admin();
        var method = Method("good");
        var field = method.Fields[0];
        var asset = new AddAssetRequest { RequestId = Guid.CreateVersion7(), Code = "GOOD", Name = "Good", Scale = 8, FeeRate = 0, Reason = "r" };
        Func<Task>[] wrong =
        [
            () => Add(method with { Code = "Bad" }),
            () => Add(method with { Name = " " }),
            () => Add(method with { Kind = PaymentMethodKind.Unknown }),
            () => Add(method with { Country = "ke" }),
            () => Add(method with { Currency = "K" }),
            () => Add(method with { Fields = [] }),
            () => Add(method with { Fields = [field, field] }),
            () => Add(method with { Fields = [field with { Key = "a b" }] }),
            () => Add(method with { Reason = "" }),
            () => AddAsset(asset with { Code = "good" }),
            () => AddAsset(asset with { Scale = 9 }),
            () => AddAsset(asset with { FeeRate = 0.1m }),
            () => AddAsset(asset with { FeeRate = -0.1m }),
            () => AddAsset(asset with { OrderMin = 0 }),
            () => AddAsset(asset with { Scale = 2, OrderMin = 0.001m }),
            () => AddAsset(asset with { OrderMin = 2, OrderMax = 1 }),
            () => admin.Catalogue.PublishTermsAsync(" ", "en", "r", Bounded),
            () => admin.Catalogue.PublishTermsAsync("Terms", "english!", "r", Bounded),
        ];
        foreach (var call in wrong)
        {
            (await Refused(call)).ShouldBe(ErrorCodes.BadInput);
        }

        (await Refused(() => Add(method with { Currency = "XXX" }))).ShouldBe(ErrorCodes.CurrencyUnknown);
        (await Refused(() => admin.Catalogue.SetFeeAsync("NONE", 0, "r", Bounded))).ShouldBe(ErrorCodes.AssetUnknown);
        (await Refused(() => admin.Catalogue.OfferPaymentMethodAsync(999_999, true, "r", Bounded))).ShouldBe(ErrorCodes.PaymentMethodUnknown);

        Task Add(AddPaymentMethodRequest request) =>
            admin.Catalogue.AddPaymentMethodAsync(request with { RequestId = Guid.CreateVersion7() }, Bounded);

        Task AddAsset(AddAssetRequest request) => admin.Catalogue.AddAssetAsync(request with { RequestId = Guid.CreateVersion7() }, Bounded);
    }

    [Test]
    public async Task Published_terms_ask_everyone_anew()
    {
        var admin = await Admin();
        var version = (await admin.Catalogue.PublishTermsAsync("Be honest.", "en", "The law changed", Bounded)).Version;
        (await admin.Catalogue.GetAsync(Bounded)).TermsVersion.ShouldBe(version);
        var buyer = NewName("old");
        using var http = Market.Http(buyer);
        await http.PostAsJsonAsync("/api/p2p/profile/create", new { username = buyer, has_consent = true });
        await Sql($"update profiles set consented_version = {version - 1} where username = '{buyer}'");
        (await Refused(() => Market.Client(buyer).ConnectAsync(Bounded))).ShouldBe(ErrorCodes.ConsentRequired);
    }

    private static AddPaymentMethodRequest Method(string code) => new()
    {
        RequestId = Guid.CreateVersion7(),
        Code = code,
        Name = "Halo Pesa",
        Kind = PaymentMethodKind.MobileMoney,
        Country = "KE",
        Currency = "KES",
        Fields = [new PaymentField { Key = "phone", Label = "Phone number", Required = true, Format = PaymentFieldFormat.Phone }],
        Reason = "A partner",
    };

    private static ChangeLimitsRequest Next(ChangeLimitsRequest request) => request with { RequestId = Guid.CreateVersion7() };

    private static ChangeAssetRequest Next(ChangeAssetRequest request) => request with { RequestId = Guid.CreateVersion7() };

    private static async Task<IEnumerable<long>> Offered(Trader trader) =>
        (await trader.Client.Profiles.ListPaymentMethodsAsync("KE", "KES", Bounded)).Select(method => method.Id);

    private async Task<HttpStatusCode> Credit(string reference, long userId)
    {
        using var custody = Market.Http("wallet", roles: CustodyRoutes.Role);
        var body = new { external_ref = reference, user_id = userId, asset = "BTC", amount = "1" };
        return (await custody.PostAsJsonAsync("/api/custody/deposits", body, Bounded)).StatusCode;
    }
}
