using System.Net;
using System.Net.Sockets;
using System.Text;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Files;
using P2P.Server.Deals.Chat;
using P2P.Tests.Support;

namespace P2P.Tests.Files;

/// <summary>Files of an order's room, through the whole server. (S34)</summary>
public sealed class AttachmentTests : MarketFixture
{
    private readonly TestFolder _folder = new();

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Files:Folder"] = _folder.Path,
        ["Limits:UploadsPerMinute"] = "1000",
        ["Limits:DownloadsPerMinute"] = "1000",
        ["Limits:FilesPerOrder"] = "3",
        ["Limits:FileBytesPerUser"] = "12000000",
        ["Limits:UploadSeconds"] = "2",
    };

    [OneTimeTearDown]
    public void Remove_the_folder() => _folder.Dispose();

    [Test]
    public async Task A_picture_comes_back_to_both_parties_without_its_place()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var heard = new List<long>();
        var file = await Send(buyer, order, Pictures.Jpeg(), "proof.jpg", "image/jpeg", new Heard(heard));
        (file.Name, file.ContentType, file.Width, file.Height, file.Encrypted).ShouldBe(("proof.jpg", "image/jpeg", 8, 8, false));
        heard[^1].ShouldBe(Pictures.Jpeg().Length);

        foreach (var party in new[] { buyer, seller })
        {
            var (bytes, answer) = await Fetch(party, file.Id);
            Encoding.Latin1.GetString(bytes).ShouldNotContain("GPS");
            bytes.ShouldBe(Pictures.Rewritten(Pictures.Jpeg()));
            (answer.ContentType, answer.Name, answer.Bytes).ShouldBe(("image/jpeg", "proof.jpg", bytes.Length));
            file.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        }
    }

    [Test]
    public async Task A_stranger_cannot_tell_a_file_from_none()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var stranger = await Buyer();
        var file = await Send(buyer, order, Pictures.Png());
        (await Refused(() => Fetch(stranger, file.Id))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => Send(stranger, order, Pictures.Png()))).ShouldBe(ErrorCodes.NotFound);
        (await Refused(() => Send(stranger, Guid.CreateVersion7(), Pictures.Png()))).ShouldBe(ErrorCodes.NotFound);
        using var http = Market.Http(stranger.Name);
        var foreign = await http.GetStringAsync404($"/api/p2p/files/{file.Id}");
        foreign.ShouldBe(await http.GetStringAsync404($"/api/p2p/files/{Guid.CreateVersion7()}"));
    }

    [Test]
    public async Task Headers_let_nothing_in_a_file_run()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var file = await Send(buyer, order, Pictures.Pdf(), "Rechnung \u00fc \"1\".pdf");
        using var http = Market.Http(buyer.Name);
        using var answer = await http.GetAsync($"/api/p2p/files/{file.Id}", Bounded);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType?.ToString().ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition?.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition?.FileNameStar.ShouldBe("Rechnung \u00fc _1_.pdf");
        One(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        One(answer, "Content-Security-Policy").ShouldBe("default-src 'none'; sandbox");
        answer.Headers.CacheControl?.ToString().ShouldBe("no-store, private");
        One(answer, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
    }

    [Test]
    public async Task Encrypted_bytes_are_kept_as_they_are_and_given_as_a_download()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        byte[] secret = [.. "<script>not looked at</script>"u8];
        using var content = new MemoryStream(secret);
        var file = await buyer.Client.Files.UploadAsync(order, content, "photo.jpg", isEncrypted: true, cancellationToken: Bounded);
        (file.ContentType, file.Encrypted, file.Width, file.Name).ShouldBe(("application/octet-stream", true, null, "photo.jpg.bin"));
        (await Fetch(seller, file.Id)).Bytes.ShouldBe(secret);
    }

    [Test]
    public async Task What_is_no_picture_is_refused_with_a_code_and_leaves_nothing()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var before = Stored();
        (await Refused(() => Send(buyer, order, [.. "<svg/>"u8], "a.svg"))).ShouldBe(ErrorCodes.FileTypeRefused);
        (await Refused(() => Send(buyer, order, Pictures.Png(), "a.png", "image/jpeg"))).ShouldBe(ErrorCodes.FileTypeRefused);
        (await Refused(() => Send(buyer, order, Pictures.Png()[..40], "a.png"))).ShouldBe(ErrorCodes.FileMalformed);
        (await Refused(() => Send(buyer, order, [], "a.png"))).ShouldBe(ErrorCodes.FileMalformed);
        (await Refused(() => Send(buyer, order, Pictures.Png(65_535, 65_535), "a.png"))).ShouldBe(ErrorCodes.TooManyPixels);
        (await Refused(() => Send(buyer, order, new byte[Limits.FileBytesMax + 1], "a.png"))).ShouldBe(ErrorCodes.FileTooLarge);
        (await Sql<long>($"select count(*) from files where order_id = '{order}'")).ShouldBe(0);
        Stored().ShouldBe(before);
    }

    [Test]
    public async Task An_upload_that_breaks_off_leaves_neither_file_nor_row()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var before = Stored();
        foreach (var chunked in new[] { false, true })
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(Market.AddressOf().Host, Market.AddressOf().Port, Bounded);
            var head = $"POST /api/p2p/orders/{order}/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Market.Token(buyer.Name)}\r\n"
                + (chunked ? "Transfer-Encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n" : "Content-Length: 5000\r\n\r\n0123456789");
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Bounded);
            await Eventually(() => Open() > 0);
            socket.Client.LingerState = new LingerOption(true, 0);
        }

        await Eventually(() => Open() == 0);
        (await Sql<long>($"select count(*) from files where order_id = '{order}'")).ShouldBe(0);
        Stored().ShouldBe(before);
    }

    [Test]
    public async Task An_upload_that_dawdles_is_told_so()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        using var slow = new SlowStream();
        var refusal = await Refusal(() => buyer.Client.Files.UploadAsync(order, slow, "slow.png", cancellationToken: Bounded));
        refusal.Code.ShouldBeOneOf(ErrorCodes.Timeout, ErrorCodes.Unavailable);
        (await Sql<long>($"select count(*) from files where order_id = '{order}'")).ShouldBe(0);
    }

    [Test]
    public async Task An_order_takes_no_more_than_its_files_even_at_once()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await Send(i % 2 == 0 ? buyer : seller, order, Pictures.Png());
                return "";
            }
            catch (P2PException e)
            {
                return e.Code;
            }
        }));
        codes.Count(code => code.Length == 0).ShouldBe(3);
        codes.Where(code => code.Length > 0).Distinct().ShouldBe([ErrorCodes.QuotaExceeded]);
    }

    [Test]
    public async Task A_user_takes_no_more_room_than_one_has()
    {
        var seller = await Seller();
        var buyer = await Buyer();
        var ad = await TestMarket.Ad(seller);
        var (first, second) = (await Place(buyer, ad, 0.1m), await Place(buyer, ad, 0.1m));
        using var big = new MemoryStream(new byte[Limits.FileBytesMax]);
        await buyer.Client.Files.UploadAsync(first, big, "big", isEncrypted: true, cancellationToken: Bounded);
        big.Position = 0;
        (await Refused(() => buyer.Client.Files.UploadAsync(second, big, "big", isEncrypted: true, cancellationToken: Bounded)))
            .ShouldBe(ErrorCodes.QuotaExceeded);
        await Send(buyer, second, Pictures.Png());
    }

    [Test]
    public async Task An_order_that_has_ended_takes_no_file_and_still_shows_those_it_has()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var file = await Send(buyer, order, Pictures.Png());
        await buyer.Client.Orders.CancelAsync(order, cancellationToken: Bounded);
        (await Refused(() => Send(buyer, order, Pictures.Png()))).ShouldBe(ErrorCodes.WrongStatus);
        (await Fetch(seller, file.Id)).Bytes.ShouldNotBeEmpty();
    }

    [Test]
    public async Task A_file_lies_under_a_random_name_with_narrow_rights_whatever_it_was_called()
    {
        // S33: the name is text; no path is made of it.
        var (buyer, _, order) = await OrderAwaitingPayment();
        string[] names = ["../../../etc/passwd", "C:\\x\\CON", "a\0\u202egnp.exe" + new string('x', 300)];
        foreach (var name in names)
        {
            var file = await Send(buyer, order, Pictures.Png(), name);
            file.Name.ShouldNotContain("/");
            file.Name.ShouldNotContain("\\");
            file.Name.ShouldNotContain("\u202e");
            file.Name.ShouldEndWith(".png");
            file.Name.Length.ShouldBeLessThanOrEqualTo(Limits.FileNameCharsMax);
            var stored = await Sql<string>($"select stored_name from files where id = '{file.Id}'");
            var path = Path.Combine(_folder.Path, "objects", stored[..2], stored);
            File.Exists(path).ShouldBeTrue();
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            }
        }

        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["incoming", "objects"], ignoreOrder: true);
    }

    [Test]
    public async Task A_message_takes_the_owners_own_files_of_its_order_once()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var (own, other) = (await Send(buyer, order, Pictures.Png()), await Send(seller, order, Pictures.Png()));
        var database = Market.Service<Database>();
        var message = Guid.CreateVersion7();
        var bound = await database.Write(tx => AttachmentSql.Bind(tx, message, order, Id(buyer), [own.Id, other.Id]));
        bound.Select(file => file.Id).ShouldBe([own.Id]);
        bound[0].View().ShouldBe(own);
        (await database.Write(tx => AttachmentSql.Bind(tx, Guid.CreateVersion7(), order, Id(buyer), [own.Id]))).ShouldBeEmpty();
        var read = await database.Read(tx => AttachmentSql.OfMessages(tx, [message, Guid.CreateVersion7()]));
        read.Select(file => (file.Id, file.MessageId)).ShouldBe([(own.Id, message)]);
    }

    [Test]
    public async Task What_no_message_names_is_erased_after_a_day_and_what_one_names_stays()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var (kept, forgotten, young) =
            (await Send(buyer, order, Pictures.Png()), await Send(buyer, order, Pictures.Png()), await Send(buyer, order, Pictures.Png()));
        var database = Market.Service<Database>();
        await database.Write(tx => AttachmentSql.Bind(tx, Guid.CreateVersion7(), order, Id(buyer), [kept.Id]));
        await Sql($"update files set created_at = created_at - interval '25 hours' where id in ('{kept.Id}', '{forgotten.Id}')");
        var stored = await Sql<string>($"select stored_name from files where id = '{forgotten.Id}'");
        await Market.Service<FileTimers>().Round(Bounded);
        File.Exists(Path.Combine(_folder.Path, "objects", stored[..2], stored)).ShouldBeFalse();
        (await Refused(() => Fetch(buyer, forgotten.Id))).ShouldBe(ErrorCodes.NotFound);
        (await Fetch(buyer, kept.Id)).Bytes.ShouldNotBeEmpty();
        (await Fetch(buyer, young.Id)).Bytes.ShouldNotBeEmpty();
    }

    [Test]
    public async Task A_row_whose_bytes_never_arrived_is_given_up_and_read_by_nobody()
    {
        var (buyer, _, order) = await OrderAwaitingPayment();
        var file = await Send(buyer, order, Pictures.Png());
        await Sql($"update files set stored_at = null where id = '{file.Id}'");
        (await Refused(() => Fetch(buyer, file.Id))).ShouldBe(ErrorCodes.NotFound);
        await Sql($"update files set created_at = created_at - interval '2 hours' where id = '{file.Id}'");
        var stored = await Sql<string>($"select stored_name from files where id = '{file.Id}'");
        await Market.Service<FileTimers>().Round(Bounded);
        File.Exists(Path.Combine(_folder.Path, "objects", stored[..2], stored)).ShouldBeFalse();
        (await Sql<bool>($"select erased_at is not null from files where id = '{file.Id}'")).ShouldBeTrue();
    }

    private static Task<FileView> Send(
        Trader trader, Guid order, byte[] bytes, string name = "a.png", string? type = null, IProgress<long>? progress = null) =>
        trader.Client.Files.UploadAsync(order, new MemoryStream(bytes), name, type, progress: progress, cancellationToken: Bounded);

    private static async Task<(byte[] Bytes, DownloadedFile Answer)> Fetch(Trader trader, Guid id)
    {
        await using var file = await trader.Client.Files.DownloadAsync(id, Bounded);
        using var bytes = new MemoryStream();
        await file.Content.CopyToAsync(bytes, Bounded);
        return (bytes.ToArray(), file);
    }

    private static string One(HttpResponseMessage answer, string header) => answer.Headers.GetValues(header).Single();

    private int Stored() => Directory.Exists(_folder["objects"]) ? Directory.GetFiles(_folder["objects"], "*", SearchOption.AllDirectories).Length : 0;

    /// <summary>Files of the intake that this process holds open; they have no name any more.</summary>
    private int Open() => Directory.GetFiles("/proc/self/fd")
        .Select(fd => new FileInfo(fd).LinkTarget ?? "")
        .Count(target => target.StartsWith(_folder["incoming"], StringComparison.Ordinal));

    private sealed class Heard(List<long> all) : IProgress<long>
    {
        public void Report(long value) => all.Add(value);
    }

    /// <summary>Gives a byte now and then, for longer than an upload may take.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private int _given;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(100, cancellationToken);
            var count = Math.Min(200, buffer.Length);
            buffer.Span[..count].Clear();
            return ++_given < 80 ? count : 0;
        }
    }
}

/// <summary>Reads of answers that tests compare.</summary>
internal static class AnswerReads
{
    public static async Task<string> GetStringAsync404(this HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, TestMarket.Bounded());
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        return await answer.Content.ReadAsStringAsync();
    }
}
