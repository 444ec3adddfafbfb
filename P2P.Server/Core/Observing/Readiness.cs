using Npgsql;
using P2P.Db;
using P2P.Server.Core.Drain;

namespace P2P.Server.Core.Observing;

/// <summary>A part of the server's health beyond the database, for operators.</summary>
/// <param name="Name">One word.</param>
/// <param name="Look">How it stands, in one word; null while it is not in use.</param>
/// <param name="IsBad">Whether this word means that the node should get no users.</param>
public sealed record HealthPart(string Name, Func<string?> Look, Func<string, bool> IsBad);

/// <summary>How the server stands: one word for strangers, one word a part for operators.</summary>
public sealed record Health(bool IsReady, IReadOnlyDictionary<string, string> Parts)
{
    public string Word => IsReady ? "ready" : "unready";
}

/// <summary>Whether this node should be given users: it reaches its database, knows its schema and is not about to stop.</summary>
public sealed class Readiness(Database database, DrainState drain, IEnumerable<HealthPart> parts) : IAsyncDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(5);

    // A connection of its own: a pool that is used up says nothing about the database.
    private readonly NpgsqlDataSource _source = Database.NamedSource(
        "p2p-health", new NpgsqlConnectionStringBuilder(database.Options.App) { MaxPoolSize = 1, Enlist = false }.ConnectionString);

    private readonly ScriptRunner _scripts = new(database.Options.App);
    private readonly Lock _gate = new();
    private Task<(string Database, string Scripts)>? _looked;
    private long _lookedAt;

    /// <summary>Looks, or tells what was seen within the last second: however many ask, the database is asked once.</summary>
    public async Task<Health> Look(CancellationToken cancellation)
    {
        var (db, scripts) = await Seen().WaitAsync(cancellation);
        var words = new Dictionary<string, string>
        {
            ["database"] = db,
            ["scripts"] = scripts,
            ["draining"] = drain.IsDraining ? "yes" : "no",
        };
        var isReady = db == "up" && scripts == "current" && !drain.IsDraining;
        foreach (var part in parts)
        {
            if (part.Look() is { } word)
            {
                words[part.Name] = word;
                isReady &= !part.IsBad(word);
            }
        }

        return new Health(isReady, words);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private Task<(string Database, string Scripts)> Seen()
    {
        lock (_gate)
        {
            if (_looked is null || (_looked.IsCompleted && TimeProvider.System.GetElapsedTime(_lookedAt) > FreshFor))
            {
                _lookedAt = TimeProvider.System.GetTimestamp();
                _looked = LookAtDatabase();
            }

            return _looked;
        }
    }

    private async Task<(string Database, string Scripts)> LookAtDatabase()
    {
        using var limit = new CancellationTokenSource(LookMax);
        try
        {
            await using var connection = await _source.OpenConnectionAsync(limit.Token);
            await _scripts.EnsureCurrent(connection, limit.Token);
            return ("up", "current");
        }
        catch (MigrationException)
        {
            return ("up", "other");
        }
        catch (Exception)
        {
            // Whatever it was, the way to the database does not work: who wants to know why finds it in the log of those who work with it.
            return ("down", "unknown");
        }
    }
}
