using Dapper;
using Npgsql;

namespace P2P.Db;

/// <summary>One connection, in a transaction or not: what every statement in a <c>*Sql.cs</c> file takes.</summary>
/// <remarks>Statements are parameterised always; Dapper runs them with the connection's auto-prepared plans.</remarks>
public sealed class Tx(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellation)
{
    /// <summary>The connection itself, for batches.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>The transaction; null when statements commit by themselves.</summary>
    public NpgsqlTransaction? Transaction => transaction;

    /// <summary>Ends the statement that runs.</summary>
    public CancellationToken Cancellation => cancellation;

    public Task<IEnumerable<T>> Query<T>(string sql, object? parameters = null) =>
        connection.QueryAsync<T>(Command(sql, parameters));

    /// <summary>The only row, or null when there is none.</summary>
    public Task<T?> One<T>(string sql, object? parameters = null) =>
        connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public Task<T?> Scalar<T>(string sql, object? parameters = null) =>
        connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    /// <summary>The number of rows that the statement changed.</summary>
    public Task<int> Execute(string sql, object? parameters = null) =>
        connection.ExecuteAsync(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, transaction, cancellationToken: cancellation);
}
