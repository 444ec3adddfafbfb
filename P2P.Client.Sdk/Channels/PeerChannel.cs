using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;

namespace P2P.Client.Sdk.Channels;

/// <summary>
/// A channel to one peer that the server cannot read. What is sent arrives once and in order, whatever happens to connections and nodes meanwhile; what the
/// other side has not acknowledged when this program ends is lost. A side that does not read stops the other one after some thousand messages.
/// </summary>
public sealed class PeerChannel : IAsyncDisposable
{
    private const int MessageBytesMax = ChannelStream.MessageBytesMax - 1;
    private const byte Message = 0;
    private const int WaitingMax = 4_096;
    private const int UnreadMax = 8_192;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(1_000);
    private static readonly TimeSpan ByeTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProposeAfter = TimeSpan.FromSeconds(4);

    private readonly PeerChannels _owner;
    private readonly ChannelStream _stream = new();
    private readonly Lock _gate = new();
    private readonly SortedList<Guid, ChannelKeys> _sessions = [];
    private readonly Channel<byte[]> _received = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _sending;
    private readonly ChannelFiles _files;
    private Guid _other;
    private TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _progressAt = Environment.TickCount64;
    private long _againAt = Environment.TickCount64;
    private long _seen;
    private int _disposed;

    internal PeerChannel(PeerChannels owner, string peerId, long profileId)
    {
        (_owner, PeerId, ProfileId) = (owner, peerId, profileId);
        _files = new ChannelFiles(QueueAsync);
        _sending = Task.Run(SendAllAsync);
    }

    /// <summary>The other peer.</summary>
    public string PeerId { get; }

    /// <summary>The other's profile.</summary>
    public long ProfileId { get; }

    /// <summary>Messages that the other side has not acknowledged.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _stream.Waiting;
            }
        }
    }

    /// <summary>The other side has said good-bye.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _stream.HasEnded;
            }
        }
    }

    /// <summary>Sends a message; returns when it is queued, and waits while 4,096 others are.</summary>
    /// <param name="message">At most 1 MB.</param>
    /// <param name="cancellationToken">Ends the wait; the message is then not sent.</param>
    /// <exception cref="ArgumentException">The message is too long.</exception>
    /// <exception cref="ObjectDisposedException">The channel was closed here.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        message.Length <= MessageBytesMax
            ? QueueAsync([Message, .. message.Span], cancellationToken)
            : throw new ArgumentException($"A message has at most {MessageBytesMax} bytes.", nameof(message));

    private async ValueTask QueueAsync(byte[] message, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed != 0, this);
                if (_stream.Waiting < WaitingMax)
                {
                    if (_stream.Waiting == 0)
                    {
                        _progressAt = _againAt = Environment.TickCount64;
                    }

                    _stream.Queue(message);
                    break;
                }

                more = _acknowledged.Task;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        Wake();
    }

    /// <summary>Sends a text, as UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the wait; the text is then not sent.</param>
    public ValueTask SendTextAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    /// <summary>Waits until the other side has everything that was sent.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectDisposedException">The channel was closed here before that.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_stream.Waiting == 0)
                {
                    return;
                }

                ObjectDisposedException.ThrowIf(_disposed != 0, this);

                more = _acknowledged.Task;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the other side sends, in order. Ends when it has said good-bye and everything was read, or the channel is closed here.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<byte[]> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var message in _received.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }

    /// <summary>
    /// Sends a file in parts, between the messages, and returns when the other side has all of it on disk, checked. When the other program ends meanwhile,
    /// the file is offered to the next one, which goes on where the first one was.
    /// </summary>
    /// <param name="content">The file; it can seek, and nobody changes it meanwhile. It is read twice: for its hash, then to send it.</param>
    /// <param name="name">What it is called, at most 255 bytes.</param>
    /// <param name="progress">Told how many bytes the other side has.</param>
    /// <param name="cancellationToken">Takes the file back.</param>
    /// <returns>False when the other side does not want it, or no more of it.</returns>
    /// <exception cref="IOException">The channel ended.</exception>
    public Task<bool> SendFileAsync(Stream content, string name, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return content.CanSeek
            ? _files.SendAsync(content, name, progress, cancellationToken)
            : throw new ArgumentException("The stream cannot seek: a part that is lost has to be read again.", nameof(content));
    }

    /// <summary>Files that the other side offers, as they come. Ends with the channel.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var file in channel.ReadFilesAsync())
    /// {
    ///     await file.SaveAsync(Path.Combine(folder, file.Name));
    /// }
    /// </code>
    /// </example>
    public IAsyncEnumerable<ChannelFile> ReadFilesAsync(CancellationToken cancellationToken = default) => _files.Offers.ReadAllAsync(cancellationToken);

    /// <summary>Says good-bye and closes the channel here; what the other side has not acknowledged is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _owner.Forget(this);
        await _ending.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        if (Sealed(ChannelStream.GoodBye()) is { } bye)
        {
            // Whoever is not connected waits for no connection just to say so.
            using var patience = new CancellationTokenSource(ByeTime);
            await _owner.TrySendAsync(PeerId, bye.SessionId, bye.Frame, patience.Token).ConfigureAwait(false);
        }

        _received.Writer.TryComplete();
        _files.End();
        lock (_gate)
        {
            foreach (var keys in _sessions.Values)
            {
                keys.Dispose();
            }

            _sessions.Clear();
            // Whoever waits to send or to have sent learns that nothing is sent any more.
            _acknowledged.TrySetResult();
        }

        _ending.Dispose();
        _work.Dispose();
    }

    /// <summary>From now on the newest of the sessions is used; frames of the one before it may still come.</summary>
    internal void Use(Guid sessionId, ChannelKeys keys)
    {
        lock (_gate)
        {
            if (_disposed != 0)
            {
                keys.Dispose();
                return;
            }

            _sessions[sessionId] = keys;
            while (_sessions.Count > 2)
            {
                _sessions.Values[0].Dispose();
                _sessions.RemoveAt(0);
            }

            _stream.Begin();
            _progressAt = _againAt = Environment.TickCount64;
        }

        Wake();
    }

    /// <summary>Takes a frame; false when it belongs to no session of the channel.</summary>
    internal bool Hear(Guid sessionId, byte[] frame)
    {
        IReadOnlyList<byte[]> messages;
        bool hasEnded;
        bool hasRestarted;
        lock (_gate)
        {
            if (!_sessions.TryGetValue(sessionId, out var keys))
            {
                return false;
            }

            if (keys.Open(frame) is not { } plain)
            {
                return true; // Forged, damaged or late: as if it had not come.
            }

            messages = _stream.Take(plain, isFull: _received.Reader.Count >= UnreadMax);
            hasEnded = _stream.HasEnded;
            hasRestarted = _other != Guid.Empty && _other != _stream.OtherId;
            _other = _stream.OtherId;
            _progressAt = Environment.TickCount64;
            if (_stream.Acknowledged != _seen || _stream.Waiting == 0)
            {
                _seen = _stream.Acknowledged;
                _againAt = Environment.TickCount64;
                Interlocked.Exchange(ref _acknowledged, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }
        }

        if (hasRestarted)
        {
            _files.Restart();
        }

        foreach (var message in messages)
        {
            if (message is [Message, ..])
            {
                _received.Writer.TryWrite(message[1..]);
            }
            else
            {
                _files.Hear(message);
            }
        }

        if (hasEnded)
        {
            _received.Writer.TryComplete();
            _files.End();
        }

        Wake();
        return true;
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_disposed == 0 && _work.CurrentCount == 0)
            {
                _work.Release();
            }
        }
    }

    private (Guid SessionId, byte[] Frame)? Sealed(byte[]? plain)
    {
        lock (_gate)
        {
            if (_sessions.Count == 0)
            {
                return null;
            }

            plain ??= _stream.Next();
            return plain is null ? null : (_sessions.Keys[^1], _sessions.Values[^1].Seal(plain));
        }
    }

    private async Task SendAllAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            while (Sealed(null) is { } next && !_ending.IsCancellationRequested)
            {
                // What is lost on the way is sent again when nothing is heard of it.
                await _owner.TrySendAsync(PeerId, next.SessionId, next.Frame, _ending.Token).ConfigureAwait(false);
            }

            try
            {
                await _work.WaitAsync(Tick, _ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (IsOverdue())
            {
                _owner.Propose(this);
            }
        }
    }

    /// <summary>True when a new session is to be proposed; what was not acknowledged in time is sent again.</summary>
    private bool IsOverdue()
    {
        lock (_gate)
        {
            if (_stream.HasEnded || (!_stream.IsWaited && _stream.IsResumed && _stream.Waiting == 0))
            {
                _progressAt = _againAt = Environment.TickCount64;
                return false;
            }

            var now = Environment.TickCount64;
            if (now - _againAt > AgainAfter.TotalMilliseconds)
            {
                _againAt = now;
                _stream.SendAgain();
            }

            if (now - _progressAt <= ProposeAfter.TotalMilliseconds)
            {
                return false;
            }

            _progressAt = now;
            return true;
        }
    }
}
