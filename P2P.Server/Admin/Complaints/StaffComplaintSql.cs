using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Complaints;

/// <summary>The filters of the queue; null does not matter.</summary>
internal sealed record ComplaintSearch
{
    public required long ViewerId { get; init; }
    public required bool Decided { get; init; }
    public bool? AssignedToMe { get; init; }
    public bool? Unassigned { get; init; }
    public string? Reason { get; init; }
    public long? UserId { get; init; }
    public Guid? OrderId { get; init; }

    /// <summary>The last row of the former page.</summary>
    public Guid? Last { get; init; }
    public required int RowsMax { get; init; }
}

/// <summary>What only the whole view of a complaint shows.</summary>
internal sealed record ComplaintDetail
{
    public required string Text { get; init; }
    public string? OutcomeText { get; init; }
    public long? DeciderId { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public Guid? DisputeId { get; init; }
}

/// <summary>Reads of complaints for staff.</summary>
internal static class StaffComplaintSql
{
    private const string Rows =
        """
        select c.id as complaint_id, c.order_id, c.reason, c.filed_by, c.filed_at, c.status, c.version, c.assignee_id, ua.sub as assignee_sub,
               c.outcome, c.against, o.buyer_id, pb.username as buyer_name, o.seller_id, ps.username as seller_name, o.status as order_status
          from complaints c
          join orders o on o.id = c.order_id
          left join users ua on ua.id = c.assignee_id
          left join profiles pb on pb.user_id = o.buyer_id
          left join profiles ps on ps.user_id = o.seller_id
        """;

    private const string Filters =
        """
           and (cast(@AssignedToMe as boolean) is null or (c.assignee_id is not distinct from @ViewerId) = @AssignedToMe)
           and (cast(@Unassigned as boolean) is null or (c.assignee_id is null) = @Unassigned)
           and (cast(@Reason as text) is null or c.reason = @Reason)
           and (cast(@UserId as bigint) is null or @UserId in (o.buyer_id, o.seller_id))
           and (cast(@OrderId as uuid) is null or c.order_id = @OrderId)
        """;

    /// <summary>Undecided complaints, oldest first.</summary>
    public static Task<IEnumerable<StaffComplaintRow>> Queue(Tx tx, ComplaintSearch search) =>
        tx.Query<StaffComplaintRow>(
            $"""
            {Rows}
             where c.status <> 'Decided'
               and (cast(@Last as uuid) is null or c.id > @Last)
            {Filters}
             order by c.id
             limit @RowsMax
            """,
            search);

    /// <summary>Decided complaints, newest first.</summary>
    public static Task<IEnumerable<StaffComplaintRow>> Decided(Tx tx, ComplaintSearch search) =>
        tx.Query<StaffComplaintRow>(
            $"""
            {Rows}
             where c.status = 'Decided'
               and (cast(@Last as uuid) is null or c.id < @Last)
            {Filters}
             order by c.id desc
             limit @RowsMax
            """,
            search);

    public static Task<StaffComplaintRow?> Find(Tx tx, Guid complaintId) =>
        tx.One<StaffComplaintRow>(
            $"""
            {Rows}
             where c.id = @complaintId
            """,
            new { complaintId });

    public static Task<ComplaintDetail?> Detail(Tx tx, Guid complaintId) =>
        tx.One<ComplaintDetail>(
            """
            select c.body as text, c.outcome_body as outcome_text, c.decider_id, c.decided_at, d.id as dispute_id
              from complaints c
              left join disputes d on d.order_id = c.order_id
             where c.id = @complaintId
            """,
            new { complaintId });

    /// <summary>Other complaints about orders of either party, newest first.</summary>
    public static Task<IEnumerable<StaffComplaintRow>> Others(Tx tx, StaffComplaintRow of, int rowsMax) =>
        tx.Query<StaffComplaintRow>(
            $"""
            {Rows}
             where c.id <> @ComplaintId
               and (@BuyerId in (o.buyer_id, o.seller_id) or @SellerId in (o.buyer_id, o.seller_id))
             order by c.id desc
             limit @rowsMax
            """,
            new { of.ComplaintId, of.BuyerId, of.SellerId, rowsMax });
}
