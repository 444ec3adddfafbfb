namespace P2P.Server.Dealers;

/// <summary>The dealers' network (section <c>Dealers</c>).</summary>
public sealed record DealerSettings
{
    /// <summary>False: there is no dealer hub. What peers have stays where it is.</summary>
    public bool Enabled { get; init; } = true;
}
