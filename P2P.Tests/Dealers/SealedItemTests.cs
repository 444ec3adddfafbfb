using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Tests.Files;

namespace P2P.Tests.Dealers;

/// <summary>Items that those who may see them read, and the server does not. (S18)</summary>
public sealed class SealedItemTests : ItemWorld
{
    [Test]
    public async Task A_private_item_is_sealed_and_read_by_whom_it_is_shared_with_alone()
    {
        var (owner, chosen, other) = (await Peer(), await Peer(), await Peer());
        await Connect(owner, chosen);
        await Connect(owner, other);
        var terms = Terms("Silver lamp", ItemVisibility.Private, price: 12.5m);
        var item = (await owner.Client.Items.CreateAsync(terms, 4, cancellationToken: Bounded)).ItemId;
        await owner.Client.Items.ShareAsync(item, chosen.PeerId, AccessLevel.Order, Bounded);

        foreach (var reader in new[] { owner, chosen })
        {
            var view = await reader.Client.Items.GetAsync(item, Bounded);
            (view.Name, view.Description, view.Category, view.Price, view.Currency, view.Stock).ShouldBe(
                ("Silver lamp", "bright and warm", "Light", 12.5m, "KES", 4m));
            view.Fields.Single().ShouldBe(terms.Fields!.Single());
            (await reader.Client.Items.ListAsync(owner.PeerId, cancellationToken: Bounded)).Items.Single().Name.ShouldBe("Silver lamp");
        }

        (await Refused(() => other.Client.Items.GetAsync(item, Bounded))).ShouldBe(ErrorCodes.NotFound);
        var raw = await chosen.Client.Hub.GetItem(new GetItemRequest { ItemId = item }, Bounded);
        (raw.Name, raw.Description, raw.Category, raw.Price, raw.Fields.Count, raw.Keys!.Count).ShouldBe(("", null, null, 0m, 0, 1));
        // The server has nothing to find by.
        (await chosen.Client.Items.SearchAsync("Silver", cancellationToken: Bounded)).Items.ShouldBeEmpty();
        (await owner.Client.Items.ExportCsvAsync(Bounded)).ShouldNotContain("lamp");
    }

    [Test]
    public async Task Customers_read_what_is_sealed_for_them_those_who_come_later_too()
    {
        var (owner, early, late) = (await Peer(), await Peer(), await Peer());
        await Connect(owner, early);
        using var ending = new CancellationTokenSource();
        var keeping = owner.Client.Items.KeepKeysAsync(ending.Token);
        var item = (await owner.Client.Items.CreateAsync(Terms("Lamp for friends"), 1, isSealed: true, cancellationToken: Bounded)).ItemId;
        (await early.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe("Lamp for friends");
        var heard = Hears<ItemChanged>(late);
        await Connect(owner, late);
        await EventuallyReads(late, item, "Lamp for friends");
        await Eventually(() => heard.All.Any(change => change.ItemId == item && !change.IsGone));

        // A second device of a customer's, which the owner's program learns of by itself.
        var second = Connecting(late.Name, new MemoryKeyStore());
        await second.ConnectAsync(Bounded);
        await second.Keys.RegisterAsync("second", Bounded);
        await EventuallyReads(late with { Client = second }, item, "Lamp for friends");
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => keeping);
    }

    [Test]
    public async Task Who_is_sent_away_gets_no_key_any_more_and_the_item_a_new_one()
    {
        var (owner, kept, sentAway) = (await Peer(), await Peer(), await Peer());
        await Connect(owner, kept);
        await Connect(owner, sentAway);
        var item = (await owner.Client.Items.CreateAsync(Terms("Lamp", ItemVisibility.Private), 1, cancellationToken: Bounded)).ItemId;
        foreach (var peer in new[] { kept, sentAway })
        {
            await owner.Client.Items.ShareAsync(item, peer.PeerId, AccessLevel.View, Bounded);
        }

        var before = await sentAway.Client.Hub.GetItem(new GetItemRequest { ItemId = item }, Bounded);
        await owner.Client.Items.UnshareAsync(item, sentAway.PeerId, Bounded);
        var after = await kept.Client.Hub.GetItem(new GetItemRequest { ItemId = item }, Bounded);
        (before.KeyVersion, after.KeyVersion).ShouldBe((1, 2));
        after.Sealed.ShouldNotBe(before.Sealed);
        (await kept.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe("Lamp");

        // A connection that ends takes its keys with it as well, once the owner's program looks.
        await owner.Client.Connections.RevokeAsync(kept.PeerId, Bounded);
        await owner.Client.Items.RefreshKeysAsync(Bounded);
        (await Readers(owner, item)).Select(reader => (reader.PeerId, reader.Sees, reader.KeyIds.Count)).ShouldBe([(owner.PeerId, true, 1)]);
        (await owner.Client.Items.GetAsync(item, Bounded)).ShouldSatisfyAllConditions(view => view.KeyVersion.ShouldBe(3), view => view.Name.ShouldBe("Lamp"));
    }

    [Test]
    public async Task A_revoked_device_s_key_is_replaced_and_a_verified_peer_s_new_device_waits_for_the_number()
    {
        var (owner, customer) = (await Peer(), await Peer());
        await Connect(owner, customer);
        var second = Connecting(customer.Name, new MemoryKeyStore());
        await second.ConnectAsync(Bounded);
        var lost = await second.Keys.RegisterAsync("second", Bounded);
        await owner.Client.Keys.TrustAsync(Id(customer), Bounded);
        var item = (await owner.Client.Items.CreateAsync(Terms("Lamp"), 1, isSealed: true, cancellationToken: Bounded)).ItemId;
        (await second.Items.GetAsync(item, Bounded)).Name.ShouldBe("Lamp");
        await customer.Client.Keys.RevokeAsync(lost.KeyId, Bounded);
        await owner.Client.Items.RefreshKeysAsync(Bounded);
        (await Readers(owner, item)).Single(reader => reader.PeerId == customer.PeerId).KeyIds.ShouldBe([customer.PeerId]);
        (await customer.Client.Items.GetAsync(item, Bounded)).KeyVersion.ShouldBe(2);

        var number = await owner.Client.Keys.SafetyNumberAsync(Id(customer), Bounded);
        await owner.Client.Keys.MarkVerifiedAsync(Id(customer), number.Digits, Bounded);
        var third = Connecting(customer.Name, new MemoryKeyStore());
        await third.ConnectAsync(Bounded);
        await third.Keys.RegisterAsync("third", Bounded);
        await owner.Client.Items.RefreshKeysAsync(Bounded);
        (await third.Items.GetAsync(item, Bounded)).Name.ShouldBe("");
        (await customer.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe("Lamp");
        number = await owner.Client.Keys.SafetyNumberAsync(Id(customer), Bounded);
        await owner.Client.Keys.MarkVerifiedAsync(Id(customer), number.Digits, Bounded);
        await owner.Client.Items.RefreshKeysAsync(Bounded);
        (await third.Items.GetAsync(item, Bounded)).Name.ShouldBe("Lamp");
    }

    [Test]
    public async Task What_a_sealed_item_says_is_changed_whole_and_what_is_open_can_be_sealed_and_opened()
    {
        var (owner, manager) = (await Peer(), await Peer());
        await Connect(owner, manager, AccessLevel.Manage);
        var item = (await owner.Client.Items.CreateAsync(Terms("Lamp", gives: AccessLevel.Manage), 1, isSealed: true, cancellationToken: Bounded)).ItemId;
        (await Refused(() => manager.Client.Items.SetPriceAsync(item, 11, cancellationToken: Bounded))).ShouldBe(ErrorCodes.ItemSealed);
        (await Refused(() => owner.Client.Items.SetPriceAsync(item, 11, cancellationToken: Bounded))).ShouldBe(ErrorCodes.ItemSealed);
        await manager.Client.Items.SetStockAsync(item, 7, cancellationToken: Bounded);
        await owner.Client.Items.UpdateAsync(item, Terms("Better lamp", gives: AccessLevel.Manage, price: 11), cancellationToken: Bounded);
        (await manager.Client.Items.GetAsync(item, Bounded)).ShouldSatisfyAllConditions(
            view => (view.Name, view.Price, view.Stock, view.KeyVersion).ShouldBe(("Better lamp", 11m, 7m, 1)));

        await owner.Client.Items.UpdateAsync(item, Terms("Open lamp", ItemVisibility.Public), cancellationToken: Bounded);
        (await manager.Client.Hub.GetItem(new GetItemRequest { ItemId = item }, Bounded)).ShouldSatisfyAllConditions(
            view => (view.Name, view.Sealed, view.Keys).ShouldBe(("Open lamp", null, null)));
        await owner.Client.Items.UpdateAsync(item, Terms("Private lamp", ItemVisibility.Private), cancellationToken: Bounded);
        var view = await owner.Client.Hub.GetItem(new GetItemRequest { ItemId = item }, Bounded);
        // A key's number never comes back: whoever had the first one has nothing of the second.
        (view.Name, view.KeyVersion).ShouldBe(("", 2));
        (await owner.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe("Private lamp");
    }

    [Test]
    public async Task Pictures_of_a_sealed_item_are_sealed_with_it()
    {
        var (owner, customer) = (await Peer(), await Peer());
        await Connect(owner, customer);
        var item = (await owner.Client.Items.CreateAsync(Terms("Lamp"), 1, isSealed: true, cancellationToken: Bounded)).ItemId;
        var picture = (byte[])Pictures.Good().First().Arguments[0]!; // Each has a file.
        var added = await owner.Client.Items.AddImageAsync(item, new MemoryStream(picture), "front.jpg", cancellationToken: Bounded);
        var shown = (await customer.Client.Items.GetAsync(item, Bounded)).Images.Single();
        (shown.Id, shown.Name, shown.Encrypted).ShouldBe((added.Id, "front.jpg", true));
        await using var file = await customer.Client.Items.GetImageAsync(item, added.Id, Bounded);
        using var bytes = new MemoryStream();
        await file.Content.CopyToAsync(bytes, Bounded);
        bytes.ToArray().ShouldBe(Pictures.Rewritten(picture));
        (file.ContentType, file.Name).ShouldBe((shown.ContentType, "front.jpg"));

        // What is sealed takes no open pictures, and what is open no sealed ones; and none changes sides.
        (await Refused(() => owner.Client.Items.UpdateAsync(item, Terms(), isSealed: false, cancellationToken: Bounded))).ShouldBe(ErrorCodes.ItemSealed);
        await owner.Client.Items.ArrangeImagesAsync(item, [], cancellationToken: Bounded);
        await owner.Client.Items.UpdateAsync(item, Terms("Open"), isSealed: false, cancellationToken: Bounded);
        (await customer.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe("Open");
    }

    [Test]
    public async Task A_sealed_item_is_ordered_at_the_price_that_the_buyer_says_and_the_seller_takes()
    {
        var (seller, buyer) = (await Peer(), await Peer());
        await Connect(seller, buyer);
        var item = (await seller.Client.Items.CreateAsync(Terms("Lamp"), 5, isSealed: true, cancellationToken: Bounded)).ItemId;
        (await Refused(() => buyer.Client.Orders.CreateAsync(item, 1, cancellationToken: Bounded))).ShouldBe(ErrorCodes.PriceRequired);
        var check = await buyer.Client.Orders.CheckCreateAsync(new CheckCreateGoodsOrderRequest { ItemId = item, Quantity = 1 }, Bounded);
        (check.Allowed, check.Reasons.Single().Code, check.Quote).ShouldBe((false, ErrorCodes.PriceRequired, null));
        (await Refused(() => buyer.Client.Orders.CreateAsync(item, 1, expectedPrice: 0.001m, cancellationToken: Bounded))).ShouldBe(ErrorCodes.PriceRequired);
        var price = (await buyer.Client.Items.GetAsync(item, Bounded)).Price;
        var order = (await buyer.Client.Orders.CreateAsync(item, 2, expectedPrice: price, cancellationToken: Bounded)).OrderId;
        var seen = await seller.Client.Orders.GetAsync(order, Bounded);
        (seen.State.Price, seen.State.Total, seen.ItemName).ShouldBe((10m, 20m, ""));
        await seller.Client.Orders.AcceptAsync(order, cancellationToken: Bounded);
        (await seller.Client.Items.GetAsync(item, Bounded)).Stock.ShouldBe(3);
        (await seller.Client.Orders.GetAsync(order, Bounded)).State.Status.ShouldBe(OrderStatus.Accepted);
    }

    /// <summary>Every visibility, access and relation: whoever sees a sealed item opens it, and nobody else gets a key or a byte of it.</summary>
    [Test]
    public async Task Whoever_sees_a_sealed_item_opens_it_and_nobody_else()
    {
        var (peers, _) = await Make();
        var owner = peers["owner"];
        var cells = 0;
        foreach (var visibility in new[] { ItemVisibility.Customers, ItemVisibility.Private })
        {
            foreach (var gives in Levels)
            {
                var item = (await owner.Client.Items.CreateAsync(Terms("Secret", visibility, gives), 5, isSealed: true, cancellationToken: Bounded)).ItemId;
                foreach (var relation in Relations.Where(one => one.StartsWith("shared", StringComparison.Ordinal)))
                {
                    await owner.Client.Items.ShareAsync(item, peers[relation].PeerId, LevelOf(relation), Bounded);
                }

                var holders = (await Readers(owner, item)).Where(reader => reader.KeyIds.Count > 0).Select(reader => reader.PeerId).ToHashSet();
                foreach (var (relation, peer) in peers)
                {
                    var isReader = relation == "owner" || relation.StartsWith("shared", StringComparison.Ordinal)
                        || (visibility == ItemVisibility.Customers && relation.StartsWith("connected", StringComparison.Ordinal));
                    (await Said(async () => (await peer.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe("Secret"))).ShouldBe(
                        isReader ? "yes" : ErrorCodes.NotFound, $"{visibility} {gives} {relation}");
                    holders.Contains(peer.PeerId).ShouldBe(isReader, $"{visibility} {gives} {relation}");
                    cells++;
                }
            }
        }

        cells.ShouldBe(66);
    }

    [Test]
    public async Task Owners_cannot_lose_a_key_nor_seal_for_others_nor_go_back()
    {
        var (owner, other) = (await Peer(), await Peer());
        await Connect(owner, other);
        var item = (await owner.Client.Items.CreateAsync(Terms("Lamp"), 1, isSealed: true, cancellationToken: Bounded)).ItemId;
        var made = await owner.Client.Hub.GetItem(new GetItemRequest { ItemId = item }, Bounded);
        var terms = new ItemTerms
        {
            Name = "",
            Price = 0,
            Currency = "KES",
            Visibility = ItemVisibility.Customers,
            Gives = AccessLevel.Order,
            Sealed = made.Sealed,
        };
        // Another's content, or under another item's id.
        (await Refused(() => other.Client.Hub.CreateItem(Create(Guid.CreateVersion7(), terms), Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => other.Client.Hub.CreateItem(Create(item, terms), Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => owner.Client.Hub.CreateItem(Create(item, terms), Bounded))).ShouldBe(ErrorCodes.BadInput);
        foreach (var wrong in new[]
        {
            terms with { Name = "Lamp" }, terms with { Description = "x" }, terms with { Category = "x" }, terms with { Price = 1 },
            terms with { Fields = [new ItemField { Name = "a", Value = "b" }] }, terms with { Visibility = ItemVisibility.Public },
            terms with { Sealed = made.Sealed![..^4] + "AAAA" }, terms with { Sealed = "AAAA" }, terms with { Sealed = "" },
        })
        {
            (await Refused(() => owner.Client.Hub.UpdateItem(
                new UpdateItemRequest { RequestId = Guid.CreateVersion7(), ItemId = item, Terms = wrong }, Bounded))).ShouldBe(ErrorCodes.BadInput);
        }

        // A former key's content does not come back once there is a new key.
        await owner.Client.Connections.RevokeAsync(other.PeerId, Bounded);
        await owner.Client.Items.RefreshKeysAsync(Bounded);
        (await Refused(() => owner.Client.Hub.UpdateItem(
            new UpdateItemRequest { RequestId = Guid.CreateVersion7(), ItemId = item, Terms = terms }, Bounded))).ShouldBe(ErrorCodes.StaleVersion);
        (await Refused(() => owner.Client.Hub.SetItemKeys(
            new SetItemKeysRequest { RequestId = Guid.CreateVersion7(), ItemId = item, KeyVersion = 1, Keys = made.Keys! }, Bounded)))
            .ShouldBe(ErrorCodes.StaleVersion);
        (await owner.Client.Items.GetAsync(item, Bounded)).Name.ShouldBe("Lamp");

        static CreateItemRequest Create(Guid id, ItemTerms terms) => new()
        {
            RequestId = Guid.CreateVersion7(),
            ItemId = id,
            Terms = terms,
            Stock = 1,
            Unit = "piece",
        };
    }

    private static Task<TimeSpan> EventuallyReads(Dealer reader, Guid item, string name) => Eventually(
        async () => (await reader.Client.Items.ListAsync(cancellationToken: Bounded)).Items.Any(view => view.ItemId == item && view.Name == name));

    private static async Task<IReadOnlyList<ItemReader>> Readers(Dealer owner, Guid item) =>
        (await owner.Client.Hub.ListItemReaders(new ItemPageRequest { ItemId = item, Limit = 100 }, Bounded)).Items;
}
