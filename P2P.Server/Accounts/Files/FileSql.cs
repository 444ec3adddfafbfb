using P2P.Db;

namespace P2P.Server.Accounts.Files;

/// <summary>A file whose bytes are to be taken out of the store.</summary>
public sealed record ErasableFile
{
    public required Guid Id { get; init; }
    public required string StoredName { get; init; }
}

/// <summary>Statements on files of every purpose.</summary>
public static class FileSql
{
    /// <summary>All that <see cref="StoredFile"/> holds.</summary>
    public const string Columns =
        "id, owner_id, purpose, order_id, item_id, message_id, name, content_type, bytes, sha256, width, height, encrypted, stored_name, created_at";

    /// <summary>Takes the owner for this transaction: of two uploads at once the second counts the first.</summary>
    public static Task ClaimOwner(Tx tx, long ownerId) =>
        tx.Execute("select pg_advisory_xact_lock(7016220, hashtext(@ownerId::text))", new { ownerId });

    /// <summary>Bytes of an owner's files, those included that are on their way into the store.</summary>
    public static Task<long> BytesOf(Tx tx, long ownerId) =>
        tx.Scalar<long>(
            """
            select coalesce(sum(bytes), 0)::bigint
              from files
             where owner_id = @ownerId
               and removed_at is null
            """,
            new { ownerId });

    /// <summary>A row without bytes yet.</summary>
    public static Task<int> Insert(Tx tx, StoredFile file) =>
        tx.Execute(
            """
            insert into files (id, owner_id, purpose, order_id, item_id, name, content_type, bytes, sha256, width, height, encrypted,
                               stored_name, created_at)
            values (@Id, @OwnerId, @Purpose, @OrderId, @ItemId, @Name, @ContentType, @Bytes, @Sha256, @Width, @Height, @Encrypted,
                    @StoredName, @CreatedAt)
            """,
            new
            {
                file.Id,
                file.OwnerId,
                Purpose = file.Purpose.ToString(),
                file.OrderId,
                file.ItemId,
                file.Name,
                file.ContentType,
                file.Bytes,
                file.Sha256,
                file.Width,
                file.Height,
                file.Encrypted,
                file.StoredName,
                file.CreatedAt,
            });

    /// <summary>The bytes are there; 0 when the row was given up meanwhile.</summary>
    public static Task<int> MarkStored(Tx tx, Guid id) =>
        tx.Execute(
            """
            update files
               set stored_at = clock_timestamp()
             where id = @id
               and stored_at is null
               and removed_at is null
            """,
            new { id });

    /// <summary>A file that can be read.</summary>
    public static Task<StoredFile?> Find(Tx tx, Guid id) =>
        tx.One<StoredFile>(
            $"""
            select {Columns}
              from files
             where id = @id
               and stored_at is not null
               and removed_at is null
            """,
            new { id });

    /// <summary>A user's picture.</summary>
    public static Task<StoredFile?> PictureOf(Tx tx, long ownerId) =>
        tx.One<StoredFile>(
            $"""
            select {Columns}
              from files
             where owner_id = @ownerId
               and purpose = 'Picture'
               and stored_at is not null
               and removed_at is null
            """,
            new { ownerId });

    /// <summary>Takes a user's picture away; 0 when there is none.</summary>
    public static Task<int> RemovePicture(Tx tx, long ownerId) =>
        tx.Execute(
            """
            update files
               set removed_at = clock_timestamp()
             where owner_id = @ownerId
               and purpose = 'Picture'
               and stored_at is not null
               and removed_at is null
            """,
            new { ownerId });

    /// <summary>Gives one file up.</summary>
    public static Task<int> Remove(Tx tx, Guid id) =>
        tx.Execute(
            """
            update files
               set removed_at = clock_timestamp()
             where id = @id
               and removed_at is null
            """,
            new { id });

    /// <summary>Gives up what never arrived in the store, and attachments that no message names.</summary>
    public static Task<int> RemoveForgotten(Tx tx, int arrivalMinutesMax, int unboundHoursMax) =>
        tx.Execute(
            """
            update files
               set removed_at = clock_timestamp()
             where removed_at is null
               and message_id is null
               and (   stored_at is null
                   and created_at < clock_timestamp() - make_interval(mins => @arrivalMinutesMax)
                    or purpose = 'Attachment'
                   and created_at < clock_timestamp() - make_interval(hours => @unboundHoursMax))
            """,
            new { arrivalMinutesMax, unboundHoursMax });

    /// <summary>Removed files whose bytes are still in the store.</summary>
    public static Task<IEnumerable<ErasableFile>> ToErase(Tx tx, int rowsMax) =>
        tx.Query<ErasableFile>(
            """
            select id, stored_name
              from files
             where removed_at is not null
               and erased_at is null
             order by removed_at
             limit @rowsMax
            """,
            new { rowsMax });

    /// <summary>The bytes are gone.</summary>
    public static Task<int> MarkErased(Tx tx, Guid id) =>
        tx.Execute(
            """
            update files
               set erased_at = clock_timestamp()
             where id = @id
               and erased_at is null
            """,
            new { id });
}
