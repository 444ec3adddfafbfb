using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>The emergency switches: what they stop, what they leave alone, and who hears of it.</summary>
public sealed class HouseTests : AdminFixture
{
    [TearDown]
    public async Task Let_everything_run()
    {
        var admin = await Admin();
        await admin.House.ResumeTradingAsync("The test is over", Bounded);
        await admin.House.ResumeReleasesAsync("The test is over", Bounded);
    }

    [Test]
    public async Task Paused_trading_stops_new_orders_and_nothing_else()
    {
        var admin = await Admin();
        var (buyer, seller, order) = await ConfirmedOrder();
        var ad = await TestMarket.Ad(seller);
        await admin.House.PauseTradingAsync("Maintenance of the bank", Bounded);

        var refusal = await Refusal(() => Place(buyer, ad));
        refusal.Code.ShouldBe(ErrorCodes.TradingPaused);
        Detail(refusal, "reason").ShouldBe("Maintenance of the bank");
        (await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded)).Status.ShouldBe(OrderStatus.Released);
        await Eventually(async () => (await buyer.Client.Ads.GetMarketsAsync(Bounded)).TradingPaused);

        await admin.House.ResumeTradingAsync("The bank is back", Bounded);
        await Place(buyer, ad);
    }

    [Test]
    public async Task Paused_releases_hold_every_escrow_and_a_refusal_is_not_remembered()
    {
        var admin = await Admin();
        var (_, seller, order) = await ConfirmedOrder();
        await admin.House.PauseReleasesAsync("The ledger is looked at", Bounded);

        var request = new OrderRequest { RequestId = Guid.CreateVersion7(), OrderId = order };
        (await Refused(() => seller.Client.Orders.ReleaseAsync(request, Bounded))).ShouldBe(ErrorCodes.ReleasesPaused);
        (await Read(seller, order)).State.Status.ShouldBe(OrderStatus.PaymentConfirmed);
        (await Sql<long>($"select count(*) from requests where request_id = '{request.RequestId}'")).ShouldBe(0);

        // Nothing leaves by a withdrawal either, and that refusal is not remembered.
        var withdrawal = new RequestWithdrawalRequest { RequestId = Guid.CreateVersion7(), Asset = "BTC", Amount = 1, Destination = "bc1q" };
        (await Refused(() => seller.Client.Hub.RequestWithdrawal(withdrawal, Bounded))).ShouldBe(ErrorCodes.ReleasesPaused);

        // New orders, payments and cancellations go on.
        var (other, _, second) = await OrderAwaitingPayment();
        await other.Client.Orders.CancelAsync(second, cancellationToken: Bounded);

        await admin.House.ResumeReleasesAsync("It adds up", Bounded);
        (await seller.Client.Orders.ReleaseAsync(request, Bounded)).Status.ShouldBe(OrderStatus.Released);
        (await seller.Client.Hub.RequestWithdrawal(withdrawal, Bounded)).WithdrawalId.ShouldNotBeNull();
    }

    [Test]
    public async Task After_the_answer_to_a_pause_nothing_is_released()
    {
        var admin = await Admin();
        var orders = new List<(Trader Seller, Guid Order)>();
        for (var i = 0; i < 12; i++)
        {
            var (_, seller, order) = await ConfirmedOrder();
            orders.Add((seller, order));
        }

        var releases = orders.Select(async (one, i) =>
        {
            await Task.Delay(i * 5);
            try
            {
                await one.Seller.Client.Orders.ReleaseAsync(one.Order, cancellationToken: Bounded);
            }
            catch (Client.Sdk.P2PException e) when (e.Code == ErrorCodes.ReleasesPaused)
            {
                // As it should be for those who came late.
            }
        }).ToList();
        var paused = (await admin.House.PauseReleasesAsync("Now", Bounded)).Switches.Single(one => one.Switch == HouseSwitch.Releases);
        var at = await Sql<DateTime>("select clock_timestamp()");
        await Task.WhenAll(releases);

        paused.Paused.ShouldBeTrue();
        (await Sql<long>($"select count(*) from order_history where to_status = 'Released' and at > '{at:O}'")).ShouldBe(0);
    }

    [Test]
    public async Task Every_member_of_staff_hears_of_a_switch_and_the_log_says_who_and_why()
    {
        var admin = await Admin();
        var watcher = await Connected(StaffRoles.ReadOnly);
        var heard = new TaskCompletionSource<SwitchChanged>(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.On<SwitchChanged>((_, change, _) =>
        {
            heard.TrySetResult(change);
            return Task.CompletedTask;
        });

        await admin.House.PauseTradingAsync("An alarm", Bounded);

        var told = (await heard.Task.WaitAsync(TimeSpan.FromSeconds(10))).Switch;
        told.Switch.ShouldBe(HouseSwitch.Trading);
        told.Paused.ShouldBeTrue();
        (await watcher.House.GetAsync(Bounded)).Switches.ShouldContain(told);
        var row = (await admin.House.ListAuditAsync(new ListAuditRequest { Target = "switch:Trading", Limit = 1 }, Bounded)).Items.Single();
        (row.Action, row.Before, row.After, row.Reason).ShouldBe(("house.pause", "running", "paused", "An alarm"));
    }
}
