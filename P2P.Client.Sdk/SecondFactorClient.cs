using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// The user's second factor. Once it is set, <see cref="OrdersClient.ReleaseAsync(Guid, int?, CancellationToken)"/>, withdrawals, new payment
/// accounts and the factor's own removal need a code: <see cref="P2PClientOptions.SecondFactorProvider"/> is asked for it, or the request
/// carries it.
/// </summary>
/// <example>
/// <code>
/// var setup = await client.SecondFactor.BeginAsync();
/// ShowQrCode(setup.Uri);
/// var recovery = await client.SecondFactor.ConfirmAsync(await AskForCodeAsync());
/// ShowOnce(recovery.Codes);
/// </code>
/// </example>
public sealed class SecondFactorClient
{
    private readonly IDealHubProxy _hub;
    private readonly EventReaders _events;

    internal SecondFactorClient(IDealHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <inheritdoc cref="ISecondFactorCalls.GetSecondFactor"/>
    public Task<SecondFactorStatus> GetAsync(CancellationToken cancellationToken = default) => _hub.GetSecondFactor(cancellationToken);

    /// <summary>Makes a secret for the user's app; nothing is guarded by it before <see cref="ConfirmAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the wait; a later call makes another secret.</param>
    public Task<SecondFactorSetup> BeginAsync(CancellationToken cancellationToken = default) =>
        _hub.BeginSecondFactor(new BeginSecondFactorRequest { RequestId = Guid.CreateVersion7() }, cancellationToken);

    /// <summary>Sets the second factor; answers the recovery codes, which are shown here and never again.</summary>
    /// <param name="code">The six digits that the app shows now.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<RecoveryCodes> ConfirmAsync(string code, CancellationToken cancellationToken = default) =>
        _hub.ConfirmSecondFactor(new ConfirmSecondFactorRequest { RequestId = Guid.CreateVersion7(), Code = code }, cancellationToken);

    /// <summary>Makes ten new recovery codes; the former ones are void.</summary>
    /// <param name="code">A code of the app, or a recovery code; the provider is asked when it is left out.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<RecoveryCodes> RenewRecoveryCodesAsync(string? code = null, CancellationToken cancellationToken = default) =>
        _hub.RenewRecoveryCodes(
            new RenewRecoveryCodesRequest { RequestId = Guid.CreateVersion7(), SecondFactorCode = code }, cancellationToken);

    /// <summary>Removes the second factor.</summary>
    /// <param name="code">A code of the app, or a recovery code; the provider is asked when it is left out.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<SecondFactorStatus> RemoveAsync(string? code = null, CancellationToken cancellationToken = default) =>
        _hub.RemoveSecondFactor(
            new RemoveSecondFactorRequest { RequestId = Guid.CreateVersion7(), SecondFactorCode = code }, cancellationToken);

    /// <summary>
    /// Each change of the user's second factor, in order. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an
    /// event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<SecondFactorChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<SecondFactorChanged>(_events, filter: null, cancellationToken);
}
