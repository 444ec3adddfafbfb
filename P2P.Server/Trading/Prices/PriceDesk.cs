namespace P2P.Server.Trading.Prices;

/// <summary>What the hub's calls on prices work with.</summary>
public sealed record PriceDesk(PriceHistoryFlow History, PriceWatch Watch);
