using System.Security.Claims;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>What flows read of a signed-in principal, whether it came by token or by ticket.</summary>
public static class Principals
{
    public const string RoleClaim = "role";

    /// <summary>Who calls. Only for principals that were authenticated by one of our schemes.</summary>
    public static Caller Caller(this ClaimsPrincipal principal) =>
        CallerClaims.CallerOf(principal) ?? throw new InvalidOperationException("The principal did not pass our authentication.");

    public static IReadOnlyList<string> Roles(this ClaimsPrincipal principal) =>
        [.. principal.FindAll(RoleClaim).Select(claim => claim.Value)];
}
