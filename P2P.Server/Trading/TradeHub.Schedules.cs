using P2P.Contracts.Trading;

namespace P2P.Server.Trading;

/// <summary>When the caller's ads are open, and how much the caller may trade.</summary>
public sealed partial class TradeHub
{
    public Task<MakerSchedule> GetSchedule() => ads.Schedules.Get(Caller, Aborted);

    public Task<MakerSchedule> SetSchedule(SetScheduleRequest request) => ads.Schedules.SetWeek(Caller, request, Aborted);

    public Task<MakerSchedule> SetVacation(SetVacationRequest request) => ads.Schedules.SetVacation(Caller, request, Aborted);

    public Task<MyLimits> GetMyLimits() => orders.Limits.Mine(Caller, Aborted);
}
