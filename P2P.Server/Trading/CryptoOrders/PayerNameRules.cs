using System.Collections.Frozen;
using P2P.Contracts.Trading;
using P2P.Server.Core.Text;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>
/// Whether two names are one person's, for people who compare a bank's statement with what they were told. Case, accents, punctuation, titles and
/// the order of the words do not count; words may be left out or be initials, as long as two whole words agree.
/// </summary>
public static class PayerNameRules
{
    private const int WholeWordsMin = 2;

    private static readonly FrozenSet<string> Titles = FrozenSet.Create(StringComparer.Ordinal, "MR", "MRS", "MS", "MISS", "DR", "PROF", "SIR");

    /// <summary>What the seller is shown.</summary>
    /// <param name="told">What the buyer said; null for nothing.</param>
    /// <param name="known">Holders of the buyer's own accounts, the likeliest first.</param>
    public static PayerView Compare(string? told, IReadOnlyList<string> known)
    {
        var same = told is null ? null : known.FirstOrDefault(name => AreSame(told, name));
        return new PayerView
        {
            Name = told,
            KnownName = same ?? (known.Count > 0 ? known[0] : null),
            Match = told is null ? PayerMatch.NotTold
                : known.Count == 0 ? PayerMatch.NothingKnown
                : same is null ? PayerMatch.Differs : PayerMatch.Matches,
        };
    }

    public static bool AreSame(string one, string other)
    {
        var (few, many) = (Words(one), Words(other));
        if (few.Count > many.Count)
        {
            (few, many) = (many, few);
        }

        if (few.Count == 0)
        {
            return false;
        }

        // Whole words first, so that an initial takes none of them away from its like.
        var whole = 0;
        var left = new List<string>(many);
        var initials = new List<string>();
        foreach (var word in few)
        {
            if (left.Remove(word))
            {
                whole += word.Length > 1 ? 1 : 0;
            }
            else
            {
                initials.Add(word);
            }
        }

        // The same words are the same name, however short they are.
        return (left.Count == 0 && initials.Count == 0)
            || (whole >= WholeWordsMin && initials.TrueForAll(word => left.FindIndex(next => IsInitial(word, next)) is >= 0 and var at && Taken(left, at)));
    }

    private static bool IsInitial(string one, string other) => (one.Length == 1 || other.Length == 1) && one[0] == other[0];

    private static bool Taken(List<string> words, int at)
    {
        words.RemoveAt(at);
        return true;
    }

    private static List<string> Words(string name) =>
    [
        .. CleanText.Bare(name).ToUpperInvariant()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !Titles.Contains(word)),
    ];
}
