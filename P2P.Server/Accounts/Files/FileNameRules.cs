using System.Text;
using P2P.Contracts;
using P2P.Contracts.Files;
using P2P.Server.Core.Text;

namespace P2P.Server.Accounts.Files;

/// <summary>What becomes of the name that a file was sent under: text to show, never a path.</summary>
internal static class FileNameRules
{
    private const string Unwanted = "<>:\"|?*";

    /// <summary>The last part of the name, in one clean line, with an extension that fits the content.</summary>
    /// <param name="encoded">The name, percent-encoded; anything at all.</param>
    /// <param name="kind">What the content is.</param>
    public static string Clean(string? encoded, FileKind kind)
    {
        var extensions = ExtensionsOf(kind);
        var text = CleanText.Line(Uri.UnescapeDataString(encoded ?? "")) ?? "";
        text = text[(text.LastIndexOfAny(['/', '\\']) + 1)..];
        text = string.Concat(text.Select(letter => Unwanted.Contains(letter) ? '_' : letter)).Trim(' ', '.');
        if (text.Length == 0)
        {
            text = "file";
        }

        var fitting = Array.Find(extensions, extension => text.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        var (stem, end) = fitting is null ? (text, extensions[0]) : (text[..^fitting.Length], text[^fitting.Length..]);
        stem = Cut(stem, Limits.FileNameCharsMax - end.Length);
        return (stem.Length == 0 ? "file" : stem) + end;
    }

    private static string[] ExtensionsOf(FileKind kind) => kind switch
    {
        FileKind.Jpeg => [".jpg", ".jpeg"],
        FileKind.Png => [".png"],
        FileKind.WebP => [".webp"],
        FileKind.Pdf => [".pdf"],
        FileKind.Opaque => [".bin"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Cuts between characters, never inside one.</summary>
    private static string Cut(string text, int charsMax)
    {
        if (text.Length <= charsMax)
        {
            return text;
        }

        var kept = new StringBuilder(charsMax);
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > charsMax)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
