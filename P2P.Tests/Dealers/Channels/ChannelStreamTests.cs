using P2P.Client.Sdk.Channels;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers.Channels;

/// <summary>The stream of a channel on a way that loses, repeats the beginning, and changes: pure, so that thousands of ways can be walked.</summary>
public sealed class ChannelStreamTests
{
    [Test]
    public void Whatever_is_lost_messages_arrive_once_and_in_order()
    {
        var random = new Random(Tier.Seed());
        var (messages, frames, lost, sessions) = (0, 0, 0, 0);
        for (var run = 0; run < Tier.Pick(everyRun: 300, nightly: 20_000); run++)
        {
            var (one, other) = (new ChannelStream(), new ChannelStream());
            var (toOther, toOne) = (Messages(random), Messages(random));
            var (atOther, atOne) = (new List<byte[]>(), new List<byte[]>());
            var loss = random.NextDouble() * 0.5;
            Begin();
            foreach (var message in toOther)
            {
                one.Queue(message);
            }

            foreach (var message in toOne)
            {
                other.Queue(message);
            }

            for (var step = 0; (atOther.Count < toOther.Count || atOne.Count < toOne.Count || one.Waiting + other.Waiting > 0) && step < 20_000; step++)
            {
                if (random.Next(200) == 0)
                {
                    Begin();
                }

                var moved = Carry(one, other, atOther) | Carry(other, one, atOne);
                if (!moved)
                {
                    one.SendAgain();
                    other.SendAgain();
                }
            }

            Same(atOther, toOther);
            Same(atOne, toOne);
            (one.Waiting, other.Waiting).ShouldBe((0, 0));
            messages += toOther.Count + toOne.Count;

            void Begin()
            {
                one.Begin();
                other.Begin();
                sessions++;
            }

            bool Carry(ChannelStream from, ChannelStream to, List<byte[]> heard)
            {
                if (from.Next() is not { } frame)
                {
                    return false;
                }

                frames++;
                if (random.NextDouble() < loss)
                {
                    lost++;
                }
                else
                {
                    heard.AddRange(to.Take(frame));
                }

                return true;
            }
        }

        TestContext.Out.WriteLine($"{messages} messages in {frames} frames, {lost} of them lost, over {sessions} sessions");
        lost.ShouldBeGreaterThan(1_000);
    }

    [Test]
    public void To_a_program_that_begins_anew_everything_that_waits_is_sent_whole()
    {
        var (one, former) = Begun();
        var messages = Enumerable.Range(1, 5).Select(size => new byte[size * 15_000]).ToList();
        messages.ForEach(one.Queue);
        former.Take(one.Next()!).Count.ShouldBe(1); // The first, and a part of the second.
        one.Take(former.Next()!);

        var anew = new ChannelStream();
        one.Begin();
        anew.Begin();
        var heard = new List<byte[]>();
        for (var i = 0; i < 200 && heard.Count < 4; i++)
        {
            if (one.Next() is { } frame)
            {
                heard.AddRange(anew.Take(frame));
            }

            if (anew.Next() is { } back)
            {
                one.Take(back);
            }
        }

        heard.Select(message => message.Length).ShouldBe([30_000, 45_000, 60_000, 75_000]);
    }

    [Test]
    public void Frames_of_chance_break_nothing_and_say_nothing()
    {
        var random = new Random(Tier.Seed());
        var (one, other) = Begun();
        for (var i = 0; i < 10_000; i++)
        {
            var frame = new byte[random.Next(60)];
            random.NextBytes(frame);
            if (frame.Length > 0 && frame[0] is 1 or 3 or 4)
            {
                frame[0] = 200; // Sealed frames are never of chance; what is not known is passed over.
            }

            one.Take(frame).ShouldBeEmpty();
        }

        one.Queue([7]);
        other.Take(one.Next()!).ShouldHaveSingleItem().ShouldBe([7]);
        Should.Throw<ArgumentException>(() => one.Queue(new byte[ChannelStream.MessageBytesMax + 1]));
    }

    [TestCase(int.MinValue)]
    [TestCase(-1)]
    [TestCase(ChannelStream.MessageBytesMax + 1)]
    [TestCase(int.MaxValue)]
    public void A_length_that_nobody_sends_ends_the_stream_and_keeps_nothing(int length)
    {
        var (one, other) = Begun();
        one.Queue([1, 2, 3]);
        var frame = one.Next()!;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(9), length);
        other.Take(frame).ShouldBeEmpty();
        other.HasEnded.ShouldBeTrue();
        other.Take(frame).ShouldBeEmpty();
    }

    [Test]
    public void Whoever_does_not_read_takes_no_more_and_misses_nothing()
    {
        var (one, other) = Begun();
        one.Queue([7]);
        other.Take(one.Next()!, isFull: true).ShouldBeEmpty();
        one.Waiting.ShouldBe(1);
        one.SendAgain();
        other.Take(one.Next()!).ShouldHaveSingleItem().ShouldBe([7]);
        one.Take(other.Next()!);
        one.Waiting.ShouldBe(0);
    }

    private static (ChannelStream One, ChannelStream Other) Begun()
    {
        var (one, other) = (new ChannelStream(), new ChannelStream());
        one.Begin();
        other.Begin();
        other.Take(one.Next()!);
        one.Take(other.Next()!);
        return (one, other);
    }

    private static List<byte[]> Messages(Random random) =>
        [.. Enumerable.Range(0, random.Next(40)).Select(_ => Bytes(random, random.Next(8) == 0 ? random.Next(60_000) : random.Next(4) == 0 ? ChannelStream.SegmentBytesMax - random.Next(12) : random.Next(200)))];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Same(List<byte[]> heard, List<byte[]> sent)
    {
        heard.Count.ShouldBe(sent.Count);
        heard.Zip(sent).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
    }
}
