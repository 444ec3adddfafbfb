using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk.Connecting;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk.Books;

/// <summary>
/// The live books of one client: one subscription for each market, shared by all who watch it, renewed with each connection.
/// </summary>
internal sealed class BookFeeds(RepeatingInvoker hub, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Market, BookFeed> _feeds = [];
    private readonly Dictionary<Market, Task> _leaving = [];

    /// <summary>The newest book again and again, until the reader leaves.</summary>
    public async IAsyncEnumerable<AdBook> WatchAsync(Market market, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Of books the newest alone matters: a slow reader passes over those in between.
        var books = Channel.CreateBounded<AdBook>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        BookFeed feed;
        lock (_lock)
        {
            feed = _feeds.GetValueOrDefault(market)
                ?? new BookFeed(market, hub, logger, _leaving.GetValueOrDefault(market, Task.CompletedTask));
            _feeds[market] = feed;
            feed.Add(books.Writer);
        }

        try
        {
            await foreach (var book in books.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return book;
            }
        }
        finally
        {
            await LeaveAsync(market, feed, books.Writer).ConfigureAwait(false);
        }
    }

    /// <summary>A change was pushed.</summary>
    public void Changed(HubSession session, AdBookChanged change)
    {
        lock (_lock)
        {
            if (_feeds.TryGetValue(change.Market, out var feed))
            {
                feed.Changed(session, change);
            }
        }
    }

    /// <summary>The connection and its subscriptions are gone.</summary>
    public void Lost(HubSession session)
    {
        lock (_lock)
        {
            foreach (var feed in _feeds.Values)
            {
                feed.Lost(session);
            }
        }
    }

    private Task LeaveAsync(Market market, BookFeed feed, ChannelWriter<AdBook> watcher)
    {
        lock (_lock)
        {
            if (feed.Remove(watcher) > 0)
            {
                return Task.CompletedTask;
            }

            _feeds.Remove(market);
            return _leaving[market] = EndAsync();
        }

        async Task EndAsync()
        {
            await Task.Yield();
            await feed.DisposeAsync().ConfigureAwait(false);
            lock (_lock)
            {
                _leaving.Remove(market);
            }
        }
    }
}
