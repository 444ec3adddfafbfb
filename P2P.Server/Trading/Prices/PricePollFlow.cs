using System.Diagnostics.Metrics;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Trading.Prices;

/// <summary>
/// Looks at sources, keeps rates true between looks, and removes old ones. One node at a time does so (see <see cref="PriceTimers"/>).
/// </summary>
public sealed partial class PricePollFlow(Database database, PriceFlow prices, PriceSettings settings, ILogger<PricePollFlow> log)
{
    private const int ErrorCharsMax = 500;
    private const int PurgeRows = 500;

    private static readonly Counter<long> Failures = ServerMeter.Meter.CreateCounter<long>(
        "p2p.prices.source.failures", "{look}", "Looks at a price source that brought an error, by source.");

    private static readonly Gauge<long> Ages = ServerMeter.Meter.CreateGauge<long>(
        "p2p.prices.age", "s", "How long ago the market's reference price was computed, by asset and fiat; told by the node that polls.");

    private DateTimeOffset _purgedTo = DateTimeOffset.UnixEpoch;

    /// <summary>Looks at a source once: its prices are taken one market after the other, and what went wrong is kept.</summary>
    public async Task Poll(IPriceSource source, CancellationToken cancellation)
    {
        if (await source.Read(cancellation) is not { } readings)
        {
            return;
        }

        var errors = readings.Errors.ToList();
        foreach (var reading in readings.Prices)
        {
            if (await database.Write(tx => Take(tx, source, reading), cancellation))
            {
                prices.Tell(reading.Market);
            }
            else
            {
                errors.Add($"{reading.Market} is no market here.");
            }
        }

        await Keep(source, readings.Prices.Count > 0, errors, cancellation);
    }

    /// <summary>Computes anew where an override has ended, or a price has become stale while some source has a fresh one.</summary>
    public async Task Renew(IEnumerable<(string Asset, string Fiat)> due, CancellationToken cancellation)
    {
        foreach (var market in due.Select(pair => new PriceMarket(pair.Asset, pair.Fiat)))
        {
            if (await database.Write(tx => PriceRateFlow.Renew(tx, settings, market), cancellation))
            {
                prices.Tell(market);
            }
        }
    }

    /// <summary>Tells the age of every market's price.</summary>
    public async Task Measure(CancellationToken cancellation)
    {
        foreach (var price in await database.Read(PricePollSql.Ages, cancellation))
        {
            Ages.Record(
                price.AgeSeconds,
                new KeyValuePair<string, object?>("asset", price.Asset),
                new KeyValuePair<string, object?>("fiat", price.Fiat));
        }
    }

    /// <summary>Removes rates that are old and that no order was placed at; single rates go, the hours stay.</summary>
    public async Task Purge(CancellationToken cancellation)
    {
        while (await database.Write(tx => PricePollSql.Purge(tx, _purgedTo, settings.KeptDays, PurgeRows), cancellation) is { } next)
        {
            _purgedTo = next;
        }
    }

    private Task<bool> Take(Tx tx, IPriceSource source, PriceReading reading) =>
        PriceRateFlow.Take(tx, settings, source.Name, source.Kind, reading, settings.StaleSeconds);

    private async Task Keep(IPriceSource source, bool success, List<string> errors, CancellationToken cancellation)
    {
        var error = errors.Count == 0 ? null : string.Join(' ', errors);
        error = error is { Length: > ErrorCharsMax } ? error[..ErrorCharsMax] : error;
        if (error is not null)
        {
            Failures.Add(1, new KeyValuePair<string, object?>("source", source.Name));
            LogFailed(source.Name, error);
        }

        await database.Write(tx => PricePollSql.SaveState(tx, source.Name, source.Kind.ToString(), success, error), cancellation);
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "Price source {Source}: {Error}")]
    private partial void LogFailed(string source, string error);
}
