using P2P.Client.Sdk.Books;
using P2P.Client.Sdk.Events;
using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Trading;

namespace P2P.Client.Sdk;

/// <summary>
/// Ads and the live book. Calls are repeated until the server has decided or <see cref="P2PClientOptions.CallTimeout"/> is over; what
/// changes something does so once, because every repeat carries the same request id.
/// </summary>
/// <remarks>
/// Whoever wants to repeat a change after <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> uses the overload that
/// takes the request, with <see cref="P2PException.RequestId"/>: a new call under a new id might act twice. So that a crash costs nothing
/// either, store the request before it is sent.
/// </remarks>
public sealed class AdsClient
{
    private readonly TradeHubProxy _hub;
    private readonly EventReaders _events;
    private readonly BookFeeds _books;

    internal AdsClient(TradeHubProxy hub, EventReaders events, BookFeeds books) => (_hub, _events, _books) = (hub, events, books);

    /// <inheritdoc cref="IAdCalls.GetMarkets"/>
    public Task<MarketsView> GetMarketsAsync(CancellationToken cancellationToken = default) => _hub.GetMarkets(cancellationToken);

    /// <summary>Puts up an ad, active at once.</summary>
    /// <param name="side">What the maker does.</param>
    /// <param name="asset">The asset's code.</param>
    /// <param name="fiat">The currency's code.</param>
    /// <param name="total">How much of the asset in all.</param>
    /// <param name="terms">The rest.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<AdReply> CreateAsync(
        AdSide side,
        string asset,
        string fiat,
        decimal total,
        AdTerms terms,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateAdRequest
            {
                RequestId = Guid.CreateVersion7(),
                Side = side,
                Asset = asset,
                Fiat = fiat,
                Total = total,
                Terms = terms,
            },
            cancellationToken);

    /// <inheritdoc cref="IAdCalls.CreateAd"/>
    public Task<AdReply> CreateAsync(CreateAdRequest request, CancellationToken cancellationToken = default) =>
        _hub.CreateAd(request, cancellationToken);

    /// <summary>Whether an ad could be put up now, with every reason why not.</summary>
    public Task<AdCheck> CheckCreateAsync(CheckCreateAdRequest request, CancellationToken cancellationToken = default) =>
        _hub.CheckCreateAd(request, cancellationToken);

    /// <summary>Ads of others that the user may see, best price first.</summary>
    /// <param name="side">What the makers do: <see cref="AdSide.Sell"/> lists what the user can buy.</param>
    /// <param name="asset">The asset's code.</param>
    /// <param name="fiat">The currency's code.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<AdView>> ListAsync(AdSide side, string asset, string fiat, CancellationToken cancellationToken = default) =>
        ListAsync(new ListAdsRequest { Side = side, Asset = asset, Fiat = fiat }, cancellationToken);

    /// <inheritdoc cref="IAdCalls.ListAds"/>
    public Task<Page<AdView>> ListAsync(ListAdsRequest request, CancellationToken cancellationToken = default) =>
        _hub.ListAds(request, cancellationToken);

    /// <summary>One ad.</summary>
    /// <param name="adId">Which.</param>
    /// <param name="linkSecret">The secret of an ad by link.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<AdView> GetAsync(Guid adId, string? linkSecret = null, CancellationToken cancellationToken = default) =>
        _hub.GetAd(new GetAdRequest { AdId = adId, LinkSecret = linkSecret }, cancellationToken);

    /// <summary>The user's own ads, newest first.</summary>
    /// <param name="includeClosed">Closed ones too.</param>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<AdView>> ListMineAsync(
        bool includeClosed = false,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default) =>
        _hub.MyAds(new MyAdsRequest { IncludeClosed = includeClosed ? true : null, Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Replaces an ad's terms as a whole.</summary>
    /// <param name="adId">One of the user's own.</param>
    /// <param name="terms">All of the terms.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the ad has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<AdReply> UpdateAsync(
        Guid adId,
        AdTerms terms,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        UpdateAsync(
            new UpdateAdRequest { RequestId = Guid.CreateVersion7(), AdId = adId, Terms = terms, ExpectedVersion = expectedVersion },
            cancellationToken);

    /// <inheritdoc cref="IAdCalls.UpdateAd"/>
    public Task<AdReply> UpdateAsync(UpdateAdRequest request, CancellationToken cancellationToken = default) =>
        _hub.UpdateAd(request, cancellationToken);

    /// <summary>Changes how much an ad trades in all; what is left changes by the same amount.</summary>
    /// <param name="adId">One of the user's own.</param>
    /// <param name="total">The new total, at least what open and released orders have taken.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the ad has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<AdReply> ChangeTotalAsync(
        Guid adId,
        decimal total,
        int? expectedVersion = null,
        CancellationToken cancellationToken = default) =>
        ChangeTotalAsync(
            new ChangeAdTotalRequest { RequestId = Guid.CreateVersion7(), AdId = adId, Total = total, ExpectedVersion = expectedVersion },
            cancellationToken);

    /// <inheritdoc cref="IAdCalls.ChangeAdTotal"/>
    public Task<AdReply> ChangeTotalAsync(ChangeAdTotalRequest request, CancellationToken cancellationToken = default) =>
        _hub.ChangeAdTotal(request, cancellationToken);

    /// <summary>Hides an ad. A paused ad stays paused.</summary>
    /// <param name="adId">One of the user's own.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the ad has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<AdReply> PauseAsync(Guid adId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        PauseAsync(Request(adId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IAdCalls.PauseAd"/>
    public Task<AdReply> PauseAsync(AdRequest request, CancellationToken cancellationToken = default) =>
        _hub.PauseAd(request, cancellationToken);

    /// <summary>Shows an ad again.</summary>
    /// <param name="adId">One of the user's own.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the ad has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<AdReply> ResumeAsync(Guid adId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        ResumeAsync(Request(adId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IAdCalls.ResumeAd"/>
    public Task<AdReply> ResumeAsync(AdRequest request, CancellationToken cancellationToken = default) =>
        _hub.ResumeAd(request, cancellationToken);

    /// <summary>Closes an ad for good; its orders go on.</summary>
    /// <param name="adId">One of the user's own.</param>
    /// <param name="expectedVersion">Refuse with STALE_VERSION when the ad has another version.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<AdReply> DeleteAsync(Guid adId, int? expectedVersion = null, CancellationToken cancellationToken = default) =>
        DeleteAsync(Request(adId, expectedVersion), cancellationToken);

    /// <inheritdoc cref="IAdCalls.DeleteAd"/>
    public Task<AdReply> DeleteAsync(AdRequest request, CancellationToken cancellationToken = default) =>
        _hub.DeleteAd(request, cancellationToken);

    /// <summary>
    /// Each change of the user's own ads, in order. Collects from this call on, also before it is read: call it before
    /// <see cref="P2PClient.ConnectAsync"/> to hear what happened while the program was away. Read it once, and to its end or cancelled: an
    /// event counts as handled when the next one is asked for.
    /// </summary>
    public IAsyncEnumerable<P2PEvent<AdChanged>> WatchAsync(CancellationToken cancellationToken = default) =>
        new EventWatch<AdChanged>(_events, filter: null, cancellationToken);

    /// <summary>
    /// The live book of a market: first as it is, then after each change, the newest only. It goes on over lost connections and ends when
    /// the reader leaves or the client is disposed. Several watches of one market share a subscription; a connection has at most 10
    /// markets.
    /// </summary>
    /// <param name="market">One side of one market.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="P2PException">While reading: ASSET_UNKNOWN, CURRENCY_UNKNOWN, QUOTA_EXCEEDED.</exception>
    public IAsyncEnumerable<AdBook> WatchBookAsync(Market market, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(market);
        return _books.WatchAsync(market, cancellationToken);
    }

    /// <inheritdoc cref="IScheduleCalls.GetSchedule"/>
    public Task<MakerSchedule> GetScheduleAsync(CancellationToken cancellationToken = default) => _hub.GetSchedule(cancellationToken);

    /// <summary>Sets the week in which the user's ads are open, as a whole; without windows they are open always.</summary>
    /// <param name="timeZone">By whose clock, as an IANA name (<c>Africa/Nairobi</c>).</param>
    /// <param name="windows">At most 28.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<MakerSchedule> SetScheduleAsync(
        string timeZone, IReadOnlyList<ScheduleWindow> windows, CancellationToken cancellationToken = default) =>
        SetScheduleAsync(
            new SetScheduleRequest { RequestId = Guid.CreateVersion7(), TimeZone = timeZone, Windows = windows }, cancellationToken);

    /// <inheritdoc cref="IScheduleCalls.SetSchedule"/>
    public Task<MakerSchedule> SetScheduleAsync(SetScheduleRequest request, CancellationToken cancellationToken = default) =>
        _hub.SetSchedule(request, cancellationToken);

    /// <summary>Hides all ads of the user until a time.</summary>
    /// <param name="until">When the user is back, at most 365 days ahead.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<MakerSchedule> SetVacationAsync(DateTimeOffset until, CancellationToken cancellationToken = default) =>
        SetVacationAsync(new SetVacationRequest { RequestId = Guid.CreateVersion7(), Until = until }, cancellationToken);

    /// <summary>Ends the vacation: ads are shown again within the hours of the week.</summary>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<MakerSchedule> EndVacationAsync(CancellationToken cancellationToken = default) =>
        SetVacationAsync(new SetVacationRequest { RequestId = Guid.CreateVersion7() }, cancellationToken);

    /// <inheritdoc cref="IScheduleCalls.SetVacation"/>
    public Task<MakerSchedule> SetVacationAsync(SetVacationRequest request, CancellationToken cancellationToken = default) =>
        _hub.SetVacation(request, cancellationToken);

    private static AdRequest Request(Guid adId, int? expectedVersion) =>
        new() { RequestId = Guid.CreateVersion7(), AdId = adId, ExpectedVersion = expectedVersion };
}
