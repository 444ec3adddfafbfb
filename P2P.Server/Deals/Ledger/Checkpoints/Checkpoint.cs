using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using P2P.Contracts;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>
/// A signed statement of what the database's chains were at a time. It covers every link whose time lies after the former checkpoint's
/// time and not after its own; the first covers everything before, too. For each chain that grew in that time the newest link is a leaf of
/// the Merkle tree; since a link's hash covers all former ones, and a checkpoint the hash of the former checkpoint, the newest checkpoint
/// covers every link of every chain.
/// </summary>
/// <remarks>
/// Leaves, in this order: <c>account|id|number|hash</c> by account, <c>order|id|version|hash</c> by order, <c>audit|number|hash</c>; ids
/// in lower case with dashes, hashes in lower-case hexadecimal. Signed is <see cref="Text"/>; a checkpoint's hash is SHA-256 of it.
/// </remarks>
public sealed record Checkpoint
{
    // The file is read by people and their tools, never by a browser: Base64's plus stays a plus.
    private static readonly JsonSerializerOptions Json = new(WireJson.Server) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>1, 2, 3 ... in one file.</summary>
    public required long Number { get; init; }

    /// <summary>Links up to here, this microsecond included.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Entries of the ledger in this time.</summary>
    public required long Entries { get; init; }

    /// <summary>Rows of orders' histories in this time.</summary>
    public required long History { get; init; }

    /// <summary>Rows of the audit log in this time.</summary>
    public required long Audit { get; init; }

    /// <summary>Root over the newest links, in hexadecimal.</summary>
    public required string Root { get; init; }

    /// <summary>Hash of the former checkpoint in hexadecimal; 64 zeros before the first.</summary>
    public required string Previous { get; init; }

    /// <summary>ECDSA over P-256 and SHA-256 of <see cref="Text"/>, in DER, as Base64.</summary>
    public required string Signature { get; init; }

    /// <summary>What the first checkpoint follows.</summary>
    public static string NoPrevious { get; } = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>What is signed: <c>v1|number|time in microseconds|entries|history|audit|root|previous</c>.</summary>
    public string Text() => string.Create(
        CultureInfo.InvariantCulture, $"v1|{Number}|{LedgerHash.Microseconds(At)}|{Entries}|{History}|{Audit}|{Root}|{Previous}");

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text())));

    public Checkpoint SignedBy(ECDsa key) => this with
    {
        Signature = Convert.ToBase64String(
            key.SignData(Encoding.UTF8.GetBytes(Text()), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
    };

    public bool IsSignedBy(ECDsa key)
    {
        Span<byte> signature = stackalloc byte[256];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && key.VerifyData(
                Encoding.UTF8.GetBytes(Text()), signature[..length], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>One line of the file.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null for a line that is no checkpoint.</summary>
    public static Checkpoint? FromLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Checkpoint>(line, Json);
        }
        catch (JsonException)
        {
            // That it is none is the answer.
            return null;
        }
    }
}
