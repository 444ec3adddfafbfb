using P2P.Contracts.Dealers;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;

namespace P2P.Server.Dealers.Items;

/// <summary>Who hears of a change of an item: its owner, and every connected peer who sees it or saw it before.</summary>
internal static class ItemNotices
{
    /// <param name="before">The item before the change; null for a new one.</param>
    /// <param name="after">The item afterwards.</param>
    /// <param name="viewers">The item afterwards, once for each peer whom its owner is connected with.</param>
    public static IEnumerable<PendingEvent> Changed(ItemRow? before, ItemRow after, IEnumerable<ItemRow> viewers)
    {
        List<long> seeing = after.IsClosed ? [] : [after.OwnerId];
        List<long> losing = after.IsClosed ? [after.OwnerId] : [];
        foreach (var viewer in viewers)
        {
            if (ItemRules.CanSee(viewer.Facts))
            {
                seeing.Add(viewer.ViewerId);
            }
            else if (before is not null && ItemRules.CanSee(Before(before, viewer)))
            {
                losing.Add(viewer.ViewerId);
            }
        }

        return All(seeing, new ItemChanged { ItemId = after.Id, Version = after.Version, IsGone = false })
            .Concat(All(losing, Gone(after.Id)));
    }

    /// <summary>Orders took of an item, or gave back: its owner and whoever sees it hear that once.</summary>
    public static IEnumerable<PendingEvent> Restocked(Offer offer, IEnumerable<ItemRow> viewers) => !offer.Open ? [] : All(
        [offer.OwnerId, .. viewers.Where(viewer => ItemRules.CanSee(viewer.Facts)).Select(viewer => viewer.ViewerId)],
        new ItemChanged { ItemId = offer.Id, Version = offer.Version, IsGone = false });

    /// <summary>These can open a sealed item now.</summary>
    public static IEnumerable<PendingEvent> Keyed(ItemRow item, IEnumerable<long> users) =>
        All([.. users.Distinct()], new ItemChanged { ItemId = item.Id, Version = item.Version, IsGone = false });

    /// <summary>One peer sees the item in another way, or no longer.</summary>
    public static IEnumerable<PendingEvent> ChangedFor(ItemRow before, ItemRow after) => ItemRules.CanSee(after.Facts)
        ? All([after.ViewerId], new ItemChanged { ItemId = after.Id, Version = after.Version, IsGone = false })
        : ItemRules.CanSee(before.Facts) ? All([after.ViewerId], Gone(after.Id)) : [];

    /// <summary>What the viewer saw before: only what the item itself says was another thing.</summary>
    private static ItemFacts Before(ItemRow before, ItemRow viewer) =>
        viewer.Facts with { Visibility = before.Visibility, Gives = before.Gives, IsClosed = before.IsClosed };

    private static ItemChanged Gone(Guid id) => new() { ItemId = id, Version = 0, IsGone = true };

    private static IEnumerable<PendingEvent> All(IReadOnlyCollection<long> users, ItemChanged change) =>
        PendingEvent.ForAll(users, Audience.Dealer, nameof(IDealerClient.ItemChanged), change);
}
