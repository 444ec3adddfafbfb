using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using P2P.Server.Core;

namespace P2P.Tests.Realtime.Support;

/// <summary>Signs in whoever the header names: <c>Authorization: Test user-id issued-at expires</c>, times in seconds since 1970.</summary>
internal sealed class TestScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Test";

    public static string Header(long userId, DateTimeOffset issuedAt, DateTimeOffset expires) =>
        $"{Name} {userId} {issuedAt.ToUnixTimeSeconds()} {expires.ToUnixTimeSeconds()}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString().Split(' ') is not [Name, var user, var issuedAt, var expires])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = new ClaimsIdentity(
            [
                new Claim(CallerClaims.Sub, $"sub-{user}"),
                new Claim(CallerClaims.UserId, user),
                new Claim(CallerClaims.IssuedAt, issuedAt),
                new Claim(CallerClaims.Expires, expires),
            ],
            Name);
        var properties = new AuthenticationProperties
        {
            ExpiresUtc = DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture)),
        };
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Name)));
    }
}
