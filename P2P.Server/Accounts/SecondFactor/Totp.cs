using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using P2P.Contracts;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>The codes of authenticator apps: RFC 6238 with SHA-1, 30 seconds and 6 digits, which every app speaks.</summary>
public static class Totp
{
    /// <summary>The number of the step in which a time lies.</summary>
    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / Limits.SecondFactorStepSeconds;

    /// <summary>The code of a step.</summary>
    [SuppressMessage(
        "Security",
        "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "RFC 6238's own algorithm: apps know no other, and HMAC does not rest on SHA-1's resistance to collisions.")]
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Limits.SecondFactorDigits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);

        // RFC 4226: four bytes at a place that the last one names, without the sign.
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & 0x7FFF_FFFF;
        var modulus = 1u;
        for (var i = 0; i < digits; i++)
        {
            modulus *= 10;
        }

        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }
}
