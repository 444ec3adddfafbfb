using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Files;
using P2P.Db;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Files.Store;
using P2P.Server.Core;

namespace P2P.Server.Deals.Chat;

/// <summary>
/// Lets somebody besides the parties read an attachment: whoever is named by a feature above, such as a dispute's arbitrator. Any that
/// answers true suffices; without one, only the parties read. Who answers true writes the audit row of the read.
/// </summary>
public delegate Task<bool> MayReadFile(OutsideReader reader, StoredFile file, CancellationToken cancellation);

/// <summary>Files of an order's room: sent by its parties while it is open, read by them for good.</summary>
public sealed class AttachmentFlow(
    Database database, FileIntake intake, FileKeeper keeper, FileLimits limits, IEnumerable<MayReadFile> others)
{
    private static readonly FileKind[] Kinds = [FileKind.Jpeg, FileKind.Png, FileKind.WebP, FileKind.Pdf];

    /// <summary>Receives a file; a message has to name it within a day.</summary>
    /// <exception cref="Refused">
    /// RATE_LIMITED, NOT_FOUND, WRONG_STATUS, QUOTA_EXCEEDED, FILE_TOO_LARGE, BUSY, TIMEOUT, FILE_TYPE_REFUSED, FILE_MALFORMED,
    /// TOO_MANY_PIXELS, UNAVAILABLE.
    /// </exception>
    public async Task<FileView> Upload(Caller caller, Guid orderId, FileUpload upload, CancellationToken cancellation)
    {
        intake.EnsureRate(caller);
        // Once before the body is read, because most refusals fall here; once more under lock, because only that decides.
        await database.Read(tx => Admit(tx, caller, orderId), cancellation);
        try
        {
            await using var received = await intake.Receive(upload, Limits.FileBytesMax, Kinds, cancellation);
            var file = await keeper.Keep(
                received,
                new NewFile(caller.UserId, FilePurpose.Attachment, orderId),
                async tx =>
                {
                    await AttachmentSql.ClaimOrder(tx, orderId);
                    await Admit(tx, caller, orderId);
                },
                static (_, _) => Task.CompletedTask,
                cancellation);
            return file.View();
        }
        catch (FileStoreException e)
        {
            throw keeper.Unavailable(e);
        }
    }

    /// <summary>A file that the caller may read. A stranger gets the same answer for what exists and what does not.</summary>
    public async Task<StoredFile> Readable(OutsideReader reader, Guid id, CancellationToken cancellation)
    {
        var (file, order) = await database.Read(
            async tx =>
            {
                var found = await FileSql.Find(tx, id);
                return (found, found?.OrderId is { } orderId ? await AttachmentSql.Order(tx, orderId) : null);
            },
            cancellation);
        if (file is null || order is null)
        {
            throw NoFile();
        }

        if (!IsParty(order, reader.Caller))
        {
            await EnsureOther(reader, file, cancellation);
        }

        return file;
    }

    private async Task EnsureOther(OutsideReader reader, StoredFile file, CancellationToken cancellation)
    {
        foreach (var mayRead in others)
        {
            if (await mayRead(reader, file, cancellation))
            {
                return;
            }
        }

        throw NoFile();
    }

    private async Task<int> Admit(Tx tx, Caller caller, Guid orderId)
    {
        var order = await AttachmentSql.Order(tx, orderId);
        if (order is null || !IsParty(order, caller))
        {
            throw new Refused(ErrorCodes.NotFound, "There is no such order");
        }

        if (!order.Status.IsOpen())
        {
            throw new Refused(
                ErrorCodes.WrongStatus,
                "The order has ended: it takes no more files",
                ("status", JsonNamingPolicy.CamelCase.ConvertName(order.Status.ToString())));
        }

        var count = await AttachmentSql.Count(tx, orderId);
        return count < limits.FilesPerOrder
            ? count
            : throw FileKeeper.Quota("filesPerOrder", limits.FilesPerOrder, "This order has all the files that it may have");
    }

    private static bool IsParty(AttachedOrder order, Caller caller) => caller.UserId == order.BuyerId || caller.UserId == order.SellerId;

    private static Refused NoFile() => new(ErrorCodes.NotFound, "There is no such file");
}
