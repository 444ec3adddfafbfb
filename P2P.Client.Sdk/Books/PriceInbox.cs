using P2P.Client.Sdk.Connecting;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk.Books;

/// <summary>
/// What one watcher of prices has not read yet: the newest state of each price that changed, however slow the watcher is, and whether its
/// connection is
/// gone. Each session counts for itself.
/// </summary>
internal sealed class PriceInbox
{
    /// <summary>By asset, then by currency.</summary>
    public static readonly IComparer<(string Asset, string Fiat)> ByCode = Comparer<(string Asset, string Fiat)>.Create((one, other) =>
        string.CompareOrdinal(one.Asset, other.Asset) is not 0 and var byAsset ? byAsset : string.CompareOrdinal(one.Fiat, other.Fiat));

    private readonly Lock _lock = new();
    private readonly Dictionary<(string, string), ReferencePrice> _changed = [];
    private HubSession? _from;
    private HubSession? _lost;
    private TaskCompletionSource _signal = New();

    /// <summary>Keeps prices that were pushed.</summary>
    public void Put(HubSession from, IReadOnlyList<ReferencePrice> prices)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(from, _from))
            {
                _changed.Clear();
                _from = from;
            }

            foreach (var price in prices)
            {
                _changed[(price.Asset, price.Fiat)] = price;
            }

            _signal.TrySetResult();
        }
    }

    /// <summary>Nothing more comes of this session.</summary>
    public void Lose(HubSession session)
    {
        lock (_lock)
        {
            _lost = session;
            _signal.TrySetResult();
        }
    }

    /// <summary>Waits for prices of this session; null when it is gone.</summary>
    public async Task<IReadOnlyList<ReferencePrice>?> TakeAsync(HubSession session, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            lock (_lock)
            {
                if (ReferenceEquals(session, _lost))
                {
                    return null;
                }

                if (ReferenceEquals(session, _from) && _changed.Count > 0)
                {
                    ReferencePrice[] changed = [.. _changed.Values];
                    _changed.Clear();
                    return changed;
                }

                if (_signal.Task.IsCompleted)
                {
                    _signal = New();
                }

                signal = _signal.Task;
            }

            await signal.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
