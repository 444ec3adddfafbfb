using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using P2P.Benchmarks.Measuring;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Benchmarks.Orders;

/// <summary>A: the order engine as the server runs it (named by its number of writers, when that is another), with callers in its process.</summary>
internal sealed class EngineTarget : ITarget, ILifecycle
{
    private readonly ClosedLoop _loop;
    private readonly int _writers;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly OrderEngine _engine;
    private long _batches;
    private long _commands;

    public EngineTarget(string app, int writers, ClosedLoop loop)
    {
        (_loop, _writers) = (loop, writers);
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "p2p.engine.batch.commands" && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, commands, _, _) =>
        {
            Interlocked.Increment(ref _batches);
            Interlocked.Add(ref _commands, commands);
        });
        _listener.Start();
        var limits = new OrderLimits { OpenOrdersMax = 1_000_000, UnpaidOrdersMax = 1_000_000 };
        _engine = new OrderEngine(
            new DatabaseOptions { App = app },
            new EngineSettings { Writers = writers },
            [new CryptoOrderKind(limits)],
            new DisputeSettings(),
            meters,
            NullLogger<OrderEngine>.Instance);
    }

    public char Letter => _writers == new EngineSettings().Writers ? 'A' : (char)('0' + _writers);

    public string Name => Letter == 'A' ? "engine" : "engine, one writer";

    public async Task<Sample> Run(OrdersLoad load, CancellationToken cancellation)
    {
        var (batches, commands) = (_batches, _commands);
        var sample = await _loop.Run(this, load, cancellation);
        return sample with { BatchMean = (double)(_commands - commands) / Math.Max(1, _batches - batches) };
    }

    public async Task<Guid> Place(long buyer, long seller)
    {
        var command = Market.Place(buyer, seller, HashOf(buyer));
        await _engine.Run(command, CancellationToken.None);
        return command.OrderId;
    }

    public Task Confirm(long buyer, Guid order) =>
        _engine.Run(Market.Move(buyer, order, OrderAction.ConfirmPayment, HashOf(buyer)), CancellationToken.None);

    public Task Release(long seller, Guid order) =>
        _engine.Run(Market.Move(seller, order, OrderAction.Release, HashOf(seller)), CancellationToken.None);

    /// <summary>Credits users from outside, many at once.</summary>
    public async Task Credit(IEnumerable<(long User, decimal Amount)> credits)
    {
        foreach (var part in credits.Chunk(1_024))
        {
            await Task.WhenAll(part.Select(credit => _engine.Run(Market.Credit(credit.User, credit.Amount), CancellationToken.None)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _listener.Dispose();
        await _services.DisposeAsync();
    }

    private static byte[] HashOf(long user) => SHA256.HashData(BitConverter.GetBytes(user));
}
