using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin;

/// <summary>Texts in staff's requests.</summary>
internal static class AdminText
{
    private const int KeyCharsMax = 210;

    /// <summary>A filter that must fit exactly; null for none.</summary>
    public static string? Key(string? text, string path) =>
        text is null ? null
        : text.Length is >= 1 and <= KeyCharsMax && CleanText.Line(text) == text ? text
        : throw new Refused(ErrorCodes.BadInput, $"A filter is one line of at most {KeyCharsMax} characters.", ("path", path));
}
