using System.Numerics;
using System.Security.Cryptography;

namespace P2P.Contracts.Encryption;

/// <summary>
/// The curve of suite 1 (NIST P-256) as everybody must check it: public keys are uncompressed points of 65 bytes (<c>04 || x || y</c>), signatures
/// are ECDSA over SHA-256 as 64 bytes (<c>r || s</c>, IEEE P1363: what WebCrypto makes).
/// </summary>
public static class P256
{
    /// <summary>Bytes of a public key.</summary>
    public const int PointBytes = 65;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Bytes of a hash, of a secret, and of each coordinate.</summary>
    public const int HashBytes = 32;

    private static readonly BigInteger Prime = Number(Convert.FromHexString("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"));
    private static readonly BigInteger B = Number(Convert.FromHexString("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"));

    /// <summary>
    /// True for an uncompressed point that lies on the curve. The curve has no small subgroups and its point at infinity has no such encoding, so
    /// every one of them is a good public key.
    /// </summary>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointBytes || point[0] != 4)
        {
            return false;
        }

        var (x, y) = (Number(point[1..33]), Number(point[33..]));
        return x < Prime && y < Prime && ((y * y) - (x * x * x) + (3 * x) - B) % Prime == 0;
    }

    /// <summary>True when the signature over the data is this key's. Never throws: what is malformed is no signature.</summary>
    public static bool IsSignature(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes || !IsPoint(publicKey))
        {
            return false;
        }

        using var key = ECDsa.Create(Parameters(publicKey));
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>A public key as .NET's classes take it.</summary>
    public static ECParameters Parameters(ReadOnlySpan<byte> point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
    };

    /// <summary>A public key of .NET's classes as the wire spells it.</summary>
    public static byte[] Point(ECParameters parameters) => [4, .. parameters.Q.X!, .. parameters.Q.Y!]; // Exported keys have both.

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
