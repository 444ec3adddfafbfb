using System.Runtime.CompilerServices;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Trading.Prices;

/// <summary>
/// Tells the connections of this node that watch prices what changed. The prices are read once a second for all of them, and not at all
/// while nobody
/// watches; what one reading missed or told twice, the next puts right.
/// </summary>
public sealed class PriceWatch(Database database)
{
    // Channels go with their connections.
    private readonly ConditionalWeakTable<HubLink, LossyChannel<PricesChanged>> _channels = [];
    private readonly Lock _gate = new();
    private LossyChannel<PricesChanged>[] _open = [];
    private Dictionary<PriceMarket, ReferencePrice> _told = [];

    /// <summary>The prices as they are; changes follow.</summary>
    public async Task<PricesView> Subscribe(HubLink link, CancellationToken cancellation)
    {
        // The channel first: what changes after the reading is told.
        lock (_gate)
        {
            Close(link);
            var channel = link.OpenLossy<PricesChanged>(nameof(IPriceClient.PricesChanged), PriceWatchRules.Merge);
            _channels.Add(link, channel);
            _open = [.. _open.Where(other => !other.IsClosed), channel];
        }

        return new PricesView { Prices = [.. await database.Read(PriceSql.Prices, cancellation)] };
    }

    /// <summary>Ends the connection's subscription, if there is one.</summary>
    public void Unsubscribe(HubLink link)
    {
        lock (_gate)
        {
            Close(link);
        }
    }

    /// <summary>Reads the prices and tells what differs from the last reading; one caller at a time.</summary>
    public async Task Tick(CancellationToken cancellation)
    {
        LossyChannel<PricesChanged>[] open;
        lock (_gate)
        {
            open = _open = [.. _open.Where(channel => !channel.IsClosed)];
        }

        if (open.Length == 0)
        {
            return;
        }

        var now = (await database.Read(PriceSql.Prices, cancellation)).ToDictionary(price => new PriceMarket(price.Asset, price.Fiat));
        var changed = PriceWatchRules.Changed(_told, now);
        _told = now;
        if (changed.Count > 0)
        {
            var message = new LossyMessage<PricesChanged>(nameof(IPriceClient.PricesChanged), new PricesChanged { Prices = changed });
            foreach (var channel in open)
            {
                channel.Push(message);
            }
        }
    }

    private void Close(HubLink link)
    {
        if (_channels.TryGetValue(link, out var channel))
        {
            channel.Close();
            _channels.Remove(link);
        }
    }
}

/// <summary>Pure decisions about what watchers of prices are told.</summary>
public static class PriceWatchRules
{
    /// <summary>Prices that are new or different.</summary>
    public static IReadOnlyList<ReferencePrice> Changed(
        IReadOnlyDictionary<PriceMarket, ReferencePrice> before, IReadOnlyDictionary<PriceMarket, ReferencePrice> now) =>
        [.. now.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Value)];

    /// <summary>Two changes as one: the newest state of each price.</summary>
    public static PricesChanged Merge(PricesChanged older, PricesChanged newer)
    {
        var told = newer.Prices.Select(price => (price.Asset, price.Fiat)).ToHashSet();
        return new PricesChanged { Prices = [.. older.Prices.Where(price => !told.Contains((price.Asset, price.Fiat))), .. newer.Prices] };
    }
}

/// <summary>Keeps watchers of prices up to date, on every node.</summary>
internal sealed class PriceFeed(PriceWatch watch, ILogger<PriceFeed> log) : BackgroundService
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(TickEvery, watch.Tick, log, stoppingToken);
}
