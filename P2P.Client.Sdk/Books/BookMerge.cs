using P2P.Contracts.Trading;

namespace P2P.Client.Sdk.Books;

/// <summary>What a change does to a book.</summary>
internal enum BookMergeResult
{
    /// <summary>The book already knows more than the change.</summary>
    Old,

    /// <summary>The change was put in.</summary>
    Merged,

    /// <summary>A change in between is missing: the book must be read anew.</summary>
    Gap,
}

/// <summary>Puts changes into a book. Pure.</summary>
internal static class BookMerge
{
    /// <summary>The book after a change.</summary>
    public static (BookMergeResult Result, AdBook Book) Apply(AdBook book, AdBookChanged change)
    {
        if (change.Version <= book.Version)
        {
            return (BookMergeResult.Old, book);
        }

        // A change that begins earlier and ends later fits too: it tells each ad's newest state, whatever happened in between.
        if (change.AfterVersion > book.Version)
        {
            return (BookMergeResult.Gap, book);
        }

        var gone = change.Removed.Concat(change.Set.Select(row => row.AdId)).ToHashSet();
        var rows = book.Rows.Where(row => !gone.Contains(row.AdId)).Concat(change.Set).ToList();
        rows.Sort((a, b) => Compare(book.Market.Side, a, b));
        return (BookMergeResult.Merged, book with { Version = change.Version, Rows = rows });
    }

    /// <summary>Best price for the taker first: the cheapest of those who sell, the highest of those who buy.</summary>
    private static int Compare(AdSide side, BookRow a, BookRow b)
    {
        var byPrice = side == AdSide.Buy ? b.Price.CompareTo(a.Price) : a.Price.CompareTo(b.Price);
        return byPrice != 0 ? byPrice : a.AdId.CompareTo(b.AdId);
    }
}
