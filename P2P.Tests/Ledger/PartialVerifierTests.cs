using System.Data;
using Npgsql;
using P2P.Db;
using P2P.Server.Deals.Ledger.Verify;
using P2P.Tests.Engine;

namespace P2P.Tests.Ledger;

/// <summary>The watch's part of a verification: it finds what the whole one finds, wherever it looks, and never cries without a cause.</summary>
public sealed class PartialVerifierTests
{
    private static readonly WatchPlace Beginning = new()
    {
        CheckedUntil = DateTimeOffset.UtcNow.AddMinutes(-10),
        Account = Guid.Empty,
        Order = Guid.Empty,
        Transfer = Guid.Empty,
        StreamUser = 0,
        StreamAudience = "",
        AuditHead = 0,
        AuditPlace = 0,
    };

    private EngineMarket _market = null!; // Set up before the first test.

    [OneTimeSetUp]
    public async Task SetUp()
    {
        DapperSetup.Apply();
        _market = await LedgerMarket.Create();
    }

    [OneTimeTearDown]
    public async Task TearDown() => await _market.DisposeAsync();

    [Test]
    public async Task What_is_sound_stays_quiet_in_parts_of_any_size([Values(5, 1_000)] int rows)
    {
        var (place, rounds, looked) = (Beginning, 0, 0L);
        do
        {
            var report = await Verify(place, rows);
            report.Violations.ShouldBeEmpty();
            looked += Math.Min(report.Accounts, Math.Min(report.Orders, report.Streams));
            place = report.Place;
        }
        while (place.SweptAt is null && ++rounds < 100);

        // The sweep has come to the end and begins again.
        looked.ShouldBePositive();
        place.SweptAt.ShouldNotBeNull();
        place.Account.ShouldBe(Guid.Empty);
        place.AuditHead.ShouldBe(4);
    }

    [TestCase("I1", "update accounts set balance = balance + 1 where kind = 'External' and asset = 'BTC'")]
    [TestCase("I2", "update accounts set balance = balance + 1 where id = (select id from accounts where kind = 'Available' order by id limit 1)")]
    [TestCase("I2", "update accounts set head = sha256(head) where id = (select id from accounts where kind = 'Available' order by id limit 1)")]
    [TestCase("I2", "delete from entries where (account_id, seq) = (select account_id, seq from entries order by account_id, seq limit 1)")]
    [TestCase("I4", "insert into transfers (id, kind, at) values (gen_random_uuid(), 'Deposit', clock_timestamp())")]
    [TestCase("I5", "update orders set held = held + 1 where id = (select id from orders where status = 'AwaitingPayment' limit 1)")]
    [TestCase("I5", "update deposits set amount = amount + 1")]
    [TestCase("I5", "update withdrawals set status = 'Requested' where status = 'Settled'")]
    [TestCase("I6", "update transfers set kind = 'Refund' where id = (select id from transfers where kind = 'Release' limit 1)")]
    [TestCase("I7", "delete from events where (user_id, audience, seq) = (select user_id, audience, max(seq) from events group by 1, 2 limit 1)")]
    [TestCase("I8", "delete from order_history where (order_id, version) = (select order_id, max(version) from order_history group by 1 limit 1)")]
    [TestCase("I8", "update orders set status = 'Expired' where id = (select id from orders where status = 'Released' limit 1)")]
    [TestCase("I8", "update events set body = replace(body, 'released', 'cancelled') where type = 'OrderChanged'")]
    [TestCase("I8", "update events set body = 'nonsense' where type = 'OrderChanged'")]
    [TestCase("I9", "update order_history set actor_id = 1 where version = 1")]
    [TestCase("I9", "update entries set amount = amount * 2 where amount > 0")]
    [TestCase("I9", "update audit_log set reason = 'another' where seq = 2")]
    [TestCase("I9", "delete from audit_log where seq = 3")]
    public async Task What_a_superuser_changes_is_found_in_one_round(string rule, string statement)
    {
        await using var connection = new NpgsqlConnection(_market.Database.Superuser);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await using (var command = new NpgsqlCommand($"set local session_replication_role = replica; {statement}", connection, transaction))
        {
            (await command.ExecuteNonQueryAsync()).ShouldBePositive();
        }

        var report = await PartialVerifier.Verify(new Tx(connection, transaction, CancellationToken.None), Beginning, 1_000);
        report.Violations.Select(violation => violation.Rule).ShouldContain(rule);
    }

    [Test]
    public async Task What_changed_is_checked_at_once_wherever_the_sweep_is()
    {
        await using var connection = new NpgsqlConnection(_market.Database.Superuser);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        const string Plant =
            """
            set local session_replication_role = replica;
            update accounts set balance = balance + 1 where id = (select account_id from entries order by at desc, account_id limit 1);
            """;
        await using (var command = new NpgsqlCommand(Plant, connection, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        // Nothing is left to the sweep: it stands behind every id there is.
        var end = Beginning with
        {
            Account = Guid.AllBitsSet,
            Order = Guid.AllBitsSet,
            Transfer = Guid.AllBitsSet,
            StreamUser = long.MaxValue,
            StreamAudience = "z",
        };
        var report = await PartialVerifier.Verify(new Tx(connection, transaction, CancellationToken.None), end, 1);
        report.Violations.Select(violation => violation.Rule).ShouldContain("I2");
    }

    private async Task<PartialReport> Verify(WatchPlace place, int rows)
    {
        await using var connection = new NpgsqlConnection(_market.App);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        return await PartialVerifier.Verify(new Tx(connection, transaction, CancellationToken.None), place, rows);
    }
}
