using P2P.Client.Sdk.Books;
using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Encryption;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk;

/// <summary>
/// One user's connection to a P2P trading server. It connects again by itself, repeats calls under the same request id, and hands out the
/// user's events in order, each once. Safe to use from several threads; a program may have one for each of several users.
/// </summary>
/// <example>
/// <code>
/// await using var client = new P2PClient(new P2PClientOptions
/// {
///     ServerUrl = new Uri("https://p2p.example"),
///     TokenProvider = token => new ValueTask&lt;string&gt;(jwt),
///     Positions = new FileEventPositionStore("alice.position"),
/// });
/// client.On&lt;OrderChanged&gt;((head, change, token) => ShowAsync(change.Order));
/// await client.ConnectAsync();
/// var reply = await client.Orders.CreateAsync(adId, paymentMethodId, fiatAmount: 1_000m);
/// </code>
/// </example>
public sealed class P2PClient : IAsyncDisposable
{
    private readonly HubCore _core;
    private readonly EventStream _events;
    private readonly RestCaller _rest;

    /// <summary>Makes a client; nothing happens before <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">Copied: later changes have no effect.</param>
    public P2PClient(P2PClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var listener = new Listener(this);
        _core = new HubCore(options, "hubs/trade", TradeClientMethods.All, listener);
        _events = _core.Events;
        ServerClock = _core.ServerClock;
        _core.Link.StateChanged += change => StateChanged?.Invoke(this, change);
        Hub = new TradeHubProxy(new NamingInvoker(new OnceInvoker(_core.Link)));

        var calls = new TradeHubProxy(
            new NamingInvoker(new SecondFactorInvoker(_core.Repeating, _core.Options.SecondFactorProvider)));
        Repeated = calls;
        listener.Books = new BookFeeds(_core.Repeating, _core.Logger);
        listener.Prices = new PriceFeeds(_core.Repeating, _core.Logger);
        Profiles = new ProfilesClient(calls, _events.Readers);
        Ads = new AdsClient(calls, _events.Readers, listener.Books);
        Orders = new OrdersClient(calls, _events.Readers);
        Wallet = new WalletClient(calls, _events.Readers);
        Disputes = new DisputesClient(calls, _events.Readers);
        Complaints = new ComplaintsClient(calls, _events.Readers);
        Keys = new KeysClient(calls, _events.Readers, _core.Options.Keys, () => Me?.Id);
        _rest = new RestCaller(_core.Options);
        Files = new FilesClient(_rest);
        Chat = new ChatClient(calls, _events.Readers, new SealedRooms(calls, PartiesAsync, Keys, _core.Options.Keys, Files));
        Privacy = new PrivacyClient(_rest);
        Notifications = new NotificationsClient(calls, _events.Readers);
        Reviews = new ReviewsClient(calls, _events.Readers);
        Contacts = new ContactsClient(calls);
        Announcements = new AnnouncementsClient(calls);
        Merchant = new MerchantClient(calls);
        Prices = new PricesClient(calls, listener.Prices);
        Webhooks = new WebhooksClient(calls);
        WebPush = new WebPushClient(calls);
        SecondFactor = new SecondFactorClient(calls, _events.Readers);

        async Task<(long BuyerId, long SellerId)> PartiesAsync(Guid orderId, CancellationToken cancellation)
        {
            var order = await calls.GetOrder(orderId, cancellation).ConfigureAwait(false);
            return (order.State.BuyerId, order.State.SellerId);
        }
    }

    /// <summary>The user's profile, other users, and where the user can be paid.</summary>
    public ProfilesClient Profiles { get; }

    /// <summary>Ads and the live book.</summary>
    public AdsClient Ads { get; }

    /// <summary>Orders under escrow.</summary>
    public OrdersClient Orders { get; }

    /// <summary>Balances, deposits and withdrawals.</summary>
    public WalletClient Wallet { get; }

    /// <summary>Disputes on the user's orders.</summary>
    public DisputesClient Disputes { get; }

    /// <summary>Complaints about the user's orders that have ended.</summary>
    public ComplaintsClient Complaints { get; }

    /// <summary>The rooms of orders.</summary>
    public ChatClient Chat { get; }

    /// <summary>The keys of devices, for encrypted rooms.</summary>
    public KeysClient Keys { get; }

    /// <summary>Files of an order's room, and profile pictures.</summary>
    public FilesClient Files { get; }

    /// <summary>What the server knows of the user: to be taken along, and to be deleted.</summary>
    public PrivacyClient Privacy { get; }

    /// <summary>What the user was told, and how the user wants to be told.</summary>
    public NotificationsClient Notifications { get; }

    /// <summary>What parties say of each other after an order.</summary>
    public ReviewsClient Reviews { get; }

    /// <summary>Becoming a merchant.</summary>
    public MerchantClient Merchant { get; }

    /// <summary>Whom the user blocks or favours.</summary>
    public ContactsClient Contacts { get; }

    /// <summary>What the house tells everybody.</summary>
    public AnnouncementsClient Announcements { get; }

    /// <summary>Reference prices, live and over time.</summary>
    public PricesClient Prices { get; }

    /// <summary>Addresses that are told the user's events.</summary>
    public WebhooksClient Webhooks { get; }

    /// <summary>Browsers that are told of the user's notifications.</summary>
    public WebPushClient WebPush { get; }

    /// <summary>A code of an app that releases, withdrawals and new payment accounts need once it is set.</summary>
    public SecondFactorClient SecondFactor { get; }

    /// <summary>
    /// The hub's own calls, typed and otherwise raw: each is sent once, and a changing call needs a request id of the caller's. Errors are
    /// <see cref="P2PException"/> here too.
    /// </summary>
    public TradeHubProxy Hub { get; }

    /// <summary>The same calls as the parts of this client make them: repeated until the server has decided.</summary>
    internal TradeHubProxy Repeated { get; }

    /// <summary>How the client stands to its server.</summary>
    public P2PClientState State => _core.Link.State;

    /// <summary>Raised after each change of <see cref="State"/>, on a thread of the client's: return soon.</summary>
    public event EventHandler<P2PClientStateChange>? StateChanged;

    /// <summary>The server's clock, for countdowns.</summary>
    public ServerClock ServerClock { get; }

    /// <summary>The user's own profile as the server told it at the last connection; null before the first.</summary>
    public ProfileView? Me { get; private set; }

    /// <summary>
    /// Connects, and goes on trying until the connection stands or is refused; afterwards lost connections are made again without a call.
    /// Called again after a refusal, it tries again.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the wait, and while there has been no connection the attempts too, unless another call still waits.
    /// </param>
    /// <exception cref="P2PException">
    /// The server refuses: NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED, CLIENT_TOO_OLD, or UNAUTHENTICATED for two tokens in a row.
    /// </exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _core.ConnectAsync(cancellationToken);

    /// <summary>
    /// Calls a handler for each durable event of one type (<c>OrderChanged</c>, <c>MessageSent</c>, <c>BalanceChanged</c>,
    /// <c>AdChanged</c>, <c>ProfileChanged</c> ...), in the stream's order and one at a time. The stored position moves when the handler has
    /// ended, so a crash repeats at most the event in hand. A handler that throws is logged and not called again for that event.
    /// </summary>
    /// <remarks>
    /// Register before <see cref="ConnectAsync"/> to hear what happened while the program was away. A slow handler delays events, never the
    /// connection.
    /// </remarks>
    /// <param name="handler">Gets the head, the event, and a token that is cancelled when the client is disposed.</param>
    /// <returns>Dispose it to hear nothing more.</returns>
    public IDisposable On<T>(Func<EventHead, T, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _events.Handlers.Add<T>((heard, token) => handler(heard.Head, heard.Body, token));
    }

    /// <inheritdoc cref="On{T}(Func{EventHead, T, CancellationToken, Task})"/>
    /// <param name="handler">Gets the event with its head and position, and a token that is cancelled when the client is disposed.</param>
    public IDisposable On<T>(Func<P2PEvent<T>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _events.Handlers.Add(handler);
    }

    /// <summary>
    /// Calls a handler when events were lost for good: reload what the program shows. Later events come after it has ended.
    /// </summary>
    /// <returns>Dispose it to hear nothing more.</returns>
    public IDisposable OnResync(Func<StreamResync, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _events.Handlers.AddResync(handler);
    }

    /// <summary>
    /// Closes the connection, ends every watch, and waits up to five seconds for the handler in hand. Events that were not handled stay
    /// before the stored position: the next start hears them.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _core.DisposeAsync().ConfigureAwait(false);
        _rest.Dispose();
    }

    /// <summary>Brings what the connection says to those whom it concerns.</summary>
    private sealed class Listener(P2PClient client) : IHubListener
    {
        public BookFeeds? Books { get; set; }

        public PriceFeeds? Prices { get; set; }

        public void Connected(ConnectedInfo info) => client.Me = info.Profile;

        public void Message(HubSession session, string method, object?[] arguments)
        {
            switch (method, arguments)
            {
                case (nameof(ITradeClient.AdBookChanged), [AdBookChanged change]):
                    Books?.Changed(session, change);
                    break;
                case (nameof(ITradeClient.PricesChanged), [PricesChanged change]):
                    Prices?.Changed(session, change);
                    break;
                case (nameof(ITradeClient.Typing), [TypingSignal signal]):
                    client.Chat.Hear(signal);
                    break;
                case (nameof(ITradeClient.AnnouncementsChanged), [AnnouncementsChanged change]):
                    client.Announcements.Hear(change);
                    break;
                default:
                    break;
            }
        }

        public void Lost(HubSession session)
        {
            Books?.Lost(session);
            Prices?.Lost(session);
        }
    }
}
