using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>The ledger's watch: what it found, and verifications of everything on demand.</summary>
public sealed class AdminLedgerClient
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly AdminHubProxy _hub;

    internal AdminLedgerClient(AdminHubProxy hub) => _hub = hub;

    /// <summary>There are other open findings than before. Raised on the connection's thread: return soon. It may be lost.</summary>
    public event EventHandler<FindingsChanged>? FindingsChanged;

    /// <inheritdoc cref="ILedgerWatchCalls.GetLedgerWatch"/>
    public Task<LedgerWatchView> GetWatchAsync(CancellationToken cancellationToken = default) => _hub.GetLedgerWatch(cancellationToken);

    /// <summary>What was found, newest first.</summary>
    /// <param name="openOnly">Only those that nobody has acknowledged.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<LedgerFinding>> ListFindingsAsync(
        bool? openOnly = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListFindings(new ListFindingsRequest { OpenOnly = openOnly, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Takes note of a finding; releases stay paused until they are let go.</summary>
    /// <param name="findingId">Which.</param>
    /// <param name="reason">What it was and what was done about it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<LedgerFinding> AcknowledgeAsync(Guid findingId, string reason, CancellationToken cancellationToken = default) =>
        _hub.AcknowledgeFinding(
            new AcknowledgeFindingRequest { RequestId = Guid.CreateVersion7(), FindingId = findingId, Reason = reason }, cancellationToken);

    /// <inheritdoc cref="ILedgerWatchCalls.VerifyLedger"/>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="cancellationToken">Ends the wait; whether it has begun is then unknown.</param>
    public Task<LedgerVerification> BeginVerificationAsync(string reason, CancellationToken cancellationToken = default) =>
        _hub.VerifyLedger(new VerifyLedgerRequest { RequestId = Guid.CreateVersion7(), Reason = reason }, cancellationToken);

    /// <inheritdoc cref="ILedgerWatchCalls.GetVerification"/>
    public Task<LedgerVerification> GetVerificationAsync(Guid verificationId, CancellationToken cancellationToken = default) =>
        _hub.GetVerification(verificationId, cancellationToken);

    /// <summary>Begins a verification of everything and waits for its end.</summary>
    /// <param name="reason">Why, for the audit log.</param>
    /// <param name="progress">Hears how it stands, once a second.</param>
    /// <param name="cancellationToken">Ends the wait, not the verification.</param>
    public async Task<LedgerVerification> VerifyAsync(
        string reason, IProgress<LedgerVerification>? progress = null, CancellationToken cancellationToken = default)
    {
        var now = await BeginVerificationAsync(reason, cancellationToken).ConfigureAwait(false);
        while (now.State is VerificationState.Waiting or VerificationState.Running)
        {
            progress?.Report(now);
            await Task.Delay(AskEvery, cancellationToken).ConfigureAwait(false);
            now = await GetVerificationAsync(now.Id, cancellationToken).ConfigureAwait(false);
        }

        return now;
    }

    internal void Hear(FindingsChanged change) => FindingsChanged?.Invoke(this, change);
}
