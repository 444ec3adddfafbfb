using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Npgsql;
using P2P.Client.Sdk;
using P2P.Db;
using P2P.Server.Deals.Ledger.Checkpoints;
using P2P.Tests.Support;

namespace P2P.Tests.Faults;

/// <summary>
/// The drill of docs/operations.md: a base backup and the archived log, more trades, a restore to an earlier moment. What came later is
/// lost and named; everybody goes on from what there is.
/// </summary>
[NonParallelizable]
[Category("Reliability")]
public sealed class RestoreDrillTests
{
    private const int Pairs = 2;
    private const string Moment = "before_the_accident";
    private readonly ConcurrentDictionary<CrashTrader, StreamResync> _resynced = [];

    [Test]
    public async Task A_database_that_was_put_back_serves_again_and_its_clients_begin_anew()
    {
        using var files = new TestFolder();
        CheckpointKey.Ensure(files["ledger.key"]);
        var archive = PostgresCopies.NewFolder("arch");
        var main = PostgresCopies.NewFolder("main");
        try
        {
            await Drill(files, main, archive);
        }
        finally
        {
            foreach (var folder in new[] { main, archive }.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task Drill(TestFolder files, string main, string archive)
    {
        await using var market = await CrashMarket.On(
            await PrivatePostgres.Start(new PrivatePostgresOptions
            {
                Folder = main,
                Settings = [("archive_mode", "on"), ("archive_command", $"test ! -f {archive}/%f && cp %p {archive}/%f")],
            }),
            Pairs,
            nodes: 1,
            Checkpoints(files, "checkpoints.jsonl"));
        var back = PostgresCopies.NewFolder("back");
        PostgresCopies.BaseBackup(market.Postgres, back);
        await Trade(market);
        var kept = await Mark(market, files);
        await Trade(market);
        var lost = await Lose(market, files, archive);
        lost.Changes.ShouldBeGreaterThan(kept.Changes);

        market.GoOnWith(await Restore(back, archive));
        (await Facts(market)).ShouldBe(kept with { Epoch = lost.Epoch, Checkpoints = 0 }, "not the state of the moment");
        await FinishRestore(market, files, lost.Epoch);

        foreach (var trader in market.Traders)
        {
            trader.Client.OnResync((resync, _) =>
            {
                _resynced[trader] = resync;
                return Task.CompletedTask;
            });
        }

        // As the document says: later checkpoints are kept beside, new ones go into a new file.
        market.Settings.RemoveAll(setting => setting.Name == "Ledger__CheckpointFile");
        market.Settings.Add(("Ledger__CheckpointFile", files["checkpoints-2.jsonl"]));
        var since = Stopwatch.GetTimestamp();
        await market.StartServer(0);
        await Sdk.Eventually.Holds(() => _resynced.Count == market.Traders.Count, "every client hears that its stream begins anew", 20);
        TestContext.Progress.WriteLine(
            $"{_resynced.Count} clients began anew {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s after the server was started");
        await Trade(market);
        await EverythingSinceIsHeard(market);
        await Verify(market, files, kept.Checkpoints);
    }

    private sealed record State(Guid Epoch, long Changes, long Events, int Checkpoints);

    private static (string, string)[] Checkpoints(TestFolder files, string name) =>
    [
        ("Ledger__CheckpointFile", files[name]),
        ("Ledger__SigningKeyFile", files["ledger.key"]),
        ("Ledger__CheckpointSeconds", "1"),
        ("Ledger__ClockMarginSeconds", "0"),
    ];

    private static async Task Trade(CrashMarket market)
    {
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Task.WhenAll(Enumerable.Range(0, Pairs).Select(i =>
            market.Traders[(2 * i) + 1].Trade(market.Traders[2 * i], new Random(i), stopping.Token))).WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Names the moment to which the database will be put back; a checkpoint says what there is until then.</summary>
    private static async Task<State> Mark(CrashMarket market, TestFolder files)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        var before = new CheckpointFile(files["checkpoints.jsonl"]).Lines().Count;
        await Sdk.Eventually.Holds(() => new CheckpointFile(files["checkpoints.jsonl"]).Lines().Count > before, "a checkpoint is made", 30);
        await TestPostgres.Execute(market.Superuser, $"select pg_create_restore_point('{Moment}')");
        var state = await Facts(market);
        return state with { Checkpoints = new CheckpointFile(files["checkpoints.jsonl"]).Lines().Count };
    }

    /// <summary>The accident: the server is stopped, and of the database only backup and archive are left.</summary>
    private static async Task<State> Lose(CrashMarket market, TestFolder files, string archive)
    {
        var before = new CheckpointFile(files["checkpoints.jsonl"]).Lines().Count;
        await Sdk.Eventually.Holds(() => new CheckpointFile(files["checkpoints.jsonl"]).Lines().Count > before + 1, "checkpoints are made", 30);
        (await market.StopServer(0)).Code.ShouldBe(0);
        var state = await Facts(market);
        var segment = await TestPostgres.Scalar<string>(market.Superuser, "select pg_walfile_name(pg_switch_wal())");
        await Sdk.Eventually.Holds(() => File.Exists(Path.Combine(archive, segment)), "the log is archived", 30);
        await market.StopPostgres();
        return state;
    }

    private static async Task<PrivatePostgres> Restore(string folder, string archive)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "data", "recovery.signal"), "");
        var restored = await PrivatePostgres.Start(new PrivatePostgresOptions
        {
            Folder = folder,
            Settings =
            [
                ("restore_command", $"cp {archive}/%f %p"),
                ("recovery_target_name", Moment),
                ("recovery_target_action", "promote"),
            ],
        });
        for (var i = 0; await TestPostgres.Scalar<bool>(restored.Superuser, "select pg_is_in_recovery()"); i++)
        {
            i.ShouldBeLessThan(300, "The database does not come out of recovery.");
            await Task.Delay(100);
        }

        return restored;
    }

    private static async Task FinishRestore(CrashMarket market, TestFolder files, Guid former)
    {
        NpgsqlConnection.ClearAllPools();
        await using (var served = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(market.App) { Pooling = false }.ConnectionString))
        {
            await served.OpenAsync();
            var early = Run();
            early.Code.ShouldBe(1);
            early.Errors.ShouldHaveSingleItem().ShouldContain("stop the servers first");
        }

        var (code, output, errors) = Run();
        code.ShouldBe(0, string.Join(' ', errors));
        TestContext.Progress.WriteLine(string.Join('\n', output));
        var now = (await Facts(market)).Epoch;
        now.ShouldNotBe(former);
        output.ShouldContain(line => line.Contains($"the streams' epoch is {now}, it was {former}", StringComparison.Ordinal));
        (await TestPostgres.Scalar<long>(
            market.Superuser, $"select count(*) from audit_log where action = 'FinishRestore' and before = '{former}' and after = '{now}'")).ShouldBe(1);

        (int Code, string[] Output, string[] Errors) Run() =>
            ServerProcess.Run(files.Path, ["restore", "finish"], ("P2P__Db__Owner", market.Owner));
    }

    /// <summary>From the place at which a client began anew, it heard every event once and in order.</summary>
    private async Task EverythingSinceIsHeard(CrashMarket market)
    {
        await using var connection = new NpgsqlConnection(market.Superuser);
        await connection.OpenAsync();
        var epoch = await connection.ExecuteScalarAsync<Guid>("select epoch from epoch");
        var heard = 0;
        foreach (var trader in market.Traders)
        {
            var from = _resynced[trader].Position;
            from.Epoch.ShouldBe(epoch);
            var stored = (await connection.QueryAsync<Guid>(
                "select event_id from events where user_id = @UserId and audience = 'trade' and seq > @Seq order by seq",
                new { trader.UserId, from.Seq })).ToList();
            await Sdk.Eventually.Holds(() => trader.Heads.Count > 0 && trader.Heads.Last().EventId == stored[^1], "the newest event is heard", 20);
            trader.Heads.Select(head => head.EventId).TakeLast(stored.Count).ShouldBe(stored);
            trader.Outcomes.Last().Code.ShouldBeNull();
            heard += stored.Count;
        }

        TestContext.Progress.WriteLine($"{heard} events since were heard once and in order");
        heard.ShouldBeGreaterThan(5);
    }

    private static async Task Verify(CrashMarket market, TestFolder files, int checkpointsKept)
    {
        TestContext.Progress.WriteLine($"{(await Invariants.Check(market.Superuser, TimeSpan.FromSeconds(30))).Counts}");
        (string, string) app = ("P2P__Db__App", market.App);
        var plain = ServerProcess.Run(files.Path, ["ledger", "verify"], app);
        plain.Code.ShouldBe(0, string.Join('\n', plain.Output));

        var former = ServerProcess.Run(
            files.Path, ["ledger", "verify", "--checkpoints", "checkpoints.jsonl", "--public-key", "ledger.pub"], app);
        former.Code.ShouldBe(1);
        var first = new CheckpointFile(files["checkpoints.jsonl"]).Lines().Skip(checkpointsKept).Select(Checkpoint.FromLine)
            .First(checkpoint => checkpoint is { Entries: > 0 } or { History: > 0 });
        former.Output[0].ShouldMatch($"^Checkpoints: Checkpoint {first?.Number} counted \\d+ .*, the database has \\d+");
        TestContext.Progress.WriteLine($"{checkpointsKept} checkpoints are of what was kept; {former.Output[0]}");

        await Sdk.Eventually.Holds(() => File.Exists(files["checkpoints-2.jsonl"]), "a checkpoint is made", 30);
        var fresh = ServerProcess.Run(
            files.Path, ["ledger", "verify", "--checkpoints", "checkpoints-2.jsonl", "--public-key", "ledger.pub"], app);
        fresh.Code.ShouldBe(0, string.Join('\n', fresh.Output));
    }

    private static async Task<State> Facts(CrashMarket market)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(market.Superuser) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return new State(
            await connection.ExecuteScalarAsync<Guid>("select epoch from epoch"),
            await connection.ExecuteScalarAsync<long>("select count(*) from order_history"),
            await connection.ExecuteScalarAsync<long>("select count(*) from events"),
            0);
    }
}
