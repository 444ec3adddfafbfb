using System.Globalization;

namespace P2P.Server.Core.Hubs;

/// <summary>What a request for a hub hears that does not become a connection.</summary>
internal static class HubAnswer
{
    public static Task Refuse(HttpContext context, int status, string code, string error, int? retryAfterMs = null)
    {
        context.Response.StatusCode = status;
        if (retryAfterMs is { } ms)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (ms + 999) / 1_000).ToString(CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsJsonAsync(new { success = false, error, code }, context.RequestAborted);
    }
}
