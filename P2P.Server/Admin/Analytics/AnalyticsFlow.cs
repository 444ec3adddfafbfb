using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Admin.Counters;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin.Analytics;

/// <summary>Trading in numbers: days that are over as they were rolled up, today as it is.</summary>
public sealed class AnalyticsFlow
{
    private const string PatienceMs = "20000";
    private static readonly TimeSpan TodayFreshFor = TimeSpan.FromSeconds(15);

    private readonly Database _database;
    private readonly KeptAnswer<LiveDay> _today;

    public AnalyticsFlow(Database database)
    {
        _database = database;
        _today = new(TodayFreshFor, ReadToday);
    }

    public async Task<AnalyticsView> Get(GetAnalyticsRequest request, CancellationToken cancellation)
    {
        AnalyticsRules.Check(request);
        var known = await _database.Read(AnalyticsSql.Known, cancellation);
        var today = Days.Read(known.Today);
        var live = request.To >= today && request.From <= today ? await _today.Get().WaitAsync(cancellation) : LiveDay.None;
        return await _database.Snapshot(tx => Read(tx, request, known, live), cancellation);
    }

    private static async Task<AnalyticsView> Read(Tx tx, GetAnalyticsRequest request, KnownDays known, LiveDay live)
    {
        var range = new AnalyticsRange(
            Days.Spell(request.From),
            Days.Spell(request.To),
            request.GroupBy == AnalyticsGrouping.Day,
            request.GroupBy == AnalyticsGrouping.PaymentMethod);
        var days = await AnalyticsSql.Days(tx, range, AnalyticsRules.RowsMax);
        var times = await AnalyticsSql.DayTimes(tx, range);
        var names = (await AnalyticsSql.Names(tx)).ToDictionary(method => method.Id, method => method.Name);
        return new AnalyticsView
        {
            Rows = AnalyticsRules.Rows(days.Concat(live.Figures), times.Concat(live.Times), request.GroupBy, names),
            MissingDays = await Missing(tx, request, known),
        };
    }

    private static async Task<IReadOnlyList<DateOnly>> Missing(Tx tx, GetAnalyticsRequest request, KnownDays known)
    {
        if (known.First is not { } first)
        {
            return [];
        }

        var (from, to) = (Days.Read(first), Days.Read(known.Today).AddDays(-1));
        (from, to) = (request.From > from ? request.From : from, request.To < to ? request.To : to);
        return from > to
            ? []
            : [.. (await AnalyticsSql.Missing(tx, Days.Spell(from), Days.Spell(to))).Select(Days.Read)];
    }

    private Task<LiveDay> ReadToday() => _database.Snapshot(async tx =>
    {
        await AnalyticsSql.Patience(tx, PatienceMs);
        var today = (await AnalyticsSql.Known(tx)).Today;
        var from = AnalyticsRollup.Begin(Days.Read(today));
        return new LiveDay(
            [.. (await AnalyticsSql.Live(tx, from, from.AddDays(1))).Select(row => row with { Day = today })],
            [.. (await AnalyticsSql.LiveTimes(tx, from, from.AddDays(1))).Select(row => row with { Day = today })]);
    });

    private sealed record LiveDay(IReadOnlyList<DayFigures> Figures, IReadOnlyList<ReleaseTimes> Times)
    {
        public static LiveDay None { get; } = new([], []);
    }
}
