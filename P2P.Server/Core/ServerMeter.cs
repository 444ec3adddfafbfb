using System.Diagnostics.Metrics;

namespace P2P.Server.Core;

/// <summary>The one meter of this server. Features add their instruments to it; their names begin with <c>p2p.</c>.</summary>
public static class ServerMeter
{
    public const string Name = "P2P.Server";

    public static Meter Meter { get; } = new(Name);
}
