using System.Buffers.Text;
using P2P.Client.Sdk.Encryption;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk;

/// <summary>
/// The keys of the user's devices and of those with whom the user trades. Private keys are made here and stay in
/// <see cref="P2PClientOptions.Keys"/>. Nothing of it is needed for rooms that are not encrypted.
/// </summary>
/// <example>
/// <code>
/// await client.Keys.RegisterAsync("office laptop");
/// var number = await client.Keys.SafetyNumberAsync(order.SellerId);
/// Show(number.Digits); // both compare it by phone, then:
/// await client.Keys.MarkVerifiedAsync(order.SellerId, number.Digits);
/// </code>
/// </example>
public sealed class KeysClient
{
    /// <summary>The name under which the device's own keys are kept.</summary>
    internal const string DeviceName = "device";

    private const int TriesMax = 5;
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;
    private readonly IKeyStore _store;
    private readonly Func<long?> _me;
    private Device? _device;

    internal KeysClient(IDealHubProxy hub, EventReaders events, IKeyStore store, Func<long?> me) =>
        (_hub, _events, _store, _me) = (hub, events, store, me);

    /// <summary>
    /// Makes this device's keys, unless the store has some, and registers their public parts. Harmless to repeat; after the device was
    /// revoked it gets
    /// new keys.
    /// </summary>
    /// <param name="name">What the user calls the device, at most 50 characters; only the user reads it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the device was registered is then unknown: call it again.</param>
    /// <exception cref="P2PException">BAD_INPUT (the name), RATE_LIMITED, QUOTA_EXCEEDED (8 devices).</exception>
    /// <exception cref="EncryptionException">KeyLogBroken.</exception>
    public async Task<DeviceKey> RegisterAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var i = 1; ; i++)
            {
                var log = await LogAsync(Me, cancellationToken).ConfigureAwait(false);
                var device = await LoadAsync(cancellationToken).ConfigureAwait(false);
                if (device is null || log.Find(device.KeyId) is { IsActive: false })
                {
                    device = Device.Make();
                    // Stored before it is told: a device whose registering was cut off is registered by the next call.
                    await _store.SaveAsync(DeviceName, device.Write(), cancellationToken).ConfigureAwait(false);
                    _device = device;
                }

                if (log.Find(device.KeyId) is { } known)
                {
                    return View(log, known);
                }

                try
                {
                    await AddAsync(device, log, name, cancellationToken).ConfigureAwait(false);
                }
                catch (P2PException e) when (e.Code is ErrorCodes.ChainStale or ErrorCodes.AlreadyDone && i < TriesMax)
                {
                    // Another device was quicker, or an earlier try of ours was: read again.
                }
            }
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>A user's devices, the oldest first, after every entry of the key log was checked.</summary>
    /// <param name="profileId">Whose; the user's own when left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EncryptionException">KeyLogBroken: the server showed a log that was tampered with.</exception>
    public async Task<IReadOnlyList<DeviceKey>> DevicesAsync(long? profileId = null, CancellationToken cancellationToken = default)
    {
        _ = await LoadAsync(cancellationToken).ConfigureAwait(false);
        var log = await LogAsync(profileId ?? Me, cancellationToken).ConfigureAwait(false);
        return [.. log.Devices.Select(device => View(log, device))];
    }

    /// <summary>
    /// Ends that a device speaks for the user, for instance one that was lost. Encrypted rooms get a new key before the next message,
    /// which that device cannot open.
    /// </summary>
    /// <param name="keyId">Which of the user's devices; it may be this one.</param>
    /// <param name="cancellationToken">Ends the wait; whether it happened is then unknown.</param>
    /// <exception cref="P2PException">NOT_FOUND, ALREADY_DONE (it is revoked), RATE_LIMITED.</exception>
    /// <exception cref="EncryptionException">NoDevice: this device has no keys to sign with.</exception>
    public async Task<DeviceReply> RevokeAsync(string keyId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        var subject = Base64Url.IsValid(keyId) ? Base64Url.DecodeFromChars(keyId) : [];
        if (subject.Length != P256.HashBytes)
        {
            throw new P2PException(ErrorCodes.NotFound, "You have no such device.");
        }

        var device = await DeviceAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 1; ; i++)
        {
            var log = await LogAsync(Me, cancellationToken).ConfigureAwait(false);
            var statement = KeyStatement.Revoke(Me, log.Links.Count + 1, HeadOf(log), subject, device.KeyId, device.Sign);
            try
            {
                return await _hub.RevokeDevice(
                    new RevokeDeviceRequest { RequestId = Guid.CreateVersion7(), Statement = Base64Url.EncodeToString(statement.Bytes) },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (P2PException e) when (e.Code == ErrorCodes.ChainStale && i < TriesMax)
            {
                // Another device was quicker: sign what follows its entry.
            }
        }
    }

    /// <summary>
    /// The number that the user and another one compare by another way (in person, by phone). It is the same for both as long as nobody put
    /// keys of
    /// their own between them; docs/encryption.md has the formula.
    /// </summary>
    /// <param name="profileId">The other user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">NOT_FOUND; KEYS_REQUIRED: one of the two has no device.</exception>
    /// <exception cref="EncryptionException">KeyLogBroken.</exception>
    public async Task<SafetyNumber> SafetyNumberAsync(long profileId, CancellationToken cancellationToken = default)
    {
        var (digits, log, peer) = await CompareAsync(profileId, cancellationToken).ConfigureAwait(false);
        return new SafetyNumber { Digits = digits, IsVerified = peer.Verified is not null && !peer.HasChanged(log) };
    }

    /// <summary>
    /// The user compared the number and found the same: from now on this device sends nothing into an encrypted room with that user once
    /// their devices are others, until it is compared again.
    /// </summary>
    /// <param name="profileId">The other user.</param>
    /// <param name="digits">The number that was compared.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EncryptionException">PeerKeysChanged: it is another number now.</exception>
    public async Task MarkVerifiedAsync(long profileId, string digits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var (now, log, _) = await CompareAsync(profileId, cancellationToken).ConfigureAwait(false);
        if (OnlyDigits(now) != OnlyDigits(digits))
        {
            throw new EncryptionException(EncryptionFault.PeerKeysChanged, "The safety number is another one now: compare it again.");
        }

        await RememberAsync(profileId, before => before with { Verified = Peer.SetOf(log) }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The user goes on with a user whose verified keys changed without comparing the number again: nothing is verified any more.
    /// </summary>
    /// <param name="profileId">The other user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task TrustAsync(long profileId, CancellationToken cancellationToken = default) =>
        RememberAsync(profileId, before => before with { Verified = null }, cancellationToken);

    /// <summary>
    /// Each change of the user's own keys, and of those of the other parties of open rooms, in order. Collects from this call on, also
    /// before it is
    /// read; read it once, and to its end or cancelled: an event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<KeysChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<KeysChanged>(_events, filter: null, cancellationToken);

    /// <summary>One registering at a time.</summary>
    private SemaphoreSlim Turn { get; } = new(1);

    /// <summary>One reading of key logs at a time.</summary>
    private SemaphoreSlim PeersTurn { get; } = new(1);

    /// <summary>The user's own profile id.</summary>
    internal long Me => _me() ?? throw new InvalidOperationException("Connect first: who the user is, is not known yet.");

    /// <summary>
    /// The newest link of a user's key log was proved by another way: when it still is the newest, the user's devices count as verified
    /// from now on.
    /// </summary>
    /// <returns>False when devices came or went since.</returns>
    /// <exception cref="EncryptionException">PeerKeysForged: the log that the server shows never had it.</exception>
    internal async Task<bool> ProveAsync(long profileId, byte[] link, CancellationToken cancellationToken)
    {
        var (log, _) = await ReadAsync(profileId, cancellationToken).ConfigureAwait(false);
        if (!log.Links.Any(one => one.AsSpan().SequenceEqual(link)))
        {
            throw new EncryptionException(
                EncryptionFault.PeerKeysForged, $"The keys that the server shows of profile {profileId} are not those that the invitation proves.");
        }

        var isNewest = log.Links[^1].AsSpan().SequenceEqual(link);
        if (isNewest)
        {
            await RememberAsync(profileId, before => before with { Verified = Peer.SetOf(log) }, cancellationToken).ConfigureAwait(false);
        }

        return isNewest;
    }

    /// <summary>The newest link of the user's own key log.</summary>
    /// <exception cref="EncryptionException">NoDevice.</exception>
    internal async Task<byte[]> OwnLinkAsync(CancellationToken cancellationToken)
    {
        var device = await DeviceAsync(cancellationToken).ConfigureAwait(false);
        var log = await LogAsync(Me, cancellationToken).ConfigureAwait(false);
        return log.Find(device.KeyId) is { IsActive: true }
            ? log.Links[^1]
            : throw new EncryptionException(EncryptionFault.NoDevice, "This device's keys are not in the user's key log: register it first.");
    }

    /// <summary>Something of the user's own beside the keys; null when it is not there.</summary>
    internal ValueTask<byte[]?> LoadAsync(string name, CancellationToken cancellationToken) => _store.LoadAsync(name, cancellationToken);

    /// <summary>Keeps something of the user's own beside the keys.</summary>
    internal ValueTask SaveAsync(string name, byte[] value, CancellationToken cancellationToken) =>
        _store.SaveAsync(name, value, cancellationToken);

    /// <summary>This device's keys; null when it has none.</summary>
    internal async ValueTask<Device?> LoadAsync(CancellationToken cancellationToken)
    {
        if (_device is null && await _store.LoadAsync(DeviceName, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            _device = Device.Read(stored);
        }

        return _device;
    }

    /// <summary>This device's keys.</summary>
    internal async ValueTask<Device> DeviceAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken).ConfigureAwait(false)
        ?? throw new EncryptionException(EncryptionFault.NoDevice, "This device has no keys: register it first.");

    /// <summary>A user's key log, checked, and held against what was seen of it before.</summary>
    internal async Task<KeyLog> LogAsync(long profileId, CancellationToken cancellationToken) =>
        (await ReadAsync(profileId, cancellationToken).ConfigureAwait(false)).Log;

    /// <summary>As <see cref="LogAsync"/>; refused when the user verified other devices than the log has now.</summary>
    internal async Task<KeyLog> TrustedLogAsync(long profileId, CancellationToken cancellationToken)
    {
        var (log, peer) = await ReadAsync(profileId, cancellationToken).ConfigureAwait(false);
        return peer.HasChanged(log)
            ? throw new EncryptionException(
                EncryptionFault.PeerKeysChanged, $"The keys of profile {profileId} are not those that were verified: compare the safety number.")
            : log;
    }

    private async Task<(KeyLog Log, Peer Peer)> ReadAsync(long profileId, CancellationToken cancellationToken)
    {
        // Read in turn: a log that was read before a longer one must not come after it.
        await PeersTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var source = await _hub.GetDeviceKeys(new GetDeviceKeysRequest { ProfileId = profileId }, cancellationToken).ConfigureAwait(false);
            var log = source.ProfileId == profileId
                ? KeyLog.Read(source)
                : throw new EncryptionException(EncryptionFault.KeyLogBroken, "The server showed another user's key log.");
            return (log, await SaveAsync(profileId, before => before.After(log), cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            PeersTurn.Release();
        }
    }

    private async Task AddAsync(Device device, KeyLog log, string? name, CancellationToken cancellationToken)
    {
        var statement = KeyStatement.Add(Me, log.Links.Count + 1, HeadOf(log), device.SigningKey, device.AgreementKey, device.Sign);
        await _hub.RegisterDevice(
            new RegisterDeviceRequest
            {
                RequestId = Guid.CreateVersion7(),
                Statement = Base64Url.EncodeToString(statement.Bytes),
                Name = name,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<(string Digits, KeyLog Log, Peer Peer)> CompareAsync(long profileId, CancellationToken cancellationToken)
    {
        var own = await LogAsync(Me, cancellationToken).ConfigureAwait(false);
        var (log, peer) = await ReadAsync(profileId, cancellationToken).ConfigureAwait(false);
        if (!own.Active.Any() || !log.Active.Any())
        {
            throw new P2PException(ErrorCodes.KeysRequired, "A safety number needs keys of both.");
        }

        var digits = SafetyNumbers.Of(
            Me, own.Active.Select(device => device.Keys), profileId, log.Active.Select(device => device.Keys));
        return (digits, log, peer);
    }

    private async Task RememberAsync(long profileId, Func<Peer, Peer> next, CancellationToken cancellationToken)
    {
        await PeersTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SaveAsync(profileId, next, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            PeersTurn.Release();
        }
    }

    /// <summary>What is remembered of a user from now on, saved only when it is something new; in turn.</summary>
    private async Task<Peer> SaveAsync(long profileId, Func<Peer, Peer> next, CancellationToken cancellationToken)
    {
        var before = Peer.Read(await _store.LoadAsync(Peer.Name(profileId), cancellationToken).ConfigureAwait(false));
        var after = next(before);
        if (after.Seq != before.Seq || after.Verified != before.Verified)
        {
            await _store.SaveAsync(Peer.Name(profileId), after.Write(), cancellationToken).ConfigureAwait(false);
        }

        return after;
    }

    private DeviceKey View(KeyLog log, LogDevice device)
    {
        var entry = log.Source.Entries[device.Seq - 1];
        return new DeviceKey
        {
            KeyId = Base64Url.EncodeToString(device.KeyId),
            Name = entry.Name,
            RegisteredAt = entry.At,
            IsActive = device.IsActive,
            IsThisDevice = _device?.KeyId.AsSpan().SequenceEqual(device.KeyId) ?? false,
        };
    }

    private static byte[] HeadOf(KeyLog log) => log.Links.Count == 0 ? KeyStatement.First(log.UserId) : log.Links[^1];

    private static string OnlyDigits(string text) => new([.. text.Where(char.IsAsciiDigit)]);
}
