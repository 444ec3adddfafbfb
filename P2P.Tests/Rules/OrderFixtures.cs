using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.Ads;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Tests.Rules;

/// <summary>Facts from which rules decide, all of them in favour; a test changes what it is about.</summary>
internal static class OrderFixtures
{
    public const long BuyerId = 1_001;
    public const long SellerId = 1_002;

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);
    public static readonly OrderLimits Limits = new();

    public static Standing Standing(long userId) =>
        new() { UserId = userId, Suspended = false, OpenAsTaker = 0, UnpaidAsTaker = 0, Completed = 0, Cancelled = 0 };

    /// <summary>An order of 1 BTC with a fee of 0.01, taken by <paramref name="maker"/>'s other side.</summary>
    public static Order Order(OrderStatus status, Party maker = Party.Seller)
    {
        var isOpen = status is OrderStatus.AwaitingPayment or OrderStatus.PaymentConfirmed;
        return new Order
        {
            Id = Guid.Parse("0195d2f0-0000-7000-8000-000000000001"),
            Kind = OrderKind.Crypto,
            OfferId = Guid.Parse("0195d2f0-0000-7000-8000-000000000002"),
            BuyerId = BuyerId,
            SellerId = SellerId,
            Maker = maker,
            Asset = "BTC",
            Held = 1.01m,
            Fee = 0.01m,
            Taken = 1,
            Status = status,
            Version = 3,
            Duty = status switch
            {
                OrderStatus.AwaitingPayment => Duty.BuyerPays,
                OrderStatus.PaymentConfirmed => Duty.SellerReleases,
                OrderStatus.Disputed => Duty.DisputeEnds,
                _ => Duty.None,
            },
            Deadline = isOpen ? Now.AddMinutes(20) : null,
            Overdue = false,
            HistoryHead = [],
            CreatedAt = Now.AddMinutes(-10),
            UpdatedAt = Now.AddMinutes(-1),
        };
    }

    public static CryptoOrder Detail(Order order) => new()
    {
        OrderId = order.Id,
        Fiat = "KES",
        CryptoAmount = 1,
        FiatAmount = 1_000,
        Price = 1_000,
        PriceSource = "fixed",
        PaymentMethodId = 17,
        PaymentAccountId = Guid.Parse("0195d2f0-0000-7000-8000-000000000003"),
        PaymentWindowMinutes = 30,
        WindowExtended = false,
        ConfirmationUndone = false,
        SellerActed = false,
        PaymentDeadline = Now.AddMinutes(20),
        ConfirmedAt = order.Status == OrderStatus.PaymentConfirmed ? Now.AddSeconds(-30) : null,
    };

    public static MoveFacts Move(OrderStatus status, OrderAction action, Party by, Party maker = Party.Seller)
    {
        var order = Order(status, maker);
        var taker = maker == Party.Seller ? BuyerId : SellerId;
        return new MoveFacts
        {
            Order = order,
            Detail = Detail(order),
            Action = action,
            By = by,
            Reference = "paid by phone",
            Minutes = 15,
            Buyer = Standing(BuyerId) with
            {
                OpenAsTaker = taker == BuyerId ? 1 : 0,
                UnpaidAsTaker = taker == BuyerId && status == OrderStatus.AwaitingPayment ? 1 : 0,
            },
            Seller = Standing(SellerId) with { OpenAsTaker = taker == SellerId ? 1 : 0 },
            Now = Now,
            Limits = Limits,
        };
    }

    /// <summary>The same, with everything so that no guard of the action objects.</summary>
    public static MoveFacts Willing(OrderStatus status, OrderAction action, Party by, Party maker = Party.Seller)
    {
        var facts = Move(status, action, by, maker);
        var (order, buyer) = (facts.Order, facts.Buyer);
        return action switch
        {
            OrderAction.Dispute when by == Party.System => facts with { Order = order with { Deadline = Now } },
            OrderAction.ResolveSplit => facts with { BuyerShare = 0.5m },
            OrderAction.Expire => facts with { Order = order with { Deadline = Now } },
            OrderAction.AcceptCancel or OrderAction.DeclineCancel =>
                facts with { Order = order with { CancelRequestedBy = by == Party.Buyer ? Party.Seller : Party.Buyer } },
            OrderAction.Cancel when by == Party.Seller => facts with { Buyer = buyer with { Suspended = true } },
            _ => facts,
        };
    }

    /// <summary>The code of the first reason, or null when the action is allowed.</summary>
    public static string? Code(MoveFacts facts) => CryptoOrderRules.Reasons(facts).FirstOrDefault()?.Code;

    public static string? Code(PlaceFacts facts) => PlacingRules.Reasons(facts).FirstOrDefault()?.Code;

    /// <summary>What a command does: the decision, or the code of its refusal.</summary>
    public static (Decision? Decision, string? Code) Outcome(Func<Decision> decide)
    {
        try
        {
            return (decide(), null);
        }
        catch (Refused refused)
        {
            return (null, refused.Code);
        }
    }

    /// <summary>A selling maker's ad for 10 BTC at 1,000 KES, taken for 1 BTC.</summary>
    public static PlaceFacts Place() => new()
    {
        Terms = new PlaceTerms { CryptoAmount = 1, PaymentMethodId = 17 },
        Ad = new Ad
        {
            Id = Guid.Parse("0195d2f0-0000-7000-8000-000000000002"),
            OwnerId = SellerId,
            Side = AdSide.Sell,
            Asset = "BTC",
            Fiat = "KES",
            PriceKind = PriceKind.Fixed,
            PriceFixed = 1_000,
            AmountMin = 10,
            AmountMax = 100_000,
            PaymentMethodIds = [17, 18],
            PaymentWindowMinutes = 30,
            Visibility = AdVisibility.Public,
            VerifiedOnly = false,
            CreatedAt = Now.AddDays(-1),
            Total = 10,
            Remaining = 10,
            Open = true,
            Version = 1,
            AssetScale = 8,
            FiatScale = 2,
            FeeRate = 0.01m,
        },
        IsViewer = false,
        Taker = new TakerFacts { UserId = BuyerId, IsVerified = false, JoinedAt = Now.AddDays(-40), Completed = 3, Cancelled = 1 },
        TakerStanding = Standing(BuyerId),
        MakerStanding = Standing(SellerId),
        PaymentAccountId = Guid.Parse("0195d2f0-0000-7000-8000-000000000003"),
        SellerAvailable = 5,
        Now = Now,
        Limits = Limits,
    };
}
