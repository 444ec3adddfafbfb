using P2P.Contracts.Trading;
using P2P.Server.Trading.Ads;

namespace P2P.Tests.Rules;

/// <summary>Ads and people for tests of pure rules: everything allows everything, until a test changes it.</summary>
public static class AnAd
{
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly MakerFacts Maker = new()
    {
        Username = "maker",
        IsVerified = false,
        IsMerchant = false,
        Completed = 0,
        Cancelled = 0,
        Suspended = false,
        Available = 10,
    };

    public static readonly TakerStanding Taker = new()
    {
        UserId = 2,
        Asset = "BTC",
        IsVerified = true,
        JoinedAt = Now.AddYears(-1),
        Completed = 50,
        Cancelled = 0,
        Suspended = false,
        OpenAsTaker = 0,
        UnpaidAsTaker = 0,
        Available = 10,
        AccountMethodIds = [3],
        Now = Now,
    };

    public static Ad Of(AdSide side) => new()
    {
        Id = Guid.Parse("01980000-0000-7000-8000-000000000001"),
        OwnerId = 1,
        Side = side,
        Asset = "BTC",
        Fiat = "USD",
        PriceKind = PriceKind.Fixed,
        PriceFixed = 50_000,
        AmountMin = 10,
        AmountMax = 1_000,
        PaymentMethodIds = [3],
        PaymentWindowMinutes = 30,
        Visibility = AdVisibility.Public,
        VerifiedOnly = false,
        CreatedAt = Now,
        Total = 1,
        Remaining = 1,
        Open = true,
        Version = 1,
        AssetScale = 8,
        FiatScale = 2,
        FeeRate = 0.001m,
    };
}
