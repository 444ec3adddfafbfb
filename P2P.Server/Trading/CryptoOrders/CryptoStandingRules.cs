using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.TradeLimits;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>What an order's changes do to the standings of its parties; pure.</summary>
public static class CryptoStandingRules
{
    /// <summary>The taker has one more open order, and one more to pay when the taker buys; the amount counts for the taker's day.</summary>
    public static Standing AfterPlacing(Standing taker, bool takerBuys, (string Fiat, decimal Amount) taken, DateTimeOffset now) => taker with
    {
        DayVolume = DayVolumeRules.With(taker.DayVolume, taken.Fiat, taken.Amount, now, now),
        OpenAsTaker = taker.OpenAsTaker + 1,
        UnpaidAsTaker = taker.UnpaidAsTaker + (takerBuys ? 1 : 0),
    };

    /// <summary>The standings that change with a step from one status to another.</summary>
    public static IEnumerable<Standing> After(MoveFacts facts, Order after)
    {
        var before = facts.Order;
        if (before.Status == after.Status)
        {
            yield break;
        }

        var takerBuys = before.Maker == Party.Seller;
        var unpaid = takerBuys ? Unpaid(after.Status) - Unpaid(before.Status) : 0;
        var buyer = takerBuys ? Counted(facts, facts.Buyer, unpaid, after) : facts.Buyer;
        var seller = takerBuys ? facts.Seller : Counted(facts, facts.Seller, 0, after);
        if (after.Status == OrderStatus.Released && facts.Action != OrderAction.ResolveSplit)
        {
            buyer = Completed(buyer, facts.Now);
            seller = Completed(seller, facts.Now);
        }
        else if (facts.Action == OrderAction.ResolveRefund)
        {
            // Whoever did not pay after all is no trader's first choice; but only lapses, which nobody had to look into, cool down.
            buyer = buyer with { Cancelled = buyer.Cancelled + 1 };
        }
        else if (IsLapse(facts))
        {
            buyer = Lapsed(buyer, facts.Now, facts.Limits);
        }

        if (buyer != facts.Buyer)
        {
            yield return buyer;
        }

        if (seller != facts.Seller)
        {
            yield return seller;
        }
    }

    /// <summary>
    /// The order came to nothing by its buyer's doing: cancelled by the buyer or not paid in time, while nobody was suspended. What both agreed on
    /// counts for nobody.
    /// </summary>
    private static bool IsLapse(MoveFacts facts) =>
        !facts.HasSuspendedParty && (facts.Action == OrderAction.Expire || (facts.Action == OrderAction.Cancel && facts.By == Party.Buyer));

    private static Standing Lapsed(Standing buyer, DateTimeOffset now, OrderLimits limits)
    {
        var isThird = buyer.LapseBeforeAt is { } first && now - first < TimeSpan.FromHours(limits.LapseHours);
        var lapsed = buyer with { Cancelled = buyer.Cancelled + 1, LapseBeforeAt = buyer.LastLapseAt, LastLapseAt = now };
        return isThird ? CooledDown(lapsed, now, limits) : lapsed;
    }

    /// <summary>What lapses during a cool-down begins it anew on the same step; otherwise the ladder says which step is next.</summary>
    private static Standing CooledDown(Standing buyer, DateTimeOffset now, OrderLimits limits)
    {
        var goesOn = buyer.CoolingDownUntil > now && buyer.CoolDowns > 0;
        var step = goesOn ? buyer.CoolDowns : CoolDownLadder.Next(buyer.CoolDowns, buyer.CoolDownAt, now, limits);
        return buyer with
        {
            CoolDowns = step,
            CoolDownAt = goesOn ? buyer.CoolDownAt : now,
            CoolingDownUntil = now + TimeSpan.FromHours(CoolDownLadder.HoursOf(step, limits)),
        };
    }

    private static Standing Completed(Standing standing, DateTimeOffset now) =>
        standing with { Completed = standing.Completed + 1, FirstTradeAt = standing.FirstTradeAt ?? now };

    private static Standing Counted(MoveFacts facts, Standing taker, int unpaid, Order after) => taker with
    {
        OpenAsTaker = taker.OpenAsTaker - (after.IsOpen ? 0 : 1),
        UnpaidAsTaker = taker.UnpaidAsTaker + unpaid,
        DayVolume = after.Status is OrderStatus.Cancelled or OrderStatus.Expired
            ? DayVolumeRules.With(taker.DayVolume, facts.Detail.Fiat, -facts.Detail.FiatAmount, facts.Order.CreatedAt, facts.Now)
            : taker.DayVolume,
    };

    private static int Unpaid(OrderStatus status) => status == OrderStatus.AwaitingPayment ? 1 : 0;
}
