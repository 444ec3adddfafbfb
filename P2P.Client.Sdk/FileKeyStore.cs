namespace P2P.Client.Sdk;

/// <summary>
/// Keeps keys in files of a folder that only its owner can read, one folder for each user and device. Each file is replaced as a whole and forced to
/// disk. The files are not encrypted: whoever can read them is the user.
/// </summary>
/// <param name="folder">The folder; it is made when it is not there.</param>
public sealed class FileKeyStore(string folder) : IKeyStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int NameCharsMax = 60;
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public async ValueTask<byte[]?> LoadAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string name, byte[] value, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        // Forcing to disk blocks: not on the caller's thread.
        return new ValueTask(Task.Run(() => Save(path, value), cancellationToken));
    }

    private void Save(string path, byte[] value)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        // A name of its own: two programs may save at once.
        var fresh = $"{path}.{Path.GetRandomFileName()}";
        using (var file = new FileStream(fresh, options))
        {
            file.Write(value);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private string PathOf(string name) =>
        name.Length is > 0 and <= NameCharsMax
            && name[0] != '.'
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            ? Path.Combine(_folder, name)
            : throw new ArgumentException("This is no name of a key.", nameof(name));
}
