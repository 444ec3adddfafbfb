using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Deals;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Replica;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>What parties read of their orders, and the checks: the same pure rules as the commands, on one snapshot, without a lock.</summary>
public sealed class CryptoOrderReadFlow(Database database, ReplicaReads reads, OrderLimits limits, PartnerLimits partners)
{
    public Task<OrderView> Get(Caller caller, Guid orderId, CancellationToken cancellation) => database.Read(
        async tx =>
        {
            var row = await CryptoOrderReadSql.Find(tx, caller.UserId, orderId) ?? throw NotFound();
            var partner = caller.UserId == row.BuyerId ? row.SellerId : row.BuyerId;
            var isOpen = row.Status.IsOpen();
            return OrderViews.Of(row, caller.UserId, isOpen ? await Warnings(tx, caller.UserId, partner) : null);
        },
        cancellation);

    public async Task<Page<OrderView>> List(Caller caller, ListOrdersRequest request, CancellationToken cancellation)
    {
        if (request.Status == OrderStatus.Unknown || request.You is Party.Unknown or Party.System)
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such status or party.", ("path", "status"));
        }

        var size = ListPage.Size(request.Limit);
        var before = ListPage.Id(request.Cursor);
        var rows = (await reads.Read(
            caller,
            tx => CryptoOrderReadSql.List(tx, caller.UserId, request.Open, request.Status, request.You, before, size + 1),
            cancellation)).ToList();
        return new Page<OrderView>
        {
            Items = [.. rows.Take(size).Select(row => OrderViews.Of(row, caller.UserId))],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Id) : null,
        };
    }

    /// <summary>The caller's open orders, as a suspended user may read them.</summary>
    public async Task<IReadOnlyList<OwnOpenOrder>> OwnOpen(Caller caller, CancellationToken cancellation)
    {
        var rows = await database.Read(
            tx => CryptoOrderReadSql.List(tx, caller.UserId, open: true, status: null, you: null, before: null, Limits.PageSizeMax), cancellation);
        return [.. rows.Select(row => OrderViews.OwnOpen(row, caller.UserId))];
    }

    /// <summary>Each action that a party could take, with every reason against it.</summary>
    public async Task<IReadOnlyList<OrderActionCheck>> Actions(Caller caller, Guid orderId, CancellationToken cancellation)
    {
        var facts = await database.Snapshot(tx => MoveFacts(tx, caller, orderId), cancellation);
        return [.. CryptoOrderRules.PartyActions.Select(action => Check(facts with { Action = action }))];
    }

    /// <summary>Whether an order could be placed, with every reason against it.</summary>
    public async Task<OrderCheck> CheckCreate(Caller caller, CheckCreateOrderRequest request, CancellationToken cancellation)
    {
        OrderRequestRules.Check(request.FiatAmount, request.CryptoAmount, request.ExpectedPrice, request.LinkSecret);
        var terms = PlaceTerms.Of(request, request.LinkSecret is { } secret ? AdLinks.HashOf(secret) : null);
        var (facts, warnings) = await database.Snapshot(
            async tx => await PlaceFacts(tx, caller, request.AdId, terms) is { } found
                ? (found, await Warnings(tx, caller.UserId, found.Ad.OwnerId))
                : ((PlaceFacts?)null, null),
            cancellation);
        var reasons = facts is null ? [Refused.Because(ErrorCodes.NotFound, "There is no such ad.")] : PlacingRules.Reasons(facts).ToArray();
        var isHidden = reasons is [{ Code: ErrorCodes.NotFound }];
        return new OrderCheck
        {
            Allowed = reasons.Length == 0,
            Reasons = reasons,
            Quote = facts is null || isHidden ? null : PlacingRules.QuoteOf(facts.Ad, terms),
            PartnerWarnings = isHidden ? null : warnings,
        };
    }

    private async Task<IReadOnlyList<PartnerWarning>?> Warnings(Tx tx, long userId, long partnerId) => userId == partnerId
        ? []
        : [.. PartnerRules.Warnings(
            await PartnerSql.Facts(tx, userId, partnerId, partners.WarnDisputedDays)
                ?? throw new InvalidOperationException($"User {partnerId} has no profile or no standing."),
            partners)];

    private static OrderActionCheck Check(MoveFacts facts)
    {
        var reasons = CryptoOrderRules.Reasons(facts).ToArray();
        var after = reasons.Length == 0 ? CryptoOrderRules.Decide(facts) : null;
        return new OrderActionCheck
        {
            Action = facts.Action,
            Allowed = after is not null,
            Reasons = reasons,
            StatusAfter = after?.Order.Status,
            Fee = facts.Action == OrderAction.Release ? facts.Order.Fee : 0,
            DeadlineAfter = after?.Order.Deadline,
        };
    }

    private async Task<MoveFacts> MoveFacts(Tx tx, Caller caller, Guid orderId)
    {
        var order = await OrderReadSql.Order(tx, orderId);
        if (order is not { Kind: OrderKind.Crypto } || order.PartyOf(caller.UserId) is not { } by)
        {
            throw NotFound();
        }

        var standings = (await OrderReadSql.Standings(tx, [order.BuyerId, order.SellerId])).ToDictionary(standing => standing.UserId);
        return new MoveFacts
        {
            Order = order,
            Detail = await CryptoOrderReadSql.Detail(tx, orderId) ?? throw new InvalidOperationException($"Order {orderId} has no details."),
            Action = OrderAction.Unknown,
            By = by,
            Minutes = Limits.PaymentWindowMinutesMin,
            Buyer = standings[order.BuyerId],
            Seller = standings[order.SellerId],
            Now = await OrderReadSql.Now(tx),
            Limits = limits,
        };
    }

    private async Task<PlaceFacts?> PlaceFacts(Tx tx, Caller caller, Guid adId, PlaceTerms terms)
    {
        if (await CryptoOrderReadSql.Ad(tx, adId) is not { } ad)
        {
            return null;
        }

        var sellerId = ad.Side == AdSide.Sell ? ad.OwnerId : caller.UserId;
        var standings = (await OrderReadSql.Standings(tx, [ad.OwnerId, caller.UserId])).ToDictionary(standing => standing.UserId);
        var taker = await CryptoOrderReadSql.Taker(tx, caller.UserId)
            ?? throw new Refused(ErrorCodes.NotJoinedP2P, "You have not joined P2P trading yet.");
        var now = await OrderReadSql.Now(tx);
        return new PlaceFacts
        {
            Terms = terms,
            Ad = AdRules.AsOf(ad, now),
            IsViewer = await CryptoOrderReadSql.IsViewer(tx, adId, caller.UserId),
            IsBlocked = await CryptoOrderReadSql.IsBlocked(tx, caller.UserId, ad.OwnerId),
            Taker = CryptoBatch.FactsOf(taker, standings[caller.UserId]),
            TakerStanding = standings[caller.UserId],
            MakerStanding = standings[ad.OwnerId],
            PaymentAccountId = CryptoBatch.AccountFor(await CryptoOrderReadSql.SellerAccounts(tx, sellerId), terms),
            SellerAvailable = await OrderReadSql.Available(tx, sellerId, ad.Asset),
            Now = now,
            Limits = limits,
        };
    }

    private static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such order.");
}
