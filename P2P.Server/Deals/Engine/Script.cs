using Npgsql;
using NpgsqlTypes;

namespace P2P.Server.Deals.Engine;

/// <summary>Statements that travel together in one round trip. What has nothing to do is not added, so a lone command costs no more than it must.</summary>
public sealed class Script(NpgsqlConnection connection)
{
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<Action<NpgsqlDataReader>> _readers = [];

    /// <summary>A statement without rows.</summary>
    public void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        _commands.Add(command);
    }

    /// <summary>A statement with rows; <paramref name="take"/> is called for each.</summary>
    public void Read(string sql, Action<NpgsqlDataReader> take, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        Add(sql, parameters);
        _readers.Add(take);
    }

    /// <summary>Runs all statements in one round trip.</summary>
    public async Task Run()
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in _commands)
        {
            batch.BatchCommands.Add(command);
        }

        // Not the blocking call: that writes all but the first statement on a thread of the pool, one more switch of threads a round trip.
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var take in _readers)
        {
            while (await reader.ReadAsync())
            {
                take(reader);
            }

            await reader.NextResultAsync();
        }

        while (await reader.NextResultAsync())
        {
            // Statements without rows follow; an error of theirs is raised here.
        }
    }

    public static NpgsqlParameter Of(ICollection<Guid> values) => Array(values, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Of(ICollection<Guid?> values) => Array(values, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Of(ICollection<long> values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(ICollection<long?> values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(ICollection<int> values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(ICollection<short?> values) => Array(values, NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(ICollection<string> values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter OfTexts(ICollection<string?> values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(ICollection<decimal> values) => Array(values, NpgsqlDbType.Numeric);

    public static NpgsqlParameter Of(ICollection<decimal?> values) => Array(values, NpgsqlDbType.Numeric);

    public static NpgsqlParameter Of(ICollection<bool> values) => Array(values, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Of(ICollection<byte[]> values) => Array(values, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Of(ICollection<DateTime> values) => Array(values, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Of(ICollection<DateTime?> values) => Array(values, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Of(DateTimeOffset value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Of(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };

    private static NpgsqlParameter<T[]> Array<T>(ICollection<T> values, NpgsqlDbType type) =>
        new() { TypedValue = values as T[] ?? [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
