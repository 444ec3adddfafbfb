using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Dealers.GoodsOrders;

/// <summary>What an action on a goods order is decided from.</summary>
public sealed record GoodsMoveFacts
{
    public required Order Order { get; init; }

    public required GoodsOrder Detail { get; init; }

    public required OrderAction Action { get; init; }

    public required Party By { get; init; }

    /// <summary>What the action needs to know; a check leaves it out, and asks for the smallest.</summary>
    public object? Request { get; init; }

    /// <summary>What the buyer wrote when paying outside.</summary>
    public string? Reference { get; init; }

    /// <summary>What a ruling gives the buyer of what is held; for a split only.</summary>
    public decimal? BuyerShare { get; init; }

    public required Standing Buyer { get; init; }

    public required Standing Seller { get; init; }

    /// <summary>The buyer's available balance of the order's asset; for a payment only.</summary>
    public decimal BuyerAvailable { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required GoodsLimits Limits { get; init; }

    public bool HasEscrow => Order.Held > 0;

    public bool HasSuspendedParty => Buyer.Suspended || Seller.Suspended;
}

/// <summary>Pure decisions about goods orders that exist.</summary>
public static class GoodsOrderRules
{
    private const OrderStatus Accepted = OrderStatus.Accepted;
    private const OrderStatus Paid = OrderStatus.Paid;
    private const OrderStatus Fulfilled = OrderStatus.Fulfilled;
    private const OrderStatus Disputed = OrderStatus.Disputed;

    /// <inheritdoc cref="GoodsOrderTable.Rows"/>
    public static IReadOnlyList<Transition> Table => GoodsOrderTable.Rows;

    /// <summary>The actions that a party can be offered.</summary>
    public static IReadOnlyList<OrderAction> PartyActions { get; } =
        [.. Table.Where(row => row.By is Party.Buyer or Party.Seller).Select(row => row.Action).Distinct()];

    /// <summary>Every reason why the action is refused, in the documented order; a command takes the first, a check takes all.</summary>
    public static IEnumerable<Reason> Reasons(GoodsMoveFacts facts)
    {
        var (order, action, by) = (facts.Order, facts.Action, facts.By);
        var rows = Table.Where(row => row.Action == action && row.From == order.Status).ToList();
        if (rows.Count == 0)
        {
            yield return MoveReasons.WrongStatus(order.Status, Wire(order.Status));
            yield break;
        }

        if (!rows.Any(row => row.By == by) || !IsTheirs(facts))
        {
            yield return MoveReasons.WrongParty(rows.FirstOrDefault(row => row.By != by)?.By ?? Party.System);
            yield break; // The guards look at what is the other party's own: a balance, for one.
        }

        foreach (var reason in Guards(facts))
        {
            yield return reason;
        }
    }

    /// <summary>The order after the action; throws the first reason against it.</summary>
    public static Decision Decide(GoodsMoveFacts facts)
    {
        if (Reasons(facts).FirstOrDefault() is { } reason)
        {
            throw new Refused(reason);
        }

        var row = Table.Single(row => row.From == facts.Order.Status && row.Action == facts.Action && row.By == facts.By);
        var order = facts.Order with { Status = row.To, Duty = row.Duty };
        order = order.IsOpen && row.To != Disputed ? order : order with { Deadline = null };
        order = order.IsOpen ? order : order with { CancelRequestedBy = null };
        (order, var detail) = Changed(facts, order);
        var (escrow, share) = EffectOf(facts, row.Escrow, detail);
        return new Decision
        {
            Order = order,
            Detail = detail,
            Action = facts.Action,
            By = facts.By,
            Escrow = escrow,
            BuyerShare = share,
            Remaining = BackInStock(facts, order, detail),
            Standings = order.IsOpen ? [] : [facts.Buyer with { OpenGoods = facts.Buyer.OpenGoods - 1 }],
        };
    }

    /// <summary>What a part that will not come costs: the whole less what comes, so that parts never add up to more than the whole.</summary>
    private static decimal PriceOfMissing(GoodsOrder detail, decimal coming) =>
        detail.Total - GoodsPlacingRules.Amount(detail.Price, coming, detail.Scale);

    private static (Order Order, GoodsOrder Detail) Changed(GoodsMoveFacts facts, Order order)
    {
        var (detail, now, limits) = (facts.Detail, facts.Now, facts.Limits);
        switch (facts.Action)
        {
            case OrderAction.Accept:
                order = order with { Deadline = now + TimeSpan.FromHours(limits.PayHours) };
                detail = detail with { FulfilDays = (facts.Request as AcceptTerms)?.FulfilDays ?? Limits.FulfilDays };
                break;
            case OrderAction.Pay:
                order = order with { Deadline = now + TimeSpan.FromDays(detail.FulfilDays ?? Limits.FulfilDays) };
                detail = detail with { PaidAt = now, PaymentReference = facts.Reference };
                break;
            case OrderAction.FulfilPart:
            case OrderAction.Fulfil:
                var sent = SentBy(facts);
                detail = detail with { Fulfilled = detail.Fulfilled + sent.Quantity, Shipments = sent.Seq, Sent = sent };
                if (facts.Action == OrderAction.Fulfil)
                {
                    order = order with { Deadline = now + TimeSpan.FromDays(limits.ReceiveDays), Overdue = false };
                    detail = detail with
                    {
                        FulfilledAt = now,
                        Refund = facts.HasEscrow && detail.Left > 0
                            ? Math.Min(order.Held, detail.Refund + PriceOfMissing(detail, detail.Fulfilled))
                            : detail.Refund,
                    };
                }

                break;
            case OrderAction.GiveRefund:
                detail = detail with { Refund = detail.Refund + ((facts.Request as RefundTerms)?.Amount ?? 0) };
                break;
            case OrderAction.RequestCancel:
                order = order with { CancelRequestedBy = facts.By };
                break;
            case OrderAction.DeclineCancel:
                order = order with { CancelRequestedBy = null };
                break;
            case OrderAction.MarkOverdue:
                order = order with { Overdue = true };
                break;
            case OrderAction.Dispute:
                order = order with { Overdue = facts.Order.Deadline <= now };
                break;
            default:
                break; // The others only end the order.
        }

        return (order, detail);
    }

    private static Shipment SentBy(GoodsMoveFacts facts)
    {
        var terms = facts.Request as ShipmentTerms;
        return new Shipment
        {
            OrderId = facts.Order.Id,
            Seq = facts.Detail.Shipments + 1,
            Quantity = terms?.Quantity ?? (facts.Action == OrderAction.Fulfil ? facts.Detail.Left : 0),
            Carrier = terms?.Carrier,
            Tracking = terms?.Tracking,
            Note = terms?.Note,
            ProofId = terms?.ProofId,
        };
    }

    /// <summary>What happens to the money: nothing without escrow; a release pays the agreed split.</summary>
    private static (EscrowEffect Effect, decimal? BuyerShare) EffectOf(GoodsMoveFacts facts, EscrowEffect effect, GoodsOrder detail)
    {
        if (!facts.HasEscrow)
        {
            return (EscrowEffect.None, null);
        }

        if (effect != EscrowEffect.Release || detail.Refund == 0)
        {
            return (effect, effect == EscrowEffect.Split ? facts.BuyerShare : null);
        }

        return detail.Refund < facts.Order.Held ? (EscrowEffect.Split, detail.Refund) : (EscrowEffect.Refund, null);
    }

    /// <summary>
    /// What goes back into stock: what was ordered and never sent, when the order comes to nothing or its last part is less. What was sent is not
    /// there to be sold again before its owner counts it in.
    /// </summary>
    private static decimal BackInStock(GoodsMoveFacts facts, Order order, GoodsOrder detail)
    {
        var isMissing = facts.Action == OrderAction.Fulfil;
        var cameToNothing = order.Status is OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Declined;
        // After the last part, what is missing is back already.
        return isMissing || (cameToNothing && detail.FulfilledAt is null) ? detail.Left : 0;
    }

    /// <summary>Rows that two parties share, and who of them may walk them when.</summary>
    private static bool IsTheirs(GoodsMoveFacts facts) => facts.Action != OrderAction.Cancel || (facts.Order.Status, facts.By) switch
    {
        (Accepted, Party.Seller) => facts.Buyer.Suspended,
        (Paid, Party.Buyer) => !facts.HasEscrow && facts.Order.Overdue,
        _ => true,
    };

    private static IEnumerable<Reason> Guards(GoodsMoveFacts facts)
    {
        var (order, detail, now) = (facts.Order, facts.Detail, facts.Now);
        if (MoveReasons.OfProposal(order, facts.Action, facts.By) is { } proposal)
        {
            yield return proposal;
        }

        switch (facts.Action)
        {
            case OrderAction.Accept when order.Deadline is { } deadline && now >= deadline:
                yield return MoveReasons.Passed(deadline);
                break;
            case OrderAction.Pay:
                foreach (var reason in PaymentReasons(facts))
                {
                    yield return reason;
                }

                break;
            case OrderAction.FulfilPart or OrderAction.Fulfil:
                foreach (var reason in ShipmentReasons(facts))
                {
                    yield return reason;
                }

                break;
            case OrderAction.Cancel when order.Status == Paid && facts.By == Party.Seller && detail.Fulfilled > 0:
                yield return Refused.Because(ErrorCodes.AlreadySent, "A part was sent already: agree on it with the buyer.");
                break;
            case OrderAction.ConfirmReceipt when facts.Buyer.Suspended:
                yield return MoveReasons.SuspendedHand();
                break;
            case OrderAction.GiveRefund:
                foreach (var reason in RefundReasons(facts))
                {
                    yield return reason;
                }

                break;
            case OrderAction.Dispute or OrderAction.MarkOverdue or OrderAction.AssumeReceipt or OrderAction.Expire:
                foreach (var reason in TimeReasons(facts))
                {
                    yield return reason;
                }

                break;
            default:
                break;
        }
    }

    private static IEnumerable<Reason> PaymentReasons(GoodsMoveFacts facts)
    {
        if (facts.Order.Deadline is { } deadline && facts.Now >= deadline)
        {
            yield return MoveReasons.Passed(deadline);
        }

        if (facts.HasSuspendedParty)
        {
            yield return Refused.Because(ErrorCodes.Suspended, "A party of this order is suspended: nothing is paid now.");
        }

        if (facts.BuyerAvailable < facts.Order.Held)
        {
            yield return Refused.Because(
                ErrorCodes.InsufficientBalance,
                "Your balance does not suffice.",
                ("asset", facts.Order.Asset),
                ("available", WireJson.Spell(facts.BuyerAvailable)),
                ("needed", WireJson.Spell(facts.Order.Held)));
        }
    }

    private static IEnumerable<Reason> ShipmentReasons(GoodsMoveFacts facts)
    {
        var left = facts.Detail.Left;
        if (facts.Request is ShipmentTerms { Quantity: { } quantity } && (facts.Action == OrderAction.Fulfil ? quantity > left : quantity >= left))
        {
            yield return Refused.Because(
                ErrorCodes.NotEnoughRemaining,
                facts.Action == OrderAction.Fulfil ? "That is more than is left." : "That is all that is left, or more: send it as the last part.",
                ("remaining", WireJson.Spell(left)));
        }

        if (facts.Detail.Shipments >= Limits.ShipmentsMax || (facts.Action == OrderAction.FulfilPart && facts.Detail.Shipments >= Limits.ShipmentsMax - 1))
        {
            yield return Refused.Because(
                ErrorCodes.QuotaExceeded,
                $"An order has {Limits.ShipmentsMax} shipments at most, the last one among them.",
                ("quota", "shipments"),
                ("limit", Limits.ShipmentsMax.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static IEnumerable<Reason> RefundReasons(GoodsMoveFacts facts)
    {
        if (!facts.HasEscrow)
        {
            yield return NoEscrow();
            yield break;
        }

        var left = facts.Order.Held - facts.Detail.Refund;
        if (left <= 0 || (facts.Request is RefundTerms { Amount: var amount } && amount > left))
        {
            yield return Refused.Because(ErrorCodes.AmountTooLarge, "No more than that is held.", ("max", WireJson.Spell(left)));
        }

        if (facts.Request is RefundTerms { Amount: var given } && Math.Round(given, facts.Detail.Scale) != given)
        {
            yield return Refused.Because(
                ErrorCodes.AmountTooSmall,
                $"Amounts of this asset have {facts.Detail.Scale} decimals at most.",
                ("min", WireJson.Spell(new decimal(1, 0, 0, isNegative: false, (byte)facts.Detail.Scale))));
        }
    }

    private static IEnumerable<Reason> TimeReasons(GoodsMoveFacts facts)
    {
        if (facts.Action == OrderAction.Dispute && !facts.HasEscrow)
        {
            yield return NoEscrow();
            yield break;
        }

        if (facts.Action is OrderAction.MarkOverdue or OrderAction.AssumeReceipt && facts.HasEscrow)
        {
            // Time alone moves no money that is held.
            yield return Refused.Because(ErrorCodes.WrongStatus, "Money is held: a dispute decides.", ("status", Wire(facts.Order.Status)));
            yield break;
        }

        var isEarlier = facts.Action == OrderAction.Dispute && (facts.By != Party.System || facts.HasSuspendedParty);
        if (!isEarlier && (facts.Order.Deadline is not { } due || facts.Now < due))
        {
            yield return MoveReasons.NotReached(facts.Order.Deadline);
        }
    }

    private static Reason NoEscrow() => Refused.Because(
        ErrorCodes.NoEscrow, "No money is held for this order: there is nothing to refund or to decide about. Write to the other party.");

    private static string Wire(OrderStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
