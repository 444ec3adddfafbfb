using P2P.Client.Sdk;

namespace DemoTraders;

/// <summary>Prints a line for each thing that happens, and the sums now and then: for output that is no terminal.</summary>
internal sealed class PlainView(Board board)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken stop)
    {
        board.Happened += Print;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = board.Picture();
            var connected = now.Traders.Count(trader => trader.State == P2PClientState.Connected);
            Console.WriteLine($"-- {Sums(now)}, {connected} of {now.Traders.Count} traders connected");
        }

        board.Happened -= Print;
    }

    public static string Sums(Picture now) =>
        $"{now.Elapsed:hh\\:mm\\:ss}: {now.Placed} orders placed, {now.Released} released, {now.Cancelled} called off, "
        + $"{now.OpenOrders.Count} open, {now.Refused} calls refused, {now.EventsPerSecond:0.0} events/s, {now.OrdersPerMinute} orders/min";

    private static void Print(Happening happening) => Console.WriteLine($"{happening.At:HH:mm:ss} {happening.Text}");
}
