using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Trades between two people, through the SDK.</summary>
public sealed class TradeTests
{
    private TestMarket _market = null!; // Set before each test.

    [SetUp]
    public async Task Start() => _market = await TestMarket.Create();

    [TearDown]
    public ValueTask Stop() => _market.DisposeAsync();

    [Test]
    public async Task Two_people_trade_and_both_hear_every_step_once()
    {
        var seller = await _market.Trader("sam", bitcoin: 2);
        var buyer = await _market.Trader("bea");
        var sellerHears = Collect(seller.Client);
        var buyerHears = Collect(buyer.Client);
        var ad = await TestMarket.Ad(seller);

        var placed = await buyer.Client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, cryptoAmount: 0.5m, cancellationToken: TestMarket.Bounded());
        placed.Status.ShouldBe(OrderStatus.AwaitingPayment);
        var seen = await buyer.Client.Orders.GetAsync(placed.OrderId, TestMarket.Bounded());
        seen.State.FiatAmount.ShouldBe(500m);
        seen.PaymentAccount.ShouldNotBeNull().Fields["phone"].ShouldBe("+254712345678");

        await buyer.Client.Orders.ConfirmPaymentAsync(placed.OrderId, "ref 1", cancellationToken: TestMarket.Bounded());
        (await seller.Client.Orders.ReleaseAsync(placed.OrderId, cancellationToken: TestMarket.Bounded())).Status.ShouldBe(OrderStatus.Released);

        OrderStatus[] steps = [OrderStatus.AwaitingPayment, OrderStatus.PaymentConfirmed, OrderStatus.Released];
        await Eventually(() => sellerHears.Count == 3 && buyerHears.Count == 3);
        sellerHears.Select(change => change.Order.Status).ShouldBe(steps);
        buyerHears.Select(change => change.Order.Status).ShouldBe(steps);
        (await buyer.Client.Orders.GetAsync(placed.OrderId, TestMarket.Bounded())).PaymentAccount.ShouldBeNull();
    }

    [Test]
    public async Task A_stranger_gets_the_same_answer_for_an_order_that_exists_and_one_that_does_not()
    {
        var seller = await _market.Trader("sam", bitcoin: 2);
        var buyer = await _market.Trader("bea");
        var stranger = await _market.Trader("eve");
        var placed = await buyer.Client.Orders.CreateAsync(
            await TestMarket.Ad(seller), TestMarket.MpesaKenya, cryptoAmount: 0.5m, cancellationToken: TestMarket.Bounded());

        foreach (var id in new[] { placed.OrderId, Guid.CreateVersion7() })
        {
            (await Refusal(() => stranger.Client.Orders.GetAsync(id, TestMarket.Bounded()))).Code.ShouldBe(ErrorCodes.NotFound);
            (await Refusal(() => stranger.Client.Orders.GetActionsAsync(id, TestMarket.Bounded()))).Code.ShouldBe(ErrorCodes.NotFound);
            (await Refusal(() => stranger.Client.Orders.ReleaseAsync(id, cancellationToken: TestMarket.Bounded()))).Code.ShouldBe(ErrorCodes.NotFound);
            (await Refusal(() => stranger.Client.Orders.CancelAsync(id, cancellationToken: TestMarket.Bounded()))).Code.ShouldBe(ErrorCodes.NotFound);
        }
    }

    [Test]
    public async Task An_unpaid_order_expires_once_and_everything_goes_back()
    {
        var seller = await _market.Trader("sam", bitcoin: 2);
        var buyer = await _market.Trader("bea");
        var sellerHears = Collect(seller.Client);
        var ad = await TestMarket.Ad(seller);
        var placed = await buyer.Client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, cryptoAmount: 1, cancellationToken: TestMarket.Bounded());

        await TestPostgres.Execute(_market.Database.Superuser, $"update orders set deadline = now() where id = '{placed.OrderId}'");

        await Eventually(() => sellerHears.Any(change => change.Order.Status == OrderStatus.Expired));
        (await Refusal(() => buyer.Client.Orders.ConfirmPaymentAsync(placed.OrderId, cancellationToken: TestMarket.Bounded())))
            .Code.ShouldBe(ErrorCodes.WrongStatus);
        (await seller.Client.Ads.GetAsync(ad, cancellationToken: TestMarket.Bounded())).Remaining.ShouldBe(1);
        (await TestPostgres.Scalar<long>(_market.Database.Superuser, "select count(*) from order_history where to_status = 'Expired'")).ShouldBe(1);
    }

    [Test]
    public async Task What_a_check_says_is_what_the_command_does()
    {
        var seller = await _market.Trader("sam", bitcoin: 2);
        var buyer = await _market.Trader("bea");
        var ad = await TestMarket.Ad(seller);
        var check = await buyer.Client.Orders.CheckCreateAsync(
            new CheckCreateOrderRequest { AdId = ad, PaymentMethodId = TestMarket.MpesaKenya, FiatAmount = 5_000 }, TestMarket.Bounded());
        check.Allowed.ShouldBeFalse();
        check.Reasons.Select(reason => reason.Code).ShouldBe([ErrorCodes.NotEnoughRemaining, ErrorCodes.InsufficientBalance]);

        var placed = await buyer.Client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, fiatAmount: 500, cancellationToken: TestMarket.Bounded());
        var actions = await seller.Client.Orders.GetActionsAsync(placed.OrderId, TestMarket.Bounded());
        actions.Where(action => action.Allowed).Select(action => action.Action).ShouldBe([OrderAction.ExtendPaymentWindow]);
    }

    private static List<OrderChanged> Collect(P2PClient client)
    {
        var heard = new List<OrderChanged>();
        client.On<OrderChanged>((_, change, _) =>
        {
            heard.Add(change);
            return Task.CompletedTask;
        });
        return heard;
    }

    private static async Task<P2PException> Refusal(Func<Task> call) => await Should.ThrowAsync<P2PException>(call);

    private static async Task Eventually(Func<bool> holds)
    {
        for (var i = 0; i < 200 && !holds(); i++)
        {
            await Task.Delay(50);
        }

        holds().ShouldBeTrue();
    }
}
