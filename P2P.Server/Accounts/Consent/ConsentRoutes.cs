using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;

namespace P2P.Server.Accounts.Consent;

/// <summary>The REST paths of the terms.</summary>
internal static class ConsentRoutes
{
    public static void MapConsent(this RouteGroupBuilder api)
    {
        api.MapGet("/terms", Terms).WhileSuspended();
        api.MapPost("/profile/consent", Consent);
    }

    private static async Task<IResult> Terms(HttpContext context, ConsentFlow flow)
    {
        var terms = await flow.Present(context.RequestAborted);
        return Envelope.Ok(new { terms.Version, Text = terms.Body, terms.Language });
    }

    private static async Task<IResult> Consent(HttpContext context, ConsentFlow flow)
    {
        var body = await RestJson.Read<ConsentBody>(context);
        var profile = await flow.Consent(context.User.Caller(), body.TermsVersion, context.RequestAborted);
        return Envelope.Ok(
            new { profile.HasConsent, TermsVersion = profile.ConsentedVersion, profile.ConsentedAt },
            "You have accepted the terms and conditions.");
    }

    /// <summary>What `profile/consent` takes.</summary>
    private sealed record ConsentBody
    {
        public required int TermsVersion { get; init; }
    }
}
