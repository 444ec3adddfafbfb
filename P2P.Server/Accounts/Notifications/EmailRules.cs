using System.Security.Cryptography;
using System.Text;
using P2P.Contracts;

namespace P2P.Server.Accounts.Notifications;

/// <summary>What is known of a user's address.</summary>
internal sealed record EmailState
{
    public required string Email { get; init; }
    public byte[]? CodeSalt { get; init; }
    public byte[]? CodeHash { get; init; }
    public DateTimeOffset? CodeEndsAt { get; init; }
    public required short Tries { get; init; }
    public required short Asked { get; init; }
    public required DateTimeOffset AskedSince { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
}

/// <summary>When a code is good.</summary>
internal static class EmailRules
{
    // A million codes are soon tried out against a fast hash; who reads the row must need longer than the code lives.
    private const int HashRounds = 200_000;
    private const int HashBytes = 32;

    public static void CheckCode(string code)
    {
        if (code.Length != Limits.EmailCodeDigits || code.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            throw NotificationRules.Bad($"A code has {Limits.EmailCodeDigits} digits.", "code");
        }
    }

    public static bool AskedTooOften(EmailState? state, DateTimeOffset now) =>
        state is not null && state.AskedSince > now.AddHours(-1) && state.Asked >= Limits.EmailCodesPerHour;

    public static bool CodeIsAlive(EmailState state, DateTimeOffset now) =>
        state.CodeHash is not null && state.CodeEndsAt > now && state.Tries < Limits.EmailCodeTriesMax;

    public static bool IsRight(EmailState state, string code) =>
        state is { CodeSalt: { } salt, CodeHash: { } hash } && CryptographicOperations.FixedTimeEquals(Hash(code, salt), hash);

    public static byte[] Hash(string code, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(code), salt, HashRounds, HashAlgorithmName.SHA256, HashBytes);
}
