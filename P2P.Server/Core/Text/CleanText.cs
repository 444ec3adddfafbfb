using System.Globalization;
using System.Text;

namespace P2P.Server.Core.Text;

/// <summary>
/// Text from people, as it is stored and shown: in Unicode's composed form (NFC), without control characters, without characters that
/// turn the
/// direction of what follows or that nobody can see, and without towers of combining marks.
/// </summary>
public static class CleanText
{
    private const int CodeCharsMax = 20;
    private const int CombiningMarksMax = 4;

    /// <summary>Could be the code of an asset or a currency: short and without control characters, which the database would not bear.</summary>
    public static bool IsCode(string text) => text.Length is >= 1 and <= CodeCharsMax && !text.Any(char.IsControl);

    /// <summary>Text of one line: line breaks and tabs become spaces. Null when nothing is left.</summary>
    public static string? Line(string? text) => Clean(text, keepLines: false);

    /// <summary>Text of several lines: line breaks of any kind become <c>\n</c>. Null when nothing is left.</summary>
    public static string? Block(string? text) => Clean(text, keepLines: true);

    /// <summary>
    /// Letters and digits alone, for comparing: without the marks on letters, letters of other shapes as they are spelled elsewhere, apostrophes
    /// left out, and anything else as a space.
    /// </summary>
    public static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var rune in Composition.WithoutMarks(text).EnumerateRunes())
        {
            bare.Append(rune.Value switch
            {
                'ß' => "ss",
                'æ' or 'Æ' => "ae",
                'œ' or 'Œ' => "oe",
                'ø' or 'Ø' => "o",
                'ł' or 'Ł' => "l",
                'đ' or 'Đ' or 'ð' or 'Ð' => "d",
                'þ' or 'Þ' => "th",
                'ı' => "i",
                '\'' or '\u2019' => "",
                _ when Rune.IsLetterOrDigit(rune) => rune.ToString(),
                _ => " ",
            });
        }

        return bare.ToString();
    }

    private static string? Clean(string? text, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var kept = new StringBuilder(text.Length);
        Rune previous = default;
        // Half of a surrogate pair is read as U+FFFD: the database would refuse it as it stands.
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsLineBreak(rune))
            {
                // \r\n is one break.
                if (!(rune.Value == '\n' && previous.Value == '\r'))
                {
                    kept.Append(keepLines ? '\n' : ' ');
                }
            }
            else if (rune.Value == '\t')
            {
                kept.Append(' ');
            }
            else if (!IsUnwanted(rune))
            {
                kept.Append(rune.ToString());
            }

            previous = rune;
        }

        // Composed now and not before: what was taken out may have stood between a letter and its mark.
        var clean = WithoutTowers(Composition.Compose(kept.ToString())).Trim();
        return clean.Length == 0 ? null : clean;
    }

    private static string WithoutTowers(string text)
    {
        var result = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = IsCombiningMark(rune) ? marks + 1 : 0;
            if (marks <= CombiningMarksMax)
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    private static bool IsCombiningMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsLineBreak(Rune rune) => rune.Value is '\n' or '\r' or 0x0B or 0x0C or 0x85 or 0x2028 or 0x2029;

    private static bool IsUnwanted(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse
        || rune.Value is
            // Direction: marks, embeddings, overrides, isolates.
            0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
            // Nothing to see: soft hyphen, zero-width space, word joiner and its kin, byte order mark, interlinear notes, fillers.
            or 0x00AD or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E or 0x200B or (>= 0x2060 and <= 0x2065)
            or (>= 0x206A and <= 0x206F) or 0x3164 or 0xFEFF or 0xFFA0 or (>= 0xFFF9 and <= 0xFFFB)
            // No characters at all.
            or (>= 0xFDD0 and <= 0xFDEF)
        || (rune.Value & 0xFFFE) == 0xFFFE;
}
