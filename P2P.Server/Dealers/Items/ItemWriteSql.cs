using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;
using P2P.Db;

namespace P2P.Server.Dealers.Items;

/// <summary>Statements that write items, under the offer's row lock.</summary>
public static class ItemWriteSql
{
    /// <summary>Locks the item's offer, then its owner's peer: while this holds nobody's connection with the owner ends.</summary>
    public static async Task Lock(Tx tx, Guid id)
    {
        await tx.Execute(
            """
            select 1
              from offers
             where id = @id
               and kind = 'Goods'
               for no key update
            """,
            new { id });
        await tx.Execute(
            """
            select 1
              from peers
             where user_id = (select owner_id from items where id = @id)
               for share
            """,
            new { id });
    }

    public static async Task Insert(
        Tx tx, Guid id, long ownerId, ItemTerms terms, SealedItem? content, string fields, decimal stock, string unit, DateTimeOffset at)
    {
        await tx.Execute(
            """
            insert into offers (id, kind, owner_id, owner_gives, unit, total, remaining, open, version, changed_at)
            values (@id, 'Goods', @ownerId, true, @unit, @stock, @stock, true, 1, @at)
            """,
            new { id, ownerId, unit, stock, at });
        await tx.Execute(
            """
            insert into items (id, owner_id, name, description, category, price, currency, fields, visibility, gives, sealed, key_version, created_at)
            values (@id, @ownerId, @Name, @Description, @Category, @Price, @Currency, @fields::jsonb, @visibility, @gives, @content, @keyVersion, @at)
            """,
            Parameters(id, ownerId, terms, content, fields, at));
    }

    /// <summary>Saves what the owner says. The number of a key never comes back: an item that is open for a while begins with the next.</summary>
    public static Task Save(Tx tx, Guid id, ItemTerms terms, SealedItem? content, string fields) =>
        tx.Execute(
            """
            update items
               set name = @Name,
                   description = @Description,
                   category = @Category,
                   price = @Price,
                   currency = @Currency,
                   fields = @fields::jsonb,
                   visibility = @visibility,
                   gives = @gives,
                   sealed = @content,
                   key_version = greatest(key_version, @keyVersion)
             where id = @id
            """,
            Parameters(id, 0, terms, content, fields, default));

    public static Task SavePrice(Tx tx, Guid id, decimal price) =>
        tx.Execute(
            """
            update items
               set price = @price
             where id = @id
            """,
            new { id, price });

    public static async Task Close(Tx tx, Guid id, DateTimeOffset at)
    {
        await tx.Execute(
            """
            update items
               set closed_at = @at,
                   images = '{}'
             where id = @id
            """,
            new { id, at });
        await tx.Execute(
            """
            update offers
               set open = false
             where id = @id
            """,
            new { id });
    }

    /// <summary>Pictures of an item, those included that are on their way into the store.</summary>
    public static Task<int> CountImages(Tx tx, Guid id) =>
        tx.Scalar<int>(
            """
            select count(*)::integer
              from files
             where item_id = @id
               and removed_at is null
            """,
            new { id });

    /// <summary>One more picture, behind the others.</summary>
    public static Task AddImage(Tx tx, Guid id, Guid fileId) =>
        tx.Execute(
            """
            update items
               set images = images || @fileId
             where id = @id
            """,
            new { id, fileId });

    /// <summary>Sets the pictures, whose files are the item's own.</summary>
    public static Task SaveImages(Tx tx, Guid id, Guid[] fileIds) =>
        tx.Execute(
            """
            update items
               set images = @fileIds
             where id = @id
            """,
            new { id, fileIds });

    /// <summary>Takes all the item's pictures away that have arrived, but these.</summary>
    public static Task RemoveImages(Tx tx, Guid id, Guid[] but) =>
        tx.Execute(
            """
            update files
               set removed_at = clock_timestamp()
             where item_id = @id
               and stored_at is not null
               and removed_at is null
               and id <> all(@but)
            """,
            new { id, but });

    /// <summary>Counts the offer up.</summary>
    public static Task SaveVersion(Tx tx, Guid id, int version, DateTimeOffset at) =>
        tx.Execute(
            """
            update offers
               set version = @version,
                   changed_at = @at
             where id = @id
            """,
            new { id, version, at });

    private static object Parameters(Guid id, long ownerId, ItemTerms terms, SealedItem? content, string fields, DateTimeOffset at) => new
    {
        id,
        ownerId,
        terms.Name,
        terms.Description,
        terms.Category,
        terms.Price,
        terms.Currency,
        fields,
        content = content?.Bytes,
        keyVersion = content?.KeyVersion ?? 0,
        visibility = terms.Visibility.ToString(),
        gives = terms.Gives.ToString(),
        at,
    };
}
