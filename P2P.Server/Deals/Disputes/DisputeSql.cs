using P2P.Server.Deals.Engine;

namespace P2P.Server.Deals.Disputes;

/// <summary>What the engine reads and writes of disputes, as parts of its two scripts. The order's lock is the dispute's lock.</summary>
public static class DisputeSql
{
    /// <summary>All columns of a dispute.</summary>
    public const string Columns =
        """
        d.id, d.order_id, d.status, d.version, d.reason, d.body, d.raised_by, d.raiser_id, d.raised_at, d.deadline, d.assignee_id, d.rounds,
        d.decision, d.buyer_percent, d.ruling_body, d.ruling_rule, d.ruler_id, d.second_wanted, d.buyer_accepts, d.seller_accepts, d.appealed_by,
        d.appeal_body
        """;

    public static void Load(Script script, ICollection<Guid> orders, Action<Dispute> take) => script.Read(
        $"""
        select {Columns}
          from disputes d
         where d.order_id = any($1)
        """,
        EngineSql.Each(take),
        Script.Of(orders));

    /// <summary>What the parties have shown; what a suspended user said of the order counts, too.</summary>
    public static void LoadProofs(Script script, ICollection<Guid> orders, Action<DisputeProof> take) => script.Read(
        """
        select d.order_id, s.scale,
               exists (select 1 from dispute_evidence e where e.dispute_id = d.id and e.user_id = o.buyer_id)
                   or exists (select 1 from order_statements t where t.order_id = o.id and t.user_id = o.buyer_id) as buyer_has_shown,
               exists (select 1 from dispute_evidence e where e.dispute_id = d.id and e.user_id = o.seller_id)
                   or exists (select 1 from order_statements t where t.order_id = o.id and t.user_id = o.seller_id) as seller_has_shown,
               cast((select count(*) from dispute_rulings r where r.dispute_id = d.id) as integer) as rulings
          from disputes d
          join orders o on o.id = d.order_id
          join assets s on s.code = o.asset
         where d.order_id = any($1)
        """,
        EngineSql.Each(take),
        Script.Of(orders));

    /// <summary>Who of these, and of those that have the orders' cases, can hear as staff: whoever was never there has no stream.</summary>
    public static void LoadStaff(Script script, ICollection<Guid> orders, ICollection<long> users, Action<long> take) => script.Read(
        """
        select s.user_id
          from streams s
         where s.audience = 'admin'
           and s.user_id = any($2 || array(select d.assignee_id from disputes d where d.order_id = any($1) and d.assignee_id is not null))
        """,
        row => take(row.GetInt64(0)),
        Script.Of(orders),
        Script.Of(users));

    /// <summary>How many open disputes each user has raised.</summary>
    public static void CountOpen(Script script, ICollection<long> users, Action<long, int> take) => script.Read(
        """
        select d.raiser_id, cast(count(*) as integer)
          from disputes d
         where d.raiser_id = any($1)
           and d.deadline is not null
         group by d.raiser_id
        """,
        row => take(row.GetInt64(0), row.GetInt32(1)),
        Script.Of(users));

    public static void Insert(Script script, IReadOnlyCollection<Dispute> disputes)
    {
        if (disputes.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into disputes (id, order_id, status, version, reason, body, raised_by, raiser_id, raised_at, deadline)
            select x.id, x.order_id, x.status, x.version, x.reason, x.body, x.raised_by, x.raiser_id, x.raised_at, x.deadline
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                   x(id, order_id, status, version, reason, body, raised_by, raiser_id, raised_at, deadline)
            """,
            Script.Of([.. disputes.Select(d => d.Id)]),
            Script.Of([.. disputes.Select(d => d.OrderId)]),
            Script.Of([.. disputes.Select(d => d.Status.ToString())]),
            Script.Of([.. disputes.Select(d => d.Version)]),
            Script.Of([.. disputes.Select(d => d.Reason.ToString())]),
            Script.Of([.. disputes.Select(d => d.Body)]),
            Script.Of([.. disputes.Select(d => d.RaisedBy.ToString())]),
            Script.Of([.. disputes.Select(d => d.RaiserId)]),
            Script.Of([.. disputes.Select(d => d.RaisedAt.UtcDateTime)]),
            Script.Of([.. disputes.Select(d => d.Deadline?.UtcDateTime)]));
    }

    /// <summary>Written where the dispute still has an older version and is open; a row too few is a broken lock.</summary>
    public static void Update(Script script, IReadOnlyCollection<Dispute> disputes)
    {
        if (disputes.Count == 0)
        {
            return;
        }

        script.Read(
            """
            with changed as (
                update disputes d
                   set status = x.status, version = x.version, deadline = x.deadline, assignee_id = x.assignee_id, rounds = x.rounds,
                       decision = x.decision, buyer_percent = x.buyer_percent, ruling_body = x.ruling_body, ruling_rule = x.ruling_rule,
                       ruler_id = x.ruler_id, second_wanted = x.second_wanted, buyer_accepts = x.buyer_accepts,
                       seller_accepts = x.seller_accepts, appealed_by = x.appealed_by, appeal_body = x.appeal_body
                  from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                       x(id, status, version, deadline, assignee_id, rounds, decision, buyer_percent, ruling_body, ruling_rule, ruler_id,
                         second_wanted, buyer_accepts, seller_accepts, appealed_by, appeal_body)
                 where d.id = x.id
                   and d.version < x.version
                   and d.status not in ('Settled', 'Decided')
             returning 1
            )
            select expect_rows((select count(*) from changed), cardinality($1))
            """,
            _ => { },
            Script.Of([.. disputes.Select(d => d.Id)]),
            Script.Of([.. disputes.Select(d => d.Status.ToString())]),
            Script.Of([.. disputes.Select(d => d.Version)]),
            Script.Of([.. disputes.Select(d => d.Deadline?.UtcDateTime)]),
            Script.Of([.. disputes.Select(d => d.AssigneeId)]),
            Script.Of([.. disputes.Select(d => d.Rounds)]),
            Script.OfTexts([.. disputes.Select(d => d.Decision?.ToString())]),
            Script.Of([.. disputes.Select(d => d.BuyerPercent)]),
            Script.OfTexts([.. disputes.Select(d => d.RulingBody)]),
            Script.OfTexts([.. disputes.Select(d => d.RulingRule)]),
            Script.Of([.. disputes.Select(d => d.RulerId)]),
            Script.Of([.. disputes.Select(d => d.SecondWanted)]),
            Script.Of([.. disputes.Select(d => d.BuyerAccepts)]),
            Script.Of([.. disputes.Select(d => d.SellerAccepts)]),
            Script.OfTexts([.. disputes.Select(d => d.AppealedBy?.ToString())]),
            Script.OfTexts([.. disputes.Select(d => d.AppealBody)]));
    }

    public static void InsertSteps(Script script, IReadOnlyCollection<DisputeStep> steps, DateTimeOffset at)
    {
        if (steps.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into dispute_steps (dispute_id, version, action, by, actor_id, status, rule, at)
            select x.dispute_id, x.version, x.action, x.by, x.actor_id, x.status, x.rule, $8
              from unnest($1, $2, $3, $4, $5, $6, $7) x(dispute_id, version, action, by, actor_id, status, rule)
            """,
            Script.Of([.. steps.Select(s => s.DisputeId)]),
            Script.Of([.. steps.Select(s => s.Version)]),
            Script.Of([.. steps.Select(s => s.Action.ToString())]),
            Script.Of([.. steps.Select(s => s.By.ToString())]),
            Script.Of([.. steps.Select(s => s.ActorId)]),
            Script.Of([.. steps.Select(s => s.Status.ToString())]),
            Script.OfTexts([.. steps.Select(s => s.Rule)]),
            Script.Of(at));
    }

    public static void InsertRulings(Script script, IReadOnlyCollection<RulingRow> rulings, DateTimeOffset at)
    {
        if (rulings.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into dispute_rulings (dispute_id, seq, decision, buyer_percent, rule, ruler_id, second_id, body, is_final, at)
            select x.dispute_id, x.seq, x.decision, x.buyer_percent, x.rule, x.ruler_id, x.second_id, x.body, x.is_final, $10
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
                   x(dispute_id, seq, decision, buyer_percent, rule, ruler_id, second_id, body, is_final)
            """,
            Script.Of([.. rulings.Select(r => r.DisputeId)]),
            Script.Of([.. rulings.Select(r => r.Seq)]),
            Script.Of([.. rulings.Select(r => r.Decision.ToString())]),
            Script.Of([.. rulings.Select(r => r.BuyerPercent)]),
            Script.OfTexts([.. rulings.Select(r => r.Rule)]),
            Script.Of([.. rulings.Select(r => r.RulerId)]),
            Script.Of([.. rulings.Select(r => r.SecondId)]),
            Script.Of([.. rulings.Select(r => r.Body)]),
            Script.Of([.. rulings.Select(r => r.IsFinal)]),
            Script.Of(at));
    }
}
