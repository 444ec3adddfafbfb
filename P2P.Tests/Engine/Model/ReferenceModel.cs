using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Tests.Engine.Model;

/// <summary>What the engine must do, said a second time and as plainly as possible: no tables, no batches, whole lists instead of counters.</summary>
internal sealed class ReferenceModel
{
    public const decimal Price = 1_000;
    public const decimal AmountMin = 200;
    public const decimal AmountMax = 3_000;
    public const decimal FeeRate = 0.01m;
    public const int OpenMax = 3;
    public const int UnpaidMax = 2;
    public const int WindowMinutes = 30;
    public const int DisputesMax = 5;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan UndoTime = TimeSpan.FromMinutes(2);

    public DateTimeOffset Now { get; set; }

    public List<ModelUser> Users { get; } = [new(), new(), new(), new()];

    public List<ModelAd> Ads { get; } =
    [
        new() { Owner = 0, Sells = true, Total = 6 }, new() { Owner = 1, Sells = false, Total = 6 }, new() { Owner = 2, Sells = true, Total = 3 },
    ];

    /// <summary>By the number of the command that placed them; null where it was refused.</summary>
    public List<ModelOrder?> Orders { get; } = [];

    public List<ModelWithdrawal?> Withdrawals { get; } = [];

    public Dictionary<string, (int User, decimal Amount)> Deposits { get; } = [];

    public decimal Fees { get; private set; }

    public decimal Outside { get; private set; }

    public string? Place(int taker, int adIndex, decimal crypto)
    {
        var (ad, user) = (Ads[adIndex], Users[taker]);
        var fee = Math.Ceiling(crypto * FeeRate * 100_000_000m) / 100_000_000m;
        var held = ad.Sells ? crypto + fee : crypto;
        var fiat = Math.Round(crypto * Price, 2);
        var seller = ad.Sells ? ad.Owner : taker;
        var code = ad.Owner == taker ? ErrorCodes.OwnAd
            : user.Suspended ? ErrorCodes.Suspended
            : user.CoolsUntil > Now ? ErrorCodes.CoolingDown
            : user.Open >= OpenMax || (ad.Sells && user.Unpaid >= UnpaidMax) ? ErrorCodes.QuotaExceeded
            : !ad.Open || Users[ad.Owner].Suspended || (!ad.Sells && Users[ad.Owner].CoolsUntil > Now) ? ErrorCodes.AdUnavailable
            : fiat < AmountMin ? ErrorCodes.AmountTooSmall
            : fiat > AmountMax ? ErrorCodes.AmountTooLarge
            : crypto > ad.Total - ad.Taken ? ErrorCodes.NotEnoughRemaining
            : Users[seller].Available < held ? ErrorCodes.InsufficientBalance
            : null;
        if (code is not null)
        {
            Orders.Add(null);
            return code;
        }

        ad.Taken += crypto;
        Users[seller].Available -= held;
        user.Open++;
        user.Unpaid += ad.Sells ? 1 : 0;
        Orders.Add(new ModelOrder
        {
            Ad = adIndex,
            Buyer = ad.Sells ? taker : ad.Owner,
            Seller = seller,
            TakerBuys = ad.Sells,
            Crypto = crypto,
            Fee = fee,
            Held = held,
            Escrow = held,
            Deadline = Now.AddMinutes(WindowMinutes),
            PayUntil = Now.AddMinutes(WindowMinutes),
        });
        return null;
    }

    public string? Move(ModelOrder? order, Party? by, OrderAction action, int minutes)
    {
        if (order is null || by is null)
        {
            return ErrorCodes.NotFound;
        }

        var code = Objection(order, by.Value, action);
        if (code is not null)
        {
            return code;
        }

        order.Version++;
        order.SellerActed |= by == Party.Seller && (order.IsPaid || order.IsDisputed);
        Act(order, by.Value, action, minutes);
        return null;
    }

    public string? ChangeTotal(int user, int adIndex, decimal total)
    {
        var ad = Ads[adIndex];
        if (ad.Owner != user)
        {
            return ErrorCodes.NotFound;
        }

        if (total < ad.Taken)
        {
            return ErrorCodes.TotalBelowTaken;
        }

        (ad.Total, ad.Version) = (total, ad.Version + 1);
        return null;
    }

    public string? Deposit(string reference, int user, decimal amount)
    {
        if (Deposits.TryGetValue(reference, out var known))
        {
            return known == (user, amount) ? null : ErrorCodes.ExternalReferenceReused;
        }

        Deposits.Add(reference, (user, amount));
        Users[user].Available += amount;
        Outside -= amount;
        return null;
    }

    public string? Withdraw(int user, decimal amount)
    {
        var code = Users[user].Suspended ? ErrorCodes.Suspended : Users[user].Available < amount ? ErrorCodes.InsufficientBalance : null;
        Withdrawals.Add(code is null ? new ModelWithdrawal { User = user, Amount = amount } : null);
        Users[user].Available -= code is null ? amount : 0;
        return code;
    }

    public string? End(ModelWithdrawal? withdrawal, bool settled, string reference)
    {
        if (withdrawal is null)
        {
            return ErrorCodes.NotFound;
        }

        var status = settled ? WithdrawalStatus.Settled : WithdrawalStatus.Returned;
        if (withdrawal.Status != WithdrawalStatus.Requested)
        {
            return withdrawal.Status == status && withdrawal.Reference == reference ? null : ErrorCodes.WrongStatus;
        }

        (withdrawal.Status, withdrawal.Reference) = (status, reference);
        Outside += settled ? withdrawal.Amount : 0;
        Users[withdrawal.User].Available += settled ? 0 : withdrawal.Amount;
        return null;
    }

    /// <summary>Every moment at which an answer can turn.</summary>
    public IEnumerable<DateTimeOffset> Moments() =>
        Orders.OfType<ModelOrder>().Where(order => order.IsAwaiting || order.IsPaid)
            .SelectMany(order => new[] { order.Deadline, order.PayUntil, order.PayUntil - UndoTime, order.ConfirmedAt + UndoTime })
            .Concat(Orders.OfType<ModelOrder>().Select(order => order.Dispute?.Deadline))
            .Concat(Users.SelectMany(user => user.Lapses.Select(lapse => (DateTimeOffset?)(lapse + Day)).Append(user.CoolsUntil)))
            .OfType<DateTimeOffset>();

    /// <summary>A step of a dispute, and what its ruling does to the order.</summary>
    public string? MoveDispute(
        ModelOrder? o, Party? by, long actor, bool isAdmin, long? assignee, DisputeAction action, RulingDecision decision)
    {
        if (o?.Dispute is not { } dispute || by is null)
        {
            return ErrorCodes.NotFound;
        }

        var (code, takesEffect) = dispute.Do(action, by.Value, actor, isAdmin, assignee, decision, o.Crypto, Now);
        if (!takesEffect)
        {
            return code;
        }

        o.Version++;
        var (buyer, seller) = (Users[o.Buyer], Users[o.Seller]);
        switch (dispute.Decision)
        {
            case RulingDecision.Release:
                Complete(o);
                break;
            case RulingDecision.Refund:
                buyer.Refunded++;
                seller.Available += o.Held;
                Ads[o.Ad].Taken -= o.Crypto;
                Close(o, OrderStatus.Cancelled);
                break;
            default:
                var share = Math.Floor(o.Crypto * 50_000_000m) / 100_000_000m;
                buyer.Available += share;
                seller.Available += o.Held - share;
                Close(o, OrderStatus.Released);
                break;
        }

        return null;
    }

    private int Raised(int user) => Orders.Count(order => order?.Dispute is { IsOpen: true } dispute && dispute.Raiser == user);

    private void Complete(ModelOrder o)
    {
        var (buyer, seller) = (Users[o.Buyer], Users[o.Seller]);
        (buyer.Completed, seller.Completed) = (buyer.Completed + 1, seller.Completed + 1);
        (buyer.FirstTradeAt, seller.FirstTradeAt) = (buyer.FirstTradeAt ?? Now, seller.FirstTradeAt ?? Now);
        buyer.Available += o.Held - o.Fee;
        Fees += o.Fee;
        Close(o, OrderStatus.Released);
    }

    private string? Objection(ModelOrder o, Party by, OrderAction action)
    {
        var isParty = by is Party.Buyer or Party.Seller;
        var frozen = Users[o.Buyer].Suspended || Users[o.Seller].Suspended;
        return action switch
        {
            OrderAction.Cancel => !o.IsAwaiting ? ErrorCodes.WrongStatus
                : by == Party.Buyer || (by == Party.Seller && Users[o.Buyer].Suspended) ? null : ErrorCodes.WrongParty,
            OrderAction.ConfirmPayment => !o.IsAwaiting ? ErrorCodes.WrongStatus
                : by != Party.Buyer ? ErrorCodes.WrongParty
                : o.Deadline <= Now ? ErrorCodes.DeadlinePassed : null,
            OrderAction.ExtendPaymentWindow => !o.IsAwaiting ? ErrorCodes.WrongStatus
                : by != Party.Seller ? ErrorCodes.WrongParty
                : o.Extended ? ErrorCodes.AlreadyDone
                : o.Deadline <= Now ? ErrorCodes.DeadlinePassed : null,
            OrderAction.Expire => !o.IsAwaiting ? ErrorCodes.WrongStatus
                : by != Party.System ? ErrorCodes.WrongParty
                : o.Deadline > Now ? ErrorCodes.DeadlineNotReached : null,
            OrderAction.UndoConfirmation => !o.IsPaid ? ErrorCodes.WrongStatus
                : by != Party.Buyer ? ErrorCodes.WrongParty
                : o.Undone ? ErrorCodes.AlreadyDone
                : o.SellerActed ? ErrorCodes.SellerActed
                : Now > o.ConfirmedAt + UndoTime ? ErrorCodes.DeadlinePassed : null,
            OrderAction.Release => !o.IsPaid && !o.IsDisputed ? ErrorCodes.WrongStatus : by != Party.Seller ? ErrorCodes.WrongParty
                : Users[o.Seller].Suspended ? ErrorCodes.Suspended : null,
            OrderAction.RequestCancel => !o.IsPaid && !o.IsDisputed ? ErrorCodes.WrongStatus
                : !isParty ? ErrorCodes.WrongParty
                : o.Proposed is not null ? ErrorCodes.AlreadyDone : null,
            OrderAction.AcceptCancel => !o.IsPaid && !o.IsDisputed ? ErrorCodes.WrongStatus
                : !isParty ? ErrorCodes.WrongParty
                : o.Proposed is null || o.Proposed == by ? ErrorCodes.NotRequested : null,
            OrderAction.DeclineCancel => !o.IsPaid && !o.IsDisputed ? ErrorCodes.WrongStatus
                : !isParty ? ErrorCodes.WrongParty
                : o.Proposed is null ? ErrorCodes.NotRequested : null,
            OrderAction.Dispute => !o.IsPaid ? ErrorCodes.WrongStatus
                : by == Party.System ? (frozen || o.Deadline <= Now ? null : ErrorCodes.DeadlineNotReached)
                : !isParty ? ErrorCodes.WrongParty
                : Raised(by == Party.Buyer ? o.Buyer : o.Seller) >= DisputesMax ? ErrorCodes.QuotaExceeded : null,
            _ => ErrorCodes.WrongStatus,
        };
    }

    private void Act(ModelOrder o, Party by, OrderAction action, int minutes)
    {
        var (buyer, seller) = (Users[o.Buyer], Users[o.Seller]);
        var frozen = buyer.Suspended || seller.Suspended;
        switch (action)
        {
            case OrderAction.Cancel:
                End(o, OrderStatus.Cancelled, lapses: by == Party.Buyer && !frozen);
                break;
            case OrderAction.AcceptCancel:
                End(o, OrderStatus.Cancelled, lapses: false);
                break;
            case OrderAction.Expire:
                End(o, OrderStatus.Expired, lapses: !frozen);
                break;
            case OrderAction.Release:
                Complete(o);
                break;
            case OrderAction.ConfirmPayment:
                (o.Status, o.ConfirmedAt, o.PayUntil, o.SellerActed) = (OrderStatus.PaymentConfirmed, Now, o.Deadline ?? Now, false);
                o.Deadline = Now + Day;
                Users[o.Taker].Unpaid -= o.TakerBuys ? 1 : 0;
                break;
            case OrderAction.UndoConfirmation:
                o.PayUntil = o.PayUntil > Now + UndoTime ? o.PayUntil : Now + UndoTime;
                (o.Status, o.Undone, o.ConfirmedAt, o.Deadline) = (OrderStatus.AwaitingPayment, true, null, o.PayUntil);
                (o.Overdue, o.Proposed) = (false, null);
                Users[o.Taker].Unpaid += o.TakerBuys ? 1 : 0;
                break;
            case OrderAction.ExtendPaymentWindow:
                (o.Extended, o.Deadline, o.PayUntil) = (true, o.PayUntil.AddMinutes(minutes), o.PayUntil.AddMinutes(minutes));
                break;
            case OrderAction.RequestCancel:
                o.Proposed = by;
                break;
            case OrderAction.DeclineCancel:
                o.Proposed = null;
                break;
            case OrderAction.Dispute:
                var raiser = by == Party.System ? null : (int?)(by == Party.Buyer ? o.Buyer : o.Seller);
                (o.Status, o.Overdue, o.Deadline) = (OrderStatus.Disputed, o.Deadline <= Now, null);
                o.Dispute = ModelDispute.Raised(raiser, raiser is null && frozen, Now);
                break;
            default:
                throw new InvalidOperationException($"The model does not know {action}.");
        }
    }

    private void End(ModelOrder o, OrderStatus status, bool lapses)
    {
        Users[o.Seller].Available += o.Held;
        Ads[o.Ad].Taken -= o.Crypto;
        if (lapses)
        {
            var buyer = Users[o.Buyer];
            buyer.Lapses.Add(Now);
            if (buyer.Lapses.Count >= 3 && Now - buyer.Lapses[^3] < Day)
            {
                CoolDown(buyer);
            }
        }

        Close(o, status);
    }

    private void CoolDown(ModelUser buyer)
    {
        if (!(buyer.CoolsUntil > Now))
        {
            var last = buyer.CoolDowns.LastOrDefault();
            buyer.CoolDowns.Add((Now, Now - last.At >= 30 * Day ? 1 : last.Days == 1 ? 3 : 7));
        }

        buyer.CoolsUntil = Now + (buyer.CoolDowns[^1].Days * Day);
    }

    private void Close(ModelOrder o, OrderStatus status)
    {
        Users[o.Taker].Open--;
        if (o.Dispute is { IsOpen: true } dispute)
        {
            dispute.Settle();
        }

        Users[o.Taker].Unpaid -= o.TakerBuys && o.IsAwaiting ? 1 : 0;
        (o.Status, o.Escrow, o.Deadline, o.Proposed) = (status, 0, null, null);
    }
}
