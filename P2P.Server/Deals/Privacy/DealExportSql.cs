using P2P.Server.Accounts.Privacy;

namespace P2P.Server.Deals.Privacy;

/// <summary>What deals know of a person: orders with all that hangs on them, money, and what was said.</summary>
internal static class DealExportSql
{
    private const string Chain = "chains the rows; `ledger verify` looks at it";
    private const string Staff = "names a member of staff";
    private const string Known = "`by` says which side it was";

    public static IReadOnlyList<ExportSource> Sources { get; } =
    [
        new("standing", Standing, "standings"),
        new("reputation", Reputation, "reputations"),
        new("offers", Offers, "offers"),
        new("orders", Orders, "orders"),
        new("order_history", OrderHistory, "order_history"),
        new("order_statements", OrderStatements, "order_statements"),
        new("chat_rooms", ChatRooms, "chat_rooms"),
        new("messages", Messages, "chat_messages"),
        new("encrypted_rooms", RoomExportSql.Chains, "chat_chains"),
        new("envelopes", RoomExportSql.Envelopes, "chat_envelopes"),
        new("reads_by_staff", RoomExportSql.Reads, "staff_reads"),
        new("reviews", Reviews, "reviews"),
        new("disputes", Disputes, "disputes"),
        new("dispute_steps", DisputeSteps, "dispute_steps"),
        new("dispute_rulings", DisputeRulings, "dispute_rulings"),
        new("dispute_evidence", DisputeEvidence, "dispute_evidence"),
        new("complaints", Complaints, "complaints"),
        new("complaint_evidence", ComplaintEvidence, "complaint_evidence"),
        new("ledger_accounts", LedgerAccounts, "accounts"),
        new("ledger_entries", LedgerEntries, "entries", "transfers"),
        new("deposits", Deposits, "deposits"),
        new("withdrawals", Withdrawals, "withdrawals"),
    ];

    public static IReadOnlyList<ExportGap> Gaps { get; } =
    [
        new("assets", "the same for everyone"),
        new("switches", "the house's own"),
        new("orders.history_head", Chain),
        new("order_history.hash", Chain),
        new("order_history.actor_id", Known),
        new("accounts.head", Chain),
        new("accounts.order_id", "the escrow's; a user's own accounts have none"),
        new("accounts.slot", "the operator's; a user's own accounts have none"),
        new("reviews.hidden_by", Staff),
        new("disputes.raiser_id", "`raised_by` says which side it was"),
        new("disputes.assignee_id", Staff),
        new("disputes.ruler_id", Staff),
        new("dispute_steps.actor_id", Known),
        new("dispute_rulings.ruler_id", Staff),
        new("dispute_rulings.second_id", Staff),
        new("complaints.filer_id", "`filed_by` says which side it was"),
        new("complaints.assignee_id", Staff),
        new("complaints.decider_id", Staff),
        new("staff_reads.reader_id", Staff),
    ];

    private const string Standing =
        """
        select suspended, open_as_taker, unpaid_as_taker, completed, cancelled, last_lapse_at, lapse_before_at, cooling_down_until,
               first_trade_at, day_volume, cool_downs, cool_down_at, open_goods
          from standings
         where user_id = @userId
        """;

    private const string Reputation =
        """
        select score, partners, counted, is_stale, updated_at
          from reputations
         where user_id = @userId
        """;

    private const string Offers =
        """
        select id, kind, owner_gives, unit, total, remaining, open, version, changed_at
          from offers
         where owner_id = @userId
         order by id
        """;

    private const string Orders =
        """
        select id, kind, offer_id, buyer_id, seller_id, maker, asset, held, fee, taken, status, version, duty, deadline, overdue,
               cancel_requested_by, created_at, updated_at, is_open
          from orders
         where buyer_id = @userId
            or seller_id = @userId
         order by id
        """;

    private const string OrderHistory =
        """
        select h.order_id, h.version, h.from_status, h.to_status, h.action, h.by, h.at
          from order_history h
          join orders o on o.id = h.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by h.order_id, h.version
        """;

    private const string OrderStatements =
        """
        select id, order_id, body, at
          from order_statements
         where user_id = @userId
         order by id
        """;

    private const string ChatRooms =
        """
        select r.order_id, r.last_seq, r.buyer_delivered, r.buyer_read, r.seller_delivered, r.seller_read
          from chat_rooms r
          join orders o on o.id = r.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by r.order_id
        """;

    private const string Messages =
        """
        select m.order_id, m.seq, m.id, m.sender_id, m.kind, m.text, m.code, m.args, m.at
          from chat_messages m
          join orders o on o.id = m.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by m.order_id, m.seq
        """;

    private const string Reviews =
        """
        select id, order_id, author_id, subject_id, written_by, stars, tags, body, version, reply, replied_at, hidden_at, hidden_reason,
               created_at, edited_at
          from reviews
         where author_id = @userId
            or subject_id = @userId
         order by id
        """;

    private const string Disputes =
        """
        select d.id, d.order_id, d.status, d.version, d.reason, d.body, d.raised_by, d.raised_at, d.deadline, d.rounds, d.decision,
               d.buyer_percent, d.ruling_body, d.ruling_rule, d.second_wanted, d.buyer_accepts, d.seller_accepts, d.appealed_by, d.appeal_body
          from disputes d
          join orders o on o.id = d.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by d.id
        """;

    private const string DisputeSteps =
        """
        select s.dispute_id, s.version, s.action, s.by, s.status, s.rule, s.at
          from dispute_steps s
          join disputes d on d.id = s.dispute_id
          join orders o on o.id = d.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by s.dispute_id, s.version
        """;

    private const string DisputeRulings =
        """
        select r.dispute_id, r.seq, r.decision, r.buyer_percent, r.rule, r.body, r.is_final, r.at
          from dispute_rulings r
          join disputes d on d.id = r.dispute_id
          join orders o on o.id = d.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by r.dispute_id, r.seq
        """;

    private const string DisputeEvidence =
        """
        select e.id, e.dispute_id, e.body, e.at
          from dispute_evidence e
          join disputes d on d.id = e.dispute_id
         where e.user_id = @userId
         order by e.id
        """;

    private const string Complaints =
        """
        select c.id, c.order_id, c.filed_by, c.reason, c.body, c.status, c.version, c.filed_at, c.outcome, c.against, c.outcome_body,
               c.decided_at
          from complaints c
          join orders o on o.id = c.order_id
         where o.buyer_id = @userId
            or o.seller_id = @userId
         order by c.id
        """;

    private const string ComplaintEvidence =
        """
        select id, complaint_id, body, at
          from complaint_evidence
         where user_id = @userId
         order by id
        """;

    private const string LedgerAccounts =
        """
        select id, kind, asset, balance, seq
          from accounts
         where user_id = @userId
         order by id
        """;

    private const string LedgerEntries =
        """
        select e.account_id, e.seq, e.transfer_id, t.kind, t.order_id, e.asset, e.amount, e.at, encode(e.hash, 'hex') as hash
          from entries e
          join accounts a on a.id = e.account_id
          join transfers t on t.id = e.transfer_id
         where a.user_id = @userId
         order by e.account_id, e.seq
        """;

    private const string Deposits =
        """
        select external_ref, asset, amount, transfer_id, at
          from deposits
         where user_id = @userId
         order by at
        """;

    private const string Withdrawals =
        """
        select id, asset, amount, destination, status, external_ref, created_at, ended_at
          from withdrawals
         where user_id = @userId
         order by id
        """;
}
