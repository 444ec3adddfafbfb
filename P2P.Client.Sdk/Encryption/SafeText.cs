using System.Globalization;
using System.Text;

namespace P2P.Client.Sdk.Encryption;

/// <summary>
/// What a message says, as it may be shown: the server could not clean it, so the reader does. Control characters, those that turn the direction of
/// what follows, and those that nobody can see are taken out; line breaks become <c>\n</c>, tabs spaces.
/// </summary>
internal static class SafeText
{
    private const int CombiningMarksMax = 4;

    public static string Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (rune.Value == '\n')
            {
                kept.Append('\n');
            }
            else if (rune.Value == '\t')
            {
                kept.Append(' ');
            }
            else if (marks <= CombiningMarksMax && !IsUnwanted(rune, category))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Trim();
    }

    private static bool IsUnwanted(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is
            // Direction: marks, embeddings, overrides, isolates.
            0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
            // Nothing to see: soft hyphen, zero-width space, word joiner and its kin, byte order mark, interlinear notes, fillers, tags.
            or 0x00AD or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E or 0x200B or (>= 0x2060 and <= 0x2065)
            or (>= 0x206A and <= 0x206F) or 0x3164 or 0xFEFF or 0xFFA0 or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F);
}
