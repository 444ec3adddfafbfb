using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk.Connecting;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk.Books;

/// <summary>
/// Live reference prices of one client: every watcher subscribes and merges for itself, and the last one to leave ends the subscription.
/// </summary>
internal sealed class PriceFeeds(RepeatingInvoker hub, ILogger logger)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<PriceInbox> _watchers = [];

    /// <summary>All prices, again and again with every change, until the reader leaves.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ReferencePrice>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var inbox = new PriceInbox();
        lock (_lock)
        {
            _watchers.Add(inbox);
        }

        try
        {
            while (true)
            {
                var (view, session) = await SubscribeAsync(cancellationToken).ConfigureAwait(false);
                var prices = new SortedDictionary<(string, string), ReferencePrice>(
                    view.Prices.ToDictionary(price => (price.Asset, price.Fiat)), PriceInbox.ByCode);
                yield return [.. prices.Values];
                while (await inbox.TakeAsync(session, cancellationToken).ConfigureAwait(false) is { } changed)
                {
                    foreach (var price in changed)
                    {
                        prices[(price.Asset, price.Fiat)] = price;
                    }

                    yield return [.. prices.Values];
                }
            }
        }
        finally
        {
            await LeaveAsync(inbox).ConfigureAwait(false);
        }
    }

    /// <summary>A change was pushed.</summary>
    public void Changed(HubSession session, PricesChanged change)
    {
        lock (_lock)
        {
            _watchers.ForEach(watcher => watcher.Put(session, change.Prices));
        }
    }

    /// <summary>The connection and its subscription are gone.</summary>
    public void Lost(HubSession session)
    {
        lock (_lock)
        {
            _watchers.ForEach(watcher => watcher.Lose(session));
        }
    }

    private async Task<(PricesView View, HubSession Session)> SubscribeAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await hub.InvokeOnAsync<PricesView>(nameof(IPriceCalls.SubscribePrices), [], cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (P2PException e) when (e.IsTransient)
            {
                SdkLog.BookResubscribed(logger, e, "prices");
                await Task.Delay(Backoff.After(failures, PauseMin, PauseMax), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LeaveAsync(PriceInbox inbox)
    {
        lock (_lock)
        {
            _watchers.Remove(inbox);
            if (_watchers.Count > 0)
            {
                return;
            }
        }

        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await hub.InvokeAsync(nameof(IPriceCalls.UnsubscribePrices), [], limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Without a connection there is no subscription either; else its pushes are not heard any more.
            SdkLog.BookResubscribed(logger, e, "prices");
        }
    }
}
