using P2P.Client.Sdk;
using P2P.Client.Sdk.Events;
using static P2P.Tests.Sdk.SequencerPlay;

namespace P2P.Tests.Sdk;

/// <summary>The resume protocol over connections that come and go, to servers that know more, less, or another history.</summary>
internal sealed class EventSequencerConnectionTests
{
    [TestCase(8, 1, "")]
    [TestCase(9, 1, "ask 1 after 8")]
    [TestCase(20, 9, "ask 1 after 8")]
    [TestCase(20, 10, "resync 20")]
    [TestCase(7, 1, "resync 7")]
    public void A_connection_goes_on_where_the_stream_still_has_what_is_missing(long head, long first, string steps)
    {
        var one = new EventSequencer<long>(new EventPosition(Epoch, 8));
        one.Connected(Epoch, head, first, now: 0);
        Steps(one).ShouldBe(steps);
    }

    [Test]
    public void A_connection_to_another_history_begins_anew()
    {
        var one = new EventSequencer<long>(new EventPosition(Epoch, 8));
        one.Connected(Restored, 20, 1, now: 0);
        one.TakeSteps().ShouldHaveSingleItem().ShouldBe(new SequencerStep<long>.Resync(Restored, 20));
        (one.Received, one.Full).ShouldBe((20, false));
        one.Tick(Ack);
        Steps(one).ShouldBe("ack 20");
    }

    [Test]
    public void A_new_connection_is_told_again_what_is_here_and_asked_anew()
    {
        var one = Settled(0);
        one.Pushed(1, 1, now: 0);
        one.Pushed(3, 3, now: 0);
        one.Tick(Hole);
        Steps(one).ShouldBe("1, ask 1 after 1");
        one.Lost();
        one.WakeAt.ShouldBeNull();
        one.Pushed(2, 2, now: Hole);
        one.HeadHeard(Epoch, 9, now: Hole);
        one.PageHeard(1, Events(2, 3), headSeq: 3, now: Hole);
        one.ResyncHeard(1, Restored, 3, now: Hole);
        one.AskFailed(1, now: Hole);
        one.Tick(10 * Ack);
        Steps(one).ShouldBe("");
        one.Received.ShouldBe(1);

        one.Connected(Epoch, 3, 1, now: 20 * Ack);
        Steps(one).ShouldBe("ask 2 after 1");
        one.WakeAt.ShouldBe(21 * Ack);
        one.PageHeard(2, Events(2, 2), headSeq: 3, now: 20 * Ack);
        // Three was kept.
        Steps(one).ShouldBe("2, 3");
        one.Tick(21 * Ack);
        Steps(one).ShouldBe("ack 3");
        one.Lost();
        one.Connected(Epoch, 3, 1, now: 30 * Ack);
        one.Tick(31 * Ack);
        Steps(one).ShouldBe("ack 3");
    }

    [Test]
    public void What_waited_of_a_former_history_is_not_handed_out()
    {
        var one = Settled(4);
        one.Pushed(7, 7, now: 0);
        one.Tick(Hole);
        one.ResyncHeard(1, Restored, 6, now: Hole);
        Steps(one).ShouldBe("ask 1 after 4, resync 6");
        one.Tick(Hole + Ack);
        Steps(one).ShouldBe("ack 6");
        one.Received.ShouldBe(6);
    }

    [Test]
    public void Handlers_may_end_while_there_is_no_connection()
    {
        var one = Settled(0);
        one.Pushed(1, 1, now: 0);
        one.Pushed(2, 2, now: 0);
        Steps(one);
        one.Lost();
        one.Ended(Epoch, 2, now: 1);
        Steps(one).ShouldBe("");
        one.Connected(Epoch, 2, 1, now: 2);
        Steps(one).ShouldBe("");
        one.WakeAt.ShouldBe(2 + Ack);
    }
}
