using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Dealers.Connections;
using P2P.Server.Dealers.Items;
using P2P.Server.Deals.Engine;
using P2P.Server.Deals.Ledger;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>Pure decisions about goods orders that are to be placed.</summary>
public static class GoodsPlacingRules
{
    /// <summary>Every reason why the order is refused, in the documented order; the command takes the first, the check takes all.</summary>
    public static IEnumerable<Reason> Reasons(GoodsPlaceFacts facts)
    {
        if (facts.Item is not { } item || ItemRules.AccessOf(item.Facts) is not { } access)
        {
            yield return ItemRules.NotFound().Reason;
            yield break;
        }

        if (!AccessRules.Allows(access, AccessLevel.Order))
        {
            yield return Refused.Because(
                ErrorCodes.AccessRequired, "The owner has not given you enough access for this.", ("access", "order"));
        }

        if (item.OwnerId == facts.BuyerId)
        {
            yield return Refused.Because(ErrorCodes.OwnItem, "This item is your own.");
        }

        if (facts.Buyer.Suspended)
        {
            yield return Refused.Because(ErrorCodes.Suspended, "Your account is suspended.");
        }

        foreach (var reason in AmountReasons(facts, item))
        {
            yield return reason;
        }
    }

    /// <summary>The order as it begins; throws the first reason against it.</summary>
    public static Decision Decide(GoodsPlaceFacts facts, Guid orderId)
    {
        if (Reasons(facts).FirstOrDefault() is { } reason)
        {
            throw new Refused(reason);
        }

        var item = facts.Item!; // Refused above.
        var quote = QuoteOf(facts, item)!; // There is a price: refused above.
        return new Decision
        {
            Order = new Order
            {
                Id = orderId,
                Kind = OrderKind.Goods,
                OfferId = item.Id,
                BuyerId = facts.BuyerId,
                SellerId = item.OwnerId,
                Maker = Party.Seller,
                Asset = item.Currency,
                Held = quote.Escrow ? quote.Total : 0,
                Fee = 0,
                Taken = facts.Terms.Quantity,
                Status = OrderStatus.Requested,
                Version = 1,
                Duty = Duty.SellerAccepts,
                Deadline = facts.Now + TimeSpan.FromHours(facts.Limits.AcceptHours),
                Overdue = false,
                HistoryHead = LedgerHash.Zero,
                CreatedAt = facts.Now,
                UpdatedAt = facts.Now,
            },
            Detail = new GoodsOrder
            {
                OrderId = orderId,
                ItemName = item.Name,
                Unit = item.Unit,
                Quantity = facts.Terms.Quantity,
                Price = quote.Price,
                Currency = item.Currency,
                Total = quote.Total,
                Scale = facts.Scale,
                Notes = facts.Terms.Notes,
                Fulfilled = 0,
                Shipments = 0,
                Refund = 0,
            },
            Action = OrderAction.Place,
            By = Party.Buyer,
            Escrow = EscrowEffect.None,
            Remaining = -facts.Terms.Quantity,
            Standings = [facts.Buyer with { OpenGoods = facts.Buyer.OpenGoods + 1 }],
        };
    }

    /// <summary>The amounts: price times quantity, rounded once, half to even, to the currency's decimals.</summary>
    /// <returns>Null without a price.</returns>
    public static GoodsQuote? QuoteOf(GoodsPlaceFacts facts, ItemRow item) => PriceOf(facts, item) is not { } price ? null : new GoodsQuote
    {
        Price = price,
        Currency = item.Currency,
        Total = Amount(price, facts.Terms.Quantity, facts.Scale),
        Escrow = facts.CanHold && facts.Terms.Escrow != false,
    };

    /// <summary>The price of one unit. Of a sealed item the buyer says it, and the seller accepts it with the order; null when the buyer did not.</summary>
    private static decimal? PriceOf(GoodsPlaceFacts facts, ItemRow item) => item.IsSealed ? facts.Terms.ExpectedPrice : item.Price;

    /// <summary>What so many cost.</summary>
    public static decimal Amount(decimal price, decimal quantity, int scale) =>
        Math.Round(price * quantity, scale, MidpointRounding.ToEven);

    private static IEnumerable<Reason> AmountReasons(GoodsPlaceFacts facts, ItemRow item)
    {
        var terms = facts.Terms;
        if (PriceOf(facts, item) is not { } price || Money.IsFinerThan(price, facts.Scale))
        {
            yield return Refused.Because(
                ErrorCodes.PriceRequired, $"The item is sealed: say its price, with at most {facts.Scale} decimals.");
            yield break;
        }

        if (terms.ExpectedPrice is { } expected && expected != price)
        {
            yield return Refused.Because(
                ErrorCodes.PriceChanged, "The price has changed: look at it again.", ("price", WireJson.Spell(price)));
        }

        if (terms.Escrow == true && !facts.CanHold)
        {
            yield return Refused.Because(
                ErrorCodes.NoEscrow, "This item is priced in a currency that cannot be held in escrow here: order it without.");
        }

        // Dividing first: a product of the greatest price and quantity is no number any more.
        if (terms.Quantity > Limits.AmountMax / price)
        {
            yield return Refused.Because(
                ErrorCodes.AmountTooLarge, "An order of this size cannot be counted: order less.", ("max", WireJson.Spell(Limits.AmountMax)));
        }
        else if (Amount(price, terms.Quantity, facts.Scale) <= 0)
        {
            yield return Refused.Because(
                ErrorCodes.AmountTooSmall,
                "So little costs nothing: order more.",
                ("min", WireJson.Spell(new decimal(1, 0, 0, isNegative: false, (byte)facts.Scale))));
        }

        if (facts.Buyer.OpenGoods >= facts.Limits.OpenOrdersMax)
        {
            yield return Refused.Because(
                ErrorCodes.QuotaExceeded,
                $"You have {facts.Limits.OpenOrdersMax} open goods orders already.",
                ("quota", "goodsOrders"),
                ("limit", facts.Limits.OpenOrdersMax.ToString(CultureInfo.InvariantCulture)));
        }

        if (terms.Quantity > facts.Remaining)
        {
            yield return Refused.Because(
                ErrorCodes.NotEnoughRemaining, "There are fewer than that.", ("remaining", WireJson.Spell(facts.Remaining)));
        }
    }
}
