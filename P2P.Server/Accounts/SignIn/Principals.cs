using System.Globalization;
using System.Security.Claims;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>What a signed-in principal carries, whether it came by token or by ticket.</summary>
public static class Principals
{
    /// <summary>The user's id; added here, never taken from a token.</summary>
    public const string UserIdClaim = "p2p_user_id";

    public const string SubClaim = "sub";
    public const string RoleClaim = "role";
    public const string IssuedAtClaim = "iat";
    public const string ExpiresClaim = "exp";

    /// <summary>Who calls. Only for principals that were authenticated by one of our schemes.</summary>
    public static Caller Caller(this ClaimsPrincipal principal) =>
        new(
            long.Parse(Required(principal, UserIdClaim), CultureInfo.InvariantCulture),
            Required(principal, SubClaim));

    /// <summary>
    /// When the token was issued. A token that does not say counts as issued at the beginning of time: any revocation refuses it.
    /// </summary>
    public static DateTimeOffset IssuedAt(this ClaimsPrincipal principal) =>
        Time(principal, IssuedAtClaim) ?? DateTimeOffset.UnixEpoch;

    /// <summary>When the token ends.</summary>
    public static DateTimeOffset Expires(this ClaimsPrincipal principal) =>
        Time(principal, ExpiresClaim) ?? DateTimeOffset.UnixEpoch;

    public static IReadOnlyList<string> Roles(this ClaimsPrincipal principal) =>
        [.. principal.FindAll(RoleClaim).Select(claim => claim.Value)];

    private static string Required(ClaimsPrincipal principal, string type) =>
        principal.FindFirst(type)?.Value ?? throw new InvalidOperationException($"The principal has no claim {type}: its scheme is none of ours.");

    /// <summary>Seconds since 1970 (RFC 7519 allows a fraction).</summary>
    private static DateTimeOffset? Time(ClaimsPrincipal principal, string type) =>
        decimal.TryParse(principal.FindFirst(type)?.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 253_402_300_800m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
