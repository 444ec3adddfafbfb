using Dapper;
using Npgsql;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger;
using P2P.Tests.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Ledger;

/// <summary>What the database itself refuses, whoever writes the SQL. (S21, S22)</summary>
public sealed class LedgerGuardTests
{
    private const string Denied = PostgresErrorCodes.InsufficientPrivilege;
    private const string AppendOnly = "P2P01";

    private EngineMarket _market = null!; // Set up before the first test.
    private Guid _order;
    private long _seller;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        _market = await LedgerMarket.Create();
        _seller = await _market.User(bitcoin: 3);
        _order = await LedgerMarket.Place(_market, await _market.User(), await _market.Ad(_seller, total: 3));
    }

    [OneTimeTearDown]
    public async Task TearDown()
    {
        await Invariants.Check(_market.App);
        await _market.DisposeAsync();
    }

    [Test]
    public async Task The_application_may_not_touch_what_has_a_door(
        [Values("accounts", "transfers", "entries", "order_history", "events", "audit_log")] string table,
        [Values("insert into {0} select * from {0} limit 1", "update {0} set {1} = {1}", "delete from {0}", "truncate {0}")] string attempt)
    {
        var column = table switch
        {
            "accounts" => "balance",
            "transfers" or "events" => "at",
            _ => "hash",
        };

        (await Refusal(_market.App, Filled(attempt, table, column))).ShouldBe(Denied);
    }

    [Test]
    public async Task Not_even_the_owner_may_change_what_is_append_only(
        [Values("transfers", "entries", "order_history", "audit_log")] string table,
        [Values("update {0} set at = at", "delete from {0}", "truncate {0}")] string attempt) =>
        (await Refusal(_market.Database.Owner, Filled(attempt, table))).ShouldBe(AppendOnly);

    [TestCase("update events set at = at", AppendOnly)]
    [TestCase("delete from events", AppendOnly)]
    [TestCase("delete from accounts", AppendOnly)]
    [TestCase("truncate accounts", AppendOnly)]
    public async Task Nor_events_or_accounts(string attempt, string code) =>
        (await Refusal(_market.Database.Owner, attempt)).ShouldBe(code);

    [TestCase(TransferKind.Hold, "transfers_one_hold")]
    [TestCase(TransferKind.Release, "transfers_one_resolution")]
    [TestCase(TransferKind.Refund, "transfers_one_resolution")]
    [TestCase(TransferKind.Split, "transfers_one_resolution")]
    public async Task A_second_hold_or_resolution_is_refused_although_the_application_asks_for_it(TransferKind kind, string constraint)
    {
        var ended = (await _market.Rows<Guid>("select order_id from transfers where kind = 'Release' limit 1"))[0];
        var post = await Post.For(_market, ended, _seller);

        var refusal = await Should.ThrowAsync<PostgresException>(() => post.Run(_market.App, kind, ended));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        refusal.ConstraintName.ShouldBe(constraint);
    }

    [Test]
    public async Task A_transfer_that_does_not_sum_to_zero_is_refused()
    {
        var post = await Post.For(_market, _order, _seller);
        post.Amounts[1] += 0.00000001m;

        (await Should.ThrowAsync<PostgresException>(() => post.Run(_market.App, TransferKind.Deposit, null))).SqlState.ShouldBe("P2P03");
    }

    [Test]
    public async Task A_link_that_does_not_follow_on_the_head_is_refused()
    {
        var post = await Post.For(_market, _order, _seller);
        post.Previous[0] = LedgerHash.Zero;

        (await Should.ThrowAsync<PostgresException>(() => post.Run(_market.App, TransferKind.Refund, _order))).SqlState.ShouldBe("P2P05");
    }

    [TestCase(TransferKind.Refund)]
    [TestCase(TransferKind.Release)]
    [TestCase(TransferKind.Deposit)]
    [TestCase(TransferKind.WithdrawalReturned)]
    [TestCase(TransferKind.Split)]
    public async Task The_application_cannot_send_an_order_s_escrow_to_a_stranger(TransferKind kind)
    {
        var stranger = await _market.User(bitcoin: 1);
        var post = await Post.For(_market, _order, stranger);
        var order = kind is TransferKind.Refund or TransferKind.Release or TransferKind.Split ? _order : (Guid?)null;

        (await Should.ThrowAsync<PostgresException>(() => post.Run(_market.App, kind, order))).SqlState.ShouldBe("P2P08");
    }

    [Test]
    public async Task An_account_is_not_moved_in_another_asset()
    {
        var post = await Post.For(_market, _order, _seller);

        (await Should.ThrowAsync<PostgresException>(() => post.Run(_market.App, TransferKind.Refund, _order, "USDT"))).SqlState.ShouldBe("P2P05");
    }

    [Test]
    public async Task A_number_that_leaves_a_gap_is_refused()
    {
        var post = await Post.For(_market, _order, _seller);
        post.Seqs[0]++;

        (await Should.ThrowAsync<PostgresException>(() => post.Run(_market.App, TransferKind.Refund, _order))).SqlState.ShouldBe("P2P05");
    }

    [Test]
    public async Task A_balance_below_zero_is_refused()
    {
        await using var connection = new NpgsqlConnection(_market.Database.Superuser);
        await connection.OpenAsync();

        var refusal = await Should.ThrowAsync<PostgresException>(
            () => connection.ExecuteAsync("update accounts set balance = -balance - 1 where kind = 'Available'"));

        refusal.ConstraintName.ShouldBe("accounts_never_negative");
    }

    private static string Filled(string attempt, params object[] names) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, names);

    private static async Task<string?> Refusal(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        try
        {
            await connection.ExecuteAsync(sql);
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }

    /// <summary>A call of the ledger's door by hand: one unit from an escrow to a user, right in every respect unless a test spoils
    /// it.</summary>
    private sealed class Post
    {
        public required Guid[] Accounts { get; init; }

        public required long[] Seqs { get; init; }

        public required decimal[] Amounts { get; init; }

        public required byte[][] Previous { get; init; }

        public static async Task<Post> For(EngineMarket market, Guid order, long user)
        {
            await using var connection = await market.Open();
            Guid[] ids = [order, AccountIds.Available(user, "BTC")];
            var heads = (await connection.QueryAsync<(Guid Id, long Seq, byte[] Head, decimal Balance)>(
                "select id, seq, head, balance from accounts where id = any(@ids)", new { ids })).ToDictionary(row => row.Id);
            var amount = heads[order].Balance == 0 ? 0.5m : heads[order].Balance;
            return new Post
            {
                Accounts = ids,
                Seqs = [.. ids.Select(id => heads[id].Seq + 1)],
                Amounts = [-amount, amount],
                Previous = [.. ids.Select(id => heads[id].Head)],
            };
        }

        public async Task Run(string app, TransferKind kind, Guid? order, string asset = "BTC")
        {
            await using var connection = new NpgsqlConnection(app);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                """
                select ledger_post('{}', '{}', '{}', '{}', '{}', '{}', array[$1], array[$2], array[$3],
                                   $4, $5, array[$1, $1], array[$9, $9], $6, $7, $8, now())
                """,
                connection);
            command.Parameters.AddWithValue(Ids.New());
            command.Parameters.AddWithValue(kind.ToString());
            command.Parameters.Add(
                new NpgsqlParameter { Value = (object?)order ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
            command.Parameters.AddWithValue(Accounts);
            command.Parameters.AddWithValue(Seqs);
            command.Parameters.AddWithValue(Amounts);
            command.Parameters.AddWithValue(Previous);
            command.Parameters.AddWithValue(Previous.Select(System.Security.Cryptography.SHA256.HashData).ToArray());
            command.Parameters.AddWithValue(asset);
            await command.ExecuteNonQueryAsync();
        }
    }
}
