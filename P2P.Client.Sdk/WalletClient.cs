using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Client.Sdk;

/// <summary>
/// The user's balances. Calls are repeated until the server has decided or <see cref="P2PClientOptions.CallTimeout"/> is over; what changes
/// something does so once, because every repeat carries the same request id.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that
/// takes the request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice. So that a crash costs nothing
/// either, store the request before it is sent.
/// </remarks>
public sealed class WalletClient
{
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;

    internal WalletClient(IDealHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <inheritdoc cref="IWalletCalls.GetBalances"/>
    public Task<IReadOnlyList<Balance>> GetBalancesAsync(CancellationToken cancellationToken = default) =>
        _hub.GetBalances(cancellationToken);

    /// <summary>Movements of the available balance of one asset, newest first.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<LedgerEntryView>> ListLedgerEntriesAsync(
        string asset,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default) =>
        _hub.ListLedgerEntries(new ListLedgerEntriesRequest { Asset = asset, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Play money; development servers only.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="amount">At most what one call gives.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WalletReply> UseFaucetAsync(string asset, decimal amount, CancellationToken cancellationToken = default) =>
        UseFaucetAsync(new UseFaucetRequest { RequestId = Guid.CreateVersion7(), Asset = asset, Amount = amount }, cancellationToken);

    /// <inheritdoc cref="IWalletCalls.UseFaucet"/>
    public Task<WalletReply> UseFaucetAsync(UseFaucetRequest request, CancellationToken cancellationToken = default) =>
        _hub.UseFaucet(request, cancellationToken);

    /// <summary>Holds an amount until the operator's wallet service has sent it.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="amount">At most as fine as the asset.</param>
    /// <param name="destination">Where to, as the operator's wallet service understands it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<WalletReply> RequestWithdrawalAsync(
        string asset,
        decimal amount,
        string destination,
        CancellationToken cancellationToken = default) =>
        RequestWithdrawalAsync(
            new RequestWithdrawalRequest { RequestId = Guid.CreateVersion7(), Asset = asset, Amount = amount, Destination = destination },
            cancellationToken);

    /// <inheritdoc cref="IWalletCalls.RequestWithdrawal"/>
    public Task<WalletReply> RequestWithdrawalAsync(RequestWithdrawalRequest request, CancellationToken cancellationToken = default) =>
        _hub.RequestWithdrawal(request, cancellationToken);

    /// <summary>One's own withdrawals, newest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<WithdrawalView>> ListWithdrawalsAsync(
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default) =>
        _hub.ListWithdrawals(new ListWithdrawalsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>
    /// Each movement of an available balance, in order. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an
    /// event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<BalanceChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<BalanceChanged>(_events, filter: null, cancellationToken);
}
