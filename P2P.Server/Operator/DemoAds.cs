using P2P.Contracts.Trading;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Operator;

/// <summary>Puts up the demo users' ads, so that a market lists something at once. A user who ever had ads is left alone.</summary>
internal static class DemoAds
{
    private const string Prompt = "Pay from an account in your own name. I release within ten minutes.";

    private static readonly DemoAd[] Ads =
    [
        new(DemoUser.Merchant, AdSide.Sell, "USDT", "KES")
        {
            Total = 100_000m,
            Price = DemoAd.Floating(101.2m) with { Floor = 120m },
            Amount = (500m, 1_000_000m),
            Methods = ["mpesa-ke", "bank-ke"],
            Terms = Prompt,
            AutoReply = "Thank you for your order! Please put the reference into the transfer's text.",
        },
        new(DemoUser.Merchant, AdSide.Buy, "USDT", "KES")
        {
            Total = 50_000m,
            Price = DemoAd.Floating(98.8m) with { Ceiling = 140m },
            Amount = (500m, 500_000m),
            Methods = ["mpesa-ke"],
        },
        new(DemoUser.Merchant, AdSide.Sell, "BTC", "KES")
        {
            Total = 5m,
            Price = DemoAd.Floating(101.5m),
            Amount = (500_000m, 20_000_000m),
            Methods = ["bank-ke"],
            PaymentWindowMinutes = 120,
            Terms = "Large amounts, bank transfer only.",
            Conditions = new TakerConditions { VerifiedOnly = true },
        },
        new(DemoUser.Merchant, AdSide.Sell, "BTC", "EUR")
        {
            Total = 4m,
            Price = DemoAd.Floating(101m),
            Amount = (50m, 100_000m),
            Methods = ["sepa"],
            PaymentWindowMinutes = 240,
        },
        new(DemoUser.Merchant, AdSide.Sell, "BTC", "USD")
        {
            Total = 3m,
            Price = DemoAd.Floating(100.9m) with { Ceiling = 90_000m },
            Amount = (50m, 10_000m),
            Methods = ["zelle"],
            Conditions = new TakerConditions { CompletionRateMin = 90m },
        },
        new(DemoUser.Merchant, AdSide.Sell, "USDT", "NGN")
        {
            Total = 20_000m,
            Price = DemoAd.Floating(101.5m),
            Amount = (5_000m, 5_000_000m),
            Methods = ["bank-ng"],
            Terms = Prompt,
        },
        new(DemoUser.Alice, AdSide.Buy, "BTC", "KES")
        {
            Total = 0.5m,
            Price = DemoAd.Fixed(8_050_000m),
            Amount = (1_000m, 400_000m),
            Methods = ["mpesa-ke", "airtel-ke"],
        },
        new(DemoUser.Bob, AdSide.Sell, "USDT", "USD")
        {
            Total = 10_000m,
            Price = DemoAd.Fixed(1.01m),
            Amount = (20m, 2_000m),
            Methods = ["zelle", "wise-usd"],
            PaymentWindowMinutes = 15,
        },
        new(DemoUser.Bob, AdSide.Sell, "SOL", "USD")
        {
            Total = 100m,
            Price = DemoAd.Fixed(151m),
            Amount = (25m, 5_000m),
            Methods = ["wise-usd"],
            PaymentWindowMinutes = 60,
            Conditions = new TakerConditions { AccountAgeDaysMin = 7 },
        },
        new(DemoUser.Bob, AdSide.Buy, "BTC", "USD")
        {
            Total = 1m,
            Price = DemoAd.Floating(98.5m),
            Amount = (50m, 20_000m),
            Methods = ["zelle"],
        },
        new(DemoUser.Carol, AdSide.Sell, "BTC", "EUR")
        {
            Total = 1.5m,
            Price = DemoAd.Fixed(59_100m),
            Amount = (20m, 5_000m),
            Methods = ["sepa", "revolut-eur"],
            Terms = "Revolut is instant; with SEPA please allow a working day.",
            PaymentWindowMinutes = 1_440,
        },
        new(DemoUser.Carol, AdSide.Buy, "ETH", "EUR")
        {
            Total = 20m,
            Price = DemoAd.Floating(98m),
            Amount = (100m, 25_000m),
            Methods = ["sepa"],
            Conditions = new TakerConditions { CompletedTradesMin = 3 },
        },
    ];

    public static async Task Fill(IServiceProvider services, CancellationToken cancellation)
    {
        var known = await services.GetRequiredService<PaymentCatalogue>().Read(cancellation);
        var lists = services.GetRequiredService<AdListFlow>();
        var flow = services.GetRequiredService<AdFlow>();
        foreach (var ads in Ads.GroupBy(ad => ad.Maker.Sub))
        {
            var caller = await ads.First().Maker.Caller(services, cancellation);
            var former = await lists.Mine(caller, new MyAdsRequest { IncludeClosed = true, Limit = 1 }, cancellation);
            if (former.Items.Count > 0)
            {
                continue;
            }

            foreach (var ad in ads)
            {
                await flow.Create(caller, ad.Request(known), cancellation);
            }
        }
    }
}
