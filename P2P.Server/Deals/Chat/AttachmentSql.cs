using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Files;
using P2P.Server.Core;

namespace P2P.Server.Deals.Chat;

/// <summary>The order that attachments belong to, as far as they need to know it.</summary>
internal sealed record AttachedOrder
{
    public required long BuyerId { get; init; }
    public required long SellerId { get; init; }
    public required OrderStatus Status { get; init; }
}

/// <summary>Statements on attachments.</summary>
public static class AttachmentSql
{
    internal static Task<AttachedOrder?> Order(Tx tx, Guid orderId) =>
        tx.One<AttachedOrder>(
            """
            select buyer_id, seller_id, status
              from orders
             where id = @orderId
            """,
            new { orderId });

    /// <summary>Takes the order's files for this transaction: of two uploads at once the second counts the first.</summary>
    internal static Task ClaimOrder(Tx tx, Guid orderId) =>
        tx.Execute("select pg_advisory_xact_lock(7016221, hashtext(@orderId::text))", new { orderId });

    /// <summary>Files of an order, those included that are on their way into the store.</summary>
    internal static Task<int> Count(Tx tx, Guid orderId) =>
        tx.Scalar<int>(
            """
            select count(*)::integer
              from files
             where order_id = @orderId
               and removed_at is null
            """,
            new { orderId });

    /// <summary>
    /// Gives attachments to a message: those that are the owner's own of this order, arrived, not removed and not given to a message
    /// before.
    /// </summary>
    /// <param name="tx">The message's transaction.</param>
    /// <param name="messageId">The message; or the piece of evidence, which takes attachments in the same way.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="ownerId">Who sent the files.</param>
    /// <param name="ids">The files that the message names.</param>
    /// <returns>What was bound, in the order of the ids: fewer than asked for when one of them may not be. The caller then refuses.</returns>
    public static async Task<IReadOnlyList<StoredFile>> Bind(Tx tx, Guid messageId, Guid orderId, long ownerId, Guid[] ids)
    {
        var bound = await tx.Query<StoredFile>(
            $"""
            update files
               set message_id = @messageId
             where id = any(array(select f.id
                                    from files f
                                   where f.id = any(@ids)
                                     and f.owner_id = @ownerId
                                   order by f.id
                                     for no key update))
               and order_id = @orderId
               and owner_id = @ownerId
               and purpose = 'Attachment'
               and message_id is null
               and stored_at is not null
               and removed_at is null
            returning {FileSql.Columns}
            """,
            new { messageId, orderId, ownerId, ids });
        var byId = bound.ToDictionary(file => file.Id);
        return [.. ids.Distinct().Where(byId.ContainsKey).Select(id => byId[id])];
    }

    /// <summary>As <see cref="Bind"/>, or none: each is there, and is encrypted where the room is.</summary>
    /// <exception cref="Refused">NOT_FOUND.</exception>
    public static async Task BindAll(Tx tx, Guid messageId, Guid orderId, long ownerId, Guid[] ids, bool encrypted)
    {
        if (ids.Length == 0)
        {
            return;
        }

        var bound = await Bind(tx, messageId, orderId, ownerId, ids);
        if (bound.Count < ids.Length || bound.Any(file => file.Encrypted != encrypted))
        {
            throw new Refused(
                ErrorCodes.NotFound, encrypted ? "There is no such encrypted file." : "There is no such file that everybody in the room can read.");
        }
    }

    /// <summary>The attachments of messages; <see cref="StoredFile.MessageId"/> says whose each is.</summary>
    public static async Task<IReadOnlyList<StoredFile>> OfMessages(Tx tx, Guid[] messageIds) =>
        [.. await tx.Query<StoredFile>(
            $"""
            select {FileSql.Columns}
              from files
             where message_id = any(@messageIds)
               and removed_at is null
             order by id
            """,
            new { messageIds })];
}
