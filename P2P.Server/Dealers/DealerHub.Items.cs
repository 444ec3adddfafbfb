using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Server.Dealers;

public sealed partial class DealerHub
{
    public Task<ItemReply> CreateItem(CreateItemRequest request) => dealers.Items.Create(Caller, request, Aborted);

    public Task<ItemReply> UpdateItem(UpdateItemRequest request) => dealers.Items.Update(Caller, request, Aborted);

    public Task<ItemReply> SetItemPrice(SetItemPriceRequest request) => dealers.Items.SetPrice(Caller, request, Aborted);

    public Task<ItemReply> SetItemStock(SetItemStockRequest request) => dealers.Items.SetStock(Caller, request, Aborted);

    public Task<ItemReply> ArrangeItemImages(ArrangeItemImagesRequest request) => dealers.Items.Arrange(Caller, request, Aborted);

    public Task<ItemReply> SetItemKeys(SetItemKeysRequest request) => dealers.SealedItems.SetKeys(Caller, request, Aborted);

    public Task<ItemReply> DeleteItem(ItemRequest request) => dealers.Items.Delete(Caller, request, Aborted);

    public Task<ItemReply> ShareItem(ShareItemRequest request) => dealers.Shares.Share(Caller, request, Aborted);

    public Task<ItemReply> UnshareItem(UnshareItemRequest request) => dealers.Shares.Unshare(Caller, request, Aborted);

    public Task<ItemView> GetItem(GetItemRequest request) => dealers.ItemReads.Get(Caller, request, Aborted);

    public Task<Page<ItemView>> ListItems(ListItemsRequest request) => dealers.ItemReads.List(Caller, request, Aborted);

    public Task<Page<ItemView>> SearchItems(SearchItemsRequest request) => dealers.ItemReads.Search(Caller, request, Aborted);

    public Task<Page<ItemShareView>> ListItemShares(ItemPageRequest request) => dealers.ItemReads.Shares(Caller, request, Aborted);

    public Task<Page<ItemReader>> ListItemReaders(ItemPageRequest request) => dealers.SealedItems.List(Caller, request, Aborted);

    public Task<Page<ItemHistoryEntry>> ListItemHistory(ItemPageRequest request) => dealers.ItemReads.History(Caller, request, Aborted);
}
