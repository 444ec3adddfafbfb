using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Trading.Schedules;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>Makers' hours and vacations, through the SDK.</summary>
public sealed class ScheduleTests : MarketFixture
{
    private static readonly string[] Zones =
        ["Europe/Berlin", "America/New_York", "Africa/Nairobi", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];

    [Test]
    public async Task During_a_vacation_ads_are_shown_to_nobody_and_cannot_be_taken()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var (ad, open) = (await TestMarket.Ad(seller), await TestMarket.Ad(seller));
        var order = await Place(buyer, open, 0.1m);
        var back = DateTimeOffset.UtcNow.AddDays(2);
        var schedule = await seller.Client.Ads.SetVacationAsync(back, Bounded);
        (schedule.IsOpen, schedule.Windows.Count).ShouldBe((false, 0));
        schedule.OpensAt.ShouldNotBeNull().ShouldBe(back, TimeSpan.FromMilliseconds(1));

        var mine = (await seller.Client.Ads.ListMineAsync(cancellationToken: Bounded)).Items;
        mine.ShouldAllBe(view => view.HiddenBecause!.Single().Details!["reason"] == "vacation"); // Own ads have the list.
        (await Listed(buyer)).ShouldNotContain(ad);
        var seen = (await buyer.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).CannotTakeBecause.ShouldHaveSingleItem();
        (seen.Code, seen.Details.ShouldNotBeNull()["opensAt"]).ShouldBe((ErrorCodes.AdUnavailable, WireJson.Spell(schedule.OpensAt.Value)));
        var refusal = await Refusal(() => Place(buyer, ad));
        (refusal.Code, Detail(refusal, "reason"), Detail(refusal, "opensAt")).ShouldBe((ErrorCodes.AdUnavailable, "vacation", seen.Details["opensAt"]));
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);

        (await seller.Client.Ads.EndVacationAsync(Bounded)).IsOpen.ShouldBeTrue();
        (await Listed(buyer)).ShouldContain(ad);
        await Place(buyer, ad, 0.1m);
    }

    [Test]
    public async Task A_book_drops_a_makers_ads_and_brings_them_back()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        var ad = await TestMarket.Ad(seller);
        var books = new Heard<AdBook>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Bounded);
        var watching = Watch(buyer, books, stop.Token);
        await Eventually(() => Shown(true));
        await seller.Client.Ads.SetVacationAsync(DateTimeOffset.UtcNow.AddDays(1), Bounded);
        await Eventually(() => Shown(false));
        await seller.Client.Ads.EndVacationAsync(Bounded);
        await Eventually(() => Shown(true));
        await stop.CancelAsync();
        await watching;

        bool Shown(bool shown) => books.All is [.., var newest] && newest.Rows.Any(row => row.AdId == ad) == shown;
    }

    [Test]
    public async Task Outside_the_hours_of_the_week_nothing_is_shown_whatever_the_zone()
    {
        var buyer = await Buyer();
        var random = new Random(11);
        var (opened, closed) = (0, 0);
        var ads = new Dictionary<Guid, bool>();
        for (var i = 0; i < 7; i++)
        {
            var seller = await Seller();
            var ad = await TestMarket.Ad(seller);
            var windows = Enumerable.Range(0, 7).Where(_ => random.Next(4) > 0)
                .Select(day => Window((Weekday)(day + 1), random.Next(0, 48) * 15, random.Next(48, 97) * 15)).ToArray();
            var schedule = await seller.Client.Ads.SetScheduleAsync(Zones[i % Zones.Length], windows, Bounded);
            schedule.Windows.ShouldBe(windows);
            ads.Add(ad, schedule.IsOpen);
            (opened, closed) = (opened + (schedule.IsOpen ? 1 : 0), closed + (schedule.IsOpen ? 0 : 1));
            if (!schedule.IsOpen)
            {
                schedule.OpensAt.ShouldNotBeNull().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
                (await seller.Client.Ads.ListMineAsync(cancellationToken: Bounded)).Items.Single()
                    .HiddenBecause.ShouldNotBeNull().Single().Details.ShouldNotBeNull()["reason"].ShouldBe("outsideHours");
            }

            (await buyer.Client.Ads.GetAsync(ad, cancellationToken: Bounded)).CannotTakeBecause.Count.ShouldBe(schedule.IsOpen ? 0 : 1);
        }

        var listed = await Listed(buyer);
        ads.Keys.Where(listed.Contains).ShouldBe(ads.Where(ad => ad.Value).Select(ad => ad.Key), ignoreOrder: true);
        TestContext.Out.WriteLine($"{opened} open, {closed} closed");
    }

    [Test]
    public async Task A_schedule_is_read_back_and_given_up()
    {
        var seller = await Seller();
        (await seller.Client.Ads.GetScheduleAsync(Bounded)).IsOpen.ShouldBeTrue();
        ScheduleWindow[] windows = [Window(Weekday.Monday, 0, 1_440), Window(Weekday.Tuesday, 0, 60)];
        await seller.Client.Ads.SetScheduleAsync("Africa/Nairobi", windows, Bounded);
        var read = await seller.Client.Ads.GetScheduleAsync(Bounded);
        (read.TimeZone, read.VacationUntil).ShouldBe(("Africa/Nairobi", null));
        read.Windows.ShouldBe(windows);
        var free = await seller.Client.Ads.SetScheduleAsync("Africa/Nairobi", [], Bounded);
        (free.IsOpen, free.TimeZone, free.Windows.Count, free.ClosesAt).ShouldBe((true, null, 0, null));

        (await Refused(() => seller.Client.Ads.SetScheduleAsync("Mars/Olympus", windows, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => seller.Client.Ads.SetVacationAsync(DateTimeOffset.UtcNow.AddMinutes(-1), Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task The_database_reads_local_clocks_as_the_rules_do()
    {
        // Lists decide in SQL and commands in C#: around every change of a clock both must see the same minute of the week.
        foreach (var zone in Zones)
        {
            var minutes = await Sql<int[]>(
                $"""
                select array_agg(cast(extract(isodow from t at time zone '{zone}') * 1440 - 1440
                                    + extract(hour from t at time zone '{zone}') * 60
                                    + extract(minute from t at time zone '{zone}') as integer) order by t)
                  from generate_series(timestamptz '2026-01-01Z', timestamptz '2026-12-31Z', interval '105 minutes') t
                """);
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (var i = 0; i < minutes.Length; i += 3, at = at.AddMinutes(3 * 105))
            {
                var quarter = minutes[i] - (minutes[i] % 15);
                ScheduleRules.IsOpen(new MakerHours(zone, $"{{[{quarter},{quarter + 15})}}", null), at).ShouldBeTrue($"{zone} {at:O}");
            }
        }
    }

    private static async Task Watch(Trader buyer, Heard<AdBook> books, CancellationToken stop)
    {
        try
        {
            await foreach (var book in buyer.Client.Ads.WatchBookAsync(new Market { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" }, stop))
            {
                books.Add(book);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test has seen enough.
        }
    }

    private static ScheduleWindow Window(Weekday day, int from, int to) => new() { Day = day, FromMinute = from, ToMinute = to };

    private static async Task<HashSet<Guid>> Listed(Trader buyer) =>
    [
        .. (await buyer.Client.Ads.ListAsync(
            new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES", Limit = 100 }, Bounded)).Items.Select(row => row.Id),
    ];
}
