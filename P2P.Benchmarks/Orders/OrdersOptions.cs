namespace P2P.Benchmarks.Orders;

/// <summary>Which ads the callers take.</summary>
internal enum LoadKind
{
    /// <summary>Any of many, each with a merchant of its own.</summary>
    Spread,

    /// <summary>All of them one and the same.</summary>
    Hot,
}

/// <summary>What the scenario is asked for.</summary>
internal sealed record OrdersOptions
{
    public int Rounds { get; init; } = 3;

    public double Seconds { get; init; } = 5;

    /// <summary>Before every measurement: connections open, plans made, code compiled.</summary>
    public double WarmUpSeconds { get; init; } = 2;

    public IReadOnlyList<int> Callers { get; init; } = [1, 32, 256];

    public IReadOnlyList<LoadKind> Loads { get; init; } = [LoadKind.Spread, LoadKind.Hot];

    public int Merchants { get; init; } = 10_000;

    /// <summary>Letters of the targets to run; 2 is the engine with two writers.</summary>
    public string Targets { get; init; } = "ABCD";

    /// <summary>Of a superuser; null starts a private PostgreSQL.</summary>
    public string? Connection { get; init; }

    public bool Plain { get; init; }
}

/// <summary>One measurement: how many callers, on which ads, how long.</summary>
internal sealed record OrdersLoad(int Callers, LoadKind Kind, double WarmUpSeconds, double Seconds)
{
    /// <summary>Lifecycles for each caller, instead of a time; for counting rows.</summary>
    public int? LifecyclesEach { get; init; }
}
