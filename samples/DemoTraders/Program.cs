// A market that moves: traders who join, put up ads, take each other's and settle, all through the SDK as anybody's program would.
using System.Runtime.InteropServices;
using DemoTraders;
using Spectre.Console;

Arguments arguments;
DevelopmentTokens tokens;
try
{
    arguments = Arguments.From(args);
    tokens = DevelopmentTokens.In(arguments.DataFolder);
}
catch (Exception e) when (e is FormatException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

using var stop = new CancellationTokenSource();
if (arguments.Seconds is { } seconds)
{
    stop.CancelAfter(TimeSpan.FromSeconds(seconds));
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

var markets = TradedMarket.Make();
var people = Person.All.Take(arguments.Traders).ToArray();
var board = new Board(markets, [.. people.Select(person => person.Name)]);
using var http = new HttpClient { BaseAddress = arguments.Url, Timeout = TimeSpan.FromSeconds(10) };
var traders = people.Select(person => new Trader(person, arguments.Url, tokens, http, markets, board, stop.Token)).ToArray();

var isTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
var view = isTerminal ? new LiveView(arguments.Url, board, markets).RunAsync(stop.Token) : new PlainView(board).RunAsync(stop.Token);
var watch = new MarketWatch(traders[0].Client, markets, board, stop.Token);
await Task.WhenAll(traders.Select(trader => trader.RunAsync()).Append(watch.RunAsync()).Append(view));

await Task.WhenAll(traders.Select(trader => trader.DisposeAsync().AsTask()));
Console.WriteLine($"The demo has ended. {PlainView.Sums(board.Picture())}");
return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
