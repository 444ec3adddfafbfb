using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Realtime.Replica;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.Prices;

/// <summary>Reads a market's history for charts.</summary>
public sealed class PriceHistoryFlow(ReplicaReads reads, PriceFlow prices)
{
    public async Task<PriceHistory> Get(Caller caller, GetPriceHistoryRequest request, CancellationToken cancellation)
    {
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        var (from, to, seconds) = PriceHistoryRules.Range(request.From, request.Bucket);
        await prices.RequireMarket(request.Asset, request.Fiat);
        var market = new PriceMarket(request.Asset, request.Fiat);
        var candles = await reads.Read(
            caller,
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
