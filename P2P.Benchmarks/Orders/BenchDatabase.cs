using Npgsql;
using P2P.Benchmarks.Measuring;
using P2P.Db;

namespace P2P.Benchmarks.Orders;

/// <summary>The database that is measured: a private one with everything written through to the disk, or one that was named.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly PrivatePostgres? _server;
    private readonly NpgsqlConnectionStringBuilder _superuser;

    private BenchDatabase(PrivatePostgres? server, string superuser)
    {
        _server = server;
        _superuser = new NpgsqlConnectionStringBuilder(superuser) { Pooling = false };
    }

    public string App => As(DatabaseRoles.App);

    public string Owner => As(DatabaseRoles.Owner);

    public CpuMeter Cpu { get; private set; } = new(null);

    public static async Task<BenchDatabase> Open(OrdersOptions options, CancellationToken cancellation)
    {
        if (options.Connection is { } connection)
        {
            return await new BenchDatabase(null, connection).Ready(cancellation);
        }

        var folder = Path.Combine(Path.GetTempPath(), $"p2p-bench-{Guid.NewGuid():N}"[..18]);
        var server = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = folder, ConnectionsMax = 400 }, cancellation);
        var database = new BenchDatabase(server, server.Superuser);
        try
        {
            return await database.Ready(cancellation);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection of the superuser, outside any pool.</summary>
    public async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection(_superuser.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Users, ads and balances; what is there already stays.</summary>
    public async Task Seed(Market market, EngineTarget engine)
    {
        await using var connection = await Connect();
        if (!await MarketSql.IsSeeded(connection, market))
        {
            await MarketSql.InsertUsers(connection, Market.SellerFirst, market.Merchants + 1);
            await MarketSql.InsertUsers(connection, Market.BuyerFirst, market.Buyers);
            await MarketSql.InsertAds(connection, market.Merchants + 1);
            await engine.Credit(Enumerable.Range(0, market.Merchants + 1).Select(i => (Market.SellerFirst + i, 100_000_000m)));
            await engine.Credit(Enumerable.Range(0, market.Buyers).Select(i => (Market.BuyerFirst + i, 1m)));
        }

        await MarketSql.Settle(connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _server.DisposeAsync();
            Directory.Delete(_server.Folder, recursive: true);
        }
    }

    private async Task<BenchDatabase> Ready(CancellationToken cancellation)
    {
        await new ScriptRunner(Owner).Migrate(cancellation);
        await using (var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Owner) { Pooling = false }.ConnectionString))
        {
            await owner.OpenAsync(cancellation);
            await MarketSql.InstallFunctions(owner);
        }

        await using var connection = await Connect();
        if (_server is not null)
        {
            await MarketSql.PutOffCheckpoints(connection);
        }

        Cpu = new CpuMeter(await MarketSql.Postmaster(connection));
        return this;
    }

    private string As(string role) =>
        new NpgsqlConnectionStringBuilder(_superuser.ConnectionString) { Username = role, Pooling = true }.ConnectionString;
}
