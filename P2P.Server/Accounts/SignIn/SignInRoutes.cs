using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SignIn;

/// <summary>The REST paths of tickets and of signing out.</summary>
internal static class SignInRoutes
{
    public static void MapSignIn(this RouteGroupBuilder api)
    {
        api.MapPost("/ticket", Issue).WhileSuspended();
        api.MapPost("/sign-out", SignOut).WhileSuspended();
    }

    private static async Task<IResult> Issue(HttpContext context, TicketFlow flow)
    {
        var ticket = await flow.Issue(context.User, UrlTokens.Origin(context.Request), context.RequestAborted);
        return Envelope.Ok(new { Ticket = ticket.Text, ticket.ExpiresAt });
    }

    private static async Task<IResult> SignOut(HttpContext context, SignOutFlow flow)
    {
        await flow.SignOut(context.User.Caller(), CallerClaims.IssuedAtOf(context.User), context.RequestAborted);
        return Envelope.Ok(new { }, "You are signed out everywhere.");
    }
}
