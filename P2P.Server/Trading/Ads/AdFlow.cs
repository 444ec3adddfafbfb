using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Offers;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Trading.Ads;

/// <summary>Puts up, changes, pauses and deletes ads. How much an ad trades in all is changed by the engine.</summary>
public sealed class AdFlow(Database database, RequestLog requests, OfferChanges offers, AdLimits limits)
{
    /// <summary>Puts up an ad.</summary>
    public async Task<AdReply> Create(Caller caller, CreateAdRequest request, CancellationToken cancellation)
    {
        var terms = AdTermsRules.Clean(request.Terms);
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        var facts = await database.Read(tx => Facts(tx, caller, request.Asset, request.Fiat, terms), cancellation);
        RefuseFirst(AdTermsRules.Malformed(request.Side, request.Total, terms, facts));

        var link = new LinkOnce();
        var reply = await Once(caller, nameof(IAdCalls.CreateAd), request, async change =>
        {
            await AdWriteSql.LockMaker(change.Tx, caller.UserId);
            var now = await Facts(change.Tx, caller, request.Asset, request.Fiat, terms);
            RefuseFirst(AdTermsRules.CreateReasons(request.Side, terms, now, limits));

            var hash = terms.Visibility == AdVisibility.Link ? link.Make() : null;
            var ad = AdViews.New(Ids.New(), caller.UserId, request.Side, request.Asset, request.Fiat, request.Total, terms, now, hash);
            await AdWriteSql.Insert(change.Tx, ad);
            await AdWriteSql.SaveViewers(change.Tx, ad.Id, terms.ViewerIds ?? []);
            return link.Made(TellOwner(change, ad));
        }, cancellation);
        return link.Tell(reply);
    }

    /// <summary>Says what <see cref="Create"/> would answer.</summary>
    public async Task<AdCheck> CheckCreate(Caller caller, CheckCreateAdRequest request, CancellationToken cancellation)
    {
        var terms = AdTermsRules.Clean(request.Terms);
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        var facts = await database.Read(tx => Facts(tx, caller, request.Asset, request.Fiat, terms), cancellation);
        RefuseFirst(AdTermsRules.Malformed(request.Side, request.Total, terms, facts));

        var reasons = AdTermsRules.CreateReasons(request.Side, terms, facts, limits).ToArray();
        var ad = AdViews.New(Guid.Empty, caller.UserId, request.Side, request.Asset, request.Fiat, request.Total, terms, facts, null);
        return new AdCheck
        {
            Allowed = reasons.Length == 0,
            Reasons = reasons,
            HiddenBecause = [.. AdRules.HiddenBecause(ad, AdViews.MakerOf(facts), facts.Now)],
            Price = AdRules.PriceOf(ad),
            FeeRate = ad.FeeRate,
        };
    }

    /// <summary>Replaces an ad's terms.</summary>
    public async Task<AdReply> Update(Caller caller, UpdateAdRequest request, CancellationToken cancellation)
    {
        var terms = AdTermsRules.Clean(request.Terms);
        RefuseFirst(AdTermsRules.Malformed(terms, await FactsOf(caller, request.AdId, terms, cancellation)));

        var link = new LinkOnce();
        var reply = await Once(caller, nameof(IAdCalls.UpdateAd), request, async change =>
        {
            var ad = await Lock(change.Tx, caller, request.AdId, request.ExpectedVersion);
            RefuseFirst(AdTermsRules.TermsReasons(ad.Side, terms, await Facts(change.Tx, caller, ad.Asset, ad.Fiat, terms)));

            // An ad that stays by link keeps its secret, so that links that were given out stay good.
            var hash = terms.Visibility == AdVisibility.Link ? ad.LinkHash ?? link.Make() : null;
            var changed = AdViews.With(ad, terms, hash) with { Version = ad.Version + 1 };
            var now = await change.Now();
            await AdWriteSql.SaveTerms(change.Tx, changed, now);
            await AdWriteSql.SaveOffer(change.Tx, changed.Id, changed.Open, changed.Version, now);
            await AdWriteSql.SaveViewers(change.Tx, changed.Id, terms.ViewerIds ?? []);
            return link.Made(TellOwner(change, changed));
        }, cancellation);
        return link.Tell(reply);
    }

    /// <summary>Hides an ad.</summary>
    public Task<AdReply> Pause(Caller caller, AdRequest request, CancellationToken cancellation) =>
        SetOpen(caller, nameof(IAdCalls.PauseAd), request, open: false, cancellation);

    /// <summary>Shows an ad again.</summary>
    public Task<AdReply> Resume(Caller caller, AdRequest request, CancellationToken cancellation) =>
        SetOpen(caller, nameof(IAdCalls.ResumeAd), request, open: true, cancellation);

    /// <summary>Closes an ad for good.</summary>
    public Task<AdReply> Delete(Caller caller, AdRequest request, CancellationToken cancellation) =>
        Once(caller, nameof(IAdCalls.DeleteAd), request, async change =>
        {
            var ad = await Lock(change.Tx, caller, request.AdId, request.ExpectedVersion);
            var now = await change.Now();
            var closed = ad with { Open = false, ClosedAt = now, Version = ad.Version + 1 };
            await AdWriteSql.Close(change.Tx, closed.Id, now);
            await AdWriteSql.SaveOffer(change.Tx, closed.Id, closed.Open, closed.Version, now);
            return TellOwner(change, closed);
        }, cancellation);

    private Task<AdReply> SetOpen(Caller caller, string call, AdRequest request, bool open, CancellationToken cancellation) =>
        Once(caller, call, request, async change =>
        {
            var ad = await Lock(change.Tx, caller, request.AdId, request.ExpectedVersion);
            if (open && AdRules.CannotShowBecause(ad) is { } reason)
            {
                throw new Refused(reason);
            }

            if (ad.Open == open)
            {
                return AdViews.ReplyOf(ad);
            }

            var changed = ad with { Open = open, Version = ad.Version + 1 };
            await AdWriteSql.SaveOffer(change.Tx, changed.Id, changed.Open, changed.Version, await change.Now());
            return TellOwner(change, changed);
        }, cancellation);

    /// <summary>Runs a change once; afterwards the books look at the ad.</summary>
    private async Task<AdReply> Once(
        Caller caller, string call, IChange request, Func<Change, Task<AdReply>> work, CancellationToken cancellation)
    {
        var reply = await requests.Once(caller, call, request, work, cancellation);
        offers.Raise(reply.AdId);
        return reply;
    }

    private static AdReply TellOwner(Change change, Ad ad)
    {
        change.Tell(PendingEvent.For(ad.OwnerId, Audience.Trade, nameof(ITradeClient.AdChanged), AdViews.ChangeOf(ad)));
        return AdViews.ReplyOf(ad);
    }

    /// <summary>Locks the offer, then reads the ad: one of the caller's own, of the expected version, not closed.</summary>
    private static async Task<Ad> Lock(Tx tx, Caller caller, Guid adId, int? expectedVersion)
    {
        var offer = await AdWriteSql.Lock(tx, adId);
        if (offer is null || offer.OwnerId != caller.UserId)
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such ad of yours.");
        }

        var ad = (await AdSql.ByIds(tx, [adId])).Single().Ad;
        RefuseFirst(AdRules.CannotChangeBecause(ad, expectedVersion));
        return ad;
    }

    /// <summary>What an existing ad's terms are checked against. Of a stranger's ad nothing is known here: the change refuses it.</summary>
    private Task<TermsFacts> FactsOf(Caller caller, Guid adId, AdTerms terms, CancellationToken cancellation) =>
        database.Read(
            async tx =>
            {
                var ad = (await AdSql.ByIds(tx, [adId])).FirstOrDefault(listed => listed.Ad.OwnerId == caller.UserId)?.Ad;
                return await Facts(tx, caller, ad?.Asset ?? "", ad?.Fiat ?? "", terms);
            },
            cancellation);

    private static Task<TermsFacts> Facts(Tx tx, Caller caller, string asset, string fiat, AdTerms terms) =>
        AdSql.TermsFacts(tx, caller.UserId, asset, fiat, [.. terms.PaymentMethodIds], [.. terms.ViewerIds ?? []]);

    private static void RefuseFirst(IEnumerable<Reason> reasons)
    {
        if (reasons.FirstOrDefault() is { } reason)
        {
            throw new Refused(reason);
        }
    }

    /// <summary>
    /// A link's secret is told with the answer of the very change that made it. The answer that is stored for repeats, and that a repeat
    /// gets, is another object without it.
    /// </summary>
    private sealed class LinkOnce
    {
        private string? _secret;
        private AdReply? _made;

        /// <summary>Makes the secret, and answers its hash.</summary>
        public byte[] Make() => AdLinks.HashOf(_secret = AdLinks.New());

        public AdReply Made(AdReply reply) => _made = reply;

        public AdReply Tell(AdReply reply) => ReferenceEquals(reply, _made) ? reply with { LinkSecret = _secret } : reply;
    }
}
