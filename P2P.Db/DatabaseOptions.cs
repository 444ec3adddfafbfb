namespace P2P.Db;

/// <summary>Where the database is. Two roles: the owner changes the schema, the application may do no more than it needs.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Connection string of the application's role (setting <c>Db:App</c>).</summary>
    public required string App { get; init; }

    /// <summary>
    /// Connection string of the application's role to a streaming replica that lists and searches may be read from; null for none.
    /// </summary>
    public string? Replica { get; init; }

    /// <summary>A replica that is further behind is left out.</summary>
    public int ReplicaLagMaxMs { get; init; } = 5_000;

    /// <summary>Connections that the general pool may open.</summary>
    public int PoolSizeMax { get; init; } = 40;

    /// <summary>Longest time that one statement may run.</summary>
    public int StatementTimeoutMs { get; init; } = 2_000;

    /// <summary>Longest time that a statement may wait for a lock.</summary>
    public int LockTimeoutMs { get; init; } = 1_000;

    /// <summary>Longest time that a transaction may stand idle.</summary>
    public int IdleInTransactionTimeoutMs { get; init; } = 5_000;
}
