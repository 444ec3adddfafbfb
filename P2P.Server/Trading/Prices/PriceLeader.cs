using Npgsql;
using P2P.Db;

namespace P2P.Server.Trading.Prices;

/// <summary>
/// Lets one node at a time look at the sources: whoever holds a session lock on a connection of its own. Two at once by accident take the
/// same prices
/// twice, under the lock of the market.
/// </summary>
internal sealed class PriceLeader(Database database) : IAsyncDisposable
{
    /// <summary>A node that vanishes without a word gives up the lock within seconds, not when the system's own patience ends.</summary>
    private const string KeepAlive = "-c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2";

    private NpgsqlConnection? _connection;
    private bool _leads;

    /// <summary>True while this node holds the lock, as far as it knows.</summary>
    public bool Leads => Volatile.Read(ref _leads);

    /// <summary>The connection that holds the lock; null while another node holds it.</summary>
    public async Task<Tx?> Try(CancellationToken cancellation)
    {
        if (_connection is null)
        {
            var builder = Database.ConnectionString(database.Options, 1, KeepAlive);
            (builder.Pooling, builder.ApplicationName) = (false, "p2p-prices");
            var connection = new NpgsqlConnection(builder.ConnectionString);
            try
            {
                await connection.OpenAsync(cancellation);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            _connection = connection;
        }

        var tx = new Tx(_connection, null, cancellation);
        Volatile.Write(ref _leads, _leads || await PricePollSql.TryLead(tx));
        return _leads ? tx : null;
    }

    /// <summary>Ends the connection, and with it the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _leads, false);
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
