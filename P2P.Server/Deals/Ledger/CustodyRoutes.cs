using P2P.Server.Accounts.Rest;

namespace P2P.Server.Deals.Ledger;

/// <summary>The wallet service's REST paths, for tokens with the role <c>custody</c>.</summary>
public static class CustodyRoutes
{
    public const string Role = "custody";

    public static void MapCustody(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<CustodyLimits>();
        var api = app.MapGroup("/api/custody")
            .RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireRole(Role))
            .WithMetadata(new RestBucket(Role, limits.CustodyPerMinute));
        api.MapGet("/withdrawals", async (Guid? after, int? limit, CustodyFlow flow, CancellationToken cancellation) =>
            Envelope.Ok(await flow.Waiting(after, limit, cancellation)));
        api.MapPost("/withdrawals/{id:guid}/settle", (Guid id, HttpContext context, CustodyFlow flow) => End(id, true, context, flow));
        api.MapPost("/withdrawals/{id:guid}/return", (Guid id, HttpContext context, CustodyFlow flow) => End(id, false, context, flow));
        api.MapPost("/deposits", async (HttpContext context, CustodyFlow flow) =>
            Envelope.Ok(await flow.Deposit(await RestJson.Read<DepositBody>(context), context.RequestAborted)));
    }

    private static async Task<IResult> End(Guid id, bool settled, HttpContext context, CustodyFlow flow) =>
        Envelope.Ok(await flow.End(id, settled, await RestJson.Read<EndWithdrawalBody>(context), context.RequestAborted));
}

/// <summary>How often the wallet service may ask (section <c>Limits</c>).</summary>
public sealed record CustodyLimits
{
    /// <summary>Requests in any minute, apart from users' (<c>Limits:CustodyPerMinute</c>).</summary>
    public int CustodyPerMinute { get; init; } = 600;
}
