using P2P.Client.Sdk;
using P2P.Client.Sdk.Events;
using static P2P.Tests.Sdk.SequencerPlay;

namespace P2P.Tests.Sdk;

/// <summary>The resume protocol step by step: what each input makes it do, and when it wants to be woken. What it does over a whole life the simulation tells.</summary>
internal sealed class EventSequencerTests
{
    [Test]
    public void The_first_connection_begins_at_the_head_and_says_so()
    {
        var one = new EventSequencer<long>(null);
        one.WakeAt.ShouldBeNull();
        one.Connected(Epoch, 10, 1, now: 100);
        Steps(one).ShouldBe("begin 10");
        one.Received.ShouldBe(10);
        one.WakeAt.ShouldBe(100 + Ack);
        one.Tick(99 + Ack);
        Steps(one).ShouldBe("");
        one.Tick(100 + Ack);
        Steps(one).ShouldBe("ack 10");
        one.WakeAt.ShouldBeNull();
    }

    [Test]
    public void Behind_a_stored_position_it_asks_for_the_rest_once()
    {
        var one = new EventSequencer<long>(new EventPosition(Epoch, 5));
        one.Connected(Epoch, 8, 1, now: 0);
        Steps(one).ShouldBe("ask 1 after 5");
        one.Pushed(9, 9, now: 1);
        one.HeadHeard(Epoch, 9, now: 2);
        one.Tick(Hole + 5);
        Steps(one).ShouldBe("");
        one.PageHeard(1, Events(4, 8), headSeq: 9, now: Hole + 6);
        Steps(one).ShouldBe("6, 7, 8, 9");
        one.Tick(Ack);
        Steps(one).ShouldBe("ack 9");
    }

    [Test]
    public void A_position_at_the_head_asks_for_nothing()
    {
        var one = Connected(5);
        Steps(one).ShouldBe("");
        one.WakeAt.ShouldBe(Ack);
    }

    [Test]
    public void Each_push_is_handed_out_once_and_in_order()
    {
        var one = Settled(0);
        one.Pushed(1, 1, now: 10);
        one.Pushed(1, 1, now: 11);
        one.Pushed(0, 0, now: 11);
        Steps(one).ShouldBe("1");
        one.Pushed(2, 2, now: 20);
        Steps(one).ShouldBe("2");
        Steps(one).ShouldBe("");
        // The acknowledgement waits from the first on.
        one.WakeAt.ShouldBe(10 + Ack);
        one.Tick(10 + Ack);
        Steps(one).ShouldBe("ack 2");
        one.WakeAt.ShouldBeNull();
        one.Tick(10 + (2 * Ack));
        Steps(one).ShouldBe("");
    }

    [Test]
    public void Many_are_acknowledged_at_once_and_counted_anew()
    {
        var one = Settled(0);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 1; i < EventSequencer<long>.AckEvents; i++)
            {
                one.Pushed((round * 32) + i, i, now: 10);
            }

            Steps(one).ShouldNotContain("ack");
            one.Pushed((round + 1) * 32, 0, now: 10);
            Steps(one).ShouldEndWith($", ack {(round + 1) * 32}");
            one.WakeAt.ShouldBeNull();
        }
    }

    [Test]
    public void A_hole_may_fill_by_itself_before_it_is_asked_about()
    {
        var one = Settled(0);
        one.Pushed(2, 2, now: 10);
        one.Pushed(4, 4, now: 12);
        one.WakeAt.ShouldBe(10 + Hole);
        one.Tick(9 + Hole);
        Steps(one).ShouldBe("");
        one.Pushed(1, 1, now: 9 + Hole);
        Steps(one).ShouldBe("1, 2");
        // What is missing now is another hole, with a time of its own.
        one.WakeAt.ShouldBe(9 + Hole + Hole);
        one.Tick(8 + (2 * Hole));
        Steps(one).ShouldBe("");
        one.Tick(9 + (2 * Hole));
        Steps(one).ShouldBe("ask 1 after 2");
        one.Pushed(3, 3, now: 10 + (2 * Hole));
        Steps(one).ShouldBe("3, 4");
    }

    [Test]
    public void A_hole_that_closed_is_not_asked_about()
    {
        var one = Settled(0);
        one.Pushed(2, 2, now: 10);
        one.Pushed(1, 1, now: 11);
        Steps(one).ShouldBe("1, 2");
        one.WakeAt.ShouldBe(11 + Ack);
        one.Tick(11 + Hole);
        Steps(one).ShouldBe("");
    }

    [Test]
    public void Of_two_times_the_earlier_one_wakes()
    {
        var one = Settled(0);
        one.Pushed(1, 1, now: 0);
        one.Pushed(3, 3, now: 1);
        one.WakeAt.ShouldBe(Math.Min(Ack, 1 + Hole));
        one.Tick(1 + Hole);
        Steps(one).ShouldBe("1, ask 1 after 1");
        one.WakeAt.ShouldBe(Ack);
    }

    [Test]
    public void No_more_is_kept_for_later_than_a_window()
    {
        var one = Settled(0);
        for (var seq = 2L; seq <= EventSequencer<long>.EarlyMax + 3; seq++)
        {
            one.Pushed(seq, seq, now: 0);
        }

        var most = EventSequencer<long>.EarlyMax + 1L;
        one.Pushed(1, 1, now: 1);
        for (var handled = 0L; handled < most;)
        {
            handled = one.Received;
            one.Ended(Epoch, handled, now: 1);
            if (one.Received == handled)
            {
                break;
            }
        }

        one.Received.ShouldBe(most);
        Steps(one).ShouldNotContain("ask");
        one.Tick(1 + Hole);
        Steps(one).ShouldBe($"ask 1 after {most}");
    }

    [Test]
    public void Handlers_that_lag_behind_stop_the_stream_and_its_acknowledgements()
    {
        var one = Settled(0);
        for (var seq = 1L; seq <= EventSequencer<long>.LagMax; seq++)
        {
            one.Full.ShouldBeFalse();
            one.Pushed(seq, seq, now: 0);
        }

        one.Full.ShouldBeTrue();
        Steps(one).ShouldEndWith(", 1024, ack 1024");
        one.Pushed(1_025, 1_025, now: 1);
        one.Pushed(1_026, 1_026, now: 1);
        one.Tick(10 * Hole);
        Steps(one).ShouldBe("");
        one.Received.ShouldBe(1_024);

        // What is not so, is not so: another history, what was not handed out, what had ended before.
        one.Ended(Restored, 1_024, now: 2);
        one.Ended(Epoch, 1_025, now: 2);
        one.Full.ShouldBeTrue();
        one.Ended(Epoch, 511, now: 20 * Hole);
        one.Full.ShouldBeFalse();
        one.Ended(Epoch, 510, now: 20 * Hole);
        one.Tick(30 * Hole);
        // More than half is still to be handled: it does not pay to ask yet.
        Steps(one).ShouldBe("");
        one.Ended(Epoch, 512, now: 30 * Hole);
        one.WakeAt.ShouldBe(31 * Hole);
        one.Tick(31 * Hole);
        Steps(one).ShouldBe("ask 1 after 1024");
        one.PageHeard(1, Events(1_025, 1_025), headSeq: 1_026, now: 31 * Hole);
        Steps(one).ShouldBe("1025, 1026");
    }

    [Test]
    public void What_came_early_waits_while_handlers_lag_behind()
    {
        var one = Settled(0);
        for (var seq = 1L; seq <= EventSequencer<long>.LagMax - 1; seq++)
        {
            one.Pushed(seq, seq, now: 0);
        }

        one.Pushed(1_026, 1_026, now: 0);
        one.Pushed(1_025, 1_025, now: 0);
        one.Pushed(1_024, 1_024, now: 0);
        one.Received.ShouldBe(1_024);
        Steps(one);
        one.Ended(Epoch, 1, now: 1);
        Steps(one).ShouldBe("1025");
        one.Ended(Epoch, 2, now: 1);
        Steps(one).ShouldBe("1026");
    }

    [Test]
    public void Nothing_ends_before_it_began()
    {
        var one = new EventSequencer<long>(null);
        one.Ended(Guid.Empty, 0, now: 0);
        one.Connected(Epoch, 3, 1, now: 0);
        Steps(one).ShouldBe("begin 3");
        one.Ended(Epoch, 3, now: 0);
        Steps(one).ShouldBe("");
    }

    [Test]
    public void The_head_is_asked_for_at_once_when_the_server_only_names_it()
    {
        var one = Settled(0);
        one.HeadHeard(Epoch, 0, now: 5);
        Steps(one).ShouldBe("");
        one.HeadHeard(Epoch, 3, now: 10);
        Steps(one).ShouldBe("ask 1 after 0");
        one.PageHeard(1, Events(1, 2), headSeq: 2, now: 20);
        // Three was named: there is more than the page says.
        Steps(one).ShouldBe("1, 2, ask 2 after 2");
        one.HeadHeard(Epoch, 1, now: 21);
        one.PageHeard(2, [], headSeq: 1, now: 30);
        Steps(one).ShouldBe("");
        one.WakeAt.ShouldBe(30 + Hole);
    }

    [Test]
    public void A_page_without_anything_new_is_not_followed_by_the_next_question_at_once()
    {
        var one = Settled(0);
        one.HeadHeard(Epoch, 3, now: 10);
        Steps(one).ShouldBe("ask 1 after 0");
        one.PageHeard(1, Events(2, 3), headSeq: 3, now: 20);
        Steps(one).ShouldBe("");
        one.Tick(19 + Hole);
        Steps(one).ShouldBe("");
        one.Tick(20 + Hole);
        Steps(one).ShouldBe("ask 2 after 0");
        one.PageHeard(1, Events(1, 3), headSeq: 3, now: 21 + Hole);
        Steps(one).ShouldBe("");
        one.PageHeard(2, Events(1, 3), headSeq: 3, now: 22 + Hole);
        Steps(one).ShouldBe("1, 2, 3");
        one.PageHeard(2, Events(4, 4), headSeq: 4, now: 23 + Hole);
        Steps(one).ShouldBe("");
    }

    [Test]
    public void A_page_that_names_a_later_head_is_followed_by_the_next()
    {
        var one = Settled(0);
        one.HeadHeard(Epoch, 2, now: 10);
        one.PageHeard(1, Events(1, 2), headSeq: 5, now: 20);
        Steps(one).ShouldBe("ask 1 after 0, 1, 2, ask 2 after 2");
    }

    [Test]
    public void A_question_that_failed_is_asked_again_after_a_while()
    {
        var one = Settled(0);
        one.HeadHeard(Epoch, 3, now: 10);
        one.AskFailed(7, now: 11);
        Steps(one).ShouldBe("ask 1 after 0");
        one.Tick(11 + Hole);
        Steps(one).ShouldBe("");
        one.AskFailed(1, now: 20 + Hole);
        Steps(one).ShouldBe("");
        one.WakeAt.ShouldBe(20 + (2 * Hole));
        one.Tick(20 + (2 * Hole));
        Steps(one).ShouldBe("ask 2 after 0");
    }

    [Test]
    public void Another_history_is_believed_only_as_an_answer()
    {
        var one = Settled(4);
        one.HeadHeard(Restored, 2, now: 10);
        Steps(one).ShouldBe("ask 1 after 4");
        one.ResyncHeard(9, Restored, 2, now: 11);
        Steps(one).ShouldBe("");
        one.ResyncHeard(1, Restored, 2, now: 12);
        Steps(one).ShouldBe("resync 2");
        one.Pushed(3, 3, now: 13);
        one.TakeSteps().ShouldHaveSingleItem().ShouldBe(new SequencerStep<long>.Deliver(Restored, 3, 3));
        one.WakeAt.ShouldBe(12 + Ack);
    }

    [Test]
    public void A_doubt_that_a_page_cleared_is_over()
    {
        var one = Settled(4);
        one.HeadHeard(Restored, 2, now: 10);
        one.PageHeard(1, [], headSeq: 4, now: 20);
        Steps(one).ShouldBe("ask 1 after 4");
        one.WakeAt.ShouldBeNull();
        one.Tick(20 + (2 * Hole));
        Steps(one).ShouldBe("");
    }

    [Test]
    public void A_refusal_that_pushes_have_overtaken_is_asked_about_again()
    {
        var one = Settled(0);
        one.HeadHeard(Epoch, 3, now: 10);
        one.Pushed(1, 1, now: 11);
        one.ResyncHeard(1, Epoch, 9, now: 12);
        Steps(one).ShouldBe("ask 1 after 0, 1, ask 2 after 1");
        one.ResyncHeard(2, Epoch, 9, now: 13);
        Steps(one).ShouldBe("resync 9");
        one.HeadHeard(Epoch, 10, now: 14);
        one.Pushed(10, 10, now: 15);
        one.ResyncHeard(3, Restored, 4, now: 16);
        Steps(one).ShouldBe("ask 3 after 9, 10, resync 4");
    }
}
