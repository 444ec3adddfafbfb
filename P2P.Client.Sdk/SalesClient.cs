using P2P.Client.Sdk.Connecting;
using P2P.Client.Sdk.Generated;
using P2P.Contracts.Dealers;

namespace P2P.Client.Sdk;

/// <summary>What the user sold in the dealers' network, in numbers. Nobody else sees them.</summary>
public sealed class SalesClient
{
    private readonly DealerHubProxy _hub;
    private readonly RestCaller _rest;

    internal SalesClient(DealerHubProxy hub, RestCaller rest) => (_hub, _rest) = (hub, rest);

    /// <summary>Completed orders of some days (UTC) and what was earned with them.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, at most 366 days after the first.</param>
    /// <param name="by">What the rows are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">BAD_INPUT, NOT_A_PEER, RATE_LIMITED.</exception>
    public Task<SalesView> GetAsync(DateOnly from, DateOnly to, SalesGrouping by, CancellationToken cancellationToken = default) =>
        _hub.GetSales(new GetSalesRequest { From = from, To = to, By = by }, cancellationToken);

    /// <summary>How often the stock of each item was sold within some days (UTC).</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, at most 366 days after the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">BAD_INPUT, NOT_A_PEER, RATE_LIMITED.</exception>
    public Task<StockTurnoverView> GetStockTurnoverAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        _hub.GetStockTurnover(new GetStockTurnoverRequest { From = from, To = to }, cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, as a table (CSV, RFC 4180).</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="by">What the rows are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">BAD_INPUT, NOT_A_PEER, RATE_LIMITED.</exception>
    public Task<string> ExportCsvAsync(DateOnly from, DateOnly to, SalesGrouping by, CancellationToken cancellationToken = default) =>
        TableAsync($"api/p2p/sales.csv?from={Day(from)}&to={Day(to)}&by={by switch
        {
            SalesGrouping.Peer => "peer",
            SalesGrouping.Day => "day",
            _ => "item",
        }}", cancellationToken);

    /// <summary>As <see cref="GetStockTurnoverAsync"/>, as a table (CSV, RFC 4180).</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="P2PException">BAD_INPUT, NOT_A_PEER, RATE_LIMITED.</exception>
    public Task<string> ExportStockTurnoverCsvAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        TableAsync($"api/p2p/stock-turnover.csv?from={Day(from)}&to={Day(to)}", cancellationToken);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> TableAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await _rest.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }
}
