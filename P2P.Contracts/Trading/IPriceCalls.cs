namespace P2P.Contracts.Trading;

/// <summary>Reference prices, live and over time.</summary>
public interface IPriceCalls
{
    /// <summary>
    /// Every reference price as it is now; from then on this connection hears <see cref="IPriceClient.PricesChanged"/>. Subscribing again
    /// begins anew.
    /// </summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<PricesView> SubscribePrices();

    /// <summary>Ends the subscription; without one it does nothing.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task UnsubscribePrices();

    /// <summary>
    /// A market's reference prices as candles, from a moment on: those of the next 500 stretches of time. Buckets below an hour reach back
    /// as far as
    /// the server keeps single rates (30 days, if the operator sets nothing else), longer ones to the beginning.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN, CURRENCY_UNKNOWN.</remarks>
    Task<PriceHistory> GetPriceHistory(GetPriceHistoryRequest request);
}
