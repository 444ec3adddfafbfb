namespace P2P.Contracts.Trading;

/// <summary>One side of one market.</summary>
public sealed record Market
{
    /// <summary>What the makers do.</summary>
    public required AdSide Side { get; init; }

    /// <summary>The asset's code.</summary>
    public required string Asset { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Fiat { get; init; }
}

/// <summary>One public ad in the live book.</summary>
public sealed record BookRow
{
    /// <summary>The ad's id.</summary>
    public required Guid AdId { get; init; }

    /// <summary>Profile id of its maker.</summary>
    public required long MakerId { get; init; }

    /// <summary>The maker's name.</summary>
    public string? MakerName { get; init; }

    /// <summary>The price now.</summary>
    public required decimal Price { get; init; }

    /// <summary>Least fiat for one order.</summary>
    public required decimal AmountMin { get; init; }

    /// <summary>Most fiat for one order now.</summary>
    public required decimal AmountMax { get; init; }

    /// <summary>How much of the asset is left.</summary>
    public required decimal Remaining { get; init; }

    /// <summary>Accepted payment methods.</summary>
    public required IReadOnlyList<long> PaymentMethodIds { get; init; }
}

/// <summary>All public ads of one side of a market, best price first; at most 500.</summary>
public sealed record AdBook
{
    /// <summary>Which market.</summary>
    public required Market Market { get; init; }

    /// <summary>The number that the first change after it follows on.</summary>
    public required long Version { get; init; }

    /// <summary>The ads.</summary>
    public required IReadOnlyList<BookRow> Rows { get; init; }
}

/// <summary>What changed in a book since the version before: the newest state of each ad, whatever happened in between.</summary>
public sealed record AdBookChanged
{
    /// <summary>Which market.</summary>
    public required Market Market { get; init; }

    /// <summary>Follows on this version; a client that has another subscribes again.</summary>
    public required long AfterVersion { get; init; }

    /// <summary>The book's version now.</summary>
    public required long Version { get; init; }

    /// <summary>Ads that are new or different.</summary>
    public required IReadOnlyList<BookRow> Set { get; init; }

    /// <summary>Ids of ads that are no longer there.</summary>
    public required IReadOnlyList<Guid> Removed { get; init; }
}
