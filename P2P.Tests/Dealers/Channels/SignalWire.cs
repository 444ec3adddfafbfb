using System.Buffers.Text;
using Microsoft.Extensions.Logging.Abstractions;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Channels;
using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;

namespace P2P.Tests.Dealers.Channels;

/// <summary>
/// A signaling server that lies as it likes between two peers whose programs are the real ones: it holds their key logs and passes on what it wants. No
/// server of ours could be made to do that.
/// </summary>
internal sealed class SignalWire
{
    private readonly Dictionary<long, List<DeviceKeyEntry>> _logs = [];

    private SignalWire()
    {
    }

    public Party One { get; private set; } = null!; // Set before it is given away.

    public Party Other { get; private set; } = null!; // As above.

    /// <summary>What becomes of a signal on its way to a party; none for one that is swallowed.</summary>
    public Func<Party, ReceivedSignal, IEnumerable<ReceivedSignal>> Pass { get; set; } = (_, signal) => [signal];

    /// <summary>Which entries a party is shown as a profile's key log.</summary>
    public Func<Party, long, IReadOnlyList<DeviceKeyEntry>, IReadOnlyList<DeviceKeyEntry>> Show { get; set; } = (_, _, entries) => entries;

    /// <summary>Frames that either side sent.</summary>
    public int Frames { get; private set; }

    public static async Task<SignalWire> Make()
    {
        var wire = new SignalWire();
        (wire.One, wire.Other) = (await Party.Make(wire, 1), await Party.Make(wire, 2));
        return wire;
    }

    /// <summary>One more profile with a device, who is the server's own.</summary>
    public Task<Party> Attacker() => Party.Make(this, 3);

    private Party OtherThan(Party party) => party == One ? Other : One;

    /// <summary>A program of a peer.</summary>
    internal sealed class Party : IHubInvoker, IAsyncDisposable
    {
        private readonly SignalWire _wire;

        private Party(SignalWire wire, long profileId)
        {
            (_wire, ProfileId) = (wire, profileId);
            var hub = new DealerHubProxy(this);
            Keys = new KeysClient(hub, new EventReaders(new PositionKeeper(new MemoryEventPositionStore(), NullLogger.Instance), CancellationToken.None), new MemoryKeyStore(), () => profileId);
            Channels = new PeerChannels(hub, Keys, Clock);
        }

        public long ProfileId { get; }

        public string PeerId { get; private set; } = "";

        public KeysClient Keys { get; }

        public PeerChannels Channels { get; }

        public ServerClock Clock { get; } = new(TimeProvider.System);

        public static async Task<Party> Make(SignalWire wire, long profileId)
        {
            var party = new Party(wire, profileId);
            wire._logs[profileId] = [];
            party.PeerId = (await party.Keys.RegisterAsync()).KeyId;
            return party;
        }

        public async Task<T> InvokeAsync<T>(string method, object?[] arguments, CancellationToken cancellationToken) => (T)(object)(arguments[0] switch
        {
            GetConnectionRequest request => ViewOf(request.PeerId),
            GetDeviceKeysRequest request => new DeviceKeyLog
            {
                ProfileId = request.ProfileId ?? ProfileId,
                Entries = _wire.Show(this, request.ProfileId ?? ProfileId, [.. _wire._logs[request.ProfileId ?? ProfileId]]),
            },
            RegisterDeviceRequest request => await Register(request),
            _ => throw new InvalidOperationException($"{method} is not expected."),
        });

        public Task InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken)
        {
            switch (arguments[0])
            {
                case SendSignalRequest request:
                    var to = _wire.OtherThan(this);
                    var signal = new ReceivedSignal
                    {
                        From = PeerId,
                        ProfileId = ProfileId,
                        SessionId = request.SessionId,
                        Kind = request.Kind,
                        Payload = request.Payload,
                    };
                    to.Channels.Hear(new SignalsReceived { Signals = [.. _wire.Pass(to, signal)] });
                    return Task.CompletedTask;
                case RelayRequest request:
                    _wire.Frames++;
                    _wire.OtherThan(this).Channels.Hear(new FramesReceived
                    {
                        Frames = [new ReceivedFrame { From = PeerId, SessionId = request.SessionId, Data = request.Data }],
                    });
                    return Task.CompletedTask;
                default:
                    throw new InvalidOperationException($"{method} is not expected.");
            }
        }

        public Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => Channels.DisposeAsync();

        private ConnectionView ViewOf(string peerId)
        {
            var other = _wire.OtherThan(this);
            return new ConnectionView
            {
                PeerId = peerId,
                ProfileId = other.ProfileId,
                Name = "other",
                State = ConnectionState.Connected,
                IsInvitedByMe = true,
                Since = DateTimeOffset.UnixEpoch,
            };
        }

        private Task<DeviceReply> Register(RegisterDeviceRequest request)
        {
            var log = _wire._logs[ProfileId];
            log.Add(new DeviceKeyEntry { Seq = log.Count + 1, Statement = request.Statement, At = DateTimeOffset.UnixEpoch });
            return Task.FromResult(new DeviceReply { KeyId = "", Seq = log.Count, Head = "", At = DateTimeOffset.UnixEpoch });
        }
    }

    /// <summary>The bytes of a payload, changed.</summary>
    public static ReceivedSignal With(ReceivedSignal signal, Func<byte[], byte[]> change) =>
        signal with { Payload = Base64Url.EncodeToString(change(Base64Url.DecodeFromChars(signal.Payload))) };
}
