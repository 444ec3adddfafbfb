using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin.Analytics;

/// <summary>The table for spreadsheets, for whom <c>GetAnalytics</c> serves.</summary>
internal static class AnalyticsRoutes
{
    public static void MapAnalytics(this WebApplication app) =>
        app.MapGet("/api/admin/analytics.csv", Table).RequireAuthorization(policy =>
            policy.RequireAuthenticatedUser().RequireRole(StaffRoles.Admin, StaffRoles.ReadOnly));

    private static async Task<IResult> Table(
        string? from, string? to, string? groupBy, HttpContext context, StaffGate gate, AnalyticsFlow flow)
    {
        var caller = CallerClaims.CallerOf(context.User) ?? throw new Refused(ErrorCodes.Unauthenticated, "Nobody is signed in.");
        if ((await gate.Admit(caller, context.User, context.RequestAborted)).Refusal is { } refusal)
        {
            throw new Refused(refusal);
        }

        var request = new GetAnalyticsRequest { From = Days.Parse(from, "from"), To = Days.Parse(to, "to"), GroupBy = Grouping(groupBy) };
        var view = await flow.Get(request, context.RequestAborted);
        return CsvAnswer.Of(context, "analytics", AnalyticsCsv.Write(view.Rows));
    }

    private static AnalyticsGrouping Grouping(string? text) => text switch
    {
        null or "day" => AnalyticsGrouping.Day,
        "market" => AnalyticsGrouping.Market,
        "paymentMethod" => AnalyticsGrouping.PaymentMethod,
        _ => throw new Refused(ErrorCodes.BadInput, "groupBy is day, market or paymentMethod.", ("path", "groupBy")),
    };
}
