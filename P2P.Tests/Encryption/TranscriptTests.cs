using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Encryption;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;

namespace P2P.Tests.Encryption;

/// <summary>What a party discloses of an encrypted room, and every way to lie with it: without any server.</summary>
public sealed class TranscriptTests
{
    private const long Buyer = 101;
    private const long Seller = 202;
    private static readonly Device BuyersDevice = Device.Make();
    private static readonly Device SellersDevice = Device.Make();
    private static readonly Device Stranger = Device.Make();
    private readonly Guid _order = Guid.CreateVersion7();
    private readonly List<Envelope> _envelopes = [];
    private byte[] _key = [];
    private TranscriptBundle _bundle = null!; // Set before each test.

    /// <summary>A proposal, its acceptance, and six messages.</summary>
    [SetUp]
    public void Write_a_room()
    {
        _envelopes.Clear();
        _key = RandomNumberGenerator.GetBytes(32);
        Add(BuyersDevice, EnvelopeKind.Propose, _ => KeyBody(1, _key));
        Add(SellersDevice, EnvelopeKind.Accept, _ => RoomSeal.Commitment(_order, 1, _key));
        for (var i = 0; i < 6; i++)
        {
            Say(i % 2 == 0 ? BuyersDevice : SellersDevice, $"msg {i}");
        }

        _bundle = new TranscriptBundle
        {
            OrderId = _order,
            BuyerId = Buyer,
            SellerId = Seller,
            Envelopes = [.. _envelopes.Select(Shown)],
            KeyLogs = [Log(Buyer, BuyersDevice), Log(Seller, SellersDevice)],
            RoomKeys = [new TranscriptKey { Epoch = 1, Key = Base64Url.EncodeToString(_key) }],
        };
    }

    [Test]
    public void A_whole_room_is_read_with_who_wrote_what()
    {
        var transcript = TranscriptVerifier.Verify(TranscriptBundle.FromJson(_bundle.ToJson()), Server());
        transcript.Fault.ShouldBe(EncryptionFault.None);
        transcript.Lines.Select(line => (line.Index, line.SenderId, line.Text)).ShouldBe(
            Enumerable.Range(0, 6).Select(i => (i + 2, i % 2 == 0 ? Buyer : Seller, (string?)$"msg {i}")));
    }

    [Test]
    public void An_erased_message_says_nothing_and_the_others_are_still_proved()
    {
        for (var i = 2; i < _envelopes.Count; i++)
        {
            var envelopes = _bundle.Envelopes.ToList();
            envelopes[i] = envelopes[i] with { Envelope = Base64Url.EncodeToString(Left(_envelopes[i])) };
            var transcript = TranscriptVerifier.Verify(_bundle with { Envelopes = envelopes }, Server());
            transcript.Fault.ShouldBe(EncryptionFault.None);
            transcript.Lines.Select(line => (line.Index, line.IsErased, line.Text)).ShouldBe(
                Enumerable.Range(2, 6).Select(at => (at, at == i, at == i ? null : $"msg {at - 2}")));

            // With another link, or in the place of what is no message, it is found.
            var forged = Left(_envelopes[i]);
            forged[^1] ^= 1;
            envelopes[i] = envelopes[i] with { Envelope = Base64Url.EncodeToString(forged) };
            TranscriptVerifier.Verify(_bundle with { Envelopes = envelopes }, Server()).Fault.ShouldNotBe(EncryptionFault.None);
        }

        Envelope.TryReadStored(Left(_envelopes[1])).ShouldBeNull();
        Envelope.TryRead(Left(_envelopes[2])).ShouldBeNull();

        static byte[] Left(Envelope envelope) => [.. envelope.HeadSpan, .. envelope.Link];
    }

    [Test]
    public void A_dropped_envelope_is_found_wherever_it_was()
    {
        for (var i = 0; i < _envelopes.Count; i++)
        {
            var (fault, at) = Verify([.. _bundle.Envelopes.Where((_, j) => j != i)]);
            (fault, at).ShouldBe((EncryptionFault.Dropped, i == _envelopes.Count - 1 ? null : i), $"without {i}");
        }

        TranscriptVerifier.Verify(_bundle with { Envelopes = [] }, Server()).Fault.ShouldBe(EncryptionFault.Dropped);
    }

    [Test]
    public void Envelopes_in_another_order_are_found()
    {
        for (var i = 0; i < _envelopes.Count; i++)
        {
            for (var j = i + 1; j < _envelopes.Count; j++)
            {
                List<TranscriptEnvelope> swapped = [.. _bundle.Envelopes];
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                Verify(swapped).ShouldBe((EncryptionFault.Reordered, i), $"{i} and {j} swapped");
            }

            List<TranscriptEnvelope> twice = [.. _bundle.Envelopes];
            twice.Insert(i + 1, twice[i]);
            Verify(twice).ShouldBe((EncryptionFault.Reordered, i + 1), $"{i} twice");
        }
    }

    [Test]
    public void Every_byte_of_every_envelope_counts()
    {
        // S48; at most 2,000 flips.
        var flips = 0;
        var devices = _bundle.KeyLogs.SelectMany(log => KeyLog.Read(log).Devices).ToList();
        var chain = new RoomChain(_order, Buyer, Seller);
        for (var i = 0; i < _envelopes.Count; i++)
        {
            for (var at = 0; at < _envelopes[i].Bytes.Length; at++, flips++)
            {
                byte[] changed = [.. _envelopes[i].Bytes];
                changed[at] ^= (byte)(1 << (at % 8));
                chain.Take(Envelope.TryRead(changed), Of)
                    .ShouldBeOneOf(EncryptionFault.Edited, EncryptionFault.Invented, EncryptionFault.UnknownKey);
                if (at % 50 == 0)
                {
                    List<TranscriptEnvelope> edited = [.. _bundle.Envelopes];
                    edited[i] = edited[i] with { Envelope = Base64Url.EncodeToString(changed) };
                    var transcript = TranscriptVerifier.Verify(_bundle with { Envelopes = edited }, Server());
                    (transcript.Fault == EncryptionFault.None, transcript.FaultAt).ShouldBe((false, i), $"byte {at} of envelope {i}");
                }
            }

            chain.Take(_envelopes[i], Of).ShouldBe(EncryptionFault.None);
        }

        LogDevice? Of(byte[] keyId) => devices.Find(device => device.KeyId.AsSpan().SequenceEqual(keyId));

        flips.ShouldBeInRange(1_500, 2_000);
    }

    [Test]
    public void What_was_said_by_another_hand_is_edited()
    {
        // The buyer signs other words in the place of their own: the seller's next envelope names what stood there.
        var other = Sealed(BuyersDevice, _envelopes[4].Head, "I never paid");
        Verify([.. _bundle.Envelopes.Select((shown, i) => i == 4 ? Shown(other) : shown)]).ShouldBe((EncryptionFault.Invented, 5));
        // At the end nothing follows: the server's head tells.
        var last = Sealed(SellersDevice, _envelopes[^1].Head, "I got the money");
        Verify([.. _bundle.Envelopes.SkipLast(1), Shown(last)]).ShouldBe((EncryptionFault.Edited, null));
    }

    [Test]
    public void An_invented_message_is_found()
    {
        // In the seller's name, without the seller's key.
        var head = new EnvelopeHead(EnvelopeKind.Message, _order, 4, 1, _envelopes[3].Link, SellersDevice.KeyId, Guid.CreateVersion7());
        Verify(With(4, Sealed(BuyersDevice, head, "I got the money"))).ShouldBe((EncryptionFault.Invented, 4));
        // In the buyer's own, where nothing of it stood.
        Verify(With(4, Sealed(BuyersDevice, head with { KeyId = BuyersDevice.KeyId }, "I paid"))).ShouldBe((EncryptionFault.Invented, 5));
        // By a device that nobody registered.
        Verify(With(4, Sealed(Stranger, head with { KeyId = Stranger.KeyId }, "I paid"))).ShouldBe((EncryptionFault.UnknownKey, 4));
        // Behind the end.
        var behind = new EnvelopeHead(EnvelopeKind.Message, _order, 8, 1, _envelopes[^1].Link, BuyersDevice.KeyId, Guid.CreateVersion7());
        Verify([.. _bundle.Envelopes, Shown(Sealed(BuyersDevice, behind, "I paid"))]).ShouldBe((EncryptionFault.Invented, null));
        // A room that was never agreed to.
        var alone = head with { Index = 1, Previous = _envelopes[0].Link, KeyId = BuyersDevice.KeyId };
        Verify([_bundle.Envelopes[0], Shown(Sealed(BuyersDevice, alone, "?"))]).ShouldBe((EncryptionFault.Invented, 1));
    }

    [Test]
    public void Another_rooms_envelopes_do_not_fit()
    {
        TranscriptVerifier.Verify(_bundle with { OrderId = Guid.CreateVersion7() }).Fault.ShouldBe(EncryptionFault.Invented);
        TranscriptVerifier.Verify(_bundle with { BuyerId = Seller, SellerId = Buyer }).Fault.ShouldBe(EncryptionFault.Invented);
        TranscriptVerifier.Verify(_bundle with { SellerId = 303 }).Fault.ShouldBe(EncryptionFault.Invented);
    }

    [Test]
    public void Only_the_key_that_was_committed_to_opens_a_room()
    {
        var other = new TranscriptKey { Epoch = 1, Key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) };
        TranscriptVerifier.Verify(_bundle with { RoomKeys = [other] }).Fault.ShouldBe(EncryptionFault.WrongRoomKey);
        TranscriptVerifier.Verify(_bundle with { RoomKeys = [other with { Key = "?" }] }).Fault.ShouldBe(EncryptionFault.WrongRoomKey);
        var without = TranscriptVerifier.Verify(_bundle with { RoomKeys = [] });
        without.Fault.ShouldBe(EncryptionFault.None);
        without.Lines.ShouldAllBe(line => line.Text == null);

        // A sender who seals what nobody can open is named.
        var head = new EnvelopeHead(EnvelopeKind.Message, _order, 8, 1, _envelopes[^1].Link, BuyersDevice.KeyId, Guid.CreateVersion7());
        var garbage = Envelope.Sign(head, RoomSeal.MessageBody(head, RandomNumberGenerator.GetBytes(32), MessageContent.Of("?")), BuyersDevice.Sign);
        Verify([.. _bundle.Envelopes, Shown(garbage)]).ShouldBe((EncryptionFault.Unreadable, 8));
        // And one whose nonce another message has.
        var again = Envelope.Sign(head, RoomSeal.MessageBody(head, _key, MessageContent.Of("?"), _envelopes[2].Salt.ShouldNotBeNull()), BuyersDevice.Sign);
        Verify([.. _bundle.Envelopes, Shown(again)]).ShouldBe((EncryptionFault.NonceReused, 8));
    }

    [Test]
    public void A_key_log_that_was_tampered_with_proves_nothing()
    {
        DeviceKeyLog[] swapped = [Log(Buyer, BuyersDevice) with { ProfileId = Seller }, Log(Seller, SellersDevice)];
        TranscriptVerifier.Verify(_bundle with { KeyLogs = swapped }).Fault.ShouldBe(EncryptionFault.KeyLogBroken);
        DeviceKeyLog[] twice = [.. _bundle.KeyLogs, _bundle.KeyLogs[0]];
        TranscriptVerifier.Verify(_bundle with { KeyLogs = twice }).Fault.ShouldBe(EncryptionFault.KeyLogBroken);
        TranscriptVerifier.Verify(_bundle with { KeyLogs = [_bundle.KeyLogs[0]] }).Fault.ShouldBe(EncryptionFault.UnknownKey);
    }

    [Test]
    public void Keys_fit_into_a_disputes_evidence()
    {
        var text = $"Please read it yourself.\n{_bundle.Disclosure()}\nThank you.";
        RoomDisclosure.TryRead(text, out var order, out var keys).ShouldBeTrue();
        order.ShouldBe(_order);
        keys.ShouldBe(_bundle.RoomKeys);
        TranscriptVerifier.Verify(_bundle with { RoomKeys = keys }, Server()).Fault.ShouldBe(EncryptionFault.None);
        RoomDisclosure.TryRead("I paid.", out _, out _).ShouldBeFalse();
        var many = Enumerable.Range(1, 80).Select(i => new TranscriptKey { Epoch = i, Key = keys[0].Key });
        RoomDisclosure.Write(_order, many).Length.ShouldBeLessThan(4_000);
    }

    [Test]
    public void A_text_is_shown_without_what_deceives()
    {
        Say(BuyersDevice, "a\u202eb\u2066c\u0000\u001b[31m\u200bd\r\ne\tf");
        TranscriptVerifier.Verify(_bundle with { Envelopes = [.. _envelopes.Select(Shown)] }).Lines[^1].Text.ShouldBe("abc[31md\ne f");
    }

    private (EncryptionFault Fault, int? At) Verify(IReadOnlyList<TranscriptEnvelope> envelopes)
    {
        var transcript = TranscriptVerifier.Verify(_bundle with { Envelopes = envelopes }, Server());
        return (transcript.Fault, transcript.FaultAt);
    }

    private RoomEncryption Server() => new()
    {
        OrderId = _order,
        State = EncryptionState.On,
        Epoch = 1,
        Length = 8,
        Head = Base64Url.EncodeToString(_envelopes[7].Link),
    };

    private List<TranscriptEnvelope> With(int at, Envelope envelope)
    {
        List<TranscriptEnvelope> all = [.. _bundle.Envelopes];
        all.Insert(at, Shown(envelope));
        return all;
    }

    private Envelope Sealed(Device device, EnvelopeHead head, string text) =>
        Envelope.Sign(head, RoomSeal.MessageBody(head, _key, MessageContent.Of(text)), device.Sign);

    private void Say(Device device, string text) => Add(device, EnvelopeKind.Message, head => RoomSeal.MessageBody(head, _key, MessageContent.Of(text)));

    private void Add(Device device, EnvelopeKind kind, Func<EnvelopeHead, byte[]> body)
    {
        var previous = _envelopes.Count == 0 ? Envelope.Anchor(_order, Buyer, Seller) : _envelopes[^1].Link;
        var head = new EnvelopeHead(kind, _order, _envelopes.Count, 1, previous, device.KeyId, Guid.CreateVersion7());
        _envelopes.Add(Envelope.Sign(head, body(head), device.Sign));
    }

    private byte[] KeyBody(int epoch, byte[] key) => RoomSeal.KeyBody(
        _order,
        epoch,
        key,
        [(BuyersDevice.KeyId, BuyersDevice.AgreementKey), (SellersDevice.KeyId, SellersDevice.AgreementKey)]);

    private static TranscriptEnvelope Shown(Envelope envelope) => new() { Envelope = Base64Url.EncodeToString(envelope.Bytes) };

    private static DeviceKeyLog Log(long userId, Device device) => new()
    {
        ProfileId = userId,
        Entries =
        [
            new DeviceKeyEntry
            {
                Seq = 1,
                Statement = Base64Url.EncodeToString(
                    KeyStatement.Add(userId, 1, KeyStatement.First(userId), device.SigningKey, device.AgreementKey, device.Sign).Bytes),
                At = DateTimeOffset.UnixEpoch,
            },
        ],
    };
}
