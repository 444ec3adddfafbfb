using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>A database with users, ads and engines on it: what tests of the engine act on.</summary>
public sealed class EngineMarket : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly List<OrderEngine> _engines = [];
    private readonly WarningLog _log = new();

    private EngineMarket(TestDatabase database)
    {
        _database = database;
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    }

    public required OrderLimits Limits { get; init; }

    public TestDatabase Database => _database;

    public string App => _database.App;

    public OrderEngine Engine => _engines[0];

    public static async Task<EngineMarket> Create(int engines = 1, OrderLimits? limits = null, EngineSettings? settings = null)
    {
        var market = new EngineMarket(await TestDatabase.Create())
        {
            Limits = limits ?? new OrderLimits { OpenOrdersMax = 1_000_000, UnpaidOrdersMax = 1_000_000 },
        };
        for (var i = 0; i < engines; i++)
        {
            market._engines.Add(market.NewEngine(settings));
        }

        return market;
    }

    public OrderEngine EngineAt(int index) => _engines[index % _engines.Count];

    public OrderEngine NewEngine(EngineSettings? settings = null, IOrderKind? kind = null) => new(
        new DatabaseOptions { App = App },
        settings ?? new EngineSettings(),
        [kind ?? new CryptoOrderKind(Limits)],
        Model.MemoryEngine.Disputes,
        _services.GetRequiredService<IMeterFactory>(),
        _log);

    /// <summary>What the engines warned of: a batch that had to run one by one, above all.</summary>
    public IReadOnlyCollection<string> Warnings => _log.Lines;

    /// <summary>Stops an engine as a deployment does and starts another in its place.</summary>
    public async Task Restart(int engine)
    {
        await _engines[engine].DisposeAsync();
        _engines[engine] = NewEngine();
    }

    public async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(App);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>A user who has joined, with one M-Pesa account.</summary>
    public async Task<long> User(decimal bitcoin = 0)
    {
        var id = Ids.NewUserId();
        await using var connection = await Open();
        await connection.ExecuteAsync(
            """
            insert into users (id, sub) values (@id, @sub);
            insert into profiles (user_id, joined_at, updated_at, last_active_at) values (@id, now() - interval '40 days', now(), now());
            insert into standings (user_id) values (@id);
            insert into streams (user_id, audience) values (@id, 'trade');
            insert into payment_accounts (id, user_id, payment_method_id, fields, created_at)
            select @account, @id, m.id, '{"holder":"A","phone":"+254700000000"}', now() from payment_methods m where m.code = 'mpesa-ke';
            """,
            new { id, sub = $"user-{id}", account = Ids.New() });
        if (bitcoin > 0)
        {
            await RunRaw(Deposit(id, bitcoin));
        }

        return id;
    }

    /// <summary>An open ad for bitcoin against Kenyan shillings at 1,000 each.</summary>
    public async Task<Guid> Ad(long owner, decimal total, bool sells = true, int windowMinutes = 30)
    {
        var id = Ids.New();
        await using var connection = await Open();
        await connection.ExecuteAsync(
            """
            insert into offers (id, kind, owner_id, owner_gives, unit, total, remaining, open, version, changed_at)
            values (@id, 'Crypto', @owner, @sells, 'BTC', @total, @total, true, 1, now());
            insert into ads (id, owner_id, side, asset, fiat, price_kind, price_fixed, amount_min, amount_max, payment_method_ids,
                             payment_window_minutes, visibility, created_at, updated_at)
            select @id, @owner, case when @sells then 'Sell' else 'Buy' end, 'BTC', 'KES', 'Fixed', 1000, 1, 1000000, array[m.id], @windowMinutes, 'Public', now(), now()
              from payment_methods m where m.code = 'mpesa-ke';
            """,
            new { id, owner, sells, total, windowMinutes });
        return id;
    }

    /// <summary>An engine of its own on any database.</summary>
    public static OrderEngine EngineOn(string app) => new(
        new DatabaseOptions { App = app },
        new EngineSettings(),
        [new CryptoOrderKind(new OrderLimits())],
        Model.MemoryEngine.Disputes,
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        NullLogger<OrderEngine>.Instance);

    /// <summary>Credits a user as the custody service would.</summary>
    public static Task Credit(OrderEngine engine, long user, decimal amount) => engine.Run(Deposit(user, amount), Bounded());

    public static Deposit Deposit(long user, decimal amount)
    {
        var id = Ids.New();
        return new Deposit
        {
            UserId = Caller.System.UserId,
            RequestId = id,
            BodyHash = id.ToByteArray(),
            ExternalReference = $"test:{id}",
            SubjectId = user,
            Asset = "BTC",
            Amount = amount,
        };
    }

    public static PlaceOrder Place(long taker, Guid ad, decimal crypto, Guid? requestId = null)
    {
        var terms = new PlaceTerms { CryptoAmount = crypto, PaymentMethodId = MpesaKenya };
        return new PlaceOrder
        {
            Kind = OrderKind.Crypto,
            UserId = taker,
            RequestId = requestId ?? Ids.New(),
            BodyHash = RequestHash.Of("place", new { ad, crypto = crypto.ToString("F8") }),
            OrderId = Ids.New(),
            OfferId = ad,
            Request = terms,
        };
    }

    public static MoveOrder Move(long user, Guid order, OrderAction action, Guid? requestId = null, int? expectedVersion = null) => new()
    {
        UserId = user,
        RequestId = requestId ?? Ids.New(),
        BodyHash = RequestHash.Of("move", new { order, action = action.ToString() }),
        OrderId = order,
        Action = action,
        ExpectedVersion = expectedVersion,
    };

    public const long MpesaKenya = 17;

    public async Task<OrderReply> Run(EngineCommand command, int engine = 0) =>
        JsonSerializer.Deserialize<OrderReply>(await RunRaw(command, engine), WireJson.Client)
            ?? throw new InvalidOperationException("No reply.");

    public Task<string> RunRaw(EngineCommand command, int engine = 0) => EngineAt(engine).Run(command, Bounded());

    /// <summary>The code of the refusal, or null when the command succeeded.</summary>
    public async Task<string?> CodeOf(EngineCommand command, int engine = 0)
    {
        try
        {
            await RunRaw(command, engine);
            return null;
        }
        catch (Refused refused)
        {
            return refused.Code;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static CancellationToken Bounded() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private sealed class WarningLog : ILogger<OrderEngine>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Enqueue($"{formatter(state, exception)}: {exception?.GetType().Name} {exception?.Message}");
            }
        }
    }
}
