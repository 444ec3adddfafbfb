using P2P.Server.Trading.TradeLimits;

namespace P2P.Server.Trading.CryptoOrders;

/// <summary>What the hub's calls on orders work with.</summary>
public sealed record CryptoOrderDesk(CryptoOrderFlow Flow, CryptoOrderReadFlow Reads, TradeLimitFlow Limits);
