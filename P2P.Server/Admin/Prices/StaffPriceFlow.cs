using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.Prices;

namespace P2P.Server.Admin.Prices;

/// <summary>Shows staff where prices come from, and lets them put their own in the place of a computed one.</summary>
public sealed class StaffPriceFlow(Database database, RequestLog requests, PriceFlow prices, PriceSettings settings)
{
    public async Task<PriceSourcesView> List(CancellationToken cancellation)
    {
        var (states, quotes, markets) = await database.Read(
            async tx => (
                (await StaffPriceSql.States(tx)).ToDictionary(state => state.Source),
                (await StaffPriceSql.Quotes(tx)).ToLookup(quote => quote.Source),
                await StaffPriceSql.Markets(tx)),
            cancellation);
        var names = settings.Sources.Select(source => (Name: source.Name ?? "", source.Kind))
            .Concat(quotes.Select(quote => (Name: quote.Key, quote.First().Kind)))
            .DistinctBy(source => source.Name)
            .OrderBy(source => source.Name, StringComparer.Ordinal);
        return new PriceSourcesView
        {
            Sources =
            [
                .. names.Select(source =>
                    ViewOf(source.Name, source.Kind, states.GetValueOrDefault(source.Name), quotes[source.Name])),
            ],
            Markets = [.. markets.Select(ViewOf)],
        };
    }

    /// <summary>Puts a price in the place of the computed one.</summary>
    public async Task<StaffMarketPrice> Override(StaffCaller staff, SetPriceOverrideRequest request, CancellationToken cancellation)
    {
        var reason = StaffActs.Reason(request.Reason, "A reason");
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        PriceRateFlow.CheckPrice(request.Price);
        var market = new PriceMarket(request.Asset, request.Fiat);
        return await Once(staff, nameof(IStaffPriceCalls.SetPriceOverride), request, market, async change =>
        {
            var now = await change.Now();
            if (request.Until <= now || request.Until > PriceRules.ForEver)
            {
                throw new Refused(ErrorCodes.BadInput, "The end of an override lies in the future.", ("path", "until"));
            }

            var one = new PriceOverride
            {
                Id = Ids.New(),
                Asset = market.Asset,
                Fiat = market.Fiat,
                Price = request.Price,
                Reason = reason,
                SetBy = staff.Actor.Name,
                SetAt = now,
                Until = request.Until,
            };
            var former = await PriceRateFlow.Override(change.Tx, one);
            await StaffSql.Audit(change.Tx, staff.Actor, "price.override", $"price:{market}", Spell(former), Spell(one), reason);
        }, cancellation);
    }

    /// <summary>Lets the sources speak again.</summary>
    public async Task<StaffMarketPrice> Lift(StaffCaller staff, LiftPriceOverrideRequest request, CancellationToken cancellation)
    {
        var reason = StaffActs.Reason(request.Reason, "A reason");
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        var market = new PriceMarket(request.Asset, request.Fiat);
        return await Once(staff, nameof(IStaffPriceCalls.LiftPriceOverride), request, market, async change =>
        {
            var now = await change.Now();
            var former = await PriceRateFlow.Lift(change.Tx, settings, market, now, staff.Actor.Name, reason)
                ?? throw new Refused(ErrorCodes.NotFound, "No override of this price is in force.");
            await StaffSql.Audit(change.Tx, staff.Actor, "price.lift_override", $"price:{market}", Spell(former), Spell(null), reason);
        }, cancellation);
    }

    /// <summary>A change under the market's lock; it answers how the market stands afterwards, and tells it in this process.</summary>
    private async Task<StaffMarketPrice> Once(
        StaffCaller staff, string call, IChange request, PriceMarket market, Func<Change, Task> work, CancellationToken cancellation)
    {
        await prices.RequireMarket(market.Asset, market.Fiat);
        var answer = await requests.Once(
            staff.Caller,
            call,
            request,
            async change =>
            {
                await PriceRateSql.Lock(change.Tx, market);
                await work(change);
                return ViewOf((await StaffPriceSql.Markets(change.Tx)).Single(row => row.Asset == market.Asset && row.Fiat == market.Fiat));
            },
            cancellation);
        prices.Tell(market);
        return answer;
    }

    private static PriceSourceView ViewOf(string name, PriceSourceKind kind, SourceState? state, IEnumerable<SourceQuote> quotes) => new()
    {
        Name = name,
        Kind = kind,
        LastSuccessAt = state?.LastSuccessAt,
        LastFailureAt = state?.LastFailureAt,
        LastError = state?.LastError,
        Failures = state?.Failures ?? 0,
        Quotes =
        [
            .. quotes.Select(quote => new PriceSourceQuote
            {
                Asset = quote.Asset,
                Fiat = quote.Fiat,
                Price = quote.Price,
                At = quote.At,
                IsFresh = quote.IsFresh,
            }),
        ],
    };

    private static StaffMarketPrice ViewOf(MarketRow row) => new()
    {
        Asset = row.Asset,
        Fiat = row.Fiat,
        Price = row.Price,
        Source = row.Source,
        At = row.At,
        FreshUntil = row.FreshUntil,
        IsFresh = row.IsFresh,
        Override = row is { OverridePrice: { } price, OverrideReason: { } reason, OverrideBy: { } by, OverrideAt: { } at }
            ? new PriceOverrideView { Price = price, Reason = reason, By = by, At = at, Until = row.OverrideUntil }
            : null,
    };

    private static string Spell(PriceOverride? one) => one is null ? "computed"
        : one.Until is { } until ? $"{WireJson.Spell(one.Price)} until {WireJson.Spell(until)}"
        : WireJson.Spell(one.Price);
}
