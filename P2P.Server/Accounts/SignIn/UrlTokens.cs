namespace P2P.Server.Accounts.SignIn;

/// <summary>Tokens and tickets in a hub's URL, where browsers must put them.</summary>
internal static class UrlTokens
{
    public const string Parameter = "access_token";

    public static readonly PathString Hubs = new("/hubs");

    public static bool IsHub(HttpRequest request) => request.Path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase);

    /// <summary>A JWT has three parts with dots between, a ticket has none.</summary>
    public static string? Ticket(HttpRequest request) =>
        Of(request) is { } token && !token.Contains('.', StringComparison.Ordinal) ? token : null;

    public static string? Jwt(HttpRequest request) =>
        Of(request) is { } token && token.Contains('.', StringComparison.Ordinal) ? token : null;

    /// <summary>The one Origin of the request; null without any.</summary>
    public static string? Origin(HttpRequest request) =>
        request.Headers.Origin is { Count: 1 } origin && !string.IsNullOrEmpty(origin[0]) ? origin[0] : null;

    private static string? Of(HttpRequest request) =>
        IsHub(request)
            && request.Headers.Authorization.Count == 0
            && request.Query[Parameter] is { Count: 1 } token
            && !string.IsNullOrEmpty(token[0])
            ? token[0]
            : null;
}
