using P2P.Contracts.Trading;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Trading.Ads;

/// <summary>One connection's subscription to one book.</summary>
/// <param name="Push">Sends or merges; never waits.</param>
/// <param name="IsClosed">True when nobody hears any more.</param>
public sealed record BookSubscription(Action<LossyMessage<AdBookChanged>> Push, Func<bool> IsClosed);

/// <summary>A book and who watches it.</summary>
internal sealed class AdBookWatch(Market market)
{
    private readonly Lock _gate = new();
    private BookSubscription[] _subscriptions = [];

    public AdBookState State { get; } = new(market);

    /// <summary>True when nobody watches any more; those who went are forgotten.</summary>
    public bool IsDeserted
    {
        get
        {
            lock (_gate)
            {
                _subscriptions = [.. _subscriptions.Where(subscription => !subscription.IsClosed())];
                return _subscriptions.Length == 0;
            }
        }
    }

    public AdBook Add(BookSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions.Where(other => !other.IsClosed()), subscription];
            return State.Snapshot();
        }
    }

    public void Tell(AdBookChanged? change)
    {
        if (change is null)
        {
            return;
        }

        BookSubscription[] subscriptions;
        lock (_gate)
        {
            subscriptions = _subscriptions;
        }

        var message = new LossyMessage<AdBookChanged>(nameof(ITradeClient.AdBookChanged), change);
        foreach (var subscription in subscriptions)
        {
            subscription.Push(message);
        }
    }
}
