namespace P2P.Server.Core.Observing;

/// <summary>Tells whoever asks how the process stands; needs no user's token. Strangers hear one word.</summary>
internal static class HealthEndpoint
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
    public const string Metrics = "/metrics";

    public static bool IsHealth(PathString path) => path == Live || path == Ready;

    /// <summary>What the REST contract fixes.</summary>
    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/p2p/health", () => Results.Text("P2P service is running")).AllowAnonymous();

    /// <summary>What load balancers and orchestrators ask: 200, or 503 for a node that should get no users.</summary>
    public static void MapHealthParts(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        var door = app.Services.GetRequiredService<OperatorDoor>();
        app.MapGet(Live, () => Results.Text("live")).AllowAnonymous();
        app.MapGet(Ready, async (HttpContext context) =>
        {
            var health = await readiness.Look(context.RequestAborted);
            var status = health.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.CacheControl = "no-store";
            return door.Admits(context)
                ? Results.Json(new { status = health.Word, parts = health.Parts }, statusCode: status)
                : Results.Text(health.Word, statusCode: status);
        }).AllowAnonymous();
    }
}
