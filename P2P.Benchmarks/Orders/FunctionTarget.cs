using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using P2P.Benchmarks.Measuring;
using P2P.Server.Core;

namespace P2P.Benchmarks.Orders;

/// <summary>B: one transaction a command in .NET: typed parameters, prepared, pooled, one call of the function.</summary>
internal sealed class FunctionTarget : ITarget, ILifecycle
{
    private const int PoolMax = 100;

    private readonly ClosedLoop _loop;
    private readonly NpgsqlDataSource _source;

    public FunctionTarget(string owner, ClosedLoop loop)
    {
        _loop = loop;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner)
        {
            MaxPoolSize = PoolMax,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
            Timeout = 60,
            Options = PgbenchTarget.SessionOptions,
        });
    }

    public char Letter => 'B';

    public string Name => "function a command, .NET";

    public Task<Sample> Run(OrdersLoad load, CancellationToken cancellation) => _loop.Run(this, load, cancellation);

    public async Task<Guid> Place(long buyer, long seller)
    {
        var order = Ids.New();
        await Call(
            "select reply from bench_place($1, $2, $3, $4, $5, $6, $7)",
            Of(buyer, NpgsqlDbType.Bigint),
            Of(Ids.New(), NpgsqlDbType.Uuid),
            Of(HashOf(buyer), NpgsqlDbType.Bytea),
            Of(order, NpgsqlDbType.Uuid),
            Of(Market.AdOf(seller), NpgsqlDbType.Uuid),
            Of(Market.Amount, NpgsqlDbType.Numeric),
            Of(Market.PaymentMethod, NpgsqlDbType.Bigint));
        return order;
    }

    public Task Confirm(long buyer, Guid order) => Move("select bench_confirm($1, $2, $3, $4)", buyer, order);

    public Task Release(long seller, Guid order) => Move("select bench_release($1, $2, $3, $4)", seller, order);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private Task Move(string sql, long user, Guid order) => Call(
        sql,
        Of(user, NpgsqlDbType.Bigint),
        Of(Ids.New(), NpgsqlDbType.Uuid),
        Of(HashOf(user), NpgsqlDbType.Bytea),
        Of(order, NpgsqlDbType.Uuid));

    private async Task Call(string sql, params NpgsqlParameter[] parameters)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        // A refusal is an answer in capitals; a reply is JSON.
        if (await command.ExecuteScalarAsync() is not string reply || reply[0] != '{')
        {
            throw new InvalidOperationException($"The function refused: {sql}");
        }
    }

    private static NpgsqlParameter<T> Of<T>(T value, NpgsqlDbType type) => new() { TypedValue = value, NpgsqlDbType = type };

    private static byte[] HashOf(long user) => SHA256.HashData(BitConverter.GetBytes(user));
}
