using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;

namespace P2P.Tests.Engine;

/// <summary>Which commands a writer gets: in order, and none on an offer that another writer holds.</summary>
public sealed class CommandQueueTests
{
    private static readonly Guid One = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Test]
    public void What_another_writer_holds_waits_and_the_rest_goes_on_in_order()
    {
        var queue = new CommandQueue(batchMax: 10, waitingMax: 10);
        HashSet<Guid> first = [], second = [];
        var held = Add(queue, Place(One));
        Taken(queue, first).ShouldBe([held]);

        var waits = Add(queue, Place(One));
        var free = Add(queue, Place(Other));
        var last = Add(queue, EngineMarket.Deposit(1, 1));

        Taken(queue, second).ShouldBe([free, last]);
        Taken(queue, second).ShouldBeEmpty();
        queue.Count.ShouldBe(1);
        Taken(queue, first).ShouldBe([waits], "who held the offer comes back for it");
    }

    [Test]
    public void A_move_belongs_to_the_offer_that_its_order_took_or_was_learnt_to_take()
    {
        var queue = new CommandQueue(batchMax: 10, waitingMax: 10);
        HashSet<Guid> first = [], second = [];
        var place = Place(One);
        var (placed, elsewhere, unknown) = (place.OrderId, Guid.CreateVersion7(), Guid.CreateVersion7());
        Add(queue, place);
        Taken(queue, first).Count.ShouldBe(1);
        queue.Learn(elsewhere, One);

        Add(queue, EngineMarket.Move(1, placed, OrderAction.Cancel));
        Add(queue, EngineMarket.Move(1, elsewhere, OrderAction.Cancel));
        var free = Add(queue, EngineMarket.Move(1, unknown, OrderAction.Cancel));

        Taken(queue, second).ShouldBe([free]);
        queue.Count.ShouldBe(2);
    }

    [Test]
    public void A_batch_and_the_queue_are_bounded_and_who_gave_up_is_left_out()
    {
        var queue = new CommandQueue(batchMax: 2, waitingMax: 4);
        using var given = new CancellationTokenSource();
        var gone = new WaitingCommand(Place(One), given.Token);
        queue.TryAdd(gone).ShouldBeTrue();
        var rest = Enumerable.Range(0, 3).Select(_ => Add(queue, Place(One))).ToList();
        queue.TryAdd(new WaitingCommand(Place(Other), CancellationToken.None)).ShouldBeFalse();
        given.Cancel();

        HashSet<Guid> offers = [];
        Taken(queue, offers).ShouldBe(rest[..2]);
        gone.Task.IsFaulted.ShouldBeTrue();
        Taken(queue, offers).ShouldBe(rest[2..]);
    }

    private static PlaceOrder Place(Guid offer) => EngineMarket.Place(1, offer, 1);

    private static EngineCommand Add(CommandQueue queue, EngineCommand command)
    {
        queue.TryAdd(new WaitingCommand(command, CancellationToken.None)).ShouldBeTrue();
        return command;
    }

    private static List<EngineCommand> Taken(CommandQueue queue, HashSet<Guid> offers) => [.. queue.Take(offers).Select(waiting => waiting.Command)];
}
