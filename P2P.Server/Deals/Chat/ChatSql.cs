using P2P.Db;

namespace P2P.Server.Deals.Chat;

/// <summary>Statements on rooms and their messages.</summary>
public static class ChatSql
{
    private const string RoomColumns =
        """
        o.id as order_id, o.kind, o.buyer_id, o.seller_id, o.status, o.updated_at, r.last_seq, r.buyer_delivered, r.buyer_read,
        r.seller_delivered, r.seller_read, c.state as encryption
        """;

    private const string MessageColumns = "m.id, m.order_id, m.seq, m.sender_id, m.kind, m.text, m.code, m.args, m.at, e.envelope";

    /// <summary>A room as it stands, whoever asks.</summary>
    public static Task<RoomFacts?> Room(Tx tx, Guid orderId) =>
        tx.One<RoomFacts>(
            $"""
            select {RoomColumns}
              from orders o
              join chat_rooms r on r.order_id = o.id
              left join chat_chains c on c.order_id = o.id
             where o.id = @orderId
            """,
            new { orderId });

    /// <summary>Locks a room, when the user is a party of its order.</summary>
    public static async Task<bool> Lock(Tx tx, Guid orderId, long userId) =>
        await tx.Scalar<long?>(
            """
            select r.last_seq
              from chat_rooms r
             where r.order_id = @orderId
               and exists (select 1 from orders o where o.id = r.order_id and @userId in (o.buyer_id, o.seller_id))
               for no key update of r
            """,
            new { orderId, userId }) is not null;

    /// <summary>Writes one message and answers its number.</summary>
    public static Task<long> Append(Tx tx, NewMessage message, DateTimeOffset at) =>
        tx.Scalar<long>(
            """
            select a.seq
              from chat_append(array[@OrderId], array[@Id], array[@SenderId], array[@kind], array[@Text], array[@Code]::text[],
                               array[@Args]::text[], @at) a
            """,
            new { message.OrderId, message.Id, message.SenderId, kind = message.Kind.ToString(), message.Text, message.Code, message.Args, at });

    /// <summary>Writes the messages of an engine's batch, in their order.</summary>
    public static void Append(Engine.Script script, IReadOnlyCollection<NewMessage> messages, DateTimeOffset at)
    {
        if (messages.Count == 0)
        {
            return;
        }

        script.Read(
            "select count(*) from chat_append($1, $2, $3, $4, $5, $6, $7, $8)",
            _ => { },
            Engine.Script.Of([.. messages.Select(m => m.OrderId)]),
            Engine.Script.Of([.. messages.Select(m => m.Id)]),
            Engine.Script.Of([.. messages.Select(m => m.SenderId)]),
            Engine.Script.Of([.. messages.Select(m => m.Kind.ToString())]),
            Engine.Script.Of([.. messages.Select(m => m.Text)]),
            Engine.Script.OfTexts([.. messages.Select(m => m.Code)]),
            Engine.Script.OfTexts([.. messages.Select(m => m.Args)]),
            Engine.Script.Of(at));
    }

    /// <summary>Writes messages into several rooms.</summary>
    public static Task AppendAll(Tx tx, IReadOnlyCollection<NewMessage> messages, DateTimeOffset at) =>
        tx.Execute(
            """
            select count(*)
              from chat_append(@orders, @ids, @senders, @kinds, @texts, @codes, @args, @at)
            """,
            new
            {
                orders = messages.Select(message => message.OrderId).ToArray(),
                ids = messages.Select(message => message.Id).ToArray(),
                senders = messages.Select(message => message.SenderId).ToArray(),
                kinds = messages.Select(message => message.Kind.ToString()).ToArray(),
                texts = messages.Select(message => message.Text).ToArray(),
                codes = messages.Select(message => message.Code).ToArray(),
                args = messages.Select(message => message.Args).ToArray(),
                at,
            });

    /// <summary>Messages before a number, newest first.</summary>
    public static Task<IEnumerable<MessageRow>> Before(Tx tx, Guid orderId, long? seq, int rowsMax) =>
        tx.Query<MessageRow>(
            $"""
            select {MessageColumns}
              from chat_messages m
              left join chat_envelopes e on e.order_id = m.order_id and e.seq = m.seq
             where m.order_id = @orderId
               and m.seq < coalesce(@seq, 9223372036854775807)
             order by m.seq desc
             limit @rowsMax
            """,
            new { orderId, seq, rowsMax });

    /// <summary>Messages after a number, oldest first.</summary>
    public static Task<IEnumerable<MessageRow>> After(Tx tx, Guid orderId, long seq, int rowsMax) =>
        tx.Query<MessageRow>(
            $"""
            select {MessageColumns}
              from chat_messages m
              left join chat_envelopes e on e.order_id = m.order_id and e.seq = m.seq
             where m.order_id = @orderId
               and m.seq > @seq
             order by m.seq
             limit @rowsMax
            """,
            new { orderId, seq, rowsMax });

    /// <summary>A user's rooms before an order, newest order first: each party's index gives a page, and the newer ones of both are it.</summary>
    public static Task<IEnumerable<RoomFacts>> Rooms(Tx tx, long userId, bool? open, Guid? before, int rowsMax) =>
        tx.Query<RoomFacts>(
            $"""
            select {RoomColumns}
              from ((select b.id
                       from orders b
                      where b.buyer_id = @userId
                        and b.id < coalesce(@before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                        and (@open is null or b.is_open = @open)
                      order by b.id desc
                      limit @rowsMax)
                    union all
                    (select s.id
                       from orders s
                      where s.seller_id = @userId
                        and s.id < coalesce(@before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                        and (@open is null or s.is_open = @open)
                      order by s.id desc
                      limit @rowsMax)) mine
              join orders o on o.id = mine.id
              join chat_rooms r on r.order_id = o.id
              left join chat_chains c on c.order_id = o.id
             order by o.id desc
             limit @rowsMax
            """,
            new { userId, open, before, rowsMax });

    /// <summary>The newest message of each room.</summary>
    public static Task<IEnumerable<MessageRow>> Newest(Tx tx, Guid[] orderIds) =>
        tx.Query<MessageRow>(
            $"""
            select {MessageColumns}
              from chat_rooms r
              join chat_messages m on m.order_id = r.order_id and m.seq = r.last_seq
              left join chat_envelopes e on e.order_id = m.order_id and e.seq = m.seq
             where r.order_id = any(@orderIds)
            """,
            new { orderIds });

    /// <summary>What the other party wrote in each room since the user last read there; rooms without any are left out.</summary>
    public static Task<IEnumerable<UnreadRow>> Unread(Tx tx, long userId, Guid[] orderIds, int unreadMax) =>
        tx.Query<UnreadRow>(
            """
            select o.id as order_id, cast(u.unread as integer) as unread
              from orders o
              join chat_rooms r on r.order_id = o.id
             cross join lateral (select count(*) as unread
                                   from (select 1
                                           from chat_messages m
                                          where m.order_id = o.id
                                            and m.seq > case when o.buyer_id = @userId then r.buyer_read else r.seller_read end
                                            and m.sender_id = case when o.buyer_id = @userId then o.seller_id else o.buyer_id end
                                          limit @unreadMax) x) u
             where o.id = any(@orderIds)
               and u.unread > 0
             order by o.id desc
            """,
            new { userId, orderIds, unreadMax });

    /// <summary>The buyer has read so far. False when that stood there already.</summary>
    public static Task<bool> BuyerHasRead(Tx tx, Guid orderId, long upToSeq) => Moved(tx.Execute(
        """
        update chat_rooms
           set buyer_read = @upToSeq,
               buyer_delivered = greatest(buyer_delivered, @upToSeq)
         where order_id = @orderId
           and buyer_read < @upToSeq
        """,
        new { orderId, upToSeq }));

    /// <summary>The seller has read so far. False when that stood there already.</summary>
    public static Task<bool> SellerHasRead(Tx tx, Guid orderId, long upToSeq) => Moved(tx.Execute(
        """
        update chat_rooms
           set seller_read = @upToSeq,
               seller_delivered = greatest(seller_delivered, @upToSeq)
         where order_id = @orderId
           and seller_read < @upToSeq
        """,
        new { orderId, upToSeq }));

    /// <summary>The buyer has received so far. False when that stood there already.</summary>
    public static Task<bool> BuyerHasReceived(Tx tx, Guid orderId, long upToSeq) => Moved(tx.Execute(
        """
        update chat_rooms
           set buyer_delivered = @upToSeq
         where order_id = @orderId
           and buyer_delivered < @upToSeq
        """,
        new { orderId, upToSeq }));

    /// <summary>The seller has received so far. False when that stood there already.</summary>
    public static Task<bool> SellerHasReceived(Tx tx, Guid orderId, long upToSeq) => Moved(tx.Execute(
        """
        update chat_rooms
           set seller_delivered = @upToSeq
         where order_id = @orderId
           and seller_delivered < @upToSeq
        """,
        new { orderId, upToSeq }));

    private static async Task<bool> Moved(Task<int> rows) => await rows > 0;
}
