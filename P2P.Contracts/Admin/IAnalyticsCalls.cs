namespace P2P.Contracts.Admin;

/// <summary>Trading in numbers.</summary>
public interface IAnalyticsCalls
{
    /// <summary>
    /// Volume, orders, completion, disputes, time to release and retention of some days. The same stands at
    /// <c>GET /api/admin/analytics.csv?from=2026-01-01&amp;to=2026-01-31&amp;groupBy=day</c> as a table for spreadsheets. Roles: admin,
    /// readonly.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<AnalyticsView> GetAnalytics(GetAnalyticsRequest request);
}
