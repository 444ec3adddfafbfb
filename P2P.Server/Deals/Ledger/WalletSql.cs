using P2P.Contracts.Deals;
using P2P.Db;

namespace P2P.Server.Deals.Ledger;

/// <summary>What the ledger counts.</summary>
public sealed record AssetRow
{
    public required string Code { get; init; }

    public required short Scale { get; init; }

    public required decimal FaucetMax { get; init; }

    /// <summary>Whether anything is credited.</summary>
    public bool TakesDeposits { get; init; } = true;
}

/// <summary>A balance and whose it is.</summary>
public sealed record BalanceRow
{
    public required long UserId { get; init; }

    public required string Asset { get; init; }

    public required decimal Available { get; init; }

    public required decimal InEscrow { get; init; }

    public required decimal InWithdrawal { get; init; }
}

/// <summary>An entry of a user's available balance.</summary>
public sealed record EntryRow
{
    public required long Seq { get; init; }

    public required Guid TransferId { get; init; }

    public required TransferKind Kind { get; init; }

    public Guid? OrderId { get; init; }

    public required decimal Amount { get; init; }

    public required DateTimeOffset At { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>A withdrawal as its lists show it.</summary>
public sealed record ListedWithdrawal
{
    public required Guid Id { get; init; }

    public required long UserId { get; init; }

    public required string Asset { get; init; }

    public required decimal Amount { get; init; }

    public required string Destination { get; init; }

    public required WithdrawalStatus Status { get; init; }

    public string? ExternalRef { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Reads of the wallet; whatever changes money is the engine's.</summary>
public static class WalletSql
{
    public static Task<AssetRow?> Asset(Tx tx, string code) =>
        tx.One<AssetRow>(
            """
            select a.code, a.scale, a.faucet_max, a.takes_deposits
              from assets a
             where a.code = @code
            """,
            new { code });

    /// <summary>A row for every asset and user, by code.</summary>
    public static Task<IEnumerable<BalanceRow>> Balances(Tx tx, IReadOnlyList<long> userIds) =>
        tx.Query<BalanceRow>(
            """
            select u.user_id, s.code as asset, coalesce(a.balance, 0) as available, coalesce(e.held, 0) as in_escrow,
                   coalesce(w.balance, 0) as in_withdrawal
              from unnest(@userIds) u(user_id)
             cross join assets s
              left join accounts a on a.kind = 'Available' and a.user_id = u.user_id and a.asset = s.code
              left join (select h.user_id, h.asset, sum(h.held) as held
                           from (select o.seller_id as user_id, o.asset, o.held
                                   from orders o
                                  where o.seller_id = any(@userIds)
                                    and o.is_open
                                    and o.kind = 'Crypto'
                                 union all
                                 select o.buyer_id, o.asset, o.held
                                   from orders o
                                  where o.buyer_id = any(@userIds)
                                    and o.is_open
                                    and o.kind = 'Goods'
                                    and o.status in ('Paid', 'Fulfilled', 'Disputed')) h
                          group by h.user_id, h.asset) e on e.user_id = u.user_id and e.asset = s.code
              left join (select x.user_id, x.asset, sum(x.balance) as balance
                           from accounts x
                          where x.kind = 'Withdrawal'
                            and x.balance > 0
                            and x.user_id = any(@userIds)
                          group by x.user_id, x.asset) w on w.user_id = u.user_id and w.asset = s.code
             order by u.user_id, s.code
            """,
            new { userIds });

    /// <summary>Entries of one account before a number, newest first.</summary>
    public static Task<IEnumerable<EntryRow>> Entries(Tx tx, Guid accountId, long? before, int rowsMax) =>
        tx.Query<EntryRow>(
            """
            select e.seq, e.transfer_id, t.kind, t.order_id, e.amount, e.at, e.hash
              from entries e
              join transfers t on t.id = e.transfer_id
             where e.account_id = @accountId
               and e.seq < coalesce(@before, 9223372036854775807)
             order by e.seq desc
             limit @rowsMax
            """,
            new { accountId, before, rowsMax });

    /// <summary>A user's withdrawals before an id, newest first.</summary>
    public static Task<IEnumerable<ListedWithdrawal>> OfUser(Tx tx, long userId, Guid? before, int rowsMax) =>
        tx.Query<ListedWithdrawal>(
            """
            select w.id, w.user_id, w.asset, w.amount, w.destination, w.status, w.external_ref, w.created_at
              from withdrawals w
             where w.user_id = @userId
               and w.id < coalesce(@before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
             order by w.id desc
             limit @rowsMax
            """,
            new { userId, before, rowsMax });

    /// <summary>Withdrawals that wait for the wallet service, oldest first.</summary>
    public static Task<IEnumerable<ListedWithdrawal>> Waiting(Tx tx, Guid? after, int rowsMax) =>
        tx.Query<ListedWithdrawal>(
            """
            select w.id, w.user_id, w.asset, w.amount, w.destination, w.status, w.external_ref, w.created_at
              from withdrawals w
             where w.status = 'Requested'
               and w.id > coalesce(@after, '00000000-0000-0000-0000-000000000000')
             order by w.id
             limit @rowsMax
            """,
            new { after, rowsMax });

    public static Task<ListedWithdrawal?> Withdrawal(Tx tx, Guid id) =>
        tx.One<ListedWithdrawal>(
            """
            select w.id, w.user_id, w.asset, w.amount, w.destination, w.status, w.external_ref, w.created_at
              from withdrawals w
             where w.id = @id
            """,
            new { id });

    /// <summary>Whether something was credited by this reference.</summary>
    public static Task<bool> IsCredited(Tx tx, string externalRef) =>
        tx.Scalar<bool>("select exists (select 1 from deposits d where d.external_ref = @externalRef)", new { externalRef });

    /// <summary>The user of this id or of this subject; user 0 is the server and has no wallet.</summary>
    public static Task<long?> FindUser(Tx tx, long? id, string? sub) =>
        tx.Scalar<long?>(
            """
            select u.id
              from users u
             where (u.id = @id or u.sub = @sub)
               and u.id <> 0
            """,
            new { id, sub });
}
