using P2P.Db;

namespace P2P.Server.Deals.Ledger.Verify;

/// <summary>What changed lately, and what comes next when everything is gone through slowly. Every statement has a bound.</summary>
internal static class PartialSql
{
    /// <summary>Accounts, transfers, orders and streams that changed after a time.</summary>
    public static async Task<ChangedChains> Changed(Tx tx, DateTimeOffset since, int rowsMax) => new(
        (await tx.Query<ChangedEntry>(
            """
            select distinct e.account_id, e.transfer_id, t.order_id
              from entries e
              left join transfers t on t.id = e.transfer_id
             where e.at > @since
             limit @rowsMax
            """,
            new { since, rowsMax })).ToList(),
        (await tx.Query<Guid>(
            """
            select distinct h.order_id
              from order_history h
             where h.at > @since
             limit @rowsMax
            """,
            new { since, rowsMax })).ToList(),
        (await tx.Query<StreamKey>(
            """
            select distinct e.user_id, e.audience
              from events e
             where e.at > @since
             limit @rowsMax
            """,
            new { since, rowsMax })).ToList());

    public static async Task<IReadOnlyList<Guid>> NextAccounts(Tx tx, Guid after, int rowsMax) =>
    [
        .. await tx.Query<Guid>(
            """
            select a.id
              from accounts a
             where a.id > @after
             order by a.id
             limit @rowsMax
            """,
            new { after, rowsMax }),
    ];

    public static async Task<IReadOnlyList<Guid>> NextOrders(Tx tx, Guid after, int rowsMax) =>
    [
        .. await tx.Query<Guid>(
            """
            select o.id
              from orders o
             where o.id > @after
             order by o.id
             limit @rowsMax
            """,
            new { after, rowsMax }),
    ];

    public static async Task<IReadOnlyList<Guid>> NextTransfers(Tx tx, Guid after, int rowsMax) =>
    [
        .. await tx.Query<Guid>(
            """
            select t.id
              from transfers t
             where t.id > @after
             order by t.id
             limit @rowsMax
            """,
            new { after, rowsMax }),
    ];

    public static async Task<IReadOnlyList<StreamKey>> NextStreams(Tx tx, StreamKey after, int rowsMax) =>
    [
        .. await tx.Query<StreamKey>(
            """
            select s.user_id, s.audience
              from streams s
             where (s.user_id, s.audience) > (@UserId, @Audience)
             order by s.user_id, s.audience
             limit @rowsMax
            """,
            new { after.UserId, after.Audience, rowsMax }),
    ];

    /// <summary>The transfers of orders.</summary>
    public static async Task<IReadOnlyList<Guid>> TransfersOf(Tx tx, Guid[] orders) =>
    [
        .. await tx.Query<Guid>(
            """
            select t.id
              from transfers t
             where t.order_id = any(@orders)
               and t.kind = 'Hold'
             union all
            select t.id
              from transfers t
             where t.order_id = any(@orders)
               and t.kind in ('Release', 'Refund', 'Split')
            """,
            new { orders }),
    ];

    /// <summary>Assets whose accounts do not sum to zero.</summary>
    public static Task<IEnumerable<AssetSum>> UnbalancedAssets(Tx tx) =>
        tx.Query<AssetSum>(
            """
            select a.asset, sum(a.balance) as amount
              from accounts a
             group by a.asset
            having sum(a.balance) <> 0
             order by a.asset
            """);

    /// <summary>Streams that are not dense, or whose last event is not the one that they say.</summary>
    public static Task<IEnumerable<LooseStream>> LooseStreams(Tx tx, long[] users, string[] audiences, int most) =>
        tx.Query<LooseStream>(
            """
            select k.user_id, k.audience, s.last_seq, c.events
              from unnest(@users, @audiences) k(user_id, audience)
              left join streams s on s.user_id = k.user_id and s.audience = k.audience
             cross join lateral (select count(*) as events, count(distinct e.seq) as numbers, min(e.seq) as least, max(e.seq) as greatest
                                   from events e
                                  where e.user_id = k.user_id and e.audience = k.audience) c
             where s.user_id is null
                or c.events <> s.last_seq - s.first_seq + 1
                or c.numbers <> c.events
                or (c.events > 0 and (c.least <> s.first_seq or c.greatest <> s.last_seq))
             order by k.user_id, k.audience
             limit @most
            """,
            new { users, audiences, most });

    /// <summary>Named accounts with their newest entries; what lies before those is a sum and a hash.</summary>
    public static IAsyncEnumerable<AccountEntryRow> AccountEntries(Tx tx, Guid[] accounts, int entriesMax) => VerifySql.Rows<AccountEntryRow>(
        tx,
        """
        select i.id as account_id, a.kind as account_kind, a.user_id, a.order_id as account_order_id,
               a.asset as account_asset, a.slot, a.balance, a.seq as account_seq, a.head,
               e.seq, e.transfer_id, e.asset, e.amount, e.hash, e.at,
               t.kind as transfer_kind, t.order_id as transfer_order_id, t.at as transfer_at,
               p.hash as previous, p.seq as before_seq, b.amount as before_balance
          from unnest($1) i(id)
          left join accounts a on a.id = i.id
          left join entries p on p.account_id = i.id and p.seq = a.seq - $2
          left join lateral (select sum(x.amount) as amount
                               from entries x
                              where x.account_id = i.id and x.seq <= a.seq - $2) b on a.seq > $2
          left join entries e on e.account_id = i.id and e.seq > coalesce(p.seq, 0)
          left join transfers t on t.id = e.transfer_id
         where a.id is not null
            or e.account_id is not null
         order by i.id, e.seq
        """,
        accounts,
        (long)entriesMax);

    /// <summary>Named orders with their history.</summary>
    public static IAsyncEnumerable<OrderHistoryRow> OrderHistory(Tx tx, Guid[] orders) => VerifySql.Rows<OrderHistoryRow>(
        tx,
        """
        select i.id as order_id, o.status as order_status, o.version as order_version, o.history_head,
               h.version, h.from_status, h.to_status, h.action, h.by, h.actor_id,
               case h.by when 'Buyer' then o.buyer_id when 'Seller' then o.seller_id when 'Staff' then d.ruler_id else 0 end as id_of_actor,
               h.at, h.hash
          from unnest($1) i(id)
          left join orders o on o.id = i.id
          left join order_history h on h.order_id = i.id
          left join disputes d on d.order_id = i.id
         where o.id is not null
            or h.order_id is not null
         order by i.id, h.version
        """,
        orders);
}

/// <summary>What changed after some time.</summary>
internal sealed record ChangedChains(IReadOnlyList<ChangedEntry> Entries, IReadOnlyList<Guid> Orders, IReadOnlyList<StreamKey> Streams);

/// <summary>An entry that is new, by what it belongs to.</summary>
internal sealed record ChangedEntry
{
    public required Guid AccountId { get; init; }

    public required Guid TransferId { get; init; }

    public Guid? OrderId { get; init; }
}

/// <summary>Which stream.</summary>
public sealed record StreamKey
{
    public required long UserId { get; init; }

    public required string Audience { get; init; }
}

/// <summary>An asset's accounts together.</summary>
internal sealed record AssetSum
{
    public required string Asset { get; init; }

    public required decimal Amount { get; init; }
}

/// <summary>A stream that is not dense.</summary>
internal sealed record LooseStream
{
    public required long UserId { get; init; }

    public required string Audience { get; init; }

    public long? LastSeq { get; init; }

    public required long Events { get; init; }
}
