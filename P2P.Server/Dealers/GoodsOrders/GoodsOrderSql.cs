using P2P.Server.Deals.Engine;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>What an item is priced in.</summary>
public sealed record ItemCurrency
{
    public required Guid ItemId { get; init; }

    public required short Scale { get; init; }

    /// <summary>It is an asset of the ledger, so that it can be held.</summary>
    public required bool IsAsset { get; init; }
}

/// <summary>The kind's statements in the engine's scripts; none of them locks: the orders and offers they belong to are locked.</summary>
public static class GoodsOrderSql
{
    public const string DetailColumns =
        """
        g.order_id, g.item_name, g.unit, g.quantity, g.price, g.currency, g.total, g.scale, g.payment_reference, g.fulfil_days, g.fulfilled,
        g.shipments, g.refund, g.paid_at, g.fulfilled_at
        """;

    public const string CurrencyColumns =
        """
        i.id as item_id, coalesce(s.scale, c.scale) as scale, s.code is not null as is_asset
        """;

    public const string CurrencyTables =
        """
        items i
          left join assets s on s.code = i.currency
          left join currencies c on c.code = i.currency
        """;

    public static void LoadDetails(Script script, ICollection<Guid> orders, Action<GoodsOrder> take) => script.Read(
        $"""
        select {DetailColumns}
          from goods_orders g
         where g.order_id = any($1)
        """,
        EngineSql.Each(take),
        Script.Of(orders));

    public static void LoadCurrencies(Script script, ICollection<Guid> items, Action<ItemCurrency> take) => script.Read(
        $"""
        select {CurrencyColumns}
          from {CurrencyTables}
         where i.id = any($1)
        """,
        EngineSql.Each(take),
        Script.Of(items));

    public static void Insert(Script script, IReadOnlyCollection<GoodsOrder> details)
    {
        if (details.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into goods_orders (order_id, item_name, unit, quantity, price, currency, total, scale, notes, fulfil_days, fulfilled, shipments,
                                      refund, payment_reference, paid_at, fulfilled_at)
            select x.order_id, x.item_name, x.unit, x.quantity, x.price, x.currency, x.total, x.scale, x.notes, nullif(x.fulfil_days, 0), x.fulfilled,
                   x.shipments, x.refund, x.payment_reference, x.paid_at, x.fulfilled_at
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                   x(order_id, item_name, unit, quantity, price, currency, total, scale, notes, fulfil_days, fulfilled, shipments, refund,
                     payment_reference, paid_at, fulfilled_at)
            """,
            Script.Of([.. details.Select(g => g.OrderId)]),
            Script.Of([.. details.Select(g => g.ItemName)]),
            Script.Of([.. details.Select(g => g.Unit)]),
            Script.Of([.. details.Select(g => g.Quantity)]),
            Script.Of([.. details.Select(g => g.Price)]),
            Script.Of([.. details.Select(g => g.Currency)]),
            Script.Of([.. details.Select(g => g.Total)]),
            Script.Of([.. details.Select(g => (short?)g.Scale)]),
            Script.OfTexts([.. details.Select(g => g.Notes)]),
            Script.Of([.. details.Select(g => g.FulfilDays ?? 0)]),
            Script.Of([.. details.Select(g => g.Fulfilled)]),
            Script.Of([.. details.Select(g => g.Shipments)]),
            Script.Of([.. details.Select(g => g.Refund)]),
            Script.OfTexts([.. details.Select(g => g.PaymentReference)]),
            Script.Of([.. details.Select(g => g.PaidAt?.UtcDateTime)]),
            Script.Of([.. details.Select(g => g.FulfilledAt?.UtcDateTime)]));
    }

    public static void Update(Script script, IReadOnlyCollection<GoodsOrder> details)
    {
        if (details.Count == 0)
        {
            return;
        }

        script.Add(
            """
            update goods_orders g
               set payment_reference = x.payment_reference, fulfil_days = nullif(x.fulfil_days, 0), fulfilled = x.fulfilled, shipments = x.shipments,
                   refund = x.refund, paid_at = x.paid_at, fulfilled_at = x.fulfilled_at
              from unnest($1, $2, $3, $4, $5, $6, $7, $8)
                   x(order_id, payment_reference, fulfil_days, fulfilled, shipments, refund, paid_at, fulfilled_at)
             where g.order_id = x.order_id
            """,
            Script.Of([.. details.Select(g => g.OrderId)]),
            Script.OfTexts([.. details.Select(g => g.PaymentReference)]),
            Script.Of([.. details.Select(g => g.FulfilDays ?? 0)]),
            Script.Of([.. details.Select(g => g.Fulfilled)]),
            Script.Of([.. details.Select(g => g.Shipments)]),
            Script.Of([.. details.Select(g => g.Refund)]),
            Script.Of([.. details.Select(g => g.PaidAt?.UtcDateTime)]),
            Script.Of([.. details.Select(g => g.FulfilledAt?.UtcDateTime)]));
    }

    public static void InsertShipments(Script script, IReadOnlyCollection<Shipment> shipments)
    {
        if (shipments.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into goods_shipments (order_id, seq, quantity, carrier, tracking, note, proof_id, at)
            select x.order_id, x.seq, x.quantity, x.carrier, x.tracking, x.note, x.proof_id, clock_timestamp()
              from unnest($1, $2, $3, $4, $5, $6, $7) x(order_id, seq, quantity, carrier, tracking, note, proof_id)
            """,
            Script.Of([.. shipments.Select(s => s.OrderId)]),
            Script.Of([.. shipments.Select(s => s.Seq)]),
            Script.Of([.. shipments.Select(s => s.Quantity)]),
            Script.OfTexts([.. shipments.Select(s => s.Carrier)]),
            Script.OfTexts([.. shipments.Select(s => s.Tracking)]),
            Script.OfTexts([.. shipments.Select(s => s.Note)]),
            Script.Of([.. shipments.Select(s => s.ProofId)]));
    }
}
