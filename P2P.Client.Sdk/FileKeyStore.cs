using System.Text;
using P2P.Client.Sdk.Encryption;

namespace P2P.Client.Sdk;

/// <summary>
/// Keeps keys in files of a folder that only its owner can read, one folder for each user and device. Each file is replaced as a whole and forced to
/// disk. Without a passphrase the files are not encrypted: whoever can read them is the user. With one they are worth nothing to whoever finds them.
/// </summary>
/// <param name="folder">The folder; it is made when it is not there.</param>
/// <param name="passphrase">
/// At least 12 characters, the same each time; null for files that are not encrypted. It is asked a third of a second's work, once for each store.
/// </param>
/// <remarks>
/// With a passphrase every use throws <see cref="EncryptionException"/> BackupNotOpened when it is another one than the folder was made with, or a file
/// was changed, and <see cref="InvalidOperationException"/> when the folder was made without. To give a folder a passphrase, or another one, restore a
/// backup (<see cref="IdentityBackup"/>) into a new folder.
/// </remarks>
public sealed class FileKeyStore(string folder, string? passphrase = null) : IKeyStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int NameCharsMax = 60;
    private readonly string _folder = Path.GetFullPath(folder);
    private readonly FolderLock? _lock = passphrase is null ? null : new FolderLock(passphrase);

    /// <inheritdoc/>
    public async ValueTask<byte[]?> LoadAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(_folder, name);
        if (!File.Exists(path))
        {
            return null;
        }

        var stored = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Unlocked(_folder, name, stored), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string name, byte[] value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        _ = PathOf(_folder, name);
        // Forcing to disk blocks: not on the caller's thread.
        return new ValueTask(Task.Run(() => Save(_folder, name, value), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(NamesIn(_folder));

    /// <inheritdoc/>
    public ValueTask FillAsync(IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ValueTask(Task.Run(() => Fill(values, cancellationToken), cancellationToken));
    }

    private void Fill(IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken)
    {
        if (Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            throw new InvalidOperationException($"The folder {_folder} is not empty: an identity in it would be lost.");
        }

        // Whole beside it, then renamed into place.
        var fresh = $"{_folder}.{Path.GetRandomFileName()}";
        try
        {
            foreach (var (name, value) in values)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Save(fresh, name, value);
            }

            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder); // Refuses when something came into it meanwhile.
            }

            Directory.Move(fresh, _folder);
        }
        catch
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }

            throw;
        }
    }

    private void Save(string folder, string name, byte[] value)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        Write(PathOf(folder, name), Locked(folder, name, value));
    }

    private byte[] Locked(string folder, string name, byte[] value)
    {
        if (_lock is null)
        {
            return File.Exists(LockIn(folder))
                ? throw new InvalidOperationException($"The folder {folder} was made with a passphrase: give it.")
                : value;
        }

        // One header for good: of two first savers one makes it, and both seal under it.
        lock (_lock)
        {
            if (!File.Exists(LockIn(folder)))
            {
                if (NamesIn(folder).Count > 0 && !File.Exists(LockIn(folder)))
                {
                    throw MadeWithout(folder);
                }

                _lock.Make(header => Write(LockIn(folder), header, overwrite: false));
            }
        }

        return _lock.Seal(File.ReadAllBytes(LockIn(folder)), Encoding.UTF8.GetBytes(name), value);
    }

    private byte[] Unlocked(string folder, string name, byte[] stored)
    {
        var isLocked = File.Exists(LockIn(folder));
        if (_lock is null)
        {
            return isLocked ? throw new InvalidOperationException($"The folder {folder} was made with a passphrase: give it.") : stored;
        }

        return isLocked ? _lock.Open(File.ReadAllBytes(LockIn(folder)), Encoding.UTF8.GetBytes(name), stored) : throw MadeWithout(folder);
    }

    private static void Write(string path, byte[] bytes, bool overwrite = true)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        // A name of its own: two programs may save at once.
        var fresh = $"{path}.{Path.GetRandomFileName()}.tmp";
        using (var file = new FileStream(fresh, options))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(fresh, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            File.Delete(fresh); // Another program was quicker.
        }
    }

    private static IReadOnlyList<string> NamesIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Where(name => IsName(name) && !name.EndsWith(".tmp", StringComparison.Ordinal))]
        : [];

    private static string LockIn(string folder) => Path.Combine(folder, ".passphrase");

    private static InvalidOperationException MadeWithout(string folder) =>
        new($"The folder {folder} was made without a passphrase: restore a backup of it into a new folder to give it one.");

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameCharsMax
        && name[0] != '.'
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');

    private static string PathOf(string folder, string name) =>
        IsName(name) ? Path.Combine(folder, name) : throw new ArgumentException("This is no name of a key.", nameof(name));
}
