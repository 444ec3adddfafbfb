using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.Schedules;
using P2P.Server.Trading.TradeLimits;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>Pure decisions about taking an ad.</summary>
public static class PlacingRules
{
    /// <summary>Every reason why the ad cannot be taken so, in the documented order; a command takes the first, a check takes all.</summary>
    public static IEnumerable<Reason> Reasons(PlaceFacts facts)
    {
        if (!CanSee(facts))
        {
            yield return Refused.Because(ErrorCodes.NotFound, "There is no such ad.");
            yield break; // A stranger learns nothing more of it.
        }

        if (TooFineAmount(facts) is { } tooFine)
        {
            yield return tooFine;
        }

        foreach (var reason in TakerReasons(facts.Ad, facts.Taker.UserId, facts.TakerStanding, facts.Limits, facts.Now))
        {
            yield return reason;
        }

        foreach (var reason in AdReasons(facts.Ad, facts.MakerStanding, facts.Now))
        {
            yield return reason;
        }

        var quote = QuoteOf(facts.Ad, facts.Terms);
        if (quote is null)
        {
            yield return AdRules.Priceless(facts.Ad);
        }
        else
        {
            foreach (var reason in AmountReasons(facts, quote))
            {
                yield return reason;
            }
        }

        if (!facts.Ad.PaymentMethodIds.Contains(facts.Terms.PaymentMethodId))
        {
            yield return Refused.Because(ErrorCodes.PaymentMethodNotAccepted, "This ad does not take this payment method.");
        }
        else if (facts.Ad.MethodsOff.Contains(facts.Terms.PaymentMethodId))
        {
            yield return Refused.Because(ErrorCodes.PaymentMethodNotAccepted, "This payment method is not offered any more.");
        }
        else if (facts.PaymentAccountId is null)
        {
            yield return Refused.Because(ErrorCodes.PaymentAccountRequired, "The seller has no payment account of this method. Save one, then sell.");
        }

        foreach (var reason in AdRules.UnmetConditions(facts.Ad, facts.Taker, facts.Now))
        {
            yield return reason;
        }

        if (quote is not null && facts.SellerAvailable < HeldOf(facts.Ad, quote))
        {
            yield return Insufficient(facts, HeldOf(facts.Ad, quote));
        }
    }

    /// <summary>Why the person cannot take this ad, whatever the amount: the part that lists of ads tell too.</summary>
    public static IEnumerable<Reason> TakerReasons(Ad ad, long takerId, Standing taker, OrderLimits limits, DateTimeOffset now)
    {
        if (ad.OwnerId == takerId)
        {
            yield return Refused.Because(ErrorCodes.OwnAd, "This is your own ad.");
        }

        var position = new TakerPosition(
            taker.Suspended, taker.CoolingDownUntil, taker.OpenAsTaker, taker.UnpaidAsTaker, limits.OpenOrdersMax, limits.UnpaidOrdersMax);
        foreach (var reason in TakerRules.CannotTakeAny(ad.Side, position, now))
        {
            yield return reason;
        }
    }

    /// <summary>Why nobody can take this ad now.</summary>
    public static IEnumerable<Reason> AdReasons(Ad ad, Standing maker, DateTimeOffset now)
    {
        if (ad.ClosedAt is not null)
        {
            yield return Unavailable("closed", "This ad was closed.");
        }
        else if (!ad.Open)
        {
            yield return Unavailable("paused", "This ad is paused.");
        }

        if (!ad.AssetIsTraded)
        {
            yield return Unavailable("assetClosed", "This asset is not traded any more.");
        }

        if (maker.Suspended)
        {
            yield return Unavailable("makerSuspended", "The maker of this ad cannot trade now.");
        }

        if (ad.Side == AdSide.Buy && maker.CoolingDownUntil > now)
        {
            yield return Unavailable("makerCoolingDown", "The maker of this ad cannot trade now.");
        }

        if (ScheduleRules.AwayBecause(ad.Hours, now) is { } away)
        {
            yield return away;
        }
    }

    /// <summary>The amounts of an order; null when the ad has no price now.</summary>
    /// <remarks>
    /// Rounded once: crypto = fiat / price, cut down to the asset's scale; fiat = crypto x price to the currency's minor unit, half to even; the fee
    /// = crypto x rate, up to the asset's scale.
    /// </remarks>
    public static OrderQuote? QuoteOf(Ad ad, PlaceTerms terms)
    {
        if (AdRules.PriceOf(ad) is not { } price || price <= 0)
        {
            return null;
        }

        var crypto = terms.CryptoAmount ?? Money.Down((terms.FiatAmount ?? 0) / price, ad.AssetScale);
        var fiat = terms.FiatAmount ?? decimal.Round((terms.CryptoAmount ?? 0) * price, ad.FiatScale, MidpointRounding.ToEven);
        return new OrderQuote
        {
            Price = price,
            CryptoAmount = crypto,
            FiatAmount = fiat,
            Fee = Money.Up(crypto * ad.FeeRate, ad.AssetScale),
            PaymentWindowMinutes = ad.PaymentWindowMinutes,
        };
    }

    /// <summary>What the escrow holds: a selling maker's fee on top of the amount; a buying maker's is within it.</summary>
    public static decimal HeldOf(Ad ad, OrderQuote quote) => ad.Side == AdSide.Sell ? quote.CryptoAmount + quote.Fee : quote.CryptoAmount;

    /// <summary>The order; throws the first reason against it.</summary>
    public static Decision Decide(PlaceFacts facts, Guid orderId)
    {
        if (Reasons(facts).FirstOrDefault() is { } reason)
        {
            throw new Refused(reason);
        }

        var ad = facts.Ad;
        var quote = QuoteOf(ad, facts.Terms) ?? throw new InvalidOperationException("An ad without a price was let through.");
        var account = facts.PaymentAccountId ?? throw new InvalidOperationException("An order without a payment account was let through.");
        var deadline = facts.Now + TimeSpan.FromMinutes(ad.PaymentWindowMinutes);
        var (buyer, seller) = facts.MakerSells ? (facts.Taker.UserId, ad.OwnerId) : (ad.OwnerId, facts.Taker.UserId);
        return new Decision
        {
            Order = new Order
            {
                Id = orderId,
                Kind = OrderKind.Crypto,
                OfferId = ad.Id,
                BuyerId = buyer,
                SellerId = seller,
                Maker = facts.MakerSells ? Party.Seller : Party.Buyer,
                Asset = ad.Asset,
                Held = HeldOf(ad, quote),
                Fee = quote.Fee,
                Taken = quote.CryptoAmount,
                Status = OrderStatus.AwaitingPayment,
                Version = 0,
                Duty = Duty.BuyerPays,
                Deadline = deadline,
                Overdue = false,
                HistoryHead = [],
                CreatedAt = facts.Now,
                UpdatedAt = facts.Now,
            },
            Detail = new CryptoOrder
            {
                OrderId = orderId,
                Fiat = ad.Fiat,
                CryptoAmount = quote.CryptoAmount,
                FiatAmount = quote.FiatAmount,
                Price = quote.Price,
                PriceSource = ad.PriceKind == PriceKind.Fixed ? "fixed" : ad.ReferenceSource ?? "",
                Basis = BasisOf(ad),
                PaymentMethodId = facts.Terms.PaymentMethodId,
                PaymentAccountId = account,
                PaymentWindowMinutes = ad.PaymentWindowMinutes,
                WindowExtended = false,
                ConfirmationUndone = false,
                SellerActed = false,
                PaymentDeadline = deadline,
                Terms = ad.Terms,
                AutoReply = ad.AutoReply,
            },
            Action = OrderAction.Place,
            By = facts.MakerSells ? Party.Buyer : Party.Seller,
            Escrow = EscrowEffect.Hold,
            Remaining = -quote.CryptoAmount,
            Standings = [CryptoStandingRules.AfterPlacing(facts.TakerStanding, facts.MakerSells, (ad.Fiat, quote.FiatAmount), facts.Now)],
        };
    }

    /// <summary>What a floating price was made of; null for a fixed one.</summary>
    private static PriceBasis? BasisOf(Ad ad) => ad is
    { PriceKind: PriceKind.Floating, ReferenceRateId: { } rateId, ReferencePrice: { } reference, PricePercent: { } percent }
        ? new PriceBasis(rateId, reference, percent, ad.PriceFloor, ad.PriceCeiling)
        : null;

    /// <summary>Who may know of an ad: everyone, its maker, its chosen users, or whoever has the secret of its link.</summary>
    public static bool CanSee(Ad ad, long userId, bool isViewer, byte[]? linkHash) =>
        ad.OwnerId == userId || ad.Visibility switch
        {
            AdVisibility.Public => true,
            AdVisibility.Chosen => isViewer,
            AdVisibility.Link => linkHash is not null && ad.LinkHash is not null
                && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(linkHash, ad.LinkHash),
            _ => false,
        };

    private static bool CanSee(PlaceFacts facts) =>
        !facts.IsBlocked && CanSee(facts.Ad, facts.Taker.UserId, facts.IsViewer, facts.Terms.LinkHash);

    /// <summary>How fine an amount may be is known with the ad only.</summary>
    private static Reason? TooFineAmount(PlaceFacts facts)
    {
        var (ad, terms) = (facts.Ad, facts.Terms);
        return Money.IsFinerThan(terms.FiatAmount ?? 0, ad.FiatScale) || Money.IsFinerThan(terms.CryptoAmount ?? 0, ad.AssetScale)
            ? Refused.Because(ErrorCodes.BadInput, "The amount has too many decimals.", ("path", "amount"))
            : null;
    }

    private static IEnumerable<Reason> AmountReasons(PlaceFacts facts, OrderQuote quote)
    {
        var (ad, terms) = (facts.Ad, facts.Terms);
        if (terms.ExpectedPrice is { } expected && expected != quote.Price)
        {
            yield return Refused.Because(
                ErrorCodes.PriceChanged, $"The price is {WireJson.Spell(quote.Price)} now.", ("price", WireJson.Spell(quote.Price)));
        }

        if (quote.FiatAmount < ad.AmountMin || quote.CryptoAmount <= 0 || quote.CryptoAmount <= quote.Fee)
        {
            yield return Refused.Because(
                ErrorCodes.AmountTooSmall,
                $"The least amount of this ad is {WireJson.Spell(ad.AmountMin)} {ad.Fiat}.",
                ("min", WireJson.Spell(ad.AmountMin)));
        }

        if (quote.FiatAmount > ad.AmountMax)
        {
            yield return Refused.Because(
                ErrorCodes.AmountTooLarge,
                $"The greatest amount of this ad is {WireJson.Spell(ad.AmountMax)} {ad.Fiat}.",
                ("max", WireJson.Spell(ad.AmountMax)));
        }

        if (ad.OrderMin is { } least && quote.CryptoAmount < least)
        {
            yield return Refused.Because(
                ErrorCodes.OrderTooSmall,
                $"An order takes at least {WireJson.Spell(least)} {ad.Asset}.",
                ("asset", ad.Asset),
                ("min", WireJson.Spell(least)));
        }

        if (ad.OrderMax is { } most && quote.CryptoAmount > most)
        {
            yield return Refused.Because(
                ErrorCodes.OrderTooLarge,
                $"An order takes at most {WireJson.Spell(most)} {ad.Asset}.",
                ("asset", ad.Asset),
                ("max", WireJson.Spell(most)));
        }

        if (quote.CryptoAmount > ad.Remaining)
        {
            yield return Refused.Because(
                ErrorCodes.NotEnoughRemaining,
                $"This ad has {WireJson.Spell(ad.Remaining)} {ad.Asset} left.",
                ("remaining", WireJson.Spell(ad.Remaining)));
        }

        foreach (var reason in TradeLimitRules.Exceeded(ad, facts.Taker, facts.TakerStanding.DayVolume, quote.FiatAmount, facts.Now))
        {
            yield return reason;
        }
    }

    /// <summary>The seller's balance is told to the seller alone.</summary>
    private static Reason Insufficient(PlaceFacts facts, decimal needed) => facts.MakerSells
        ? Refused.Because(ErrorCodes.InsufficientBalance, "The seller cannot cover this amount now.", ("asset", facts.Ad.Asset))
        : Refused.Because(
            ErrorCodes.InsufficientBalance,
            $"You have {WireJson.Spell(facts.SellerAvailable)} {facts.Ad.Asset} available.",
            ("asset", facts.Ad.Asset),
            ("available", WireJson.Spell(facts.SellerAvailable)),
            ("needed", WireJson.Spell(needed)));

    private static Reason Unavailable(string reason, string sentence) => Refused.Because(ErrorCodes.AdUnavailable, sentence, ("reason", reason));
}
