using P2P.Db;

namespace P2P.Server.Trading.TradeLimits;

/// <summary>The limits of one currency, for each level.</summary>
public sealed record TradeLimitRow
{
    public required string Currency { get; init; }
    public decimal? NewPerOrder { get; init; }
    public decimal? NewPerDay { get; init; }
    public decimal? VerifiedPerOrder { get; init; }
    public decimal? VerifiedPerDay { get; init; }
    public decimal? MerchantPerOrder { get; init; }
    public decimal? MerchantPerDay { get; init; }
}

/// <summary>What a user's limits are decided from.</summary>
public sealed record LimitFacts
{
    public required bool IsVerified { get; init; }
    public required bool IsMerchant { get; init; }
    public required int OpenAsTaker { get; init; }
    public required int UnpaidAsTaker { get; init; }
    public required int CoolDowns { get; init; }
    public DateTimeOffset? CoolDownAt { get; init; }
    public DateTimeOffset? CoolingDownUntil { get; init; }
    public string? DayVolume { get; init; }
    public required DateTimeOffset Now { get; init; }
}

/// <summary>Reads of limits.</summary>
public static class TradeLimitSql
{
    public static Task<IEnumerable<TradeLimitRow>> All(Tx tx) => tx.Query<TradeLimitRow>(
        """
        select l.currency, l.new_per_order, l.new_per_day, l.verified_per_order, l.verified_per_day, l.merchant_per_order, l.merchant_per_day
          from trade_limits l
         order by l.currency
        """,
        new { });

    public static Task<LimitFacts?> Of(Tx tx, long userId) => tx.One<LimitFacts>(
        """
        select p.is_verified, p.is_merchant, s.open_as_taker, s.unpaid_as_taker, s.cool_downs, s.cool_down_at, s.cooling_down_until,
               cast(s.day_volume as text) as day_volume, clock_timestamp() as now
          from profiles p
          join standings s on s.user_id = p.user_id
         where p.user_id = @userId
        """,
        new { userId });
}
