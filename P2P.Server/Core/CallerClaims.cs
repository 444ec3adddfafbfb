using System.Globalization;
using System.Security.Claims;

namespace P2P.Server.Core;

/// <summary>What a signed-in principal says of the caller and of the token.</summary>
public static class CallerClaims
{
    /// <summary>The user's id: added at authentication, never taken from a token.</summary>
    public const string UserId = "p2p_user_id";

    public const string Sub = "sub";
    public const string Role = "role";
    public const string IssuedAt = "iat";
    public const string Expires = "exp";

    /// <summary>Who calls; null for a principal that did not pass our authentication.</summary>
    public static Caller? CallerOf(ClaimsPrincipal? principal) =>
        long.TryParse(principal?.FindFirst(UserId)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            && principal.FindFirst(Sub)?.Value is { } sub
            ? new Caller(userId, sub)
            : null;

    /// <summary>Whether the token gives this role, exactly so spelt.</summary>
    public static bool HasRole(ClaimsPrincipal? principal, string role) => principal?.HasClaim(Role, role) == true;

    /// <summary>
    /// When the token was issued. One that does not say counts as issued at the beginning of time: any revocation closes its connections.
    /// </summary>
    public static DateTimeOffset IssuedAtOf(ClaimsPrincipal? principal) => Time(principal, IssuedAt) ?? DateTimeOffset.MinValue;

    /// <summary>When the token ends.</summary>
    public static DateTimeOffset ExpiresOf(ClaimsPrincipal? principal) => Time(principal, Expires) ?? DateTimeOffset.MaxValue;

    /// <summary>Seconds since 1970, possibly with a fraction.</summary>
    private static DateTimeOffset? Time(ClaimsPrincipal? principal, string type) =>
        decimal.TryParse(principal?.FindFirst(type)?.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 253_402_300_800m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
