using System.Collections.Concurrent;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Deals.Offers;
using P2P.Server.Trading.Prices;

namespace P2P.Server.Trading.Ads;

/// <summary>
/// The live books that somebody on this node watches. One reader at a time reads what changed from the database and pushes the difference,
/// serialised once for all subscribers. A book is as true as its last reading: hints only say where to look sooner.
/// </summary>
public sealed class AdBooks : IDisposable
{
    private readonly Database _database;
    private readonly OfferChanges _offers;
    private readonly PriceFlow _prices;
    private readonly SemaphoreSlim _reader = new(1);
    private readonly ConcurrentDictionary<Market, AdBookWatch> _watched = new();
    private readonly ConcurrentDictionary<Guid, byte> _changedOffers = new();
    private readonly ConcurrentDictionary<Guid, ChangedOffer> _seenOffers = new();
    private volatile bool _pricesChanged;

    public AdBooks(Database database, OfferChanges offers, PriceFlow prices)
    {
        (_database, _offers, _prices) = (database, offers, prices);
        _offers.Changed += TakeNote;
        _prices.Changed += TakeNote;
    }

    /// <summary>Reads the book and pushes what changes from then on.</summary>
    public async Task<AdBook> Subscribe(Market market, BookSubscription subscription, CancellationToken cancellation = default)
    {
        AdTermsRules.CheckMarket(market);
        await _prices.RequireMarket(market.Asset, market.Fiat);
        await _reader.WaitAsync(cancellation);
        try
        {
            if (_watched.TryGetValue(market, out var watch))
            {
                return watch.Add(subscription);
            }

            watch = new AdBookWatch(market);
            watch.State.Replace(await ReadWhole(market, cancellation));
            _watched[market] = watch;
            return watch.Add(subscription);
        }
        finally
        {
            _reader.Release();
        }
    }

    /// <summary>Reads what changed since the last tick, and tells it.</summary>
    public async Task Tick(CancellationToken cancellation)
    {
        if (_watched.IsEmpty)
        {
            _changedOffers.Clear();
            return;
        }

        if (_pricesChanged)
        {
            await ReadAll(cancellation);
        }
        else if (!_changedOffers.IsEmpty)
        {
            await ReadChanged(cancellation);
        }
    }

    /// <summary>Finds offers that other nodes changed.</summary>
    public async Task Poll(int secondsBack, CancellationToken cancellation)
    {
        if (_watched.IsEmpty)
        {
            return;
        }

        var recent = await _database.Read(tx => AdSql.ChangedSince(tx, secondsBack), cancellation);
        var ids = new HashSet<Guid>();
        foreach (var offer in recent)
        {
            ids.Add(offer.Id);
            if (!_seenOffers.TryGetValue(offer.Id, out var seen) || seen != offer)
            {
                _seenOffers[offer.Id] = offer;
                _changedOffers[offer.Id] = 0;
            }
        }

        foreach (var (id, _) in _seenOffers.Where(pair => !ids.Contains(pair.Key)))
        {
            _seenOffers.TryRemove(id, out _);
        }
    }

    /// <summary>Reads every watched book whole: balances, suspensions and other nodes' prices change it without an offer's change.</summary>
    public async Task ReadAll(CancellationToken cancellation)
    {
        await _reader.WaitAsync(cancellation);
        try
        {
            _pricesChanged = false;
            foreach (var (market, watch) in _watched)
            {
                if (watch.IsDeserted)
                {
                    _watched.TryRemove(market, out _);
                    continue;
                }

                watch.Tell(watch.State.Replace(await ReadWhole(market, cancellation)));
            }
        }
        catch
        {
            _pricesChanged = true;
            throw;
        }
        finally
        {
            _reader.Release();
        }
    }

    public void Dispose()
    {
        _offers.Changed -= TakeNote;
        _prices.Changed -= TakeNote;
        _reader.Dispose();
    }

    private async Task ReadChanged(CancellationToken cancellation)
    {
        await _reader.WaitAsync(cancellation);
        var ids = _changedOffers.Keys.ToArray();
        try
        {
            foreach (var id in ids)
            {
                _changedOffers.TryRemove(id, out _);
            }

            var (makers, rows) = await _database.Read(
                async tx =>
                {
                    var owners = (await AdSql.OwnersOf(tx, ids)).ToHashSet();
                    return (owners, await AdSql.BookOfMakers(tx, [.. owners]));
                },
                cancellation);
            foreach (var (market, watch) in _watched)
            {
                var here = rows
                    .Where(row => row.Ad.Side == market.Side && row.Ad.Asset == market.Asset && row.Ad.Fiat == market.Fiat)
                    .Select(AdViews.InBook)
                    .ToArray();
                watch.Tell(watch.State.IsFull || watch.State.WouldFill(here)
                    ? watch.State.Replace(await ReadWhole(market, cancellation))
                    : watch.State.ReplaceOf(makers, here));
            }
        }
        catch
        {
            foreach (var id in ids)
            {
                _changedOffers[id] = 0;
            }

            throw;
        }
        finally
        {
            _reader.Release();
        }
    }

    private async Task<IEnumerable<BookRow>> ReadWhole(Market market, CancellationToken cancellation) =>
        (await _database.Read(
            tx => AdSql.Book(tx, market.Side.ToString(), market.Asset, market.Fiat, AdBookState.RowsMax), cancellation))
        .Select(AdViews.InBook);

    private void TakeNote(IReadOnlyCollection<Guid> offerIds)
    {
        if (!_watched.IsEmpty)
        {
            foreach (var id in offerIds)
            {
                _changedOffers[id] = 0;
            }
        }
    }

    private void TakeNote(string asset, string fiat) => _pricesChanged = true;
}
