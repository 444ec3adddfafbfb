using System.Collections.Concurrent;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;

namespace DemoTraders;

/// <summary>Follows a trader's orders by its events and acts on them out of habit.</summary>
internal sealed class OrderDesk(Trader trader, Board board, CancellationToken stop)
{
    private const int CancelsMax = 2;
    private static readonly TimeSpan PatienceAfterFailure = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, int> _versions = new();
    private int _cancels;

    /// <summary>Must be called before the client connects.</summary>
    public void Listen(P2PClient client)
    {
        client.On<OrderChanged>((_, change, _) =>
        {
            board.Changed(change);
            Consider(change.Order);
            return Task.CompletedTask;
        });
        client.OnResync((_, _) => ReloadAsync());
    }

    /// <summary>Goes on with what was left open: by an earlier run of the demo, or when events were lost for good.</summary>
    public async Task ReloadAsync()
    {
        string? cursor = null;
        do
        {
            var page = await trader.Client.Orders.ListAsync(open: true, limit: 100, cursor: cursor, cancellationToken: stop);
            foreach (var order in page.Items)
            {
                board.Known(order.State);
                Consider(order.State);
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private void Consider(OrderState order)
    {
        _versions[order.Id] = order.Version;
        if (order.Duty == Duty.None)
        {
            _versions.TryRemove(order.Id, out _);
        }
        else if (Habits.Next(order, trader.Id, _cancels < CancelsMax) is { } intent)
        {
            _ = ActAsync(order, intent);
        }
    }

    private async Task ActAsync(OrderState order, Intent intent)
    {
        try
        {
            await Task.Delay(intent.After, stop);
            if (_versions.GetValueOrDefault(order.Id) != order.Version)
            {
                // The other party was faster: what to do now was decided when that was heard.
                return;
            }

            await DoAsync(order, intent.Action);
        }
        catch (P2PException e) when (e.IsTransient)
        {
            // The server was away for longer than a call waits: look at the order again.
            await ReconsiderAsync(order.Id);
        }
        catch (P2PException e)
        {
            board.Refused(trader.Name, e);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The demo ends: the order stays open until the next run.
        }
    }

    private async Task DoAsync(OrderState order, OrderAction action)
    {
        var orders = trader.Client.Orders;
        switch (action)
        {
            case OrderAction.ConfirmPayment:
                await orders.ConfirmPaymentAsync(order.Id, $"{trader.Name} {order.Id.ToString()[^6..]}", order.Version, stop);
                break;
            case OrderAction.Cancel:
                Interlocked.Increment(ref _cancels);
                await orders.CancelAsync(order.Id, order.Version, stop);
                break;
            case OrderAction.ExtendPaymentWindow:
                await orders.ExtendPaymentWindowAsync(order.Id, minutes: 15, order.Version, stop);
                break;
            case OrderAction.UndoConfirmation:
                await orders.UndoConfirmationAsync(order.Id, order.Version, stop);
                break;
            case OrderAction.Release:
                await orders.ReleaseAsync(order.Id, order.Version, stop);
                break;
            case OrderAction.RequestCancel:
                await orders.RequestCancelAsync(order.Id, order.Version, stop);
                break;
            case OrderAction.AcceptCancel:
                await orders.AcceptCancelAsync(order.Id, order.Version, stop);
                break;
            case OrderAction.DeclineCancel:
                await orders.DeclineCancelAsync(order.Id, order.Version, stop);
                break;
            case OrderAction.Dispute:
                await DisputeAsync(order);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "No habit leads here.");
        }
    }

    private async Task DisputeAsync(OrderState order)
    {
        var disputes = trader.Client.Disputes;
        var raised = await disputes.RaiseAsync(order.Id, DisputeReason.NotReleased, "I paid and hear nothing.", stop);
        await disputes.SubmitEvidenceAsync(raised.DisputeId, $"Paid under reference {trader.Name} {order.Id.ToString()[^6..]}.", stop);
    }

    private async Task ReconsiderAsync(Guid orderId)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(PatienceAfterFailure, stop);
                Consider((await trader.Client.Orders.GetAsync(orderId, stop)).State);
                return;
            }
            catch (P2PException e) when (e.IsTransient)
            {
                // Still away.
            }
            catch (Exception e) when (e is P2PException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
