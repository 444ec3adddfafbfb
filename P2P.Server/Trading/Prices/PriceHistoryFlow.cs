using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.Prices;

/// <summary>Reads a market's history for charts.</summary>
public sealed class PriceHistoryFlow(Database database, PriceFlow prices)
{
    public async Task<PriceHistory> Get(GetPriceHistoryRequest request, CancellationToken cancellation)
    {
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        var (from, to, seconds) = PriceHistoryRules.Range(request.From, request.Bucket);
        await prices.RequireMarket(request.Asset, request.Fiat);
        var market = new PriceMarket(request.Asset, request.Fiat);
        var candles = await database.Read(
            tx => PriceHistoryRules.IsOfHours(request.Bucket)
                ? PriceHistorySql.OfHours(tx, market, from, to, seconds)
                : PriceHistorySql.OfRates(tx, market, from, to, seconds),
            cancellation);
        return new PriceHistory
        {
            Asset = request.Asset,
            Fiat = request.Fiat,
            Bucket = request.Bucket,
            Candles = [.. candles],
            Next = to,
        };
    }
}
