using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Trading.Ads;

/// <summary>Changes how much an ad trades in all: through the engine, which alone writes what remains.</summary>
public sealed class AdTotalFlow(Database database, OrderEngine engine)
{
    public async Task<AdReply> Change(Caller caller, ChangeAdTotalRequest request, CancellationToken cancellation)
    {
        if (request.Total is <= 0 or > Limits.AmountMax)
        {
            throw new Refused(ErrorCodes.BadInput, "A total is positive and at most 1,000,000,000,000.", ("path", "total"));
        }

        if (await database.Read(tx => AdSql.ByIds(tx, [request.AdId]), cancellation) is [{ Ad: var ad }]
            && ad.OwnerId == caller.UserId && Money.IsFinerThan(request.Total, ad.AssetScale))
        {
            throw new Refused(ErrorCodes.BadInput, $"{ad.Asset} has {ad.AssetScale} decimals.", ("path", "total"));
        }

        var reply = await engine.Run(
            new ChangeOfferTotal
            {
                UserId = caller.UserId,
                RequestId = request.RequestId,
                BodyHash = RequestHash.Of(nameof(IAdCalls.ChangeAdTotal), request),
                Kind = OrderKind.Crypto,
                OfferId = request.AdId,
                Total = request.Total,
                ExpectedVersion = request.ExpectedVersion,
            },
            cancellation);
        var (version, open) = JsonSerializer.Deserialize<OfferTotalReply>(reply, WireJson.Server)
            ?? throw new InvalidOperationException("A stored answer is null.");
        return new AdReply { AdId = request.AdId, Status = open ? AdStatus.Active : AdStatus.Paused, Version = version };
    }
}
