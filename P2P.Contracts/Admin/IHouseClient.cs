namespace P2P.Contracts.Admin;

/// <summary>What staff hear of the house.</summary>
public interface IHouseClient
{
    /// <summary>Durable: a switch was moved, by staff or by the server itself.</summary>
    Task SwitchChanged(EventHead head, SwitchChanged change);
}
