using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.House;

namespace P2P.Server.Trading.Prices;

/// <summary>Says what can be traded here at which reference prices, and sets manual ones.</summary>
public sealed class PriceFlow(Database database, PriceSettings settings)
{
    private const int SourceCharsMax = 100;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<MarketsView>? _markets;
    private long _readAt;

    /// <summary>Raised in this process after a reference price changed; other nodes find out when they read their books again.</summary>
    public event Action<string, string>? Changed;

    /// <summary>Assets, currencies and prices, at most a second old.</summary>
    public Task<MarketsView> Markets()
    {
        lock (_gate)
        {
            if (_markets is null || _markets.IsFaulted || _markets.IsCanceled || TimeProvider.System.GetElapsedTime(_readAt) > FreshFor)
            {
                _readAt = TimeProvider.System.GetTimestamp();
                _markets = Read();
            }

            return _markets;
        }
    }

    /// <summary>Refuses an asset or a currency that is not known here.</summary>
    public async Task RequireMarket(string asset, string fiat)
    {
        var markets = await Markets();
        if (markets.Assets.All(known => known.Code != asset))
        {
            throw AssetUnknown();
        }

        if (markets.Currencies.All(known => known.Code != fiat))
        {
            throw CurrencyUnknown();
        }
    }

    /// <summary>
    /// Takes the operator's price of a market, in the place of the one before. It is a source like others, and the rate is computed from all. Answers
    /// the price that is in force afterwards; null when there is no fresh one, because more sources must agree.
    /// </summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="fiat">The currency's code.</param>
    /// <param name="price">Fiat for one unit of the asset.</param>
    /// <param name="source">Who says so.</param>
    /// <param name="hours">How long the price is good; null for what the settings say.</param>
    public async Task<CurrentPrice?> Set(string asset, string fiat, decimal price, string source, int? hours = null)
    {
        PriceRateFlow.CheckPrice(price);
        if (hours is < 1 or > PriceSettings.ManualHoursMax)
        {
            throw new Refused(ErrorCodes.BadInput, $"A price is good for 1 to {PriceSettings.ManualHoursMax} hours.", ("path", "hours"));
        }

        if (string.IsNullOrWhiteSpace(source) || source.Length > SourceCharsMax)
        {
            throw new Refused(ErrorCodes.BadInput, $"A source is a name of at most {SourceCharsMax} characters.", ("path", "source"));
        }

        if (settings.Sources.Any(known => known.Name == source))
        {
            throw new Refused(ErrorCodes.BadInput, $"{source} is the name of a configured source: take another.", ("path", "source"));
        }

        var market = new PriceMarket(asset, fiat);
        var seconds = (hours ?? settings.ManualHours) * 3_600;
        var (isKnown, current) = await database.Write(async tx =>
            await PriceRateFlow.Take(tx, settings, source, PriceSourceKind.Manual, new PriceReading(market, price, null), seconds)
                ? (true, await PriceSql.Fresh(tx, market))
                : (false, null));
        if (!isKnown)
        {
            var assets = await database.Read(PriceSql.Assets);
            throw assets.Any(known => known.Code == asset) ? CurrencyUnknown() : AssetUnknown();
        }

        Tell(market);
        return current;
    }

    /// <summary>Says in this process that a market's price changed; called after the commit.</summary>
    public void Tell(PriceMarket market)
    {
        lock (_gate)
        {
            _markets = null;
        }

        Changed?.Invoke(market.Asset, market.Fiat);
    }

    private async Task<MarketsView> Read() =>
        await database.Read(async tx =>
        {
            var paused = (await SwitchSql.All(tx)).Where(one => one.Paused).Select(one => one.Name).ToHashSet();
            return new MarketsView
            {
                Assets = [.. await PriceSql.Assets(tx)],
                Currencies = [.. await PriceSql.Currencies(tx)],
                Prices = [.. await PriceSql.Prices(tx)],
                TradingPaused = paused.Contains(SwitchRow.Trading),
                ReleasesPaused = paused.Contains(SwitchRow.Releases),
            };
        });

    private static Refused AssetUnknown() => new(ErrorCodes.AssetUnknown, "There is no such asset here.");

    private static Refused CurrencyUnknown() => new(ErrorCodes.CurrencyUnknown, "There is no such currency here.");
}
