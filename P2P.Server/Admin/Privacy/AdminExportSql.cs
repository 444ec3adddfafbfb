using P2P.Server.Accounts.Privacy;

namespace P2P.Server.Admin.Privacy;

/// <summary>What the house's work knows of a person: whether they are of the staff, and on which days they traded.</summary>
internal static class AdminExportSql
{
    private const string House = "the house's own: what the ledger's watch found and where it stands";
    private const string Sums = "sums over everyone, without names";

    public static IReadOnlyList<ExportSource> Sources { get; } =
    [
        new("staff_membership", Membership, "staff_members"),
        new("cases_helped", Helped, "dispute_helpers"),
        new("cases_watched", Watched, "dispute_watches"),
        new("trading_days", TradingDays, "trader_days"),
    ];

    public static IReadOnlyList<ExportGap> Gaps { get; } =
    [
        new("dispute_helpers.added_by", "names a member of staff"),
        new("ledger_watch", House),
        new("ledger_findings", House),
        new("ledger_verifications", House),
        new("analytics_days", Sums),
        new("analytics_release_times", Sums),
        new("analytics_rolled", Sums),
    ];

    private const string Membership =
        """
        select roles, seen_at
          from staff_members
         where user_id = @userId
        """;

    private const string Helped =
        """
        select dispute_id, at
          from dispute_helpers
         where user_id = @userId
         order by dispute_id
        """;

    private const string Watched =
        """
        select dispute_id, note, at
          from dispute_watches
         where user_id = @userId
         order by dispute_id
        """;

    private const string TradingDays =
        """
        select day
          from trader_days
         where user_id = @userId
         order by day
        """;
}
