using Npgsql;

namespace P2P.Db;

/// <summary>
/// Brings a database to the schema that this program knows, with the numbered scripts and nothing else. The journal is DbUp's own table, so
/// that DbUp can go on where this leaves off; checksums of what was applied stand beside it.
/// </summary>
/// <param name="connectionString">
/// Of the owner for <see cref="Migrate"/> and <see cref="Pending"/>, of the application for <see cref="EnsureCurrent(CancellationToken)"/>.
/// </param>
/// <param name="scripts">Tests give their own; null means those built into the program.</param>
public sealed class ScriptRunner(string connectionString, IEnumerable<Script>? scripts = null)
{
    /// <summary>Any number, the same in every version: whoever migrates this database holds it.</summary>
    private const long MigratorsLock = 0x70_32_70_6D_69_67;

    private readonly IReadOnlyList<Script> _scripts = Script.Ordered(scripts ?? Script.Embedded());

    /// <summary>How long to wait for another migrator to end.</summary>
    internal TimeSpan LockWaitMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Applies what is missing, in order; the names of what was applied.</summary>
    public async Task<IReadOnlyList<string>> Migrate(CancellationToken cancellation = default)
    {
        await using var source = Source();
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await DatabaseRoles.EnsureOwner(connection, cancellation);
        await TakeLock(connection, cancellation);
        await CreateJournal(connection, cancellation);
        var applied = await Journal(connection, cancellation);
        var pending = Compare(applied);
        await Adopt(connection, applied, cancellation);
        foreach (var script in pending)
        {
            await Apply(connection, script, cancellation);
        }

        return [.. pending.Select(script => script.Name)];
    }

    /// <summary>The scripts that <see cref="Migrate"/> would apply; changes nothing.</summary>
    public async Task<IReadOnlyList<string>> Pending(CancellationToken cancellation = default)
    {
        await using var source = Source();
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await DatabaseRoles.EnsureOwner(connection, cancellation);
        return [.. Compare(await Journal(connection, cancellation)).Select(script => script.Name)];
    }

    /// <summary>
    /// Refuses a database on which this program cannot work: one that lacks a script, or has a newer one that does not say that it is
    /// compatible with programs of this age. Runs as the application's role.
    /// </summary>
    /// <returns>The newer scripts with which this program is compatible; empty when the database is just the one that it knows.</returns>
    public async Task<IReadOnlyList<string>> EnsureCurrent(CancellationToken cancellation = default)
    {
        await using var source = Source();
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await EnsureCurrent(connection, cancellation);
    }

    /// <summary>As <see cref="EnsureCurrent(CancellationToken)"/>, on a connection of the caller's.</summary>
    public async Task<IReadOnlyList<string>> EnsureCurrent(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var journal = await Journal(connection, cancellation);
        var newest = _scripts.Count > 0 ? _scripts[^1].Number : "";
        var strangers = Strangers(journal).ToLookup(
            name => journal[name].CompatibleFrom is { } from && string.CompareOrdinal(from, newest) <= 0);
        if (strangers[false].LastOrDefault() is { } stranger)
        {
            throw Newer(stranger);
        }

        var pending = Missing(journal);
        if (pending.Count > 0)
        {
            throw new MigrationException(
                $"The database lacks {pending.Count} script(s), the first of them {pending[0].Name}: run `P2P.Server migrate` first.");
        }

        return [.. strangers[true]];
    }

    /// <remarks>Without a pool the session, and the advisory lock with it, ends for certain when the connection is disposed.</remarks>
    private NpgsqlDataSource Source() => Database.NamedSource(
        "p2p-scripts",
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0, Enlist = false }.ConnectionString);

    /// <summary>
    /// Asks again and again instead of waiting in one statement: a waiting statement holds a snapshot, and <c>create index concurrently</c>
    /// in the other migrator would wait for it for ever.
    /// </summary>
    private async Task TakeLock(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!await Scalar<bool>(connection, $"select pg_try_advisory_lock({MigratorsLock})", cancellation))
        {
            if (waited.Elapsed > LockWaitMax)
            {
                throw new MigrationException("Another program is still migrating this database: wait for it to end, then try again.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    private static async Task CreateJournal(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await Execute(
                connection,
                $"""
                create table if not exists schemaversions (
                    schemaversionsid serial constraint "PK_schemaversions_Id" primary key,
                    scriptname varchar(255) not null,
                    applied timestamp not null
                );
                create table if not exists script_checksums (
                    scriptname varchar(255) primary key,
                    checksum text not null
                );
                alter table script_checksums add column if not exists compatible_from text;
                grant select on schemaversions, script_checksums to {DatabaseRoles.App};
                """,
                cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationException(
                $"{DatabaseRoles.Owner} may not create tables in this database: make it the owner with `alter database .. owner to {DatabaseRoles.Owner}`.",
                e);
        }
    }

    /// <summary>
    /// What was applied, by name; checksum and compatibility are null for a script that DbUp applied, the latter also where an older
    /// program migrated. Empty when nothing was ever applied.
    /// </summary>
    private static async Task<Dictionary<string, Applied>> Journal(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, Applied>(StringComparer.Ordinal);
        if (!await Scalar<bool>(connection, "select to_regclass('schemaversions') is not null", cancellation))
        {
            return applied;
        }

        // As JSON, so that one statement serves tables with and without the newer column.
        var checksums = await Scalar<bool>(connection, "select to_regclass('script_checksums') is not null", cancellation);
        var sql = checksums
            ? """
              select v.scriptname, c.checksum, to_jsonb(c) ->> 'compatible_from'
                from schemaversions v
                left join script_checksums c on c.scriptname = v.scriptname
              """
            : "select v.scriptname, null::text, null::text from schemaversions v";
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            applied[reader.GetString(0)] = new Applied(Text(1), Text(2));
        }

        return applied;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>What is to be applied; nothing may be applied to a database that is newer, however compatible it is.</summary>
    private List<Script> Compare(Dictionary<string, Applied> applied) =>
        Strangers(applied).LastOrDefault() is { } stranger ? throw Newer(stranger) : Missing(applied);

    /// <summary>The scripts of the database that this program does not know, in their order.</summary>
    private List<string> Strangers(Dictionary<string, Applied> applied) =>
        [.. applied.Keys.Except(_scripts.Select(script => script.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static MigrationException Newer(string stranger) =>
        new($"The database is newer than this program: it has {stranger}, which this program does not know, so run the newer program.");

    private List<Script> Missing(Dictionary<string, Applied> applied)
    {
        if (_scripts.FirstOrDefault(
            script => applied.GetValueOrDefault(script.Name)?.Checksum is { } sum && sum != script.Checksum) is { } changed)
        {
            throw new MigrationException(
                $"The script {changed.Name} was changed after it was applied: restore it and put the change into a new script.");
        }

        return [.. _scripts.Where(script => !applied.ContainsKey(script.Name))];
    }

    /// <summary>Adds what a former migrator, or DbUp, did not write down.</summary>
    private async Task Adopt(NpgsqlConnection connection, Dictionary<string, Applied> applied, CancellationToken cancellation)
    {
        foreach (var script in _scripts.Where(
            script => applied.TryGetValue(script.Name, out var known) && known is not { Checksum: { }, CompatibleFrom: { } }))
        {
            await Execute(connection, ChecksumInsert, cancellation, script);
        }
    }

    private static async Task Apply(NpgsqlConnection connection, Script script, CancellationToken cancellation)
    {
        if (!script.InTransaction)
        {
            await Run(connection, script, cancellation);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (script.InTransaction)
        {
            await Run(connection, script, cancellation);
        }

        await Execute(
            connection,
            "insert into schemaversions (scriptname, applied) values (@name, now() at time zone 'utc')",
            cancellation,
            script);
        await Execute(connection, ChecksumInsert, cancellation, script);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task Run(NpgsqlConnection connection, Script script, CancellationToken cancellation)
    {
        foreach (var statement in SqlStatements.Split(script.Text))
        {
            try
            {
                await Execute(connection, statement.Text, cancellation);
            }
            catch (PostgresException e)
            {
                var before = Math.Clamp(e.Position - 1, 0, statement.Text.Length);
                var line = statement.Line + statement.Text.AsSpan(0, before).Count('\n');
                throw new MigrationException(
                    $"The script {script.Name} failed at line {line} ({e.SqlState}: {e.MessageText}): correct it, then migrate again.",
                    e);
            }
        }
    }

    /// <summary>What stands about one script that was applied.</summary>
    private sealed record Applied(string? Checksum, string? CompatibleFrom);

    private const string ChecksumInsert =
        """
        insert into script_checksums (scriptname, checksum, compatible_from) values (@name, @checksum, @compatible_from)
            on conflict (scriptname) do update set compatible_from = excluded.compatible_from
        """;

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation, Script? script = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (script is not null)
        {
            command.Parameters.AddWithValue("name", script.Name);
            if (sql.Contains("@checksum", StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue("checksum", script.Checksum);
                command.Parameters.AddWithValue("compatible_from", script.CompatibleFrom);
            }
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<T> Scalar<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
        where T : struct
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) is T value
            ? value
            : throw new InvalidOperationException($"No {typeof(T).Name} came from: {sql}");
    }
}
