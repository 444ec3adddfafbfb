using System.Text.Json;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>What this device remembers of a user's key log, so that the server cannot show it another one later.</summary>
internal sealed record Peer
{
    /// <summary>Entries that the log had.</summary>
    public int Seq { get; init; }

    /// <summary>The link of the newest of them.</summary>
    public byte[] Link { get; init; } = [];

    /// <summary>The devices that the user verified; null when nobody was verified.</summary>
    public byte[]? Verified { get; init; }

    public const string NameStart = "peer.";

    public static string Name(long userId) => $"{NameStart}{userId}";

    public static Peer Read(byte[]? stored) => stored is null ? new Peer() : JsonSerializer.Deserialize<Peer>(stored) ?? new Peer();

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>What is remembered after this log was read.</summary>
    /// <exception cref="EncryptionException">KeyLogBroken: it does not go on from what was seen.</exception>
    public Peer After(KeyLog log) =>
        log.Links.Count < Seq || (Seq > 0 && !log.Links[Seq - 1].AsSpan().SequenceEqual(Link))
            ? throw new EncryptionException(
                EncryptionFault.KeyLogBroken, $"The key log of profile {log.UserId} is not the one that this device has seen before.")
            : this with { Seq = log.Links.Count, Link = log.Links.Count == 0 ? [] : log.Links[^1] };

    /// <summary>True when the user verified this one's devices and they are others now.</summary>
    public bool HasChanged(KeyLog log) => Verified is not null && !Verified.AsSpan().SequenceEqual(SetOf(log));

    public static byte[] SetOf(KeyLog log) => Envelope.KeySet(log.Active.Select(device => device.KeyId));
}
