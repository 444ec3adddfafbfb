using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Db;

namespace P2P.Server.Deals.Chat;

/// <summary>A room in which a party's new keys are told.</summary>
public sealed record ConcernedRoom
{
    public required Guid OrderId { get; init; }

    public required long BuyerId { get; init; }

    public required long SellerId { get; init; }
}

/// <summary>Statements on encrypted rooms.</summary>
public static class EncryptionSql
{
    /// <summary>Where a room's chain stands; null when nobody proposed to encrypt it.</summary>
    public static Task<RoomChainFacts?> Chain(Tx tx, Guid orderId) =>
        tx.One<RoomChainFacts>(
            """
            select state, proposer_id, epoch, length, head, key_set
              from chat_chains
             where order_id = @orderId
            """,
            new { orderId });

    /// <summary>Writes an envelope with the message that carries it, and answers the message's number.</summary>
    public static Task<long> Seal(Tx tx, NewMessage message, Envelope envelope, long senderId, EncryptionState state, DateTimeOffset at) =>
        tx.Scalar<long>(
            """
            select chat_seal(@OrderId, @Id, @SenderId, @kind, @Text, @Code, @Args, @at, @does, @by, @Index, @Epoch, @KeyId, @Bytes, @Link, @keySet,
                             @state)
            """,
            new
            {
                message.OrderId,
                message.Id,
                message.SenderId,
                kind = message.Kind.ToString(),
                message.Text,
                message.Code,
                message.Args,
                at,
                does = envelope.Head.Kind.ToString(),
                by = senderId,
                envelope.Head.Index,
                envelope.Head.Epoch,
                envelope.Head.KeyId,
                envelope.Bytes,
                envelope.Link,
                keySet = EncryptionRules.KeySetOf(envelope),
                state = state.ToString(),
            });

    /// <summary>Ends the proposal that waits; the room is locked.</summary>
    public static Task<int> Decline(Tx tx, Guid orderId) =>
        tx.Execute(
            """
            update chat_chains
               set state = 'Declined'
             where order_id = @orderId
               and state = 'Proposed'
            """,
            new { orderId });

    /// <summary>
    /// Locks a user's rooms of open orders, and encrypted ones that still take messages: the newest, in ascending order.
    /// </summary>
    public static async Task<IReadOnlyList<ConcernedRoom>> LockConcerned(Tx tx, long userId, int daysAfterEnd, int rowsMax) =>
        [.. await tx.Query<ConcernedRoom>(
            """
            select r.order_id,
                   (select o.buyer_id from orders o where o.id = r.order_id) as buyer_id,
                   (select o.seller_id from orders o where o.id = r.order_id) as seller_id
              from chat_rooms r
             where r.order_id = any(array(
                   select o.id
                     from orders o
                     left join chat_chains c on c.order_id = o.id and c.state = 'On'
                    where @userId in (o.buyer_id, o.seller_id)
                      and (o.is_open
                           or (c.order_id is not null and o.updated_at > clock_timestamp() - make_interval(days => @daysAfterEnd)))
                    order by o.id desc
                    limit @rowsMax))
             order by r.order_id
               for no key update of r
            """,
            new { userId, daysAfterEnd, rowsMax })];
}
