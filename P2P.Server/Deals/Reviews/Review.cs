using P2P.Contracts.Deals;

namespace P2P.Server.Deals.Reviews;

/// <summary>A review as it is stored, with its author's name.</summary>
public sealed record Review
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>The order's kind; says on which hub its parties hear of it.</summary>
    public required OrderKind Kind { get; init; }

    public required long AuthorId { get; init; }

    public string? AuthorName { get; init; }

    public required long SubjectId { get; init; }

    public required Party WrittenBy { get; init; }

    public required int Stars { get; init; }

    public required string[] Tags { get; init; }

    public string? Body { get; init; }

    public required int Version { get; init; }

    public string? Reply { get; init; }

    public DateTimeOffset? RepliedAt { get; init; }

    public DateTimeOffset? HiddenAt { get; init; }

    public string? HiddenReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    public bool IsHidden => HiddenAt is not null;
}

/// <summary>An order as far as a review asks.</summary>
public sealed record ReviewedOrder
{
    public required Guid Id { get; init; }

    public required OrderKind Kind { get; init; }

    public required long BuyerId { get; init; }

    public required long SellerId { get; init; }

    public required OrderStatus Status { get; init; }

    /// <summary>The order was in a dispute once.</summary>
    public required bool WasDisputed { get; init; }

    /// <summary>Who reviews whom when this user writes.</summary>
    public (Party WrittenBy, long SubjectId) From(long authorId) =>
        authorId == BuyerId ? (Party.Buyer, SellerId) : (Party.Seller, BuyerId);
}

/// <summary>How a profile is rated.</summary>
public sealed record Rating
{
    public required int TotalReviews { get; init; }

    public required decimal AvgRating { get; init; }
}

/// <summary>The operator's limits on reviews (section <c>Limits</c>).</summary>
public sealed record ReviewLimits
{
    /// <summary>How long its author may edit a review.</summary>
    public int ReviewEditHours { get; init; } = 24;
}
