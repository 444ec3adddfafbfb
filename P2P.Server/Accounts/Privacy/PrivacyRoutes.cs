using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Rest;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;

namespace P2P.Server.Accounts.Privacy;

/// <summary>The REST paths of what is known of oneself, and of its deletion. Taking it along is a right of suspended users, too.</summary>
internal static class PrivacyRoutes
{
    public static void MapPrivacy(this RouteGroupBuilder api)
    {
        api.MapGet("/privacy/export", Export).WhileSuspended();
        api.MapGet("/privacy/delete", Get);
        api.MapPost("/privacy/delete", Ask);
        api.MapDelete("/privacy/delete", CallOff);
    }

    private static async Task<IResult> Export(HttpContext context, ExportFlow flow)
    {
        var export = await flow.Write(context.User.Caller(), context.RequestAborted);
        context.Response.RegisterForDisposeAsync(export);
        context.Response.ContentLength = export.Length;
        return Results.Stream(export, "application/json", "p2p-export.json");
    }

    private static async Task<IResult> Get(HttpContext context, DeletionFlow flow) =>
        Answer(await flow.Get(context.User.Caller(), context.RequestAborted));

    private static async Task<IResult> Ask(HttpContext context, DeletionFlow flow)
    {
        var body = context.Request.ContentLength is null or 0 && context.Request.Headers.TransferEncoding.Count == 0
            ? new AskBody()
            : await RestJson.Read<AskBody>(context);
        return Answer(
            await flow.Ask(context.User.Caller(), body.SecondFactorCode, context.RequestAborted),
            "Your account will be deleted. Until then you can call it off.");
    }

    private static async Task<IResult> CallOff(HttpContext context, DeletionFlow flow) =>
        Answer(await flow.CallOff(context.User.Caller(), context.RequestAborted), "Your account stays.");

    private static IResult Answer(DeletionStatus status, string? message = null) => Envelope.Ok(
        new
        {
            Deletion = new
            {
                status.AskedAt,
                status.DueAt,
                Reasons = status.Reasons.Select(reason => new { reason.Code, reason.Message }).ToList(),
            },
        },
        message);

    /// <summary>What asking takes; all of it may be left out.</summary>
    private sealed record AskBody
    {
        public string? SecondFactorCode { get; init; }
    }
}
