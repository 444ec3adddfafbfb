using Dapper;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;
using P2P.Tests.Engine.Model;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>
/// The same sequences on the real engine: several at once over two engines, so that batches hold what chance puts together. Time passes by moving
/// deadlines in the database; what is compared are the final rows, without their times.
/// </summary>
public sealed class DatabaseModelTests
{
    private const int AtOnce = 12;
    private const int GroupMax = 12;

    private static readonly TimeSpan TooNear = TimeSpan.FromSeconds(20);

    /// <summary>Undoes what moved the time, so that orders are compared with what their events told.</summary>
    private const string DeadlinesAsTold =
        """
        update orders o
           set deadline = (e.body::jsonb -> 'order' ->> 'deadline')::timestamptz
          from events e
         where e.type = 'OrderChanged'
           and e.user_id = o.buyer_id
           and (e.body::jsonb -> 'order' ->> 'id')::uuid = o.id
           and (e.body::jsonb -> 'order' ->> 'version')::integer = o.version
        """;

    [Test]
    [CancelAfter(300_000)]
    public async Task Sequences_on_a_database_end_in_the_rows_that_the_model_has()
    {
        var count = Properties.IsNightly ? 5_000 : 300;
        var random = Properties.Randomness("sequences on a database");
        var sequences = FsCheck.Fluent.Gen.Sample(Step.Sequences.Generator, count, new FsCheck.Rnd(Properties.Seed), 50).ToList();
        await using var market = await EngineMarket.Create(
            engines: 2,
            new OrderLimits { OpenOrdersMax = ReferenceModel.OpenMax, UnpaidOrdersMax = ReferenceModel.UnpaidMax },
            new EngineSettings { Writers = 1 }); // Two would decide what nobody waited for in either order.
        await market.AsSuperuser("update assets set fee_rate = @rate where code = 'BTC'", new { rate = ReferenceModel.FeeRate });
        var (figures, fees, outside) = (new Figures(), 0m, 0m);
        foreach (var chunk in sequences.Chunk(AtOnce))
        {
            var runs = chunk.Select(steps => Play(market, steps, new Random(random.Next()), figures)).ToList();
            foreach (var world in await Task.WhenAll(runs))
            {
                (fees, outside) = (fees + world.Model.Fees, outside + world.Model.Outside);
                figures.Count(world.Model.Orders.OfType<ModelOrder>());
            }
        }

        figures.Print();
        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<decimal>("select coalesce(sum(balance), 0) from accounts where kind = 'Fees'")).ShouldBe(fees);
        (await connection.ExecuteScalarAsync<decimal>("select sum(balance) from accounts where kind = 'External'")).ShouldBe(outside);
        fees.ShouldBeGreaterThan(0);
        figures.Commands.ShouldBeGreaterThan(count * 15);
        (await EngineInvariants.Deadlocks(market)).ShouldBe(0);
        await market.AsSuperuser(DeadlinesAsTold);
        market.Warnings.ShouldBeEmpty();
        await EngineInvariants.Check(market);
    }

    private static async Task<World> Play(EngineMarket market, Step[] steps, Random random, Figures figures)
    {
        var users = await market.Users(4);
        Guid[] ads =
        [
            .. await market.Ads([users[0]], 6, sells: true, ReferenceModel.AmountMin, ReferenceModel.AmountMax),
            .. await market.Ads([users[1]], 6, sells: false, ReferenceModel.AmountMin, ReferenceModel.AmountMax),
            .. await market.Ads([users[2]], 3, sells: true, ReferenceModel.AmountMin, ReferenceModel.AmountMax),
        ];
        var world = new World(users, ads, DateTimeOffset.UtcNow, _ => Ids.New());
        var replies = new List<Task<string>>();
        var heard = 0;
        async Task Hear()
        {
            for (; heard < replies.Count; heard++)
            {
                var (sent, answer) = (world.AllSent[heard], await replies[heard]);
                var expected = sent.Code ?? "{";
                var same = sent.RepeatOf is not { } first || answer == await replies[first];
                if (!answer.StartsWith(expected, StringComparison.Ordinal) || !same)
                {
                    throw new InvalidOperationException(
                        $"{sent.Command} answered {answer}; the model says {expected}. Steps:\n{string.Join('\n', steps)}");
                }

                lock (figures)
                {
                    figures.Count(sent.Code);
                }
            }

            var skipped = TimeSpan.Zero;
            while (world.Model.Moments().Any(moment => (moment - world.Model.Now).Duration() < TooNear))
            {
                world.Model.Now += TooNear;
                skipped += TooNear;
            }

            await Skip(market, users, skipped);
        }

        var engine = random.Next(2);
        foreach (var sent in world.Begin())
        {
            replies.Add(Answer(market, sent.Command, engine));
        }

        foreach (var step in steps)
        {
            // Callers of one group do not wait for each other; whoever names an order has heard of it.
            if (step.Verb is Verb.Advance or Verb.OpenOrClose
                || (step.Verb is Verb.Move or Verb.EndWithdrawal or Verb.Dispute && NamesWhatIsNew(world, heard))
                || replies.Count - heard >= 1 + random.Next(GroupMax))
            {
                await Hear();
                engine = random.Next(2);
            }

            if (step.Verb == Verb.Advance)
            {
                world.Model.Now += World.Time(step);
                await Skip(market, users, World.Time(step));
                await Hear();
            }
            else if (step.Verb == Verb.OpenOrClose)
            {
                var (ad, open) = world.OpenOrClose(step);
                await market.SetOpen(ads[ad], open);
            }
            else if (world.Play(step) is { } sent)
            {
                replies.Add(Answer(market, sent.Command, engine));
            }
        }

        await Hear();
        StateLines.Compare(StateLines.Of(world, withTimes: false), await Lines(market, world));
        return world;
    }

    private static bool NamesWhatIsNew(World world, int heard) =>
        world.AllSent.Skip(heard).Any(sent => sent.Command is PlaceOrder or RequestWithdrawal or MoveOrder { Action: OrderAction.Dispute });

    /// <summary>Time passes for these users alone: everything that was is that much longer ago.</summary>
    private static Task Skip(EngineMarket market, long[] users, TimeSpan time) => time == TimeSpan.Zero
        ? Task.CompletedTask
        : market.AsSuperuser(
            """
            update crypto_orders d set payment_deadline = d.payment_deadline - @time, confirmed_at = d.confirmed_at - @time
              from orders o where o.id = d.order_id and o.buyer_id = any(@users);
            update orders set deadline = deadline - @time where buyer_id = any(@users);
            update disputes d set deadline = d.deadline - @time from orders o where o.id = d.order_id and o.buyer_id = any(@users);
            update standings set last_lapse_at = last_lapse_at - @time, lapse_before_at = lapse_before_at - @time,
                                 cooling_down_until = cooling_down_until - @time
             where user_id = any(@users);
            """,
            new { users, time });

    private static async Task<string> Answer(EngineMarket market, EngineCommand command, int engine)
    {
        try
        {
            return await market.RunRaw(command, engine);
        }
        catch (Refused refused)
        {
            return refused.ToWire();
        }
    }

    private static async Task<List<string>> Lines(EngineMarket market, World world)
    {
        var users = world.Users.ToList();
        await using var connection = await market.Open();
        var balances = (await connection.QueryAsync<(Guid, long?, string, decimal)>(
            "select id, user_id, kind, balance from accounts where user_id = any(@users) or id = any(@ids)",
            new { users = users.ToArray(), ids = world.OrderIds.Concat(world.WithdrawalIds).ToArray() })).ToList();
        var standings = (await connection.QueryAsync<(long, bool, int, int, int, int)>(
            "select user_id, suspended, open_as_taker, unpaid_as_taker, completed, cancelled from standings where user_id = any(@users)",
            new { users = users.ToArray() })).ToDictionary(row => row.Item1);
        var offers = (await connection.QueryAsync<(Guid, decimal, decimal, bool, int)>(
            "select id, total, remaining, open, version from offers where id = any(@ads)",
            new { ads = world.Ads.ToArray() })).ToDictionary(row => row.Item1);
        var orders = (await connection.QueryAsync<OrderRow>(
            """
            select o.id, o.status, o.version, o.duty, o.buyer_id, o.seller_id, o.held, o.fee, o.taken, o.deadline is not null as has_deadline,
                   x.status as dispute_status, x.version as dispute_version, x.rounds, x.decision, x.second_wanted, o.overdue, o.cancel_requested_by, d.confirmation_undone, d.window_extended,
                   d.seller_acted, d.confirmed_at is not null as confirmed
              from orders o
              join crypto_orders d on d.order_id = o.id
              left join disputes x on x.order_id = o.id
             where o.id = any(@ids)
            """,
            new { ids = world.OrderIds.ToArray() })).ToDictionary(row => row.Id);
        decimal Held(Guid id) => balances.FirstOrDefault(row => row.Item1 == id).Item4;

        return
        [
            .. users.Select((user, i) => (s: standings[user], i)).Select(x => StateLines.User(
                x.i, balances.Single(row => row.Item2 == users[x.i] && row.Item3 == "Available").Item4, x.s.Item2, x.s.Item3, x.s.Item4, x.s.Item5,
                x.s.Item6)),
            .. world.Ads.Select((ad, i) => StateLines.Ad(i, offers[ad].Item2, offers[ad].Item3, offers[ad].Item4, offers[ad].Item5)),
            .. world.OrderIds.Select((id, i) => !orders.TryGetValue(id, out var o) ? $"order {i}: none" : StateLines.Order(
                i,
                new OrderFields
                {
                    Status = o.Status, Version = o.Version, Duty = o.Duty, Buyer = users.IndexOf(o.BuyerId), Seller = users.IndexOf(o.SellerId),
                    Held = o.Held, Fee = o.Fee, Taken = o.Taken, Escrow = Held(id), HasDeadline = o.HasDeadline,
                    Dispute = o.DisputeStatus is { } status
                        ? StateLines.Dispute(status, o.DisputeVersion, o.Rounds, o.Decision, o.SecondWanted)
                        : "undisputed",
                    Overdue = o.Overdue, Proposed = o.CancelRequestedBy, Undone = o.ConfirmationUndone, Extended = o.WindowExtended,
                    SellerActed = o.SellerActed, Confirmed = o.Confirmed,
                })),
            .. world.Model.Withdrawals.Select((w, i) =>
                w is null ? $"withdrawal {i}: none" : StateLines.Withdrawal(i, w.Status, w.Amount, Held(world.WithdrawalIds[i]))),
        ];
    }

    private sealed record OrderRow
    {
        public required Guid Id { get; init; }

        public required OrderStatus Status { get; init; }

        public required int Version { get; init; }

        public required Duty Duty { get; init; }

        public required long BuyerId { get; init; }

        public required long SellerId { get; init; }

        public required decimal Held { get; init; }

        public required decimal Fee { get; init; }

        public required decimal Taken { get; init; }

        public required bool HasDeadline { get; init; }

        public DisputeStatus? DisputeStatus { get; init; }

        public int DisputeVersion { get; init; }

        public int Rounds { get; init; }

        public RulingDecision? Decision { get; init; }

        public bool SecondWanted { get; init; }

        public required bool Overdue { get; init; }

        public Party? CancelRequestedBy { get; init; }

        public required bool ConfirmationUndone { get; init; }

        public required bool WindowExtended { get; init; }

        public required bool SellerActed { get; init; }

        public required bool Confirmed { get; init; }
    }
}
