using System.Data;
using Npgsql;

namespace P2P.Db;

/// <summary>The application's door to PostgreSQL: reads, transactions and their retries.</summary>
public sealed class Database : IAsyncDisposable
{
    private const int TriesMax = 4;
    private const string IdleInTransactionTimeout = "25P03"; // Npgsql has no name for it.

    public Database(DatabaseOptions options)
    {
        DapperSetup.Apply();
        Options = options;
        Source = NamedSource("p2p", ConnectionString(options, options.PoolSizeMax).ConnectionString);
    }

    /// <summary>Where the database is.</summary>
    public DatabaseOptions Options { get; }

    /// <summary>The general pool; the engine has its own (<see cref="ConnectionString"/>).</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>
    /// The settings that every connection shares. Auto-prepare is off by default in Npgsql and worth a third of the throughput.
    /// </summary>
    public static NpgsqlConnectionStringBuilder ConnectionString(DatabaseOptions options, int poolSizeMax, string? extraOptions = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.App)
        {
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
            MaxPoolSize = poolSizeMax,
            Timeout = 5,
        };
        builder.Options = string.Join(' ', new[]
        {
            builder.Options,
            $"-c statement_timeout={options.StatementTimeoutMs}",
            $"-c lock_timeout={options.LockTimeoutMs}",
            $"-c idle_in_transaction_session_timeout={options.IdleInTransactionTimeoutMs}",
            extraOptions,
        }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return builder;
    }

    /// <summary>A source of connections whose name stands in figures and traces, where the connection string would tell hosts.</summary>
    public static NpgsqlDataSource NamedSource(string name, string connectionString) =>
        new NpgsqlDataSourceBuilder(connectionString) { Name = name }.Build();

    /// <summary>Statements that change nothing, each in a snapshot of its own.</summary>
    public async Task<T> Read<T>(Func<Tx, Task<T>> work, CancellationToken cancellation = default)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellation);
        return await work(new Tx(connection, null, cancellation));
    }

    /// <summary>Statements that see one and the same snapshot.</summary>
    public async Task<T> Snapshot<T>(Func<Tx, Task<T>> work, CancellationToken cancellation = default)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var result = await work(new Tx(connection, transaction, cancellation));
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>
    /// A READ COMMITTED transaction. What the database refuses for others' sake (40001, 40P01, 55P03) runs again, three times at most:
    /// <paramref name="work"/> must do nothing that a rollback does not undo.
    /// </summary>
    public async Task<T> Write<T>(Func<Tx, Task<T>> work, CancellationToken cancellation = default)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
                var result = await work(new Tx(connection, transaction, cancellation));
                await transaction.CommitAsync(cancellation);
                return result;
            }
            catch (PostgresException e) when (tries < TriesMax && IsForOthersSake(e))
            {
                await Task.Delay(Random.Shared.Next(5, 20 * tries), cancellation);
            }
        }
    }

    /// <summary>As <see cref="Write{T}"/>, without a result.</summary>
    public Task Write(Func<Tx, Task> work, CancellationToken cancellation = default) =>
        Write(
            async tx =>
            {
                await work(tx);
                return 0;
            },
            cancellation);

    /// <summary>Serialization failure, deadlock, lock timeout: nothing was wrong with the command itself.</summary>
    public static bool IsForOthersSake(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable;

    /// <summary>
    /// The database could not be reached, is going away, or gave up a transaction that we left idle for too long (as a process does that stood still):
    /// the outcome of a commit in flight is unknown.
    /// </summary>
    public static bool IsUnavailable(Exception e) => e switch
    {
        PostgresException { SqlState: IdleInTransactionTimeout } => true,
        PostgresException p => p.SqlState.StartsWith("57P", StringComparison.Ordinal) || p.SqlState.StartsWith("53", StringComparison.Ordinal)
            || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException => true,
        _ => false,
    };

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
