using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Trading;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Deals.Offers;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Trading.Ads;

/// <summary>
/// Staff hide, restore and close others' ads: each act once, with its audit row and its event to the owner in one transaction. A hidden ad is
/// not open, so that whatever asks for open ads leaves it out, and its owner cannot open it.
/// </summary>
public sealed class AdModerationFlow(RequestLog requests, OfferChanges offers)
{
    public Task<ModerateAdReply> Hide(Caller caller, StaffActor actor, ModerateAdRequest request, CancellationToken cancellation) =>
        Act(caller, actor, nameof(IModerationCalls.HideAd), request, Hide, cancellation);

    public Task<ModerateAdReply> Restore(Caller caller, StaffActor actor, ModerateAdRequest request, CancellationToken cancellation) =>
        Act(caller, actor, nameof(IModerationCalls.RestoreAd), request, Restore, cancellation);

    public Task<ModerateAdReply> Close(Caller caller, StaffActor actor, ModerateAdRequest request, CancellationToken cancellation) =>
        Act(caller, actor, nameof(IModerationCalls.CloseAd), request, Close, cancellation);

    private static async Task<Ad> Hide(Change change, StaffActor actor, Ad ad, string reason)
    {
        if (ad.HiddenReason == reason)
        {
            return ad;
        }

        var now = await change.Now();
        var hidden = ad with { Open = false, HiddenReason = reason, Version = ad.Version + 1 };
        await AdWriteSql.SaveHidden(change.Tx, ad.Id, actor.Name, reason, now);
        await AdWriteSql.SaveOffer(change.Tx, ad.Id, hidden.Open, hidden.Version, now);
        await Tell(change, actor, "ad.hide", ad, hidden, reason);
        return hidden;
    }

    private static async Task<Ad> Restore(Change change, StaffActor actor, Ad ad, string reason)
    {
        if (ad.HiddenReason is null)
        {
            return ad;
        }

        var now = await change.Now();
        var restored = ad with { HiddenReason = null, Version = ad.Version + 1 };
        await AdWriteSql.SaveHidden(change.Tx, ad.Id, null, null, now);
        await AdWriteSql.SaveOffer(change.Tx, ad.Id, restored.Open, restored.Version, now);
        await Tell(change, actor, "ad.restore", ad, restored, reason);
        return restored;
    }

    private static async Task<Ad> Close(Change change, StaffActor actor, Ad ad, string reason)
    {
        var now = await change.Now();
        var closed = ad with { Open = false, ClosedAt = now, HiddenReason = reason, Version = ad.Version + 1 };
        await AdWriteSql.SaveHidden(change.Tx, ad.Id, actor.Name, reason, now);
        await AdWriteSql.Close(change.Tx, ad.Id, now);
        await AdWriteSql.SaveOffer(change.Tx, ad.Id, closed.Open, closed.Version, now);
        await Tell(change, actor, "ad.close", ad, closed, reason);
        return closed;
    }

    private async Task<ModerateAdReply> Act(
        Caller caller,
        StaffActor actor,
        string call,
        ModerateAdRequest request,
        Func<Change, StaffActor, Ad, string, Task<Ad>> act,
        CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        var reply = await requests.Once(
            caller,
            call,
            request,
            async change =>
            {
                var offer = await AdWriteSql.Lock(change.Tx, request.AdId) ?? throw new Refused(ErrorCodes.NotFound, "There is no such ad.");
                var ad = (await AdSql.ByIds(change.Tx, [offer.Id])).Single().Ad;
                if (AdRules.CannotChangeBecause(ad, expectedVersion: null).FirstOrDefault() is { } reason)
                {
                    throw new Refused(reason);
                }

                return ad.OwnerId == caller.UserId
                    ? throw new Refused(ErrorCodes.OwnAccount, "Nobody acts on their own ads as staff.")
                    : ReplyOf(await act(change, actor, ad, why));
            },
            cancellation);
        offers.Raise(request.AdId);
        return reply;
    }

    private static async Task Tell(Change change, StaffActor actor, string action, Ad before, Ad after, string reason)
    {
        await StaffSql.Audit(change.Tx, actor, action, $"ad:{after.Id}", Spell(before), Spell(after), reason);
        change.Tell(PendingEvent.For(
            after.OwnerId, Audience.Trade, nameof(ITradeClient.AdChanged), AdViews.ChangeOf(after) with { ByStaff = true }));
    }

    private static string Spell(Ad ad) => ad.HiddenReason is { } reason ? $"{AdViews.StatusOf(ad)}, hidden: {reason}" : $"{AdViews.StatusOf(ad)}";

    private static ModerateAdReply ReplyOf(Ad ad) => new()
    {
        AdId = ad.Id,
        Status = AdViews.StatusOf(ad),
        Hidden = ad.HiddenReason is not null,
        Version = ad.Version,
    };
}
