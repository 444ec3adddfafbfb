using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.SignalR;

namespace P2P.Server.Core.Hubs;

/// <summary>
/// The outermost filter: what a call throws becomes a hub exception with our text. It awaits nothing before the call, so that the filter
/// behind it still sees the calls in the order of their frames.
/// </summary>
public sealed class RefusalFilter(Refusals refusals) : IHubFilter
{
    private static readonly Histogram<double> Took = ServerMeter.Meter.CreateHistogram<double>(
        "p2p.hub.call.duration", "ms", "How long hub calls took, by method.");

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var from = Stopwatch.GetTimestamp();
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not HubException)
        {
            var call = invocationContext.ServiceProvider.GetRequiredService<CallScope>();
            var gone = invocationContext.Context.ConnectionAborted.IsCancellationRequested;
            throw new HubException(refusals.Of(e, invocationContext.HubMethodName, call.TimeIsOver, gone).ToWire());
        }
        finally
        {
            Took.Record(
                Stopwatch.GetElapsedTime(from).TotalMilliseconds,
                new KeyValuePair<string, object?>("method", invocationContext.HubMethod.Name));
        }
    }
}
