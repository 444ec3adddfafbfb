using P2P.Contracts.Accounts;

namespace P2P.Contracts.Admin;

/// <summary>What can be traded here and how it is paid, as staff see it.</summary>
public sealed record CatalogueView
{
    /// <summary>All payment methods, also those that are offered no longer, by name.</summary>
    public required IReadOnlyList<CatalogueMethod> PaymentMethods { get; init; }

    /// <summary>All assets, by code.</summary>
    public required IReadOnlyList<CatalogueAsset> Assets { get; init; }

    /// <summary>All currencies, by code.</summary>
    public required IReadOnlyList<CatalogueCurrency> Currencies { get; init; }

    /// <summary>How much whoever takes ads may trade, one row for each currency that has limits, by code.</summary>
    public required IReadOnlyList<CatalogueLimits> Limits { get; init; }

    /// <summary>The present version of the terms.</summary>
    public required int TermsVersion { get; init; }
}

/// <summary>A payment method.</summary>
public sealed record CatalogueMethod
{
    /// <summary>The method as users see it.</summary>
    public required PaymentMethod Method { get; init; }

    /// <summary>False: new ads and new orders do not take it; orders that stand go on.</summary>
    public required bool IsOffered { get; init; }
}

/// <summary>An asset.</summary>
public sealed record CatalogueAsset
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Digits after the point, 0 to 8.</summary>
    public required int Scale { get; init; }

    /// <summary>The maker's fee as a part of the traded amount (0.001 is 0.1 %).</summary>
    public required decimal FeeRate { get; init; }

    /// <summary>The least amount of one order; null for none.</summary>
    public decimal? OrderMin { get; init; }

    /// <summary>The greatest amount of one order; null for none.</summary>
    public decimal? OrderMax { get; init; }

    /// <summary>False: no new ads and no new orders; orders that stand go on.</summary>
    public required bool IsTraded { get; init; }

    /// <summary>False: nothing is credited; withdrawals go on.</summary>
    public required bool TakesDeposits { get; init; }
}

/// <summary>A currency.</summary>
public sealed record CatalogueCurrency
{
    /// <summary>ISO 4217 code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Digits of its minor unit, 0 to 4.</summary>
    public required int Scale { get; init; }
}

/// <summary>How much takers may trade in one currency, by their level.</summary>
public sealed record CatalogueLimits
{
    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>For those whose identity nobody checked.</summary>
    public required LevelLimits New { get; init; }

    /// <summary>For those whose identity staff checked.</summary>
    public required LevelLimits Verified { get; init; }

    /// <summary>For merchants.</summary>
    public required LevelLimits Merchant { get; init; }
}

/// <summary>How much takers of one level may trade, in the currency's units.</summary>
public sealed record LevelLimits
{
    /// <summary>The most of one order; null for no limit.</summary>
    public decimal? PerOrder { get; init; }

    /// <summary>The most of a day, not below that of one order; null for no limit.</summary>
    public decimal? PerDay { get; init; }
}

/// <summary>Adds a payment method, offered at once.</summary>
public sealed record AddPaymentMethodRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>A stable short name of 2 to 40 small letters, digits and dashes.</summary>
    public required string Code { get; init; }

    /// <summary>What people call it, 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of payment it is.</summary>
    public required PaymentMethodKind Kind { get; init; }

    /// <summary>ISO 3166 code of the country; null where it spans several.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>What a payer must know, 1 to 10 fields with keys of their own.</summary>
    public required IReadOnlyList<PaymentField> Fields { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Changes a payment method; what is left out stays.</summary>
public sealed record ChangePaymentMethodRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which.</summary>
    public required long PaymentMethodId { get; init; }

    /// <summary>What people call it, 1 to 60 characters.</summary>
    public string? Name { get; init; }

    /// <summary>What a payer must know: for accounts that are saved from now on.</summary>
    public IReadOnlyList<PaymentField>? Fields { get; init; }

    /// <summary>Whether new ads and new orders take it.</summary>
    public bool? IsOffered { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Adds an asset.</summary>
public sealed record AddAssetRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Its code, 2 to 10 capital letters and digits; it never changes.</summary>
    public required string Code { get; init; }

    /// <summary>Its name, 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Digits after the point, 0 to 8; they never change.</summary>
    public required int Scale { get; init; }

    /// <summary>The maker's fee as a part of the traded amount, from 0 to below 0.1.</summary>
    public required decimal FeeRate { get; init; }

    /// <summary>The least amount of one order; null for none.</summary>
    public decimal? OrderMin { get; init; }

    /// <summary>The greatest amount of one order; null for none.</summary>
    public decimal? OrderMax { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Changes an asset for what is placed from now on; what is left out stays.</summary>
public sealed record ChangeAssetRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>Which.</summary>
    public required string Code { get; init; }

    /// <summary>Its name, 1 to 60 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The maker's fee as a part of the traded amount, from 0 to below 0.1.</summary>
    public decimal? FeeRate { get; init; }

    /// <summary>The least amount of one order; 0 for none.</summary>
    public decimal? OrderMin { get; init; }

    /// <summary>The greatest amount of one order; 0 for none.</summary>
    public decimal? OrderMax { get; init; }

    /// <summary>Whether there are new ads and new orders.</summary>
    public bool? IsTraded { get; init; }

    /// <summary>Whether anything is credited.</summary>
    public bool? TakesDeposits { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Adds a currency.</summary>
public sealed record AddCurrencyRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>ISO 4217 code; it never changes.</summary>
    public required string Code { get; init; }

    /// <summary>Its name, 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Digits of its minor unit, 0 to 4; they never change.</summary>
    public required int Scale { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Changes how much takers may trade in a currency; a level that is left out stays as it is.</summary>
public sealed record ChangeLimitsRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Both limits of those whose identity nobody checked.</summary>
    public LevelLimits? New { get; init; }

    /// <summary>Both limits of those whose identity staff checked.</summary>
    public LevelLimits? Verified { get; init; }

    /// <summary>Both limits of merchants.</summary>
    public LevelLimits? Merchant { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Publishes terms.</summary>
public sealed record PublishTermsRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>The terms; a frame holds 32 KB, and longer ones are published with the operator's command.</summary>
    public required string Text { get; init; }

    /// <summary>Their language, a tag such as <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Why, 1 to 1,000 characters, for the audit log.</summary>
    public required string Reason { get; init; }
}

/// <summary>Terms that were published.</summary>
public sealed record PublishedTerms
{
    /// <summary>Their version.</summary>
    public required int Version { get; init; }
}
