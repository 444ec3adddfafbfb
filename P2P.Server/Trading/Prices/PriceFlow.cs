using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.House;

namespace P2P.Server.Trading.Prices;

/// <summary>Says what can be traded here at which reference prices, and sets those.</summary>
public sealed class PriceFlow(Database database)
{
    private const int SourceCharsMax = 100;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<MarketsView>? _markets;
    private long _readAt;

    /// <summary>Raised in this process after a reference price was set; other nodes find out when they read their books again.</summary>
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

    /// <summary>Sets the reference price of an asset in a currency.</summary>
    public async Task Set(string asset, string fiat, decimal price, string source)
    {
        if (price is <= 0 or > Limits.AmountMax || decimal.Round(price, Limits.ScaleMax) != price)
        {
            throw new Refused(ErrorCodes.BadInput, "A price is an amount above zero with at most 8 decimals.", ("path", "price"));
        }

        if (string.IsNullOrWhiteSpace(source) || source.Length > SourceCharsMax)
        {
            throw new Refused(ErrorCodes.BadInput, $"A source is a name of at most {SourceCharsMax} characters.", ("path", "source"));
        }

        if (await database.Write(tx => PriceSql.Set(tx, asset, fiat, price, source)) == 0)
        {
            var assets = await database.Read(PriceSql.Assets);
            throw assets.Any(known => known.Code == asset) ? CurrencyUnknown() : AssetUnknown();
        }

        lock (_gate)
        {
            _markets = null;
        }

        Changed?.Invoke(asset, fiat);
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
