using P2P.Client.Sdk.Channels;
using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Encryption;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// A dealer's connection to the private network of a P2P server. As <see cref="P2PClient"/> it connects again by itself, repeats calls
/// under the same
/// request id, and hands out events in order, each once. The user needs a profile and consent, as on the trading hub; both clients of one
/// user may share
/// one <see cref="P2PClientOptions.Keys"/>.
/// </summary>
/// <example>
/// <code>
/// await using var dealer = new DealerClient(new P2PClientOptions
/// {
///     ServerUrl = new Uri("https://p2p.example"),
///     TokenProvider = token => new ValueTask&lt;string&gt;(jwt),
///     Keys = new FileKeyStore("alice.keys", passphrase),
/// });
/// await dealer.ConnectAsync();
/// await dealer.Peers.JoinAsync("Alice");
/// var invitation = await dealer.Invitations.CreateAsync(AccessLevel.Order, hours: 24);
/// Show(invitation.Link); // or as a QR code
/// </code>
/// </example>
public sealed class DealerClient : IAsyncDisposable
{
    private readonly HubCore _core;
    private readonly EventStream _events;
    private readonly RestCaller _rest;

    /// <summary>Makes a client; nothing happens before <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">Copied: later changes have no effect.</param>
    public DealerClient(P2PClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _core = new HubCore(options, "hubs/dealer", DealerClientMethods.All, new Listener(this));
        _events = _core.Events;
        _core.Link.StateChanged += change => StateChanged?.Invoke(this, change);
        Hub = new DealerHubProxy(new NamingInvoker(new OnceInvoker(_core.Link)));

        var calls = new DealerHubProxy(
            new NamingInvoker(new SecondFactorInvoker(_core.Repeating, _core.Options.SecondFactorProvider)));
        Keys = new KeysClient(calls, _events.Readers, _core.Options.Keys, () => Me?.Id);
        Peers = new PeersClient(calls, Keys);
        Invitations = new InvitationsClient(calls, _events.Readers, Keys, Web(_core.Options.ServerUrl!)); // Not null: the core checked it.
        Connections = new ConnectionsClient(calls, _events.Readers);
        _rest = new RestCaller(_core.Options);
        Items = new ItemsClient(calls, _events.Readers, _rest, Keys);
        Orders = new GoodsOrdersClient(calls, _events.Readers, _rest, Keys, _core.Options.UnverifiedOrderMax);
        Sales = new SalesClient(calls, _rest);
        Channels = new PeerChannels(Hub, Keys, _core.ServerClock);
        Wallet = new WalletClient(calls, _events.Readers);
        Files = new FilesClient(_rest);
        Chat = new ChatClient(calls, _events.Readers, new SealedRooms(calls, PartiesAsync, Keys, _core.Options.Keys, Files));
        Disputes = new DisputesClient(calls, _events.Readers);
        Complaints = new ComplaintsClient(calls, _events.Readers);
        Reviews = new ReviewsClient(calls, _events.Readers);
        Notifications = new NotificationsClient(calls, _events.Readers);
        SecondFactor = new SecondFactorClient(calls, _events.Readers);
        Announcements = new AnnouncementsClient(calls);

        async Task<(long BuyerId, long SellerId)> PartiesAsync(Guid orderId, CancellationToken cancellation)
        {
            var order = await calls.GetGoodsOrder(orderId, cancellation).ConfigureAwait(false);
            return (order.State.BuyerId, order.State.SellerId);
        }
    }

    /// <summary>Who the user is in the network, the directory, and which connected peers are online.</summary>
    public PeersClient Peers { get; }

    /// <summary>Invitations: links, proofs, and requests by a locator alone.</summary>
    public InvitationsClient Invitations { get; }

    /// <summary>Connections with peers, and what each grants the other.</summary>
    public ConnectionsClient Connections { get; }

    /// <summary>Inventory: the user's own items, and those of others that the user may see.</summary>
    public ItemsClient Items { get; }

    /// <summary>Orders of goods.</summary>
    public GoodsOrdersClient Orders { get; }

    /// <summary>What the user sold, in numbers.</summary>
    public SalesClient Sales { get; }

    /// <summary>Channels to other peers that the server cannot read.</summary>
    public PeerChannels Channels { get; }

    /// <summary>Balances, deposits and withdrawals.</summary>
    public WalletClient Wallet { get; }

    /// <summary>The rooms of orders.</summary>
    public ChatClient Chat { get; }

    /// <summary>Files of an order's room, and profile pictures.</summary>
    public FilesClient Files { get; }

    /// <summary>Disputes on the user's orders.</summary>
    public DisputesClient Disputes { get; }

    /// <summary>Complaints about the user's orders that have ended.</summary>
    public ComplaintsClient Complaints { get; }

    /// <summary>What parties say of each other after an order.</summary>
    public ReviewsClient Reviews { get; }

    /// <summary>What the user was told, and how the user wants to be told.</summary>
    public NotificationsClient Notifications { get; }

    /// <summary>A code of an app that payments and receipts need once it is set.</summary>
    public SecondFactorClient SecondFactor { get; }

    /// <summary>What the house tells everybody.</summary>
    public AnnouncementsClient Announcements { get; }

    /// <summary>The keys of devices.</summary>
    public KeysClient Keys { get; }

    /// <summary>
    /// The hub's own calls, typed and otherwise raw: each is sent once, and a changing call needs a request id of the caller's. Errors are
    /// <see cref="P2PException"/> here too.
    /// </summary>
    public DealerHubProxy Hub { get; }

    /// <summary>How the client stands to its server.</summary>
    public P2PClientState State => _core.Link.State;

    /// <summary>Raised after each change of <see cref="State"/>, on a thread of the client's: return soon.</summary>
    public event EventHandler<P2PClientStateChange>? StateChanged;

    /// <summary>The server's clock, for countdowns.</summary>
    public ServerClock ServerClock => _core.ServerClock;

    /// <summary>The user's own profile as the server told it at the last connection; null before the first.</summary>
    public ProfileView? Me { get; private set; }

    /// <summary>Connects, and goes on trying until the connection stands or is refused.</summary>
    /// <param name="cancellationToken">Ends the wait, and while there has been no connection the attempts too.</param>
    /// <exception cref="P2PException">The server refuses: NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED, CLIENT_TOO_OLD, or
    /// UNAUTHENTICATED.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _core.ConnectAsync(cancellationToken);

    /// <summary>
    /// Calls a handler for each durable event of one type (<c>ConnectionChanged</c>, <c>InvitationChanged</c>, <c>KeysChanged</c> ...), in
    /// the stream's
    /// order and one at a time.
    /// </summary>
    /// <remarks>As <see cref="P2PClient.On{T}(Func{EventHead, T, CancellationToken, Task})"/>.</remarks>
    /// <param name="handler">Gets the head, the event, and a token that is cancelled when the client is disposed.</param>
    /// <returns>Dispose it to hear nothing more.</returns>
    public IDisposable On<T>(Func<EventHead, T, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _events.Handlers.Add<T>((heard, token) => handler(heard.Head, heard.Body, token));
    }

    /// <summary>Calls a handler when events were lost for good: reload what the program shows.</summary>
    /// <returns>Dispose it to hear nothing more.</returns>
    public IDisposable OnResync(Func<StreamResync, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _events.Handlers.AddResync(handler);
    }

    /// <summary>Closes the connection and waits up to five seconds for the handler in hand.</summary>
    public async ValueTask DisposeAsync()
    {
        await Channels.DisposeAsync().ConfigureAwait(false);
        await _core.DisposeAsync().ConfigureAwait(false);
        _rest.Dispose();
    }

    /// <summary>Where browsers find the server.</summary>
    private static Uri Web(Uri server) => server.Scheme is "ws" or "wss"
        ? new UriBuilder(server) { Scheme = server.Scheme == "ws" ? "http" : "https" }.Uri
        : server;

    private sealed class Listener(DealerClient client) : IHubListener
    {
        public void Connected(ConnectedInfo info) => client.Me = info.Profile;

        public void Message(HubSession session, string method, object?[] arguments)
        {
            switch (method, arguments)
            {
                case (nameof(IDealerClient.PeerStatusChanged), [PeerStatusChanged change]):
                    client.Peers.Hear(change);
                    break;
                case (nameof(IDealerClient.SignalsReceived), [SignalsReceived signals]):
                    client.Channels.Hear(signals);
                    break;
                case (nameof(IDealerClient.FramesReceived), [FramesReceived frames]):
                    client.Channels.Hear(frames);
                    break;
                case (nameof(IDealerClient.Typing), [TypingSignal signal]):
                    client.Chat.Hear(signal);
                    break;
                case (nameof(IDealerClient.AnnouncementsChanged), [AnnouncementsChanged change]):
                    client.Announcements.Hear(change);
                    break;
                default:
                    break; // Durable events come by their stream.
            }
        }

        public void Lost(HubSession session)
        {
            // Nothing was subscribed.
        }
    }
}
