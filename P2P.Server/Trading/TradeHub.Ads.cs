using P2P.Contracts;
using P2P.Contracts.Trading;

namespace P2P.Server.Trading;

public sealed partial class TradeHub
{
    public Task<MarketsView> GetMarkets() => ads.Prices.Markets().WaitAsync(Aborted);

    public Task<AdReply> CreateAd(CreateAdRequest request) => ads.Flow.Create(Caller, request, Aborted);

    public Task<AdCheck> CheckCreateAd(CheckCreateAdRequest request) => ads.Flow.CheckCreate(Caller, request, Aborted);

    public Task<Page<AdView>> ListAds(ListAdsRequest request) => ads.Lists.List(Caller, request, Aborted);

    public Task<AdView> GetAd(GetAdRequest request) => ads.Lists.Get(Caller, request, Aborted);

    public Task<Page<AdView>> MyAds(MyAdsRequest request) => ads.Lists.Mine(Caller, request, Aborted);

    public Task<AdReply> UpdateAd(UpdateAdRequest request) => ads.Flow.Update(Caller, request, Aborted);

    public Task<AdReply> ChangeAdTotal(ChangeAdTotalRequest request) => ads.Totals.Change(Caller, request, Aborted);

    public Task<AdReply> PauseAd(AdRequest request) => ads.Flow.Pause(Caller, request, Aborted);

    public Task<AdReply> ResumeAd(AdRequest request) => ads.Flow.Resume(Caller, request, Aborted);

    public Task<AdReply> DeleteAd(AdRequest request) => ads.Flow.Delete(Caller, request, Aborted);

    public Task<AdBook> SubscribeAdBook(Market market) => ads.Books.Subscribe(Link, market, Aborted);

    public Task UnsubscribeAdBook(Market market)
    {
        ads.Books.Unsubscribe(Link, market);
        return Task.CompletedTask;
    }
}
