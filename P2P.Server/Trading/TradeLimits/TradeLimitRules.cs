using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.TradeLimits;

/// <summary>Pure decisions about how much a taker may trade. Commands, checks and lists all ask here.</summary>
public static class TradeLimitRules
{
    public static TraderLevel LevelOf(bool isVerified, bool isMerchant) =>
        isMerchant ? TraderLevel.Merchant : isVerified ? TraderLevel.Verified : TraderLevel.New;

    /// <summary>Why an order of so much fiat is more than this taker may place now.</summary>
    public static IEnumerable<Reason> Exceeded(Ad ad, TakerFacts taker, string? dayVolume, decimal fiatAmount, DateTimeOffset now)
    {
        var level = LevelOf(taker.IsVerified, taker.IsMerchant);
        var (perOrder, perDay) = level switch
        {
            TraderLevel.Merchant => (ad.MerchantPerOrder, ad.MerchantPerDay),
            TraderLevel.Verified => (ad.VerifiedPerOrder, ad.VerifiedPerDay),
            _ => (ad.NewPerOrder, ad.NewPerDay),
        };
        if (fiatAmount > perOrder)
        {
            yield return Refused.Because(
                ErrorCodes.OrderLimitExceeded,
                $"One order of yours may have at most {WireJson.Spell(perOrder.Value)} {ad.Fiat}.",
                ("level", Spell(level)),
                ("currency", ad.Fiat),
                ("limit", WireJson.Spell(perOrder.Value)));
        }

        if (perDay is not { } limit)
        {
            yield break;
        }

        var use = DayVolumeRules.UseOf(dayVolume, ad.Fiat, now);
        if (use.Used + fiatAmount > limit)
        {
            List<(string, string)> details =
            [
                ("level", Spell(level)), ("currency", ad.Fiat), ("limit", WireJson.Spell(limit)), ("used", WireJson.Spell(use.Used)),
            ];
            if (DayVolumeRules.FitsAt(use, limit, fiatAmount) is { } at)
            {
                details.Add(("freesAt", WireJson.Spell(at)));
            }

            yield return Refused.Because(
                ErrorCodes.DayLimitExceeded,
                $"You may take at most {WireJson.Spell(limit)} {ad.Fiat} within a day, and have taken {WireJson.Spell(use.Used)}.",
                [.. details]);
        }
    }

    /// <summary>How a user stands in one currency.</summary>
    public static CurrencyLimit Of(TradeLimitRow row, TraderLevel level, string? dayVolume, DateTimeOffset now)
    {
        var use = DayVolumeRules.UseOf(dayVolume, row.Currency, now);
        var (perOrder, perDay) = level switch
        {
            TraderLevel.Merchant => (row.MerchantPerOrder, row.MerchantPerDay),
            TraderLevel.Verified => (row.VerifiedPerOrder, row.VerifiedPerDay),
            _ => (row.NewPerOrder, row.NewPerDay),
        };
        return new CurrencyLimit
        {
            Currency = row.Currency,
            PerOrder = perOrder,
            PerDay = perDay,
            UsedToday = use.Used,
            LeftToday = perDay is { } limit ? Math.Max(0, limit - use.Used) : null,
            Frees = [.. use.Frees.Select(part => new LimitFreeing { At = part.At, Amount = part.Amount })],
        };
    }

    private static string Spell(TraderLevel level) => JsonNamingPolicy.CamelCase.ConvertName(level.ToString());
}
