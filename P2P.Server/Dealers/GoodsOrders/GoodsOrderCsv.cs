using System.Text;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Core.Text;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>Goods orders as a table, one line an order.</summary>
public static class GoodsOrderCsv
{
    private static readonly string[] Columns =
    [
        "order_id", "created_at", "updated_at", "status", "you", "peer_id", "peer_name", "item_id", "item_name", "quantity", "unit", "price", "currency",
        "total", "escrow", "fulfilled", "refund", "deadline", "notes", "payment_reference",
    ];

    public static string Write(IReadOnlyCollection<GoodsOrderView> orders)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var order in orders)
        {
            var (state, isBuyer) = (order.State, order.You == Contracts.Deals.Party.Buyer);
            string?[] cells =
            [
                $"{state.Id}", WireJson.Spell(order.CreatedAt), WireJson.Spell(order.UpdatedAt), Spell(state.Status), Spell(order.You),
                isBuyer ? order.SellerPeerId : order.BuyerPeerId, isBuyer ? order.SellerName : order.BuyerName, $"{state.ItemId}", order.ItemName,
                WireJson.Spell(state.Quantity), state.Unit, WireJson.Spell(state.Price), state.Currency, WireJson.Spell(state.Total),
                state.Escrow ? "true" : "false", WireJson.Spell(state.Fulfilled), WireJson.Spell(state.Refund),
                state.Deadline is { } deadline ? WireJson.Spell(deadline) : null, order.Notes, order.PaymentReference,
            ];
            text.AppendJoin(',', cells.Select(Csv.Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Spell<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
