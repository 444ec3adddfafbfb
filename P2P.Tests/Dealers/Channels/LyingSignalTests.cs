using System.Buffers.Text;
using System.Security.Cryptography;
using P2P.Client.Sdk;
using P2P.Client.Sdk.Channels;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;
using P2P.Tests.Support;

namespace P2P.Tests.Dealers.Channels;

/// <summary>
/// A signaling server that swaps fingerprints, keys and ids, replays offers and comes late is found out by both sides before any byte is sent. (S51, S53)
/// </summary>
public sealed class LyingSignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    [Test]
    public async Task Without_lies_a_channel_opens_and_says_what_was_said()
    {
        var wire = await SignalWire.Make();
        var (here, there) = await Open(wire);
        await here.SendTextAsync("hello");
        (await First(there)).ShouldBe("hello"u8.ToArray());
        wire.Frames.ShouldBeGreaterThan(0);
        await wire.One.DisposeAsync();
        await wire.Other.DisposeAsync();
    }

    /// <summary>Every byte of an offer and of an answer, ids, keys, fingerprint and signature alike.</summary>
    [TestCase(SignalKind.Offer)]
    [TestCase(SignalKind.Answer)]
    public async Task No_byte_of_a_hello_can_be_changed(SignalKind kind)
    {
        var wire = await SignalWire.Make();
        var random = new Random(Tier.Seed());
        var tried = 0;
        wire.Pass = (_, signal) => signal.Kind != kind ? [signal] : Enumerable.Range(0, ChannelHello.HelloBytes).Select(at =>
        {
            tried++;
            return SignalWire.With(signal, bytes =>
            {
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            });
        });
        await NothingOpens(wire);
        tried.ShouldBeGreaterThanOrEqualTo(ChannelHello.HelloBytes);
    }

    [Test]
    public async Task A_server_in_the_middle_with_keys_of_its_own_is_believed_by_neither_side()
    {
        var wire = await SignalWire.Make();
        var attacker = await wire.Attacker();
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = P256.Point(ephemeral.ExportParameters(includePrivateParameters: false));
        var device = await attacker.Keys.DeviceAsync(CancellationToken.None);
        // It signs with a device of its own, once under its own device's id and once under that of the party that it plays.
        wire.Pass = (_, signal) => [Forged(signal, keepsKeyId: false), Forged(signal, keepsKeyId: true)];
        await NothingOpens(wire);

        ReceivedSignal Forged(ReceivedSignal signal, bool keepsKeyId) => SignalWire.With(signal, bytes =>
        {
            var hello = ChannelHello.TryRead(bytes).ShouldNotBeNull();
            var terms = hello.Terms with { Ephemeral = point, KeyId = keepsKeyId ? hello.Terms.KeyId : device.KeyId };
            return ChannelHello.Sign(terms, device.Sign).Bytes;
        });
    }

    [Test]
    public async Task A_server_that_shows_other_keys_than_the_peer_s_id_is_made_of_is_found_out()
    {
        var wire = await SignalWire.Make();
        var attacker = await wire.Attacker();
        var theirs = await attacker.Keys.DevicesAsync();
        theirs.Count.ShouldBe(1);
        // The profile's log is another one, well signed for that profile by a device of the server's.
        var device = await attacker.Keys.DeviceAsync(CancellationToken.None);
        var forged = KeyStatement.Add(
            wire.Other.ProfileId, 1, KeyStatement.First(wire.Other.ProfileId), device.SigningKey, device.AgreementKey, device.Sign);
        wire.Show = (party, profile, entries) => party == wire.One && profile == wire.Other.ProfileId
            ? [new DeviceKeyEntry { Seq = 1, Statement = Base64Url.EncodeToString(forged.Bytes), At = DateTimeOffset.UnixEpoch }]
            : entries;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        (await Should.ThrowAsync<EncryptionException>(() => wire.One.Channels.OpenAsync(wire.Other.PeerId, patience.Token))).Fault
            .ShouldBeOneOf(EncryptionFault.PeerKeysForged, EncryptionFault.KeyLogBroken);
        wire.Frames.ShouldBe(0);
    }

    [Test]
    public async Task A_device_that_was_added_behind_a_verified_peer_s_back_is_not_talked_to()
    {
        var wire = await SignalWire.Make();
        var number = await wire.One.Keys.SafetyNumberAsync(wire.Other.ProfileId);
        await wire.One.Keys.MarkVerifiedAsync(wire.Other.ProfileId, number.Digits);
        var attacker = await wire.Attacker();
        var device = await attacker.Keys.DeviceAsync(CancellationToken.None);
        wire.Show = (party, profile, entries) =>
        {
            if (party != wire.One || profile != wire.Other.ProfileId)
            {
                return entries;
            }

            var first = KeyStatement.TryRead(Base64Url.DecodeFromChars(entries[0].Statement)).ShouldNotBeNull();
            var added = KeyStatement.Add(profile, 2, first.Link, device.SigningKey, device.AgreementKey, device.Sign);
            return [.. entries, new DeviceKeyEntry { Seq = 2, Statement = Base64Url.EncodeToString(added.Bytes), At = DateTimeOffset.UnixEpoch }];
        };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        (await Should.ThrowAsync<EncryptionException>(() => wire.One.Channels.OpenAsync(wire.Other.PeerId, patience.Token))).Fault
            .ShouldBe(EncryptionFault.PeerKeysChanged);
        wire.Frames.ShouldBe(0);
    }

    [Test]
    public async Task An_offer_is_good_once()
    {
        var wire = await SignalWire.Make();
        ReceivedSignal? offer = null;
        var answers = 0;
        wire.Pass = (_, signal) =>
        {
            offer ??= signal.Kind == SignalKind.Offer ? signal : null;
            answers += signal.Kind == SignalKind.Answer ? 1 : 0;
            return [signal];
        };
        await Open(wire);
        answers.ShouldBe(1);
        for (var i = 0; i < 20; i++)
        {
            wire.Other.Channels.Hear(new SignalsReceived { Signals = [offer.ShouldNotBeNull()] });
        }

        await Task.Delay(Patience);
        answers.ShouldBe(1);
    }

    [TestCase(-91, false)]
    [TestCase(-29, true)]
    [TestCase(29, true)]
    [TestCase(100, false)]
    public async Task An_offer_is_good_for_a_minute_give_or_take_half_a_one(int secondsOff, bool isGood)
    {
        var wire = await SignalWire.Make();
        var device = await wire.One.Keys.DeviceAsync(CancellationToken.None);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var session = Guid.CreateVersion7();
        var now = wire.Other.Clock.Now.AddSeconds(secondsOff);
        var offer = ChannelHello.Sign(
            new ChannelTerms(
                ChannelRole.Offerer, session, wire.One.ProfileId, wire.Other.ProfileId, device.KeyId,
                P256.Point(ephemeral.ExportParameters(includePrivateParameters: false)), ChannelChecks.Expiry(now), new byte[32], new byte[32]),
            device.Sign);
        // An offer lives for a minute: one that was made so much earlier is judged by its end.
        var log = await wire.Other.Keys.LogAsync(wire.One.ProfileId, CancellationToken.None);
        ChannelChecks.IsGood(
            offer, session, wire.One.ProfileId, wire.Other.ProfileId, log.Find(device.KeyId)?.SigningKey, wire.Other.Clock.Now).ShouldBe(isGood);
        ChannelChecks.IsGood(offer, session, wire.One.ProfileId, 99, device.SigningKey, now).ShouldBeFalse();
        ChannelChecks.IsGood(offer, Guid.CreateVersion7(), wire.One.ProfileId, wire.Other.ProfileId, device.SigningKey, now).ShouldBeFalse();
    }

    [Test]
    public async Task Frames_that_are_changed_repeated_or_invented_say_nothing()
    {
        var wire = await SignalWire.Make();
        var (here, there) = await Open(wire);
        var keys = new ChannelKeys(Guid.Empty, new byte[32], new byte[32]);
        using var reader = new ChannelKeys(Guid.Empty, new byte[32], new byte[32]);
        var frame = keys.Seal("hello"u8);
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            var flipped = frame.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            reader.Open(flipped).ShouldBeNull();
        }

        reader.Open(frame.AsSpan(0, frame.Length - 1)).ShouldBeNull();
        reader.Open(frame).ShouldBe("hello"u8.ToArray());
        reader.Open(frame).ShouldBeNull();
        keys.Dispose();
        await here.SendTextAsync("still here");
        (await First(there)).ShouldBe("still here"u8.ToArray());
    }

    private static async Task<(PeerChannel Here, PeerChannel There)> Open(SignalWire wire)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var listening = wire.Other.Channels.ListenAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        var coming = listening.MoveNextAsync();
        var here = await wire.One.Channels.OpenAsync(wire.Other.PeerId, patience.Token);
        (await coming).ShouldBeTrue();
        return (here, listening.Current);
    }

    private static async Task<byte[]> First(PeerChannel channel)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await foreach (var message in channel.ReadAllAsync(patience.Token))
        {
            return message;
        }

        throw new InvalidOperationException("Nothing came.");
    }

    private static async Task NothingOpens(SignalWire wire)
    {
        using var patience = new CancellationTokenSource(Patience);
        var listening = wire.Other.Channels.ListenAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        var coming = listening.MoveNextAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => wire.One.Channels.OpenAsync(wire.Other.PeerId, patience.Token));
        await Should.ThrowAsync<OperationCanceledException>(async () => await coming);
        wire.Frames.ShouldBe(0);
        await wire.One.DisposeAsync();
        await wire.Other.DisposeAsync();
    }
}
