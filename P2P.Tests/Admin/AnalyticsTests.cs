using System.Net;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Admin.Analytics;
using P2P.Tests.Support;

namespace P2P.Tests.Admin;

/// <summary>Trading in numbers: today as it is, old days as they were rolled up, and the same as a table.</summary>
public sealed class AnalyticsTests : AdminFixture
{
    private static readonly string[] Shifted = ["order_history"];

    [Test]
    public async Task Days_are_rolled_up_once_and_put_together_with_today()
    {
        var admin = await Admin();
        var none = await admin.House.GetAnalyticsAsync(Today.AddDays(-40), Today.AddDays(-1), AnalyticsGrouping.Day, Bounded);
        none.Rows.ShouldBeEmpty();
        none.MissingDays.ShouldBeEmpty();

        await Trade();
        await Back(days: 40);
        await Roll_up(admin);
        await Trade();
        await Put_together(admin);

        await Sql($"update payment_methods set name = '=cmd|x,\"y\"' where id = {TestMarket.MpesaKenya}");
        var lines = (await Table("&groupBy=paymentMethod")).Split("\r\n");
        lines[0].ShouldStartWith("day,asset,fiat,payment_method_id,payment_method,placed,completed");
        lines[1].ShouldStartWith(",BTC,KES,17,\"'=cmd|x,\"\"y\"\"\",8,4,2,");
    }

    private async Task Roll_up(P2PAdminClient admin)
    {
        var rollup = Market.Service<AnalyticsRollup>();
        var before = await admin.House.GetAnalyticsAsync(Today.AddDays(-40), Today.AddDays(-1), AnalyticsGrouping.Market, Bounded);
        before.MissingDays.Count.ShouldBe(40);
        (await rollup.Run(Bounded)).ShouldBe(31);
        (await rollup.Run(Bounded)).ShouldBe(9);
        (await rollup.Run(Bounded)).ShouldBe(0);

        var view = await admin.House.GetAnalyticsAsync(Today.AddDays(-40), Today.AddDays(-1), AnalyticsGrouping.Day, Bounded);
        view.MissingDays.ShouldBeEmpty();
        var old = view.Rows.Single();
        old.Day.ShouldBe(Today.AddDays(-40));
        Compare(old);
        (old.Traders, old.Returned, old.RetentionRate).ShouldBe((3, 0, 0));
        (await admin.House.GetAnalyticsAsync(Today.AddDays(-39), Today.AddDays(-1), AnalyticsGrouping.Day, Bounded)).Rows.ShouldBeEmpty();
    }

    private static async Task Put_together(P2PAdminClient admin)
    {
        var today = (await admin.House.GetAnalyticsAsync(Today, Today, AnalyticsGrouping.Day, Bounded)).Rows.Single();
        today.Day.ShouldBe(Today);
        Compare(today);
        (today.Traders, today.RetentionRate).ShouldBe((0, null));

        var both = (await admin.House.GetAnalyticsAsync(Today.AddDays(-40), Today, AnalyticsGrouping.PaymentMethod, Bounded)).Rows.Single();
        (both.PaymentMethodId, both.PaymentMethod).ShouldBe((TestMarket.MpesaKenya, "M-Pesa"));
        (both.Placed, both.Completed, both.CryptoVolume, both.FiatVolume).ShouldBe((8, 4, 2, 2_000));
        var market = (await admin.House.GetAnalyticsAsync(Today.AddDays(-40), Today, AnalyticsGrouping.Market, Bounded)).Rows.Single();
        (market.Day, market.PaymentMethodId, market.Placed, market.CompletionRate).ShouldBe((null, null, 8, 66.67m));
    }

    [Test]
    public async Task The_table_is_for_whom_the_call_is()
    {
        foreach (var (roles, status) in new (string[], HttpStatusCode)[]
        {
            ([StaffRoles.ReadOnly], HttpStatusCode.OK), ([StaffRoles.Support], HttpStatusCode.Forbidden),
            ([StaffRoles.Arbitrator], HttpStatusCode.Forbidden), (["custody"], HttpStatusCode.Forbidden), ([], HttpStatusCode.Forbidden),
        })
        {
            using var http = Market.Http(NewName("reader"), roles: roles);
            (await http.GetAsync($"/api/admin/analytics.csv?from={Today:yyyy-MM-dd}&to={Today:yyyy-MM-dd}", Bounded)).StatusCode.ShouldBe(status);
        }

        using var admin = Market.Http(NewName("staff"), roles: StaffRoles.Admin);
        foreach (var query in new[] { "", "?from=2026-01-01", "?from=x&to=2026-01-01", "?from=2026-01-02&to=2026-01-01", "?from=2026-01-01&to=2026-01-01&groupBy=x" })
        {
            (await admin.GetAsync($"/api/admin/analytics.csv{query}", Bounded)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
        }
    }

    [Test]
    public async Task A_range_that_cannot_be_answered_is_refused()
    {
        var admin = await Admin();
        (await Refused(() => admin.House.GetAnalyticsAsync(Today, Today.AddDays(-1), AnalyticsGrouping.Day, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => admin.House.GetAnalyticsAsync(Today.AddDays(-367), Today, AnalyticsGrouping.Day, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => admin.House.GetAnalyticsAsync(Today, Today, AnalyticsGrouping.Unknown, Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private static void Compare(AnalyticsRow row)
    {
        (row.Asset, row.Fiat).ShouldBe(("BTC", "KES"));
        (row.Placed, row.Completed, row.Cancelled, row.Expired, row.Disputed).ShouldBe((4, 2, 1, 0, 1));
        (row.CryptoVolume, row.FiatVolume, row.CompletionRate).ShouldBe((1, 1_000, 66.67m));
        row.ReleaseSecondsMedian.ShouldBe(1);
    }

    /// <summary>Two orders released to two buyers, one cancelled, one disputed: four orders of one seller.</summary>
    private async Task Trade()
    {
        var seller = await Seller();
        var ad = await TestMarket.Ad(seller, total: 5);
        for (var i = 0; i < 2; i++)
        {
            var buyer = await Buyer();
            var order = await Place(buyer, ad);
            await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
            await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        }

        var other = await Buyer();
        await other.Client.Orders.CancelAsync(await Place(other, ad), cancellationToken: Bounded);
        var disputed = await Place(other, ad);
        await other.Client.Orders.ConfirmPaymentAsync(disputed, cancellationToken: Bounded);
        await other.Client.Disputes.RaiseAsync(disputed, DisputeReason.NotReleased, "paid", Bounded);
    }

    /// <summary>Lets what happened have happened some days ago.</summary>
    private async Task Back(int days)
    {
        foreach (var table in Shifted)
        {
            await Sql(
                $"""
                alter table {table} disable trigger user;
                update {table} set at = at - interval '{days} days';
                alter table {table} enable trigger user;
                """);
        }

        await Sql(
            $"""
            update orders set created_at = created_at - interval '{days} days';
            update crypto_orders set confirmed_at = confirmed_at - interval '{days} days';
            """);
    }

    private async Task<string> Table(string query)
    {
        using var http = Market.Http(NewName("staff"), roles: StaffRoles.Admin);
        var response = await http.GetAsync(
            $"/api/admin/analytics.csv?from={Today.AddDays(-40):yyyy-MM-dd}&to={Today:yyyy-MM-dd}{query}", Bounded);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/csv");
        response.Content.Headers.ContentDisposition?.FileName.ShouldBe("analytics.csv");
        return await response.Content.ReadAsStringAsync();
    }
}
