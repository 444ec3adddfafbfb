namespace P2P.Server.Core.Http;

/// <summary>
/// Refuses hub requests of pages that are not on the list, before anybody is authenticated: a browser sends a WebSocket's upgrade from any
/// page, and SignalR accepts it. The setting <c>Origins</c> lists exact origins (<c>https://trade.example</c>).
/// </summary>
public static class OriginCheck
{
    private const string Hubs = "/hubs";

    /// <summary>Must stand before authentication.</summary>
    public static void UseOriginCheck(this WebApplication app)
    {
        var allowed = (app.Configuration.GetSection("Origins").Get<string[]>() ?? []).ToHashSet(StringComparer.Ordinal);
        app.Use((context, next) =>
        {
            // Whoever sends no Origin is no page: what such a caller must show is up to the authentication.
            var origin = context.Request.Headers.Origin;
            if (origin.Count == 0
                || !context.Request.Path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase)
                || (origin is [{ } one] && allowed.Contains(one)))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }
}
