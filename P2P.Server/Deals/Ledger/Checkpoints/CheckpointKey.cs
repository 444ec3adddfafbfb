using System.Security.Cryptography;
using P2P.Server.Core;

namespace P2P.Server.Deals.Ledger.Checkpoints;

/// <summary>The operator's signing key (ECDSA, P-256) as a PEM file that its user alone may read, and beside it the public key for
/// auditors.</summary>
public static class CheckpointKey
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the public key of a private one stands.</summary>
    public static string PublicFileOf(string file) => Path.ChangeExtension(file, ".pub");

    /// <summary>Reads a private or a public key.</summary>
    public static ECDsa Read(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new SettingsException($"{file} is no key: make one with `openssl ecparam -name prime256v1 -genkey -noout`.", e);
        }
    }

    /// <summary>Makes a key where there is none.</summary>
    public static void Ensure(string file)
    {
        if (File.Exists(file))
        {
            return;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(file, options))
        {
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(PublicFileOf(file), key.ExportSubjectPublicKeyInfoPem() + "\n");
    }
}
