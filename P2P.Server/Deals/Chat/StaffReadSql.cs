using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Deals.Chat;

/// <summary>One read of a private room by staff.</summary>
public sealed record StaffRead
{
    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }
    public required long ReaderId { get; init; }
    public required StaffReader Role { get; init; }
    public long? FromSeq { get; init; }
    public long? ToSeq { get; init; }
    public Guid? FileId { get; init; }
    public required string Reason { get; init; }
}

/// <summary>Statements on what staff read in private rooms.</summary>
public static class StaffReadSql
{
    /// <summary>As what the user may read the room: of an open dispute that is theirs or that they help with, or of an open complaint that is theirs.</summary>
    public static async Task<StaffReader?> RoleOf(Tx tx, Guid orderId, long userId) =>
        await tx.Scalar<string?>(
            """
            select x.role
              from (select 'Arbitrator' as role, 1 as place
                      from disputes d
                     where d.order_id = @orderId
                       and d.assignee_id = @userId
                       and d.deadline is not null
                    union all
                    select 'Arbitrator', 1
                      from complaints c
                     where c.order_id = @orderId
                       and c.assignee_id = @userId
                       and c.status <> 'Decided'
                    union all
                    select 'Helper', 2
                      from disputes d
                      join dispute_helpers h on h.dispute_id = d.id and h.user_id = @userId
                     where d.order_id = @orderId
                       and d.deadline is not null) x
             where not exists (select 1 from orders o where o.id = @orderId and @userId in (o.buyer_id, o.seller_id))
             order by x.place
             limit 1
            """,
            new { orderId, userId }) is { } role ? Enum.Parse<StaffReader>(role) : null;

    public static Task<bool> OrderExists(Tx tx, Guid orderId) =>
        tx.Scalar<bool>("select exists (select 1 from orders o where o.id = @orderId)", new { orderId });

    public static Task<int> Insert(Tx tx, StaffRead read) =>
        tx.Execute(
            """
            insert into staff_reads (id, order_id, reader_id, role, from_seq, to_seq, file_id, reason, at)
            values (@Id, @OrderId, @ReaderId, @role, @FromSeq, @ToSeq, @FileId, @Reason, clock_timestamp())
            """,
            new { read.Id, read.OrderId, read.ReaderId, role = read.Role.ToString(), read.FromSeq, read.ToSeq, read.FileId, read.Reason });

    /// <summary>What staff read of a room, oldest first.</summary>
    public static Task<IEnumerable<StaffReadView>> OfOrder(Tx tx, Guid orderId, int rowsMax) =>
        tx.Query<StaffReadView>(
            """
            select s.at, s.role as by, s.from_seq, s.to_seq, s.file_id, s.reason
              from staff_reads s
             where s.order_id = @orderId
             order by s.id
             limit @rowsMax
            """,
            new { orderId, rowsMax });
}
