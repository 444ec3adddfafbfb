using System.Globalization;
using System.Text;

namespace P2P.Server.Core;

/// <summary>
/// Text by people for people, as it is stored: NFC, line ends as <c>\n</c>, no other control characters and nothing that turns the writing
/// direction around, so that what is read is what was checked.
/// </summary>
public static class PlainText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The cleaned text; null when nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                cleaned.Append(' ');
            }
            else if (rune.Value == '\n' || IsShown(rune))
            {
                cleaned.Append(rune);
            }
        }

        return cleaned.ToString().Normalize(NormalizationForm.FormC).Trim() is { Length: > 0 } left ? left : null;
    }

    /// <summary>Joiners stay: emoji and several scripts need them.</summary>
    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format) || rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner;
}
