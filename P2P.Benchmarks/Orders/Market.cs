using System.Globalization;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Benchmarks.Orders;

/// <summary>Who trades: ids that every target can compute, so that none of them has to look one up.</summary>
internal sealed record Market(int Merchants, int CallersMax)
{
    /// <summary>The hot ad's merchant; those of the spread ones follow. As long as real ids, for the size of the events.</summary>
    public const long SellerFirst = 4_000_000_000_000_000;
    public const long BuyerFirst = 4_200_000_000_000_000;

    /// <summary>Each caller has buyers of its own, so that buyers never wait for each other.</summary>
    public const int BuyersOfCaller = 16;
    public const decimal Amount = 0.01m;
    public const long PaymentMethod = 17;
    public const string Asset = "BTC";
    public const string Fiat = "KES";

    public int Buyers => CallersMax * BuyersOfCaller;

    public static (int First, int Last) AdsOf(LoadKind kind, int merchants) => kind == LoadKind.Hot ? (0, 0) : (1, merchants);

    public static Guid AdOf(long seller) => Guid.ParseExact(seller.ToString("x", CultureInfo.InvariantCulture).PadLeft(32, '0'), "N");

    /// <summary>The next buyer and seller of a caller.</summary>
    public (long Buyer, long Seller) Next(int caller, LoadKind kind, Random random)
    {
        var (first, last) = AdsOf(kind, Merchants);
        return (BuyerFirst + (caller * BuyersOfCaller) + random.Next(BuyersOfCaller), SellerFirst + random.Next(first, last + 1));
    }

    public static Deposit Credit(long user, decimal amount)
    {
        var id = Ids.New();
        return new Deposit
        {
            UserId = Caller.System.UserId,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            ExternalReference = $"benchmark:{id}",
            SubjectId = user,
            Asset = Asset,
            Amount = amount,
        };
    }

    public static PlaceOrder Place(long buyer, long seller, byte[] bodyHash) => new()
    {
        UserId = buyer,
        RequestId = Ids.New(),
        BodyHash = bodyHash,
        OrderId = Ids.New(),
        OfferId = AdOf(seller),
        Kind = OrderKind.Crypto,
        Request = new PlaceTerms { CryptoAmount = Amount, PaymentMethodId = PaymentMethod },
    };

    public static MoveOrder Move(long user, Guid order, OrderAction action, byte[] bodyHash) => new()
    {
        UserId = user,
        RequestId = Ids.New(),
        BodyHash = bodyHash,
        OrderId = order,
        Action = action,
    };
}
