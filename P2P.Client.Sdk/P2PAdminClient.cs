using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>
/// A member of staff's connection to a P2P trading server. As <see cref="P2PClient"/> it connects again by itself, repeats calls under the
/// same request id, and hands out events in order, each once. The token needs one of <see cref="P2P.Contracts.Admin.StaffRoles"/>; no
/// profile is needed.
/// </summary>
/// <example>
/// <code>
/// await using var admin = new P2PAdminClient(new P2PClientOptions
/// {
///     ServerUrl = new Uri("https://p2p.example"),
///     TokenProvider = token => new ValueTask&lt;string&gt;(jwt),
/// });
/// await admin.ConnectAsync();
/// await admin.Users.SuspendAsync(userId, "Sent a forged receipt", until: null);
/// </code>
/// </example>
public sealed class P2PAdminClient : IAsyncDisposable
{
    private readonly HubCore _core;
    private readonly EventStream _events;
    private readonly RestCaller _rest;

    /// <summary>Makes a client; nothing happens before <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">Copied: later changes have no effect.</param>
    public P2PAdminClient(P2PClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _core = new HubCore(options, "hubs/admin", AdminClientMethods.All, new Listener(this));
        _events = _core.Events;
        _core.Link.StateChanged += change => StateChanged?.Invoke(this, change);
        Hub = new AdminHubProxy(new NamingInvoker(new OnceInvoker(_core.Link)));

        var calls = new AdminHubProxy(new NamingInvoker(_core.Repeating));
        Users = new AdminUsersClient(calls);
        Merchants = new AdminMerchantsClient(calls);
        Orders = new AdminOrdersClient(calls);
        _rest = new RestCaller(_core.Options);
        Disputes = new AdminDisputesClient(calls, _events.Readers, new FilesClient(_rest));
        Complaints = new AdminComplaintsClient(calls);
        Moderation = new AdminModerationClient(calls);
        House = new AdminHouseClient(calls, _events.Readers);
        Ledger = new AdminLedgerClient(calls);
        Catalogue = new AdminCatalogueClient(calls);
        Announcements = new AdminAnnouncementsClient(calls);
        Prices = new AdminPricesClient(calls);
    }

    /// <summary>Users: find, read, suspend, verify, merchants, tokens.</summary>
    public AdminUsersClient Users { get; }

    /// <summary>Applications to be a merchant, and merchants to look at again.</summary>
    public AdminMerchantsClient Merchants { get; }

    /// <summary>Orders, as staff see them.</summary>
    public AdminOrdersClient Orders { get; }

    /// <summary>The dispute queue: assign, read, rule, sign.</summary>
    public AdminDisputesClient Disputes { get; }

    /// <summary>Complaints about orders that have ended.</summary>
    public AdminComplaintsClient Complaints { get; }

    /// <summary>Reviews, ads and pictures that are taken out of sight.</summary>
    public AdminModerationClient Moderation { get; }

    /// <summary>The house: emergency switches, counters, analytics and the audit log.</summary>
    public AdminHouseClient House { get; }

    /// <summary>The ledger's watch and verifications.</summary>
    public AdminLedgerClient Ledger { get; }

    /// <summary>Assets, currencies, payment methods, terms.</summary>
    public AdminCatalogueClient Catalogue { get; }

    /// <summary>What staff tell everybody.</summary>
    public AdminAnnouncementsClient Announcements { get; }

    /// <summary>Reference prices: their sources, and prices of staff's own in their place.</summary>
    public AdminPricesClient Prices { get; }

    /// <summary>
    /// The hub's own calls, typed and otherwise raw: each is sent once, and a changing call needs a request id of the caller's. Errors are
    /// <see cref="P2PException"/> here too.
    /// </summary>
    public AdminHubProxy Hub { get; }

    /// <summary>How the client stands to its server.</summary>
    public P2PClientState State => _core.Link.State;

    /// <summary>Raised after each change of <see cref="State"/>, on a thread of the client's: return soon.</summary>
    public event EventHandler<P2PClientStateChange>? StateChanged;

    /// <summary>The server's clock, for countdowns.</summary>
    public ServerClock ServerClock => _core.ServerClock;

    /// <summary>Connects, and goes on trying until the connection stands or is refused.</summary>
    /// <param name="cancellationToken">Ends the wait, and while there has been no connection the attempts too.</param>
    /// <exception cref="P2PException">The server refuses: FORBIDDEN, SUSPENDED, CLIENT_TOO_OLD, or UNAUTHENTICATED.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _core.ConnectAsync(cancellationToken);

    /// <summary>Calls a handler for each durable event of one type, in the stream's order and one at a time.</summary>
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
        await _core.DisposeAsync().ConfigureAwait(false);
        _rest.Dispose();
    }

    private sealed class Listener(P2PAdminClient client) : IHubListener
    {
        public void Connected(ConnectedInfo info)
        {
            // Staff need no profile, so there is nothing to keep.
        }

        public void Message(HubSession session, string method, object?[] arguments)
        {
            switch (method, arguments)
            {
                case (nameof(IAdminClient.CountersChanged), [HouseCounters counters]):
                    client.House.Hear(counters);
                    break;
                case (nameof(IAdminClient.FindingsChanged), [FindingsChanged change]):
                    client.Ledger.Hear(change);
                    break;
                case (nameof(IAdminClient.AnnouncementsChanged), [AnnouncementsChanged change]):
                    client.Announcements.Hear(change);
                    break;
                default:
                    break;
            }
        }

        public void Lost(HubSession session)
        {
            // Nothing was subscribed.
        }
    }
}
