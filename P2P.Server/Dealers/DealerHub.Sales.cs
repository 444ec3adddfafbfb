using P2P.Contracts.Dealers;

namespace P2P.Server.Dealers;

public sealed partial class DealerHub
{
    public Task<SalesView> GetSales(GetSalesRequest request) => dealers.Sales.Sales(Caller, request, Aborted);

    public Task<StockTurnoverView> GetStockTurnover(GetStockTurnoverRequest request) => dealers.Sales.Turnover(Caller, request, Aborted);
}
