using System.Data.Common;
using Dapper;
using Npgsql;
using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>The verifier's statements: whole tables as streams of rows, and searches for the first row that is wrong.</summary>
internal static class VerifySql
{
    /// <summary>Takes the snapshot; its time.</summary>
    /// <remarks>Everything is read whole: a loop of look-ups, as planned from figures of when a table was small, would take hours.</remarks>
    public static Task<DateTimeOffset> BeginReading(Tx tx) =>
        tx.Scalar<DateTimeOffset>("set local enable_nestloop = off; set local jit = off; select clock_timestamp()");

    public static IAsyncEnumerable<AccountEntryRow> AccountEntries(Tx tx, VerifyScope scope) =>
        scope.Accounts is { } accounts ? PartialSql.AccountEntries(tx, accounts, scope.EntriesMax) : AllAccountEntries(tx);

    private static IAsyncEnumerable<AccountEntryRow> AllAccountEntries(Tx tx) => Rows<AccountEntryRow>(
        tx,
        """
        select coalesce(a.id, e.account_id) as account_id, a.kind as account_kind, a.user_id, a.order_id as account_order_id,
               a.asset as account_asset, a.slot, a.balance, a.seq as account_seq, a.head,
               e.seq, e.transfer_id, e.asset, e.amount, e.hash, e.at,
               t.kind as transfer_kind, t.order_id as transfer_order_id, t.at as transfer_at
          from accounts a
          full join entries e on e.account_id = a.id
          left join transfers t on t.id = e.transfer_id
         order by 1, e.seq
        """);

    /// <summary>The entries of one transfer, each with the hash of the entry before it.</summary>
    public static async Task<IReadOnlyList<AccountEntryRow>> EntriesOf(Tx tx, Guid transferId) =>
    [
        .. await tx.Query<AccountEntryRow>(
            """
            select e.account_id, e.seq, e.transfer_id, e.asset, e.amount, e.hash, e.at,
                   t.kind as transfer_kind, t.order_id as transfer_order_id, t.at as transfer_at, p.hash as previous
              from entries e
              left join transfers t on t.id = e.transfer_id
              left join entries p on p.account_id = e.account_id and p.seq = e.seq - 1
             where e.transfer_id = @transferId
            """,
            new { transferId }),
    ];

    public static Task<long> TransferCount(Tx tx) =>
        tx.Scalar<long>("select count(*) from transfers");

    public static Task<IEnumerable<Guid>> UnbalancedTransfers(Tx tx, VerifyScope scope) =>
        tx.Query<Guid>(
            """
            select t.id
              from transfers t
              left join (select e.transfer_id, e.asset, count(*) as entries, sum(e.amount) as amount
                           from entries e
                          where cast(@Transfers as uuid[]) is null
                             or e.transfer_id = any(@Transfers)
                          group by e.transfer_id, e.asset) s on s.transfer_id = t.id
             where (cast(@Transfers as uuid[]) is null or t.id = any(@Transfers))
               and (s.entries is null or s.entries < 2 or s.amount <> 0)
             order by t.id
             limit @Most
            """,
            new { scope.Transfers, scope.Most });

    /// <summary>Who must have what of an order's transfer: the hold, release and refund to the last digit, a split in sum.</summary>
    public static Task<IEnumerable<WrongTransfer>> WrongTransfersOfOrders(Tx tx, VerifyScope scope) =>
        tx.Query<WrongTransfer>(
            """
            select m.id, m.kind, m.order_id
              from (select t.id, t.kind, t.order_id, o.held, o.fee,
                           coalesce(sum(e.amount) filter (where a.kind = 'Escrow' and a.id = o.id), 0) as escrow,
                           coalesce(sum(e.amount) filter (
                               where a.kind = 'Available' and a.user_id = case o.kind when 'Goods' then o.seller_id else o.buyer_id end), 0) as payee,
                           coalesce(sum(e.amount) filter (
                               where a.kind = 'Available' and a.user_id = case o.kind when 'Goods' then o.buyer_id else o.seller_id end), 0) as payer,
                           coalesce(sum(e.amount) filter (where a.kind = 'Fees'), 0) as fees,
                           bool_and(a.asset = o.asset) as of_asset
                      from transfers t
                      left join orders o on o.id = t.order_id
                      left join entries e on e.transfer_id = t.id
                      left join accounts a on a.id = e.account_id
                     where t.kind in ('Hold', 'Release', 'Refund', 'Split')
                       and (cast(@Transfers as uuid[]) is null or t.id = any(@Transfers))
                     group by t.id, t.kind, t.order_id, o.held, o.fee) m
             where (m.of_asset
                    and case m.kind
                            when 'Hold' then m.escrow = m.held and m.payer = -m.held
                            when 'Release' then m.escrow = -m.held and m.payee = m.held - m.fee and m.fees = m.fee
                            when 'Refund' then m.escrow = -m.held and m.payer = m.held
                            else m.escrow = -m.held and m.payee >= 0 and m.payer >= 0 and m.payee + m.payer + m.fees = m.held
                        end) is not true
             order by m.id
             limit @Most
            """,
            new { scope.Transfers, scope.Most });

    public static Task<IEnumerable<Guid>> WrongEscrows(Tx tx, VerifyScope scope) =>
        tx.Query<Guid>(
            """
            select coalesce(o.id, a.id)
              from (select x.id, x.status, x.held, x.asset from orders x where cast(@Orders as uuid[]) is null or x.id = any(@Orders)) o
              full join (select c.id, c.balance, c.asset
                           from accounts c
                          where c.kind = 'Escrow'
                            and (cast(@Orders as uuid[]) is null or c.id = any(@Orders))) a on a.id = o.id
             where o.id is null
                or coalesce(a.balance, 0) <> case
                                                 when o.status in ('AwaitingPayment', 'PaymentConfirmed', 'Disputed', 'Paid', 'Fulfilled') then o.held
                                                 else 0
                                             end
                or a.asset <> o.asset
             order by 1
             limit @Most
            """,
            new { scope.Orders, scope.Most });

    public static Task<IEnumerable<Guid>> WrongResolutions(Tx tx, VerifyScope scope) =>
        tx.Query<Guid>(
            """
            select coalesce(o.id, m.order_id)
              from (select x.id, x.kind, x.status, x.held from orders x where cast(@Orders as uuid[]) is null or x.id = any(@Orders)) o
              full join (select t.order_id, count(*) filter (where t.kind = 'Hold') as holds,
                                string_agg(t.kind, ' ') filter (where t.kind <> 'Hold') as resolution
                           from transfers t
                          where t.order_id is not null
                            and (cast(@Orders as uuid[]) is null or t.order_id = any(@Orders))
                          group by t.order_id) m on m.order_id = o.id
             where o.id is null
                or (o.held = 0 and m.order_id is not null)
                or (o.kind = 'Goods'
                    and o.held > 0
                    and case
                            when o.status in ('Requested', 'Accepted', 'Declined') then coalesce(m.holds, 0) <> 0 or m.resolution is not null
                            when o.status in ('Cancelled', 'Expired') then
                                (coalesce(m.holds, 0), coalesce(m.resolution, '')) not in ((0, ''), (1, 'Refund'))
                            when o.status = 'Completed' then coalesce(m.holds, 0) <> 1 or coalesce(m.resolution, '') not in ('Release', 'Split', 'Refund')
                            else coalesce(m.holds, 0) <> 1 or m.resolution is not null
                        end)
                or (o.kind = 'Crypto'
                    and o.held > 0
                    and (coalesce(m.holds, 0) <> 1
                         or case o.status
                                when 'Released' then coalesce(m.resolution, '') not in ('Release', 'Split')
                                when 'Cancelled' then coalesce(m.resolution, '') not in ('Refund', 'Split')
                                when 'Expired' then coalesce(m.resolution, '') <> 'Refund'
                                else m.resolution is not null
                            end))
             order by 1
             limit @Most
            """,
            new { scope.Orders, scope.Most });

    /// <summary>An order is disputed exactly while its dispute is open, and a dispute's versions are its steps.</summary>
    public static Task<IEnumerable<Guid>> WrongDisputes(Tx tx, VerifyScope scope) =>
        tx.Query<Guid>(
            """
            select coalesce(o.id, d.order_id)
              from (select x.id
                      from orders x
                     where x.status = 'Disputed'
                       and (cast(@Orders as uuid[]) is null or x.id = any(@Orders))) o
              full join (select x.id, x.order_id, x.version, x.deadline from disputes x
                          where cast(@Orders as uuid[]) is null or x.order_id = any(@Orders)) d on d.order_id = o.id
              left join lateral (select count(*) as steps from dispute_steps s where s.dispute_id = d.id) c on true
             where (o.id is not null) <> coalesce(d.deadline is not null, false)
                or (d.id is not null and c.steps <> d.version)
             order by 1
             limit @Most
            """,
            new { scope.Orders, scope.Most });

    public static Task<IEnumerable<Guid>> WrongDeposits(Tx tx, VerifyScope scope) =>
        tx.Query<Guid>(
            """
            select coalesce(t.id, d.transfer_id)
              from (select x.id
                      from transfers x
                     where x.kind = 'Deposit'
                       and (cast(@Transfers as uuid[]) is null or x.id = any(@Transfers))) t
              full join (select x.transfer_id, x.amount, x.user_id, x.asset
                           from deposits x
                          where cast(@Transfers as uuid[]) is null or x.transfer_id = any(@Transfers)) d on d.transfer_id = t.id
              left join (select e.transfer_id, e.amount, a.user_id, a.asset
                           from entries e
                           join accounts a on a.id = e.account_id and a.kind = 'Available'
                          where cast(@Transfers as uuid[]) is null or e.transfer_id = any(@Transfers)) c on c.transfer_id = t.id
             where (c.amount = d.amount and c.user_id = d.user_id and c.asset = d.asset) is not true
             order by 1
             limit @Most
            """,
            new { scope.Transfers, scope.Most });

    public static Task<IEnumerable<Guid>> WrongWithdrawals(Tx tx, VerifyScope scope) =>
        tx.Query<Guid>(
            """
            select coalesce(w.id, a.id)
              from (select x.id, x.user_id, x.asset, x.amount, x.status
                      from withdrawals x
                     where cast(@Accounts as uuid[]) is null or x.id = any(@Accounts)) w
              full join (select c.id, c.user_id, c.asset, c.balance, c.seq from accounts c
                          where c.kind = 'Withdrawal'
                            and (cast(@Accounts as uuid[]) is null or c.id = any(@Accounts))) a on a.id = w.id
             where (a.user_id = w.user_id
                    and a.asset = w.asset
                    and a.balance = case w.status when 'Requested' then w.amount else 0 end
                    and a.seq = case w.status when 'Requested' then 1 else 2 end) is not true
             order by 1
             limit @Most
            """,
            new { scope.Accounts, scope.Most });

    public static IAsyncEnumerable<OrderHistoryRow> OrderHistory(Tx tx, VerifyScope scope) =>
        scope.Orders is { } orders ? PartialSql.OrderHistory(tx, orders) : AllOrderHistory(tx);

    private static IAsyncEnumerable<OrderHistoryRow> AllOrderHistory(Tx tx) => Rows<OrderHistoryRow>(
        tx,
        """
        select coalesce(o.id, h.order_id) as order_id, o.status as order_status, o.version as order_version, o.history_head,
               h.version, h.from_status, h.to_status, h.action, h.by, h.actor_id,
               case h.by when 'Buyer' then o.buyer_id when 'Seller' then o.seller_id when 'Staff' then d.ruler_id else 0 end as id_of_actor,
               h.at, h.hash
          from orders o
          full join order_history h on h.order_id = o.id
          left join disputes d on d.order_id = h.order_id
         order by 1, h.version
        """);

    /// <summary>An order whose clock runs and whose deadline passed longer ago than its timer may take; a stopped clock has no
    /// deadline.</summary>
    public static Task<Guid?> ForgottenDeadline(Tx tx, TimeSpan grace) =>
        tx.Scalar<Guid?>(
            """
            select x.id
              from (select o.id from orders o where o.deadline < clock_timestamp() - @grace and not o.overdue
                    union all
                    select d.order_id from disputes d where d.deadline < clock_timestamp() - @grace) x
             order by x.id
             limit 1
            """,
            new { grace });

    /// <summary>Rows of the audit log after one.</summary>
    public static IAsyncEnumerable<AuditRow> AuditLog(Tx tx, long after, int rowsMax) => Rows<AuditRow>(
        tx,
        """
        select l.seq, l.at, l.actor, l.action, l.target, l.before, l.after, l.reason, l.ip, l.version, l.hash
          from audit_log l
         where l.seq > $1
         order by l.seq
         limit $2
        """,
        after,
        rowsMax);

    public static Task<AuditRow?> AuditRow(Tx tx, long seq) =>
        tx.One<AuditRow>(
            """
            select l.seq, l.at, l.actor, l.action, l.target, l.before, l.after, l.reason, l.ip, l.version, l.hash
              from audit_log l
             where l.seq = @seq
            """,
            new { seq });

    internal static async IAsyncEnumerable<T> Rows<T>(Tx tx, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, tx.Connection, tx.Transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(tx.Cancellation);
        var parse = ((DbDataReader)reader).GetRowParser<T>();
        while (await reader.ReadAsync(tx.Cancellation))
        {
            yield return parse(reader);
        }
    }
}
