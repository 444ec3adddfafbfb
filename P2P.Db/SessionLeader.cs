using Npgsql;

namespace P2P.Db;

/// <summary>
/// Lets one node at a time do something: whoever holds a session lock on a connection of its own, which ends with the node. Not for several threads,
/// <see cref="Leads"/> aside.
/// </summary>
/// <param name="settings">How the connection is opened; it is never pooled.</param>
/// <param name="tryLead">Takes the lock when nobody has it.</param>
/// <param name="staysConnected">A node that asks often keeps its connection while another leads.</param>
public sealed class SessionLeader(Func<NpgsqlConnectionStringBuilder> settings, Func<Tx, Task<bool>> tryLead, bool staysConnected) : IAsyncDisposable
{
    /// <summary>A node that vanishes without a word gives up the lock within seconds, not when the system's own patience ends.</summary>
    public const string KeepAlive = "-c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2";

    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _connection;
    private bool _leads;

    /// <summary>True while this node holds the lock, as far as it knows.</summary>
    public bool Leads => Volatile.Read(ref _leads);

    /// <summary>The connection that holds the lock; null while another node holds it.</summary>
    public async Task<NpgsqlConnection?> Try(CancellationToken cancellation)
    {
        if (_leads)
        {
            return _connection;
        }

        try
        {
            _connection ??= await Open(cancellation);
            Volatile.Write(ref _leads, await tryLead(new Tx(_connection, null, cancellation)));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        if (!_leads && !staysConnected)
        {
            await DisposeAsync();
        }

        return _leads ? _connection : null;
    }

    /// <summary>Gives up the lock with the connection; it can be tried for again.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _leads, false);
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }

        if (_source is { } source)
        {
            _source = null;
            await source.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> Open(CancellationToken cancellation)
    {
        var builder = settings();
        builder.Pooling = false;
        _source = Database.NamedSource(builder.ApplicationName ?? "p2p-leader", builder.ConnectionString);
        return await _source.OpenConnectionAsync(cancellation);
    }
}
