using System.Globalization;
using System.Text.Json;
using P2P.Contracts;

namespace P2P.Client.Sdk;

/// <summary>
/// The server refused, or could not be reached in time. <see cref="Code"/> says what; programs decide by it and never by the message.
/// </summary>
public sealed class P2PException : Exception
{
    /// <summary>Makes one with a code.</summary>
    public P2PException(string code, string message, JsonElement details = default, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Details = details;
        RetryAfter = ReadRetryAfter(details);
    }

    /// <summary>One of <see cref="ErrorCodes"/>, or a newer one.</summary>
    public string Code { get; }

    /// <summary>A JSON object with what the code's documentation names; undefined when there is none.</summary>
    public JsonElement Details { get; }

    /// <summary>
    /// The request id of the changing call that failed, whoever made it; null for calls that change nothing. After
    /// <see cref="ErrorCodes.Timeout"/> or <see cref="ErrorCodes.Unavailable"/> the change may have happened: to learn that, or to have it
    /// happen, repeat the call with the overload that takes the request, under this id. A new call without it acts a second time.
    /// </summary>
    public Guid? RequestId { get; internal set; }

    /// <summary>How long to wait before a repeat, where the server says so.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// True when a repeat under the same request id may succeed. The SDK has repeated such a call already until its time was over; after
    /// <see cref="ErrorCodes.Timeout"/> and <see cref="ErrorCodes.Unavailable"/> it is unknown whether the change happened.
    /// </summary>
    public bool IsTransient =>
        Code is ErrorCodes.Busy or ErrorCodes.RateLimited or ErrorCodes.Timeout or ErrorCodes.Unavailable or ErrorCodes.Draining;

    /// <summary>Reads a hub call's error text; null when it is no refusal of the server's.</summary>
    internal static P2PException? TryRead(Exception error) =>
        RefusalText.TryRead(error.Message, out var code, out var message, out var details)
            ? new P2PException(code, message, details, error)
            : null;

    private static TimeSpan? ReadRetryAfter(JsonElement details)
    {
        if (details.ValueKind != JsonValueKind.Object || !details.TryGetProperty("retryAfterMs", out var value))
        {
            return null;
        }

        var known = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out var number) ? number : -1,
            JsonValueKind.String =>
                long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var text) ? text : -1,
            _ => -1,
        };
        return known is >= 0 and <= int.MaxValue ? TimeSpan.FromMilliseconds(known) : null;
    }
}
