using System.Data.Common;
using Dapper;
using Npgsql;
using P2P.Server.Deals.Ledger;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Engine;

/// <summary>
/// The engine's statements: one script that locks and reads in the global order, one that writes. Locking reads have the form
/// <c>key = any($1 || array(select ...))</c>, never a join: after a lock wait a join loses rows.
/// </summary>
public static class EngineSql
{
    public const string DiscardPlans = "discard plans";
    public const string Begin = "begin isolation level read committed";
    public const string Commit = "commit";

    private const string OrderColumns =
        """
        o.id, o.kind, o.offer_id, o.buyer_id, o.seller_id, o.maker, o.asset, o.held, o.fee, o.taken, o.status, o.version, o.duty, o.deadline,
        o.overdue, o.cancel_requested_by, o.history_head, o.created_at, o.updated_at
        """;

    /// <summary>The switches that are paused, held as they are until the commit.</summary>
    public static void LoadSwitches(Script script, Action<string, string, DateTimeOffset> take) => script.Read(
        "select h.name, h.reason, h.set_at from switches_hold() h",
        row => take(row.GetString(0), row.GetString(1), new DateTimeOffset(row.GetDateTime(2))));

    public static void LoadOrders(Script script, ICollection<Guid> orders, Action<Order> take) => script.Read(
        $"""
        select {OrderColumns}
          from orders o
         where o.id = any($1)
         order by o.id
           for no key update
        """,
        Each(take),
        Script.Of(orders));

    /// <summary>Offers by id, and those that orders go back to.</summary>
    public static void LoadOffers(Script script, ICollection<Guid> offers, ICollection<Guid> refundedOrders, Action<Offer> take) => script.Read(
        """
        select f.id, f.kind, f.owner_id, f.owner_gives, f.unit, f.total, f.remaining, f.open, f.version
          from offers f
         where f.id = any($1 || array(select o.offer_id from orders o where o.id = any($2)))
         order by f.id
           for no key update
        """,
        Each(take),
        Script.Of(offers),
        Script.Of(refundedOrders));

    /// <summary>Standings of users, of the owners of offers and of the parties of orders.</summary>
    public static void LoadStandings(
        Script script, ICollection<long> users, ICollection<Guid> offers, ICollection<Guid> orders, Action<Standing> take) => script.Read(
        """
        select s.user_id, s.suspended, s.open_as_taker, s.unpaid_as_taker, s.completed, s.cancelled, s.last_lapse_at, s.lapse_before_at,
               s.cooling_down_until, s.cool_downs, s.cool_down_at, s.first_trade_at, s.open_goods, cast(s.day_volume as text) as day_volume
          from standings s
         where s.user_id = any($1 || array(select f.owner_id from offers f where f.id = any($2))
                                  || array(select unnest(array[o.buyer_id, o.seller_id]) from orders o where o.id = any($3)))
         order by s.user_id
           for no key update
        """,
        Each(take),
        Script.Of(users),
        Script.Of(offers),
        Script.Of(orders));

    /// <summary>
    /// Accounts by id; the sellers' of ads that are taken; of whoever is paid (and the node's fee slot) by orders that may be released; of whoever paid
    /// for orders that may be refunded, or pays for those that are to be paid.
    /// </summary>
    /// <remarks>Selects in place of joins: a join may be turned round, and a plan made while the table was small then reads all accounts.</remarks>
    public static void LoadAccounts(Script script, ICollection<Guid> accounts, BatchKeys keys, short slot, Action<Account> take) => script.Read(
        """
        select a.id, a.kind, a.user_id, a.asset, a.slot, a.balance, a.seq, a.head
          from ledger_lock($1
            || array(select (select (select a.id
                                       from accounts a
                                      where a.kind = 'Available'
                                        and a.user_id = case when f.owner_gives then f.owner_id else p.taker end
                                        and a.asset = f.unit)
                               from offers f
                              where f.id = p.offer)
                       from unnest($2, $3) p(taker, offer))
            || array(select (select a.id
                               from accounts a
                              where a.kind = 'Available'
                                and a.user_id = case o.kind when 'Goods' then o.seller_id else o.buyer_id end
                                and a.asset = o.asset)
                       from orders o
                      where o.id = any($4))
            || array(select (select a.id from accounts a where a.kind = 'Fees' and a.asset = o.asset and a.slot = $6)
                       from orders o
                      where o.id = any($4) and o.fee > 0)
            || array(select (select a.id
                               from accounts a
                              where a.kind = 'Available'
                                and a.user_id = case o.kind when 'Goods' then o.buyer_id else o.seller_id end
                                and a.asset = o.asset)
                       from orders o
                      where o.id = any($5))) a
        """,
        Each(take),
        Script.Of(accounts),
        Script.Of(keys.PlaceTakers),
        Script.Of(keys.PlaceOffers),
        Script.Of(keys.Releasing),
        Script.Of([.. keys.Refunding, .. keys.Paying]),
        Script.Of(slot));

    public static void LoadWithdrawals(Script script, ICollection<Guid> withdrawals, Action<WithdrawalRow> take) => script.Read(
        """
        select w.id, w.user_id, w.asset, w.amount, w.destination, w.status, w.external_ref
          from withdrawals w
         where w.id = any($1)
         order by w.id
           for no key update
        """,
        Each(take),
        Script.Of(withdrawals));

    public static void LoadDeposits(Script script, ICollection<string> references, Action<DepositRow> take) => script.Read(
        """
        select d.external_ref, d.user_id, d.asset, d.amount
          from deposits d
         where d.external_ref = any($1)
        """,
        Each(take),
        Script.Of(references));

    /// <summary>
    /// Stored answers and the clock, last of all: both after every lock, so that a command of the same id on another node is seen and no deadline is
    /// judged by a time from before the wait.
    /// </summary>
    public static void LoadRequests(
        Script script, IReadOnlyCollection<(long User, Guid Request)> ids, Action<long, Guid, StoredReply> take, Action<DateTimeOffset> now) => script.Read(
        """
        select clock_timestamp(), r.user_id, r.request_id, r.body_hash, r.code, r.reply
          from unnest($1, $2) x(usr, req)
          left join lateral (select q.user_id, q.request_id, q.body_hash, q.code, q.reply
                               from requests q
                              where q.user_id = x.usr and q.request_id = x.req
                             offset 0) r on true
        """,
        row =>
        {
            now(new DateTimeOffset(row.GetDateTime(0)));
            if (!row.IsDBNull(1))
            {
                take(
                    row.GetInt64(1),
                    row.GetGuid(2),
                    new StoredReply
                    {
                        BodyHash = row.GetFieldValue<byte[]>(3),
                        Code = row.IsDBNull(4) ? null : row.GetString(4),
                        Reply = row.IsDBNull(5) ? null : row.GetString(5),
                    });
            }
        },
        Script.Of([.. ids.Select(id => id.User)]),
        Script.Of([.. ids.Select(id => id.Request)]));

    public static void InsertOrders(Script script, IReadOnlyCollection<Order> orders)
    {
        if (orders.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into orders (id, kind, offer_id, buyer_id, seller_id, maker, asset, held, fee, taken, status, version, duty, deadline,
                                overdue, cancel_requested_by, history_head, created_at, updated_at)
            select x.id, x.kind, x.offer_id, x.buyer_id, x.seller_id, x.maker, x.asset, x.held, x.fee, x.taken, x.status, x.version, x.duty,
                   x.deadline, x.overdue, x.cancel_requested_by, x.history_head, x.created_at, x.updated_at
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                   x(id, kind, offer_id, buyer_id, seller_id, maker, asset, held, fee, taken, status, version, duty, deadline,
                     overdue, cancel_requested_by, history_head, created_at, updated_at)
            """,
            Script.Of([.. orders.Select(o => o.Id)]),
            Script.Of([.. orders.Select(o => o.Kind.ToString())]),
            Script.Of([.. orders.Select(o => o.OfferId)]),
            Script.Of([.. orders.Select(o => o.BuyerId)]),
            Script.Of([.. orders.Select(o => o.SellerId)]),
            Script.Of([.. orders.Select(o => o.Maker.ToString())]),
            Script.Of([.. orders.Select(o => o.Asset)]),
            Script.Of([.. orders.Select(o => o.Held)]),
            Script.Of([.. orders.Select(o => o.Fee)]),
            Script.Of([.. orders.Select(o => o.Taken)]),
            Script.Of([.. orders.Select(o => o.Status.ToString())]),
            Script.Of([.. orders.Select(o => o.Version)]),
            Script.Of([.. orders.Select(o => o.Duty.ToString())]),
            Script.Of([.. orders.Select(o => o.Deadline?.UtcDateTime)]),
            Script.Of([.. orders.Select(o => o.Overdue)]),
            Script.OfTexts([.. orders.Select(o => o.CancelRequestedBy?.ToString())]),
            Script.Of([.. orders.Select(o => o.HistoryHead)]),
            Script.Of([.. orders.Select(o => o.CreatedAt.UtcDateTime)]),
            Script.Of([.. orders.Select(o => o.UpdatedAt.UtcDateTime)]));
    }

    /// <summary>The status is written where the order still has the version that was locked; a row too few is a broken lock.</summary>
    public static void UpdateOrders(Script script, IReadOnlyCollection<Order> orders)
    {
        if (orders.Count == 0)
        {
            return;
        }

        script.Read(
            """
            with changed as (
                update orders o
                   set status = x.status, version = x.version, duty = x.duty, deadline = x.deadline, overdue = x.overdue,
                       cancel_requested_by = x.cancel_requested_by, history_head = x.history_head, updated_at = x.updated_at
                  from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
                       x(id, status, version, duty, deadline, overdue, cancel_requested_by, history_head, updated_at)
                 where o.id = x.id
                   and o.version < x.version
                   and o.is_open
             returning 1
            )
            select expect_rows((select count(*) from changed), cardinality($1))
            """,
            _ => { },
            Script.Of([.. orders.Select(o => o.Id)]),
            Script.Of([.. orders.Select(o => o.Status.ToString())]),
            Script.Of([.. orders.Select(o => o.Version)]),
            Script.Of([.. orders.Select(o => o.Duty.ToString())]),
            Script.Of([.. orders.Select(o => o.Deadline?.UtcDateTime)]),
            Script.Of([.. orders.Select(o => o.Overdue)]),
            Script.OfTexts([.. orders.Select(o => o.CancelRequestedBy?.ToString())]),
            Script.Of([.. orders.Select(o => o.HistoryHead)]),
            Script.Of([.. orders.Select(o => o.UpdatedAt.UtcDateTime)]));
    }

    public static void UpdateOffers(Script script, IReadOnlyCollection<Offer> offers, DateTimeOffset at)
    {
        if (offers.Count == 0)
        {
            return;
        }

        script.Add(
            """
            update offers f
               set total = x.total, remaining = x.remaining, version = x.version, changed_at = $5
              from unnest($1, $2, $3, $4) x(id, total, remaining, version)
             where f.id = x.id
            """,
            Script.Of([.. offers.Select(f => f.Id)]),
            Script.Of([.. offers.Select(f => f.Total)]),
            Script.Of([.. offers.Select(f => f.Remaining)]),
            Script.Of([.. offers.Select(f => f.Version)]),
            Script.Of(at));
    }

    public static void UpdateStandings(Script script, IReadOnlyCollection<Standing> standings)
    {
        if (standings.Count == 0)
        {
            return;
        }

        script.Add(
            """
            update standings s
               set suspended = x.suspended, open_as_taker = x.open_as_taker, unpaid_as_taker = x.unpaid_as_taker, completed = x.completed,
                   cancelled = x.cancelled, last_lapse_at = x.last_lapse_at, lapse_before_at = x.lapse_before_at,
                   cooling_down_until = x.cooling_down_until, cool_downs = x.cool_downs, cool_down_at = x.cool_down_at,
                   first_trade_at = x.first_trade_at, day_volume = cast(x.day_volume as jsonb), open_goods = x.open_goods
              from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                   x(user_id, suspended, open_as_taker, unpaid_as_taker, completed, cancelled, last_lapse_at, lapse_before_at,
                     cooling_down_until, cool_downs, cool_down_at, first_trade_at, day_volume, open_goods)
             where s.user_id = x.user_id
            """,
            Script.Of([.. standings.Select(s => s.UserId)]),
            Script.Of([.. standings.Select(s => s.Suspended)]),
            Script.Of([.. standings.Select(s => s.OpenAsTaker)]),
            Script.Of([.. standings.Select(s => s.UnpaidAsTaker)]),
            Script.Of([.. standings.Select(s => s.Completed)]),
            Script.Of([.. standings.Select(s => s.Cancelled)]),
            Script.Of([.. standings.Select(s => s.LastLapseAt?.UtcDateTime)]),
            Script.Of([.. standings.Select(s => s.LapseBeforeAt?.UtcDateTime)]),
            Script.Of([.. standings.Select(s => s.CoolingDownUntil?.UtcDateTime)]),
            Script.Of([.. standings.Select(s => s.CoolDowns)]),
            Script.Of([.. standings.Select(s => s.CoolDownAt?.UtcDateTime)]),
            Script.Of([.. standings.Select(s => s.FirstTradeAt?.UtcDateTime)]),
            Script.OfTexts([.. standings.Select(s => s.DayVolume)]),
            Script.Of([.. standings.Select(s => s.OpenGoods)]));
    }

    public static void AppendHistory(Script script, IReadOnlyCollection<HistoryRow> rows, DateTimeOffset at)
    {
        if (rows.Count == 0)
        {
            return;
        }

        script.Read(
            "select history_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            _ => { },
            Script.Of([.. rows.Select(r => r.OrderId)]),
            Script.Of([.. rows.Select(r => r.Version)]),
            Script.OfTexts([.. rows.Select(r => r.From?.ToString())]),
            Script.Of([.. rows.Select(r => r.To.ToString())]),
            Script.Of([.. rows.Select(r => r.Action.ToString())]),
            Script.Of([.. rows.Select(r => r.By.ToString())]),
            Script.Of([.. rows.Select(r => r.ActorId)]),
            Script.Of([.. rows.Select(r => r.Previous)]),
            Script.Of([.. rows.Select(r => r.Hash)]),
            Script.Of(at));
    }

    public static void InsertDeposits(Script script, IReadOnlyCollection<DepositRow> rows, DateTimeOffset at)
    {
        if (rows.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into deposits (external_ref, user_id, asset, amount, transfer_id, at)
            select x.external_ref, x.user_id, x.asset, x.amount, x.transfer_id, $6
              from unnest($1, $2, $3, $4, $5) x(external_ref, user_id, asset, amount, transfer_id)
            """,
            Script.Of([.. rows.Select(r => r.ExternalRef)]),
            Script.Of([.. rows.Select(r => r.UserId)]),
            Script.Of([.. rows.Select(r => r.Asset)]),
            Script.Of([.. rows.Select(r => r.Amount)]),
            Script.Of([.. rows.Select(r => r.TransferId)]),
            Script.Of(at));
    }

    /// <summary>New withdrawals, and the ends of those that there are.</summary>
    public static void SaveWithdrawals(Script script, IReadOnlyCollection<WithdrawalRow> rows, DateTimeOffset at)
    {
        if (rows.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into withdrawals as w (id, user_id, asset, amount, destination, status, external_ref, created_at)
            select x.id, x.user_id, x.asset, x.amount, x.destination, x.status, x.external_ref, $8
              from unnest($1, $2, $3, $4, $5, $6, $7) x(id, user_id, asset, amount, destination, status, external_ref)
                on conflict (id) do update
               set status = excluded.status, external_ref = excluded.external_ref, ended_at = $8
             where w.status = 'Requested'
            """,
            Script.Of([.. rows.Select(r => r.Id)]),
            Script.Of([.. rows.Select(r => r.UserId)]),
            Script.Of([.. rows.Select(r => r.Asset)]),
            Script.Of([.. rows.Select(r => r.Amount)]),
            Script.Of([.. rows.Select(r => r.Destination)]),
            Script.Of([.. rows.Select(r => r.Status.ToString())]),
            Script.OfTexts([.. rows.Select(r => r.ExternalRef)]),
            Script.Of(at));
    }

    public static void InsertRequests(Script script, IReadOnlyCollection<(EngineCommand Command, StoredReply Reply)> rows, DateTimeOffset at)
    {
        if (rows.Count == 0)
        {
            return;
        }

        script.Add(
            """
            insert into requests (user_id, request_id, body_hash, code, reply, at)
            select x.user_id, x.request_id, x.body_hash, x.code, x.reply, $6
              from unnest($1, $2, $3, $4, $5) x(user_id, request_id, body_hash, code, reply)
            """,
            Script.Of([.. rows.Select(r => r.Command.UserId)]),
            Script.Of([.. rows.Select(r => r.Command.RequestId)]),
            Script.Of([.. rows.Select(r => r.Reply.BodyHash)]),
            Script.OfTexts([.. rows.Select(r => r.Reply.Code)]),
            Script.OfTexts([.. rows.Select(r => r.Reply.Reply)]),
            Script.Of(at));
    }

    /// <summary>Reads rows by Dapper's generated parser.</summary>
    public static Action<NpgsqlDataReader> Each<T>(Action<T> take)
    {
        Func<DbDataReader, T>? parse = null;
        return row => take((parse ??= ((DbDataReader)row).GetRowParser<T>())(row));
    }
}
