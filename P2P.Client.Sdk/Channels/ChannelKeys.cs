using System.Buffers.Binary;
using System.Security.Cryptography;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Channels;

/// <summary>
/// Seals and opens the frames of one session: <c>counter (8 bytes) | ciphertext | tag</c>, AES-256-GCM under the sender's key of the session, the counter as
/// nonce and the session's id as what is authenticated beside it. A counter is good once, and only ascending.
/// </summary>
internal sealed class ChannelKeys : IDisposable
{
    private const int CounterBytes = sizeof(long);
    private const int TagBytes = 16;
    private const int NonceBytes = 12;

    private readonly AesGcm _own;
    private readonly AesGcm _other;
    private readonly byte[] _session = new byte[16];
    private long _sent;
    private long _received;

    public ChannelKeys(Guid sessionId, byte[] own, byte[] other)
    {
        (_own, _other) = (new AesGcm(own, TagBytes), new AesGcm(other, TagBytes));
        sessionId.TryWriteBytes(_session, bigEndian: true, out _);
    }

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var frame = new byte[CounterBytes + plain.Length + TagBytes];
        BinaryPrimitives.WriteInt64BigEndian(frame, ++_sent);
        Span<byte> nonce = stackalloc byte[NonceBytes];
        nonce.Clear();
        frame.AsSpan(0, CounterBytes).CopyTo(nonce[(NonceBytes - CounterBytes)..]);
        _own.Encrypt(nonce, plain, frame.AsSpan(CounterBytes, plain.Length), frame.AsSpan(CounterBytes + plain.Length), _session);
        return frame;
    }

    /// <summary>What a frame says; null for one that is forged, damaged, repeated, or overtaken by a later one.</summary>
    public byte[]? Open(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < CounterBytes + TagBytes || BinaryPrimitives.ReadInt64BigEndian(frame) is var counter && counter <= _received)
        {
            return null;
        }

        Span<byte> nonce = stackalloc byte[NonceBytes];
        nonce.Clear();
        frame[..CounterBytes].CopyTo(nonce[(NonceBytes - CounterBytes)..]);
        var plain = new byte[frame.Length - CounterBytes - TagBytes];
        try
        {
            _other.Decrypt(nonce, frame[CounterBytes..^TagBytes], frame[^TagBytes..], plain, _session);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        _received = counter;
        return plain;
    }

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
    }

    /// <summary>The keys of a session as one side has them.</summary>
    public static ChannelKeys Of(bool isOfferer, ECDiffieHellman ephemeral, ChannelHello offer, ChannelHello answer)
    {
        using var other = ECDiffieHellman.Create(P256.Parameters(isOfferer ? answer.Terms.Ephemeral : offer.Terms.Ephemeral));
        var (offerer, answerer) = ChannelHello.Keys(ephemeral.DeriveRawSecretAgreement(other.PublicKey), offer, answer);
        return isOfferer ? new ChannelKeys(offer.Terms.SessionId, offerer, answerer) : new ChannelKeys(offer.Terms.SessionId, answerer, offerer);
    }
}
