using System.CommandLine;

namespace P2P.Benchmarks.Orders;

/// <summary>`orders`: placing, paying and releasing, by the engine and by its peers.</summary>
internal static class OrdersCommand
{
    public static Command Create()
    {
        var standard = new OrdersOptions();
        var rounds = new Option<int>("--rounds") { Description = "Rounds of all targets", DefaultValueFactory = _ => standard.Rounds };
        var seconds = new Option<double>("--seconds") { Description = "Seconds of each measurement", DefaultValueFactory = _ => standard.Seconds };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds before each measurement", DefaultValueFactory = _ => standard.WarmUpSeconds };
        var callers = new Option<string>("--callers") { Description = "Numbers of callers", DefaultValueFactory = _ => "1,32,256" };
        var loads = new Option<string>("--loads") { Description = "spread, hot or both", DefaultValueFactory = _ => "spread,hot" };
        var merchants = new Option<int>("--merchants") { Description = "Ads in the spread load", DefaultValueFactory = _ => standard.Merchants };
        var targets = new Option<string>("--targets") { Description = "Letters of the targets: A engine, 2 the same with two writers, B .NET, D pgbench", DefaultValueFactory = _ => standard.Targets };
        var connection = new Option<string?>("--connection") { Description = "A superuser's connection to an empty database; else a private one is started" };
        var plain = new Option<bool>("--plain") { Description = "Print tables as Markdown" };
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
                Plain = parsed.GetValue(plain),
            };
            var result = await new OrdersScenario(options, Console.WriteLine).Run(cancellation);
            OrdersReport.Print(result, options.Plain);
            return result.Holds ? 0 : 1;
        });
        return command;
    }

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
