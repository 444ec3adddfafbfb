namespace P2P.Contracts.Deals;

/// <summary>What the parties of a complaint hear.</summary>
public interface IComplaintClient
{
    /// <summary>Durable: a complaint about one of the caller's orders was filed, added to, looked into or decided.</summary>
    Task ComplaintChanged(EventHead head, ComplaintChanged change);
}
