using System.CommandLine;

namespace P2P.Benchmarks.Orders;

/// <summary>`orders`: placing, paying and releasing, by the engine and by its peers.</summary>
internal static class OrdersCommand
{
    public static Command Create()
    {
        var standard = new OrdersOptions();
        var rounds = Option("--rounds", "Rounds of all targets", standard.Rounds);
        var seconds = Option("--seconds", "Seconds of each measurement", standard.Seconds);
        var warmUp = Option("--warm-up", "Seconds before each measurement", standard.WarmUpSeconds);
        var callers = Option("--callers", "Numbers of callers", "1,32,256");
        var loads = Option("--loads", "spread, hot or both", "spread,hot");
        var merchants = Option("--merchants", "Ads in the spread load", standard.Merchants);
        var targets = Option("--targets", "A engine, 1 the same with one writer, B function from .NET, C transaction in .NET, D pgbench", standard.Targets);
        var connection = Option<string?>("--connection", "A superuser's connection to an empty database; else a private one is started", null);
        var plain = Option("--plain", "Print tables as Markdown, as is done into a file", false);
        var command = new Command("orders", "Lifecycles of orders: place, confirm, release")
        {
            rounds, seconds, warmUp, callers, loads, merchants, targets, connection, plain,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new OrdersOptions
            {
                Rounds = parsed.GetValue(rounds),
                Seconds = parsed.GetValue(seconds),
                WarmUpSeconds = parsed.GetValue(warmUp),
                Callers = [.. Parts(parsed.GetRequiredValue(callers)).Select(int.Parse)],
                Loads = [.. Parts(parsed.GetRequiredValue(loads)).Select(name => Enum.Parse<LoadKind>(name, ignoreCase: true))],
                Merchants = parsed.GetValue(merchants),
                Targets = parsed.GetRequiredValue(targets),
                Connection = parsed.GetValue(connection),
                Plain = parsed.GetValue(plain) || Console.IsOutputRedirected,
            };
            var result = await new OrdersScenario(options, Console.WriteLine).Run(cancellation);
            OrdersReport.Print(result, options.Plain);
            return result.Holds ? 0 : 1;
        });
        return command;
    }

    private static Option<T> Option<T>(string name, string description, T standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
