namespace DemoTraders;

/// <summary>A market of the demo, with a price that wanders: the traders' common idea of what the asset is worth.</summary>
internal sealed class TradedMarket(string asset, string fiat, string[] methods, decimal priceOtherwise, (decimal Min, decimal Max) ticket)
{
    private const decimal Step = 0.0015m;
    private const decimal PullBack = 0.02m;

    private readonly Lock _lock = new();
    private decimal _mood = 1;

    public string Asset => asset;

    public string Fiat => fiat;

    public string Name => $"{asset}/{fiat}";

    /// <summary>Codes of the payment methods in use.</summary>
    public IReadOnlyList<string> Methods => methods;

    /// <summary>Digits that people name, and that are shown.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Digits of an amount of the asset that are shown.</summary>
    public required int AmountDecimals { get; init; }

    /// <summary>Least and most fiat for one order.</summary>
    public (decimal Min, decimal Max) Ticket => ticket;

    /// <summary>The server's reference price, where it has one.</summary>
    public decimal Reference { get; set; } = priceOtherwise;

    /// <summary>The two markets that the demo shows.</summary>
    public static IReadOnlyList<TradedMarket> Make() =>
    [
        new("USDT", "KES", ["mpesa-ke", "airtel-ke"], 129.2m, (500m, 60_000m)) { PriceDecimals = 2, AmountDecimals = 2 },
        new("BTC", "EUR", ["sepa", "revolut-eur"], 58_400m, (20m, 2_500m)) { PriceDecimals = 0, AmountDecimals = 4 },
    ];

    /// <summary>What the asset is worth now; every question moves it a little, and never far from the reference.</summary>
    public decimal FairPrice()
    {
        lock (_lock)
        {
            _mood += (Chance.Between(-1, 1) * Step) + ((1 - _mood) * PullBack);
            return Reference * _mood;
        }
    }

    public decimal Round(decimal price) => decimal.Round(price, PriceDecimals);
}
