using System.Net;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Staff;
using P2P.Tests.Support;

namespace P2P.Tests.Files;

/// <summary>Profile pictures, through the whole server.</summary>
public sealed class PictureTests : MarketFixture
{
    private readonly TestFolder _folder = new();

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Files:Folder"] = _folder.Path,
        ["Limits:UploadsPerMinute"] = "4",
    };

    [OneTimeTearDown]
    public void Remove_the_folder() => _folder.Dispose();

    [Test]
    public async Task A_picture_is_set_replaced_and_removed_and_everyone_signed_in_sees_it()
    {
        var (owner, other) = (await Buyer(), await Buyer());
        var heard = Hears<ProfileChanged>(owner.Client);
        (await other.Client.Profiles.GetAsync(Id(owner), Bounded)).PictureId.ShouldBeNull();
        (await Refused(() => Fetch(other.Client, Id(owner)))).ShouldBe(ErrorCodes.NotFound);

        var first = await Set(owner, Pictures.Jpeg());
        (await other.Client.Profiles.GetAsync(Id(owner), Bounded)).PictureId.ShouldBe(first);
        (await Fetch(other.Client, Id(owner))).ShouldBe(Pictures.Rewritten(Pictures.Jpeg()));

        var second = await Set(owner, Pictures.Png());
        second.ShouldNotBe(first);
        (await owner.Client.Profiles.GetMineAsync(Bounded)).PictureId.ShouldBe(second);
        (await Fetch(other.Client, Id(owner))).ShouldBe(Pictures.Rewritten(Pictures.Png()));

        await owner.Client.Files.RemovePictureAsync(Bounded);
        await owner.Client.Files.RemovePictureAsync(Bounded);
        (await other.Client.Profiles.GetAsync(Id(owner), Bounded)).PictureId.ShouldBeNull();
        (await Refused(() => Fetch(other.Client, Id(owner)))).ShouldBe(ErrorCodes.NotFound);
        await Eventually(() => heard.All.Count == 3);
        heard.All.ShouldAllBe(one => one.Change == ProfileChange.Updated);

        await Market.Service<FileTimers>().Round(Bounded);
        (await Sql<long>($"select count(*) from files where owner_id = {Id(owner)} and erased_at is null")).ShouldBe(0);
    }

    [Test]
    public async Task A_picture_is_shown_in_place_and_an_attachment_cannot_be_read_as_one()
    {
        var owner = await Buyer();
        var id = await Set(owner, Pictures.WebPExtended());
        using var http = Market.Http(owner.Name);
        using var answer = await http.GetAsync($"/api/p2p/profiles/{Id(owner)}/picture", Bounded);
        answer.Content.Headers.ContentDisposition?.DispositionType.ShouldBe("inline");
        answer.Content.Headers.ContentType?.ToString().ShouldBe("image/webp");
        (await Refused(() => owner.Client.Files.DownloadAsync(id, Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task What_is_no_small_picture_is_refused_and_a_minute_has_so_many_uploads()
    {
        var owner = await Buyer();
        (await Refused(() => Set(owner, Pictures.Pdf()))).ShouldBe(ErrorCodes.FileTypeRefused);
        (await Refused(() => Set(owner, new byte[Limits.PictureBytesMax + 1]))).ShouldBe(ErrorCodes.FileTooLarge);
        (await Refused(() => Set(owner, Pictures.Png(65_535, 65_535)))).ShouldBe(ErrorCodes.TooManyPixels);
        await Set(owner, Pictures.Png());
        var refusal = await Refusal(() => Set(owner, Pictures.Png()));
        refusal.Code.ShouldBe(ErrorCodes.RateLimited);
        refusal.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Test]
    public async Task Who_has_no_profile_has_no_picture()
    {
        using var http = Market.Http("nobody_at_all");
        using var answer = await http.PutAsync("/api/p2p/profile/picture", new ByteArrayContent(Pictures.Png()), Bounded);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Bounded)).ShouldContain(ErrorCodes.NotJoinedP2P);
    }

    [Test]
    public async Task Staff_remove_a_picture_with_a_reason_in_the_audit_log()
    {
        var owner = await Buyer();
        var id = await Set(owner, Pictures.Png());
        await Market.Service<StaffFlow>().RemovePicture(new StaffActor("staff", null), $"name:{owner.Name}", "not a face", Bounded);
        (await owner.Client.Profiles.GetMineAsync(Bounded)).PictureId.ShouldBeNull();
        var row = await Sql<string>(
            $"select before || ' > ' || after || ': ' || reason from audit_log where action = 'user.remove_picture' and target = 'user:{Id(owner)}'");
        row.ShouldStartWith($"picture {id} ");
        row.ShouldEndWith("> no picture: not a face");
    }

    private static async Task<Guid> Set(Trader owner, byte[] bytes) =>
        (await owner.Client.Files.SetPictureAsync(new MemoryStream(bytes), cancellationToken: Bounded)).Id;

    private static async Task<byte[]> Fetch(P2PClient client, long id)
    {
        await using var picture = await client.Files.GetPictureAsync(id, Bounded);
        using var bytes = new MemoryStream();
        await picture.Content.CopyToAsync(bytes, Bounded);
        return bytes.ToArray();
    }
}
