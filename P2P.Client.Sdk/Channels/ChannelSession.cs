using System.Security.Cryptography;
using P2P.Contracts;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Channels;

/// <summary>A session that this side proposed and nobody has taken yet.</summary>
internal sealed class ProposedSession(ChannelHello offer, ECDiffieHellman ephemeral) : IDisposable
{
    public ChannelHello Offer => offer;

    /// <summary>The keys, once somebody has taken it.</summary>
    public TaskCompletionSource<ChannelKeys> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChannelKeys With(ChannelHello answer) => ChannelKeys.Of(isOfferer: true, ephemeral, offer, answer);

    public void Dispose() => ephemeral.Dispose();
}

/// <summary>What is right about hellos, whoever passed them on.</summary>
internal static class ChannelChecks
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(Limits.ClockSkewSeconds);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(Limits.SignalSeconds);

    /// <summary>Until when a hello that is made now is good.</summary>
    public static DateTimeOffset Expiry(DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds((now + Lifetime).ToUnixTimeSeconds());

    /// <summary>An offer for this user, by a device that speaks for the one who is said to have sent it, and made just now.</summary>
    public static bool IsGood(ChannelHello offer, Guid sessionId, long fromId, long toId, byte[]? signingKey, DateTimeOffset now) =>
        offer.Terms.Role == ChannelRole.Offerer
        && offer.Terms.SessionId == sessionId
        && offer.Terms.FromId == fromId
        && offer.Terms.ToId == toId
        && IsFresh(offer, now)
        && signingKey is not null
        && offer.IsSignedBy(signingKey);

    /// <summary>An answer to this offer, by a device that speaks for the one whom it was made for.</summary>
    public static bool Takes(ChannelHello answer, ChannelHello offer, byte[]? signingKey, DateTimeOffset now) =>
        answer.Terms.Role == ChannelRole.Answerer
        && answer.Terms.SessionId == offer.Terms.SessionId
        && answer.Terms.FromId == offer.Terms.ToId
        && answer.Terms.ToId == offer.Terms.FromId
        && answer.Terms.Answers.AsSpan().SequenceEqual(offer.Hash)
        && IsFresh(answer, now)
        && signingKey is not null
        && answer.IsSignedBy(signingKey);

    private static bool IsFresh(ChannelHello hello, DateTimeOffset now) =>
        hello.Terms.ExpiresAt > now - Skew && hello.Terms.ExpiresAt <= now + Lifetime + Skew;
}
