using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;

namespace P2P.Server.Core.Hubs;

/// <summary>Refuses null where a method wants a value: the JSON protocol lets it through.</summary>
public sealed class ArgumentFilter : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var parameters = HubMethodRules.Of(invocationContext.HubMethod).Parameters;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].MustBeThere && invocationContext.HubMethodArguments[i] is null)
            {
                throw new Refused(ErrorCodes.BadInput, "An argument must not be null.", ("path", parameters[i].Name));
            }
        }

        return next(invocationContext);
    }
}
