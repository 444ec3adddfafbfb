using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using P2P.Client.Sdk;
using P2P.Contracts.Trading;
using P2P.Server.Accounts.Staff;
using P2P.Server.Trading;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Support;

/// <summary>Tests that share one whole server, each with people of its own.</summary>
public abstract class MarketFixture
{
    private static readonly StaffActor Staff = new("staff", null);
    private static int _people;

    /// <summary>The server; it runs from the first test to the last.</summary>
    protected TestMarket Market { get; private set; } = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Open_the_market() => Market = await TestMarket.Create(Nodes, await Prepare(), Database, Loggers);

    [OneTimeTearDown]
    public ValueTask Close_the_market() => Market.DisposeAsync();

    protected virtual int Nodes => 1;

    protected virtual Dictionary<string, string?>? Settings => null;

    /// <summary>Who is told what the server logs.</summary>
    protected virtual ILoggerProvider[] Loggers => [];

    /// <summary>The database, where <see cref="Prepare"/> has made one; else a new one.</summary>
    protected virtual TestDatabase? Database => null;

    /// <summary>What must be there before the server; the server's settings.</summary>
    protected virtual Task<Dictionary<string, string?>?> Prepare() => Task.FromResult(Settings);

    protected static CancellationToken Bounded => TestMarket.Bounded();

    /// <summary>A name that nobody had before.</summary>
    protected static string NewName(string role) => $"{role}_{Interlocked.Increment(ref _people)}";

    protected Task<Trader> Seller(decimal bitcoin = 10, int node = 0) => Market.Trader(NewName("seller"), bitcoin, node);

    protected Task<Trader> Buyer(int node = 0) => Market.Trader(NewName("buyer"), node: node);

    /// <summary>A buyer, a seller and an order of half a bitcoin that awaits payment.</summary>
    protected async Task<(Trader Buyer, Trader Seller, Guid Order)> OrderAwaitingPayment()
    {
        var (seller, buyer) = (await Seller(), await Buyer());
        return (buyer, seller, await Place(buyer, await TestMarket.Ad(seller)));
    }

    protected async Task<(Trader Buyer, Trader Seller, Guid Order)> ConfirmedOrder()
    {
        var made = await OrderAwaitingPayment();
        await made.Buyer.Client.Orders.ConfirmPaymentAsync(made.Order, cancellationToken: Bounded);
        return made;
    }

    protected static async Task<Guid> Place(Trader taker, Guid ad, decimal bitcoin = 0.5m) =>
        (await taker.Client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, cryptoAmount: bitcoin, cancellationToken: Bounded)).OrderId;

    protected static Task<OrderView> Read(Trader party, Guid order) => party.Client.Orders.GetAsync(order, Bounded);

    protected async Task Suspend(Trader trader, int node = 0) =>
        await Market.Service<StaffFlow>(node).Suspend(Staff, $"name:{trader.Name}", "a test", null, Bounded);

    protected async Task Lift(Trader trader, int node = 0) =>
        await Market.Service<StaffFlow>(node).Lift(Staff, $"name:{trader.Name}", null, Bounded);

    protected Task<int> PublishTerms() => Market.Service<StaffFlow>().PublishTerms(Staff, "New terms", "en", Bounded);

    /// <summary>A connection that writes its frames itself.</summary>
    private protected async Task<RawClient> Raw(string user, int node = 0, string query = "")
    {
        var address = new UriBuilder(Market.AddressOf(node)) { Scheme = "ws", Path = TradeHub.Path, Query = query }.Uri;
        return await RawClient.Connect(address, $"Bearer {Market.Token(user)}");
    }

    protected Task Sql(string statement) => TestPostgres.Execute(Market.Database.Superuser, statement);

    protected Task<T> Sql<T>(string query) => TestPostgres.Scalar<T>(Market.Database.Superuser, query);

    /// <summary>Waits until everything that happened has its notifications, and nothing more is written for it.</summary>
    protected Task NotificationsAreMade() => Eventually(Market.HasMadeNotifications);

    /// <summary>The available balance by the ledger.</summary>
    protected Task<decimal> Available(Trader trader) => Sql<decimal>(
        $"""
        select coalesce(sum(balance), 0)
          from accounts
         where kind = 'Available'
           and asset = 'BTC'
           and user_id = {Id(trader)}
        """);

    protected static long Id(Trader trader) =>
        trader.Client.Me?.Id ?? throw new InvalidOperationException($"{trader.Name} never connected.");

    /// <summary>The code of a refused call.</summary>
    protected static async Task<string> Refused(Func<Task> call) => (await Refusal(call)).Code;

    protected static Task<P2PException> Refusal(Func<Task> call) => Should.ThrowAsync<P2PException>(call);

    /// <summary>A detail of a refusal.</summary>
    protected static string? Detail(P2PException refusal, string name) =>
        refusal.Details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Waits until it holds.</summary>
    /// <returns>How long that took.</returns>
    protected static async Task<TimeSpan> Eventually(Func<Task<bool>> holds, TimeSpan? within = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            (Stopwatch.GetElapsedTime(since) < (within ?? TimeSpan.FromSeconds(10))).ShouldBeTrue("It did not come to hold in time.");
            await Task.Delay(20);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    protected static Task<TimeSpan> Eventually(Func<bool> holds, TimeSpan? within = null) =>
        Eventually(() => Task.FromResult(holds()), within);

    /// <summary>What a client hears of one kind, in order.</summary>
    protected static Heard<T> Hears<T>(P2PClient client)
    {
        var heard = new Heard<T>();
        client.On<T>((_, body, _) =>
        {
            heard.Add(body);
            return Task.CompletedTask;
        });
        return heard;
    }

    /// <summary>A list that one thread fills and another reads.</summary>
    protected sealed class Heard<T>
    {
        private readonly List<T> _all = [];

        public IReadOnlyList<T> All
        {
            get
            {
                lock (_all)
                {
                    return [.. _all];
                }
            }
        }

        public void Add(T body)
        {
            lock (_all)
            {
                _all.Add(body);
            }
        }
    }
}
