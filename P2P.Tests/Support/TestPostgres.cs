using Npgsql;
using P2P.Db;

namespace P2P.Tests.Support;

/// <summary>
/// One private PostgreSQL for the whole run, started by the first test that needs a database. Tests get clones of a migrated template:
/// emptying tables is refused by the append-only triggers, and rightly so.
/// </summary>
public static class TestPostgres
{
    internal const string Template = "p2p_template";
    private const string FolderPrefix = "p2p-test-";
    private const string Memory = "/dev/shm";
    private const long MemoryBytesMin = 8L << 30;

    private static readonly Lazy<Task<PrivatePostgres>> Started = new(Start);

    /// <summary>The server; started when it is asked for first.</summary>
    public static Task<PrivatePostgres> Server => Started.Value;

    internal static async Task Stop()
    {
        if (Started.IsValueCreated && Started.Value.IsCompletedSuccessfully)
        {
            var server = await Started.Value;
            NpgsqlConnection.ClearAllPools();
            await server.DisposeAsync();
            Directory.Delete(server.Folder, recursive: true);
        }
    }

    internal static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(WithoutPool(connectionString));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task<T> Scalar<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(WithoutPool(connectionString));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"Nothing came from: {sql}"));
    }

    private static async Task<PrivatePostgres> Start()
    {
        RemoveLeftovers();
        var folder = Path.Combine(Parent(), $"{FolderPrefix}{Guid.NewGuid():N}"[..18]);
        var server = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = folder, Fsync = false, ConnectionsMax = 200 });
        await Execute(server.SuperuserOf("postgres"), $"create database {Template} owner {DatabaseRoles.Owner}");
        await new ScriptRunner(server.ConnectionString(DatabaseRoles.Owner, Template)).Migrate();
        return server;
    }

    /// <summary>In memory where there is enough of it: hundreds of databases are copied and dropped, and none is to outlive the run.</summary>
    private static string Parent() =>
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > MemoryBytesMin ? Memory : Path.GetTempPath();

    /// <summary>A run that was killed leaves its folder behind; its server has ended with it.</summary>
    private static void RemoveLeftovers()
    {
        foreach (var folder in new[] { Memory, Path.GetTempPath() }
            .Where(Directory.Exists)
            .SelectMany(parent => Directory.GetDirectories(parent, FolderPrefix + "*"))
            .Where(folder => Directory.GetCreationTimeUtc(folder) < DateTime.UtcNow.AddHours(-1)))
        {
            try
            {
                using (PrivatePostgresFolder.Claim(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception e) when (e is PrivatePostgresException or IOException or UnauthorizedAccessException)
            {
                // Still in use or another user's: whoever owns it removes it.
                TestContext.Out.WriteLine($"{folder} stays: {e.Message}");
            }
        }
    }

    private static string WithoutPool(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
