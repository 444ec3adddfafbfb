using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Tests.Engine.Model;

/// <summary>The engine's core without a database: one batch whose working set is prepared by hand and whose clock the test moves.</summary>
internal sealed class MemoryEngine
{
    /// <summary>The settings of disputes in all tests of the engine.</summary>
    public static readonly DisputeSettings Disputes = new() { TwoPeopleAbove = new() { ["BTC"] = ModelDispute.TwoPeopleAbove } };

    private readonly World _world;
    private readonly List<EngineCommand> _commands;
    private readonly PreparedKind _kind;
    private readonly Batch _batch;
    private int _decided;

    public MemoryEngine(World world)
    {
        _world = world;
        _commands = new List<EngineCommand>(Step.StepsMax + world.Users.Count);
        _kind = new PreparedKind(world);
        _batch = new Batch(new Slots(_commands), new Dictionary<OrderKind, IOrderKind> { [OrderKind.Crypto] = _kind }, Disputes, feeSlot: 0);
        foreach (var user in world.Users)
        {
            _batch.Set.Take(
                new Standing { UserId = user, Suspended = false, OpenAsTaker = 0, UnpaidAsTaker = 0, Completed = 0, Cancelled = 0 });
        }

        for (var i = 0; i < world.Ads.Count; i++)
        {
            var ad = world.Model.Ads[i];
            _batch.Set.Take(new Offer
            {
                Id = world.Ads[i],
                Kind = OrderKind.Crypto,
                OwnerId = world.Users[ad.Owner],
                OwnerGives = ad.Sells,
                Unit = "BTC",
                Total = ad.Total,
                Remaining = ad.Total,
                Open = true,
                Version = 1,
            });
        }
    }

    /// <summary>Decides a command at the model's time.</summary>
    public EngineAnswer Run(EngineCommand command)
    {
        _batch.Set.Now = _world.Model.Now;
        _commands.Add(command);
        if (command is MoveDispute { OrderId: var order })
        {
            _batch.Take(new DisputeProof { OrderId = order, BuyerHasShown = false, SellerHasShown = false, Scale = 8, Rulings = 0 });
        }

        _batch.Decide(_decided);
        return _batch.Answers[_decided++] as EngineAnswer ?? throw (Exception)_batch.Answers[_decided - 1];
    }

    public void SetOpen(int ad, bool open)
    {
        var offer = _batch.Set.FindOffer(_world.Ads[ad]) ?? throw new InvalidOperationException("There is no such ad.");
        _batch.Set.Take(offer with { Open = open, Version = offer.Version + 1 });
    }

    public List<string> Lines()
    {
        var (set, users) = (_batch.Set, _world.Users.ToList());
        List<string> lines = [];
        lines.AddRange(users.Select((id, i) => (set.StandingOf(id), i)).Select(x => StateLines.User(
            x.i, set.AvailableOf(users[x.i], "BTC"), x.Item1.Suspended, x.Item1.OpenAsTaker, x.Item1.UnpaidAsTaker, x.Item1.Completed,
            x.Item1.Cancelled, x.Item1.LastLapseAt, x.Item1.LapseBeforeAt, x.Item1.CoolingDownUntil, x.Item1.FirstTradeAt)));
        lines.AddRange(_world.Ads.Select((id, i) => (set.FindOffer(id), i)).Select(x => StateLines.Ad(
            x.i, x.Item1!.Total, x.Item1.Remaining, x.Item1.Open, x.Item1.Version))); // All ads were put in.
        for (var i = 0; i < _world.OrderIds.Count; i++)
        {
            if (set.FindOrder(_world.OrderIds[i]) is not { } o)
            {
                lines.Add($"order {i}: none");
                continue;
            }

            var d = _kind.Details[o.Id];
            lines.Add(StateLines.Order(
                i,
                new OrderFields
                {
                    Status = o.Status,
                    Version = o.Version,
                    Duty = o.Duty,
                    Buyer = users.IndexOf(o.BuyerId),
                    Seller = users.IndexOf(o.SellerId),
                    Held = o.Held,
                    Fee = o.Fee,
                    Taken = o.Taken,
                    Escrow = set.Ledger.Escrow(o.Id, "BTC").Balance,
                    HasDeadline = o.Deadline is not null,
                    Dispute = _batch.FindDispute(o.Id) is { } x
                        ? StateLines.Dispute(x.Status, x.Version, x.Rounds, x.Decision, x.SecondWanted)
                        : "undisputed",
                    Overdue = o.Overdue,
                    Proposed = o.CancelRequestedBy,
                    Undone = d.ConfirmationUndone,
                    Extended = d.WindowExtended,
                    SellerActed = d.SellerActed,
                    Confirmed = d.ConfirmedAt is not null,
                },
                o.Deadline, _batch.FindDispute(o.Id)?.Deadline, d.PaymentDeadline, d.ConfirmedAt));
        }

        lines.AddRange(_world.Model.Withdrawals.Select((w, i) => w is null ? $"withdrawal {i}: none" : StateLines.Withdrawal(
            i, w.Status, w.Amount, set.Ledger.Withdrawal(_world.WithdrawalIds[i], users[w.User], "BTC").Balance)));
        lines.Add(StateLines.Totals(set.Ledger.Fees("BTC", 0).Balance, set.Ledger.External("BTC").Balance));
        return lines;
    }

    /// <summary>Every order's history is dense and ends where the order is.</summary>
    public int CheckHistory()
    {
        foreach (var rows in _batch.Set.History.GroupBy(row => row.OrderId))
        {
            var order = _batch.Set.FindOrder(rows.Key);
            var versions = rows.Select(row => row.Version);
            if (!versions.SequenceEqual(Enumerable.Range(1, order?.Version ?? 0)) || rows.Last().To != order?.Status
                || !rows.Last().Hash.AsSpan().SequenceEqual(order.HistoryHead))
            {
                throw new InvalidOperationException($"The history of {rows.Key} is not that of its order.");
            }
        }

        return _batch.Set.History.Count;
    }

    /// <summary>As many places as commands can come.</summary>
    private sealed class Slots(List<EngineCommand> commands) : IReadOnlyList<EngineCommand>
    {
        public int Count => commands.Capacity;

        public EngineCommand this[int index] => commands[index];

        public IEnumerator<EngineCommand> GetEnumerator() => commands.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Crypto orders whose ads and takers are known before.</summary>
    private sealed class PreparedKind(World world) : IOrderKind
    {
        private readonly CryptoOrderKind _kind = new(new OrderLimits { OpenOrdersMax = ReferenceModel.OpenMax, UnpaidOrdersMax = ReferenceModel.UnpaidMax });

        public Dictionary<Guid, CryptoOrder> Details { get; } = [];

        public OrderKind Kind => OrderKind.Crypto;

        public string OfferName => "ad";

        public string Audience => _kind.Audience;

        public IReadOnlyList<Transition> Table => _kind.Table;

        public OrderAction? DueAction(DueOrder order) => _kind.DueAction(order);

        public IKindBatch Begin()
        {
            var batch = (CryptoBatch)_kind.Begin();
            foreach (var user in world.Users)
            {
                batch.Take(new TakerProfile { UserId = user, IsVerified = false, JoinedAt = world.Model.Now.AddDays(-40) });
                batch.Take(new SellerAccount { Id = Guid.CreateVersion7(), UserId = user, PaymentMethodId = EngineMarket.MpesaKenya });
            }

            for (var i = 0; i < world.Ads.Count; i++)
            {
                var ad = world.Model.Ads[i];
                batch.Take(new Ad
                {
                    Id = world.Ads[i],
                    OwnerId = world.Users[ad.Owner],
                    Side = ad.Sells ? AdSide.Sell : AdSide.Buy,
                    Asset = "BTC",
                    Fiat = "KES",
                    PriceKind = PriceKind.Fixed,
                    PriceFixed = ReferenceModel.Price,
                    AmountMin = ReferenceModel.AmountMin,
                    AmountMax = ReferenceModel.AmountMax,
                    PaymentMethodIds = [EngineMarket.MpesaKenya],
                    PaymentWindowMinutes = ReferenceModel.WindowMinutes,
                    Visibility = AdVisibility.Public,
                    VerifiedOnly = false,
                    CreatedAt = world.Model.Now,
                    Total = ad.Total,
                    Remaining = ad.Total,
                    Open = true,
                    Version = 1,
                    AssetScale = 8,
                    FiatScale = 2,
                    FeeRate = ReferenceModel.FeeRate,
                });
            }

            return new Watched(batch, Details);
        }
    }

    /// <summary>Passes everything on and keeps the details that were decided.</summary>
    private sealed class Watched(CryptoBatch batch, Dictionary<Guid, CryptoOrder> details) : IKindBatch
    {
        public void Load(Server.Deals.Engine.Script script, BatchKeys keys) => batch.Load(script, keys);

        public Decision DecidePlace(PlaceOrder command, Offer offer, IWorkingSet set) => batch.DecidePlace(command, offer, set);

        public Decision DecideMove(MoveOrder command, Order order, Party by, IWorkingSet set) => batch.DecideMove(command, order, by, set);

        public void CheckTotal(Offer offer, long actorId) => batch.CheckTotal(offer, actorId);

        public IEnumerable<PendingEvent> ApplyTotal(Offer offer, long actorId) => batch.ApplyTotal(offer, actorId);

        public IEnumerable<PendingEvent> Ordered(Offer offer) => batch.Ordered(offer);

        public IEnumerable<PendingEvent> Apply(Decision decision, Order order)
        {
            details[order.Id] = (CryptoOrder)decision.Detail;
            return batch.Apply(decision, order);
        }

        public string? AutoReply(Order order) => batch.AutoReply(order);

        public void Save(Server.Deals.Engine.Script script) => batch.Save(script);
    }
}
