using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>Development's database: the configured one, or a private PostgreSQL that ends with us.</summary>
internal sealed class DevelopmentDatabase : IAsyncDisposable
{
    private readonly PrivatePostgres? _postgres;

    private DevelopmentDatabase(string owner, string app, PrivatePostgres? postgres)
    {
        Owner = owner;
        App = app;
        _postgres = postgres;
    }

    public string Owner { get; }

    public string App { get; }

    /// <summary>Where the private PostgreSQL keeps its data; null with a configured one.</summary>
    public string? PrivateFolder => _postgres?.Folder;

    public static async Task<DevelopmentDatabase> Open(OperatorSettings settings, CancellationToken stop)
    {
        var owner = settings.OptionalConnectionString("Db:Owner");
        var app = settings.OptionalConnectionString("Db:App");
        if (owner is not null && app is not null)
        {
            return new DevelopmentDatabase(owner, app, null);
        }

        if (owner is not null || app is not null)
        {
            throw new SettingsException("Only one of Db:Owner and Db:App is set: set both, or none for a private PostgreSQL.");
        }

        var postgres = await PrivatePostgres.Start(new PrivatePostgresOptions { Folder = Folder(settings) }, stop);
        return new DevelopmentDatabase(postgres.Owner, postgres.App, postgres);
    }

    /// <summary>
    /// For commands that act on a database: the configured connection string (<c>Db:App</c> or <c>Db:Owner</c>), or else the database of
    /// the `dev` that runs on the same data folder.
    /// </summary>
    /// <param name="settings">The command's settings.</param>
    /// <param name="role">One of <see cref="DatabaseRoles"/>.</param>
    public static string ConnectionStringOf(OperatorSettings settings, string role)
    {
        var name = role == DatabaseRoles.Owner ? "Db:Owner" : "Db:App";
        return settings.OptionalConnectionString(name)
            ?? PrivatePostgresFolder.RunningConnectionString(Folder(settings), role)
            ?? throw new SettingsException($"{name} is not set and no `dev` runs on {settings.DataFolder}: set it, or start `dev` first.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    private static string Folder(OperatorSettings settings) => Path.Combine(settings.DataFolder, "pg");
}
