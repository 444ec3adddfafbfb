using System.Diagnostics.Metrics;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Realtime.Replica;

/// <summary>
/// Reads of lists and searches. They may come from a replica that is a little behind, never behind what the reader did or was told;
/// whatever is wrong with the replica, the primary answers.
/// </summary>
public sealed partial class ReplicaReads : IAsyncDisposable
{
    /// <summary>So that the primary can still answer within the time of the call.</summary>
    private static readonly TimeSpan ReplicaMax = TimeSpan.FromMilliseconds(700);

    private static readonly TimeSpan FailedPause = TimeSpan.FromSeconds(2);

    private static readonly Counter<long> Reads = ServerMeter.Meter.CreateCounter<long>(
        "p2p.replica.reads", description: "Reads that a replica may serve, by who served them and why (own, lag, out, failed, missing).");

    private readonly Database _primary;
    private readonly ILogger<ReplicaReads> _log;

    public ReplicaReads(Database primary, ILogger<ReplicaReads> log)
    {
        (_primary, _log) = (primary, log);
        var options = primary.Options;
        Freshness = new ReplicaFreshness(TimeSpan.FromMilliseconds(options.ReplicaLagMaxMs));
        if (options.Replica is { } replica)
        {
            Replica = new Database(new DatabaseOptions
            {
                App = replica,
                PoolSizeMax = options.PoolSizeMax,
                StatementTimeoutMs = options.StatementTimeoutMs,
                LockTimeoutMs = options.LockTimeoutMs,
                IdleInTransactionTimeoutMs = options.IdleInTransactionTimeoutMs,
            });
        }
    }

    /// <summary>The replica; null when none is set.</summary>
    internal Database? Replica { get; }

    /// <summary>Who may read it.</summary>
    public ReplicaFreshness Freshness { get; }

    /// <summary>As <see cref="Database.Read{T}"/>. The work may run twice.</summary>
    public Task<T> Read<T>(Caller reader, Func<Tx, Task<T>> work, CancellationToken cancellation) =>
        Run(reader, (database, end) => database.Read(work, end), cancellation);

    /// <summary>As <see cref="Database.Snapshot{T}"/>. The work may run twice.</summary>
    public Task<T> Snapshot<T>(Caller reader, Func<Tx, Task<T>> work, CancellationToken cancellation) =>
        Run(reader, (database, end) => database.Snapshot(work, end), cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Replica is not null)
        {
            await Replica.DisposeAsync();
        }
    }

    private async Task<T> Run<T>(Caller reader, Func<Database, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        if (Replica is null)
        {
            return await read(_primary, cancellation);
        }

        var why = Freshness.WhyNot(reader.UserId);
        if (why is null)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(ReplicaMax);
                var result = await read(Replica, limit.Token);
                Count("replica", "");
                return result;
            }
            catch (Refused)
            {
                // What is not there may just not have come yet.
                why = "missing";
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // Whatever it is: when it is not the replica's fault, the primary fails in the same way.
                Freshness.LeaveOut(FailedPause);
                LogFailed(e);
                why = "failed";
            }
        }

        Count("primary", why);
        return await read(_primary, cancellation);
    }

    private static void Count(string by, string why) =>
        Reads.Add(1, new KeyValuePair<string, object?>("by", by), new KeyValuePair<string, object?>("why", why));

    [LoggerMessage(EventId = 2201, Level = LogLevel.Warning, Message = "A read of the replica failed, the primary answers")]
    private partial void LogFailed(Exception exception);
}
