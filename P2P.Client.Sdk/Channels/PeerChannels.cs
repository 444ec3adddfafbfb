using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using P2P.Client.Sdk.Encryption;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Channels;

/// <summary>
/// Channels between peers that the server passes on and cannot read: each session is agreed on by hellos that devices of both sides sign, under keys that are
/// made for it alone. A server that puts other keys, ids or fingerprints into it is found out before anything is sent.
/// </summary>
/// <remarks>docs/channels.md has the protocol to the byte.</remarks>
public sealed class PeerChannels : IAsyncDisposable
{
    private const int SeenMax = 4_096;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly DealerHubProxy _hub;
    private readonly KeysClient _keys;
    private readonly ServerClock _clock;
    private readonly ConcurrentDictionary<string, PeerChannel> _channels = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, ProposedSession> _proposed = new();
    private readonly ConcurrentDictionary<Guid, (string PeerId, long ProfileId, ChannelKeys Keys)> _answered = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = new();
    private readonly ConcurrentDictionary<string, byte> _proposing = new(StringComparer.Ordinal);
    private readonly Channel<SignalsReceived> _signals = Channel.CreateBounded<SignalsReceived>(
        new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Channel<PeerChannel> _incoming = Channel.CreateUnbounded<PeerChannel>();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _answering;
    private bool _listens;
    private int _disposed;

    internal PeerChannels(DealerHubProxy hub, KeysClient keys, ServerClock clock)
    {
        (_hub, _keys, _clock) = (hub, keys, clock);
        _answering = Task.Run(AnswerAllAsync);
    }

    /// <summary>Opens a channel to a peer who is connected with the user, or the other party of an open order; the one that is open when there is one.</summary>
    /// <param name="peerId">The peer.</param>
    /// <param name="cancellationToken">Ends the wait: until then the peer is called again and again.</param>
    /// <exception cref="P2PException">NOT_FOUND: there is no such peer, or nothing that lets the two talk.</exception>
    /// <exception cref="EncryptionException">
    /// PeerKeysForged: the keys that the server shows are not the peer's; PeerKeysChanged: they are others than were verified; KeyLogBroken; NoDevice.
    /// </exception>
    public async Task<PeerChannel> OpenAsync(string peerId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(peerId);
        if (_channels.TryGetValue(peerId, out var open) && !open.HasEnded)
        {
            return open;
        }

        var profileId = (await _hub.GetConnection(new GetConnectionRequest { PeerId = peerId }, cancellationToken).ConfigureAwait(false)).ProfileId;
        var (sessionId, keys) = await AgreeAsync(peerId, profileId, cancellationToken).ConfigureAwait(false);
        var channel = ChannelTo(peerId, profileId, out _);
        channel.Use(sessionId, keys);
        return channel;
    }

    /// <summary>
    /// Channels that other peers open, as they come. From this call on this device answers them; a device that does not listen leaves them to the user's others.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading; channels that are open stay so.</param>
    public async IAsyncEnumerable<PeerChannel> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _listens, true);
        await foreach (var channel in _incoming.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return channel;
        }
    }

    /// <summary>Closes every channel.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // Each says good-bye first.
        await Task.WhenAll(_channels.Values.Select(channel => channel.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
        await _answering.ConfigureAwait(false);

        foreach (var answered in _answered.Values)
        {
            answered.Keys.Dispose();
        }

        _incoming.Writer.TryComplete();
        _ending.Dispose();
    }

    internal void Hear(SignalsReceived signals) => _signals.Writer.TryWrite(signals);

    internal void Hear(FramesReceived frames)
    {
        foreach (var frame in frames.Frames.Where(frame => Base64Url.IsValid(frame.Data)))
        {
            var bytes = Base64Url.DecodeFromChars(frame.Data);
            if (_channels.TryGetValue(frame.From, out var channel) && channel.Hear(frame.SessionId, bytes))
            {
                continue;
            }

            // The first frame of a session that this side answered: now it is known that the other side took this answer and no other device's.
            if (_answered.TryRemove(frame.SessionId, out var answered) && answered.PeerId == frame.From)
            {
                var mine = ChannelTo(answered.PeerId, answered.ProfileId, out var isNew);
                mine.Use(frame.SessionId, answered.Keys);
                mine.Hear(frame.SessionId, bytes);
                if (isNew)
                {
                    _incoming.Writer.TryWrite(mine);
                }
            }
        }
    }

    internal void Forget(PeerChannel channel) => _channels.TryRemove(KeyValuePair.Create(channel.PeerId, channel));

    /// <summary>Sends a frame on, or not: whoever waits for an acknowledgement sends again.</summary>
    internal async Task TrySendAsync(string peerId, Guid sessionId, byte[] frame, CancellationToken cancellationToken)
    {
        try
        {
            await _hub.Relay(
                new RelayRequest { PeerId = peerId, SessionId = sessionId, Data = Base64Url.EncodeToString(frame) }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is P2PException or OperationCanceledException or ObjectDisposedException)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(RetryPause, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Nothing was heard for long: perhaps the other side has begun anew and knows nothing of the session.</summary>
    internal void Propose(PeerChannel channel)
    {
        if (_proposing.TryAdd(channel.PeerId, 0))
        {
            _ = Task.Run(() => ProposeAsync(channel));
        }
    }

    private async Task ProposeAsync(PeerChannel channel)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            patience.CancelAfter(AnswerTime);
            var (sessionId, keys) = await AgreeAsync(channel.PeerId, channel.ProfileId, patience.Token).ConfigureAwait(false);
            channel.Use(sessionId, keys);
        }
        catch (Exception e) when (e is P2PException or OperationCanceledException or EncryptionException or ObjectDisposedException)
        {
            // Not reached, or not to be trusted any more: it is tried again as long as something waits.
        }
        finally
        {
            _proposing.TryRemove(channel.PeerId, out _);
        }
    }

    private PeerChannel ChannelTo(string peerId, long profileId, out bool isNew)
    {
        while (true)
        {
            if (_channels.TryGetValue(peerId, out var open) && !open.HasEnded)
            {
                isNew = false;
                return open;
            }

            var made = new PeerChannel(this, peerId, profileId);
            if (open is null ? _channels.TryAdd(peerId, made) : _channels.TryUpdate(peerId, made, open))
            {
                isNew = true;
                return made;
            }

            _ = made.DisposeAsync().AsTask();
        }
    }

    private async Task<(Guid SessionId, ChannelKeys Keys)> AgreeAsync(string peerId, long profileId, CancellationToken cancellationToken)
    {
        var device = await _keys.DeviceAsync(cancellationToken).ConfigureAwait(false);
        _ = await LogOfAsync(peerId, profileId, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var now = _clock.Now;
            var offer = ChannelHello.Sign(
                new ChannelTerms(
                    ChannelRole.Offerer,
                    Guid.CreateVersion7(now),
                    _keys.Me,
                    profileId,
                    device.KeyId,
                    P256.Point(ephemeral.ExportParameters(includePrivateParameters: false)),
                    ChannelChecks.Expiry(now),
                    new byte[P256.HashBytes],
                    new byte[P256.HashBytes]),
                device.Sign);
            using var proposed = new ProposedSession(offer, ephemeral);
            _proposed[offer.Terms.SessionId] = proposed;
            try
            {
                await SignalAsync(peerId, offer, SignalKind.Offer, cancellationToken).ConfigureAwait(false);
                return (offer.Terms.SessionId, await proposed.Taken.Task.WaitAsync(AnswerTime, cancellationToken).ConfigureAwait(false));
            }
            catch (TimeoutException)
            {
                // Not there, or not listening: called again.
            }
            finally
            {
                _proposed.TryRemove(offer.Terms.SessionId, out _);
            }
        }
    }

    private Task SignalAsync(string peerId, ChannelHello hello, SignalKind kind, CancellationToken cancellationToken) => _hub.SendSignal(
        new SendSignalRequest
        {
            PeerId = peerId,
            SessionId = hello.Terms.SessionId,
            Kind = kind,
            Payload = Base64Url.EncodeToString(hello.Bytes),
        },
        cancellationToken);

    /// <summary>The peer's key log: it proves that the id is one of the peer's devices.</summary>
    private async Task<KeyLog> LogOfAsync(string peerId, long profileId, CancellationToken cancellationToken)
    {
        var log = await _keys.TrustedLogAsync(profileId, cancellationToken).ConfigureAwait(false);
        return Base64Url.IsValid(peerId) && log.Find(Base64Url.DecodeFromChars(peerId)) is not null
            ? log
            : throw new EncryptionException(
                EncryptionFault.PeerKeysForged, $"The keys that the server shows of profile {profileId} are not those of peer {peerId}.");
    }

    private async Task AnswerAllAsync()
    {
        try
        {
            await foreach (var signals in _signals.Reader.ReadAllAsync(_ending.Token).ConfigureAwait(false))
            {
                foreach (var signal in signals.Signals)
                {
                    await TryTakeAsync(signal).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task TryTakeAsync(ReceivedSignal signal)
    {
        if (!Base64Url.IsValid(signal.Payload) || ChannelHello.TryRead(Base64Url.DecodeFromChars(signal.Payload)) is not { } hello)
        {
            return;
        }

        try
        {
            if (signal.Kind == SignalKind.Answer && _proposed.TryGetValue(signal.SessionId, out var proposed))
            {
                await TakeAnswerAsync(signal, hello, proposed).ConfigureAwait(false);
            }
            else if (signal.Kind == SignalKind.Offer && (Volatile.Read(ref _listens) || _channels.ContainsKey(signal.From)))
            {
                await TakeOfferAsync(signal, hello).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is P2PException or EncryptionException or CryptographicException or ObjectDisposedException)
        {
            // Nobody is answered whose keys are not proved, and who cannot be reached hears nothing.
        }
    }

    private async Task TakeAnswerAsync(ReceivedSignal signal, ChannelHello answer, ProposedSession proposed)
    {
        var log = await LogOfAsync(signal.From, proposed.Offer.Terms.ToId, _ending.Token).ConfigureAwait(false);
        if (ChannelChecks.Takes(answer, proposed.Offer, SigningKeyOf(log, answer), _clock.Now))
        {
            proposed.Taken.TrySetResult(proposed.With(answer));
        }
    }

    private async Task TakeOfferAsync(ReceivedSignal signal, ChannelHello offer)
    {
        var (now, me) = (_clock.Now, _keys.Me);
        var device = await _keys.DeviceAsync(_ending.Token).ConfigureAwait(false);
        var log = await LogOfAsync(signal.From, signal.ProfileId, _ending.Token).ConfigureAwait(false);
        if (!ChannelChecks.IsGood(offer, signal.SessionId, signal.ProfileId, me, SigningKeyOf(log, offer), now) || !IsFirst(signal.SessionId, now))
        {
            return;
        }

        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var answer = ChannelHello.Sign(
            new ChannelTerms(
                ChannelRole.Answerer,
                signal.SessionId,
                me,
                signal.ProfileId,
                device.KeyId,
                P256.Point(ephemeral.ExportParameters(includePrivateParameters: false)),
                ChannelChecks.Expiry(now),
                new byte[P256.HashBytes],
                offer.Hash),
            device.Sign);
        _answered[signal.SessionId] = (signal.From, signal.ProfileId, ChannelKeys.Of(isOfferer: false, ephemeral, offer, answer));
        await SignalAsync(signal.From, answer, SignalKind.Answer, _ending.Token).ConfigureAwait(false);
    }

    private static byte[]? SigningKeyOf(KeyLog log, ChannelHello hello) =>
        log.Find(hello.Terms.KeyId) is { IsActive: true } device ? device.SigningKey : null;

    /// <summary>An offer is good once, however often it is passed on.</summary>
    private bool IsFirst(Guid sessionId, DateTimeOffset now)
    {
        if (_seen.Count >= SeenMax)
        {
            var old = now - TimeSpan.FromSeconds(2 * (Limits.SignalSeconds + Limits.ClockSkewSeconds));
            foreach (var one in _seen.Where(one => one.Value < old))
            {
                _seen.TryRemove(one);
                if (_answered.TryRemove(one.Key, out var forgotten))
                {
                    forgotten.Keys.Dispose();
                }
            }
        }

        return _seen.TryAdd(sessionId, now);
    }
}
