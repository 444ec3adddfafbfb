using System.Security.Cryptography;

namespace P2P.Client.Sdk.Encryption;

/// <summary>
/// The passphrase of a folder of keys. The folder's header is a random salt and an empty value sealed under its key, so that another passphrase is found
/// before anything is written under it.
/// </summary>
internal sealed class FolderLock
{
    private const string Purpose = "p2p-key-folder-1";
    private readonly string _passphrase;
    private readonly Lock _turn = new();
    private byte[]? _header;
    private byte[] _key = [];

    public FolderLock(string passphrase)
    {
        PassphraseSeal.Check(passphrase);
        _passphrase = passphrase;
    }

    /// <summary>Makes a folder's header and hands it over before it is used.</summary>
    public void Make(Action<byte[]> keep)
    {
        var salt = RandomNumberGenerator.GetBytes(PassphraseSeal.SaltBytes);
        var key = PassphraseSeal.KeyOf(_passphrase, salt, PassphraseSeal.Iterations, Purpose);
        keep([.. salt, .. PassphraseSeal.SealValue(key, [], salt)]);
    }

    public byte[] Seal(byte[] header, byte[] name, byte[] value) => PassphraseSeal.SealValue(KeyOf(header), value, name);

    public byte[] Open(byte[] header, byte[] name, byte[] stored) =>
        PassphraseSeal.OpenValue(KeyOf(header), stored, name) ?? throw NotOpened();

    private byte[] KeyOf(byte[] header)
    {
        lock (_turn)
        {
            if (_header is null || !_header.AsSpan().SequenceEqual(header))
            {
                if (header.Length < PassphraseSeal.SaltBytes)
                {
                    throw NotOpened();
                }

                var salt = header.AsSpan(0, PassphraseSeal.SaltBytes);
                var key = PassphraseSeal.KeyOf(_passphrase, salt, PassphraseSeal.Iterations, Purpose);
                _ = PassphraseSeal.OpenValue(key, header.AsSpan(PassphraseSeal.SaltBytes), salt) ?? throw NotOpened();
                (_header, _key) = (header, key);
            }

            return _key;
        }
    }

    private static EncryptionException NotOpened() => new(
        EncryptionFault.BackupNotOpened, "The key store does not open: the passphrase is another one, or a file of it was changed.");
}
