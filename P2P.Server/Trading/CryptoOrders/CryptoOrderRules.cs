using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>What an action on an order is decided from.</summary>
public sealed record MoveFacts
{
    public required Order Order { get; init; }

    public required CryptoOrder Detail { get; init; }

    public required OrderAction Action { get; init; }

    public required Party By { get; init; }

    public string? Reference { get; init; }

    public string? PayerName { get; init; }

    public int Minutes { get; init; }

    public required Standing Buyer { get; init; }

    public required Standing Seller { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required OrderLimits Limits { get; init; }

    /// <summary>What a ruling gives the buyer of what the order is about; for a split only.</summary>
    public decimal? BuyerShare { get; init; }

    /// <summary>A party is suspended: a confirmed payment goes to a dispute, and what comes to nothing counts against nobody.</summary>
    public bool HasSuspendedParty => Buyer.Suspended || Seller.Suspended;
}

/// <summary>Pure decisions about crypto orders that exist.</summary>
public static class CryptoOrderRules
{
    private const OrderStatus Awaiting = OrderStatus.AwaitingPayment;
    private const OrderStatus Confirmed = OrderStatus.PaymentConfirmed;
    private const OrderStatus Disputed = OrderStatus.Disputed;

    /// <inheritdoc cref="CryptoOrderTable.Rows"/>
    public static IReadOnlyList<Transition> Table => CryptoOrderTable.Rows;

    /// <summary>The actions that a party can be offered.</summary>
    public static IReadOnlyList<OrderAction> PartyActions { get; } =
        [.. Table.Where(row => row.By is Party.Buyer or Party.Seller).Select(row => row.Action).Distinct()];

    /// <summary>The row of the table, or null where there is none.</summary>
    public static Transition? Row(OrderStatus from, OrderAction action, Party by) =>
        Table.FirstOrDefault(row => row.From == from && row.Action == action && row.By == by);

    /// <summary>Every reason why the action is refused, in the documented order; a command takes the first, a check takes all.</summary>
    public static IEnumerable<Reason> Reasons(MoveFacts facts)
    {
        var (order, action, by) = (facts.Order, facts.Action, facts.By);
        var rows = Table.Where(row => row.Action == action).ToList();
        if (!rows.Any(row => row.From == order.Status))
        {
            yield return MoveReasons.WrongStatus(order.Status, Words(order.Status));
        }

        if (!rows.Any(row => row.By == by) || (action == OrderAction.Cancel && by == Party.Seller && !facts.Buyer.Suspended))
        {
            yield return MoveReasons.WrongParty(rows.Count == 0 ? Party.System : rows[0].By);
        }

        if (!rows.Any(row => row.From == order.Status))
        {
            yield break; // The guards below speak of a status that the order does not have.
        }

        foreach (var reason in Guards(facts))
        {
            yield return reason;
        }
    }

    /// <summary>The order after the action; throws the first reason against it.</summary>
    public static Decision Decide(MoveFacts facts)
    {
        if (Reasons(facts).FirstOrDefault() is { } reason)
        {
            throw new Refused(reason);
        }

        var row = Row(facts.Order.Status, facts.Action, facts.By)
            ?? throw new InvalidOperationException($"No row for {facts.Order.Status}, {facts.Action}, {facts.By}.");
        var order = facts.Order with { Status = row.To, Duty = row.Duty };
        order = row.To is Awaiting or Confirmed ? order : order with { Deadline = null };
        order = order.IsOpen ? order : order with { CancelRequestedBy = null };
        var detail = facts.By == Party.Seller && facts.Order.Status is Confirmed or Disputed ? facts.Detail with { SellerActed = true } : facts.Detail;
        (order, detail) = Changed(facts, order, detail);
        return new Decision
        {
            Order = order,
            Detail = detail,
            Action = facts.Action,
            By = facts.By,
            Escrow = row.Escrow,
            BuyerShare = facts.BuyerShare,
            Remaining = row.Escrow == EscrowEffect.Refund ? order.Taken : 0,
            Standings = [.. CryptoStandingRules.After(facts, order)],
        };
    }

    private static (Order Order, CryptoOrder Detail) Changed(MoveFacts facts, Order order, CryptoOrder detail)
    {
        var now = facts.Now;
        switch (facts.Action)
        {
            case OrderAction.ConfirmPayment:
                order = order with { Deadline = now + TimeSpan.FromMinutes(facts.Limits.ReleaseMinutes) };
                detail = detail with
                {
                    ConfirmedAt = now,
                    PaymentReference = facts.Reference,
                    PayerName = facts.PayerName,
                    PaymentDeadline = facts.Order.Deadline ?? now,
                    SellerActed = false,
                };
                break;
            case OrderAction.UndoConfirmation:
                // Never at once, and never the seller's time: at least the undo time itself, at most what the buyer had.
                var soonest = now + TimeSpan.FromSeconds(facts.Limits.UndoSeconds);
                var deadline = detail.PaymentDeadline > soonest ? detail.PaymentDeadline : soonest;
                order = order with { Deadline = deadline, Overdue = false, CancelRequestedBy = null };
                detail = detail with
                {
                    ConfirmationUndone = true,
                    ConfirmedAt = null,
                    PaymentReference = null,
                    PayerName = null,
                    PaymentDeadline = deadline,
                };
                break;
            case OrderAction.ExtendPaymentWindow:
                var extended = facts.Order.Deadline + TimeSpan.FromMinutes(facts.Minutes);
                order = order with { Deadline = extended };
                detail = detail with { WindowExtended = true, PaymentDeadline = extended ?? detail.PaymentDeadline };
                break;
            case OrderAction.RequestCancel:
                order = order with { CancelRequestedBy = facts.By };
                break;
            case OrderAction.DeclineCancel:
                order = order with { CancelRequestedBy = null };
                break;
            case OrderAction.Dispute:
                order = order with { Overdue = facts.Order.Deadline <= now };
                break;
            default:
                break; // The others only end the order.
        }

        return (order, detail);
    }

    private static IEnumerable<Reason> Guards(MoveFacts facts)
    {
        var (order, detail, now) = (facts.Order, facts.Detail, facts.Now);
        if (MoveReasons.OfProposal(order, facts.Action, facts.By) is { } proposal)
        {
            yield return proposal;
        }

        switch (facts.Action)
        {
            case OrderAction.ConfirmPayment when order.Deadline is { } deadline && now >= deadline:
                yield return MoveReasons.Passed(deadline);
                break;
            case OrderAction.Release when facts.By == Party.Seller && facts.Seller.Suspended:
                yield return MoveReasons.SuspendedHand();
                break;
            case OrderAction.ExtendPaymentWindow:
                if (detail.WindowExtended)
                {
                    yield return MoveReasons.Done("The payment window was extended already.");
                }

                if (order.Deadline is { } end && now >= end)
                {
                    yield return MoveReasons.Passed(end);
                }

                break;
            case OrderAction.UndoConfirmation:
                if (detail.ConfirmationUndone)
                {
                    yield return MoveReasons.Done("A confirmation was taken back in this order already.");
                }

                if (detail.SellerActed)
                {
                    yield return Refused.Because(ErrorCodes.SellerActed, "The seller has acted on the confirmation already.");
                }

                var until = (detail.ConfirmedAt ?? now) + TimeSpan.FromSeconds(facts.Limits.UndoSeconds);
                if (now > until)
                {
                    yield return MoveReasons.Passed(until);
                }

                break;
            case OrderAction.Expire when order.Deadline is not { } due || now < due:
            case OrderAction.Dispute when facts.By == Party.System && !facts.HasSuspendedParty && (order.Deadline is not { } late || now < late):
                yield return MoveReasons.NotReached(order.Deadline);
                break;
            default:
                break;
        }
    }

    private static string Words(OrderStatus status) => status switch
    {
        Awaiting => "awaiting payment",
        Confirmed => "paid",
        Disputed => "disputed",
        OrderStatus.Released => "released",
        OrderStatus.Cancelled => "cancelled",
        OrderStatus.Expired => "expired",
        _ => "in an unknown status",
    };
}
