using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace P2P.Contracts.Encryption;

/// <summary>
/// A party of an invitation: who, the newest link of the key log, which stands for every key in it, and 16 bytes by chance.
/// </summary>
public sealed record InvitationParty(long ProfileId, byte[] KeyLink, byte[] Nonce);

/// <summary>
/// What is made of an invitation's secret. Two values that tell nothing of each other: the token, by which the server knows that whoever
/// accepts has the
/// secret, and the binding key, which never leaves the two programs. docs/dealers.md has the bytes.
/// </summary>
public static class InvitationProof
{
    private static readonly byte[] TokenInfo = "P2P invitation token v1\0"u8.ToArray();
    private static readonly byte[] BindingInfo = "P2P invitation binding v1\0"u8.ToArray();
    private static readonly byte[] Context = "P2P invitation proof v1\0"u8.ToArray();

    /// <summary>What the server is shown when the invitation is accepted: 32 bytes.</summary>
    /// <param name="secret">The 26 symbols.</param>
    public static byte[] Token(string secret) => Derive(secret, TokenInfo);

    /// <summary>What the server keeps of the token.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> token) => SHA256.HashData(token);

    /// <summary>What only who has the secret can make: it ties both parties' keys to this invitation.</summary>
    /// <param name="secret">The 26 symbols.</param>
    /// <param name="locator">The eight symbols.</param>
    /// <param name="inviter">Who invites.</param>
    /// <param name="accepter">Who accepts.</param>
    public static byte[] Of(string secret, string locator, InvitationParty inviter, InvitationParty accepter)
    {
        ArgumentNullException.ThrowIfNull(locator);
        ArgumentNullException.ThrowIfNull(inviter);
        ArgumentNullException.ThrowIfNull(accepter);
        byte[] told = [.. Context, .. Encoding.ASCII.GetBytes(locator), .. Bytes(inviter), .. Bytes(accepter)];
        return HMACSHA256.HashData(Derive(secret, BindingInfo), told);
    }

    /// <summary>True when the proof is the one that the secret makes of these parties.</summary>
    public static bool Is(ReadOnlySpan<byte> proof, string secret, string locator, InvitationParty inviter, InvitationParty accepter) =>
        CryptographicOperations.FixedTimeEquals(proof, Of(secret, locator, inviter, accepter));

    private static byte[] Derive(string secret, byte[] info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(secret), P256.HashBytes, salt: [], info);

    private static byte[] Bytes(InvitationParty party)
    {
        if (party.KeyLink.Length != P256.HashBytes || party.Nonce.Length != Limits.InvitationNonceBytes)
        {
            throw new ArgumentException("A link has 32 bytes and a nonce 16.", nameof(party));
        }

        var id = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(id, party.ProfileId);
        return [.. id, .. party.KeyLink, .. party.Nonce];
    }
}
