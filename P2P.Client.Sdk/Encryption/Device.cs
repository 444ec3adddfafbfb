using System.Security.Cryptography;
using System.Text.Json;
using P2P.Contracts.Encryption;

namespace P2P.Client.Sdk.Encryption;

/// <summary>This device's key pairs.</summary>
internal sealed class Device
{
    private readonly byte[] _signingPkcs8;
    private readonly byte[] _agreementPkcs8;

    private Device(byte[] signingPkcs8, byte[] agreementPkcs8)
    {
        (_signingPkcs8, _agreementPkcs8) = (signingPkcs8, agreementPkcs8);
        using var signing = ECDsa.Create();
        signing.ImportPkcs8PrivateKey(signingPkcs8, out _);
        using var agreement = ECDiffieHellman.Create();
        agreement.ImportPkcs8PrivateKey(agreementPkcs8, out _);
        SigningKey = P256.Point(signing.ExportParameters(includePrivateParameters: false));
        AgreementKey = P256.Point(agreement.ExportParameters(includePrivateParameters: false));
        KeyId = KeyStatement.KeyIdOf(SigningKey, AgreementKey);
    }

    public byte[] SigningKey { get; }

    public byte[] AgreementKey { get; }

    public byte[] KeyId { get; }

    public static Device Make()
    {
        using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var agreement = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new Device(signing.ExportPkcs8PrivateKey(), agreement.ExportPkcs8PrivateKey());
    }

    public static Device Read(byte[] stored) => JsonSerializer.Deserialize<Stored>(stored) is { } keys
        ? new Device(keys.Signing, keys.Agreement)
        : throw new InvalidDataException("The key store holds no device.");

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(new Stored(_signingPkcs8, _agreementPkcs8));

    /// <summary>ECDSA over SHA-256, as 64 bytes.</summary>
    public byte[] Sign(byte[] data)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_signingPkcs8, out _);
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>The raw secret that this device shares with a public key: the x coordinate, 32 bytes.</summary>
    public byte[] Agree(ReadOnlySpan<byte> publicKey)
    {
        using var key = ECDiffieHellman.Create();
        key.ImportPkcs8PrivateKey(_agreementPkcs8, out _);
        using var other = ECDiffieHellman.Create(P256.Parameters(publicKey));
        return key.DeriveRawSecretAgreement(other.PublicKey);
    }

    private sealed record Stored(byte[] Signing, byte[] Agreement);
}
