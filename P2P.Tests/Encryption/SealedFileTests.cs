using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Encryption;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Tests.Files;
using P2P.Tests.Support;

namespace P2P.Tests.Encryption;

/// <summary>Files in encrypted rooms: rid of what they should not tell, encrypted before they leave, and whole when they come. (S56)</summary>
public sealed class SealedFileTests : EncryptedRooms
{
    private const string SecretName = "canary-9c2e-receipt.jpg";
    private readonly TestFolder _folder = new();

    protected override Dictionary<string, string?>? Settings => new() { ["Files:Folder"] = _folder.Path };

    [OneTimeTearDown]
    public void Remove_the_files() => _folder.Dispose();

    [Test]
    public async Task The_other_party_opens_what_was_sent_without_what_it_should_not_tell()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        var reply = await Send(buyer, order, "Paid, see here", (Pictures.Jpeg(), SecretName), (Pictures.Pdf(), "b\u202eank.pdf"));

        foreach (var reader in new[] { buyer, seller })
        {
            var message = await Message(reader, order, reply.Seq);
            message.Text.ShouldBe("Paid, see here");
            message.Attachments.Select(file => (file.Name, file.ContentType, file.Encrypted)).ShouldBe(
                [(SecretName, "image/jpeg", true), ("bank.pdf", "application/pdf", true)]);
            var picture = await reader.Client.Chat.OpenFileAsync(order, message, message.Attachments[0].Id, Bounded);
            (picture.Name, picture.ContentType).ShouldBe((SecretName, "image/jpeg"));
            picture.Content.ShouldBe(Pictures.Rewritten(Pictures.Jpeg()));
            Encoding.ASCII.GetString(picture.Content).ShouldNotContain(Pictures.Canary);
            message.Attachments[0].Bytes.ShouldBe(picture.Content.Length);
        }

        var bare = await Send(seller, order, null, (Pictures.Png(), "a.png"));
        (await Message(buyer, order, bare.Seq)).Text.ShouldBe("");
        (await Reads(buyer, order)).ShouldBe(["Paid, see here", ""]);
    }

    [Test]
    public async Task Neither_the_database_nor_the_store_holds_anything_of_it()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        var before = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ToHashSet();
        var reply = await Send(buyer, order, null, (Pictures.Jpeg(), SecretName));
        var message = await Message(seller, order, reply.Seq);
        (await seller.Client.Chat.OpenFileAsync(order, message, message.Attachments[0].Id, Bounded)).Name.ShouldBe(SecretName);

        var scanner = new DatabaseScan(Market.Database.Superuser);
        (await scanner.Find(Encoding.UTF8.GetBytes(SecretName))).ShouldBeEmpty();
        var plain = Pictures.Rewritten(Pictures.Jpeg());
        var stored = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(path => !before.Contains(path)).ToList();
        stored.Count.ShouldBe(1);
        var ciphertext = await File.ReadAllBytesAsync(stored[0]);
        ciphertext.Length.ShouldBe(plain.Length + 16);
        ciphertext.AsSpan().IndexOf(plain.AsSpan(0, 8)).ShouldBe(-1);
        (await Sql<string>($"select name from files where order_id = '{order}'")).ShouldBe(FileSeal.OuterName);
        // What the scan looks for is found where it is.
        (await scanner.Find(Encoding.UTF8.GetBytes(FileSeal.OuterName))).ShouldContain("files.name");
    }

    [Test]
    public async Task A_file_that_the_store_changed_cut_or_swapped_is_not_opened()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        var reply = await Send(buyer, order, null, (Pictures.Jpeg(), "a.jpg"), (Pictures.Png(), "b.png"));
        var message = await Message(seller, order, reply.Seq);
        var ids = message.Attachments.Select(file => file.Id).ToArray();
        var names = new List<string>();
        foreach (var id in ids)
        {
            names.Add(await Sql<string>($"select stored_name from files where id = '{id}'"));
        }

        var paths = names.Select(name => Directory.GetFiles(_folder.Path, name, SearchOption.AllDirectories).Single()).ToArray();
        var good = paths.Select(File.ReadAllBytes).ToArray();
        byte[] flipped = [.. good[0]];
        flipped[20] ^= 1;
        await File.WriteAllBytesAsync(paths[0], flipped);
        (await Fault(() => Open(seller))).ShouldBe(EncryptionFault.FileEdited);
        // The server's own count of its bytes does not fit any more, so its answer breaks off.
        foreach (var wrong in new[] { good[0][..^1], good[1] })
        {
            await File.WriteAllBytesAsync(paths[0], wrong);
            (await Refused(() => Open(seller))).ShouldBe(ErrorCodes.Unavailable);
        }

        await Sql($"update files set bytes = {good[1].Length} where id = '{ids[0]}'");
        (await Fault(() => Open(seller))).ShouldBe(EncryptionFault.FileEdited);
        await Sql($"update files set bytes = {good[0].Length} where id = '{ids[0]}'");

        await File.WriteAllBytesAsync(paths[0], good[0]);
        (await Open(seller)).Content.ShouldBe(Pictures.Rewritten(Pictures.Jpeg()));
        (await Refused(() => seller.Client.Chat.OpenFileAsync(order, message, Guid.CreateVersion7(), Bounded))).ShouldBe(ErrorCodes.NotFound);

        Task<OpenedFile> Open(Trader reader) => reader.Client.Chat.OpenFileAsync(order, message, ids[0], Bounded);
    }

    [Test]
    public async Task Every_bit_of_a_ciphertext_counts()
    {
        var order = Guid.CreateVersion7();
        var plain = Pictures.Rewritten(Pictures.Png());
        var (ciphertext, key) = FileSeal.Seal(order, plain);
        var file = FileOf(plain, ciphertext, key);
        file.Open(order, ciphertext).ShouldBe(plain);
        Fault(file, Guid.CreateVersion7(), ciphertext);
        var tries = 0;
        for (var i = 0; i < ciphertext.Length; i++)
        {
            byte[] wrong = [.. ciphertext];
            wrong[i] ^= (byte)(1 << (i % 8));
            Fault(file, order, wrong);
            // As if the sender had signed the wrong hash, too: the tag still tells.
            Fault(file with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(wrong)) }, order, wrong);
            tries += 2;
        }

        Fault(file with { ContentType = "image/jpeg" }, order, ciphertext);
        Fault(file with { Key = "short" }, order, ciphertext);
        tries.ShouldBeGreaterThan(150);
        await TestContext.Progress.WriteLineAsync($"{tries} changed ciphertexts, none opened");

        static void Fault(SealedFile file, Guid order, byte[] ciphertext) =>
            Should.Throw<EncryptionException>(() => file.Open(order, ciphertext)).Fault.ShouldBe(EncryptionFault.FileEdited);
    }

    [Test]
    public async Task Rooms_take_files_that_are_encrypted_as_they_are_and_no_others()
    {
        var (buyer, seller, order) = await OrderOfTwoDevices();
        using var opaque = new MemoryStream(RandomNumberGenerator.GetBytes(100));
        var sealedFile = await buyer.Client.Files.UploadAsync(order, opaque, "x", isEncrypted: true, cancellationToken: Bounded);
        using var png = new MemoryStream(Pictures.Png());
        var plain = await buyer.Client.Files.UploadAsync(order, png, "a.png", cancellationToken: Bounded);
        (await Refused(() => buyer.Client.Chat.SendAsync(order, "x", [sealedFile.Id], Bounded))).ShouldBe(ErrorCodes.NotFound);

        // In a room in the clear the same call sends what everybody in it can read.
        var open = await Send(buyer, order, "in the clear", (Pictures.Png(), "c.png"));
        var message = await Message(seller, order, open.Seq);
        message.Attachments.ShouldHaveSingleItem().Encrypted.ShouldBeFalse();
        (await seller.Client.Chat.OpenFileAsync(order, message, message.Attachments[0].Id, Bounded)).Content.ShouldBe(Pictures.Rewritten(Pictures.Png()));

        await Encrypt(buyer, seller, order);
        (await Refused(() => buyer.Client.Chat.SendAsync(order, "x", [sealedFile.Id], Bounded))).ShouldBe(ErrorCodes.RoomEncrypted);
        var sent = await Send(buyer, order, "sealed", (Pictures.Png(), "d.png"));
        var envelope = (await Message(seller, order, sent.Seq)).Envelope.ShouldNotBeNull();
        (await Sql<long>($"select count(*) from files where order_id = '{order}' and message_id is null")).ShouldBe(2);
        // A plain file does not slip in beside an envelope; the message is refused whole.
        var again = new SendMessageRequest
        {
            RequestId = Guid.CreateVersion7(),
            OrderId = order,
            Envelope = envelope,
            AttachmentIds = [plain.Id],
        };
        (await Refused(() => buyer.Client.Chat.SendAsync(again, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Sql<long>($"select count(*) from files where id = '{plain.Id}' and message_id is null")).ShouldBe(1);
    }

    [Test]
    public async Task What_is_no_file_of_a_good_kind_is_refused_before_it_leaves()
    {
        var (buyer, _, order) = await EncryptedRoom();
        (await Refused(() => Send(buyer, order, null, ("<svg/>"u8.ToArray(), "a.svg")))).ShouldBe(ErrorCodes.FileTypeRefused);
        (await Refused(() => Send(buyer, order, null, (Pictures.Png()[..40], "a.png")))).ShouldBe(ErrorCodes.FileMalformed);
        (await Refused(() => Send(buyer, order, null, (Pictures.Png(65_535, 65_535), "a.png")))).ShouldBe(ErrorCodes.TooManyPixels);
        (await Refused(() => Send(buyer, order, null, (new byte[Limits.FileBytesMax], "a.png")))).ShouldBe(ErrorCodes.FileTooLarge);
        (await Refused(() => Send(buyer, order, new string('x', 4_001), (Pictures.Png(), "a.png")))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => Send(buyer, order, "no files"))).ShouldBe(ErrorCodes.BadInput);
        (await Sql<long>($"select count(*) from files where order_id = '{order}'")).ShouldBe(0);
    }

    [Test]
    public async Task A_transcript_has_the_files_and_their_keys()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        await Send(buyer, order, "proof", (Pictures.Jpeg(), "paid.jpg"));
        var transcript = TranscriptVerifier.Verify(
            await seller.Client.Chat.DiscloseAsync(order, Bounded), await seller.Client.Chat.GetEncryptionAsync(order, Bounded));
        transcript.Fault.ShouldBe(EncryptionFault.None);
        var line = transcript.Lines.ShouldHaveSingleItem();
        (line.Text, line.SenderId).ShouldBe(("proof", Id(buyer)));
        var file = line.Files.ShouldHaveSingleItem();
        await using var download = await seller.Client.Files.DownloadAsync(file.Id, Bounded);
        using var ciphertext = new MemoryStream();
        await download.Content.CopyToAsync(ciphertext, Bounded);
        file.Open(order, ciphertext.ToArray()).ShouldBe(Pictures.Rewritten(Pictures.Jpeg()));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    public void A_content_is_read_as_it_was_written_and_cut_nowhere(int count)
    {
        var files = Enumerable.Range(0, count).Select(i => FileOf([.. Enumerable.Repeat((byte)i, i + 1)], [1, 2, 3], new byte[32]) with
        {
            Name = $"{i} ü €.png",
            Id = Guid.CreateVersion7(),
        }).ToArray();
        var content = new MessageContent("Nimelipa € 500", files);
        var bytes = content.Write();
        var read = MessageContent.Read(bytes).ShouldNotBeNull();
        read.Text.ShouldBe(content.Text);
        read.Files.ShouldBe(content.Files);
        var list = bytes.Length - Encoding.UTF8.GetByteCount(content.Text);
        for (var length = 0; count > 0 && length < list; length++)
        {
            MessageContent.Read(bytes.AsSpan(0, length)).ShouldBeNull($"{length} bytes");
        }

        MessageContent.Read([2, 0]).ShouldBeNull();
        MessageContent.Read([2, 11, .. bytes]).ShouldBeNull();
        MessageContent.Read([3, .. bytes]).ShouldBeNull();
        MessageContent.NameOf(new string('€', 100)).Length.ShouldBe(85);
        MessageContent.NameOf("\u202e\n").ShouldBe("file");
    }

    private static SealedFile FileOf(byte[] plain, byte[] ciphertext, byte[] key) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "a.png",
        ContentType = "image/png",
        Bytes = plain.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(ciphertext)),
        Key = Base64Url.EncodeToString(key),
    };

    private static async Task<MessageReply> Send(Trader sender, Guid order, string? text, params (byte[] Content, string Name)[] files) =>
        await sender.Client.Chat.SendFilesAsync(
            order, text, [.. files.Select(file => new RoomFile(new MemoryStream(file.Content), file.Name))], cancellationToken: Bounded);

    private static async Task<MessageView> Message(Trader reader, Guid order, long seq) =>
        (await reader.Client.Chat.GetMessagesAsync(order, afterSeq: seq - 1, limit: 1, cancellationToken: Bounded)).Messages.Single();
}
