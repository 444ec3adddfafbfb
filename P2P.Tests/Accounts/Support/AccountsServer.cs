using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Core.Hubs;
using P2P.Server.Core.Observing;
using P2P.Server.Realtime;
using P2P.Tests.Support;

namespace P2P.Tests.Accounts.Support;

/// <summary>The accounts alone, on Kestrel and a database of their own. Orders are stood in for by what a test puts into them.</summary>
public sealed class AccountsServer : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly WebApplication _app;
    private readonly AuthSettings _auth;
    private readonly ConcurrentQueue<string> _log;

    private AccountsServer(TestDatabase database, WebApplication app, AuthSettings auth, ConcurrentQueue<string> log)
    {
        _log = log;
        _database = database;
        _app = app;
        _auth = auth;
    }

    public ConcurrentQueue<(Guid OrderId, string Reference)> Confirmed { get; } = [];

    public ConcurrentQueue<(long UserId, bool Suspended)> Applied { get; } = [];

    public Uri Address => new(_app.Urls.First());

    public TestDatabase Database => _database;

    public IServiceProvider Services => _app.Services;

    public static async Task<AccountsServer> Start(params (string Name, string Value)[] settings)
    {
        var database = await TestDatabase.Create();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration["Auth:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        builder.Configuration["Drain:NoticeSeconds"] = "0";
        builder.Configuration["Limits:RestPerUserPerMinute"] = "10000";
        builder.Configuration["Limits:RestPerAddressPerMinute"] = "10000";
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        var log = new ConcurrentQueue<string>();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.Logging.AddProvider(new LogLines(log));
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        var auth = AuthSettings.From(builder.Configuration);
        AccountsServer? server = null;
        builder.Services.AddSingleton(auth);
        builder.Services.AddSingleton(new ServerMode(IsDevelopment: true, ShortcutsOn: true, DataFolder: null));
        builder.Services.AddSingleton(_ => new Database(new DatabaseOptions { App = database.App }));
        builder.Services.AddRealtime(builder.Configuration);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddSingleton<ListOwnOpenOrders>((_, _) => Task.FromResult<IReadOnlyList<OwnOpenOrder>>([]));
        builder.Services.AddSingleton<ConfirmOwnPayment>((_, orderId, reference, _) =>
        {
            server?.Confirmed.Enqueue((orderId, reference));
            return Task.CompletedTask;
        });
        builder.Services.AddSingleton<ApplySuspension>(async (userId, suspended, _) =>
        {
            server?.Applied.Enqueue((userId, suspended));
            await TestPostgres.Execute(database.Owner, $"update standings set suspended = {suspended} where user_id = {userId}");
        });

        var app = builder.Build();
        app.MapAccounts();
        app.MapHealth();
        app.MapHubAt<AccountTestHub>(AccountTestHub.Path);
        app.MapGet("/api/test/fault", IResult () => throw new InvalidOperationException("planted"));
        app.MapGet("/api/test/address", (HttpContext context) => Results.Text($"{context.Connection.RemoteIpAddress}"));
        server = new AccountsServer(database, app, auth, log);
        await app.StartAsync();

        return server;
    }

    /// <summary>All that was logged so far.</summary>
    public IReadOnlyList<string> Logged => [.. _log];

    public string Token(string user, TimeSpan? lifetime = null, TimeProvider? time = null, params string[] roles) =>
        new TokenSigner(_auth, time).Sign(user, roles, lifetime);

    /// <summary>Somebody who is signed in, with no profile yet.</summary>
    public RestUser User(string sub, TimeProvider? time = null) => new(this, sub, Token(sub, time: time));

    /// <summary>Somebody who has joined.</summary>
    public async Task<RestUser> Joined(string sub, string? username = null)
    {
        var user = User(sub);
        (await user.Post("profile/create", new { username, has_consent = true })).Status.ShouldBe(201);
        return user;
    }

    public Task Sql(string sql) => TestPostgres.Execute(_database.Superuser, sql);

    public Task<T> Sql<T>(string sql) => TestPostgres.Scalar<T>(_database.Superuser, sql);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class LogLines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
