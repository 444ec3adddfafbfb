namespace P2P.Server.Accounts.Files.Store;

/// <summary>
/// Files in a folder of this machine, or of a network that all nodes see: <c>objects/ab/abcd...</c>, readable by the server's user and group
/// only.
/// </summary>
public sealed class FolderStore(FileSettings settings) : IFileStore
{
    private const UnixFileMode FolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private const UnixFileMode FileMode640 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const int BufferBytes = 64 * 1024;

    public Task Put(string name, Stream content, long bytes, byte[] sha256, CancellationToken cancellation) =>
        Guarded(async () =>
        {
            var path = PathOf(name);
            MakeFolder(Path.GetDirectoryName(path) ?? settings.Folder);
            var partial = path + ".part";
            try
            {
                await using (var file = New(partial))
                {
                    await content.CopyToAsync(file, BufferBytes, cancellation);
                    if (file.Length != bytes)
                    {
                        throw new IOException("Another number of bytes was written than was given.");
                    }

                    // What is told to be stored must outlive a power failure.
                    file.Flush(flushToDisk: true);
                }

                File.Move(partial, path);
            }
            catch
            {
                File.Delete(partial);
                throw;
            }

            return true;
        });

    public Task<Stream> Get(string name, CancellationToken cancellation) =>
        Guarded(() => Task.FromResult<Stream>(new FileStream(PathOf(name), new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = BufferBytes,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        })));

    public Task Delete(string name, CancellationToken cancellation) =>
        Guarded(() =>
        {
            var path = PathOf(name);
            if (Directory.Exists(Path.GetDirectoryName(path)))
            {
                File.Delete(path);
                File.Delete(path + ".part");
            }

            return Task.FromResult(true);
        });

    /// <summary>
    /// A file to receive into. Where the system lets it, its name is taken away at once: whatever becomes of the process, nothing stays.
    /// </summary>
    public FileStream Temporary()
    {
        try
        {
            var folder = Path.Combine(settings.Folder, "incoming");
            MakeFolder(folder);
            var path = Path.Combine(folder, StoredNames.New());
            var file = New(path);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }

            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException("The folder of files cannot be written.", e);
        }
    }

    private static FileStream New(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferBytes,
            Options = FileOptions.Asynchronous,
        };
        if (OperatingSystem.IsWindows())
        {
            options.Options |= path.EndsWith(".part", StringComparison.Ordinal) ? FileOptions.None : FileOptions.DeleteOnClose;
        }
        else
        {
            options.UnixCreateMode = FileMode640;
        }

        return new FileStream(path, options);
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    private string PathOf(string name) => Path.Combine(settings.Folder, "objects", StoredNames.Checked(name)[..2], name);

    private static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException("The folder of files did not do its work.", e);
        }
    }
}
