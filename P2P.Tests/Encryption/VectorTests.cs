using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Encryption;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;
using P2P.Tests.Shape;

namespace P2P.Tests.Encryption;

/// <summary>The bytes of docs/encryption.md: another client that makes the same vectors speaks the same language.</summary>
public sealed class VectorTests
{
    private static readonly Guid Order = Guid.Parse("0190f3a0-1111-7000-8000-00000000c0de");
    private readonly Vectors _vectors = Read();

    [Test]
    public void A_devices_keys_id_and_statement_are_these()
    {
        foreach (var vector in _vectors.Devices)
        {
            var device = DeviceOf(vector);
            Hex(device.SigningKey).ShouldBe(vector.SigningPublic);
            Hex(device.AgreementKey).ShouldBe(vector.AgreementPublic);
            Hex(device.KeyId).ShouldBe(vector.KeyId);
            Hex(KeyStatement.First(vector.UserId)).ShouldBe(vector.LogStart);
            var made = KeyStatement.Add(vector.UserId, 1, KeyStatement.First(vector.UserId), device.SigningKey, device.AgreementKey, device.Sign);
            Hex(made.Bytes[..^P256.SignatureBytes]).ShouldBe(vector.Statement[..^(2 * P256.SignatureBytes)]);
            Hex(made.Link).ShouldBe(vector.StatementLink);
            var read = KeyStatement.TryRead(Convert.FromHexString(vector.Statement)).ShouldNotBeNull();
            read.IsSignedBy(device.SigningKey).ShouldBeTrue();
        }
    }

    [Test]
    public void A_rooms_anchor_key_set_and_commitment_are_these()
    {
        Hex(Envelope.Anchor(Order, Buyer.UserId, Seller.UserId)).ShouldBe(_vectors.Anchor);
        Hex(Envelope.KeySet(_vectors.Devices.Select(device => Convert.FromHexString(device.KeyId)))).ShouldBe(_vectors.KeySet);
        Hex(RoomSeal.Commitment(Order, 1, Convert.FromHexString(_vectors.RoomKey))).ShouldBe(_vectors.Commitment);
    }

    [Test]
    public void Each_envelope_is_made_of_these_bytes()
    {
        var previous = Convert.FromHexString(_vectors.Anchor);
        foreach (var (vector, i) in _vectors.Envelopes.Select((vector, i) => (vector, i)))
        {
            var device = DeviceOf(vector.By == Buyer.UserId ? Buyer : Seller);
            var made = Make(vector, i, previous, device);
            Hex(made.Bytes[..^P256.SignatureBytes]).ShouldBe(vector.Bytes[..^(2 * P256.SignatureBytes)], vector.Kind);
            Hex(made.Link).ShouldBe(vector.Link, vector.Kind);
            Envelope.TryRead(Convert.FromHexString(vector.Bytes)).ShouldNotBeNull().IsSignedBy(device.SigningKey).ShouldBeTrue();
            previous = made.Link;
        }
    }

    [Test]
    public void A_file_and_the_message_that_carries_its_key_are_these_bytes()
    {
        var vector = _vectors.File;
        var plain = Convert.FromHexString(vector.Plain);
        Hex(FileSeal.Seal(Order, plain, Convert.FromHexString(vector.Key)).Ciphertext).ShouldBe(vector.Ciphertext);
        var file = new SealedFile
        {
            Id = vector.Id,
            Name = vector.Name,
            ContentType = vector.ContentType,
            Bytes = plain.Length,
            Sha256 = vector.Sha256,
            Key = Wire(vector.Key),
        };
        Hex(new MessageContent(vector.Text, [file]).Write()).ShouldBe(vector.Content);
        var read = MessageContent.Read(Convert.FromHexString(vector.Content)).ShouldNotBeNull();
        (read.Text, read.Files.ShouldHaveSingleItem()).ShouldBe((vector.Text, file));
        file.Open(Order, Convert.FromHexString(vector.Ciphertext)).ShouldBe(plain);
    }

    [Test]
    public void A_sealed_item_and_its_key_for_a_device_are_these_bytes()
    {
        var vector = _vectors.Item;
        var key = Convert.FromHexString(vector.Key);
        var (owner, reader) = (DeviceOf(Seller), DeviceOf(Buyer));
        Hex(ItemSeal.Commitment(vector.Id, vector.KeyVersion, key)).ShouldBe(vector.Commitment);
        var item = SealedItem.TryRead(Convert.FromHexString(vector.Bytes)).ShouldNotBeNull();
        (item.ItemId, item.KeyVersion, Hex(item.Commitment), Hex(item.KeyId)).ShouldBe((vector.Id, vector.KeyVersion, vector.Commitment, Hex(owner.KeyId)));
        item.IsSignedBy(owner.SigningKey).ShouldBeTrue();
        var content = ItemSeal.Open(item, key).ShouldNotBeNull();
        (content.Name, content.Description, content.Category, content.Price).ShouldBe(("Taa ya shaba \u20ac", "bright and warm", null, 12.5m));
        content.Fields.ShouldHaveSingleItem().ShouldBe(new ItemField { Name = "colour", Value = "red" });
        Hex(ItemSeal.Unwrap(item, Convert.FromHexString(vector.Wrapped), reader).ShouldNotBeNull()).ShouldBe(vector.Key);
        ItemSeal.Unwrap(item, Convert.FromHexString(vector.Wrapped), owner).ShouldBeNull();

        var made = ItemSeal.Seal(vector.Id, vector.KeyVersion, key, content, owner.KeyId, owner.Sign, Convert.FromHexString(vector.Salt));
        Hex([.. made.Head, .. made.Salt]).ShouldBe(Hex([.. item.Head, .. item.Salt]));
        ItemSeal.Open(made, key).ShouldNotBeNull().Name.ShouldBe(content.Name);
        for (var at = 0; at < item.Bytes.Length; at++)
        {
            byte[] bent = [.. item.Bytes];
            bent[at] ^= (byte)(1 << (at % 8));
            (SealedItem.TryRead(bent)?.IsSignedBy(owner.SigningKey) ?? false).ShouldBeFalse($"byte {at}");
        }
    }

    [Test]
    public void The_transcript_reads_as_it_was_written()
    {
        var transcript = TranscriptVerifier.Verify(new TranscriptBundle
        {
            OrderId = Order,
            BuyerId = Buyer.UserId,
            SellerId = Seller.UserId,
            Envelopes = [.. _vectors.Envelopes.Select(one => new TranscriptEnvelope { Envelope = Wire(one.Bytes) })],
            KeyLogs = [.. _vectors.Devices.Select(device => new DeviceKeyLog
            {
                ProfileId = device.UserId,
                Entries = [new DeviceKeyEntry { Seq = 1, Statement = Wire(device.Statement), At = DateTimeOffset.UnixEpoch }],
            })],
            RoomKeys = [new TranscriptKey { Epoch = 1, Key = Wire(_vectors.RoomKey) }],
        });
        transcript.Fault.ShouldBe(EncryptionFault.None);
        transcript.Lines.Select(line => (line.SenderId, line.Text)).ShouldBe(
            _vectors.Envelopes.Where(one => one.Text is not null).Select(one => (one.By, one.Text)));
    }

    [Test]
    public void The_safety_number_is_this_for_both()
    {
        var (buyer, seller) = (Keys(Buyer), Keys(Seller));
        SafetyNumbers.Of(Buyer.UserId, buyer, Seller.UserId, seller).ShouldBe(_vectors.SafetyNumber);
        SafetyNumbers.Of(Seller.UserId, seller, Buyer.UserId, buyer).ShouldBe(_vectors.SafetyNumber);
        // Whatever the order of a user's devices.
        byte[][] two = [.. buyer, .. seller];
        SafetyNumbers.Of(1, two, 2, []).ShouldBe(SafetyNumbers.Of(1, two.Reverse(), 2, []));
    }

    [Test]
    public void Only_points_of_the_curve_are_keys()
    {
        var good = Convert.FromHexString(Buyer.SigningPublic);
        P256.IsPoint(good).ShouldBeTrue();
        for (var i = 0; i < good.Length; i++)
        {
            byte[] wrong = [.. good];
            wrong[i] ^= 1;
            P256.IsPoint(wrong).ShouldBeFalse($"byte {i}");
        }

        P256.IsPoint([]).ShouldBeFalse();
        P256.IsPoint(good.AsSpan(0, 64)).ShouldBeFalse();
        P256.IsPoint([4, .. new byte[64]]).ShouldBeFalse();
        P256.IsPoint([4, .. Enumerable.Repeat((byte)0xff, 64)]).ShouldBeFalse();
        P256.IsSignature(new byte[65], [1], new byte[64]).ShouldBeFalse();
        P256.IsSignature(good, [1], new byte[64]).ShouldBeFalse();
    }

    private DeviceVector Buyer => _vectors.Devices[0];

    private DeviceVector Seller => _vectors.Devices[1];

    private Envelope Make(EnvelopeVector vector, int index, byte[] previous, Device device)
    {
        var roomKey = Convert.FromHexString(_vectors.RoomKey);
        var head = new EnvelopeHead(Enum.Parse<EnvelopeKind>(vector.Kind), Order, index, 1, previous, device.KeyId, vector.Id);
        var commitment = RoomSeal.Commitment(Order, 1, roomKey);
        var body = head.Kind switch
        {
            EnvelopeKind.Propose => KeyBody(roomKey, commitment),
            EnvelopeKind.Accept => commitment,
            _ => RoomSeal.MessageBody(head, roomKey, MessageContent.Of(vector.Text.ShouldNotBeNull()), Convert.FromHexString(vector.Salt.ShouldNotBeNull())),
        };
        return Envelope.Sign(head, body, device.Sign);
    }

    private byte[] KeyBody(byte[] roomKey, byte[] commitment)
    {
        using var ephemeral = ECDiffieHellman.Create(Private(_vectors.EphemeralPrivate));
        var wraps = _vectors.Devices.Select(DeviceOf).Select(device =>
        {
            using var other = ECDiffieHellman.Create(P256.Parameters(device.AgreementKey));
            return RoomSeal.Wrap(Order, 1, roomKey, commitment, device.KeyId, ephemeral.DeriveRawSecretAgreement(other.PublicKey));
        });
        return Envelope.KeyBody(P256.Point(ephemeral.ExportParameters(false)), commitment, [.. wraps]);
    }

    private static byte[][] Keys(DeviceVector device) => [Convert.FromHexString(device.SigningPublic + device.AgreementPublic)];

    private static Device DeviceOf(DeviceVector vector)
    {
        using var signing = ECDsa.Create(Private(vector.SigningPrivate));
        using var agreement = ECDiffieHellman.Create(Private(vector.AgreementPrivate));
        return Device.Read(JsonSerializer.SerializeToUtf8Bytes(
            new { Signing = signing.ExportPkcs8PrivateKey(), Agreement = agreement.ExportPkcs8PrivateKey() }));
    }

    private static ECParameters Private(string hex) => new() { Curve = ECCurve.NamedCurves.nistP256, D = Convert.FromHexString(hex) };

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Wire(string hex) => Base64Url.EncodeToString(Convert.FromHexString(hex));

    /// <summary>The one JSON block of the chapter.</summary>
    private static Vectors Read()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "docs", "encryption.md"));
        var start = text.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        var end = text.IndexOf("```", start, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<Vectors>(text[start..end], JsonSerializerOptions.Web).ShouldNotBeNull();
    }

    private sealed record Vectors(
        IReadOnlyList<DeviceVector> Devices,
        string Anchor,
        string KeySet,
        string RoomKey,
        string Commitment,
        string EphemeralPrivate,
        IReadOnlyList<EnvelopeVector> Envelopes,
        FileVector File,
        ItemVector Item,
        string SafetyNumber);

    private sealed record ItemVector(Guid Id, int KeyVersion, string Key, string Salt, string Commitment, string Bytes, string Wrapped);

    private sealed record DeviceVector(
        long UserId,
        string SigningPrivate,
        string AgreementPrivate,
        string SigningPublic,
        string AgreementPublic,
        string KeyId,
        string LogStart,
        string Statement,
        string StatementLink);

    private sealed record FileVector(
        Guid Id, string Name, string ContentType, string Key, string Plain, string Ciphertext, string Sha256, string Text, string Content);

    private sealed record EnvelopeVector(string Kind, long By, Guid Id, string? Salt, string? Text, string Bytes, string Link);
}
