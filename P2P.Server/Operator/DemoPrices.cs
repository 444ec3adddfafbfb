using P2P.Server.Trading.Prices;

namespace P2P.Server.Operator;

/// <summary>
/// Sets the reference prices that floating ads need, for a year; a price that is there stays, and so does a market that has a source.
/// </summary>
internal static class DemoPrices
{
    private const string Source = "demo";

    private static readonly (string Asset, string Fiat, decimal Price)[] Prices =
    [
        ("BTC", "EUR", 58_400m),
        ("BTC", "GBP", 49_700m),
        ("BTC", "KES", 8_150_000m),
        ("BTC", "NGN", 97_500_000m),
        ("BTC", "USD", 63_200m),
        ("ETH", "EUR", 2_430m),
        ("ETH", "KES", 339_500m),
        ("ETH", "USD", 2_630m),
        ("SOL", "USD", 148m),
        ("USDC", "EUR", 0.924m),
        ("USDT", "EUR", 0.923m),
        ("USDT", "KES", 129.2m),
        ("USDT", "NGN", 1_545m),
        ("USDT", "USD", 1m),
    ];

    public static async Task Fill(IServiceProvider services, CancellationToken cancellation)
    {
        var flow = services.GetRequiredService<PriceFlow>();
        var known = (await flow.Markets()).Prices.Where(price => !price.IsStale).Select(price => new PriceMarket(price.Asset, price.Fiat))
            .Concat(services.GetRequiredService<PriceSettings>().Covered()).ToHashSet();
        foreach (var (asset, fiat, price) in Prices.Where(price => !known.Contains(new PriceMarket(price.Asset, price.Fiat))))
        {
            cancellation.ThrowIfCancellationRequested();
            await flow.Set(asset, fiat, price, Source, PriceSettings.ManualHoursMax);
        }
    }
}
