using System.Collections.Concurrent;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
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
    private readonly ConcurrentQueue<EventHead> _dealerHeads = [];
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
        Hear<KeysChanged>();
    }

    public P2PClient Client { get; }

    public long UserId => Client.Me!.Id; // Set since the first connection.

    public Guid AdId { get; set; }

    /// <summary>The trader as a dealer; null where goods are not traded.</summary>
    public DealerClient? Dealer { get; private set; }

    /// <summary>What the seller of the pair has.</summary>
    public Guid ItemId { get; set; }

    /// <summary>Where it is written down how long acknowledged commands took; null for nowhere.</summary>
    internal Latencies? Took { get; set; }

    public IReadOnlyCollection<Outcome> Outcomes => _outcomes;

    /// <summary>How many commands were acknowledged so far.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Every durable event that was handed to the application, in order.</summary>
    public IReadOnlyCollection<EventHead> Heads => _heads;

    /// <summary>As <see cref="Heads"/>, on the dealers' hub.</summary>
    public IReadOnlyCollection<EventHead> DealerHeads => _dealerHeads;

    /// <summary>Makes the trader a dealer, who has not connected yet.</summary>
    public void DealBy(DealerClient dealer)
    {
        Dealer = dealer;
        HearAsDealer<GoodsOrderChanged>();
        HearAsDealer<ItemChanged>();
        HearAsDealer<InvitationChanged>();
        HearAsDealer<ConnectionChanged>();
        HearAsDealer<PeerChanged>();
        HearAsDealer<BalanceChanged>();
        HearAsDealer<ProfileChanged>();
        HearAsDealer<KeysChanged>();
        HearAsDealer<MessageSent>();
        HearAsDealer<NotificationAdded>();
        HearAsDealer<ReviewReceived>();
    }

    /// <summary>Takes an ad, pays and has it released, or cancels, again and again.</summary>
    public async Task Trade(CrashTrader seller, Random random, CancellationToken stopping, TimeSpan pause = default)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (pause > default(TimeSpan))
            {
                await Task.Delay(pause * (0.5 + random.NextDouble()), stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            if (Dealer is not null && random.Next(3) == 0)
            {
                await TradeGoods(Dealer, seller, random);
                continue;
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

    /// <summary>Requests goods, pays and receives them, or calls the order off when they are on their way.</summary>
    private async Task TradeGoods(DealerClient dealer, CrashTrader seller, Random random)
    {
        var from = seller.Dealer ?? throw new InvalidOperationException("Both are dealers.");
        var id = Guid.CreateVersion7();
        var order = await Run(id, () => dealer.Orders.CreateAsync(
            new CreateGoodsOrderRequest { RequestId = id, ItemId = ItemId, Quantity = 1 }, TestMarket.Bounded()));
        if (order is not { } orderId)
        {
            return;
        }

        var accept = Guid.CreateVersion7();
        await seller.Run(
            accept, () => from.Orders.AcceptAsync(new AcceptGoodsOrderRequest { RequestId = accept, OrderId = orderId }, TestMarket.Bounded()));
        var pay = Guid.CreateVersion7();
        await Run(pay, () => dealer.Orders.PayAsync(new PayGoodsOrderRequest { RequestId = pay, OrderId = orderId }, TestMarket.Bounded()));
        var fulfil = Guid.CreateVersion7();
        await seller.Run(fulfil, () => from.Orders.FulfilAsync(new FulfilRequest { RequestId = fulfil, OrderId = orderId }, TestMarket.Bounded()));
        var end = Guid.CreateVersion7();
        if (random.Next(5) == 0)
        {
            await Run(end, () => dealer.Orders.RequestCancelAsync(Of(end, orderId), TestMarket.Bounded()));
            var agree = Guid.CreateVersion7();
            await seller.Run(agree, () => from.Orders.AcceptCancelAsync(Of(agree, orderId), TestMarket.Bounded()));
            return;
        }

        await Run(end, () => dealer.Orders.ConfirmReceiptAsync(Of(end, orderId), TestMarket.Bounded()));

        static GoodsOrderRequest Of(Guid requestId, Guid orderId) => new() { RequestId = requestId, OrderId = orderId };
    }

    private void HearAsDealer<T>() => Dealer?.On<T>((head, _, _) =>
    {
        _dealerHeads.Enqueue(head);
        return Task.CompletedTask;
    });

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
