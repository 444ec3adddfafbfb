// Books every released order in a journal of its own, each exactly once, whenever this program, the server or the network breaks off.
// Start it again at any time: it goes on where its journal ends.
using Integrator;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var folder = args.FirstOrDefault() ?? "integrator";
Directory.CreateDirectory(folder);
using var journal = Journal.Open(Path.Combine(folder, "journal.csv"));
await using var client = new P2PClient(new P2PClientOptions
{
    ServerUrl = new Uri(Environment.GetEnvironmentVariable("P2P_URL") ?? "http://127.0.0.1:8030"),
    TokenProvider = _ => new(Environment.GetEnvironmentVariable("P2P_TOKEN") ?? throw new P2PException("NO_TOKEN", "Set P2P_TOKEN.")),
    // Moves when the handler has ended. A crash in between hears the event in hand once more: the journal knows it.
    Positions = new FileEventPositionStore(Path.Combine(folder, "position.json")),
});

// Before connecting, so that what happened while this program was away is heard too.
client.On<OrderChanged>((change, _) =>
{
    var order = change.Body.Order;
    if (order.Status == OrderStatus.Released && journal.Book(order))
    {
        Console.WriteLine($"booked {order.CryptoAmount} {order.Asset} for {order.FiatAmount} {order.Fiat}");
    }

    return Task.CompletedTask;
});

// Away for longer than the server keeps events: released orders are booked from the list, what is booked already is known by its id.
client.OnResync(async (_, token) =>
{
    string? cursor = null;
    do
    {
        var page = await client.Orders.ListAsync(open: false, limit: 100, cursor: cursor, cancellationToken: token);
        foreach (var order in page.Items.Where(order => order.State.Status == OrderStatus.Released))
        {
            journal.Book(order.State);
        }

        cursor = page.NextCursor;
    }
    while (cursor is not null);
});

try
{
    await client.ConnectAsync(stop.Token);
    Console.WriteLine($"connected as {client.Me?.Username}, {journal.Count} orders are booked");
    await Task.Delay(Timeout.Infinite, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("ended");
}
