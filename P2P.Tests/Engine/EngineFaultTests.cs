using System.Diagnostics;
using Dapper;
using Npgsql;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Realtime.Events;
using P2P.Server.Trading.CryptoOrders;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>What others do to the engine: a writer beside it, a broken rule, a duplicate on another node, locks, a database that goes away.</summary>
[NonParallelizable]
public sealed class EngineFaultTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task A_writer_of_events_beside_the_engine_never_deadlocks_with_it()
    {
        var random = Properties.Randomness("chat beside the engine");
        await using var market = await EngineMarket.Create();
        var sellers = await market.Users(16, bitcoin: 1_000);
        var buyers = await market.Users(16);
        var ads = await market.Ads(sellers, total: 900);
        long[] everyone = [.. sellers, .. buyers];
        using var stop = new CancellationTokenSource();
        var chats = Enumerable.Range(0, 4).Select(_ => Chat(market, everyone, ads[0], random.Next(), stop.Token)).ToArray();
        var (clock, slowest, commands) = (Stopwatch.StartNew(), 0L, 0);
        await MarketSeed.All(Enumerable.Range(0, 32), async i =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                var since = Stopwatch.GetTimestamp();
                var ad = (i + turn) % 16;
                var placed = await market.Run(EngineMarket.Place(buyers[i / 2], ads[ad], 0.01m));
                await market.RunRaw(EngineMarket.Move(buyers[i / 2], placed.OrderId, OrderAction.ConfirmPayment));
                await market.RunRaw(EngineMarket.Move(sellers[ad], placed.OrderId, OrderAction.Release));
                Interlocked.Add(ref commands, 3);
                var ms = (long)Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                InterlockedMax(ref slowest, ms);
            }

            return i;
        });
        var seconds = clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        var messages = (await Task.WhenAll(chats)).Sum();
        TestContext.Out.WriteLine($"{commands} commands in {seconds:0.0} s beside {messages} messages; the slowest trade took {slowest} ms.");
        commands.ShouldBe(32 * 20 * 3);
        messages.ShouldBeGreaterThan(100);
        slowest.ShouldBeLessThan(10_000);
        (await EngineInvariants.Deadlocks(market)).ShouldBe(0);
        await EngineInvariants.Check(market);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_rule_that_breaks_hurts_its_own_caller_alone()
    {
        await using var market = await EngineMarket.Create();
        var sellers = await market.Users(40, bitcoin: 10);
        var buyers = await market.Users(40);
        var ads = await market.Ads(sellers, total: 5);
        await using var engine = market.NewEngine(kind: new BreakingKind(new CryptoOrderKind(market.Limits)));
        var outcomes = await MarketSeed.All(Enumerable.Range(0, 40), async i =>
        {
            try
            {
                var crypto = i % 4 == 0 ? BreakingKind.Poison : 1;
                await engine.Run(EngineMarket.Place(buyers[i], ads[i], crypto), CancellationToken.None);
                return "placed";
            }
            catch (InvalidOperationException e)
            {
                return e.Message;
            }
        });
        outcomes.Count(outcome => outcome == BreakingKind.Message).ShouldBe(10);
        outcomes.Count(outcome => outcome == "placed").ShouldBe(30);
        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<long>("select count(*) from orders")).ShouldBe(30);
        (await connection.ExecuteScalarAsync<long>("select count(*) from requests where user_id <> 0")).ShouldBe(30);
        await EngineInvariants.Check(market);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Data_that_the_database_refuses_hurts_its_own_caller_alone()
    {
        await using var market = await EngineMarket.Create();
        var users = await market.Users(40, bitcoin: 10);
        var outcomes = await MarketSeed.All(Enumerable.Range(0, 40), async i =>
        {
            try
            {
                await market.RunRaw(Withdraw(users[i], i % 8 == 0 ? "zero \0 byte" : "outside"));
                return "held";
            }
            catch (PostgresException e)
            {
                return e.SqlState;
            }
        });
        outcomes.Count(outcome => outcome == PostgresErrorCodes.CharacterNotInRepertoire).ShouldBe(5);
        outcomes.Count(outcome => outcome == "held").ShouldBe(35);
        (await market.CodeOf(EngineMarket.Place(users[0], (await market.Ads([users[1]], total: 5))[0], 1))).ShouldBeNull();
        await EngineInvariants.Check(market);
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task The_same_command_on_two_nodes_at_once_acts_once_even_where_no_row_is_locked()
    {
        await using var market = await EngineMarket.Create(engines: 2);
        var sellers = await market.Users(1, bitcoin: 1_000);
        var buyers = await market.Users(200);
        var ads = await market.Ads(sellers, total: 300);
        var commands = buyers.SelectMany(buyer => new EngineCommand[]
        {
            EngineMarket.Place(buyer, ads[0], 1),
            EngineMarket.Move(buyer, Ids.New(), OrderAction.Release), // No such order: nothing to lock, so both nodes store a refusal.
            EngineMarket.Deposit(buyer, 1), // Makes an account.
        }).ToList();
        var answers = await MarketSeed.All(commands, async command =>
        {
            var both = await Task.WhenAll(Answer(market, command, 0), Answer(market, command, 1));
            both[1].ShouldBe(both[0]);
            return both[0];
        });
        answers.Count(answer => answer.StartsWith('{')).ShouldBe(400);
        answers.Count(answer => answer.StartsWith(ErrorCodes.NotFound, StringComparison.Ordinal)).ShouldBe(200);
        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<long>("select count(*) from orders")).ShouldBe(200);
        (await connection.ExecuteScalarAsync<long>("select count(*) from deposits")).ShouldBe(201);
        await EngineInvariants.Check(market);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Whoever_needs_a_row_that_another_holds_hears_busy_and_may_repeat()
    {
        await using var market = await EngineMarket.Create(settings: new EngineSettings { LockTimeoutMs = 100 });
        var sellers = await market.Users(2, bitcoin: 10);
        var buyers = await market.Users(9);
        var ads = await market.Ads(sellers, total: 9);
        await using var holder = await market.Open();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("select 1 from offers where id = @ad for update", new { ad = ads[0] }, transaction);
        var held = buyers[..8].Select(buyer => EngineMarket.Place(buyer, ads[0], 1)).ToList();
        var clock = Stopwatch.StartNew();
        var waiting = MarketSeed.All(held, command => market.CodeOf(command));
        var free = market.CodeOf(EngineMarket.Place(buyers[8], ads[1], 1));
        (await free).ShouldBeNull();
        var freeSeconds = clock.Elapsed.TotalSeconds;
        (await waiting).ShouldAllBe(code => code == ErrorCodes.Busy);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(6));
        TestContext.Out.WriteLine(
            $"8 commands on a held row: BUSY after {clock.Elapsed.TotalSeconds:0.0} s; one beside them waited {freeSeconds:0.0} s.");
        await transaction.RollbackAsync();
        (await MarketSeed.All(held, command => market.CodeOf(command))).ShouldAllBe(code => code == null);
        await EngineInvariants.Check(market);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_database_that_goes_away_is_told_soon_and_used_again_when_it_is_back()
    {
        await using var market = await EngineMarket.Create();
        var seller = (await market.Users(1, bitcoin: 10))[0];
        var buyer = (await market.Users(1))[0];
        var ad = (await market.Ads([seller], total: 9))[0];
        var lost = EngineMarket.Place(buyer, ad, 1);
        await market.AsSuperuser(
            """
            do $$ begin execute format('alter database %I connection limit 0', current_database()); end $$;
            select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
            """);
        var clock = Stopwatch.StartNew();
        List<string?> codes = [await market.CodeOf(lost), await market.CodeOf(lost)];
        TestContext.Out.WriteLine($"{string.Join(", ", codes)} within {clock.Elapsed.TotalMilliseconds:0} ms.");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        codes.ShouldAllBe(code => code == ErrorCodes.Unavailable);
        await TestPostgres.Execute(
            (await TestPostgres.Server).SuperuserOf("postgres"),
            $"alter database {market.Database.Name} connection limit -1");
        NpgsqlConnection.ClearAllPools();
        (await market.CodeOf(lost)).ShouldBeNull();
        await EngineInvariants.Check(market);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_full_queue_answers_busy_at_once()
    {
        await using var market = await EngineMarket.Create(settings: new EngineSettings { Writers = 1, QueueMax = 8, BatchMax = 4, LockTimeoutMs = 2_000 });
        var seller = (await market.Users(1, bitcoin: 100))[0];
        var buyers = await market.Users(40);
        var ad = (await market.Ads([seller], total: 90))[0];
        await using var holder = await market.Open();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("select 1 from offers where id = @ad for update", new { ad }, transaction);
        var first = market.CodeOf(EngineMarket.Place(buyers[0], ad, 1));
        await Task.Delay(50); // The writer has taken the first one and waits for the row.
        var rest = buyers[1..].Select(buyer => market.CodeOf(EngineMarket.Place(buyer, ad, 1))).ToList();
        rest.Count(answer => answer.IsCompleted).ShouldBe(31);
        await transaction.RollbackAsync();
        var codes = await Task.WhenAll(rest.Append(first));
        codes.Count(code => code == ErrorCodes.Busy).ShouldBe(31);
        codes.Count(code => code is null).ShouldBe(9);
        await EngineInvariants.Check(market);
    }

    private static async Task<string> Answer(EngineMarket market, EngineCommand command, int node)
    {
        try
        {
            return await market.RunRaw(command, node);
        }
        catch (Refused refused)
        {
            return refused.ToWire();
        }
    }

    /// <summary>Writes as a chat does: events for two users, as the last statement of a transaction.</summary>
    private static async Task<int> Chat(EngineMarket market, long[] users, Guid ad, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        await using var connection = await market.Open();
        var messages = 0;
        while (!stop.IsCancellationRequested)
        {
            var pair = random.GetItems(users, 2).Distinct();
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await EventSql.Append(
                new Tx(connection, transaction, CancellationToken.None),
                [
                    .. PendingEvent.ForAll(
                        pair, Audience.Trade, nameof(ITradeClient.AdChanged),
                        new AdChanged { AdId = ad, Status = AdStatus.Active, Version = messages }),
                ],
                DateTimeOffset.UtcNow);
            await transaction.CommitAsync(CancellationToken.None);
            messages++;
        }

        return messages;
    }

    private static RequestWithdrawal Withdraw(long user, string destination)
    {
        var id = Ids.New();
        return new RequestWithdrawal
        {
            UserId = user,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            WithdrawalId = Ids.New(),
            Asset = "BTC",
            Amount = 1,
            Destination = destination,
        };
    }

    private static void InterlockedMax(ref long greatest, long value)
    {
        for (var seen = Interlocked.Read(ref greatest); value > seen; seen = Interlocked.Read(ref greatest))
        {
            Interlocked.CompareExchange(ref greatest, value, seen);
        }
    }

    /// <summary>Crypto orders whose rules break on one amount.</summary>
    private sealed class BreakingKind(CryptoOrderKind kind) : IOrderKind
    {
        public const decimal Poison = 0.666m;
        public const string Message = "A rule is broken.";

        public OrderKind Kind => kind.Kind;

        public string OfferName => kind.OfferName;

        public string Audience => Server.Realtime.Events.Audience.Trade;

        public IReadOnlyList<Transition> Table => kind.Table;

        public OrderAction? DueAction(DueOrder order) => kind.DueAction(order);

        public IKindBatch Begin() => new BreakingBatch(kind.Begin());
    }

    private sealed class BreakingBatch(IKindBatch batch) : IKindBatch
    {
        public void Load(Server.Deals.Engine.Script script, BatchKeys keys) => batch.Load(script, keys);

        public Decision DecidePlace(PlaceOrder command, Offer offer, IWorkingSet set) => batch.DecidePlace(command, offer, set);

        public Decision DecideMove(MoveOrder command, Order order, Party by, IWorkingSet set) => batch.DecideMove(command, order, by, set);

        public void CheckTotal(Offer offer, long actorId) => batch.CheckTotal(offer, actorId);

        public IEnumerable<PendingEvent> ApplyTotal(Offer offer, long actorId) => batch.ApplyTotal(offer, actorId);

        public IEnumerable<PendingEvent> Ordered(Offer offer) => batch.Ordered(offer);

        /// <summary>Breaks when half of the command's effect is in the working set already.</summary>
        public IEnumerable<PendingEvent> Apply(Decision decision, Order order) =>
            order.Taken == BreakingKind.Poison ? throw new InvalidOperationException(BreakingKind.Message) : batch.Apply(decision, order);

        public string? AutoReply(Order order) => batch.AutoReply(order);

        public void Save(Server.Deals.Engine.Script script) => batch.Save(script);
    }
}
