using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Deals.Disputes;

/// <summary>A dispute with the parties of its order.</summary>
public sealed record DisputeRow
{
    public required Guid Id { get; init; }
    public required Guid OrderId { get; init; }
    public required OrderKind Kind { get; init; }
    public required long BuyerId { get; init; }
    public required long SellerId { get; init; }
    public required DisputeStatus Status { get; init; }
    public required int Version { get; init; }
    public required DisputeReason Reason { get; init; }
    public required string Body { get; init; }
    public required Party RaisedBy { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public long? AssigneeId { get; init; }
    public required bool BuyerAccepts { get; init; }
    public required bool SellerAccepts { get; init; }
    public Party? AppealedBy { get; init; }

    public bool IsOpen => Status is not (DisputeStatus.Settled or DisputeStatus.Decided);
}

/// <summary>Reads of disputes: every one names the user whose dispute it must be; and the parties' evidence.</summary>
public static class DisputeReadSql
{
    private const string Rows =
        """
        select d.id, d.order_id, o.kind, o.buyer_id, o.seller_id, d.status, d.version, d.reason, d.body, d.raised_by, d.raised_at, d.deadline,
               d.assignee_id, d.buyer_accepts, d.seller_accepts, d.appealed_by
          from disputes d
          join orders o on o.id = d.order_id
        """;

    /// <summary>The order of a dispute of the user's; null for anyone else's.</summary>
    public static Task<Guid?> OwnOrder(Tx tx, long userId, Guid disputeId) => tx.Scalar<Guid?>(
        """
        select d.order_id
          from disputes d
          join orders o on o.id = d.order_id
         where d.id = @disputeId
           and @userId in (o.buyer_id, o.seller_id)
        """,
        new { userId, disputeId });

    /// <summary>The order of any dispute: for staff.</summary>
    public static Task<Guid?> Order(Tx tx, Guid disputeId) =>
        tx.Scalar<Guid?>("select d.order_id from disputes d where d.id = @disputeId", new { disputeId });

    /// <summary>Who can sign a ruling: everyone whose last connection was an arbitrator's or an admin's.</summary>
    public static Task<IEnumerable<long>> Signers(Tx tx, int rowsMax) => tx.Query<long>(
        """
        select s.user_id
          from staff_members s
         where s.roles && array['admin', 'arbitrator']
         order by s.seen_at desc
         limit @rowsMax
        """,
        new { rowsMax });

    public static Task<DisputeRow?> Find(Tx tx, long userId, Guid? disputeId, Guid? orderId) => tx.One<DisputeRow>(
        $"""
        {Rows}
         where (@disputeId is null or d.id = @disputeId)
           and (@orderId is null or d.order_id = @orderId)
           and @userId in (o.buyer_id, o.seller_id)
        """,
        new { userId, disputeId, orderId });

    /// <summary>Any dispute: for staff.</summary>
    public static Task<DisputeRow?> FindAny(Tx tx, Guid disputeId) => tx.One<DisputeRow>(
        $"""
        {Rows}
         where d.id = @disputeId
        """,
        new { disputeId });

    /// <summary>Keeps any dispute as it is until the end of the transaction: for staff.</summary>
    public static Task LockAny(Tx tx, Guid disputeId) => tx.Execute(
        """
        select 1
          from orders o
         where o.id = (select d.order_id from disputes d where d.id = @disputeId)
           for share
        """,
        new { disputeId });

    /// <summary>Keeps the dispute as it is until the evidence is committed: a step of the engine waits, and then sees it.</summary>
    public static Task<DisputeRow?> LockOwn(Tx tx, long userId, Guid disputeId) => tx.One<DisputeRow>(
        $"""
        {Rows}
         where d.id = @disputeId
           and @userId in (o.buyer_id, o.seller_id)
           for share of o
        """,
        new { userId, disputeId });

    public static Task<IEnumerable<DisputeRow>> List(Tx tx, long userId, bool? open, Guid? before, int rowsMax) => tx.Query<DisputeRow>(
        $"""
        {Rows}
         where d.order_id = any(array(select x.id from orders x where x.buyer_id = @userId)
                             || array(select x.id from orders x where x.seller_id = @userId))
           and (@open is null or @open = (d.deadline is not null))
           and (@before is null or d.id < @before)
         order by d.id desc
         limit @rowsMax
        """,
        new { userId, open, before, rowsMax });

    public static async Task<ILookup<Guid, RulingView>> Rulings(Tx tx, Guid[] disputes) =>
        (await tx.Query<RulingOf>(
            """
            select r.dispute_id, r.decision, r.buyer_percent, r.rule, r.body as text, r.is_final, r.at
              from dispute_rulings r
             where r.dispute_id = any(@disputes)
             order by r.dispute_id, r.seq
            """,
            new { disputes })).ToLookup(row => row.DisputeId, row => new RulingView
            {
                Decision = row.Decision,
                BuyerPercent = row.BuyerPercent,
                Rule = row.Rule,
                Text = row.Text,
                IsFinal = row.IsFinal,
                At = row.At,
            });

    /// <summary>What the parties showed, and what a suspended party said of the order.</summary>
    public static Task<IEnumerable<EvidenceView>> Evidence(Tx tx, Guid disputeId) => tx.Query<EvidenceView>(
        """
        select x.id, case when x.user_id = o.buyer_id then 'Buyer' else 'Seller' end as by, x.body as text, x.at
          from disputes d
          join orders o on o.id = d.order_id
          cross join lateral (select e.id, e.user_id, e.body, e.at from dispute_evidence e where e.dispute_id = d.id
                              union all
                              select s.id, s.user_id, s.body, s.at from order_statements s where s.order_id = d.order_id) x
         where d.id = @disputeId
         order by x.at, x.id
        """,
        new { disputeId });

    public static Task<IEnumerable<DisputeStepView>> Steps(Tx tx, Guid disputeId) => tx.Query<DisputeStepView>(
        """
        select s.version, s.action, s.by, s.status, s.rule, s.at
          from dispute_steps s
         where s.dispute_id = @disputeId
         order by s.version
        """,
        new { disputeId });

    public static Task<int> CountEvidence(Tx tx, Guid disputeId, long userId) => tx.Scalar<int>(
        "select count(*) from dispute_evidence e where e.dispute_id = @disputeId and e.user_id = @userId", new { disputeId, userId });

    public static Task<int> InsertEvidence(Tx tx, Guid id, Guid disputeId, long userId, string body, DateTimeOffset at) => tx.Execute(
        """
        insert into dispute_evidence (id, dispute_id, user_id, body, at)
        values (@id, @disputeId, @userId, @body, @at)
        """,
        new { id, disputeId, userId, body, at });

    private sealed record RulingOf
    {
        public required Guid DisputeId { get; init; }
        public required RulingDecision Decision { get; init; }
        public decimal? BuyerPercent { get; init; }
        public string? Rule { get; init; }
        public required string Text { get; init; }
        public required bool IsFinal { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
