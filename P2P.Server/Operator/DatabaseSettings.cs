using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>The section <c>Db</c> beside its connection strings: pool and timeouts.</summary>
internal static class DatabaseSettings
{
    public static DatabaseOptions From(IConfiguration settings, string connectionString, string? replica = null)
    {
        var defaults = new DatabaseOptions { App = connectionString };
        return new DatabaseOptions
        {
            App = connectionString,
            Replica = replica,
            ReplicaLagMaxMs = Number(settings, nameof(DatabaseOptions.ReplicaLagMaxMs), defaults.ReplicaLagMaxMs),
            PoolSizeMax = Number(settings, nameof(DatabaseOptions.PoolSizeMax), defaults.PoolSizeMax),
            StatementTimeoutMs = Number(settings, nameof(DatabaseOptions.StatementTimeoutMs), defaults.StatementTimeoutMs),
            LockTimeoutMs = Number(settings, nameof(DatabaseOptions.LockTimeoutMs), defaults.LockTimeoutMs),
            IdleInTransactionTimeoutMs = Number(settings, nameof(DatabaseOptions.IdleInTransactionTimeoutMs), defaults.IdleInTransactionTimeoutMs),
        };
    }

    private static int Number(IConfiguration settings, string name, int otherwise)
    {
        var text = settings[$"Db:{name}"];
        return string.IsNullOrWhiteSpace(text) ? otherwise
            : int.TryParse(text, out var number) && number > 0 ? number
            : throw new SettingsException($"Db:{name} is no number above zero ({text}): correct it.");
    }
}
