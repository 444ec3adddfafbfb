using P2P.Db;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin.Analytics;

/// <summary>Rolls up the days that are over, one transaction a day; of several nodes one does the work.</summary>
public sealed class AnalyticsRollup(Database database)
{
    private const int DaysMax = 31;
    private const string PatienceMs = "60000";

    /// <summary>Rolls up what is due; what is left over comes with the next round.</summary>
    /// <returns>How many days.</returns>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var days = 0;
        while (days < DaysMax && await database.Write(Next, cancellation))
        {
            days++;
        }

        foreach (var day in await database.Read(tx => AnalyticsSql.ToFinish(tx, DaysMax), cancellation))
        {
            await database.Write(tx => Finish(tx, day), cancellation);
        }

        return days;
    }

    /// <summary>True when there was a day.</summary>
    private static async Task<bool> Next(Tx tx)
    {
        if (!await AnalyticsSql.TryLead(tx))
        {
            return false;
        }

        var known = await AnalyticsSql.Known(tx);
        var next = known.Rolled is { } rolled ? Days.Read(rolled).AddDays(1)
            : known.First is { } first ? Days.Read(first)
            : (DateOnly?)null;
        if (next is not { } day || day >= Days.Read(known.Settled))
        {
            return false;
        }

        await AnalyticsSql.Patience(tx, PatienceMs);
        await AnalyticsSql.RollUp(tx, Begin(day), Begin(day.AddDays(1)));
        return true;
    }

    private static async Task Finish(Tx tx, string text)
    {
        if (await AnalyticsSql.TryLead(tx))
        {
            var day = Days.Read(text);
            await AnalyticsSql.Patience(tx, PatienceMs);
            await AnalyticsSql.Finish(tx, Begin(day), Begin(day.AddDays(1)));
        }
    }

    internal static DateTimeOffset Begin(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
