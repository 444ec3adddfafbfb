using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Deals.Complaints;

/// <summary>Statements on complaints.</summary>
public static class ComplaintSql
{
    private const string Rows =
        """
        select c.id, c.order_id, o.kind, o.buyer_id, o.seller_id, c.filer_id, c.filed_by, c.reason, c.body, c.status, c.version, c.filed_at,
               c.assignee_id, c.outcome, c.against, c.outcome_body, c.decider_id, c.decided_at
          from complaints c
          join orders o on o.id = c.order_id
        """;

    /// <summary>An order of the user's; null for anyone else's. What a complaint asks of it changes no more once it has ended.</summary>
    public static Task<ComplainedOrder?> Order(Tx tx, long userId, Guid orderId) =>
        tx.One<ComplainedOrder>(
            """
            select o.id, o.kind, o.buyer_id, o.seller_id, o.status, o.updated_at
              from orders o
             where o.id = @orderId
               and @userId in (o.buyer_id, o.seller_id)
            """,
            new { userId, orderId });

    /// <summary>Of one user's complaints one is filed at a time, so that they can be counted.</summary>
    public static Task LockFiler(Tx tx, long userId) =>
        tx.Execute(
            """
            select 1
              from profiles
             where user_id = @userId
               for no key update
            """,
            new { userId });

    public static Task<bool> IsFiled(Tx tx, Guid orderId, long userId) =>
        tx.Scalar<bool>(
            "select exists (select 1 from complaints c where c.order_id = @orderId and c.filer_id = @userId)", new { orderId, userId });

    public static Task<int> CountOpen(Tx tx, long userId) =>
        tx.Scalar<int>(
            "select cast(count(*) as integer) from complaints c where c.filer_id = @userId and c.status <> 'Decided'", new { userId });

    public static Task<int> Insert(Tx tx, Complaint complaint) =>
        tx.Execute(
            """
            insert into complaints (id, order_id, filer_id, filed_by, reason, body, status, version, filed_at)
            values (@Id, @OrderId, @FilerId, @filedBy, @reason, @Body, @status, @Version, @FiledAt)
            """,
            new
            {
                complaint.Id,
                complaint.OrderId,
                complaint.FilerId,
                filedBy = complaint.FiledBy.ToString(),
                reason = complaint.Reason.ToString(),
                complaint.Body,
                status = complaint.Status.ToString(),
                complaint.Version,
                complaint.FiledAt,
            });

    /// <summary>Locks a complaint until the commit; what was read of it before may have changed meanwhile.</summary>
    public static Task Lock(Tx tx, Guid id) =>
        tx.Execute(
            """
            select 1
              from complaints
             where id = @id
               for no key update
            """,
            new { id });

    public static Task<Complaint?> Find(Tx tx, Guid id) =>
        tx.One<Complaint>(
            $"""
            {Rows}
             where c.id = @id
            """,
            new { id });

    /// <summary>Complaints about the user's own orders, by either party, newest first.</summary>
    public static Task<IEnumerable<Complaint>> List(Tx tx, long userId, Guid? orderId, bool? open, Guid? before, int rowsMax) =>
        tx.Query<Complaint>(
            $"""
            {Rows}
             where c.order_id = any(array(select x.id from orders x where x.buyer_id = @userId)
                                 || array(select x.id from orders x where x.seller_id = @userId))
               and (cast(@orderId as uuid) is null or c.order_id = @orderId)
               and (cast(@open as boolean) is null or (c.status <> 'Decided') = @open)
               and (cast(@before as uuid) is null or c.id < @before)
             order by c.id desc
             limit @rowsMax
            """,
            new { userId, orderId, open, before, rowsMax });

    /// <summary>Writes where it stands after a step.</summary>
    public static Task<int> Save(Tx tx, Complaint complaint) =>
        tx.Execute(
            """
            update complaints
               set status = @status,
                   version = @Version,
                   assignee_id = @AssigneeId,
                   outcome = @outcome,
                   against = @against,
                   outcome_body = @OutcomeBody,
                   decider_id = @DeciderId,
                   decided_at = @DecidedAt
             where id = @Id
            """,
            new
            {
                complaint.Id,
                status = complaint.Status.ToString(),
                complaint.Version,
                complaint.AssigneeId,
                outcome = complaint.Outcome?.ToString(),
                against = complaint.Against?.ToString(),
                complaint.OutcomeBody,
                complaint.DeciderId,
                complaint.DecidedAt,
            });

    public static Task<int> CountEvidence(Tx tx, Guid complaintId, long userId) =>
        tx.Scalar<int>(
            """
            select cast(count(*) as integer)
              from complaint_evidence e
             where e.complaint_id = @complaintId
               and e.user_id = @userId
            """,
            new { complaintId, userId });

    public static Task<int> InsertEvidence(Tx tx, Guid id, Guid complaintId, long userId, string body, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into complaint_evidence (id, complaint_id, user_id, body, at)
            values (@id, @complaintId, @userId, @body, @at)
            """,
            new { id, complaintId, userId, body, at });

    public static Task<IEnumerable<EvidenceView>> Evidence(Tx tx, Guid complaintId) =>
        tx.Query<EvidenceView>(
            """
            select e.id, case when e.user_id = o.buyer_id then 'Buyer' else 'Seller' end as by, e.body as text, e.at
              from complaint_evidence e
              join complaints c on c.id = e.complaint_id
              join orders o on o.id = c.order_id
             where e.complaint_id = @complaintId
             order by e.at, e.id
            """,
            new { complaintId });
}
