using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.Contacts;
using P2P.Server.Core;
using P2P.Server.Realtime.Replica;
using P2P.Server.Realtime.Requests;
using P2P.Server.Trading.Prices;

namespace P2P.Server.Trading.Ads;

/// <summary>Finds and shows ads.</summary>
public sealed class AdListFlow
{
    private readonly Database _database;
    private readonly ReplicaReads _reads;
    private readonly PriceFlow _prices;
    private readonly AdLimits _limits;
    private readonly BlockedUsers _blocked;
    private readonly ReadCoalescer<Guid, ListedAd> _ads;
    private readonly ReadCoalescer<(long UserId, string Asset), TakerStanding> _takers;

    public AdListFlow(Database database, ReplicaReads reads, PriceFlow prices, AdLimits limits, BlockedUsers blocked)
    {
        (_database, _reads, _prices, _limits, _blocked) = (database, reads, prices, limits, blocked);
        _ads = new(async ids => (await database.Read(tx => AdSql.ByIds(tx, [.. ids]))).ToDictionary(listed => listed.Ad.Id));
        _takers = new(async keys =>
            (await database.Read(tx => AdSql.Takers(tx, [.. keys.Select(key => key.UserId)], [.. keys.Select(key => key.Asset)])))
            .ToDictionary(taker => (taker.UserId, taker.Asset)));
    }

    /// <summary>Ads of others that the caller may see.</summary>
    public async Task<Page<AdView>> List(Caller caller, ListAdsRequest request, CancellationToken cancellation)
    {
        var ordering = AdListRules.OrderingOf(request);
        AdListRules.Check(request);
        await _prices.RequireMarket(request.Asset, request.Fiat);

        var mark = AdListRules.MarkOf(request);
        var after = AdCursor.Read(request.Cursor, mark);
        var limit = ListPage.Size(request.Limit);
        var taker = await TakerOf(caller.UserId, request.Asset, cancellation);
        var eligibleOnly = request.EligibleOnly ?? false;
        if (eligibleOnly && AdRules.CannotTakeAny(request.Side, taker, _limits).Any())
        {
            return new Page<AdView> { Items = [] };
        }

        var rows = await _reads.Read(
            caller,
            tx => AdSql.Open(tx, ordering, AdListRules.Parameters(request, caller, taker, after, limit + 1)),
            cancellation);
        var shown = rows.Take(limit)
            .Select(listed => AdViews.OfOther(listed, CannotTake(listed, taker)))
            .Where(view => !eligibleOnly || view.CannotTakeBecause.Count == 0);
        return new Page<AdView>
        {
            Items = [.. shown],
            NextCursor = rows.Count > limit ? AdListRules.PlaceOf(ordering, rows[limit - 1]).Write(mark) : null,
        };
    }

    /// <summary>One ad, if the caller may see it.</summary>
    public async Task<AdView> Get(Caller caller, GetAdRequest request, CancellationToken cancellation)
    {
        AdLinks.Check(request.LinkSecret);
        var listed = await _ads.Get(request.AdId).WaitAsync(cancellation);
        if (listed is not null && listed.Ad.OwnerId == caller.UserId)
        {
            return await _database.Read(
                async tx => AdViews.OfOwn(listed, [.. await AdSql.ViewersOf(tx, listed.Ad.Id)], await RequestSql.Now(tx)), cancellation);
        }

        if (listed is null
            || !await IsVisible(listed.Ad, caller, request.LinkSecret, cancellation)
            || await _blocked.Between(caller.UserId, listed.Ad.OwnerId, cancellation))
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such ad.");
        }

        return AdViews.OfOther(listed, CannotTake(listed, await TakerOf(caller.UserId, listed.Ad.Asset, cancellation)));
    }

    /// <summary>The caller's own ads, newest first.</summary>
    public async Task<Page<AdView>> Mine(Caller caller, MyAdsRequest request, CancellationToken cancellation)
    {
        var includeClosed = request.IncludeClosed ?? false;
        var mark = AdCursor.MarkOf("mine", caller.UserId, includeClosed);
        var after = AdCursor.Read(request.Cursor, mark);
        var limit = ListPage.Size(request.Limit);
        return await _reads.Read(caller, Rows, cancellation);

        async Task<Page<AdView>> Rows(Tx tx)
        {
            var rows = await AdSql.OfOwner(tx, caller.UserId, includeClosed, after?.Id, limit + 1);
            var viewers = (await AdSql.ViewersOf(tx, [.. rows.Select(row => row.Ad.Id)])).ToLookup(row => row.AdId, row => row.UserId);
            var now = await RequestSql.Now(tx);
            return new Page<AdView>
            {
                Items = [.. rows.Take(limit).Select(row => AdViews.OfOwn(row, [.. viewers[row.Ad.Id]], now))],
                NextCursor = rows.Count > limit ? new AdCursor(rows[limit - 1].Ad.Id, 0, 0).Write(mark) : null,
            };
        }
    }

    /// <summary>The one place that says why a taker cannot take an ad; lists, single ads and the eligible ones agree by it.</summary>
    private IReadOnlyList<Reason> CannotTake(ListedAd listed, TakerStanding taker) =>
        [.. AdRules.CannotTakeBecause(listed, taker, _limits)];

    private async Task<TakerStanding> TakerOf(long userId, string asset, CancellationToken cancellation) =>
        await _takers.Get((userId, asset)).WaitAsync(cancellation)
        ?? throw new InvalidOperationException($"User {userId} has no profile or no standing.");

    private async Task<bool> IsVisible(Ad ad, Caller caller, string? linkSecret, CancellationToken cancellation) => ad.Visibility switch
    {
        AdVisibility.Public => true,
        AdVisibility.Link => AdLinks.Opens(ad, linkSecret),
        AdVisibility.Chosen => (await _database.Read(tx => AdSql.ViewersOf(tx, ad.Id), cancellation)).Contains(caller.UserId),
        _ => false,
    };
}
