using System.Buffers;
using System.Text.Json;

namespace P2P.Contracts;

/// <summary>
/// How a refusal looks on the wire: <c>CODE|message|details</c>, where details is a JSON object (<c>{}</c> without any) and the message never
/// contains <c>|</c>.
/// </summary>
public static class RefusalText
{
    private const string Marker = "HubException: ";
    private static readonly SearchValues<char> CodeChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Writes a refusal.</summary>
    public static string Write(string code, string message, string detailsJson) =>
        $"{code}|{message.Replace('|', '/')}|{detailsJson}";

    /// <summary>
    /// Reads a refusal out of a hub call's error text, with or without SignalR's own prefix. False when the text is none of ours.
    /// </summary>
    /// <param name="text">The error's text as heard.</param>
    /// <param name="code">One of <see cref="ErrorCodes"/>, or a newer one.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="details">A JSON object.</param>
    public static bool TryRead(string text, out string code, out string message, out JsonElement details)
    {
        var marker = text.IndexOf(Marker, StringComparison.Ordinal);
        var body = marker < 0 ? text : text[(marker + Marker.Length)..];
        var first = body.IndexOf('|', StringComparison.Ordinal);
        var second = first < 0 ? -1 : body.IndexOf('|', first + 1);
        if (second > 0 && body.AsSpan(0, first).IndexOfAnyExcept(CodeChars) < 0)
        {
            try
            {
                details = JsonSerializer.Deserialize<JsonElement>(body[(second + 1)..]);
                code = body[..first];
                message = body[(first + 1)..second];
                return true;
            }
            catch (JsonException)
            {
                // Not our text after all: the caller reports it as it stands.
            }
        }

        (code, message, details) = ("", text, default);
        return false;
    }
}
