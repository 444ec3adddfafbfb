using Npgsql;
using P2P.Db;

namespace P2P.Server.Deals.Engine;

/// <summary>A writer's own connection: opened when needed, dropped after a failure whose state is unknown.</summary>
public sealed class EngineConnection(DatabaseOptions database, EngineSettings settings) : IDisposable
{
    /// <summary>
    /// A batch reads and writes by key only, and its plans live as long as its connection: without these a plan that was made while a table was small
    /// would scan it for ever.
    /// </summary>
    public const string SessionOptions =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    private readonly string _connectionString = ConnectionString(database, settings);
    private NpgsqlConnection? _connection;

    public async Task<NpgsqlConnection> Open()
    {
        if (_connection is null)
        {
            var connection = new NpgsqlConnection(_connectionString);
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
        }

        return _connection;
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

    public void Dispose() => Drop();

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
