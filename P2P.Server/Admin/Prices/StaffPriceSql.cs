using P2P.Contracts.Trading;
using P2P.Db;

namespace P2P.Server.Admin.Prices;

/// <summary>How the polling of a source went.</summary>
public sealed record SourceState
{
    public required string Source { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    public string? LastError { get; init; }

    public required int Failures { get; init; }
}

/// <summary>What a source said last.</summary>
public sealed record SourceQuote
{
    public required string Source { get; init; }

    public required PriceSourceKind Kind { get; init; }

    public required string Asset { get; init; }

    public required string Fiat { get; init; }

    public required decimal Price { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool IsFresh { get; init; }
}

/// <summary>A market's price with the override in force.</summary>
public sealed record MarketRow
{
    public required string Asset { get; init; }

    public required string Fiat { get; init; }

    public decimal? Price { get; init; }

    public string? Source { get; init; }

    public DateTimeOffset? At { get; init; }

    public DateTimeOffset? FreshUntil { get; init; }

    public required bool IsFresh { get; init; }

    public decimal? OverridePrice { get; init; }

    public string? OverrideReason { get; init; }

    public string? OverrideBy { get; init; }

    public DateTimeOffset? OverrideAt { get; init; }

    public DateTimeOffset? OverrideUntil { get; init; }
}

/// <summary>What staff read of prices.</summary>
public static class StaffPriceSql
{
    private const int RowsMax = 1_000;

    public static Task<IEnumerable<SourceState>> States(Tx tx) =>
        tx.Query<SourceState>(
            """
            select source, last_success_at, last_failure_at, last_error, failures
              from price_sources
             order by source
             limit @RowsMax
            """,
            new { RowsMax });

    public static Task<IEnumerable<SourceQuote>> Quotes(Tx tx) =>
        tx.Query<SourceQuote>(
            """
            select source, kind, asset, fiat, price, at, fresh_until > clock_timestamp() as is_fresh
              from price_quotes
             order by source, asset, fiat
             limit @RowsMax
            """,
            new { RowsMax });

    /// <summary>Markets that ever had a price or a source.</summary>
    public static Task<IEnumerable<MarketRow>> Markets(Tx tx) =>
        tx.Query<MarketRow>(
            """
            select m.asset, m.fiat, p.price, p.source, p.at, nullif(p.fresh_until, timestamptz '9999-12-31 00:00Z') as fresh_until,
                   coalesce(p.fresh_until > clock_timestamp(), false) as is_fresh, o.price as override_price, o.reason as override_reason,
                   o.set_by as override_by, o.set_at as override_at, o.until as override_until
              from (select q.asset, q.fiat
                      from price_quotes q
                     union
                    select r.asset, r.fiat
                      from prices r) m
              left join prices p on p.asset = m.asset and p.fiat = m.fiat
              left join price_overrides o on o.asset = m.asset and o.fiat = m.fiat and o.lifted_at is null
                                         and (o.until is null or o.until > clock_timestamp())
             order by m.asset, m.fiat
             limit @RowsMax
            """,
            new { RowsMax });
}
