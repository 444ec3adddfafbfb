using P2P.Db;

namespace P2P.Tests.Support;

/// <summary>A database of a test's own, dropped when it is disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static int _made;

    private readonly PrivatePostgres _server;

    private TestDatabase(PrivatePostgres server, string name)
    {
        _server = server;
        Name = name;
    }

    public string Name { get; }

    /// <summary>Connects the application's role.</summary>
    public string App => _server.ConnectionString(DatabaseRoles.App, Name);

    /// <summary>Connects the schema's owner.</summary>
    public string Owner => _server.ConnectionString(DatabaseRoles.Owner, Name);

    /// <summary>Connects the superuser, for what no role of ours may do.</summary>
    public string Superuser => _server.SuperuserOf(Name);

    /// <summary>A clone of the migrated template.</summary>
    public static Task<TestDatabase> Create() => Create(TestPostgres.Template);

    /// <summary>The migrated database of a server that is the test's own.</summary>
    public static async Task<TestDatabase> On(PrivatePostgres server)
    {
        await new ScriptRunner(server.Owner).Migrate();
        return new TestDatabase(server, PrivatePostgres.DatabaseName);
    }

    /// <summary>A database without a single table of ours.</summary>
    public static Task<TestDatabase> CreateEmpty() => Create("template1");

    /// <summary>Ends what is still connected to it, too.</summary>
    public async ValueTask DisposeAsync() =>
        await TestPostgres.Execute(_server.SuperuserOf("postgres"), $"drop database if exists {Name} with (force)");

    private static async Task<TestDatabase> Create(string template)
    {
        var server = await TestPostgres.Server;
        var name = $"test_{Interlocked.Increment(ref _made)}";
        await TestPostgres.Execute(
            server.SuperuserOf("postgres"),
            $"create database {name} template {template} owner {DatabaseRoles.Owner} strategy file_copy");
        return new TestDatabase(server, name);
    }
}
