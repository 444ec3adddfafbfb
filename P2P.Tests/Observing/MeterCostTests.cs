using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;

namespace P2P.Tests.Observing;

/// <summary>What counting costs a command while it is read.</summary>
[NonParallelizable] // It measures time.
public sealed class MeterCostTests
{
    private const int Commands = 20_000;
    private const int Rounds = 15;

    // What is seen on an idle machine is a third of a microsecond; the bound leaves room for one that is not.
    private const double MicrosecondsMax = 3;

    [Test]
    public void Counting_a_command_allocates_nothing_and_takes_no_time_to_speak_of()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var provider = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter(ServerMeter.Name).AddPrometheusExporter().Build();
        var meters = new EngineMeters(services.GetRequiredService<IMeterFactory>(), () => 0);
        var move = new MoveOrder
        {
            UserId = 1,
            RequestId = Guid.CreateVersion7(),
            BodyHash = [],
            OrderId = Guid.CreateVersion7(),
            Action = OrderAction.Release,
        };
        List<WaitingCommand> batch = [new WaitingCommand(move, default)];
        var (best, allocated) = (double.MaxValue, long.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var since = Stopwatch.GetTimestamp();
            for (var i = 0; i < Commands; i++)
            {
                // As much for one command as for a batch of its own, which is the most.
                meters.Taken(batch);
                meters.Loaded(since);
                meters.Saved(since);
                meters.Answered(move, null);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(since).TotalMicroseconds / Commands);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - bytes);
        }

        TestContext.Out.WriteLine($"{best:0.000} µs and {(double)allocated / Commands:0.000} bytes a command, alone in its batch");
        allocated.ShouldBeLessThan(Commands / 10);
        best.ShouldBeLessThan(MicrosecondsMax);
    }

    [Test]
    public void Where_nothing_is_traced_no_batch_makes_a_span()
    {
        ServerMeter.Traces.HasListeners().ShouldBeFalse();
        EngineMeters.Begin([]).ShouldBeNull();
    }
}
