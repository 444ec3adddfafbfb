namespace P2P.Db;

/// <summary>Where a private PostgreSQL lives and how careful it is.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>A folder of its own; made when it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>False for tests only: a power cut may then cost the data.</summary>
    public bool Fsync { get; init; } = true;

    /// <summary>Connections that the server takes.</summary>
    public int ConnectionsMax { get; init; } = 200;

    /// <summary>Further settings of the server, which win over its own.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>Longest wait for the server to be ready; recovery after a crash is part of it.</summary>
    public TimeSpan StartWaitMax { get; init; } = TimeSpan.FromSeconds(60);
}
