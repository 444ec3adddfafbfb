using System.Collections.Concurrent;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>What came of one command, as its caller knows it.</summary>
/// <param name="RequestId">Under which id.</param>
/// <param name="OrderId">The acknowledged order; null when it was not acknowledged.</param>
/// <param name="Version">The acknowledged version.</param>
/// <param name="Code">The refusal's code; null for an acknowledged command, "?" when the outcome stayed unknown.</param>
public sealed record Outcome(Guid RequestId, Guid? OrderId, int Version, string? Code);

/// <summary>A trader who writes down every command and every event.</summary>
public sealed class CrashTrader
{
    private readonly ConcurrentQueue<Outcome> _outcomes = [];
    private readonly ConcurrentQueue<EventHead> _heads = [];
    private int _acknowledged;

    public CrashTrader(P2PClient client)
    {
        Client = client;
        Hear<OrderChanged>();
        Hear<BalanceChanged>();
        Hear<AdChanged>();
        Hear<ProfileChanged>();
        Hear<MessageSent>();
        Hear<NotificationAdded>();
        Hear<ReviewReceived>();
    }

    public P2PClient Client { get; }

    public long UserId => Client.Me!.Id; // Set since the first connection.

    public Guid AdId { get; set; }

    /// <summary>Where it is written down how long acknowledged commands took; null for nowhere.</summary>
    internal Latencies? Took { get; set; }

    public IReadOnlyCollection<Outcome> Outcomes => _outcomes;

    /// <summary>How many commands were acknowledged so far.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Every durable event that was handed to the application, in order.</summary>
    public IReadOnlyCollection<EventHead> Heads => _heads;

    /// <summary>Takes an ad, pays and has it released, or cancels, again and again.</summary>
    public async Task Trade(CrashTrader seller, Random random, CancellationToken stopping, TimeSpan pause = default)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (pause > default(TimeSpan))
            {
                await Task.Delay(pause * (0.5 + random.NextDouble()), stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            var id = Guid.CreateVersion7();
            var order = await Run(id, () => Client.Orders.CreateAsync(
                new CreateOrderRequest { RequestId = id, AdId = AdId, CryptoAmount = 0.01m, PaymentMethodId = TestMarket.MpesaKenya }, TestMarket.Bounded()));
            if (order is not { } orderId)
            {
                continue;
            }

            var confirm = Guid.CreateVersion7();
            await Run(confirm, () => Client.Orders.ConfirmPaymentAsync(
                new ConfirmPaymentRequest { RequestId = confirm, OrderId = orderId }, TestMarket.Bounded()));
            if (random.Next(10) == 0)
            {
                await CallOff(seller, orderId);
                continue;
            }

            var release = Guid.CreateVersion7();
            await seller.Run(release, () => seller.Client.Orders.ReleaseAsync(
                new OrderRequest { RequestId = release, OrderId = orderId }, TestMarket.Bounded()));
        }
    }

    private async Task CallOff(CrashTrader seller, Guid orderId)
    {
        var request = Guid.CreateVersion7();
        await Run(request, () => Client.Orders.RequestCancelAsync(new OrderRequest { RequestId = request, OrderId = orderId }, TestMarket.Bounded()));
        var accept = Guid.CreateVersion7();
        await seller.Run(
            accept, () => seller.Client.Orders.AcceptCancelAsync(new OrderRequest { RequestId = accept, OrderId = orderId }, TestMarket.Bounded()));
    }

    private void Hear<T>() => Client.On<T>((head, _, _) =>
    {
        _heads.Enqueue(head);
        return Task.CompletedTask;
    });

    private async Task<Guid?> Run(Guid requestId, Func<Task<OrderReply>> call)
    {
        try
        {
            var reply = Took is null ? await call() : await Took.Of(call);
            _outcomes.Enqueue(new Outcome(requestId, reply.OrderId, reply.Version, null));
            Interlocked.Increment(ref _acknowledged);
            return reply.OrderId;
        }
        catch (P2PException e)
        {
            _outcomes.Enqueue(new Outcome(requestId, null, 0, e.IsTransient ? "?" : e.Code));
        }
        catch (OperationCanceledException)
        {
            _outcomes.Enqueue(new Outcome(requestId, null, 0, "?"));
        }

        return null;
    }
}
