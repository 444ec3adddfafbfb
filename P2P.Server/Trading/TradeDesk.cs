using P2P.Server.Trading.CryptoOrders;

namespace P2P.Server.Trading;

/// <summary>What the trade hub works with.</summary>
public sealed record TradeDesk(CryptoOrderFlow Orders, CryptoOrderReadFlow OrderReads);
