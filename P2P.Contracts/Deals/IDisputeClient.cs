namespace P2P.Contracts.Deals;

/// <summary>What the parties of a dispute hear.</summary>
public interface IDisputeClient
{
    /// <summary>Durable: a dispute of the caller's changed.</summary>
    Task DisputeChanged(EventHead head, DisputeChanged change);

    /// <summary>Durable: evidence was submitted to a dispute of the caller's.</summary>
    Task EvidenceSubmitted(EventHead head, EvidenceSubmitted change);
}
