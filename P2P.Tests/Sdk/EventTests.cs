using System.Collections.Concurrent;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;

namespace P2P.Tests.Sdk;

/// <summary>Durable events over a real connection: order, holes, resuming, resync, slow and failing handlers, acknowledgement.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class EventTests
{
    private static readonly Guid Order = Guid.NewGuid();
    private readonly ConcurrentQueue<long> _heard = new();
    private PeerServer _server = null!; // Set before each test.

    [SetUp]
    public async Task StartServer()
    {
        _heard.Clear();
        _server = await PeerServer.StartAsync();
    }

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task A_first_start_begins_at_the_head_and_hears_what_comes(CancellationToken cancellationToken)
    {
        await RecordAsync(3, push: false);
        await using var client = Listening();
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(2);
        await HeardAsync(4, 5);
        _server.State.Asks.ShouldBeEmpty();
    }

    [Test]
    public async Task A_lost_push_is_read_from_the_stream_before_later_ones_are_handed_out(CancellationToken cancellationToken)
    {
        await using var client = Listening();
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(1);
        await RecordAsync(2, push: false);
        await RecordAsync(1);
        await HeardAsync(1, 2, 3, 4);
        _server.State.Asks.ShouldBe([1]);
    }

    [Test]
    public async Task Pushes_out_of_order_and_doubled_are_heard_once_in_order(CancellationToken cancellationToken)
    {
        await using var client = Listening();
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(4, push: false);
        foreach (var seq in new long[] { 2, 3, 2, 1, 4, 1 })
        {
            await _server.PushAgainAsync(seq);
        }

        await HeardAsync(1, 2, 3, 4);
        _server.State.Asks.ShouldBeEmpty();
    }

    [Test]
    public async Task A_cut_connection_loses_nothing(CancellationToken cancellationToken)
    {
        await using var client = Listening();
        await client.ConnectAsync(cancellationToken);
        for (var i = 0; i < 5; i++)
        {
            _server.CutAll();
            await RecordAsync(20);
        }

        await HeardAsync([.. Enumerable.Range(1, 100).Select(seq => (long)seq)]);
    }

    [Test]
    public async Task A_new_start_goes_on_from_the_stored_position_over_many_pages(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var store = new FileEventPositionStore(folder.File("position"));
        await using (var client = Listening(store))
        {
            await client.ConnectAsync(cancellationToken);
            await RecordAsync(1);
            await HeardAsync(1);
        }

        await RecordAsync(1_200, push: false);
        await using var next = Listening(new FileEventPositionStore(folder.File("position")));
        await next.ConnectAsync(cancellationToken);
        // Each position is put on the disk before the next event is handed out.
        await Eventually.Holds(() => _heard.Count >= 1_201, "heard 1,201 events", secondsMax: 40);
        _heard.ShouldBe(Enumerable.Range(1, 1_201).Select(seq => (long)seq));
        _server.State.Asks.Count.ShouldBeLessThanOrEqualTo(4);
    }

    [Test]
    public async Task The_event_in_hand_when_the_client_stops_is_heard_again_and_none_before_it(CancellationToken cancellationToken)
    {
        var store = new MemoryEventPositionStore();
        await using (var client = _server.Client(options => options.Positions = store))
        {
            client.On<OrderChanged>(async (head, _, token) =>
            {
                _heard.Enqueue(head.Seq);
                await Task.Delay(head.Seq == 3 ? Timeout.Infinite : 0, token);
            });
            await client.ConnectAsync(cancellationToken);
            await RecordAsync(5);
            await HeardAsync(1, 2, 3);
        }

        (await store.LoadAsync(cancellationToken))?.Seq.ShouldBe(2);
        await using var next = Listening(store);
        await next.ConnectAsync(cancellationToken);
        await HeardAsync(1, 2, 3, 3, 4, 5);
    }

    [Test]
    public async Task A_restored_server_is_told_as_a_resync_and_the_stream_goes_on(CancellationToken cancellationToken)
    {
        var resyncs = new ConcurrentQueue<EventPosition>();
        await using var client = Listening();
        using var registration = client.OnResync((resync, _) =>
        {
            resyncs.Enqueue(resync.Position);
            return Task.CompletedTask;
        });
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(3);
        await HeardAsync(1, 2, 3);
        _server.State.Restore(events: 1);
        _server.CutAll();
        await Eventually.Holds(() => !resyncs.IsEmpty, "resynced");
        await RecordAsync(1);
        await HeardAsync(1, 2, 3, 2);
        resyncs.ShouldBe([new EventPosition(_server.State.Epoch, 1)]);
    }

    [Test]
    public async Task Events_that_are_no_longer_kept_are_told_as_a_resync(CancellationToken cancellationToken)
    {
        var store = new MemoryEventPositionStore();
        await store.SaveAsync(new EventPosition(_server.State.Epoch, 2), cancellationToken);
        await RecordAsync(10, push: false);
        _server.State.FirstSeq = 5;
        var resyncs = new ConcurrentQueue<long>();
        await using var client = Listening(store);
        using var registration = client.OnResync((resync, _) =>
        {
            resyncs.Enqueue(resync.Position.Seq);
            return Task.CompletedTask;
        });
        await client.ConnectAsync(cancellationToken);
        await Eventually.Holds(() => !resyncs.IsEmpty, "resynced");
        resyncs.ShouldBe([10L]);
        await RecordAsync(1);
        await HeardAsync(11);
    }

    [Test]
    public async Task A_slow_handler_holds_up_neither_calls_nor_acknowledgements(CancellationToken cancellationToken)
    {
        using var gate = new SemaphoreSlim(0);
        await using var client = _server.Client();
        client.On<OrderChanged>(async (head, _, token) =>
        {
            await gate.WaitAsync(token);
            _heard.Enqueue(head.Seq);
        });
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(100);
        await Eventually.Holds(() => _server.State.Acks.Contains(100), "acknowledged");
        _heard.ShouldBeEmpty();
        await client.Orders.CancelAsync(Order, cancellationToken: cancellationToken);
        gate.Release(100);
        await HeardAsync([.. Enumerable.Range(1, 100).Select(seq => (long)seq)]);
        _server.State.Acks.Count.ShouldBeLessThanOrEqualTo(6);
    }

    [Test]
    public async Task A_reader_that_lags_stops_the_acknowledgements_and_catches_up_later(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        var watch = client.Orders.WatchAsync(cancellationToken);
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(1_500);
        await Eventually.Holds(() => _server.State.Acks.Contains(1_024), "acknowledged as far as there is room");
        await client.Orders.CancelAsync(Order, cancellationToken: cancellationToken);
        _server.State.Acks.Max().ShouldBe(1_024);
        await foreach (var heard in watch)
        {
            _heard.Enqueue(heard.Head.Seq);
            if (heard.Head.Seq == 1_500)
            {
                break;
            }
        }

        _heard.ShouldBe(Enumerable.Range(1, 1_500).Select(seq => (long)seq));
    }

    [Test]
    public async Task A_handler_that_throws_does_not_stop_the_others(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        client.On<OrderChanged>((_, _, _) => throw new InvalidOperationException("A bug of the application's."));
        client.On<OrderChanged>((head, _, _) =>
        {
            _heard.Enqueue(head.Seq);
            return Task.CompletedTask;
        });
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(2);
        await HeardAsync(1, 2);
    }

    [Test]
    public async Task A_watch_of_one_order_hears_that_order_alone(CancellationToken cancellationToken)
    {
        await using var client = _server.Client();
        var mine = Guid.NewGuid();
        await using var watch = client.Orders.WatchAsync(mine, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await client.ConnectAsync(cancellationToken);
        await RecordAsync(2);
        await _server.RecordAsync(mine);
        (await watch.MoveNextAsync()).ShouldBeTrue();
        watch.Current.Head.Seq.ShouldBe(3);
        watch.Current.Body.Order.Id.ShouldBe(mine);
        watch.Current.Position.ShouldBe(new EventPosition(_server.State.Epoch, 3));
    }

    [Test]
    public async Task A_cancelled_watch_leaves_what_it_did_not_read_to_the_next_start(CancellationToken cancellationToken)
    {
        var store = new MemoryEventPositionStore();
        await using (var client = _server.Client(options => options.Positions = store))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var watch = client.Orders.WatchAsync(stop.Token);
            await client.ConnectAsync(cancellationToken);
            await RecordAsync(5);
            await Should.ThrowAsync<OperationCanceledException>(async () =>
            {
                await foreach (var heard in watch)
                {
                    _heard.Enqueue(heard.Head.Seq);
                    if (heard.Head.Seq == 2)
                    {
                        await stop.CancelAsync();
                    }
                }
            });
        }

        await using var next = Listening(store);
        await next.ConnectAsync(cancellationToken);
        await HeardAsync(1, 2, 3, 4, 5);
    }

    [Test]
    public async Task Watches_end_with_the_client(CancellationToken cancellationToken)
    {
        var client = _server.Client();
        var watch = client.Orders.WatchAsync(cancellationToken);
        await client.ConnectAsync(cancellationToken);
        await client.DisposeAsync();
        await foreach (var heard in watch)
        {
            Assert.Fail($"Heard {heard}.");
        }

        client.State.ShouldBe(P2PClientState.Closed);
    }

    private P2PClient Listening(IEventPositionStore? store = null)
    {
        var client = _server.Client(options => options.Positions = store ?? options.Positions);
        client.On<OrderChanged>((head, _, _) =>
        {
            _heard.Enqueue(head.Seq);
            return Task.CompletedTask;
        });
        return client;
    }

    private async Task RecordAsync(int count, bool push = true)
    {
        for (var i = 0; i < count; i++)
        {
            await _server.RecordAsync(Order, push);
        }
    }

    private async Task HeardAsync(params long[] seqs)
    {
        await Eventually.Holds(() => _heard.Count >= seqs.Length, $"heard {seqs.Length} events, has {_heard.Count}");
        await Task.Delay(20);
        _heard.ShouldBe(seqs);
    }
}
