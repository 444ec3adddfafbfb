using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>A stream that cannot go on, from the real server to the real client.</summary>
public sealed class ResyncTests : MarketFixture
{
    [Test]
    public async Task A_hole_in_the_stream_is_told_as_a_resync_and_the_stream_goes_on()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var resynced = new TaskCompletionSource<StreamResync>(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = new TaskCompletionSource<OrderAction>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = seller.Client.OnResync((resync, _) =>
        {
            resynced.TrySetResult(resync);
            return Task.CompletedTask;
        });
        using var listening = seller.Client.On<OrderChanged>((_, change, _) =>
        {
            if (change.Action == OrderAction.Release)
            {
                heard.TrySetResult(change.Action);
            }

            return Task.CompletedTask;
        });

        // As if what lies between were dropped as old: the next event that is pushed does not follow the last one.
        await TestPostgres.Execute(
            Market.Database.Superuser,
            $"update streams set last_seq = last_seq + 5, first_seq = last_seq + 6 where user_id = {seller.Client.Me!.Id}");
        await buyer.Client.Orders.ConfirmPaymentAsync(order, cancellationToken: Bounded);
        (await resynced.Task.WaitAsync(TimeSpan.FromSeconds(20))).Position.Seq.ShouldBeGreaterThan(5);
        await seller.Client.Orders.ReleaseAsync(order, cancellationToken: Bounded);
        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(OrderAction.Release);
    }
}
