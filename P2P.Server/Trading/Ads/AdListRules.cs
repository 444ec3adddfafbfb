using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;

namespace P2P.Server.Trading.Ads;

/// <summary>Pure decisions about lists of ads: their shape, their order and their pages.</summary>
public static class AdListRules
{
    private const int CountryChars = 2;

    /// <summary>Refuses what has the wrong shape.</summary>
    public static void Check(ListAdsRequest request)
    {
        AdTermsRules.CheckCodes(request.Asset, request.Fiat);
        if (request.Amount is <= 0 or > Limits.AmountMax)
        {
            throw new Refused(AdTermsRules.Bad("amount", "An amount is above zero."));
        }

        if (request.Country is { } country && (country.Length != CountryChars || !country.All(char.IsAsciiLetterUpper)))
        {
            throw new Refused(AdTermsRules.Bad("country", "A country is two letters (ISO 3166)."));
        }
    }

    public static AdOrdering OrderingOf(ListAdsRequest request) => (request.OrderBy ?? AdOrder.Price, request.Side) switch
    {
        (_, not (AdSide.Buy or AdSide.Sell)) => throw new Refused(AdTermsRules.Bad("side", "An ad buys or sells.")),
        (AdOrder.Price, AdSide.Sell) => AdOrdering.PriceUp,
        (AdOrder.Price, AdSide.Buy) => AdOrdering.PriceDown,
        (AdOrder.Reputation, _) => AdOrdering.Reputation,
        _ => throw new Refused(AdTermsRules.Bad("orderBy", "Ads are listed by price or by reputation.")),
    };

    /// <summary>What a page's cursor is bound to.</summary>
    public static byte[] MarkOf(ListAdsRequest request) => AdCursor.MarkOf(
        "ads",
        request.Side,
        request.Asset,
        request.Fiat,
        request.Amount,
        request.PaymentMethodId,
        request.Country,
        request.VerifiedOnly ?? false,
        request.MerchantsOnly ?? false,
        request.FavouritesOnly ?? false,
        request.EligibleOnly ?? false,
        request.OrderBy ?? AdOrder.Price);

    /// <summary>Where a row stands in its list.</summary>
    public static AdCursor PlaceOf(AdOrdering ordering, ListedAd listed) => ordering == AdOrdering.Reputation
        ? new AdCursor(listed.Ad.Id, listed.Maker.Reputation ?? -1, listed.Maker.Completed)
        : new AdCursor(listed.Ad.Id, AdRules.PriceOf(listed.Ad) ?? 0, 0);

    /// <summary>What the statement takes.</summary>
    public static object Parameters(ListAdsRequest request, Caller caller, TakerStanding taker, AdCursor? after, int rowsMax) => new
    {
        asset = request.Asset,
        fiat = request.Fiat,
        side = request.Side.ToString(),
        callerId = caller.UserId,
        amount = request.Amount,
        paymentMethodId = request.PaymentMethodId,
        country = request.Country,
        verifiedOnly = request.VerifiedOnly ?? false,
        merchantsOnly = request.MerchantsOnly ?? false,
        favouritesOnly = request.FavouritesOnly ?? false,
        eligibleOnly = request.EligibleOnly ?? false,
        isVerified = taker.IsVerified,
        completed = taker.Completed,
        rate = AdRules.CompletionRate(taker.Completed, taker.Cancelled),
        ageDays = (int)(taker.Now - taker.JoinedAt).TotalDays,
        accountMethodIds = taker.AccountMethodIds,
        available = taker.Available,
        afterId = after?.Id,
        afterPrice = after?.Key,
        afterScore = after?.Key,
        afterCompleted = after?.Count,
        rowsMax,
    };
}
