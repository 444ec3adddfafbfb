using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Admin;

namespace P2P.Client.Sdk;

/// <summary>The house as a whole: its emergency switches, counters, analytics and the audit log.</summary>
public sealed class AdminHouseClient
{
    private readonly AdminHubProxy _hub;
    private readonly EventReaders _events;

    /// <summary>The counters now, every few seconds. Raised on the connection's thread: return soon. Some may be lost.</summary>
    public event EventHandler<HouseCounters>? CountersChanged;

    internal AdminHouseClient(AdminHubProxy hub, EventReaders events) => (_hub, _events) = (hub, events);

    /// <inheritdoc cref="IHouseCalls.GetHouse"/>
    public Task<HouseStatus> GetAsync(CancellationToken cancellationToken = default) => _hub.GetHouse(cancellationToken);

    /// <summary>Stops new orders: from the answer on none is placed.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<HouseStatus> PauseTradingAsync(string reason, CancellationToken cancellationToken = default) =>
        _hub.PauseTrading(new SwitchRequest { RequestId = Guid.CreateVersion7(), Reason = reason }, cancellationToken);

    /// <summary>Lets orders be placed again.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<HouseStatus> ResumeTradingAsync(string reason, CancellationToken cancellationToken = default) =>
        _hub.ResumeTrading(new SwitchRequest { RequestId = Guid.CreateVersion7(), Reason = reason }, cancellationToken);

    /// <summary>Stops every release: from the answer on no escrow goes to a buyer.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<HouseStatus> PauseReleasesAsync(string reason, CancellationToken cancellationToken = default) =>
        _hub.PauseReleases(new SwitchRequest { RequestId = Guid.CreateVersion7(), Reason = reason }, cancellationToken);

    /// <summary>Lets escrows be released again.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<HouseStatus> ResumeReleasesAsync(string reason, CancellationToken cancellationToken = default) =>
        _hub.ResumeReleases(new SwitchRequest { RequestId = Guid.CreateVersion7(), Reason = reason }, cancellationToken);

    /// <inheritdoc cref="IAuditCalls.ListAudit"/>
    public Task<Page<AuditEntry>> ListAuditAsync(ListAuditRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListAudit(request, cancellationToken);

    /// <summary>Checks the whole chain of the audit log, part by part, until its end or the first violation.</summary>
    /// <param name="afterSeq">The number of the last row that was checked before; from the first row when left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AuditVerification> VerifyAuditAsync(long? afterSeq = null, CancellationToken cancellationToken = default)
    {
        var rows = 0L;
        while (true)
        {
            var part = await _hub.VerifyAudit(new VerifyAuditRequest { AfterSeq = afterSeq }, cancellationToken).ConfigureAwait(false);
            rows += part.Rows;
            if (!part.More || part.Violation is not null)
            {
                return part with { Rows = rows };
            }

            afterSeq = part.LastSeq;
        }
    }

    /// <inheritdoc cref="ICounterCalls.GetCounters"/>
    public Task<HouseCounters> GetCountersAsync(CancellationToken cancellationToken = default) => _hub.GetCounters(cancellationToken);

    /// <summary>Volume, orders, completion, disputes, time to release and retention of some days.</summary>
    /// <param name="from">The first day (UTC).</param>
    /// <param name="to">The last day (UTC), at most 366 days after the first.</param>
    /// <param name="groupBy">What the rows are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<AnalyticsView> GetAnalyticsAsync(
        DateOnly from, DateOnly to, AnalyticsGrouping groupBy, CancellationToken cancellationToken = default) =>
        _hub.GetAnalytics(new GetAnalyticsRequest { From = from, To = to, GroupBy = groupBy }, cancellationToken);

    /// <summary>
    /// Each move of a switch, in order. Collects from this call on; read it once, and to its end or cancelled: an event counts as handled
    /// when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<SwitchChanged>> WatchSwitchesAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<SwitchChanged>(_events, filter: null, cancellationToken);

    internal void Hear(HouseCounters counters) => CountersChanged?.Invoke(this, counters);
}
