namespace P2P.Contracts.Trading;

/// <summary>
/// When the caller's ads are open. Outside these hours and during a vacation they are shown to nobody and cannot be taken (AD_UNAVAILABLE with
/// the reason <c>outsideHours</c> or <c>vacation</c>, and <c>opensAt</c>); open orders go on.
/// </summary>
public interface IScheduleCalls
{
    /// <summary>The caller's hours and vacation.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<MakerSchedule> GetSchedule();

    /// <summary>Sets the week in which the caller's ads are open, as a whole; without windows they are open always.</summary>
    /// <remarks>Codes: BAD_INPUT (also a time zone that is not known), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.</remarks>
    Task<MakerSchedule> SetSchedule(SetScheduleRequest request);

    /// <summary>Hides all ads of the caller until a time, or ends that.</summary>
    /// <remarks>Codes: BAD_INPUT (also a time that has passed), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.</remarks>
    Task<MakerSchedule> SetVacation(SetVacationRequest request);
}
