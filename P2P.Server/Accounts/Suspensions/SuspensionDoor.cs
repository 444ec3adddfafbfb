using P2P.Contracts;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Core;

namespace P2P.Server.Accounts.Suspensions;

/// <summary>Keeps suspended users from every REST path but those that let them read why, answer and leave.</summary>
internal static class SuspensionDoor
{
    public static TBuilder WhileSuspended<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Open.Instance);

    public static void RefuseSuspended(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var flow = http.RequestServices.GetRequiredService<SuspensionFlow>();
            if (http.GetEndpoint()?.Metadata.GetMetadata<Open>() is null
                && await flow.Live(http.User.Caller(), http.RequestAborted) is { } live)
            {
                throw new Refused(Refusal(live.Reason, live.Until));
            }

            return await next(context);
        });

    /// <summary>What a suspended user is told.</summary>
    public static Contracts.Deals.Reason Refusal(string reason, DateTimeOffset? until) =>
        until is { } end
            ? Refused.Because(ErrorCodes.Suspended, "Your P2P profile is suspended", ("reason", reason), ("until", WireJson.Spell(end)))
            : Refused.Because(ErrorCodes.Suspended, "Your P2P profile is suspended", ("reason", reason));

    private sealed class Open
    {
        public static readonly Open Instance = new();
    }
}
