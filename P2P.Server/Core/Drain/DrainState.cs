namespace P2P.Server.Core.Drain;

/// <summary>Whether this node is about to stop: it then takes no new connections, and whoever asks for its readiness hears no.</summary>
public sealed class DrainState
{
    private volatile bool _isDraining;

    /// <summary>True from the moment on at which the node was told to stop.</summary>
    public bool IsDraining => _isDraining;

    internal void Begin() => _isDraining = true;
}
