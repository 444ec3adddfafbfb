namespace P2P.Server.Accounts.Files.Store;

/// <summary>Where the bytes of files lie: a folder, or any S3-compatible store. Names are random and made by the server.</summary>
/// <remarks>Every failure is a <see cref="FileStoreException"/>.</remarks>
public interface IFileStore
{
    /// <summary>Stores a new object; it can be read only when it is whole.</summary>
    Task Put(string name, Stream content, long bytes, byte[] sha256, CancellationToken cancellation);

    /// <summary>Opens an object; the caller disposes it.</summary>
    Task<Stream> Get(string name, CancellationToken cancellation);

    /// <summary>Removes an object; harmless when there is none.</summary>
    Task Delete(string name, CancellationToken cancellation);
}

/// <summary>The store did not do its work: the disk is full, the service is not reached, or it refuses.</summary>
public sealed class FileStoreException(string message, Exception? inner = null) : Exception(message, inner);
