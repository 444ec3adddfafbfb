using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Catalogue;

/// <summary>Statements on the catalogue.</summary>
internal static class CatalogueSql
{
    /// <summary>Who adds something, or changes limits, waits for others who do.</summary>
    public static Task Lock(Tx tx) => tx.Execute("select pg_advisory_xact_lock(7016232)");

    public static Task<IEnumerable<CatalogueAsset>> Assets(Tx tx) =>
        tx.Query<CatalogueAsset>(
            """
            select a.code, a.name, a.scale, a.fee_rate, a.order_min, a.order_max, a.is_traded, a.takes_deposits
              from assets a
             order by a.code
            """);

    public static Task<CatalogueAsset?> LockAsset(Tx tx, string code) =>
        tx.One<CatalogueAsset>(
            """
            select a.code, a.name, a.scale, a.fee_rate, a.order_min, a.order_max, a.is_traded, a.takes_deposits
              from assets a
             where a.code = @code
               for no key update
            """,
            new { code });

    public static Task<int> InsertAsset(Tx tx, CatalogueAsset asset) =>
        tx.Execute(
            """
            insert into assets (code, name, scale, fee_rate, order_min, order_max, is_traded, takes_deposits)
            values (@Code, @Name, @Scale, @FeeRate, @OrderMin, @OrderMax, @IsTraded, @TakesDeposits)
                on conflict (code) do nothing
            """,
            asset);

    public static Task<int> UpdateAsset(Tx tx, CatalogueAsset asset) =>
        tx.Execute(
            """
            update assets
               set name = @Name,
                   fee_rate = @FeeRate,
                   order_min = @OrderMin,
                   order_max = @OrderMax,
                   is_traded = @IsTraded,
                   takes_deposits = @TakesDeposits
             where code = @Code
            """,
            asset);

    public static Task<IEnumerable<CatalogueCurrency>> Currencies(Tx tx) =>
        tx.Query<CatalogueCurrency>(
            """
            select c.code, c.name, c.scale
              from currencies c
             order by c.code
            """);

    public static Task<int> InsertCurrency(Tx tx, CatalogueCurrency currency) =>
        tx.Execute(
            """
            insert into currencies (code, name, scale)
            values (@Code, @Name, @Scale)
                on conflict (code) do nothing
            """,
            currency);

    public static Task<IEnumerable<CatalogueLimitsRow>> Limits(Tx tx) =>
        tx.Query<CatalogueLimitsRow>(
            """
            select l.currency, l.new_per_order, l.new_per_day, l.verified_per_order, l.verified_per_day, l.merchant_per_order, l.merchant_per_day
              from trade_limits l
             order by l.currency
            """);

    public static Task<CatalogueLimitsRow?> LimitsOf(Tx tx, string currency) =>
        tx.One<CatalogueLimitsRow>(
            """
            select l.currency, l.new_per_order, l.new_per_day, l.verified_per_order, l.verified_per_day, l.merchant_per_order, l.merchant_per_day
              from trade_limits l
             where l.currency = @currency
            """,
            new { currency });

    public static Task<int> SaveLimits(Tx tx, CatalogueLimits limits) =>
        tx.Execute(
            """
            insert into trade_limits (currency, new_per_order, new_per_day, verified_per_order, verified_per_day, merchant_per_order, merchant_per_day)
            values (@Currency, @NewPerOrder, @NewPerDay, @VerifiedPerOrder, @VerifiedPerDay, @MerchantPerOrder, @MerchantPerDay)
                on conflict (currency) do update
               set new_per_order = excluded.new_per_order,
                   new_per_day = excluded.new_per_day,
                   verified_per_order = excluded.verified_per_order,
                   verified_per_day = excluded.verified_per_day,
                   merchant_per_order = excluded.merchant_per_order,
                   merchant_per_day = excluded.merchant_per_day
            """,
            CatalogueLimitsRow.Of(limits));

    public static Task<IEnumerable<CatalogueMethodRow>> Methods(Tx tx) =>
        tx.Query<CatalogueMethodRow>(
            """
            select m.id, m.code, m.name, m.kind, m.country, m.currency, cast(m.fields as text) as fields, m.active
              from payment_methods m
             order by m.name, m.id
            """);

    public static Task<CatalogueMethodRow?> LockMethod(Tx tx, long id) =>
        tx.One<CatalogueMethodRow>(
            """
            select m.id, m.code, m.name, m.kind, m.country, m.currency, cast(m.fields as text) as fields, m.active
              from payment_methods m
             where m.id = @id
               for no key update
            """,
            new { id });

    /// <summary>Null when the code is taken.</summary>
    public static Task<long?> InsertMethod(Tx tx, CatalogueMethodRow row) =>
        tx.Scalar<long?>(
            """
            insert into payment_methods (id, code, name, kind, country, currency, fields)
            select coalesce(max(m.id), 0) + 1, @Code, @Name, @Kind, @Country, @Currency, cast(@Fields as jsonb)
              from payment_methods m
                on conflict (code) do nothing
            returning id
            """,
            row);

    public static Task<int> UpdateMethod(Tx tx, CatalogueMethodRow row) =>
        tx.Execute(
            """
            update payment_methods
               set name = @Name,
                   fields = cast(@Fields as jsonb),
                   active = @Active
             where id = @Id
            """,
            row);
}

/// <summary>A payment method as the database keeps it.</summary>
internal sealed record CatalogueMethodRow
{
    public required long Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public string? Country { get; init; }

    public required string Currency { get; init; }

    public required string Fields { get; init; }

    public required bool Active { get; init; }
}
