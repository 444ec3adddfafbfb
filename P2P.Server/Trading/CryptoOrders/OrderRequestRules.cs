using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>The shape of requests on orders: what is wrong here is BAD_INPUT before anything is read.</summary>
public static class OrderRequestRules
{
    /// <summary>Exactly one amount, positive and not beyond what any call takes.</summary>
    public static void Check(decimal? fiat, decimal? crypto, decimal? expectedPrice, string? linkSecret)
    {
        if ((fiat is null) == (crypto is null))
        {
            throw Bad("Give the amount in fiat or in crypto, not both.", "fiatAmount");
        }

        CheckAmount(fiat, "fiatAmount");
        CheckAmount(crypto, "cryptoAmount");
        CheckAmount(expectedPrice, "expectedPrice");
        AdLinks.Check(linkSecret);
    }

    public static void CheckReference(string? reference)
    {
        if (reference is { Length: > Limits.PaymentReferenceCharsMax })
        {
            throw Bad($"A payment reference has at most {Limits.PaymentReferenceCharsMax} characters.", "paymentReference");
        }
    }

    /// <summary>Who paid is told once, by name or by account.</summary>
    public static void CheckPayer(string? name, Guid? accountId)
    {
        if (name is { Length: > Limits.PayerNameCharsMax })
        {
            throw Bad($"A payer's name has at most {Limits.PayerNameCharsMax} characters.", "payerName");
        }

        if (name is not null && accountId is not null)
        {
            throw Bad("Say who paid by name or by account, not both.", "payerName");
        }
    }

    public static void CheckMinutes(int minutes)
    {
        if (minutes is < Limits.PaymentWindowMinutesMin or > Limits.PaymentWindowMinutesMax)
        {
            throw Bad($"Minutes lie between {Limits.PaymentWindowMinutesMin} and {Limits.PaymentWindowMinutesMax}.", "minutes");
        }
    }

    private static void CheckAmount(decimal? amount, string path)
    {
        if (amount is <= 0 or > Limits.AmountMax)
        {
            throw Bad("An amount is positive and at most 1,000,000,000,000.", path);
        }
    }

    private static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
