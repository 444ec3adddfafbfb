using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>Crypto for fiat, as the engine sees it.</summary>
public sealed class CryptoOrderKind(OrderLimits limits) : IOrderKind
{
    public OrderKind Kind => OrderKind.Crypto;

    public string OfferName => "ad";

    public string Audience => Realtime.Events.Audience.Trade;

    public IReadOnlyList<Transition> Table => CryptoOrderRules.Table;

    public OrderAction? DueAction(DueOrder order) => order.Status switch
    {
        OrderStatus.AwaitingPayment => OrderAction.Expire,
        OrderStatus.PaymentConfirmed => OrderAction.Dispute,
        _ => null,
    };

    public IKindBatch Begin() => new CryptoBatch(limits);

    /// <summary>An order's state as events and views tell it.</summary>
    public static OrderState StateOf(Order order, CryptoOrder detail) => new()
    {
        Id = order.Id,
        Kind = order.Kind,
        AdId = order.OfferId,
        BuyerId = order.BuyerId,
        SellerId = order.SellerId,
        Status = order.Status,
        Version = order.Version,
        Asset = order.Asset,
        CryptoAmount = detail.CryptoAmount,
        Fiat = detail.Fiat,
        FiatAmount = detail.FiatAmount,
        Price = detail.Price,
        Fee = order.Fee,
        Duty = order.Duty,
        Deadline = order.Deadline,
        Overdue = order.Overdue,
        CancelRequestedBy = order.CancelRequestedBy,
    };
}

/// <summary>The details of one batch.</summary>
public sealed class CryptoBatch(OrderLimits limits) : IKindBatch
{
    private readonly Dictionary<Guid, CryptoOrder> _details = [];
    private readonly Dictionary<Guid, Ad> _ads = [];
    private readonly HashSet<(Guid AdId, long UserId)> _viewers = [];
    private readonly HashSet<(Guid AdId, long UserId)> _blocked = [];
    private readonly Dictionary<long, TakerProfile> _takers = [];
    private readonly List<SellerAccount> _accounts = [];
    private readonly HashSet<Guid> _new = [];
    private readonly HashSet<Guid> _changed = [];

    public void Load(Script script, BatchKeys keys)
    {
        if (keys.Orders.Count > 0)
        {
            CryptoOrderSql.LoadDetails(script, keys.Orders, Take);
        }

        if (keys.PlaceOffers.Count + keys.TotalOffers.Count > 0)
        {
            CryptoOrderSql.LoadAds(script, [.. keys.PlaceOffers, .. keys.TotalOffers], Take);
        }

        if (keys.PlaceOffers.Count > 0)
        {
            CryptoOrderSql.LoadViewers(script, keys.PlaceOffers, keys.PlaceTakers, viewer => _viewers.Add((viewer.AdId, viewer.UserId)));
            CryptoOrderSql.LoadBlocked(script, keys.PlaceOffers, keys.PlaceTakers, taker => _blocked.Add((taker.AdId, taker.UserId)));
            CryptoOrderSql.LoadTakers(script, keys.PlaceTakers, Take);
            CryptoOrderSql.LoadSellerAccounts(script, keys.PlaceOffers, keys.PlaceTakers, Take);
        }
    }

    public void Take(CryptoOrder detail) => _details.Add(detail.OrderId, detail);

    public void Take(Ad ad) => _ads.Add(ad.Id, ad);

    public void Take(TakerProfile taker) => _takers.Add(taker.UserId, taker);

    public void Take(SellerAccount account) => _accounts.Add(account);

    public Decision DecidePlace(PlaceOrder command, Offer offer, IWorkingSet set)
    {
        var terms = (PlaceTerms)command.Request;
        var ad = AdRules.AsOf(_ads[offer.Id], set.Now) with { Total = offer.Total, Remaining = offer.Remaining, Open = offer.Open, Version = offer.Version };
        var taker = _takers.GetValueOrDefault(command.UserId) ?? throw new Refused(ErrorCodes.NotJoinedP2P, "You have not joined P2P trading yet.");
        var standing = set.StandingOf(command.UserId);
        var sellerId = offer.OwnerGives ? offer.OwnerId : command.UserId;
        var facts = new PlaceFacts
        {
            Terms = terms,
            Ad = ad,
            IsViewer = _viewers.Contains((ad.Id, command.UserId)),
            IsBlocked = _blocked.Contains((ad.Id, command.UserId)),
            Taker = FactsOf(taker, standing),
            TakerStanding = standing,
            MakerStanding = set.StandingOf(offer.OwnerId),
            PaymentAccountId = AccountFor(_accounts.Where(account => account.UserId == sellerId), terms),
            SellerAvailable = set.AvailableOf(sellerId, ad.Asset),
            Now = set.Now,
            Limits = limits,
        };
        return PlacingRules.Decide(facts, command.OrderId);
    }

    public Decision DecideMove(MoveOrder command, Order order, Party by, IWorkingSet set) => CryptoOrderRules.Decide(new MoveFacts
    {
        Order = order,
        Detail = _details[order.Id],
        Action = command.Action,
        By = by,
        Reference = command.Reference,
        PayerName = command.PayerName,
        Minutes = command.Minutes ?? 0,
        BuyerShare = command.BuyerShare,
        Buyer = set.StandingOf(order.BuyerId),
        Seller = set.StandingOf(order.SellerId),
        Now = set.Now,
        Limits = limits,
    });

    public void CheckTotal(Offer offer, long actorId)
    {
        if (offer.OwnerId != actorId)
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such ad.");
        }

        if (_ads[offer.Id].ClosedAt is not null)
        {
            throw new Refused(ErrorCodes.AdClosed, "This ad was closed for good.");
        }
    }

    public IEnumerable<PendingEvent> ApplyTotal(Offer offer, long actorId)
    {
        yield return PendingEvent.For(
            offer.OwnerId,
            Audience.Trade,
            nameof(ITradeClient.AdChanged),
            new AdChanged { AdId = offer.Id, Status = offer.Open ? AdStatus.Active : AdStatus.Paused, Version = offer.Version });
    }

    /// <summary>Books read what is left by the relay of offers.</summary>
    public IEnumerable<PendingEvent> Ordered(Offer offer) => [];

    public IEnumerable<PendingEvent> Apply(Decision decision, Order order)
    {
        var detail = (CryptoOrder)decision.Detail;
        if (decision.Action == OrderAction.Place)
        {
            _new.Add(order.Id);
        }
        else if (!_new.Contains(order.Id) && !ReferenceEquals(detail, _details.GetValueOrDefault(order.Id)))
        {
            _changed.Add(order.Id);
        }

        _details[order.Id] = detail;
        var change = new OrderChanged { Order = CryptoOrderKind.StateOf(order, detail), Action = decision.Action, By = decision.By };
        return PendingEvent.ForAll([order.BuyerId, order.SellerId], Audience.Trade, nameof(IOrderClient.OrderChanged), change);
    }

    public string? AutoReply(Order order) => _details[order.Id].AutoReply;

    public void Save(Script script)
    {
        CryptoOrderSql.Insert(script, [.. _new.Select(id => _details[id])]);
        CryptoOrderSql.Update(script, [.. _changed.Select(id => _details[id])]);
    }

    /// <summary>What an ad's conditions are compared with.</summary>
    public static TakerFacts FactsOf(TakerProfile taker, Standing standing) => new()
    {
        UserId = taker.UserId,
        IsVerified = taker.IsVerified,
        IsMerchant = taker.IsMerchant,
        JoinedAt = taker.JoinedAt,
        Completed = standing.Completed,
        Cancelled = standing.Cancelled,
    };

    /// <summary>Which of the seller's accounts is paid into: the one that was named, else the oldest of the method; null without one.</summary>
    public static Guid? AccountFor(IEnumerable<SellerAccount> accounts, PlaceTerms terms) => accounts
        .Where(account => account.PaymentMethodId == terms.PaymentMethodId
            && (terms.PaymentAccountId is null || account.Id == terms.PaymentAccountId))
        .Select(account => (Guid?)account.Id)
        .FirstOrDefault();
}
