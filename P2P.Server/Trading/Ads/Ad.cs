using P2P.Contracts.Trading;
using P2P.Server.Trading.Schedules;

namespace P2P.Server.Trading.Ads;

/// <summary>An ad with its offer and, where its price floats, the reference price: one row as the statements read it.</summary>
public sealed record Ad
{
    public required Guid Id { get; init; }

    public required long OwnerId { get; init; }

    /// <summary>What the maker does; stored as text.</summary>
    public required AdSide Side { get; init; }

    public required string Asset { get; init; }

    public required string Fiat { get; init; }

    public required PriceKind PriceKind { get; init; }

    public decimal? PriceFixed { get; init; }

    public decimal? PricePercent { get; init; }

    public decimal? PriceFloor { get; init; }

    public decimal? PriceCeiling { get; init; }

    public required decimal AmountMin { get; init; }

    public required decimal AmountMax { get; init; }

    public required long[] PaymentMethodIds { get; init; }

    public required int PaymentWindowMinutes { get; init; }

    public required AdVisibility Visibility { get; init; }

    /// <summary>SHA-256 of the link's secret.</summary>
    public byte[]? LinkHash { get; init; }

    public string? Terms { get; init; }

    public string? AutoReply { get; init; }

    public int? CompletedTradesMin { get; init; }

    public decimal? CompletionRateMin { get; init; }

    public int? AccountAgeDaysMin { get; init; }

    public required bool VerifiedOnly { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why staff hid it; null when they did not. A hidden ad is never open.</summary>
    public string? HiddenReason { get; init; }

    /// <summary>From the offer.</summary>
    public required decimal Total { get; init; }

    /// <summary>From the offer.</summary>
    public required decimal Remaining { get; init; }

    /// <summary>From the offer.</summary>
    public required bool Open { get; init; }

    /// <summary>From the offer.</summary>
    public required int Version { get; init; }

    /// <summary>The reference price of the market that can be traded at; null without one, and when the last one is stale.</summary>
    public decimal? ReferencePrice { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? ReferenceSource { get; init; }

    /// <summary>When the last reference price is too old to trade at; null where there never was one.</summary>
    public DateTimeOffset? ReferenceFreshUntil { get; init; }

    /// <summary>The stored rate that the reference price is.</summary>
    public Guid? ReferenceRateId { get; init; }

    /// <summary>Digits of the asset.</summary>
    public required int AssetScale { get; init; }

    /// <summary>Digits of the currency's minor unit.</summary>
    public required int FiatScale { get; init; }

    /// <summary>The asset's fee as a part of the amount.</summary>
    public required decimal FeeRate { get; init; }

    /// <summary>False: nobody can take the ad, because its asset was closed.</summary>
    public bool AssetIsTraded { get; init; } = true;

    /// <summary>The least amount of one order of the asset.</summary>
    public decimal? OrderMin { get; init; }

    /// <summary>The greatest amount of one order of the asset.</summary>
    public decimal? OrderMax { get; init; }

    /// <summary>Payment methods that are offered no longer, the ad's or others.</summary>
    public long[] MethodsOff { get; init; } = [];

    /// <summary>The most fiat of one order that a new taker may place in the ad's currency; null for no limit. So are the other five.</summary>
    public decimal? NewPerOrder { get; init; }

    public decimal? NewPerDay { get; init; }

    public decimal? VerifiedPerOrder { get; init; }

    public decimal? VerifiedPerDay { get; init; }

    public decimal? MerchantPerOrder { get; init; }

    public decimal? MerchantPerDay { get; init; }

    /// <summary>The maker's time zone; null without a schedule.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Minutes of the maker's local week in which the ad is open; null for always.</summary>
    public string? OpenWeek { get; init; }

    /// <summary>Until when the maker is on vacation.</summary>
    public DateTimeOffset? VacationUntil { get; init; }

    /// <summary>When the maker's ads are open.</summary>
    public MakerHours Hours => new(TimeZone, OpenWeek, VacationUntil);
}

/// <summary>What an ad's conditions are compared with.</summary>
public sealed record TakerFacts
{
    public required long UserId { get; init; }

    public required bool IsVerified { get; init; }

    public bool IsMerchant { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>Orders that ended with a release.</summary>
    public required int Completed { get; init; }

    /// <summary>Orders that ended cancelled or expired.</summary>
    public required int Cancelled { get; init; }
}
