using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Tests.Dealers;

/// <summary>Items from their making to their end, and what others hear meanwhile.</summary>
public sealed class ItemTests : ItemWorld
{
    internal static ItemTerms Good() => Terms();

    [Test]
    public async Task An_item_is_put_in_changed_and_taken_out()
    {
        var (owner, customer) = (await Peer(), await Peer());
        await Connect(owner, customer, AccessLevel.Order);
        var (mine, theirs) = (Hears<ItemChanged>(owner), Hears<ItemChanged>(customer));
        var made = await owner.Client.Items.CreateAsync(Terms("Lamp"), 2.5m, "kg", cancellationToken: Bounded);
        var seen = await customer.Client.Items.GetAsync(made.ItemId, Bounded);
        (seen.Name, seen.Stock, seen.Unit, seen.Price, seen.Currency, seen.Access, seen.OwnerPeerId, seen.Version)
            .ShouldBe(("Lamp", 2.5m, "kg", 10m, "KES", AccessLevel.Order, owner.PeerId, 1));
        seen.Fields.Single().ShouldBe(new ItemField { Name = "colour", Value = "red" });

        var changed = await owner.Client.Items.UpdateAsync(made.ItemId, Terms("Lantern", price: 12.5m), expectedVersion: 1, cancellationToken: Bounded);
        (await Refused(() => owner.Client.Items.UpdateAsync(made.ItemId, Terms(), expectedVersion: 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.StaleVersion);
        await owner.Client.Items.SetStockAsync(made.ItemId, 0, changed.Version, Bounded);
        await owner.Client.Items.DeleteAsync(made.ItemId, cancellationToken: Bounded);
        (await Refused(() => owner.Client.Items.GetAsync(made.ItemId, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => owner.Client.Items.SetStockAsync(made.ItemId, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await customer.Client.Items.ListAsync(owner.PeerId, cancellationToken: Bounded)).Items.ShouldBeEmpty();
        await Eventually(() => mine.All.Count == 4 && theirs.All.Count == 4);
        theirs.All.Select(change => (change.Version, change.IsGone)).ShouldBe([(1, false), (2, false), (3, false), (0, true)]);
        (await Sql<string>(
            $"select string_agg(action || ' ' || price::float8 || ' ' || stock::float8, ', ' order by version) from item_history where item_id = '{made.ItemId}'"))
            .ShouldBe("Created 10 2.5, Changed 12.5 2.5, Stocked 12.5 0, Deleted 12.5 0");
    }

    [Test]
    public async Task Whoever_loses_sight_of_an_item_hears_that_it_is_gone()
    {
        var (owner, customer, chosen) = (await Peer(), await Peer(), await Peer());
        await Connect(owner, customer);
        await Connect(owner, chosen);
        var item = (await owner.Client.Items.CreateAsync(Terms(), 1, cancellationToken: Bounded)).ItemId;
        await owner.Client.Items.ShareAsync(item, chosen.PeerId, AccessLevel.Order, Bounded);
        var (lost, kept) = (Hears<ItemChanged>(customer), Hears<ItemChanged>(chosen));
        var version = (await owner.Client.Items.UpdateAsync(item, Terms(visibility: ItemVisibility.Private), cancellationToken: Bounded)).Version;
        await Eventually(() => lost.All.Any(change => change.IsGone) && kept.All.Any(change => change.Version == version));
        kept.All.ShouldAllBe(change => !change.IsGone);

        (await owner.Client.Items.ListSharesAsync(item, cancellationToken: Bounded)).Items.Single().PeerId.ShouldBe(chosen.PeerId);
        await owner.Client.Items.UnshareAsync(item, chosen.PeerId, Bounded);
        await owner.Client.Items.UnshareAsync(item, chosen.PeerId, Bounded);
        await Eventually(() => kept.All.Any(change => change.IsGone));
        (await Refused(() => chosen.Client.Items.GetAsync(item, Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task A_peer_with_manage_changes_price_and_stock_and_stands_in_the_history()
    {
        var (owner, manager) = (await Peer(), await Peer());
        await Connect(owner, manager, AccessLevel.Manage);
        var item = (await owner.Client.Items.CreateAsync(Terms(gives: AccessLevel.Manage), 1, cancellationToken: Bounded)).ItemId;
        await manager.Client.Items.SetPriceAsync(item, 9.99m, cancellationToken: Bounded);
        await manager.Client.Items.SetStockAsync(item, 40, cancellationToken: Bounded);
        (await Refused(() => manager.Client.Items.UpdateAsync(item, Terms(), cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => manager.Client.Items.DeleteAsync(item, cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        var history = await owner.Client.Items.ListHistoryAsync(item, cancellationToken: Bounded);
        history.Items.Select(entry => (entry.Action, entry.PeerId, entry.Price, entry.Stock)).ShouldBe(
        [
            (ItemAction.Stocked, manager.PeerId, 9.99m, 40m), (ItemAction.Priced, manager.PeerId, 9.99m, 1m), (ItemAction.Created, owner.PeerId, 10m, 1m),
        ]);
        var page = await owner.Client.Items.ListHistoryAsync(item, limit: 2, cancellationToken: Bounded);
        (await owner.Client.Items.ListHistoryAsync(item, limit: 2, page.NextCursor, Bounded)).Items.Single().Action.ShouldBe(ItemAction.Created);
    }

    [Test]
    public async Task Pages_and_searches_lose_nothing()
    {
        var (owner, other) = (await Peer(), await Peer());
        await Connect(owner, other);
        var word = $"word{Guid.NewGuid():N}";
        var seen = new List<Guid>();
        for (var i = 0; i < 25; i++)
        {
            var isSeen = i % 3 != 0;
            var made = await owner.Client.Items.CreateAsync(
                Terms($"{word} number {i}", isSeen ? ItemVisibility.Customers : ItemVisibility.Private), i, cancellationToken: Bounded);
            if (isSeen)
            {
                seen.Insert(0, made.ItemId);
            }
        }

        foreach (var next in new Func<string?, Task<Page<ItemView>>>[]
        {
            cursor => other.Client.Items.SearchAsync(word, 4, cursor, Bounded), cursor => other.Client.Items.SearchAsync($"NUMBER {word[..12]}", 7, cursor, Bounded),
            cursor => other.Client.Items.ListAsync(owner.PeerId, "light", 5, cursor, Bounded),
        })
        {
            var found = new List<Guid>();
            string? cursor = null;
            do
            {
                var page = await next(cursor);
                found.AddRange(page.Items.Select(item => item.ItemId));
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            found.ShouldBe(seen);
        }

        (await other.Client.Items.SearchAsync("' | word:* & !", cancellationToken: Bounded)).Items.Count.ShouldBe(
            (await other.Client.Items.SearchAsync("word", cancellationToken: Bounded)).Items.Count);
        (await other.Client.Items.ListAsync(owner.PeerId, "dark", cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await other.Client.Items.ListAsync(Convert.ToBase64String(new byte[32]).TrimEnd('='), cancellationToken: Bounded)).Items.ShouldBeEmpty();
    }

    [Test]
    public async Task Stock_that_is_counted_from_what_was_seen_is_counted_once()
    {
        var owner = await Peer();
        var item = (await owner.Client.Items.CreateAsync(Terms(), 0, cancellationToken: Bounded)).ItemId;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            while (true)
            {
                var seen = await owner.Client.Items.GetAsync(item, Bounded);
                if (await Said(() => owner.Client.Items.SetStockAsync(item, seen.Stock + 1, seen.Version, Bounded)) == "yes")
                {
                    return;
                }
            }
        }));
        (await owner.Client.Items.GetAsync(item, Bounded)).Stock.ShouldBe(20);
    }

    [Test]
    public async Task An_erased_peer_leaves_no_item()
    {
        var (gone, other) = (await Peer(), await Peer());
        await Connect(gone, other);
        var item = (await gone.Client.Items.CreateAsync(Terms("a canary", ItemVisibility.Public), 1, cancellationToken: Bounded)).ItemId;
        await Sql(
            $"""
            insert into deletions (user_id, asked_at, due_at, next_at) values ({Id(gone)}, now(), now(), now());
            update deletions set erased_at = now() where user_id = {Id(gone)};
            """);
        (await Refused(() => other.Client.Items.GetAsync(item, Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Sql<bool>($"select name = '' and description is null and fields = '[]' from items where id = '{item}'")).ShouldBeTrue();
    }
}
