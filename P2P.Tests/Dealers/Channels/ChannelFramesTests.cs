using System.Buffers.Binary;
using P2P.Client.Sdk.Channels;

namespace P2P.Tests.Dealers.Channels;

/// <summary>The stream of a channel frame by frame, to the byte of docs/channels.md.</summary>
public sealed class ChannelFramesTests
{
    private const int Segment = ChannelStream.SegmentBytesMax;

    [Test]
    public void A_session_begins_with_where_each_side_stands()
    {
        var (one, other) = (new ChannelStream(), new ChannelStream());
        one.Next().ShouldBeNull();
        one.Begin();
        one.Queue([1]);
        one.Next().ShouldBe([3, .. one.Id.ToByteArray(bigEndian: true), .. new byte[16], .. new byte[8]]);
        // Nothing more before the other side was heard.
        (one.Next(), one.IsResumed).ShouldBe((null, false));
        other.Begin();
        one.Take(other.Next()!).ShouldBeEmpty();
        (one.IsResumed, one.OtherId).ShouldBe((true, other.Id));
        // The other one has not heard of this stream: it is told once more, then it goes on.
        one.Next()![0].ShouldBe((byte)3);
        one.Next()![0].ShouldBe((byte)1);
    }

    [Test]
    public void What_came_is_acknowledged_once_and_told_at_the_next_beginning()
    {
        var (one, other) = Begun();
        one.Queue([7, 8]);
        one.Queue(new byte[Segment]);
        (one.IsWaited, one.Waiting, one.Acknowledged).ShouldBe((false, 2, 0L));
        var frame = one.Next()!;
        frame[..15].ShouldBe([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 7, 8]);
        one.IsWaited.ShouldBeTrue();
        other.Take(frame).ShouldHaveSingleItem().ShouldBe([7, 8]);
        other.Take(one.Next()!).ShouldHaveSingleItem().Length.ShouldBe(Segment);
        one.Next().ShouldBeNull();
        other.Next().ShouldBe([2, 0, 0, 0, 0, 0, 0, 0, 2]);
        other.Next().ShouldBeNull();
        other.IsWaited.ShouldBeFalse();

        other.Begin();
        var resume = other.Next()!;
        resume[1..17].ShouldBe(other.Id.ToByteArray(bigEndian: true));
        resume[17..33].ShouldBe(one.Id.ToByteArray(bigEndian: true));
        BinaryPrimitives.ReadInt64BigEndian(resume.AsSpan(33)).ShouldBe(2);
        one.Begin();
        one.Next();
        one.Take(resume);
        // It said what it has: nothing of that is sent again.
        (one.Waiting, one.Acknowledged, one.Next()).ShouldBe((0, 2L, null));
    }

    [Test]
    public void A_message_waits_until_its_last_segment_is_acknowledged()
    {
        var (one, _) = Begun();
        one.Queue(new byte[Segment + 100]);
        one.Queue([1]);
        one.Next();
        one.Next();
        one.Take(Acknowledgement(1));
        (one.Waiting, one.Acknowledged, one.IsWaited).ShouldBe((2, 1L, true));
        one.Take(Acknowledgement(1));
        one.Take(Acknowledgement(0));
        one.Waiting.ShouldBe(2);
        one.Take(Acknowledgement(2));
        (one.Waiting, one.Acknowledged, one.IsWaited).ShouldBe((0, 2L, false));
    }

    [Test]
    public void So_many_are_on_their_way_and_no_more()
    {
        var (one, _) = Begun();
        for (var i = 0; i < 70; i++)
        {
            one.Queue(new byte[Segment - 4]);
        }

        Numbers(one).ShouldBe(Enumerable.Range(1, 64).Select(i => (long)i));
        one.Take(Acknowledgement(10));
        Numbers(one).ShouldBe([65, 66, 67, 68, 69, 70]);
        one.SendAgain();
        Numbers(one).ShouldBe(Enumerable.Range(11, 60).Select(i => (long)i));
        // More than was ever sent is acknowledged as what was sent.
        one.Take(Acknowledgement(1_000));
        (one.Waiting, one.Acknowledged).ShouldBe((0, 70L));
    }

    [Test]
    public void What_is_repeated_or_comes_too_early_is_acknowledged_and_not_taken()
    {
        var (one, other) = Begun();
        one.Queue(new byte[Segment - 4]);
        one.Queue([2]);
        var (first, second) = (one.Next()!, one.Next()!);
        other.Take(second).ShouldBeEmpty();
        other.Next().ShouldBe(Acknowledgement(0));
        other.Take(first).Count.ShouldBe(1);
        other.Take(first).ShouldBeEmpty();
        other.Next().ShouldBe(Acknowledgement(1));
        other.Take(second).ShouldHaveSingleItem().ShouldBe([2]);
        // A segment of nothing says nothing.
        other.Next().ShouldBe(Acknowledgement(2));
        other.Take([1, 0, 0, 0, 0, 0, 0, 0, 3]).ShouldBeEmpty();
        other.Next().ShouldBeNull();
    }

    [Test]
    public void A_good_bye_ends_it()
    {
        var (one, other) = Begun();
        one.Queue([1]);
        var frame = one.Next()!;
        ChannelStream.GoodBye().ShouldBe([4]);
        other.Take([4, 0]).ShouldBeEmpty();
        other.HasEnded.ShouldBeFalse();
        other.Take(ChannelStream.GoodBye()).ShouldBeEmpty();
        other.HasEnded.ShouldBeTrue();
        other.Take(frame).ShouldBeEmpty();
    }

    [Test]
    public void The_longest_message_is_taken_and_a_longer_one_is_not()
    {
        var (one, other) = Begun();
        Should.Throw<ArgumentException>(() => one.Queue(new byte[ChannelStream.MessageBytesMax + 1]));
        one.Queue(new byte[ChannelStream.MessageBytesMax]);
        IReadOnlyList<byte[]> heard = [];
        while (heard.Count == 0)
        {
            if (one.Next() is { } frame)
            {
                heard = other.Take(frame);
            }

            if (other.Next() is { } back)
            {
                one.Take(back);
            }
        }

        heard.ShouldHaveSingleItem().Length.ShouldBe(ChannelStream.MessageBytesMax);
        other.HasEnded.ShouldBeFalse();
    }

    [Test]
    public void To_another_program_everything_is_numbered_anew()
    {
        var (one, former) = Begun();
        one.Queue(new byte[Segment - 4]);
        one.Queue([5]);
        one.Queue([6]);
        former.Take(one.Next()!);
        one.Take(former.Next()!);
        one.Next();
        one.Waiting.ShouldBe(2);

        var anew = new ChannelStream();
        one.Begin();
        anew.Begin();
        anew.Take(one.Next()!);
        one.Take(anew.Next()!);
        (one.OtherId, one.Waiting, one.Acknowledged, one.IsWaited).ShouldBe((anew.Id, 2, 0L, false));
        var frames = new List<byte[]>();
        while (one.Next() is { } frame)
        {
            frames.Add(frame);
        }

        // What the former one did not acknowledge.
        frames.Select(frame => frame[0]).ShouldBe([1]);
        BinaryPrimitives.ReadInt64BigEndian(frames[0].AsSpan(1)).ShouldBe(1);
        frames.SelectMany(frame => anew.Take(frame)).ShouldBe([[5], [6]]);
        one.Take(Acknowledgement(1));
        one.Waiting.ShouldBe(0);
    }

    private static (ChannelStream One, ChannelStream Other) Begun()
    {
        var (one, other) = (new ChannelStream(), new ChannelStream());
        one.Begin();
        other.Begin();
        other.Take(one.Next()!);
        one.Take(other.Next()!);
        // The first of them had not been heard of yet when the other one began; both are told everything now.
        while (one.Next() is { } frame)
        {
            other.Take(frame);
        }

        while (other.Next() is { } frame)
        {
            one.Take(frame);
        }

        return (one, other);
    }

    private static List<long> Numbers(ChannelStream one)
    {
        List<long> numbers = [];
        while (one.Next() is { } frame)
        {
            frame[0].ShouldBe((byte)1);
            numbers.Add(BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(1)));
        }

        return numbers;
    }

    private static byte[] Acknowledgement(long upTo)
    {
        var frame = new byte[9];
        frame[0] = 2;
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(1), upTo);
        return frame;
    }
}
