namespace P2P.Contracts.Admin;

/// <summary>What staff hear of the house.</summary>
public interface IHouseClient
{
    /// <summary>Durable: a switch was moved, by staff or by the server itself.</summary>
    Task SwitchChanged(EventHead head, SwitchChanged change);

    /// <summary>Lossy: there are other open findings of the ledger's watch than before; heard within seconds.</summary>
    Task FindingsChanged(FindingsChanged change);

    /// <summary>Lossy: the counters now, every few seconds.</summary>
    Task CountersChanged(HouseCounters counters);
}
