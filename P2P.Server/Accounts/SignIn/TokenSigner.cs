using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using P2P.Contracts.Admin;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>Signs tokens with the configured symmetric key: for the operator's command, for development and for tests.</summary>
public sealed class TokenSigner(AuthSettings settings, TimeProvider? time = null)
{
    /// <summary>How long a token lasts when nothing else is said.</summary>
    public static readonly TimeSpan LifetimeDefault = TimeSpan.FromHours(24);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly SigningCredentials _credentials = new(
        settings.SigningKey ?? throw new SettingsException(
            "Tokens are signed by the authority in Auth:Authority: ask it for one, this server has no key to sign with."),
        SecurityAlgorithms.HmacSha256);

    /// <summary>How long a token with these roles lasts when nothing else is said: one of staff as long as it may.</summary>
    public TimeSpan LifetimeOf(IReadOnlyCollection<string>? roles) =>
        roles?.Any(StaffRoles.All.Contains) == true ? TimeSpan.FromMinutes(settings.StaffTokenMinutes) : LifetimeDefault;

    /// <summary>A bearer token of this user (the claim <c>sub</c>) with these roles.</summary>
    public string Sign(string user, IReadOnlyCollection<string>? roles = null, TimeSpan? lifetime = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        var now = (time ?? TimeProvider.System).GetUtcNow().UtcDateTime;
        var claims = new ClaimsIdentity([new Claim(JwtRegisteredClaimNames.Sub, user), new Claim(JwtRegisteredClaimNames.Jti, $"{Guid.NewGuid():N}")]);
        claims.AddClaims((roles ?? []).Distinct(StringComparer.Ordinal).Select(role => new Claim("role", role)));
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Subject = claims,
            Issuer = settings.Issuer,
            Audience = settings.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + (lifetime ?? LifetimeOf(roles)),
            SigningCredentials = _credentials,
        });
    }
}
