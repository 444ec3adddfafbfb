using P2P.Contracts.Admin;

namespace P2P.Server.Admin.Catalogue;

/// <summary>A currency's limits as the database keeps them.</summary>
internal sealed record CatalogueLimitsRow
{
    public required string Currency { get; init; }

    public decimal? NewPerOrder { get; init; }

    public decimal? NewPerDay { get; init; }

    public decimal? VerifiedPerOrder { get; init; }

    public decimal? VerifiedPerDay { get; init; }

    public decimal? MerchantPerOrder { get; init; }

    public decimal? MerchantPerDay { get; init; }

    public static CatalogueLimitsRow Of(CatalogueLimits limits) => new()
    {
        Currency = limits.Currency,
        NewPerOrder = limits.New.PerOrder,
        NewPerDay = limits.New.PerDay,
        VerifiedPerOrder = limits.Verified.PerOrder,
        VerifiedPerDay = limits.Verified.PerDay,
        MerchantPerOrder = limits.Merchant.PerOrder,
        MerchantPerDay = limits.Merchant.PerDay,
    };

    public CatalogueLimits View() => new()
    {
        Currency = Currency,
        New = new LevelLimits { PerOrder = NewPerOrder, PerDay = NewPerDay },
        Verified = new LevelLimits { PerOrder = VerifiedPerOrder, PerDay = VerifiedPerDay },
        Merchant = new LevelLimits { PerOrder = MerchantPerOrder, PerDay = MerchantPerDay },
    };
}
