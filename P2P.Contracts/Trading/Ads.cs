using P2P.Contracts.Deals;

namespace P2P.Contracts.Trading;

/// <summary>Puts up an ad.</summary>
public sealed record CreateAdRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>What the maker does.</summary>
    public required AdSide Side { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>How much of the asset in all.</summary>
    public required decimal Total { get; init; }

    /// <summary>The rest.</summary>
    public required AdTerms Terms { get; init; }
}

/// <summary>The same as <see cref="CreateAdRequest"/>, to be checked only.</summary>
public sealed record CheckCreateAdRequest
{
    /// <summary>What the maker does.</summary>
    public required AdSide Side { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>How much of the asset in all.</summary>
    public required decimal Total { get; init; }

    /// <summary>The rest.</summary>
    public required AdTerms Terms { get; init; }
}

/// <summary>What a check of an ad answers.</summary>
public sealed record AdCheck
{
    /// <summary>True when <c>CreateAd</c> would succeed now.</summary>
    public required bool Allowed { get; init; }

    /// <summary>Every reason why not, in the order in which the command checks them.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Why the ad would not be shown once it exists (see <see cref="AdView.HiddenBecause"/>).</summary>
    public required IReadOnlyList<Reason> HiddenBecause { get; init; }

    /// <summary>The price that it would have now; null without a fresh reference price.</summary>
    public decimal? Price { get; init; }

    /// <summary>The maker's fee as a part of the traded amount (0.001 is 0.1 %).</summary>
    public required decimal FeeRate { get; init; }
}

/// <summary>Replaces an ad's terms as a whole.</summary>
public sealed record UpdateAdRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the ad has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>All of the terms.</summary>
    public required AdTerms Terms { get; init; }
}

/// <summary>Changes how much an ad trades in all.</summary>
public sealed record ChangeAdTotalRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the ad has another version.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>The new total, at least what open and released orders have taken.</summary>
    public required decimal Total { get; init; }
}

/// <summary>Pauses, resumes or deletes an ad.</summary>
public sealed record AdRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Refuse with STALE_VERSION when the ad has another version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>What every change of an ad answers.</summary>
public sealed record AdReply
{
    /// <summary>The ad's id.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Whether it can be taken.</summary>
    public required AdStatus Status { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }

    /// <summary>
    /// The secret of an ad by link, told once, by the change that made it: 128 bits, base64url. A repeat of the request does not tell it again.
    /// </summary>
    public string? LinkSecret { get; init; }
}

/// <summary>Which ad.</summary>
public sealed record GetAdRequest
{
    /// <summary>The ad's id.</summary>
    public required Guid AdId { get; init; }

    /// <summary>The secret of an ad by link.</summary>
    public string? LinkSecret { get; init; }
}

/// <summary>The maker of an ad, or a party of an order, as others see them.</summary>
public sealed record TraderView
{
    /// <summary>The profile's id.</summary>
    public required long ProfileId { get; init; }

    /// <summary>The name; null until one is chosen.</summary>
    public string? Username { get; init; }

    /// <summary>Identity was checked by staff.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Trades as a business.</summary>
    public required bool IsMerchant { get; init; }

    /// <summary>Orders that ended with a release.</summary>
    public required int CompletedTrades { get; init; }

    /// <summary>Completed of total in percent, two decimals; null before the first trade ended.</summary>
    public decimal? CompletionRate { get; init; }

    /// <summary>The reputation, 0 to 100; null before three distinct partners, and in orders.</summary>
    public decimal? Reputation { get; init; }
}

/// <summary>An ad as the caller sees it.</summary>
public sealed record AdView
{
    /// <summary>The ad's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who put it up.</summary>
    public required TraderView Maker { get; init; }

    /// <summary>What the maker does.</summary>
    public required AdSide Side { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Whether it can be taken.</summary>
    public required AdStatus Status { get; init; }

    /// <summary>Grows by one with each change of the ad (not with its orders).</summary>
    public required int Version { get; init; }

    /// <summary>The price now; null when a floating one has no fresh reference price.</summary>
    public decimal? Price { get; init; }

    /// <summary>Where the reference price comes from; null for a fixed price.</summary>
    public string? PriceSource { get; init; }

    /// <summary>The terms; viewers and auto-reply are left out for everyone but the maker.</summary>
    public required AdTerms Terms { get; init; }

    /// <summary>How much of the asset in all.</summary>
    public required decimal Total { get; init; }

    /// <summary>How much is left.</summary>
    public required decimal Remaining { get; init; }

    /// <summary>The most fiat that one order can have now: bounded by the terms and by what is left.</summary>
    public decimal? AmountMaxNow { get; init; }

    /// <summary>Why the caller could not take it now; empty when they could. Always empty on the caller's own ads.</summary>
    public required IReadOnlyList<Reason> CannotTakeBecause { get; init; }

    /// <summary>Why the ad is shown to nobody; only on the caller's own ads, empty when it is shown.</summary>
    public IReadOnlyList<Reason>? HiddenBecause { get; init; }

    /// <summary>When it was put up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>In which order ads are listed.</summary>
public enum AdOrder
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>Best price for the taker first.</summary>
    Price,

    /// <summary>Best reputation first (makers without one last), then most completed trades.</summary>
    Reputation,
}

/// <summary>Which ads.</summary>
public sealed record ListAdsRequest
{
    /// <summary>What the maker does: <c>sell</c> lists what the caller can buy.</summary>
    public required AdSide Side { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }

    /// <summary>Ads that take an order of so much fiat.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Ads that take this payment method.</summary>
    public long? PaymentMethodId { get; init; }

    /// <summary>Ads that take a payment method of this country (ISO 3166).</summary>
    public string? Country { get; init; }

    /// <summary>Ads of verified makers.</summary>
    public bool? VerifiedOnly { get; init; }

    /// <summary>Ads of merchants.</summary>
    public bool? MerchantsOnly { get; init; }

    /// <summary>Ads of the caller's favourites.</summary>
    public bool? FavouritesOnly { get; init; }

    /// <summary>Ads that the caller could take now.</summary>
    public bool? EligibleOnly { get; init; }

    /// <summary>Price when left out.</summary>
    public AdOrder? OrderBy { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>; good for the same filters and order only.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Which of one's own ads.</summary>
public sealed record MyAdsRequest
{
    /// <summary>Closed ones too.</summary>
    public bool? IncludeClosed { get; init; }

    /// <summary>Rows on the page, 1 to 100; 20 when left out.</summary>
    public int? Limit { get; init; }

    /// <summary>The former page's <c>nextCursor</c>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>One of the caller's own ads changed.</summary>
public sealed record AdChanged
{
    /// <summary>The ad's id.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Whether it can be taken.</summary>
    public required AdStatus Status { get; init; }

    /// <summary>Its version now.</summary>
    public required int Version { get; init; }
}
