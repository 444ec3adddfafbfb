using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Deals.Disputes;
using P2P.Server.Deals.Engine;

namespace P2P.Server.Admin.Disputes;

/// <summary>The filters of the queue; null does not matter.</summary>
internal sealed record DisputeQueueSearch
{
    public required long ViewerId { get; init; }
    public string? Status { get; init; }
    public bool? AssignedToMe { get; init; }
    public bool? Unassigned { get; init; }
    public bool? SecondWanted { get; init; }
    public bool? Watched { get; init; }
    public int? DueWithinMinutes { get; init; }
    public long? UserId { get; init; }

    /// <summary>The last row of the former page.</summary>
    public DateTimeOffset? AfterAt { get; init; }
    public Guid? AfterId { get; init; }
    public required int RowsMax { get; init; }
}

/// <summary>What only the whole view of a case shows.</summary>
internal sealed record CaseDetail
{
    public required string Text { get; init; }
    public string? PaymentReference { get; init; }
    public string? AppealText { get; init; }
    public required bool SecondWanted { get; init; }
    public RulingDecision? Decision { get; init; }
    public decimal? BuyerPercent { get; init; }
    public string? RulingBody { get; init; }
    public long? RulerId { get; init; }
}

/// <summary>Reads of disputes for staff.</summary>
internal static class StaffDisputeSql
{
    private const string Rows =
        """
        select d.id as dispute_id, d.order_id, o.kind, d.status, d.version, d.reason, d.raised_by, d.raised_at, d.deadline, d.rounds, d.assignee_id,
               ua.sub as assignee_sub, d.second_wanted, d.appealed_by, o.buyer_id, pb.username as buyer_name, o.seller_id,
               ps.username as seller_name, o.asset, o.held, c.fiat, c.fiat_amount, w.user_id is not null as is_watched, w.note as watch_note
          from disputes d
          join orders o on o.id = d.order_id
          left join crypto_orders c on c.order_id = o.id
          left join users ua on ua.id = d.assignee_id
          left join profiles pb on pb.user_id = o.buyer_id
          left join profiles ps on ps.user_id = o.seller_id
          left join dispute_watches w on w.dispute_id = d.id and w.user_id = @ViewerId
        """;

    private const string Filters =
        """
           and (cast(@Status as text) is null or d.status = @Status)
           and (cast(@AssignedToMe as boolean) is null or (d.assignee_id is not distinct from @ViewerId) = @AssignedToMe)
           and (cast(@Unassigned as boolean) is null or (d.assignee_id is null) = @Unassigned)
           and (cast(@SecondWanted as boolean) is null or d.second_wanted = @SecondWanted)
           and (cast(@Watched as boolean) is null or (w.user_id is not null) = @Watched)
           and (cast(@DueWithinMinutes as integer) is null
                or d.deadline <= clock_timestamp() + make_interval(mins => cast(@DueWithinMinutes as integer)))
           and (cast(@UserId as bigint) is null or @UserId in (o.buyer_id, o.seller_id))
        """;

    /// <summary>Open disputes, the nearest deadline first.</summary>
    public static Task<IEnumerable<StaffDisputeRow>> Queue(Tx tx, DisputeQueueSearch search) =>
        tx.Query<StaffDisputeRow>(
            $"""
            {Rows}
             where d.deadline is not null
               and (cast(@AfterAt as timestamptz) is null or (d.deadline, d.id) > (@AfterAt, cast(@AfterId as uuid)))
            {Filters}
             order by d.deadline, d.id
             limit @RowsMax
            """,
            search);

    /// <summary>Ended disputes, newest first.</summary>
    public static Task<IEnumerable<StaffDisputeRow>> Ended(Tx tx, DisputeQueueSearch search) =>
        tx.Query<StaffDisputeRow>(
            $"""
            {Rows}
             where d.deadline is null
               and (cast(@AfterId as uuid) is null or d.id < @AfterId)
            {Filters}
             order by d.id desc
             limit @RowsMax
            """,
            search);

    public static Task<StaffDisputeRow?> Find(Tx tx, Guid? disputeId, Guid? orderId, long viewerId) =>
        tx.One<StaffDisputeRow>(
            $"""
            {Rows}
             where (cast(@disputeId as uuid) is null or d.id = @disputeId)
               and (cast(@orderId as uuid) is null or d.order_id = @orderId)
            """,
            new { disputeId, orderId, ViewerId = viewerId });

    public static Task<CaseDetail?> Detail(Tx tx, Guid disputeId) =>
        tx.One<CaseDetail>(
            """
            select d.body as text, c.payment_reference, d.appeal_body as appeal_text, d.second_wanted, d.decision, d.buyer_percent, d.ruling_body,
                   d.ruler_id
              from disputes d
              left join crypto_orders c on c.order_id = d.order_id
             where d.id = @disputeId
            """,
            new { disputeId });

    public static Task<CaseParty?> Party(Tx tx, long userId) =>
        tx.One<CaseParty>(
            """
            select u.id as user_id, p.username, coalesce(p.is_verified, false) as is_verified, coalesce(p.is_merchant, false) as is_merchant,
                   exists (select 1 from suspensions x where x.user_id = u.id and x.lifted_at is null) as is_suspended,
                   cast((select count(*) from suspensions x where x.user_id = u.id) as integer) as suspensions,
                   coalesce(s.completed, 0) as completed, coalesce(s.cancelled, 0) as cancelled, r.score as reputation,
                   cast((select count(*)
                           from complaints k
                           join orders o on o.id = k.order_id
                          where k.outcome <> 'Closed'
                            and u.id = case k.against when 'Buyer' then o.buyer_id else o.seller_id end) as integer) as complaints_against
              from users u
              left join profiles p on p.user_id = u.id
              left join standings s on s.user_id = u.id
              left join reputations r on r.user_id = u.id
             where u.id = @userId
            """,
            new { userId });

    public static Task<IEnumerable<StaffRulingView>> Rulings(Tx tx, Guid disputeId) =>
        tx.Query<StaffRulingView>(
            """
            select r.decision, r.buyer_percent, r.rule, r.ruler_id, r.second_id, r.body as text, r.is_final, r.at
              from dispute_rulings r
             where r.dispute_id = @disputeId
             order by r.seq
            """,
            new { disputeId });

    public static Task<IEnumerable<StaffDisputeStep>> Steps(Tx tx, Guid disputeId) =>
        tx.Query<StaffDisputeStep>(
            """
            select s.version, s.action, s.by, s.actor_id, s.status, s.rule, s.at
              from dispute_steps s
             where s.dispute_id = @disputeId
             order by s.version
            """,
            new { disputeId });

    /// <summary>Other disputes of either party, or about the account to which the money went; newest first.</summary>
    public static Task<IEnumerable<PastCase>> PastCases(Tx tx, StaffDisputeRow of, int rowsMax) =>
        tx.Query<PastCase>(
            """
            with own as (
                select pa.payment_method_id, pa.fields
                  from crypto_orders c
                  join payment_accounts pa on pa.id = c.payment_account_id
                 where c.order_id = @OrderId
            )
            select d.id as dispute_id, d.order_id, o.buyer_id, o.seller_id, d.status, d.reason, d.raised_by, d.raised_at,
                   case when d.second_wanted then null else d.decision end as decision,
                   x.of_buyer and x.of_seller as is_same_pair, x.of_buyer, x.of_seller, x.same_account as is_same_payment_account
              from disputes d
              join orders o on o.id = d.order_id
              left join crypto_orders c on c.order_id = o.id
              left join payment_accounts pa on pa.id = c.payment_account_id
              cross join lateral (
                   select @BuyerId in (o.buyer_id, o.seller_id) as of_buyer, @SellerId in (o.buyer_id, o.seller_id) as of_seller,
                          exists (select 1
                                    from own w
                                   where w.payment_method_id = pa.payment_method_id
                                     and w.fields = pa.fields) as same_account) x
             where d.id <> @DisputeId
               and (x.of_buyer or x.of_seller or x.same_account)
             order by d.id desc
             limit @rowsMax
            """,
            new { of.OrderId, of.BuyerId, of.SellerId, of.DisputeId, rowsMax });

    /// <summary>The dispute as the engine keeps it, not locked: for what is only looked at.</summary>
    public static Task<Dispute?> Dispute(Tx tx, Guid disputeId) =>
        tx.One<Dispute>(
            $"""
            select {DisputeSql.Columns}
              from disputes d
             where d.id = @disputeId
            """,
            new { disputeId });

    /// <summary>Its order, likewise.</summary>
    public static Task<Order?> Order(Tx tx, Guid orderId) =>
        tx.One<Order>(
            """
            select o.id, o.kind, o.offer_id, o.buyer_id, o.seller_id, o.maker, o.asset, o.held, o.fee, o.taken, o.status, o.version, o.duty,
                   o.deadline, o.overdue, o.cancel_requested_by, o.history_head, o.created_at, o.updated_at
              from orders o
             where o.id = @orderId
            """,
            new { orderId });

    public static Task<short> ScaleOf(Tx tx, string asset) => tx.Scalar<short>("select s.scale from assets s where s.code = @asset", new { asset });
}
