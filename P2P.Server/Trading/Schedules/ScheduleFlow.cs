using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Offers;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Trading.Schedules;

/// <summary>When a maker's ads are open. Books look at them at once, and then every few seconds, as with whatever no offer's change tells.</summary>
public sealed class ScheduleFlow(Database database, RequestLog requests, OfferChanges offers)
{
    public async Task<MakerSchedule> Get(Caller caller, CancellationToken cancellation) =>
        View(await database.Read(tx => ScheduleSql.Of(tx, caller.UserId), cancellation));

    public Task<MakerSchedule> SetWeek(Caller caller, SetScheduleRequest request, CancellationToken cancellation)
    {
        var week = ScheduleRules.WeekOf(request.Windows);
        ScheduleRules.CheckZone(request.TimeZone);
        return Once(
            caller,
            nameof(IScheduleCalls.SetSchedule),
            request,
            async change =>
            {
                if (!await ScheduleSql.KnowsZone(change.Tx, request.TimeZone))
                {
                    throw ScheduleRules.UnknownZone();
                }

                await ScheduleSql.SaveWeek(change.Tx, caller.UserId, week is null ? null : request.TimeZone, week, await change.Now());
            },
            cancellation);
    }

    public Task<MakerSchedule> SetVacation(Caller caller, SetVacationRequest request, CancellationToken cancellation)
    {
        var until = request.Until?.ToUniversalTime();
        return Once(
            caller,
            nameof(IScheduleCalls.SetVacation),
            request,
            async change =>
            {
                var now = await change.Now();
                ScheduleRules.CheckVacation(until, now);
                await ScheduleSql.SaveVacation(change.Tx, caller.UserId, until, now);
            },
            cancellation);
    }

    private async Task<MakerSchedule> Once(Caller caller, string call, IChange request, Func<Change, Task> save, CancellationToken cancellation)
    {
        var view = await requests.Once(
            caller,
            call,
            request,
            async change =>
            {
                await save(change);
                return View(await ScheduleSql.Of(change.Tx, caller.UserId));
            },
            cancellation);
        offers.Raise([.. await database.Read(tx => ScheduleSql.AnyOffer(tx, caller.UserId), cancellation)]);
        return view;
    }

    private static MakerSchedule View(HoursRow row)
    {
        var isOpen = ScheduleRules.IsOpen(row.Hours, row.Now);
        return new MakerSchedule
        {
            TimeZone = row.TimeZone,
            Windows = ScheduleRules.WindowsOf(row.Week),
            VacationUntil = row.VacationUntil > row.Now ? row.VacationUntil : null,
            IsOpen = isOpen,
            OpensAt = isOpen ? null : ScheduleRules.OpensAt(row.Hours, row.Now),
            ClosesAt = isOpen ? ScheduleRules.ClosesAt(row.Hours, row.Now) : null,
        };
    }
}
