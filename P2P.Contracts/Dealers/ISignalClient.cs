namespace P2P.Contracts.Dealers;

/// <summary>What a peer hears of others who want to talk.</summary>
public interface ISignalClient
{
    /// <summary>Lossy: signals of other peers, the oldest first.</summary>
    Task SignalsReceived(SignalsReceived signals);

    /// <summary>Lossy: frames of sessions, the oldest first.</summary>
    Task FramesReceived(FramesReceived frames);
}
