namespace P2P.Contracts.Admin;

/// <summary>The house as a whole: its emergency switches.</summary>
public interface IHouseCalls
{
    /// <summary>How the switches stand. Roles: admin, arbitrator, support, readonly.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<HouseStatus> GetHouse();

    /// <summary>
    /// Stops new orders: from the answer on none is placed, and those that stand go on. Paused already, it takes the new reason. Roles:
    /// admin.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.</remarks>
    Task<HouseStatus> PauseTrading(SwitchRequest request);

    /// <summary>Lets orders be placed again. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.</remarks>
    Task<HouseStatus> ResumeTrading(SwitchRequest request);

    /// <summary>
    /// Stops every release: from the answer on no escrow goes to a buyer. Confirmed payments stay confirmed. Roles: admin.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.</remarks>
    Task<HouseStatus> PauseReleases(SwitchRequest request);

    /// <summary>Lets escrows be released again, once every finding of the ledger's watch is acknowledged. Roles: admin.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, FINDINGS_OPEN.</remarks>
    Task<HouseStatus> ResumeReleases(SwitchRequest request);
}
