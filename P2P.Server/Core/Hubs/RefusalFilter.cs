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
    private const string Ok = "OK";

    private static readonly Histogram<double> Took = ServerMeter.Seconds("p2p.hub.call.duration", "How long hub calls took, by method.");
    private static readonly Counter<long> Calls = ServerMeter.Meter.CreateCounter<long>(
        "p2p.hub.calls", "{call}", "Hub calls that were answered, by method and code.");

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var from = Stopwatch.GetTimestamp();
        var code = Ok;
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not HubException)
        {
            var call = invocationContext.ServiceProvider.GetRequiredService<CallScope>();
            var gone = invocationContext.Context.ConnectionAborted.IsCancellationRequested;
            var refused = refusals.Of(e, invocationContext.HubMethodName, call.TimeIsOver, gone);
            code = refused.Code;
            throw new HubException(refused.ToWire());
        }
        finally
        {
            // The method's own name, not the caller's spelling of it: there are no more series than methods.
            var method = new KeyValuePair<string, object?>("method", invocationContext.HubMethod.Name);
            Took.Record(Stopwatch.GetElapsedTime(from).TotalSeconds, method);
            Calls.Add(1, method, new KeyValuePair<string, object?>("code", code));
            Activity.Current?.SetTag("p2p.code", code);
        }
    }
}
