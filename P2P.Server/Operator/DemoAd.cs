using P2P.Contracts.Trading;
using P2P.Server.Accounts.PaymentMethods;
using P2P.Server.Core;

namespace P2P.Server.Operator;

/// <summary>One ad of a demo user.</summary>
internal sealed record DemoAd(DemoUser Maker, AdSide Side, string Asset, string Fiat)
{
    /// <summary>How much of the asset in all.</summary>
    public required decimal Total { get; init; }

    public required AdPrice Price { get; init; }

    /// <summary>Least and most fiat for one order.</summary>
    public required (decimal Min, decimal Max) Amount { get; init; }

    /// <summary>Codes of the accepted payment methods.</summary>
    public required string[] Methods { get; init; }

    public int PaymentWindowMinutes { get; init; } = 30;

    public string? Terms { get; init; }

    public string? AutoReply { get; init; }

    public TakerConditions? Conditions { get; init; }

    public static AdPrice Fixed(decimal price) => new() { Kind = PriceKind.Fixed, Fixed = price };

    public static AdPrice Floating(decimal percent) => new() { Kind = PriceKind.Floating, Percent = percent };

    public CreateAdRequest Request(PaymentCatalogue.Contents known) => new()
    {
        RequestId = Ids.New(),
        Side = Side,
        Asset = Asset,
        Fiat = Fiat,
        Total = Total,
        Terms = new AdTerms
        {
            Price = Price,
            AmountMin = Amount.Min,
            AmountMax = Amount.Max,
            PaymentMethodIds = [.. Methods.Select(code => known.Active.First(method => method.Code == code).Id)],
            PaymentWindowMinutes = PaymentWindowMinutes,
            Visibility = AdVisibility.Public,
            Terms = Terms,
            AutoReply = AutoReply,
            Conditions = Conditions,
        },
    };
}
