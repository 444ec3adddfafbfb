using P2P.Server.Realtime.Push;

namespace P2P.Tests.Realtime;

/// <summary>The book-keeping of what a connection was sent. (S42)</summary>
public sealed class EventWindowTests
{
    [Test]
    public void Every_event_is_pushed_once_in_whatever_order_it_comes()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var window = new EventWindow(64, head: 10);
            var offers = Enumerable.Range(11, 64).Concat(Enumerable.Range(11, 64)).Select(seq => (long)seq).ToArray();
            random.Shuffle(offers);
            var pushed = offers.Where(seq => window.Take(seq) == Offer.Push).ToList();
            pushed.Order().ShouldBe(Enumerable.Range(11, 64).Select(seq => (long)seq), $"seed {seed}");
            (window.Sent, window.Highest, window.Limit).ShouldBe((74, 74, 74));
        }
    }

    [Test]
    public void What_lies_beyond_the_window_waits_for_an_ack()
    {
        var window = new EventWindow(4, head: 0);
        Take(window, 1, 2, 3, 4, 5).ShouldBe([Offer.Push, Offer.Push, Offer.Push, Offer.Push, Offer.Beyond]);
        window.Acknowledge(2);
        Take(window, 5, 6, 7).ShouldBe([Offer.Push, Offer.Push, Offer.Beyond]);
    }

    [Test]
    public void Nobody_acknowledges_what_they_were_not_told_of()
    {
        var window = new EventWindow(4, head: 0);
        window.Acknowledge(1_000);
        window.Acknowledged.ShouldBe(0);
        window.Told(9);
        window.Acknowledge(1_000);
        (window.Acknowledged, window.Sent).ShouldBe((9, 9));
        window.Acknowledge(-5);
        window.Acknowledged.ShouldBe(9);
    }

    [Test]
    public void A_page_that_was_read_is_not_pushed_again()
    {
        var window = new EventWindow(8, head: 3);
        window.Take(6).ShouldBe(Offer.Push);
        window.Paged(from: 2, to: 5);
        window.Sent.ShouldBe(6);
        window.Paged(from: 8, to: 9);
        window.Sent.ShouldBe(6);
        Take(window, 5, 7).ShouldBe([Offer.Known, Offer.Push]);
    }

    private static List<Offer> Take(EventWindow window, params long[] seqs) => [.. seqs.Select(window.Take)];
}
