using System.Globalization;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Events;

namespace P2P.Tests.Sdk;

/// <summary>What tests of the resume protocol begin with, and its steps as text.</summary>
internal static class SequencerPlay
{
    public static readonly Guid Epoch = Guid.Parse("0190f3a0-0000-7000-8000-000000000001");
    public static readonly Guid Restored = Guid.Parse("0190f3a0-0000-7000-8000-000000000002");
    public static readonly long Ack = EventSequencer<long>.AckTicks;
    public static readonly long Hole = EventSequencer<long>.HoleTicks;

    public static EventSequencer<long> Connected(long seq)
    {
        var one = new EventSequencer<long>(new EventPosition(Epoch, seq));
        one.Connected(Epoch, seq, 1, now: 0);
        return one;
    }

    /// <summary>Connected at this number, with nothing to be acknowledged. Its time begins anew at 0.</summary>
    public static EventSequencer<long> Settled(long seq)
    {
        var one = new EventSequencer<long>(new EventPosition(Epoch, seq));
        one.Connected(Epoch, seq, 1, now: -Ack);
        one.Tick(0);
        Steps(one).ShouldBe(seq == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"ack {seq}"));
        one.WakeAt.ShouldBeNull();
        return one;
    }

    public static IEnumerable<(long Seq, long Event)> Events(long from, long to)
    {
        for (var seq = from; seq <= to; seq++)
        {
            yield return (seq, seq);
        }
    }

    public static string Steps(EventSequencer<long> one) => string.Join(", ", one.TakeSteps().Select(step => step switch
    {
        SequencerStep<long>.Deliver deliver => string.Create(CultureInfo.InvariantCulture, $"{deliver.Event}"),
        SequencerStep<long>.Ask ask => string.Create(CultureInfo.InvariantCulture, $"ask {ask.AskId} after {ask.AfterSeq}"),
        SequencerStep<long>.Ack ack => string.Create(CultureInfo.InvariantCulture, $"ack {ack.Seq}"),
        SequencerStep<long>.Begin begin => string.Create(CultureInfo.InvariantCulture, $"begin {begin.Seq}"),
        SequencerStep<long>.Resync resync => string.Create(CultureInfo.InvariantCulture, $"resync {resync.Seq}"),
        _ => throw new InvalidOperationException($"{step} is unknown."),
    }));
}
