using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Chat;
using P2P.Server.Deals.House;
using P2P.Server.Deals.Ledger;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Deals.Engine;

/// <summary>Orders, offers and standings: decides by the kind's rules, then takes the decision into the working set.</summary>
public sealed partial class Batch
{
    private OrderReply Place(PlaceOrder command)
    {
        RefuseWhilePaused(SwitchRow.Trading);
        if (_set.FindOffer(command.OfferId) is not { } offer || offer.Kind != command.Kind)
        {
            throw NotFound(kinds[command.Kind].OfferName);
        }

        var kind = _kindBatches[offer.Kind];
        var decision = kind.DecidePlace(command, offer, _set);
        return Apply(kind, decision, null, command.UserId);
    }

    private object Move(MoveOrder command)
    {
        var order = _set.FindOrder(command.OrderId) ?? throw NotFound("order");
        var by = command.UserId == Caller.System.UserId ? Party.System : order.PartyOf(command.UserId) ?? throw NotFound("order");
        // An order of a kind that is switched off stays as it is until somebody serves it again.
        if ((command.Kind is { } asked && asked != order.Kind) || !_kindBatches.TryGetValue(order.Kind, out var kind))
        {
            throw NotFound("order");
        }

        if (command.Action is OrderAction.ResolveRelease or OrderAction.ResolveRefund or OrderAction.ResolveSplit)
        {
            throw new Refused(ErrorCodes.WrongStatus, "Only a dispute's ruling does this.");
        }

        if (command.ExpectedVersion is { } expected && expected != order.Version)
        {
            throw Stale(order.Version);
        }

        var decision = kind.DecideMove(command, order, by, _set);
        if (command.Action == OrderAction.Dispute)
        {
            var terms = TermsOf(command, order);
            Apply(kind, decision, order, command.UserId);
            return Open(terms, order, by, command.UserId);
        }

        var reply = Apply(kind, decision, order, command.UserId);
        if (order.Status == OrderStatus.Disputed && !decision.Order.IsOpen)
        {
            Settle(order, by, command.UserId);
        }

        return reply;
    }

    private OrderReply Apply(IKindBatch kind, Decision decision, Order? before, long actorId)
    {
        if (decision.Escrow is EscrowEffect.Release or EscrowEffect.Split)
        {
            RefuseWhilePaused(SwitchRow.Releases);
        }

        var version = (before?.Version ?? 0) + 1;
        var previous = before?.HistoryHead ?? LedgerHash.Zero;
        var hash = LedgerHash.History(
            previous, decision.Order.Id, version, before?.Status, decision.Order.Status, decision.Action, decision.By, actorId, _set.Now);
        var order = decision.Order with { Version = version, HistoryHead = hash, UpdatedAt = _set.Now };

        MoveMoney(order, decision.Escrow, decision.BuyerShare);
        if (decision.Remaining != 0)
        {
            ChangeRemaining(order, decision.Remaining);
        }

        if (before is null)
        {
            _set.Add(order);
        }
        else
        {
            _set.Change(order);
        }

        foreach (var standing in decision.Standings)
        {
            _set.Change(standing);
        }

        _set.History.Add(
            new HistoryRow(order.Id, version, before?.Status, order.Status, decision.Action, decision.By, actorId, previous, hash));
        _events.AddRange(kind.Apply(decision, order));
        _messages.Add(SystemMessages.Of(order, decision.Action, decision.By));
        if (before is null && kind.AutoReply(order) is { } text)
        {
            var message = SystemMessages.AutoReply(order, text);
            _messages.Add(message);
            _events.AddRange(ChatEvents.Sent(message, SystemMessages.AutoReplySeq, 0, order.Kind, order.BuyerId, order.SellerId));
        }

        return new OrderReply { OrderId = order.Id, Status = order.Status, Version = order.Version, Deadline = order.Deadline };
    }

    private void MoveMoney(Order order, EscrowEffect effect, decimal? buyerShare)
    {
        if (effect == EscrowEffect.None)
        {
            return;
        }

        var ledger = _set.Ledger;
        var escrow = ledger.Escrow(order.Id, order.Asset);
        switch (effect)
        {
            case EscrowEffect.Hold:
                ledger.Post(
                    TransferKind.Hold, order.Id, _set.Now, (ledger.Available(order.PayerId, order.Asset), -order.Held), (escrow, order.Held));
                TellBalance(order.PayerId, order.Asset, TransferKind.Hold, -order.Held, order.Id, null);
                break;
            case EscrowEffect.Release:
                ledger.Post(
                    TransferKind.Release,
                    order.Id,
                    _set.Now,
                    (escrow, -order.Held),
                    (ledger.Available(order.PayeeId, order.Asset), order.Held - order.Fee),
                    (order.Fee == 0 ? escrow : ledger.Fees(order.Asset, feeSlot), order.Fee));
                TellBalance(order.PayeeId, order.Asset, TransferKind.Release, order.Held - order.Fee, order.Id, null);
                break;
            case EscrowEffect.Refund:
                ledger.Post(
                    TransferKind.Refund, order.Id, _set.Now, (escrow, -order.Held), (ledger.Available(order.PayerId, order.Asset), order.Held));
                TellBalance(order.PayerId, order.Asset, TransferKind.Refund, order.Held, order.Id, null);
                break;
            case EscrowEffect.Split:
                var share = buyerShare ?? throw new InvalidOperationException($"A split of order {order.Id} without a share.");
                ledger.Post(
                    TransferKind.Split,
                    order.Id,
                    _set.Now,
                    (escrow, -order.Held),
                    (ledger.Available(order.BuyerId, order.Asset), share),
                    (ledger.Available(order.SellerId, order.Asset), order.Held - share));
                TellBalance(order.BuyerId, order.Asset, TransferKind.Split, share, order.Id, null);
                TellBalance(order.SellerId, order.Asset, TransferKind.Split, order.Held - share, order.Id, null);
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect}.");
        }
    }

    private void ChangeRemaining(Order order, decimal by)
    {
        var offer = _set.FindOffer(order.OfferId) ?? throw new InvalidOperationException($"Offer {order.OfferId} was not locked.");
        _set.Change(offer with { Remaining = offer.Remaining + by });
        _orderedOffers.Add(offer.Id);
    }

    /// <summary>However many orders of the batch changed what is left of an offer, it is told once.</summary>
    private void TellOffers()
    {
        foreach (var offer in _set.ChangedOffers.Where(offer => _orderedOffers.Contains(offer.Id)))
        {
            _events.AddRange(_kindBatches[offer.Kind].Ordered(offer));
        }
    }

    private OfferTotalReply ChangeTotal(ChangeOfferTotal command)
    {
        if (_set.FindOffer(command.OfferId) is not { } offer || offer.Kind != command.Kind)
        {
            throw NotFound(kinds[command.Kind].OfferName);
        }

        var kind = _kindBatches[offer.Kind];
        kind.CheckTotal(offer, command.UserId);
        if (command.ExpectedVersion is { } expected && expected != offer.Version)
        {
            throw Stale(offer.Version);
        }

        var taken = offer.Total - offer.Remaining;
        var total = command.IsWhatRemains ? taken + command.Total : command.Total;
        if (total < taken)
        {
            throw new Refused(
                ErrorCodes.TotalBelowTaken, $"Orders have taken {WireJson.Spell(taken)} of this ad already.", ("min", WireJson.Spell(taken)));
        }

        var changed = offer with { Total = total, Remaining = total - taken, Version = offer.Version + 1 };
        _set.Change(changed);
        _events.AddRange(kind.ApplyTotal(changed, command.UserId));
        return new OfferTotalReply(changed.Version, changed.Open);
    }

    private SuspendedReply Suspend(SetSuspended command)
    {
        var standing = _set.FindStanding(command.SubjectId) ?? throw NotFound("user");
        if (standing.Suspended != command.Suspended)
        {
            _set.Change(standing with { Suspended = command.Suspended });
        }

        return new SuspendedReply(command.Suspended);
    }

    private void TellBalance(long userId, string asset, TransferKind kind, decimal amount, Guid? orderId, Guid? withdrawalId) =>
        _events.Add(PendingEvent.For(
            userId,
            Audience.All,
            nameof(IWalletClient.BalanceChanged),
            new BalanceChanged
            {
                Asset = asset,
                Kind = kind,
                Amount = amount,
                Available = _set.AvailableOf(userId, asset),
                OrderId = orderId,
                WithdrawalId = withdrawalId,
            }));

    private void RefuseWhilePaused(string what)
    {
        if (_paused.TryGetValue(what, out var reason))
        {
            throw new Refused(reason);
        }
    }

    /// <summary>Why releases stand still is the house's affair: a fault of the ledger's, for one.</summary>
    private static Reason Paused(string name, string reason, DateTimeOffset at) => name == SwitchRow.Trading
        ? Refused.Because(ErrorCodes.TradingPaused, "No new orders for a while.", ("reason", reason), ("since", WireJson.Spell(at)))
        : Refused.Because(ErrorCodes.ReleasesPaused, "Nothing is released or withdrawn for a while; what is held is safe.", ("since", WireJson.Spell(at)));

    private static Refused NotFound(string what) => new(ErrorCodes.NotFound, $"There is no such {what}.");

    private static Refused Stale(int version) => new(
        ErrorCodes.StaleVersion,
        "It has changed meanwhile. Read it again, then decide.",
        ("version", version.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What a change of an offer's total answers.</summary>
public sealed record OfferTotalReply(int Version, bool Open);

/// <summary>What a change of a suspension answers.</summary>
public sealed record SuspendedReply(bool Suspended);
