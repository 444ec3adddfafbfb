using System.Buffers.Text;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Encryption;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Tests.Support;

namespace P2P.Tests.Encryption;

/// <summary>Devices and their key logs, through the SDK.</summary>
public sealed class DeviceKeyTests : EncryptedRooms
{
    [Test]
    public async Task A_key_change_is_heard_by_both_and_stands_in_every_open_room()
    {
        var (buyer, seller, order) = await OrderAwaitingPayment();
        var (bystander, ended) = (await Buyer(), await Place(buyer, await TestMarket.Ad(seller)));
        await buyer.Client.Orders.CancelAsync(ended, cancellationToken: Bounded);
        var (own, others, none) = (Hears<KeysChanged>(seller.Client), Hears<KeysChanged>(buyer.Client), Hears<KeysChanged>(bystander.Client));
        var first = await seller.Client.Keys.RegisterAsync("laptop", Bounded);
        (await seller.Client.Keys.RegisterAsync("again", Bounded)).ShouldBe(first);
        var phone = await OtherDevice(seller);
        await phone.Client.Keys.RegisterAsync("phone", Bounded);
        await phone.Client.Keys.RevokeAsync(first.KeyId, Bounded);

        await Eventually(() => own.All.Count >= 3 && others.All.Count >= 3);
        others.All.Select(change => (change.ProfileId, change.Change, change.Seq)).ShouldBe(
        [
            (Id(seller), KeyStatementKind.Add, 1), (Id(seller), KeyStatementKind.Add, 2), (Id(seller), KeyStatementKind.Revoke, 3),
        ]);
        own.All.ShouldBe(others.All);
        others.All[2].KeyId.ShouldBe(first.KeyId);
        none.All.ShouldBeEmpty();
        (await Codes(buyer, order)).ShouldBe(["order.place", "keys.added", "keys.added", "keys.revoked"]);
        (await Codes(buyer, ended)).ShouldBe(["order.place", "order.cancel"]);
        var page = await buyer.Client.Chat.GetMessagesAsync(order, limit: 1, cancellationToken: Bounded);
        page.Messages[0].Args.ShouldBe(new Dictionary<string, string> { ["by"] = "seller", ["keyId"] = first.KeyId });
        page.Messages[0].Text.ShouldBe("The seller revoked a device.");

        // A revoked device gets new keys when it is registered again.
        (await seller.Client.Keys.RegisterAsync(cancellationToken: Bounded)).KeyId.ShouldNotBe(first.KeyId);
    }

    [Test]
    public async Task Two_users_see_one_safety_number_until_a_device_comes()
    {
        // S54.
        var (buyer, seller, order) = await EncryptedRoom();
        var number = await buyer.Client.Keys.SafetyNumberAsync(Id(seller), Bounded);
        (await seller.Client.Keys.SafetyNumberAsync(Id(buyer), Bounded)).Digits.ShouldBe(number.Digits);
        number.Digits.Count(char.IsAsciiDigit).ShouldBe(SafetyNumbers.Digits);
        number.IsVerified.ShouldBeFalse();
        await buyer.Client.Keys.MarkVerifiedAsync(Id(seller), number.Digits.Replace(" ", "", StringComparison.Ordinal), Bounded);
        (await buyer.Client.Keys.SafetyNumberAsync(Id(seller), Bounded)).IsVerified.ShouldBeTrue();
        await buyer.Client.Chat.SendAsync(order, "to whom I verified", Bounded);

        var intruder = await OtherDevice(seller);
        await intruder.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        var other = await buyer.Client.Keys.SafetyNumberAsync(Id(seller), Bounded);
        other.Digits.ShouldNotBe(number.Digits);
        other.IsVerified.ShouldBeFalse();
        (await Fault(() => buyer.Client.Chat.SendAsync(order, "secret", Bounded))).ShouldBe(EncryptionFault.PeerKeysChanged);
        (await Fault(() => buyer.Client.Keys.MarkVerifiedAsync(Id(seller), number.Digits, Bounded))).ShouldBe(EncryptionFault.PeerKeysChanged);
        (await Reads(intruder, order)).ShouldBe([""]);

        await buyer.Client.Keys.TrustAsync(Id(seller), Bounded);
        await buyer.Client.Chat.SendAsync(order, "after all", Bounded);
        (await Reads(intruder, order)).ShouldBe(["", "after all"]);
        (await buyer.Client.Keys.SafetyNumberAsync(Id(seller), Bounded)).IsVerified.ShouldBeFalse();
    }

    [Test]
    public async Task Wrong_statements_are_refused()
    {
        var (one, two) = (await Buyer(), await Buyer());
        var device = Device.Make();
        var first = KeyStatement.First(Id(one));
        var good = KeyStatement.Add(Id(one), 1, first, device.SigningKey, device.AgreementKey, device.Sign);
        byte[] offCurve = [.. device.AgreementKey];
        offCurve[64] ^= 1;
        KeyStatement[] wrong =
        [
            KeyStatement.Add(Id(two), 1, KeyStatement.First(Id(two)), device.SigningKey, device.AgreementKey, device.Sign),
            KeyStatement.Add(Id(one), 1, first, device.SigningKey, device.AgreementKey, Device.Make().Sign),
            KeyStatement.Add(Id(one), 1, first, device.SigningKey, offCurve, device.Sign),
            KeyStatement.Add(Id(one), 0, first, device.SigningKey, device.AgreementKey, device.Sign),
            KeyStatement.Revoke(Id(one), 1, first, device.KeyId, device.KeyId, device.Sign),
        ];
        foreach (var statement in wrong)
        {
            (await Refused(() => Register(one, statement))).ShouldBe(ErrorCodes.BadInput);
        }

        var ahead = KeyStatement.Add(Id(one), 2, first, device.SigningKey, device.AgreementKey, device.Sign);
        var stale = await Refusal(() => Register(one, ahead));
        (stale.Code, Detail(stale, "seq"), Detail(stale, "head")).ShouldBe((ErrorCodes.ChainStale, "0", Base64Url.EncodeToString(first)));
        (await Register(one, good)).KeyId.ShouldBe(Base64Url.EncodeToString(device.KeyId));
        (await Refused(() => Register(one, good))).ShouldBe(ErrorCodes.ChainStale);

        // Nobody takes another's device, twice the same, or revokes what is not theirs.
        var again = KeyStatement.Add(Id(one), 2, good.Link, device.SigningKey, device.AgreementKey, device.Sign);
        (await Refused(() => Register(one, again))).ShouldBe(ErrorCodes.AlreadyDone);
        var foreign = KeyStatement.Add(Id(two), 1, KeyStatement.First(Id(two)), device.SigningKey, device.AgreementKey, device.Sign);
        (await Refused(() => Register(two, foreign))).ShouldBe(ErrorCodes.AlreadyDone);
        var mine = await two.Client.Keys.RegisterAsync(cancellationToken: Bounded);
        (await Refused(() => two.Client.Keys.RevokeAsync(Base64Url.EncodeToString(device.KeyId), Bounded))).ShouldBe(ErrorCodes.NotFound);
        await two.Client.Keys.RevokeAsync(mine.KeyId, Bounded);
        (await Refused(() => two.Client.Keys.RevokeAsync(mine.KeyId, Bounded))).ShouldBe(ErrorCodes.AlreadyDone);
        (await Refused(() => one.Client.Keys.DevicesAsync(1, Bounded))).ShouldBe(ErrorCodes.NotFound);
    }

    [Test]
    public async Task Devices_stop_at_their_quota()
    {
        var user = await Buyer();
        for (var i = 0; i < Limits.DevicesMax; i++)
        {
            await new TestDevice(user.Client).Register();
        }

        var refusal = await Refusal(() => user.Client.Keys.RegisterAsync(cancellationToken: Bounded));
        (refusal.Code, Detail(refusal, "quota")).ShouldBe((ErrorCodes.QuotaExceeded, "devices"));
    }

    [Test]
    public async Task The_database_itself_refuses_another_history()
    {
        // S21, S22 in kind: not even by hand.
        var (buyer, _, order) = await EncryptedRoom();
        foreach (var statement in new[]
        {
            $"update key_log set name = 'x' where user_id = {Id(buyer)}",
            $"delete from key_log where user_id = {Id(buyer)}",
            $"delete from chat_envelopes where order_id = '{order}'",
            $"update chat_envelopes set sender_id = 1 where order_id = '{order}'",
            $"select key_append(user_id, 2, 'Revoke', link, null, null, link, statement, link, null, at) from key_log where user_id = {Id(buyer)}",
        })
        {
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => Sql(statement))).SqlState.ShouldBeOneOf("P2P01", "P2P03");
        }

        foreach (var statement in new[]
        {
            "insert into key_log select * from key_log",
            "insert into chat_envelopes select * from chat_envelopes",
            "update chat_chains set head = head",
        })
        {
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => TestPostgres.Execute(Market.Database.App, statement)))
                .SqlState.ShouldBe("42501");
        }
    }

    [Test]
    public async Task A_log_that_was_seen_once_cannot_be_shown_otherwise_later()
    {
        var (buyer, seller, order) = await EncryptedRoom();
        var log = await buyer.Client.Hub.GetDeviceKeys(new GetDeviceKeysRequest { ProfileId = Id(seller) });
        var seen = new Peer().After(KeyLog.Read(log));
        Should.Throw<EncryptionException>(() => seen.After(KeyLog.Read(log with { Entries = [] }))).Fault.ShouldBe(EncryptionFault.KeyLogBroken);
        var another = Device.Make();
        var statement = KeyStatement.Add(
            Id(seller), 1, KeyStatement.First(Id(seller)), another.SigningKey, another.AgreementKey, another.Sign);
        var swapped = log with { Entries = [log.Entries[0] with { Statement = Base64Url.EncodeToString(statement.Bytes) }] };
        Should.Throw<EncryptionException>(() => seen.After(KeyLog.Read(swapped))).Fault.ShouldBe(EncryptionFault.KeyLogBroken);
        var bytes = Base64Url.DecodeFromChars(log.Entries[0].Statement);
        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            var edited = log with { Entries = [log.Entries[0] with { Statement = Base64Url.EncodeToString(changed) }] };
            Should.Throw<EncryptionException>(() => KeyLog.Read(edited)).Fault.ShouldBe(EncryptionFault.KeyLogBroken, $"byte {i}");
        }

        (await buyer.Client.Chat.GetEncryptionAsync(order, Bounded)).State.ShouldBe(EncryptionState.On);
    }

    private static Task<DeviceReply> Register(Trader trader, KeyStatement statement) => trader.Client.Hub.RegisterDevice(
        new RegisterDeviceRequest { RequestId = Guid.CreateVersion7(), Statement = Base64Url.EncodeToString(statement.Bytes) });
}
