namespace P2P.Server.Core;

/// <summary>Tells whoever asks that the process answers; needs no token.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this WebApplication app) =>
        app.MapGet("/p2p/health", () => Results.Text("P2P service is running")).AllowAnonymous();
}
