namespace P2P.Contracts.Dealers;

/// <summary>What a dealer sold, in numbers. Nobody else sees them; docs/dealers.md has the formulas.</summary>
public interface ISalesCalls
{
    /// <summary>
    /// The caller's sales of some days by item, by peer or by day: orders that were completed, and what was earned with them. The same stands at
    /// <c>GET /api/p2p/sales.csv?from=2026-01-01&amp;to=2026-01-31&amp;by=item</c>.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<SalesView> GetSales(GetSalesRequest request);

    /// <summary>
    /// How often the stock of each of the caller's items was sold within some days. The same stands at
    /// <c>GET /api/p2p/stock-turnover.csv?from=2026-01-01&amp;to=2026-01-31</c>.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.</remarks>
    Task<StockTurnoverView> GetStockTurnover(GetStockTurnoverRequest request);
}
