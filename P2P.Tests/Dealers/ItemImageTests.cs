using System.Net;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Files;
using P2P.Tests.Files;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers;

/// <summary>Pictures of items, through the whole server: whoever sees the item sees them, and nobody else. (S18)</summary>
public sealed class ItemImageTests : ItemWorld
{
    private readonly TestFolder _folder = new();

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Files:Folder"] = _folder.Path,
        ["Limits:UploadsPerMinute"] = "100",
    };

    [OneTimeTearDown]
    public void Remove_the_folder() => _folder.Dispose();

    [Test]
    public async Task Pictures_are_added_arranged_and_removed_and_each_change_is_heard_and_kept()
    {
        var (owner, customer) = (await Peer(), await Peer());
        await Connect(owner, customer);
        var item = await Item(owner);
        var heard = Hears<ItemChanged>(customer);
        var (jpeg, png) = (await Add(owner, item, Pictures.Jpeg()), await Add(owner, item, Pictures.Png()));
        (await Images(customer, item)).ShouldBe([jpeg.Id, png.Id]);
        (await customer.Client.Items.ListAsync(owner.PeerId, cancellationToken: Bounded)).Items.Single().Images.ShouldBe([jpeg, png]);
        (await Fetch(customer, item, jpeg.Id)).ShouldBe(Pictures.Rewritten(Pictures.Jpeg()));

        await owner.Client.Items.ArrangeImagesAsync(item, [png.Id, jpeg.Id], cancellationToken: Bounded);
        (await Images(customer, item)).ShouldBe([png.Id, jpeg.Id]);
        await owner.Client.Items.ArrangeImagesAsync(item, [png.Id], cancellationToken: Bounded);
        (await Images(customer, item)).ShouldBe([png.Id]);
        (await Refused(() => Fetch(customer, item, jpeg.Id))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => owner.Client.Items.ArrangeImagesAsync(item, [jpeg.Id], cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => owner.Client.Items.ArrangeImagesAsync(item, [png.Id, png.Id], cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => owner.Client.Items.ArrangeImagesAsync(item, [], expectedVersion: 1, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.StaleVersion);

        await Eventually(() => Enumerable.Range(2, 4).All(version => heard.All.Any(change => change.ItemId == item && change.Version == version)));
        (await owner.Client.Items.ListHistoryAsync(item, cancellationToken: Bounded)).Items.Select(entry => entry.Action)
            .ShouldBe([ItemAction.Pictured, ItemAction.Pictured, ItemAction.Pictured, ItemAction.Pictured, ItemAction.Created]);

        await owner.Client.Items.DeleteAsync(item, cancellationToken: Bounded);
        (await Refused(() => Fetch(owner, item, png.Id))).ShouldBe(ErrorCodes.NotFound);
        await Market.Service<FileTimers>().Round(Bounded);
        (await Sql<long>($"select count(*) from files where item_id = '{item}' and erased_at is null")).ShouldBe(0);
    }

    [Test]
    public async Task A_picture_is_seen_by_whom_the_item_is_seen_and_is_to_others_as_none()
    {
        var (owner, customer, stranger) = (await Peer(), await Peer(), await Peer());
        await Connect(owner, customer, AccessLevel.Manage);
        var (item, other) = (await Item(owner), await Item(owner));
        var picture = await Add(owner, item, Pictures.Png());
        (await Fetch(customer, item, picture.Id)).ShouldNotBeEmpty();
        // Managing is stock and price; pictures are the owner's.
        (await Refused(() => Add(customer, item, Pictures.Png()))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => customer.Client.Items.ArrangeImagesAsync(item, [], cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => Fetch(customer, other, picture.Id))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => customer.Client.Items.ArrangeImagesAsync(Guid.CreateVersion7(), [], cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);

        (await Answer(stranger, item, picture.Id)).ShouldBe(await Answer(stranger, Guid.CreateVersion7(), Guid.CreateVersion7()));
        await owner.Client.Connections.RevokeAsync(customer.PeerId, Bounded);
        (await Answer(customer, item, picture.Id)).ShouldBe(await Answer(customer, Guid.CreateVersion7(), picture.Id));
        (await Refused(() => owner.Client.Items.ArrangeImagesAsync(other, [picture.Id], cancellationToken: Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task Not_one_picture_too_many_fits_however_many_come_at_once()
    {
        var owner = await Peer();
        var item = await Item(owner);
        var said = await Task.WhenAll(Enumerable.Range(0, Limits.ItemImagesMax + 5).Select(_ => Said(() => Add(owner, item, Pictures.Png()))));
        said.Count(one => one == "yes").ShouldBe(Limits.ItemImagesMax);
        said.Where(one => one != "yes").ShouldAllBe(one => one == ErrorCodes.QuotaExceeded);
        (await Images(owner, item)).Distinct().Count().ShouldBe(Limits.ItemImagesMax);
        var other = await Item(owner);
        (await Refused(() => Add(owner, other, Pictures.Pdf()))).ShouldBe(ErrorCodes.FileTypeRefused);
    }

    private static async Task<Guid> Item(Dealer owner) =>
        (await owner.Client.Items.CreateAsync(Terms(), 1, cancellationToken: Bounded)).ItemId;

    private static Task<FileView> Add(Dealer owner, Guid item, byte[] picture) =>
        owner.Client.Items.AddImageAsync(item, new MemoryStream(picture), "front.png", cancellationToken: Bounded);

    private static async Task<Guid[]> Images(Dealer dealer, Guid item) =>
        [.. (await dealer.Client.Items.GetAsync(item, Bounded)).Images.Select(image => image.Id)];

    private static async Task<byte[]> Fetch(Dealer dealer, Guid item, Guid image)
    {
        await using var file = await dealer.Client.Items.GetImageAsync(item, image, Bounded);
        using var bytes = new MemoryStream();
        await file.Content.CopyToAsync(bytes, Bounded);
        return bytes.ToArray();
    }

    private async Task<(HttpStatusCode Status, string Body)> Answer(Dealer dealer, Guid item, Guid image)
    {
        using var http = Market.Http(dealer.Name);
        using var answer = await http.GetAsync($"/api/p2p/items/{item}/images/{image}", Bounded);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Bounded));
    }
}
