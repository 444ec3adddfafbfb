using System.Globalization;
using System.Text;

namespace P2P.Server.Core.Text;

/// <summary>
/// Unicode's composed form (NFC, Unicode Standard annex 15). The runtime's own <c>Normalize</c> silently does nothing where globalization
/// is
/// invariant, as it is here, so that no server depends on its host's ICU.
/// </summary>
internal static class Composition
{
    // Below this, every character is composed and none combines.
    private const int FirstOfInterest = 0x300;

    private const int HangulFirst = 0xAC00;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailBefore = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Lazy<Tables> Unicode = new(Tables.Read);

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstOfInterest - 1)))
        {
            return text;
        }

        var parts = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, parts);
        }

        Order(parts);
        Join(parts);
        var result = new StringBuilder(parts.Count);
        foreach (var part in parts)
        {
            result.Append(new Rune(part).ToString());
        }

        return result.ToString();
    }

    /// <summary>The letters without the marks on them.</summary>
    public static string WithoutMarks(string text)
    {
        var parts = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, parts);
        }

        parts.RemoveAll(part => Class(part) > 0);
        var result = new StringBuilder(parts.Count);
        foreach (var part in parts)
        {
            result.Append(new Rune(part).ToString());
        }

        return result.ToString();
    }

    private static void Decompose(int character, List<int> parts)
    {
        var hangul = character - HangulFirst;
        if (hangul is >= 0 and < Leads * Vowels * Tails)
        {
            parts.Add(LeadFirst + (hangul / (Vowels * Tails)));
            parts.Add(VowelFirst + (hangul % (Vowels * Tails) / Tails));
            if (hangul % Tails > 0)
            {
                parts.Add(TailBefore + (hangul % Tails));
            }
        }
        else if (Unicode.Value.Parts.TryGetValue(character, out var pair))
        {
            Decompose(pair.First, parts);
            if (pair.Second > 0)
            {
                parts.Add(pair.Second);
            }
        }
        else
        {
            parts.Add(character);
        }
    }

    /// <summary>Marks that do not touch each other stand in one order, whatever order they were typed in.</summary>
    private static void Order(List<int> parts)
    {
        var start = 0;
        while (start < parts.Count)
        {
            var end = start;
            while (end < parts.Count && Class(parts[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                // LINQ's order is stable: marks of one class keep theirs.
                var ordered = parts[start..end].OrderBy(Class).ToList();
                for (var i = start; i < end; i++)
                {
                    parts[i] = ordered[i - start];
                }
            }

            start = end + 1;
        }
    }

    private static void Join(List<int> parts)
    {
        var starter = -1;
        var written = 0;
        var lastClass = 0;
        foreach (var part in parts.ToArray())
        {
            var own = Class(part);
            // A mark is blocked by one of the same or a higher class between it and its letter; a letter by anything.
            var free = starter >= 0 && (written == starter + 1 || (own > 0 && lastClass < own));
            if (free && Pair(parts[starter], part) is { } whole)
            {
                parts[starter] = whole;
                continue;
            }

            if (own == 0)
            {
                starter = written;
            }

            lastClass = own;
            parts[written++] = part;
        }

        parts.RemoveRange(written, parts.Count - written);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadFirst is >= 0 and < Leads && second - VowelFirst is >= 0 and < Vowels)
        {
            return HangulFirst + ((((first - LeadFirst) * Vowels) + (second - VowelFirst)) * Tails);
        }

        var hangul = first - HangulFirst;
        if (hangul is >= 0 and < Leads * Vowels * Tails && hangul % Tails == 0 && second - TailBefore is > 0 and < Tails)
        {
            return first + (second - TailBefore);
        }

        return Unicode.Value.Wholes.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int Class(int character) => Unicode.Value.Classes.GetValueOrDefault(character);

    /// <summary>What <c>Composition.txt</c> says.</summary>
    private sealed class Tables
    {
        public Dictionary<int, (int First, int Second)> Parts { get; } = [];

        public Dictionary<(int First, int Second), int> Wholes { get; } = [];

        public Dictionary<int, byte> Classes { get; } = [];

        public static Tables Read()
        {
            var tables = new Tables();
            using var stream = typeof(Composition).Assembly.GetManifestResourceStream("Composition.txt")
                ?? throw new InvalidOperationException("Composition.txt is not embedded.");
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                if (!line.StartsWith('#'))
                {
                    foreach (var entry in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    {
                        tables.Add(entry);
                    }
                }
            }

            return tables;
        }

        private void Add(string entry)
        {
            if (entry.Split('=') is [var character, var parts])
            {
                var pair = parts.TrimStart('!').Split('+');
                var value = (Hex(pair[0]), pair.Length > 1 ? Hex(pair[1]) : 0);
                Parts.Add(Hex(character), value);
                if (!parts.StartsWith('!'))
                {
                    Wholes.Add(value, Hex(character));
                }
            }
            else if (entry.Split(':', '-') is [var first, var last, var number])
            {
                for (var mark = Hex(first); mark <= Hex(last); mark++)
                {
                    Classes.Add(mark, byte.Parse(number, CultureInfo.InvariantCulture));
                }
            }
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
