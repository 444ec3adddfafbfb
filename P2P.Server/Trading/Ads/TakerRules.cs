using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;

namespace P2P.Server.Trading.Ads;

/// <summary>How a person stands who wants to take an ad, and how far that may go.</summary>
public readonly record struct TakerPosition(
    bool Suspended, DateTimeOffset? CoolingDownUntil, int OpenAsTaker, int UnpaidAsTaker, int OpenOrdersMax, int UnpaidOrdersMax);

/// <summary>Pure decisions about who may take ads at all. Lists and commands both ask here, so that they never differ.</summary>
public static class TakerRules
{
    /// <summary>Why the person can take no ad of this side, in the order in which the command checks it.</summary>
    public static IEnumerable<Reason> CannotTakeAny(AdSide side, TakerPosition taker, DateTimeOffset now)
    {
        if (taker.Suspended)
        {
            yield return Refused.Because(ErrorCodes.Suspended, "Your account is suspended.");
        }

        if (taker.CoolingDownUntil is { } until && until > now)
        {
            yield return Refused.Because(
                ErrorCodes.CoolingDown, "Three of your orders came to nothing within a day. Take a rest.", ("until", WireJson.Spell(until)));
        }

        if (taker.OpenAsTaker >= taker.OpenOrdersMax)
        {
            yield return Quota("openOrders", taker.OpenOrdersMax, "You have too many open orders.");
        }

        if (side == AdSide.Sell && taker.UnpaidAsTaker >= taker.UnpaidOrdersMax)
        {
            yield return Quota("unpaidOrders", taker.UnpaidOrdersMax, "You have too many orders that await your payment.");
        }
    }

    private static Reason Quota(string quota, int limit, string sentence) => Refused.Because(
        ErrorCodes.QuotaExceeded, sentence, ("quota", quota), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
}
