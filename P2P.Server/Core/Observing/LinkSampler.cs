using System.Diagnostics;
using OpenTelemetry.Trace;

namespace P2P.Server.Core.Observing;

/// <summary>
/// Traces a share of what begins here, whatever a caller from outside asks for: who pays for traces decides how many there are. What
/// follows from something traced is traced, and so is a batch in which one command is.
/// </summary>
internal sealed class LinkSampler(double share) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(share);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent.TraceId != default && !parent.IsRemote)
        {
            var isTraced = parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
            return new SamplingResult(isTraced ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
        }

        foreach (var link in samplingParameters.Links ?? [])
        {
            if (!link.Context.IsRemote && link.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            {
                return new SamplingResult(SamplingDecision.RecordAndSample);
            }
        }

        return _share.ShouldSample(samplingParameters);
    }
}
