using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Presence;

namespace P2P.Server.Admin.Counters;

/// <summary>Counts how the house stands. What all staff ask of one node together costs one reading every few seconds.</summary>
public sealed class CounterFlow
{
    private const int MarketsMax = 20;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan DayFreshFor = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly PresenceBoard _presence;
    private readonly ClusterBus _bus;
    private readonly OrderEngine _engine;
    private readonly KeptAnswer<HouseCounters> _counters;
    private readonly KeptAnswer<(IReadOnlyList<OrderCount> Ended, IReadOnlyList<MarketVolume> Volume)> _day;

    public CounterFlow(Database database, PresenceBoard presence, ClusterBus bus, OrderEngine engine)
    {
        (_database, _presence, _bus, _engine) = (database, presence, bus, engine);
        _day = new(DayFreshFor, ReadDay);
        _counters = new(FreshFor, ReadAll);
    }

    public Task<HouseCounters> Get(CancellationToken cancellation) => _counters.Get().WaitAsync(cancellation);

    private async Task<HouseCounters> ReadAll()
    {
        var (open, queues) = await _database.Read(async tx => ((await CounterSql.Open(tx)).ToList(), await CounterSql.Queues(tx)));
        var (ended, volume) = await _day.Get();
        var nodes = _presence.Nodes;
        return new HouseCounters
        {
            At = queues.At,
            Connections = nodes.Sum(node => node.Connections),
            Users = _presence.Users,
            EngineQueue = _engine.QueueLength,
            OpenOrders =
            [
                .. open.GroupBy(row => row.Status).OrderBy(group => group.Key)
                    .Select(group => new OrderCount { Status = group.Key, Orders = group.Sum(row => row.Orders) }),
            ],
            EndedOrders24h = ended,
            Volume24h = volume,
            Escrow =
            [
                .. open.GroupBy(row => row.Asset).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new AssetAmount { Asset = group.Key, Amount = group.Sum(row => row.Held) }),
            ],
            TimerLagMs = queues.TimerLagMs,
            OutboxDepth = queues.OutboxDepth,
            OpenFindings = queues.OpenFindings,
            Nodes = [.. nodes.Select(node => new NodeCount { Node = node.Node, Connections = node.Connections })],
            Backplane = _bus.State switch
            {
                BackplaneState.Absent => BackplaneStatus.Absent,
                BackplaneState.Degraded => BackplaneStatus.Degraded,
                BackplaneState.Up => BackplaneStatus.Up,
                _ => BackplaneStatus.Unknown,
            },
        };
    }

    private async Task<(IReadOnlyList<OrderCount> Ended, IReadOnlyList<MarketVolume> Volume)> ReadDay() =>
        await _database.Read(async tx => (
            (IReadOnlyList<OrderCount>)[.. (await CounterSql.Ended(tx)).OrderBy(row => row.Status)],
            (IReadOnlyList<MarketVolume>)[.. await CounterSql.Volume(tx, MarketsMax)]));
}
