namespace P2P.Contracts.Admin;

/// <summary>How the house stands, in numbers.</summary>
public interface ICounterCalls
{
    /// <summary>
    /// The counters, at most a few seconds old; <see cref="IHouseClient.CountersChanged"/> tells them live. Roles: admin, arbitrator,
    /// support, readonly.
    /// </summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<HouseCounters> GetCounters();
}
