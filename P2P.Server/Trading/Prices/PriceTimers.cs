using System.Diagnostics;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Trading.Prices;

/// <summary>
/// What prices repeat, on one node at a time: each source on a clock of its own, so that a slow one delays no other; every second whatever
/// has become
/// stale; every hour the old rates.
/// </summary>
internal sealed class PriceTimers(
    Database database, PricePollFlow flow, PriceSources sources, ILogger<PriceTimers> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    private readonly SessionLeader _leader = new(
        () =>
        {
            var builder = Database.ConnectionString(database.Options, 1, SessionLeader.KeepAlive);
            builder.ApplicationName = "p2p-prices";
            return builder;
        },
        PricePollSql.TryLead,
        staysConnected: true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(
            sources.All.Select(source => Every(source.PollEvery, cancellation => flow.Poll(source, cancellation), stoppingToken))
                .Append(Periodic.Run(RenewEvery, Renew, log, stoppingToken))
                .Append(Every(MeasureEvery, flow.Measure, stoppingToken))
                .Append(Every(PurgeEvery, flow.Purge, stoppingToken)));
        await _leader.DisposeAsync();
    }

    private async Task Renew(CancellationToken cancellation)
    {
        try
        {
            if (await _leader.Try(cancellation) is { } connection)
            {
                await flow.Renew(await PricePollSql.Due(new Tx(connection, null, cancellation)), cancellation);
            }
        }
        catch (Exception e) when (Database.IsUnavailable(e))
        {
            await _leader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Works as soon as this node leads, and then in intervals.</summary>
    private Task Every(TimeSpan interval, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        long? last = null;
        return Periodic.Run(Tick, Round, log, stopping);

        async Task Round(CancellationToken cancellation)
        {
            if (!_leader.Leads)
            {
                last = null;
            }
            else if (last is null || Stopwatch.GetElapsedTime(last.Value) >= interval)
            {
                last = Stopwatch.GetTimestamp();
                await work(cancellation);
            }
        }
    }
}
