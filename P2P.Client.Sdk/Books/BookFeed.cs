using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk.Connecting;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk.Books;

/// <summary>One market's subscription: reads the book, merges what is pushed, and reads it anew after a gap or a lost connection.</summary>
internal sealed class BookFeed : IAsyncDisposable
{
    private const int ChangesMax = 256;
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);
    private readonly Market _market;
    private readonly RepeatingInvoker _hub;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ChannelWriter<AdBook>> _watchers = [];
    private readonly Lock _lock = new();

    // Without a change: the connection is gone. A dropped change leaves a gap, which is found by its version. Each node counts versions by
    // itself, so what one connection says does not fit a book that was read on another.
    private readonly Channel<(HubSession Session, AdBookChanged? Change)> _inputs =
        Channel.CreateBounded<(HubSession, AdBookChanged?)>(
            new BoundedChannelOptions(ChangesMax) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Task _running;
    private AdBook? _book;
    private Exception? _error;
    private bool _over;

    /// <summary>
    /// Subscribes once <paramref name="former"/> has ended: a feed of the same market that is just giving its subscription up.
    /// </summary>
    public BookFeed(Market market, RepeatingInvoker hub, ILogger logger, Task former)
    {
        (_market, _hub, _logger) = (market, hub, logger);
        _running = Task.Run(() => RunAsync(former));
    }

    /// <summary>Someone watches, and sees the present book first.</summary>
    public void Add(ChannelWriter<AdBook> watcher)
    {
        lock (_lock)
        {
            _watchers.Add(watcher);
            if (_over)
            {
                watcher.TryComplete(_error);
            }
            else if (_book is not null)
            {
                watcher.TryWrite(_book);
            }
        }
    }

    /// <summary>Someone leaves; the answer is how many are left.</summary>
    public int Remove(ChannelWriter<AdBook> watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
            return _watchers.Count;
        }
    }

    /// <summary>A change was pushed.</summary>
    public void Changed(HubSession session, AdBookChanged change) => _inputs.Writer.TryWrite((session, change));

    /// <summary>The connection is gone.</summary>
    public void Lost(HubSession session) => _inputs.Writer.TryWrite((session, null));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _hub.InvokeAsync(nameof(IAdCalls.UnsubscribeAdBook), [_market], limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Without a connection there is no subscription either; else its pushes are not heard any more.
            SdkLog.BookResubscribed(_logger, e, _market.ToString());
        }

        _stop.Dispose();
    }

    private async Task RunAsync(Task former)
    {
        await former.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var failures = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => failures = 0).ConfigureAwait(false);
                SdkLog.BookResubscribed(_logger, null, _market.ToString());
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                // The client is disposed: the books end as its events do.
                End(null);
                return;
            }
            catch (P2PException e) when (!e.IsTransient)
            {
                End(e);
                return;
            }
            catch (Exception e)
            {
                SdkLog.BookResubscribed(_logger, e, _market.ToString());
                var pause = Backoff.After(failures++, PauseMin, PauseMax);
                await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Reads the book and follows its changes until a gap or the connection's end.</summary>
    private async Task FollowAsync(Action subscribed)
    {
        var (book, session) = await _hub.InvokeOnAsync<AdBook>(nameof(IAdCalls.SubscribeAdBook), [_market], _stop.Token)
            .ConfigureAwait(false);
        subscribed();
        Show(book);
        await foreach (var (from, change) in _inputs.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            if (!ReferenceEquals(from, session))
            {
                continue;
            }

            if (change is null)
            {
                return;
            }

            (var result, book) = BookMerge.Apply(book, change);
            if (result == BookMergeResult.Gap)
            {
                return;
            }

            if (result == BookMergeResult.Merged)
            {
                Show(book);
            }
        }
    }

    private void Show(AdBook book)
    {
        lock (_lock)
        {
            _book = book;
            _watchers.ForEach(watcher => watcher.TryWrite(book));
        }
    }

    private void End(Exception? error)
    {
        lock (_lock)
        {
            (_over, _error) = (true, error);
            _watchers.ForEach(watcher => watcher.TryComplete(error));
        }
    }
}
