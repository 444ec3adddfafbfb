using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using P2P.Client.Sdk.Encryption;

namespace P2P.Client.Sdk;

/// <summary>
/// A copy of everything that a device keeps (its private keys, the users that were verified, the keys of encrypted rooms, secrets of open invitations),
/// sealed under a passphrase. Without one, a lost device takes its rooms with it. Needs no connection.
/// </summary>
/// <remarks>
/// The server knows nothing of it and cannot help who forgot the passphrase. A restored identity is the same device: revoke it with
/// <see cref="KeysClient.RevokeAsync"/> when the lost one may be in other hands. docs/encryption.md has the format.
/// </remarks>
/// <example>
/// <code>
/// var file = await IdentityBackup.MakeAsync(options.Keys, passphrase);
/// await File.WriteAllBytesAsync("alice.p2pbackup", file);
/// Show(await IdentityBackup.LookAsync(file, passphrase)); // It opens, and this is what it holds.
/// // On another machine, before the first connection:
/// await IdentityBackup.RestoreAsync(new FileKeyStore("alice.keys", passphrase), file, passphrase);
/// </code>
/// </example>
public static class IdentityBackup
{
    private const string Purpose = "p2p-identity-backup-1";
    private const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Makes a backup of a store. Takes a third of a second, on another thread.</summary>
    /// <param name="store">Whose device; others may use it meanwhile.</param>
    /// <param name="passphrase">At least 12 characters; longer is better than stranger.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The passphrase is too short.</exception>
    /// <exception cref="EncryptionException">NoDevice: the store holds no identity.</exception>
    public static async Task<byte[]> MakeAsync(IKeyStore store, string passphrase, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        PassphraseSeal.Check(passphrase);
        var values = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in await store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await store.LoadAsync(name, cancellationToken).ConfigureAwait(false) is { } value)
            {
                values[name] = value;
            }
        }

        if (!values.ContainsKey(KeysClient.DeviceName))
        {
            throw new EncryptionException(EncryptionFault.NoDevice, "There is no identity to back up: register this device first.");
        }

        var plain = JsonSerializer.SerializeToUtf8Bytes(new Content(DateTimeOffset.UtcNow, values));
        try
        {
            return await Task.Run(() => PassphraseSeal.Seal(passphrase, plain, Purpose, RandomNumberGenerator.Fill), cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Opens a backup and tells what it holds, without restoring anything: a backup that was never tried is none.</summary>
    /// <param name="backup">The file's bytes.</param>
    /// <param name="passphrase">What it was made with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EncryptionException">BackupNotOpened: another passphrase, or not a byte is certain; the two cannot be told apart.</exception>
    public static async Task<IdentityBackupContent> LookAsync(byte[] backup, string passphrase, CancellationToken cancellationToken = default) =>
        (await OpenAsync(backup, passphrase, cancellationToken).ConfigureAwait(false)).View;

    /// <summary>Puts what a backup holds into an empty store: all of it or, whatever happens, nothing.</summary>
    /// <param name="store">An empty store.</param>
    /// <param name="backup">The file's bytes.</param>
    /// <param name="passphrase">What it was made with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EncryptionException">BackupNotOpened, as in <see cref="LookAsync"/>.</exception>
    /// <exception cref="InvalidOperationException">The store is not empty: its identity would be lost.</exception>
    public static async Task<IdentityBackupContent> RestoreAsync(
        IKeyStore store, byte[] backup, string passphrase, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var (view, values) = await OpenAsync(backup, passphrase, cancellationToken).ConfigureAwait(false);
        await store.FillAsync(values, cancellationToken).ConfigureAwait(false);
        return view;
    }

    private static async Task<(IdentityBackupContent View, IReadOnlyDictionary<string, byte[]> Values)> OpenAsync(
        byte[] backup, string passphrase, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(passphrase);
        var plain = backup.Length > BytesMax
            ? null
            : await Task.Run(() => PassphraseSeal.Open(passphrase, backup, Purpose), cancellationToken).ConfigureAwait(false);
        if (plain is null)
        {
            throw new EncryptionException(
                EncryptionFault.BackupNotOpened, "The backup does not open: the passphrase is another one, or the file is not what was saved.");
        }

        // Authenticated: what follows was written by this class under this passphrase.
        var content = JsonSerializer.Deserialize<Content>(plain)
            ?? throw new EncryptionException(EncryptionFault.BackupNotOpened, "The backup is empty.");
        CryptographicOperations.ZeroMemory(plain);
        return (
            new IdentityBackupContent
            {
                MadeAt = content.MadeAt,
                KeyId = Base64Url.EncodeToString(Device.Read(content.Values[KeysClient.DeviceName]).KeyId),
                Users = content.Values.Keys.Count(name => name.StartsWith(Peer.NameStart, StringComparison.Ordinal)),
                Rooms = content.Values.Keys.Count(name => name.StartsWith(RoomPin.NameStart, StringComparison.Ordinal)),
            },
            content.Values);
    }

    private sealed record Content(DateTimeOffset MadeAt, IReadOnlyDictionary<string, byte[]> Values);
}

/// <summary>What a backup holds.</summary>
public sealed record IdentityBackupContent
{
    /// <summary>When it was made, by the clock of the machine that made it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The device, as <see cref="DeviceKey.KeyId"/>.</summary>
    public required string KeyId { get; init; }

    /// <summary>Users whose keys were seen or verified.</summary>
    public required int Users { get; init; }

    /// <summary>Encrypted rooms.</summary>
    public required int Rooms { get; init; }
}
