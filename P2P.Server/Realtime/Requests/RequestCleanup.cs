using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Realtime.Requests;

/// <summary>
/// Removes answers that are older than 30 days, a bounded number at a time, on one node at a time; ids of that age are refused, so nothing
/// happens twice for it. Makes the months' partitions of events ahead of their time, too.
/// </summary>
public sealed class RequestCleanup(Database database, ILogger<RequestCleanup> log) : BackgroundService
{
    private const int RowsMax = 1_000;
    private const int KeptDays = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, Clean, log, stoppingToken);

    internal async Task Clean(CancellationToken cancellation)
    {
        await database.Write(StreamSql.MakePartitions, cancellation);
        while (await database.Write(tx => RequestSql.RemoveOld(tx, KeptDays, RowsMax), cancellation) == RowsMax)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
