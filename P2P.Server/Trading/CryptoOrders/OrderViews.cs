using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Deals;
using P2P.Server.Trading.Ads;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>Turns rows into what a party sees.</summary>
public static class OrderViews
{
    public static OrderView Of(OrderRow row, long callerId, IReadOnlyList<PartnerWarning>? warnings = null)
    {
        var isOpen = row.Status.IsOpen();
        return new OrderView
        {
            State = new OrderState
            {
                Id = row.Id,
                Kind = OrderKind.Crypto,
                AdId = row.OfferId,
                BuyerId = row.BuyerId,
                SellerId = row.SellerId,
                Status = row.Status,
                Version = row.Version,
                Asset = row.Asset,
                CryptoAmount = row.CryptoAmount,
                Fiat = row.Fiat,
                FiatAmount = row.FiatAmount,
                Price = row.Price,
                Fee = row.Fee,
                Duty = row.Duty,
                Deadline = row.Deadline,
                Overdue = row.Overdue,
                CancelRequestedBy = row.CancelRequestedBy,
            },
            You = callerId == row.BuyerId ? Party.Buyer : Party.Seller,
            Maker = row.Maker,
            Buyer = Trader(row.BuyerId, row.BuyerName, row.BuyerVerified, row.BuyerMerchant, row.BuyerCompleted, row.BuyerCancelled),
            Seller = Trader(row.SellerId, row.SellerName, row.SellerVerified, row.SellerMerchant, row.SellerCompleted, row.SellerCancelled),
            PriceSource = row.PriceSource,
            PriceQuote = Quote(row),
            PaymentMethodId = row.PaymentMethodId,
            PaymentMethodName = row.PaymentMethodName,
            PaymentAccount = isOpen ? Account(row) : null,
            PaymentReference = row.PaymentReference,
            Payer = row.Status is OrderStatus.PaymentConfirmed or OrderStatus.Disputed ? PayerNameRules.Compare(row.PayerName, row.BuyerHolders) : null,
            PartnerWarnings = isOpen ? warnings : null,
            Terms = row.Terms,
            PaymentWindowMinutes = row.PaymentWindowMinutes,
            PaymentWindowExtended = row.WindowExtended,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
        };
    }

    public static OwnOpenOrder OwnOpen(OrderRow row, long callerId) => new()
    {
        Id = row.Id,
        Kind = OrderKind.Crypto,
        Status = row.Status,
        Party = callerId == row.BuyerId ? Party.Buyer : Party.Seller,
        Asset = row.Asset,
        CryptoAmount = row.CryptoAmount,
        Fiat = row.Fiat,
        FiatAmount = row.FiatAmount,
        Duty = row.Duty,
        Deadline = row.Deadline,
        CreatedAt = row.CreatedAt,
    };

    private static OrderPriceQuote? Quote(OrderRow row) => row is
    { RateId: { } rateId, ReferencePrice: { } reference, PricePercent: { } percent, RateAt: { } at, RateInputs: { } inputs }
        ? new OrderPriceQuote
        {
            RateId = rateId,
            ReferencePrice = reference,
            At = at,
            AgeSeconds = (int)Math.Clamp((row.CreatedAt - at).Ticks / TimeSpan.TicksPerSecond, 0, int.MaxValue),
            Percent = percent,
            Floor = row.PriceFloor,
            Ceiling = row.PriceCeiling,
            Inputs = JsonSerializer.Deserialize<PriceInput[]>(inputs, WireJson.Server) ?? [],
        }
        : null;

    private static TraderView Trader(long id, string? name, bool verified, bool merchant, int completed, int cancelled) => new()
    {
        ProfileId = id,
        Username = name,
        IsVerified = verified,
        IsMerchant = merchant,
        CompletedTrades = completed,
        CompletionRate = AdRules.CompletionRate(completed, cancelled),
    };

    /// <summary>The label is the seller's own and stays theirs.</summary>
    private static PaymentAccount Account(OrderRow row) => new()
    {
        Id = row.PaymentAccountId,
        PaymentMethodId = row.PaymentMethodId,
        PaymentMethodName = row.PaymentMethodName,
        Fields = JsonSerializer.Deserialize<Dictionary<string, string>>(row.AccountFields) ?? [],
    };
}
