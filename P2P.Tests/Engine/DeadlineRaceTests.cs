using System.Diagnostics;
using Dapper;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>
/// T24: a payment is confirmed and its order expires within a millisecond of the deadline, while somebody else holds the order's row across it. The time
/// that counts is the database's, read after the lock: no confirmation stands that was late, no order expired early, and one of the two is left to win.
/// (S20, S26)
/// </summary>
[Category("Reliability")]
public sealed class DeadlineRaceTests
{
    private const int InARow = 25;

    /// <summary>How far ahead the deadline is set: time to send both commands.</summary>
    private const int AheadMs = 40;
    private const double LeadStepMs = 0.4;

    [Test]
    [CancelAfter(600_000)]
    public async Task The_clock_is_read_after_the_lock()
    {
        var rounds = Tier.Pick(everyRun: 500, nightly: 10_000);
        var random = new Random(Tier.Seed());
        await using var market = await EngineMarket.Create(engines: 2);
        var (confirmed, expired, neither) = (0, 0, 0);
        // How long before the deadline the row is let go: moved after each race, so that either outcome is as likely as the other.
        var lead = 3.0;
        for (var done = 0; done < rounds; done += InARow)
        {
            var sellers = await market.Users(InARow, bitcoin: 5);
            var buyers = await market.Users(InARow);
            var ads = await market.Ads(sellers, 1);
            var orders = await MarketSeed.All(Enumerable.Range(0, InARow), async i =>
                (Buyer: buyers[i], Id: (await market.Run(EngineMarket.Place(buyers[i], ads[i], 1))).OrderId));
            foreach (var status in await TwoAtOnce(orders, order => Race(market, order.Buyer, order.Id, lead + random.NextDouble() - 0.5)))
            {
                switch (status)
                {
                    case OrderStatus.PaymentConfirmed:
                        confirmed++;
                        lead -= LeadStepMs;
                        break;
                    case OrderStatus.Expired:
                        expired++;
                        lead += LeadStepMs;
                        break;
                    default:
                        neither++;
                        break;
                }
            }
        }

        ReliabilityReport.Tell(
            "T24 a deadline under a lock",
            $"{rounds} times confirmed and expired within a millisecond of the deadline while the row was held: {confirmed} confirmed in time, {expired} expired "
            + $"when due, {neither} expired at the next proposal; 0 late, 0 early, 0 both");
        confirmed.ShouldBeGreaterThan(rounds / 20);
        expired.ShouldBeGreaterThan(rounds / 20);
        await EngineInvariants.Check(market);
    }

    private static async Task<List<OrderStatus>> TwoAtOnce<T>(IEnumerable<T> items, Func<T, Task<OrderStatus>> race)
    {
        List<OrderStatus> all = [];
        foreach (var two in items.Chunk(2))
        {
            all.AddRange(await Task.WhenAll(two.Select(race)));
        }

        return all;
    }

    /// <summary>One order: what it came to.</summary>
    private static async Task<OrderStatus> Race(EngineMarket market, long buyer, Guid order, double leadMs)
    {
        await using var holder = await market.Open();
        await using var transaction = await holder.BeginTransactionAsync();
        var deadline = await holder.QuerySingleAsync<DateTime>(
            "select clock_timestamp() + make_interval(secs => @ahead / 1000.0)", new { ahead = (double)AheadMs });
        await market.AsSuperuser("update orders set deadline = @deadline where id = @order", new { deadline, order });
        await holder.ExecuteAsync("select 1 from orders where id = @order for no key update", new { order }, transaction);
        var since = Stopwatch.GetTimestamp();
        var letGo = TimeSpan.FromMilliseconds(Math.Clamp(AheadMs - leadMs, 1, 2 * AheadMs));
        var confirm = market.CodeOf(EngineMarket.Move(buyer, order, OrderAction.ConfirmPayment), engine: 0);
        var expire = market.CodeOf(EngineMarket.Move(Caller.System.UserId, order, OrderAction.Expire), engine: 1);
        while (Stopwatch.GetElapsedTime(since) < letGo)
        {
            Thread.SpinWait(50);
        }

        await transaction.CommitAsync();
        var (confirmRefused, expireRefused) = (await confirm, await expire);
        await using var reader = await market.Open();
        var status = Enum.Parse<OrderStatus>(await reader.QuerySingleAsync<string>("select status from orders where id = @order", new { order }));
        var at = await reader.QuerySingleOrDefaultAsync<DateTime?>(
            "select at from order_history where order_id = @order and action in ('ConfirmPayment', 'Expire')", new { order });
        switch (status)
        {
            case OrderStatus.PaymentConfirmed:
                at.ShouldNotBeNull().ShouldBeLessThan(deadline, "confirmed late");
                confirmRefused.ShouldBeNull();
                expireRefused.ShouldBeOneOf(ErrorCodes.WrongStatus, ErrorCodes.DeadlineNotReached);
                break;
            case OrderStatus.Expired:
                at.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(deadline, "expired early");
                expireRefused.ShouldBeNull();
                confirmRefused.ShouldBeOneOf(ErrorCodes.WrongStatus, ErrorCodes.DeadlinePassed);
                break;
            default:
                // Expire came a moment too early and the confirmation too late: the timer proposes again.
                (confirmRefused, expireRefused).ShouldBe((ErrorCodes.DeadlinePassed, ErrorCodes.DeadlineNotReached));
                (await market.CodeOf(EngineMarket.Move(Caller.System.UserId, order, OrderAction.Expire))).ShouldBeNull();
                break;
        }

        return status;
    }
}
