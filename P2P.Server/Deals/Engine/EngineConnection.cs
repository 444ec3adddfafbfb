using System.Diagnostics;
using Npgsql;
using P2P.Db;

namespace P2P.Server.Deals.Engine;

/// <summary>A writer's own connection: opened when needed, dropped after a failure whose state is unknown.</summary>
public sealed class EngineConnection(DatabaseOptions database, EngineSettings settings) : IDisposable
{
    /// <summary>
    /// A batch reads and writes by key only, and its plans are kept: without these a plan that was made while a table was small would scan it long after
    /// it has grown.
    /// </summary>
    public const string SessionOptions =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off "
        + "-c enable_material=off -c jit=off";

    private static readonly TimeSpan FirstPlansLive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PlansLiveMax = TimeSpan.FromMinutes(5);

    private readonly NpgsqlDataSource _source = Database.NamedSource("p2p-engine", ConnectionString(database, settings));
    private NpgsqlConnection? _connection;
    private TimeSpan _plansLive;
    private long _plannedAt;

    /// <summary>The offers that the writer's batch touches, as far as the queue knows them.</summary>
    public HashSet<Guid> Offers { get; } = [];

    public async Task<NpgsqlConnection> Open()
    {
        if (_connection is null)
        {
            var connection = _source.CreateConnection();
            try
            {
                await connection.OpenAsync();
            }
            catch (Exception e)
            {
                await connection.DisposeAsync();
                throw new NpgsqlException("The engine cannot connect.", e); // Whatever the reason: nothing was sent.
            }

            _connection = connection;
            (_plansLive, _plannedAt) = (FirstPlansLive, Stopwatch.GetTimestamp());
        }

        return _connection;
    }

    /// <summary>
    /// Whether the next batch is to make its plans anew. Generic plans follow the sizes that tables had when they were made: soon after a start they are
    /// made again, then ever less often.
    /// </summary>
    public bool PlansAreOld()
    {
        if (Stopwatch.GetElapsedTime(_plannedAt) < _plansLive)
        {
            return false;
        }

        _plannedAt = Stopwatch.GetTimestamp();
        _plansLive = _plansLive * 2 > PlansLiveMax ? PlansLiveMax : _plansLive * 2;
        return true;
    }

    /// <summary>Ends the transaction; a connection on which even that fails is dropped.</summary>
    public async Task RollBack()
    {
        try
        {
            if (_connection is not null)
            {
                await using var command = new NpgsqlCommand("rollback", _connection);
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (Exception e) when (Database.IsUnavailable(e) || e is InvalidOperationException)
        {
            // Nothing is lost: a transaction whose connection is gone is rolled back by the server.
            Drop();
        }
    }

    public void Drop()
    {
        var connection = _connection;
        _connection = null;
        connection?.Dispose();
    }

    public void Dispose()
    {
        Drop();
        _source.Dispose();
    }

    private static string ConnectionString(DatabaseOptions database, EngineSettings settings)
    {
        var options = new DatabaseOptions
        {
            App = database.App,
            LockTimeoutMs = settings.LockTimeoutMs,
            StatementTimeoutMs = database.StatementTimeoutMs,
            IdleInTransactionTimeoutMs = database.IdleInTransactionTimeoutMs,
        };
        var builder = Database.ConnectionString(options, 1, SessionOptions);
        builder.Pooling = false;
        builder.ApplicationName = "p2p-engine";
        return builder.ConnectionString;
    }
}
