using Dapper;
using Npgsql;

namespace P2P.Benchmarks.Orders;

/// <summary>What one command reads, locks and writes, a statement at a time; the functions in <c>Sql/</c> have the same statements.</summary>
internal static class TransactionSql
{
    public static Task<OrderRow?> LockOrder(NpgsqlConnection connection, Guid order) => connection.QuerySingleOrDefaultAsync<OrderRow>(
        """
        select id, offer_id as OfferId, buyer_id as BuyerId, seller_id as SellerId, maker, asset, held, fee, status, version, deadline,
               history_head as HistoryHead
          from orders
         where id = @order
           for no key update
        """,
        new { order });

    public static Task<OfferRow?> LockOffer(NpgsqlConnection connection, Guid offer) => connection.QuerySingleOrDefaultAsync<OfferRow>(
        """
        select id, owner_id as OwnerId, owner_gives as OwnerGives, unit, remaining, open
          from offers
         where id = @offer
           for no key update
        """,
        new { offer });

    /// <summary>Both parties', in the order of the locks.</summary>
    public static async Task<IReadOnlyDictionary<long, StandingRow>> LockStandings(NpgsqlConnection connection, long[] users) =>
        (await connection.QueryAsync<StandingRow>(
            """
            select user_id as UserId, suspended, cooling_down_until as CoolingDownUntil, open_as_taker as OpenAsTaker,
                   unpaid_as_taker as UnpaidAsTaker, completed, cancelled
              from standings
             where user_id = any(@users)
             order by user_id
               for no key update
            """,
            new { users })).ToDictionary(row => row.UserId);

    public static Task<AdRow> Ad(NpgsqlConnection connection, Guid ad) => connection.QuerySingleAsync<AdRow>(
        """
        select a.side, a.fiat, a.price_fixed as PriceFixed, a.amount_min as AmountMin, a.amount_max as AmountMax,
               a.payment_method_ids as PaymentMethodIds, a.payment_window_minutes as PaymentWindowMinutes, a.terms, a.auto_reply as AutoReply,
               a.closed_at as ClosedAt, s.scale as AssetScale, c.scale as FiatScale
          from ads a
          join assets s on s.code = a.asset
          join currencies c on c.code = a.fiat
         where a.id = @ad
        """,
        new { ad });

    public static Task<Guid?> PaymentAccount(NpgsqlConnection connection, long user, long method) =>
        connection.QuerySingleOrDefaultAsync<Guid?>(
            """
            select id
              from payment_accounts
             where user_id = @user
               and payment_method_id = @method
               and deleted_at is null
             order by created_at, id
             limit 1
            """,
            new { user, method });

    public static Task<CryptoRow> Crypto(NpgsqlConnection connection, Guid order) => connection.QuerySingleAsync<CryptoRow>(
        """
        select crypto_amount as CryptoAmount, fiat, fiat_amount as FiatAmount, price, payment_deadline as PaymentDeadline
          from crypto_orders
         where order_id = @order
        """,
        new { order });

    /// <summary>An order's escrow and a user's available balance, in the order of the locks; either may be missing.</summary>
    public static async Task<IReadOnlyDictionary<Guid, AccountRow>> LockAccounts(
        NpgsqlConnection connection, Guid? escrow, long user, string asset) =>
        (await connection.QueryAsync<AccountRow>(
            """
            select id, user_id as UserId, balance, seq, head
              from accounts
             where id = any(@escrows || array(select y.id from accounts y where y.user_id = @user and y.asset = @asset and y.kind = 'Available'))
             order by id
               for no key update
            """,
            new { escrows = escrow is { } id ? new[] { id } : [], user, asset })).ToDictionary(row => row.Id);

    public static Task<string?> Stored(NpgsqlConnection connection, long user, Guid request) => connection.QuerySingleOrDefaultAsync<string>(
        "select coalesce(code, reply) from requests where user_id = @user and request_id = @request", new { user, request });

    public static Task<DateTime> Clock(NpgsqlConnection connection) => connection.QuerySingleAsync<DateTime>("select clock_timestamp()");

    public static Task InsertOrder(NpgsqlConnection connection, object row) => connection.ExecuteAsync(
        """
        insert into orders (id, kind, offer_id, buyer_id, seller_id, maker, asset, held, taken, fee, status, version, duty, deadline, overdue,
                            history_head, created_at, updated_at)
        values (@id, 'Crypto', @offer, @buyer, @seller, @maker, @asset, @held, @taken, 0, 'AwaitingPayment', 1, 'BuyerPays', @deadline, false,
                @head, @at, @at)
        """,
        row);

    public static Task InsertCrypto(NpgsqlConnection connection, object row) => connection.ExecuteAsync(
        """
        insert into crypto_orders (order_id, crypto_amount, fiat, fiat_amount, price, price_source, payment_method_id, payment_account_id,
                                   payment_window_minutes, window_extended, confirmation_undone, seller_acted, payment_deadline, terms, auto_reply)
        values (@id, @taken, @fiat, @fiatAmount, @price, 'fixed', @method, @account, @window, false, false, false, @deadline, @terms, @autoReply)
        """,
        row);

    public static Task TakeOffer(NpgsqlConnection connection, Guid offer, decimal taken, DateTime at) => connection.ExecuteAsync(
        "update offers set remaining = remaining - @taken, changed_at = @at where id = @offer", new { offer, taken, at });

    public static Task CountPlaced(NpgsqlConnection connection, long user, int unpaid, string fiat, decimal amount, DateTime at) =>
        connection.ExecuteAsync(
            """
            update standings
               set open_as_taker = open_as_taker + 1, unpaid_as_taker = unpaid_as_taker + @unpaid,
                   day_volume = bench_volume(day_volume, @fiat, @at, @amount)
             where user_id = @user
            """,
            new { user, unpaid, fiat, amount, at });

    public static Task CountPaid(NpgsqlConnection connection, long user) => connection.ExecuteAsync(
        "update standings set unpaid_as_taker = unpaid_as_taker - 1 where user_id = @user", new { user });

    public static Task CountReleased(NpgsqlConnection connection, long taker, long maker, DateTime at) => connection.ExecuteAsync(
        """
        update standings
           set open_as_taker = open_as_taker - case when user_id = @taker then 1 else 0 end,
               completed = completed + 1, first_trade_at = coalesce(first_trade_at, @at)
         where user_id in (@taker, @maker)
        """,
        new { taker, maker, at });

    public static Task MoveOrder(NpgsqlConnection connection, object row) => connection.ExecuteAsync(
        """
        update orders
           set status = @status, version = @version, duty = @duty, deadline = @deadline, history_head = @head, updated_at = @at
         where id = @id
           and status = @from
        """,
        row);

    public static Task ConfirmCrypto(NpgsqlConnection connection, Guid order, DateTime paymentDeadline, DateTime at) => connection.ExecuteAsync(
        """
        update crypto_orders
           set payment_reference = null, payer_name = null, seller_acted = false, payment_deadline = @paymentDeadline, confirmed_at = @at
         where order_id = @order
        """,
        new { order, paymentDeadline, at });

    public static Task ReleaseCrypto(NpgsqlConnection connection, Guid order) => connection.ExecuteAsync(
        "update crypto_orders set seller_acted = true where order_id = @order", new { order });

    public static Task Post(NpgsqlConnection connection, object rows) => connection.ExecuteAsync(
        """
        select ledger_post(@newIds, @newKinds, @newUsers, @newOrders, @newAssets, @newSlots, @transfers, @transferKinds, @transferOrders,
                           @accounts, @seqs, @transferOf, @assets, @amounts, @previous, @hashes, @at)
        """,
        rows);

    public static Task AppendHistory(NpgsqlConnection connection, object row) => connection.ExecuteAsync(
        """
        select history_append(array[@id], array[@version], array[@from]::text[], array[@to], array[@action], array[@by], array[@user],
                              array[@previous], array[@head], @at)
        """,
        row);

    public static Task InsertRequest(NpgsqlConnection connection, long user, Guid request, byte[] hash, string reply, DateTime at) =>
        connection.ExecuteAsync(
            "insert into requests (user_id, request_id, body_hash, code, reply, at) values (@user, @request, @hash, null, @reply, @at)",
            new { user, request, hash, reply, at });

    public static Task AppendChat(NpgsqlConnection connection, Guid order, Guid id, string text, string code, string args, DateTime at) =>
        connection.ExecuteAsync(
            """
            select count(*)
              from chat_append(array[@order], array[@id], array[0::bigint], array['System'], array[@text], array[@code], array[@args], @at)
            """,
            new { order, id, text, code, args, at });

    public static Task AppendEvents(
        NpgsqlConnection connection, long[] users, string[] audiences, Guid[] ids, string[] types, string[] bodies, DateTime at) =>
        connection.ExecuteAsync(
            "select count(*) from events_append(@users, @audiences, @ids, @types, @bodies, @at)",
            new { users, audiences, ids, types, bodies, at });

    internal sealed record OrderRow
    {
        public Guid Id { get; init; }
        public Guid OfferId { get; init; }
        public long BuyerId { get; init; }
        public long SellerId { get; init; }
        public string Maker { get; init; } = "";
        public string Asset { get; init; } = "";
        public decimal Held { get; init; }
        public decimal Fee { get; init; }
        public string Status { get; init; } = "";
        public int Version { get; init; }
        public DateTime? Deadline { get; init; }
        public byte[] HistoryHead { get; init; } = [];
    }

    internal sealed record OfferRow
    {
        public Guid Id { get; init; }
        public long OwnerId { get; init; }
        public bool OwnerGives { get; init; }
        public string Unit { get; init; } = "";
        public decimal Remaining { get; init; }
        public bool Open { get; init; }
    }

    internal sealed record StandingRow
    {
        public long UserId { get; init; }
        public bool Suspended { get; init; }
        public DateTime? CoolingDownUntil { get; init; }
        public int OpenAsTaker { get; init; }
        public int UnpaidAsTaker { get; init; }
        public int Completed { get; init; }
        public int Cancelled { get; init; }
    }

    internal sealed record AdRow
    {
        public string Side { get; init; } = "";
        public string Fiat { get; init; } = "";
        public decimal PriceFixed { get; init; }
        public decimal AmountMin { get; init; }
        public decimal AmountMax { get; init; }
        public long[] PaymentMethodIds { get; init; } = [];
        public int PaymentWindowMinutes { get; init; }
        public string? Terms { get; init; }
        public string? AutoReply { get; init; }
        public DateTime? ClosedAt { get; init; }
        public int AssetScale { get; init; }
        public int FiatScale { get; init; }
    }

    internal sealed record CryptoRow
    {
        public decimal CryptoAmount { get; init; }
        public string Fiat { get; init; } = "";
        public decimal FiatAmount { get; init; }
        public decimal Price { get; init; }
        public DateTime PaymentDeadline { get; init; }
    }

    internal sealed record AccountRow
    {
        public Guid Id { get; init; }
        public long? UserId { get; init; }
        public decimal Balance { get; init; }
        public long Seq { get; init; }
        public byte[] Head { get; init; } = [];
    }
}
