using P2P.Contracts;
using P2P.Db;
using P2P.Server.Accounts.Files.Store;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Files;

/// <summary>
/// Brings received files into the store and reads them again. The row is written first, then the bytes, then the row says that they are
/// there: wherever a crash falls, the sweep finds by its row what is to be erased.
/// </summary>
public sealed partial class FileKeeper(
    Database database, AccountChanges changes, IFileStore store, FileLimits limits, ILogger<FileKeeper> log)
{
    private const int RetryAfterMs = 5_000;
    private static readonly TimeSpan StoreWaitMax = TimeSpan.FromSeconds(60);

    /// <summary>Keeps a file.</summary>
    /// <param name="received">The file.</param>
    /// <param name="file">Its row, but for id, names, lengths and time.</param>
    /// <param name="admit">Refuses, under lock, what may not come.</param>
    /// <param name="arrived">What changes with the file's arrival.</param>
    /// <param name="cancellation">Ends with the call.</param>
    public async Task<StoredFile> Keep(
        ReceivedFile received, NewFile file, Func<Tx, Task> admit, Func<Change, StoredFile, Task> arrived, CancellationToken cancellation)
    {
        var row = await database.Write(
            async tx =>
            {
                await admit(tx);
                await FileSql.ClaimOwner(tx, file.OwnerId);
                if (await FileSql.BytesOf(tx, file.OwnerId) + received.Bytes > limits.FileBytesPerUser)
                {
                    throw Quota("fileBytesPerUser", limits.FileBytesPerUser, "Your files take all the room that one user has");
                }

                var stored = RowOf(received, file, await RequestSql.Now(tx));
                await FileSql.Insert(tx, stored);
                return stored;
            },
            cancellation);
        try
        {
            using var time = new CancellationTokenSource(StoreWaitMax);
            await store.Put(row.StoredName, received.Content, row.Bytes, row.Sha256, time.Token);
            return await changes.Run(
                async change =>
                {
                    await arrived(change, row);
                    return await FileSql.MarkStored(change.Tx, row.Id) == 1
                        ? row
                        : throw Refused.Transient(ErrorCodes.Timeout, "The file took too long to be stored. Try again", RetryAfterMs);
                },
                cancellation);
        }
        catch (Exception e)
        {
            await GiveUp(row);
            if (e is FileStoreException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                throw Unavailable(e);
            }

            throw;
        }
    }

    /// <summary>Opens a file's bytes.</summary>
    public async Task<Stream> Open(StoredFile file, CancellationToken cancellation)
    {
        try
        {
            return await store.Get(file.StoredName, cancellation);
        }
        catch (FileStoreException e)
        {
            throw Unavailable(e);
        }
    }

    /// <summary>What the caller is told of a store that fails; the log gets the cause.</summary>
    public Refused Unavailable(Exception exception)
    {
        LogStore(exception);
        return Refused.Transient(ErrorCodes.Unavailable, "Files cannot be stored or read right now. Try again", RetryAfterMs);
    }

    public static Refused Quota(string quota, long limit, string message) => new(
        ErrorCodes.QuotaExceeded,
        message,
        ("quota", quota),
        ("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private async Task GiveUp(StoredFile row)
    {
        try
        {
            await database.Write(tx => FileSql.Remove(tx, row.Id), CancellationToken.None);
        }
        catch (Exception e) when (Database.IsUnavailable(e))
        {
            // The row says that its bytes never arrived: the sweep gives it up later.
            LogStore(e);
        }
    }

    private static StoredFile RowOf(ReceivedFile received, NewFile file, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        OwnerId = file.OwnerId,
        Purpose = file.Purpose,
        OrderId = file.OrderId,
        ItemId = file.ItemId,
        Name = received.Name,
        ContentType = received.Facts.ContentType,
        Bytes = received.Bytes,
        Sha256 = received.Sha256,
        Width = received.Facts.Width,
        Height = received.Facts.Height,
        Encrypted = received.Facts.Kind == P2P.Contracts.Files.FileKind.Opaque,
        StoredName = StoredNames.New(),
        CreatedAt = at,
    };

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "The store of files did not do its work")]
    private partial void LogStore(Exception exception);
}

/// <summary>Whose a new file is, and what for.</summary>
public sealed record NewFile(long OwnerId, FilePurpose Purpose, Guid? OrderId = null, Guid? ItemId = null);
