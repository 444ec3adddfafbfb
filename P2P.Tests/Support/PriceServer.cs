using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace P2P.Tests.Support;

/// <summary>Exchanges of a test, each in its own way good or bad, on this machine.</summary>
public sealed class PriceServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _asked = new();

    private PriceServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    /// <summary>Where it listens, without a slash.</summary>
    public string Url { get; private set; } = "";

    public static PriceServer Start()
    {
        var server = new PriceServer();
        server._app.StartAsync().GetAwaiter().GetResult();
        server.Url = server._app.Urls.First();
        return server;
    }

    /// <summary>How often a path was asked for.</summary>
    public int Asked(string path) => _asked.GetValueOrDefault(path);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        _asked.AddOrUpdate(path, 1, (_, count) => count + 1);
        switch (path)
        {
            case "/all":
                await context.Response.WriteAsync(
                    """{ "result": { "XBTKES": { "c": ["8150000.5", "1"], "t": 1777636800 }, "ETHKES": { "c": [339500] } } }""");
                break;
            case "/BTC-KES":
                await context.Response.WriteAsync("""{ "price": "1000" }""");
                break;
            case "/moved":
                context.Response.Redirect("/BTC-KES");
                break;
            case "/big":
                await context.Response.WriteAsync($$"""{ "price": "1000", "more": "{{new string('x', 70_000)}}" }""");
                break;
            case "/slow":
                await context.Response.WriteAsync("""{ "price": """);
                await context.Response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromSeconds(10), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "/words":
                await context.Response.WriteAsync("<html>");
                break;
            case "/deep":
                await context.Response.WriteAsync(new string('[', 100) + new string(']', 100));
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
        }
    }
}
