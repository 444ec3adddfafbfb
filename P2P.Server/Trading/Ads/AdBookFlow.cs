using System.Globalization;
using System.Runtime.CompilerServices;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Server.Core;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Trading.Ads;

/// <summary>Lets connections watch books, each a few.</summary>
public sealed class AdBookFlow(AdBooks books, AdLimits limits)
{
    private readonly ConditionalWeakTable<HubLink, Dictionary<Market, LossyChannel<AdBookChanged>>> _channels = [];

    /// <summary>The book as it is; changes follow. Subscribing again begins anew.</summary>
    public async Task<AdBook> Subscribe(HubLink link, Market market, CancellationToken cancellation)
    {
        AdTermsRules.CheckMarket(market);
        var channel = Open(link, market);
        try
        {
            return await books.Subscribe(market, new BookSubscription(channel.Push, () => channel.IsClosed), cancellation);
        }
        catch
        {
            Close(link, market, channel);
            throw;
        }
    }

    /// <summary>Ends a subscription, if there is one.</summary>
    public void Unsubscribe(HubLink link, Market market)
    {
        AdTermsRules.CheckMarket(market);
        Close(link, market, null);
    }

    private LossyChannel<AdBookChanged> Open(HubLink link, Market market)
    {
        var mine = _channels.GetOrCreateValue(link);
        lock (mine)
        {
            if (mine.Remove(market, out var former))
            {
                former.Close();
            }
            else if (mine.Count >= limits.BooksPerConnection)
            {
                throw new Refused(
                    ErrorCodes.QuotaExceeded,
                    "This connection watches as many markets as it may: end one of them first.",
                    ("quota", "markets"),
                    ("limit", limits.BooksPerConnection.ToString(CultureInfo.InvariantCulture)));
            }

            return mine[market] = link.OpenLossy<AdBookChanged>(nameof(ITradeClient.AdBookChanged), AdBookState.Merge);
        }
    }

    /// <summary>Closes the market's channel, or only the given one when another has taken its place.</summary>
    private void Close(HubLink link, Market market, LossyChannel<AdBookChanged>? only)
    {
        var mine = _channels.GetOrCreateValue(link);
        lock (mine)
        {
            if (mine.TryGetValue(market, out var channel) && (only is null || only == channel))
            {
                mine.Remove(market);
                channel.Close();
            }
        }
    }
}
