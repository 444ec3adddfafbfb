namespace P2P.Contracts;

/// <summary>One page of a list in a fixed order. Pages are taken by position of the last row, so rows that come or go meanwhile shift nothing.</summary>
public sealed record Page<T>
{
    /// <summary>The rows, at most as many as asked for.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>What to give as <c>cursor</c> for the next page; null on the last one. Its contents mean nothing to a client.</summary>
    public string? NextCursor { get; init; }
}
