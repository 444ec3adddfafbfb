using System.Security.Cryptography;
using System.Text;
using P2P.Contracts;
using P2P.Server.Core;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>A code as it was given, without spaces and dashes.</summary>
/// <param name="Text">Six digits, or a recovery code in capital letters.</param>
/// <param name="IsRecovery">It is a recovery code.</param>
public sealed record GivenCode(string Text, bool IsRecovery)
{
    /// <summary>Never printed: it may still be good.</summary>
    public override string ToString() => IsRecovery ? "a recovery code" : "a code";
}

/// <summary>What a code may look like, which it is, and how often one may err.</summary>
public static class SecondFactorRules
{
    /// <summary>Bytes of an app's secret: what RFC 4226 recommends.</summary>
    public const int SecretBytes = 20;

    /// <summary>Bytes of a recovery code.</summary>
    public const int RecoveryBytes = 16;

    private const int RecoveryChars = 26;
    private const int RecoveryGroupChars = 5;

    // The app's clock may be off by a step, and a code may be typed at its very end.
    private static readonly long[] Skews = [0, -1, 1];
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(Limits.SecondFactorLockMinutes);

    /// <summary>A code that can be one; null for none.</summary>
    public static GivenCode? Parse(string? text, string path)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length <= Limits.SecondFactorCodeCharsMax)
        {
            var code = text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
            if (code.Length == Limits.SecondFactorDigits && code.All(char.IsAsciiDigit))
            {
                return new GivenCode(code, IsRecovery: false);
            }

            if (code.Length == RecoveryChars && code.All(Base32.IsChar))
            {
                return new GivenCode(code, IsRecovery: true);
            }
        }

        throw new Refused(
            ErrorCodes.BadInput,
            $"A code is {Limits.SecondFactorDigits} digits, or a recovery code of {RecoveryChars} letters and digits.",
            ("path", path));
    }

    /// <summary>The step whose code this is, at most one step from now; null when it is none's.</summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, GivenCode given, DateTimeOffset now)
    {
        var present = Totp.StepOf(now);
        long? found = null;
        foreach (var skew in Skews)
        {
            // All are compared, so that the time tells nothing.
            if (IsOf(secret, given, present + skew))
            {
                found ??= present + skew;
            }
        }

        return found;
    }

    /// <summary>Whether it is the code of this step.</summary>
    public static bool IsOf(ReadOnlySpan<byte> secret, GivenCode given, long step) =>
        !given.IsRecovery
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Totp.Code(secret, step)), Encoding.ASCII.GetBytes(given.Text));

    /// <summary>Wrong tries that still count.</summary>
    public static IReadOnlyList<DateTimeOffset> Recent(IEnumerable<DateTimeOffset> wrong, DateTimeOffset now) =>
        [.. wrong.Where(at => at > now - Window).Order()];

    /// <summary>Until when no code is taken; null when codes are taken. In no 15 minutes more than five wrong codes are looked at.</summary>
    public static DateTimeOffset? LockedUntil(IEnumerable<DateTimeOffset> wrong, DateTimeOffset now)
    {
        var recent = Recent(wrong, now);
        return recent.Count < Limits.SecondFactorTriesMax ? null : recent[^Limits.SecondFactorTriesMax] + Window;
    }

    /// <summary>A recovery code as a person reads it.</summary>
    public static string Spell(ReadOnlySpan<byte> recovery) =>
        string.Join('-', Base32.Encode(recovery).Chunk(RecoveryGroupChars).Select(group => new string(group)));

    /// <summary>What is kept of a recovery code.</summary>
    public static byte[] HashOf(GivenCode recovery) => SHA256.HashData(Encoding.ASCII.GetBytes(recovery.Text));

    /// <summary>What an app reads from a QR code.</summary>
    public static string Uri(string issuer, string account, string secret)
    {
        var (by, whom) = (System.Uri.EscapeDataString(issuer), System.Uri.EscapeDataString(account));
        return $"otpauth://totp/{by}:{whom}?secret={secret}&issuer={by}&algorithm=SHA1"
            + $"&digits={Limits.SecondFactorDigits}&period={Limits.SecondFactorStepSeconds}";
    }
}
