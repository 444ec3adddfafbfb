using System.Globalization;
using System.Security.Claims;
using P2P.Contracts.Admin;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>What must hold beyond a good signature before a principal counts as signed in, whether it came by token or by ticket.</summary>
public sealed class SignInCheck(UserDirectory users, Revocations revocations, AuthSettings settings, TimeProvider time)
{
    /// <summary>How far the issuer's clock may be off, for REST.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a hub connection's token must still last, without any skew: else it would be closed as soon as it stands.
    /// </summary>
    public static readonly TimeSpan HubMargin = TimeSpan.FromSeconds(5);

    private const int SubCharsMax = 200;

    /// <summary>
    /// Adds the user's id to the principal's claims. Answers why the principal is refused; null when it is signed in.
    /// </summary>
    public async Task<string?> Admit(ClaimsPrincipal principal, bool forHub, CancellationToken cancellation)
    {
        if (principal.Identity is not ClaimsIdentity identity
            || principal.FindFirst(CallerClaims.Sub)?.Value is not { } sub
            || !IsGoodSub(sub))
        {
            return "The token names no user.";
        }

        var issuedAt = CallerClaims.IssuedAtOf(principal);
        var now = time.GetUtcNow();
        if (issuedAt > now + Skew)
        {
            // A token from the future would outlive every revocation.
            return "The token was issued in the future.";
        }

        if (forHub && CallerClaims.ExpiresOf(principal) < now + HubMargin)
        {
            return "The token is about to end.";
        }

        if (StaffRoles.All.Any(role => CallerClaims.HasRole(principal, role))
            && CallerClaims.ExpiresOf(principal) - issuedAt > TimeSpan.FromMinutes(settings.StaffTokenMinutes))
        {
            return "A token with a role of staff lasts too long.";
        }

        if (await revocations.Refuse(sub, issuedAt, cancellation))
        {
            return "The token was revoked.";
        }

        foreach (var forged in identity.FindAll(CallerClaims.UserId).ToList())
        {
            identity.RemoveClaim(forged);
        }

        var id = await users.IdOf(sub, cancellation);
        identity.AddClaim(new Claim(CallerClaims.UserId, id.ToString(CultureInfo.InvariantCulture)));
        return null;
    }

    /// <summary>The server's own user cannot sign in, nor can a name that the database or a log would not bear.</summary>
    private static bool IsGoodSub(string sub) =>
        sub.Length is >= 1 and <= SubCharsMax && sub != Core.Caller.System.Sub && !sub.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
