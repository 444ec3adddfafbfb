using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Tests.Engine.Model;

internal sealed class ModelUser
{
    public decimal Available { get; set; }

    public bool Suspended { get; set; }

    public int Open { get; set; }

    public int Unpaid { get; set; }

    public int Completed { get; set; }

    public List<DateTimeOffset> Lapses { get; } = [];

    public DateTimeOffset? CoolsUntil { get; set; }

    public DateTimeOffset? FirstTradeAt { get; set; }
}

internal sealed class ModelAd
{
    public required int Owner { get; init; }

    public required bool Sells { get; init; }

    public required decimal Total { get; set; }

    public decimal Taken { get; set; }

    public bool Open { get; set; } = true;

    public int Version { get; set; } = 1;
}

internal sealed class ModelOrder
{
    public required int Ad { get; init; }

    public required int Buyer { get; init; }

    public required int Seller { get; init; }

    public required bool TakerBuys { get; init; }

    public required decimal Crypto { get; init; }

    public required decimal Fee { get; init; }

    public required decimal Held { get; init; }

    public decimal Escrow { get; set; }

    public OrderStatus Status { get; set; } = OrderStatus.AwaitingPayment;

    public int Version { get; set; } = 1;

    public DateTimeOffset? Deadline { get; set; }

    public TimeSpan? TimeLeft { get; set; }

    public DateTimeOffset PayUntil { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public bool Overdue { get; set; }

    public Party? Proposed { get; set; }

    public bool Undone { get; set; }

    public bool Extended { get; set; }

    public bool SellerActed { get; set; }

    public bool IsAwaiting => Status == OrderStatus.AwaitingPayment;

    public bool IsPaid => Status == OrderStatus.PaymentConfirmed;

    public int Taker => TakerBuys ? Buyer : Seller;
}

internal sealed class ModelWithdrawal
{
    public required int User { get; init; }

    public required decimal Amount { get; init; }

    public WithdrawalStatus Status { get; set; } = WithdrawalStatus.Requested;

    public string? Reference { get; set; }
}

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
        order.SellerActed |= by == Party.Seller && order.IsPaid;
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
            .Concat(Users.SelectMany(user => user.Lapses.Select(lapse => (DateTimeOffset?)(lapse + Day)).Append(user.CoolsUntil)))
            .OfType<DateTimeOffset>();

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
            OrderAction.Release => !o.IsPaid ? ErrorCodes.WrongStatus : by != Party.Seller ? ErrorCodes.WrongParty : null,
            OrderAction.RequestCancel => !o.IsPaid ? ErrorCodes.WrongStatus
                : !isParty ? ErrorCodes.WrongParty
                : o.Proposed is not null ? ErrorCodes.AlreadyDone : null,
            OrderAction.AcceptCancel => !o.IsPaid ? ErrorCodes.WrongStatus
                : !isParty ? ErrorCodes.WrongParty
                : o.Proposed is null || o.Proposed == by ? ErrorCodes.NotRequested : null,
            OrderAction.DeclineCancel => !o.IsPaid ? ErrorCodes.WrongStatus
                : !isParty ? ErrorCodes.WrongParty
                : o.Proposed is null ? ErrorCodes.NotRequested : null,
            OrderAction.MarkOverdue => !o.IsPaid ? ErrorCodes.WrongStatus
                : by != Party.System ? ErrorCodes.WrongParty
                : o.Deadline is null || o.Deadline > Now ? ErrorCodes.DeadlineNotReached
                : o.Overdue ? ErrorCodes.AlreadyDone : null,
            OrderAction.Freeze => !o.IsPaid ? ErrorCodes.WrongStatus
                : by != Party.System ? ErrorCodes.WrongParty
                : o.TimeLeft is not null ? ErrorCodes.AlreadyDone
                : !frozen ? ErrorCodes.NotRequested : null,
            OrderAction.Unfreeze => !o.IsPaid ? ErrorCodes.WrongStatus
                : by != Party.System ? ErrorCodes.WrongParty
                : o.TimeLeft is null ? ErrorCodes.AlreadyDone
                : frozen ? ErrorCodes.NotRequested : null,
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
                (buyer.Completed, seller.Completed) = (buyer.Completed + 1, seller.Completed + 1);
                (buyer.FirstTradeAt, seller.FirstTradeAt) = (buyer.FirstTradeAt ?? Now, seller.FirstTradeAt ?? Now);
                buyer.Available += o.Held - o.Fee;
                Fees += o.Fee;
                Close(o, OrderStatus.Released);
                break;
            case OrderAction.ConfirmPayment:
                (o.Status, o.ConfirmedAt, o.PayUntil, o.SellerActed) = (OrderStatus.PaymentConfirmed, Now, o.Deadline ?? Now, false);
                o.Deadline = frozen ? null : Now + Day;
                o.TimeLeft = frozen ? Day : null;
                Users[o.Taker].Unpaid -= o.TakerBuys ? 1 : 0;
                break;
            case OrderAction.UndoConfirmation:
                o.PayUntil = o.PayUntil > Now + UndoTime ? o.PayUntil : Now + UndoTime;
                (o.Status, o.Undone, o.ConfirmedAt, o.Deadline) = (OrderStatus.AwaitingPayment, true, null, o.PayUntil);
                (o.TimeLeft, o.Overdue, o.Proposed) = (null, false, null);
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
            case OrderAction.MarkOverdue:
                o.Overdue = true;
                break;
            case OrderAction.Freeze:
                (o.TimeLeft, o.Deadline) = (o.Deadline > Now ? o.Deadline - Now : TimeSpan.Zero, null);
                break;
            case OrderAction.Unfreeze:
                (o.Deadline, o.TimeLeft) = (Now + o.TimeLeft, null);
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
            buyer.CoolsUntil = buyer.Lapses.Count >= 3 && Now - buyer.Lapses[^3] < Day ? Now + Day : buyer.CoolsUntil;
        }

        Close(o, status);
    }

    private void Close(ModelOrder o, OrderStatus status)
    {
        Users[o.Taker].Open--;
        Users[o.Taker].Unpaid -= o.TakerBuys && o.IsAwaiting ? 1 : 0;
        (o.Status, o.Escrow, o.Deadline, o.TimeLeft, o.Proposed) = (status, 0, null, null, null);
    }
}
