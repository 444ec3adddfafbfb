using System.Security.Cryptography;
using Dapper;
using Npgsql;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Ledger;
using P2P.Server.Deals.Ledger.Checkpoints;
using P2P.Server.Deals.Ledger.Verify;
using P2P.Tests.Engine;
using P2P.Tests.Support;

namespace P2P.Tests.Ledger;

/// <summary>Signed checkpoints outside the database: they find what is sound in itself and yet not what it was.</summary>
public sealed class CheckpointTests
{
    private EngineMarket _market = null!; // Set before each test.
    private TestFolder _folder = null!; // Set before each test.
    private ECDsa _key = null!; // Set before each test.
    private CheckpointFile _file = null!; // Set before each test.

    [SetUp]
    public async Task SetUp()
    {
        _market = await LedgerMarket.Create();
        _folder = new TestFolder();
        CheckpointKey.Ensure(_folder["ledger.key"]);
        _key = CheckpointKey.Read(_folder["ledger.key"]);
        _file = new CheckpointFile(_folder["checkpoints.jsonl"]);
        for (var i = 0; i < 3; i++)
        {
            await Append();
            await LedgerMarket.Trade(_market);
        }

        await Append();
        await LedgerMarket.Trade(_market);
    }

    [TearDown]
    public async Task TearDown()
    {
        _key.Dispose();
        _folder.Dispose();
        await _market.DisposeAsync();
    }

    [Test]
    public async Task An_honest_database_agrees_with_all_its_checkpoints()
    {
        var report = await Verify();

        report.Violations.ShouldBeEmpty();
        report.Counts.Checkpoints.ShouldBe(4);
        File.GetUnixFileMode(_folder["ledger.key"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task A_chain_that_was_cut_is_found_by_checkpoints_alone()
    {
        await _market.Tamper(
            """
            delete from audit_log where seq > 10
            """);

        (await Invariants.Look(_market.App)).Violations.ShouldBeEmpty("a cut chain is sound in itself");
        var violation = (await Verify()).Violations.ShouldHaveSingleItem();
        violation.Sentence.ShouldContain("a chain was cut");
        violation.Sentence.ShouldContain("Checkpoint 3 counted 4 rows of the audit log");
    }

    [Test]
    public async Task A_ledger_that_was_rewritten_with_all_its_hashes_is_found_by_checkpoints_alone()
    {
        await RewriteFirstDeposit(by: 1);

        (await Invariants.Look(_market.App)).Violations.ShouldBeEmpty("a rewritten ledger is sound in itself");
        (await Verify()).Violations.ShouldHaveSingleItem().Sentence.ShouldContain("The database is not what checkpoint 1 signed");
    }

    [Test]
    public async Task An_entry_that_was_put_into_the_past_is_found()
    {
        var old = (await _market.Rows<DateTime>("select min(at) from entries"))[0];
        await _market.Tamper(
            "insert into entries select gen_random_uuid(), 1, transfer_id, asset, amount, hash, @old from entries limit 1", new { old });

        (await Verify()).Violations[^1].Sentence.ShouldContain("added to");
    }

    [Test]
    public async Task A_file_that_was_changed_is_found()
    {
        var lines = _file.Lines();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var changed = lines[1].Replace("\"entries\":", "\"entries\":1", StringComparison.Ordinal);
        await Expect([lines[0], changed], _key, "Checkpoint 2 is not signed by this key");
        await Expect([lines[0], lines[2]], _key, "Checkpoint 3 does not follow on checkpoint 1");
        await Expect([lines[1]], _key, "Checkpoint 2 does not follow on checkpoint 0");
        await Expect([lines[0], "{}"], _key, "Line 2 of the file is no checkpoint");
        await Expect([], _key, "no checkpoint");
        await Expect(lines, other, "Checkpoint 1 is not signed by this key");
    }

    [Test]
    public async Task A_line_that_a_crash_cut_off_is_no_checkpoint_and_is_written_anew()
    {
        await File.AppendAllTextAsync(_folder["checkpoints.jsonl"], "{\"number\":5,\"at\":\"20");

        (await Verify()).Violations.ShouldBeEmpty();
        (await Append())!.Number.ShouldBe(5); // Nothing holds the time back.
        (await Verify()).Counts.Checkpoints.ShouldBe(5);
    }

    [Test]
    public async Task A_transaction_that_runs_holds_the_time_back_so_that_its_links_are_covered_by_a_later_one()
    {
        await using var slow = await _market.Open();
        await using var transaction = await slow.BeginTransactionAsync();
        await slow.ExecuteAsync("select audit_append('admin', 'Lift', 'user-1', null, null, null, null)");

        var held = await Append();
        await transaction.CommitAsync();
        var after = await Append();

        held!.Audit.ShouldBe(4); // The last trade's rows, which committed before.
        after!.Audit.ShouldBe(1);
        (await Verify()).Violations.ShouldBeEmpty();
    }

    [Test]
    public async Task The_public_key_and_openssl_verify_a_signature()
    {
        var checkpoint = Checkpoint.FromLine(_file.Lines()[0])!; // Written by the set-up.
        await File.WriteAllTextAsync(_folder["text"], checkpoint.Text());
        await File.WriteAllBytesAsync(_folder["signature"], Convert.FromBase64String(checkpoint.Signature));

        using var openssl = System.Diagnostics.Process.Start(
            "openssl", ["dgst", "-sha256", "-verify", _folder["ledger.pub"], "-signature", _folder["signature"], _folder["text"]]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await openssl.WaitForExitAsync(patience.Token);

        openssl.ExitCode.ShouldBe(0);
    }

    private async Task<Checkpoint?> Append()
    {
        await using var connection = await _market.Open();
        return await CheckpointWriter.Append(connection, _file, _key, TimeSpan.Zero, default);
    }

    private async Task<VerifyReport> Verify() =>
        await LedgerVerifier.Verify(_market.App, null, more: new CheckpointVerifier(_file.Lines(), _key).Verify);

    private async Task Expect(IReadOnlyList<string> lines, ECDsa key, string sentence) =>
        (await LedgerVerifier.Verify(_market.App, null, more: new CheckpointVerifier(lines, key).Verify))
            .Violations.ShouldHaveSingleItem().Sentence.ShouldContain(sentence);

    /// <summary>What an intruder with all rights would do: more to the first who deposited, and everything after it computed
    /// again.</summary>
    private async Task RewriteFirstDeposit(decimal by)
    {
        await using var connection = new NpgsqlConnection(_market.Database.Superuser);
        await connection.OpenAsync();
        await connection.ExecuteAsync("set session_replication_role = replica");
        var transfer = await connection.ExecuteScalarAsync<Guid>("select id from transfers where kind = 'Deposit' order by at, id limit 1");
        var accounts = (await connection.QueryAsync<Guid>(
            "select account_id from entries where transfer_id = @transfer", new { transfer })).ToList();
        await connection.ExecuteAsync(
            """
            update entries set amount = amount + sign(amount) * @by where transfer_id = @transfer;
            update deposits set amount = amount + @by where transfer_id = @transfer;
            update accounts a set balance = (select sum(e.amount) from entries e where e.account_id = a.id) where a.id = any(@accounts);
            """,
            new { transfer, by, accounts });
        foreach (var account in accounts)
        {
            var head = LedgerHash.Zero;
            foreach (var row in await connection.QueryAsync<Link>(
                """
                select e.seq, e.transfer_id, t.kind, t.order_id, e.asset, e.amount, e.at
                  from entries e
                  join transfers t on t.id = e.transfer_id
                 where e.account_id = @account
                 order by e.seq
                """,
                new { account }))
            {
                head = LedgerHash.Entry(head, account, row.Seq, row.TransferId, row.Kind, row.OrderId, row.Asset, row.Amount, row.At);
                await connection.ExecuteAsync(
                    "update entries set hash = @head where account_id = @account and seq = @Seq", new { head, account, row.Seq });
            }

            await connection.ExecuteAsync("update accounts set head = @head where id = @account", new { head, account });
        }

        // The events of the user tell balances: those are rewritten, too.
        await connection.ExecuteAsync(
            """
            update events v
               set body = regexp_replace(regexp_replace(v.body, '"available":"[0-9.]+"', '"available":"' || trim_scale(m.available) || '"'),
                                         '"amount":"-?[0-9.]+"', '"amount":"' || trim_scale(m.amount) || '"')
              from (select a.user_id, e.at, t.kind, e.amount, sum(e.amount) over (partition by e.account_id order by e.seq) as available
                      from entries e
                      join accounts a on a.id = e.account_id and a.kind = 'Available'
                      join transfers t on t.id = e.transfer_id) m
             where v.type = 'BalanceChanged' and v.user_id = m.user_id and v.at = m.at
               and v.body like '%"kind":"' || lower(left(m.kind, 1)) || substr(m.kind, 2) || '"%';
            update events v
               set body = regexp_replace(v.body, '"available":"[0-9.]+"', '"available":"' || trim_scale(b.available) || '"')
              from (select x.user_id, x.seq, (select sum(e.amount)
                                                from accounts a
                                                join entries e on e.account_id = a.id
                                               where a.kind = 'Available' and a.user_id = x.user_id and a.asset = 'BTC'
                                                 and e.at <= x.at) as available
                      from events x
                     where x.type = 'BalanceChanged' and x.body like '%withdrawalSettled%') b
             where v.user_id = b.user_id and v.seq = b.seq;
            """);
    }

    private sealed record Link
    {
        public required long Seq { get; init; }

        public required Guid TransferId { get; init; }

        public required TransferKind Kind { get; init; }

        public Guid? OrderId { get; init; }

        public required string Asset { get; init; }

        public required decimal Amount { get; init; }

        public required DateTimeOffset At { get; init; }
    }
}
