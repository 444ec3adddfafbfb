using System.Buffers.Text;
using Microsoft.Extensions.Logging.Abstractions;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Db;
using P2P.Server.Accounts.Privacy;
using P2P.Tests.Support;

namespace P2P.Tests.Encryption;

/// <summary>Encrypted rooms through the SDK: what the parties read, and what the server refuses without being able to.</summary>
public sealed class EncryptedRoomTests : EncryptedRooms
{
    private const string Canary = "canary-7f3d-plaintext";

    [Test]
    public async Task What_a_deleted_person_wrote_is_gone_and_the_rest_of_the_room_is_still_proved()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        await buyer.Client.Chat.SendAsync(order, "goes", Bounded);
        await seller.Client.Chat.SendAsync(order, "stays", Bounded);
        await buyer.Client.Chat.SendAsync(order, "goes too", Bounded);
        var ciphertexts = $"select coalesce(sum(length(envelope) - 139), 0) from chat_envelopes where kind = 'Message' and sender_id = {Id(buyer)}";
        var tooEarly = await Should.ThrowAsync<Npgsql.PostgresException>(() => TestPostgres.Execute(
            Market.Database.Owner, "update chat_envelopes set envelope = envelope_without_words(envelope, link) where kind = 'Message'"));
        tooEarly.SqlState.ShouldBe("P2P01");
        (await Sql<long>(ciphertexts)).ShouldBePositive();

        await buyer.Client.Orders.CancelAsync(order, cancellationToken: Bounded);
        await buyer.Client.Privacy.AskForDeletionAsync(cancellationToken: Bounded);
        await Sql($"update deletions set due_at = clock_timestamp(), next_at = clock_timestamp() where user_id = {Id(buyer)}");
        await new PrivacyTimer(Market.Service<Database>(), new PrivacySettings { WordsDays = 0 }, NullLogger<PrivacyTimer>.Instance)
            .Round(Bounded);
        (await Sql<long>(ciphertexts)).ShouldBe(0);
        (await Sql<bool>($"select bool_and(name is null) from key_log where user_id = {Id(buyer)}")).ShouldBeTrue();

        (await Reads(seller, order)).ShouldBe(["", "stays", ""]);
        var transcript = TranscriptVerifier.Verify(
            await seller.Client.Chat.DiscloseAsync(order, Bounded), await seller.Client.Chat.GetEncryptionAsync(order, Bounded));
        transcript.Fault.ShouldBe(EncryptionFault.None);
        transcript.Lines.Select(line => (line.SenderId, line.Text, line.IsErased)).ShouldBe(
            [(Id(buyer), null, true), (Id(seller), "stays", false), (Id(buyer), null, true)]);
    }

    [Test]
    public async Task Two_parties_encrypt_a_room_and_read_each_other()
    {
        var (buyer, seller, order) = await OrderOfTwoDevices();
        var heard = Hears<EncryptionChanged>(seller.Client);
        var texts = new Heard<string>();
        seller.Client.On<MessageSent>(async (sent, token) => texts.Add(await seller.Client.Chat.TextOfAsync(sent, token)));
        await buyer.Client.Chat.SendAsync(order, "in the open", Bounded);

        (await buyer.Client.Chat.ProposeEncryptionAsync(order, Bounded)).State.ShouldBe(EncryptionState.Proposed);
        (await Refused(() => buyer.Client.Chat.AcceptEncryptionAsync(order, Bounded))).ShouldBe(ErrorCodes.NotRequested);
        (await Refused(() => seller.Client.Chat.ProposeEncryptionAsync(order, Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        await seller.Client.Chat.SendAsync(order, "not yet", Bounded);
        var on = await seller.Client.Chat.AcceptEncryptionAsync(order, Bounded);
        (on.State, on.Epoch, on.Length, on.ProposedBy).ShouldBe((EncryptionState.On, 1, 2, Id(buyer)));
        var first = await buyer.Client.Chat.SendAsync(order, "from the buyer", Bounded);
        await seller.Client.Chat.SendAsync(order, " \u202efrom\u0000 the\u200b seller ", Bounded);

        string[] said = ["in the open", "not yet", "from the buyer", "from the seller"];
        (await Reads(buyer, order)).ShouldBe(said);
        (await Reads(seller, order)).ShouldBe(said);
        (await buyer.Client.Chat.UnreadAsync(Bounded)).Total.ShouldBe(2);
        await Eventually(() => texts.All.Count == 4 && heard.All.Count == 2);
        texts.All.ShouldBe(said);
        heard.All.Select(change => (change.State, change.By)).ShouldBe(
            [(EncryptionState.Proposed, Id(buyer)), (EncryptionState.On, Id(seller))]);
        (await Codes(buyer, order)).ShouldBe(["order.place", "keys.added", "keys.added", "encryption.propose", "encryption.accept"]);
        (await buyer.Client.Chat.RoomsAsync(cancellationToken: Bounded)).Items[0].Encryption.ShouldBe(EncryptionState.On);
        first.Seq.ShouldBe(8);
    }

    [Test]
    public async Task A_proposal_is_declined_or_taken_back_and_another_may_follow()
    {
        var (buyer, seller, order) = await OrderOfTwoDevices();
        (await Refused(() => seller.Client.Chat.DeclineEncryptionAsync(order, Bounded))).ShouldBe(ErrorCodes.NotRequested);
        await buyer.Client.Chat.ProposeEncryptionAsync(order, Bounded);
        (await seller.Client.Chat.DeclineEncryptionAsync(order, Bounded)).State.ShouldBe(EncryptionState.Declined);
        (await Refused(() => seller.Client.Chat.AcceptEncryptionAsync(order, Bounded))).ShouldBe(ErrorCodes.NotRequested);
        await seller.Client.Chat.ProposeEncryptionAsync(order, Bounded);
        await seller.Client.Chat.DeclineEncryptionAsync(order, Bounded);
        await Encrypt(buyer, seller, order);
        (await Refused(() => seller.Client.Chat.DeclineEncryptionAsync(order, Bounded))).ShouldBe(ErrorCodes.NotRequested);
        await seller.Client.Chat.SendAsync(order, "at last", Bounded);
        (await Reads(buyer, order)).ShouldBe(["at last"]);
        TranscriptVerifier.Verify(await buyer.Client.Chat.DiscloseAsync(order, Bounded)).Fault.ShouldBe(EncryptionFault.None);
    }

    [Test]
    public async Task Without_keys_of_both_a_room_cannot_be_encrypted()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        (await Fault(() => buyer.Client.Chat.ProposeEncryptionAsync(order, Bounded))).ShouldBe(EncryptionFault.NoDevice);
        await buyer.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        (await Refused(() => buyer.Client.Chat.ProposeEncryptionAsync(order, Bounded))).ShouldBe(ErrorCodes.KeysRequired);
        (await Refused(() => buyer.Client.Keys.SafetyNumberAsync(Id(seller), Bounded))).ShouldBe(ErrorCodes.KeysRequired);
        (await buyer.Client.Chat.GetEncryptionAsync(order, Bounded)).State.ShouldBe(EncryptionState.Off);
    }

    [Test]
    public async Task An_encrypted_room_takes_no_plain_text_and_no_files()
    {
        var (buyer, _, order) = await EncryptedRoom();
        var plain = new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = order, Text = "plain" };
        (await Refused(() => buyer.Client.Hub.SendMessage(plain))).ShouldBe(ErrorCodes.RoomEncrypted);
        (await Refused(() => buyer.Client.Chat.SendAsync(order, "with a file", [Guid.CreateVersion7()], Bounded))).ShouldBe(ErrorCodes.RoomEncrypted);
        (await Refused(() => buyer.Client.Chat.SendAsync(order, new string('x', 4_001), Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await Refused(() => buyer.Client.Chat.SendAsync(order, "\u200b", Bounded))).ShouldBe(ErrorCodes.BadInput);

        // A client without keys is told, and cannot read.
        var bare = await OtherDevice(buyer);
        (await Refused(() => bare.Client.Chat.SendAsync(order, "plain", Bounded))).ShouldBe(ErrorCodes.RoomEncrypted);
        await buyer.Client.Chat.SendAsync(order, new string('€', 4_000), Bounded);
        (await Reads(bare, order)).ShouldBe([""]);
        (await Reads(buyer, order)).ShouldBe([new string('€', 4_000)]);
    }

    [Test]
    public async Task Both_write_at_once_and_every_message_finds_its_place_in_the_chain()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        var sent = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            (i % 2 == 0 ? buyer : seller).Client.Chat.SendAsync(order, $"message {i}", Bounded)));
        sent.Select(reply => reply.Seq).Distinct().Count().ShouldBe(12);
        var read = await Reads(seller, order);
        read.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 12).Select(i => $"message {i}").Order(StringComparer.Ordinal));
        var transcript = TranscriptVerifier.Verify(
            await buyer.Client.Chat.DiscloseAsync(order, Bounded), await seller.Client.Chat.GetEncryptionAsync(order, Bounded));
        transcript.Fault.ShouldBe(EncryptionFault.None);
        transcript.Lines.Select(line => line.Text).ShouldBe(read);
        // No salt, and so no key and nonce, twice.
        (await Sql<long>("select count(*) - count(distinct substring(envelope from 108 for 32)) from chat_envelopes where kind = 'Message'"))
            .ShouldBe(0);
    }

    [Test]
    public async Task A_message_that_is_sent_again_under_its_request_id_is_written_once()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        var request = new SendMessageRequest { RequestId = Guid.CreateVersion7(), OrderId = order, Text = "once" };
        var first = await buyer.Client.Chat.SendAsync(request, Bounded);
        await seller.Client.Chat.SendAsync(order, "between", Bounded);
        (await buyer.Client.Chat.SendAsync(request, Bounded)).ShouldBe(first);

        // The same device after a restart: the room is read anew.
        var store = new MemoryKeyStore();
        var other = await OtherDevice(buyer, store);
        await other.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        var again = request with { RequestId = Guid.CreateVersion7(), Text = "twice?" };
        var second = await other.Client.Chat.SendAsync(again, Bounded);
        var restarted = await OtherDevice(buyer, store);
        (await restarted.Client.Chat.SendAsync(again, Bounded)).ShouldBe(second);
        (await Reads(seller, order)).ShouldBe(["once", "between", "twice?"]);
    }

    [Test]
    public async Task A_second_device_reads_and_writes_from_when_it_came_on()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        await seller.Client.Chat.SendAsync(order, "for the phone", Bounded);
        var tablet = await OtherDevice(buyer);
        await tablet.Client.Keys.RegisterAsync("tablet", Bounded);
        await seller.Client.Chat.SendAsync(order, "for both", Bounded);
        await tablet.Client.Chat.SendAsync(order, "from the tablet", Bounded);
        (await Reads(tablet, order)).ShouldBe(["", "for both", "from the tablet"]);
        string[] all = ["for the phone", "for both", "from the tablet"];
        (await Reads(buyer, order)).ShouldBe(all);
        (await Reads(seller, order)).ShouldBe(all);
        (await seller.Client.Chat.GetEncryptionAsync(order, Bounded)).Epoch.ShouldBe(2);

        // Revoked, it reads nothing more, and writes nothing.
        var devices = await buyer.Client.Keys.DevicesAsync(cancellationToken: Bounded);
        devices.Select(device => (device.Name, device.IsActive, device.IsThisDevice)).ShouldBe([("phone", true, true), ("tablet", true, false)]);
        await buyer.Client.Keys.RevokeAsync(devices[1].KeyId, Bounded);
        await seller.Client.Chat.SendAsync(order, "for the phone alone", Bounded);
        (await Reads(tablet, order)).ShouldBe(["", "for both", "from the tablet", ""]);
        (await Fault(() => tablet.Client.Chat.SendAsync(order, "still here", Bounded))).ShouldBe(EncryptionFault.NoDevice);
        (await Reads(buyer, order))[^1].ShouldBe("for the phone alone");
        var transcript = TranscriptVerifier.Verify(await buyer.Client.Chat.DiscloseAsync(order, Bounded));
        (transcript.Fault, transcript.Lines.Count).ShouldBe((EncryptionFault.None, 4));
        var others = await seller.Client.Keys.DevicesAsync(Id(buyer), Bounded);
        others.Select(device => (device.Name, device.IsActive)).ShouldBe([(null, true), (null, false)]);
    }

    [Test]
    public async Task Whatever_is_changed_gets_one_answer_and_a_stale_link_is_told_the_present_head()
    {
        // S48; every byte is flipped in TranscriptTests.
        var (buyer, seller, order) = await EncryptedRoom();
        var device = await new TestDevice(seller.Client).Register();
        var now = await seller.Client.Chat.GetEncryptionAsync(order, Bounded);
        var id = Guid.CreateVersion7();
        var head = new EnvelopeHead(EnvelopeKind.Message, order, 2, 1, Base64Url.DecodeFromChars(now.Head), device.KeyId, id);

        // All is right with it but the room's key, which is not for the device that came meanwhile.
        var good = device.Message(head).Bytes;
        (await Refused(() => Send(good))).ShouldBe(ErrorCodes.KeysChanged);
        var answers = new HashSet<string>();
        for (var i = 0; i < good.Length; i += 5)
        {
            byte[] changed = [.. good];
            changed[i] ^= (byte)(1 << (i % 8));
            var refusal = await Refusal(() => Send(changed));
            answers.Add($"{refusal.Code} {refusal.Message}");
        }

        answers.Add($"{ErrorCodes.BadInput} {(await Refusal(() => Send(good[..^1]))).Message}");
        answers.ShouldBe(["BAD_INPUT The envelope is malformed, belongs elsewhere, or its signature is wrong."]);

        var stale = device.Message(head with { Index = 0, Previous = Envelope.Anchor(order, Id(buyer), Id(seller)) });
        var told = await Refusal(() => Send(stale.Bytes));
        (told.Code, Detail(told, "head"), Detail(told, "seq")).ShouldBe((ErrorCodes.ChainStale, now.Head, "2"));
        var skipping = await Refusal(() => Send(device.Message(head with { Index = 3 }).Bytes));
        skipping.Code.ShouldBe(ErrorCodes.ChainStale);
        (await seller.Client.Chat.GetEncryptionAsync(order, Bounded)).ShouldBe(now);

        Task<MessageReply> Send(byte[] envelope) => seller.Client.Hub.SendMessage(
            new SendMessageRequest { RequestId = id, OrderId = order, Envelope = Base64Url.EncodeToString(envelope) });
    }

    [Test]
    public async Task Nothing_that_was_said_and_no_private_key_is_in_the_database()
    {
        // S56.
        var (buyer, seller, order) = await OrderOfTwoDevices();
        var stores = new[] { new RecordingStore(), new RecordingStore() };
        var (b, s) = (await OtherDevice(buyer, stores[0]), await OtherDevice(seller, stores[1]));
        await b.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        await s.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        await Encrypt(b, s, order);
        for (var i = 0; i < 4; i++)
        {
            await (i % 2 == 0 ? b : s).Client.Chat.SendAsync(order, $"{Canary} {i}", Bounded);
        }

        (await Reads(b, order)).Count(text => text.Contains(Canary, StringComparison.Ordinal)).ShouldBe(4);
        var secrets = stores.SelectMany(store => store.Secrets()).ToList();
        secrets.Count.ShouldBeGreaterThanOrEqualTo(6);
        var scanner = new DatabaseScan(Market.Database.Superuser);
        (await scanner.Find(System.Text.Encoding.UTF8.GetBytes(Canary))).ShouldBeEmpty();
        foreach (var secret in secrets)
        {
            (await scanner.Find(secret)).ShouldBeEmpty();
        }

        // The scan finds what is there.
        await b.Client.Profiles.SavePaymentAccountAsync(
            TestMarket.MpesaKenya, new Dictionary<string, string> { ["holder"] = Canary, ["phone"] = "+254712345678" }, cancellationToken: Bounded);
        (await scanner.Find(System.Text.Encoding.UTF8.GetBytes(Canary))).ShouldContain("payment_accounts.fields");
    }
}
