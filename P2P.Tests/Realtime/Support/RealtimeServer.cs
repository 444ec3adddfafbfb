using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts;
using P2P.Server.Core;
using P2P.Server.Core.Http;
using P2P.Server.Core.Hubs;
using P2P.Server.Realtime;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Push;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime.Support;

/// <summary>A real server with the test hub, on Kestrel and a database of its own.</summary>
internal sealed class RealtimeServer : IAsyncDisposable
{
    public const string Origin = "https://trade.example";

    private readonly WebApplication _app;
    private readonly TestDatabase _testDatabase;

    private RealtimeServer(WebApplication app, TestDatabase testDatabase, ErrorLog errors)
    {
        (_app, _testDatabase, Errors) = (app, testDatabase, errors);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses; // Kestrel has it.
        var address = addresses.First();
        HubAddress = new Uri(address.Replace("http://", "ws://", StringComparison.Ordinal) + TestHub.Path + "?v=1");
        HttpAddress = new Uri(address);
    }

    public Uri HubAddress { get; }

    public Uri HttpAddress { get; }

    public ErrorLog Errors { get; }

    /// <summary>The database's own roles, for what the server may not do.</summary>
    public TestDatabase TestDatabase => _testDatabase;

    public Database Database => _app.Services.GetRequiredService<Database>();

    public EventPush Push => _app.Services.GetRequiredService<EventPush>();

    public Notes Notes => _app.Services.GetRequiredService<Notes>();

    /// <summary>Users whom the admission refuses.</summary>
    public ConcurrentDictionary<long, Reason> Refused { get; } = [];

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<RealtimeServer> Start(params (string Name, string Value)[] settings)
    {
        var testDatabase = await TestDatabase.Create();
        var errors = new ErrorLog();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("Drain:NoticeSeconds", "0")).DistinctBy(setting => setting.Item1).Append(("Origins:0", Origin))
                .Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.Services.AddSingleton(_ => new Database(new DatabaseOptions { App = testDatabase.App }));
        builder.Services.AddRealtime(builder.Configuration);
        builder.Services.AddAccountFlows();
        builder.Services.AddScoped<AccountDesk>();
        builder.Services.AddSingleton<Notes>();
        builder.Services.AddAuthentication(TestScheme.Name).AddScheme<AuthenticationSchemeOptions, TestScheme>(TestScheme.Name, null);
        builder.Services.AddAuthorization();
        RealtimeServer? server = null;
        builder.Services.AddSingleton<Admission>((caller, _) =>
            Task.FromResult((server?.Refused.GetValueOrDefault(caller.UserId), (P2P.Contracts.Accounts.ProfileView?)null)));
        var app = builder.Build();
        app.UseOriginCheck();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHubAt<TestHub>(TestHub.Path);
        await app.StartAsync();
        return server = new RealtimeServer(app, testDatabase, errors);
    }

    /// <summary>A user with a stream.</summary>
    public async Task<long> NewUser()
    {
        var userId = Ids.NewUserId();
        await Database.Write(tx => TestSql.AddUser(tx, userId));
        return userId;
    }

    public static string SignedIn(long userId, int lifetimeSeconds = 3_600) =>
        TestScheme.Header(userId, DateTimeOffset.UtcNow.AddSeconds(-2), DateTimeOffset.UtcNow.AddSeconds(lifetimeSeconds));

    /// <summary>A connection that was welcomed.</summary>
    public async Task<RawClient> Connect(long userId)
    {
        var client = await RawClient.Connect(HubAddress, SignedIn(userId));
        await client.Hears(nameof(IConnectionClient.Connected));
        return client;
    }

    public async Task<(RawClient Client, long UserId)> ConnectNew()
    {
        var userId = await NewUser();
        return (await Connect(userId), userId);
    }

    /// <summary>Records events as another process would: nobody here is told.</summary>
    public Task<IReadOnlyList<AppendedEvent>> Append(long userId, int count, string body = "{}") =>
        Database.Write(
            async tx => await EventSql.Append(
                tx,
                [.. Enumerable.Range(0, count).Select(_ => new PendingEvent(userId, Audience.Trade, Ids.New(), "Noted", body))],
                DateTimeOffset.UtcNow));

    /// <summary>Records events and tells them.</summary>
    public async Task Tell(long userId, int count, string body = "{}") => Push.Tell(await Append(userId, count, body));

    /// <summary>Stops it as a signal would.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _testDatabase.DisposeAsync();
    }
}

/// <summary>Keeps what the server logged as an error.</summary>
internal sealed class ErrorLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Log(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Log(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
