using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>Authenticates a hub connection by the ticket in its URL.</summary>
internal sealed class TicketScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TicketFlow tickets,
    SignInCheck check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (UrlTokens.Ticket(Request) is not { } text)
        {
            return AuthenticateResult.NoResult();
        }

        var principal = await tickets.Redeem(text, UrlTokens.Origin(Request), Scheme.Name, Context.RequestAborted);
        if (principal is null)
        {
            return AuthenticateResult.Fail("The ticket is not (or no longer) good.");
        }

        return await check.Admit(principal, forHub: true, Context.RequestAborted) is { } refusal
            ? AuthenticateResult.Fail(refusal)
            : AuthenticateResult.Success(new AuthenticationTicket(
                principal,
                new AuthenticationProperties { ExpiresUtc = CallerClaims.ExpiresOf(principal) },
                Scheme.Name));
    }
}
