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
public sealed class AdFlow(Database database, OfferChanges offers, AdLimits limits)
{
    /// <summary>Puts up an ad.</summary>
    public async Task<AdReply> Create(Caller caller, CreateAdRequest request)
    {
        var terms = AdTermsRules.Clean(request.Terms);
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        var facts = await database.Read(tx => Facts(tx, caller, request.Asset, request.Fiat, terms));
        RefuseFirst(AdTermsRules.Malformed(request.Side, request.Total, terms, facts));

        var secret = terms.Visibility == AdVisibility.Link ? AdLinks.New() : null;
        AdReply? made = null;
        var reply = await Change(caller, nameof(IAdCalls.CreateAd), request, async tx =>
        {
            await AdWriteSql.LockMaker(tx, caller.UserId);
            var now = await Facts(tx, caller, request.Asset, request.Fiat, terms);
            RefuseFirst(AdTermsRules.CreateReasons(request.Side, terms, now, limits));

            var linkHash = secret is null ? null : AdLinks.HashOf(secret);
            var ad = AdViews.New(Ids.New(), caller.UserId, request.Side, request.Asset, request.Fiat, request.Total, terms, now, linkHash);
            await AdWriteSql.Insert(tx, ad);
            await AdWriteSql.SaveViewers(tx, ad.Id, terms.ViewerIds ?? []);
            return made = ReplyOf(ad);
        });
        return Tell(reply, made, secret);
    }

    /// <summary>Says what <see cref="Create"/> would answer.</summary>
    public async Task<AdCheck> CheckCreate(Caller caller, CheckCreateAdRequest request)
    {
        var terms = AdTermsRules.Clean(request.Terms);
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        var facts = await database.Read(tx => Facts(tx, caller, request.Asset, request.Fiat, terms));
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
    public async Task<AdReply> Update(Caller caller, UpdateAdRequest request)
    {
        var terms = AdTermsRules.Clean(request.Terms);
        var asItWas = await database.Read(tx => AdSql.ByIds(tx, [request.AdId]));
        var (asset, fiat) = asItWas is [var found] && found.Ad.OwnerId == caller.UserId ? (found.Ad.Asset, found.Ad.Fiat) : ("", "");
        RefuseFirst(AdTermsRules.Malformed(terms, await database.Read(tx => Facts(tx, caller, asset, fiat, terms))));

        var fresh = AdLinks.New();
        AdReply? made = null;
        string? secret = null;
        var reply = await Change(caller, nameof(IAdCalls.UpdateAd), request, async tx =>
        {
            var ad = await Lock(tx, caller, request.AdId, request.ExpectedVersion);
            RefuseFirst(AdTermsRules.TermsReasons(ad.Side, terms, await Facts(tx, caller, ad.Asset, ad.Fiat, terms)));

            // An ad that stays by link keeps its secret, so that links that were given out stay good.
            secret = terms.Visibility == AdVisibility.Link && ad.LinkHash is null ? fresh : null;
            var linkHash = terms.Visibility != AdVisibility.Link ? null : ad.LinkHash ?? AdLinks.HashOf(fresh);
            var changed = AdViews.With(ad, terms, linkHash) with { Version = ad.Version + 1 };
            var now = await RequestSql.Now(tx);
            await AdWriteSql.SaveTerms(tx, changed, now);
            await AdWriteSql.SaveOffer(tx, ad.Id, ad.Open, changed.Version, now);
            await AdWriteSql.SaveViewers(tx, ad.Id, terms.ViewerIds ?? []);
            return made = ReplyOf(changed);
        });
        return Tell(reply, made, secret);
    }

    /// <summary>Hides an ad.</summary>
    public Task<AdReply> Pause(Caller caller, AdRequest request) => SetOpen(caller, nameof(IAdCalls.PauseAd), request, open: false);

    /// <summary>Shows an ad again.</summary>
    public Task<AdReply> Resume(Caller caller, AdRequest request) => SetOpen(caller, nameof(IAdCalls.ResumeAd), request, open: true);

    /// <summary>Closes an ad for good.</summary>
    public Task<AdReply> Delete(Caller caller, AdRequest request) =>
        Change(caller, nameof(IAdCalls.DeleteAd), request, async tx =>
        {
            var ad = await Lock(tx, caller, request.AdId, request.ExpectedVersion);
            var now = await RequestSql.Now(tx);
            var closed = ad with { Open = false, ClosedAt = now, Version = ad.Version + 1 };
            await AdWriteSql.Close(tx, ad.Id, now);
            await AdWriteSql.SaveOffer(tx, ad.Id, closed.Open, closed.Version, now);
            return ReplyOf(closed);
        });

    private Task<AdReply> SetOpen(Caller caller, string call, AdRequest request, bool open) =>
        Change(caller, call, request, async tx =>
        {
            var ad = await Lock(tx, caller, request.AdId, request.ExpectedVersion);
            if (ad.Open == open)
            {
                return ReplyOf(ad);
            }

            var changed = ad with { Open = open, Version = ad.Version + 1 };
            await AdWriteSql.SaveOffer(tx, ad.Id, open, changed.Version, await RequestSql.Now(tx));
            return ReplyOf(changed);
        });

    /// <summary>Runs a change once and tells the owner; what did not change the ad is told to nobody.</summary>
    private async Task<AdReply> Change<TRequest>(Caller caller, string call, TRequest request, Func<Tx, Task<AdReply>> work)
        where TRequest : IChange
    {
        var hash = RequestHash.Of(call, request);
        var reply = await database.Write(async tx =>
        {
            if (await RequestSql.Claim(tx, caller.UserId, request.RequestId, hash) == 0)
            {
                var stored = await RequestSql.Find(tx, caller.UserId, request.RequestId);
                return System.Text.Json.JsonSerializer.Deserialize<AdReply>(stored!.Reply!, WireJson.Server)!;
            }

            var reply = await work(tx);
            await RequestSql.Answer(tx, caller.UserId, request.RequestId, null, System.Text.Json.JsonSerializer.Serialize(reply, WireJson.Server));
            var told = PendingEvent.For(
                caller.UserId,
                Audience.Trade,
                nameof(ITradeClient.AdChanged),
                new AdChanged { AdId = reply.AdId, Status = reply.Status, Version = reply.Version });
            await EventSql.Append(tx, [told], await RequestSql.Now(tx));
            return reply;
        });
        offers.Raise(reply.AdId);
        return reply;
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

    private static Task<TermsFacts> Facts(Tx tx, Caller caller, string asset, string fiat, AdTerms terms) =>
        AdSql.TermsFacts(tx, caller.UserId, asset, fiat, [.. terms.PaymentMethodIds], [.. terms.ViewerIds ?? []]);

    private static void RefuseFirst(IEnumerable<Reason> reasons)
    {
        if (reasons.FirstOrDefault() is { } reason)
        {
            throw new Refused(reason);
        }
    }

    private static AdReply ReplyOf(Ad ad) => new() { AdId = ad.Id, Status = AdViews.StatusOf(ad), Version = ad.Version };

    /// <summary>
    /// Adds the secret to the answer of the very change that made it. What is stored for repeats, and what a repeat gets, is without it.
    /// </summary>
    private static AdReply Tell(AdReply reply, AdReply? made, string? secret) =>
        ReferenceEquals(reply, made) && secret is not null ? reply with { LinkSecret = secret } : reply;
}
