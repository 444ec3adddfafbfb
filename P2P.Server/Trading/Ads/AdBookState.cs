using P2P.Contracts.Trading;

namespace P2P.Server.Trading.Ads;

/// <summary>
/// One book as this node last read it: what a snapshot shows, and what a new reading changes. Versions are consecutive; a reading without a
/// difference makes none. Pure but for its own state; its owner calls it from one thread at a time.
/// </summary>
public sealed class AdBookState(Market market)
{
    /// <summary>Rows of a book.</summary>
    public const int RowsMax = 500;

    private Dictionary<Guid, BookRow> _rows = [];

    /// <summary>The number of the newest reading that differed.</summary>
    public long Version { get; private set; } = 1;

    public Market Market => market;

    /// <summary>True when ads beyond the book's end may exist: only a whole reading tells which of them comes in.</summary>
    public bool IsFull => _rows.Count >= RowsMax;

    /// <summary>True when these rows might bring the book to its end.</summary>
    public bool WouldFill(IReadOnlyCollection<BookRow> rows) => _rows.Count + rows.Count >= RowsMax;

    /// <summary>The book, best price for the taker first.</summary>
    public AdBook Snapshot() => new() { Market = market, Version = Version, Rows = [.. InOrder(_rows.Values)] };

    /// <summary>Takes a whole reading; null when nothing differs.</summary>
    public AdBookChanged? Replace(IEnumerable<BookRow> rows)
    {
        var now = rows.ToDictionary(row => row.AdId);
        return Change(now, _rows.Keys.Where(id => !now.ContainsKey(id)));
    }

    /// <summary>Takes all rows of some makers; null when nothing differs.</summary>
    public AdBookChanged? ReplaceOf(IReadOnlySet<long> makerIds, IEnumerable<BookRow> rows)
    {
        var now = rows.ToDictionary(row => row.AdId);
        var gone = _rows.Values.Where(row => makerIds.Contains(row.MakerId) && !now.ContainsKey(row.AdId)).Select(row => row.AdId);
        foreach (var row in _rows.Values.Where(row => !makerIds.Contains(row.MakerId)))
        {
            now.Add(row.AdId, row);
        }

        return Change(now, gone);
    }

    /// <summary>Two changes, the second following on the first, as one: the newest state of each ad.</summary>
    public static AdBookChanged Merge(AdBookChanged older, AdBookChanged newer)
    {
        var told = newer.Set.Select(row => row.AdId).Concat(newer.Removed).ToHashSet();
        return new AdBookChanged
        {
            Market = newer.Market,
            AfterVersion = older.AfterVersion,
            Version = newer.Version,
            Set = [.. older.Set.Where(row => !told.Contains(row.AdId)), .. newer.Set],
            Removed = [.. older.Removed.Where(id => !told.Contains(id)), .. newer.Removed],
        };
    }

    private AdBookChanged? Change(Dictionary<Guid, BookRow> now, IEnumerable<Guid> gone)
    {
        BookRow[] set = [.. now.Values.Where(row => !_rows.TryGetValue(row.AdId, out var before) || !AreSame(before, row))];
        Guid[] removed = [.. gone];
        if (set.Length == 0 && removed.Length == 0)
        {
            return null;
        }

        _rows = now;
        Version++;
        return new AdBookChanged { Market = market, AfterVersion = Version - 1, Version = Version, Set = set, Removed = removed };
    }

    private IEnumerable<BookRow> InOrder(IEnumerable<BookRow> rows) => market.Side == AdSide.Sell
        ? rows.OrderBy(row => row.Price).ThenBy(row => row.AdId)
        : rows.OrderByDescending(row => row.Price).ThenBy(row => row.AdId);

    /// <summary>Records compare lists by reference.</summary>
    private static bool AreSame(BookRow one, BookRow other) =>
        one.PaymentMethodIds.SequenceEqual(other.PaymentMethodIds) && one == other with { PaymentMethodIds = one.PaymentMethodIds };
}
