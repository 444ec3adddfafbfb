// Prints the user's open orders, then each change of them as it happens, until Ctrl-C. Connections may come and go meanwhile.
using P2P.Client.Sdk;
using P2P.Contracts.Deals;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

await using var client = new P2PClient(new P2PClientOptions
{
    ServerUrl = new Uri(Environment.GetEnvironmentVariable("P2P_URL") ?? "http://127.0.0.1:8030"),
    TokenProvider = _ => new(Environment.GetEnvironmentVariable("P2P_TOKEN") ?? throw new InvalidOperationException("Set P2P_TOKEN.")),
});
client.StateChanged += (_, change) => Console.WriteLine($"-- {change.State}{(change.Error is { } error ? $": {error.Message}" : "")}");

// After a long absence single changes may be gone for good: then the list is read anew.
client.OnResync((_, token) => PrintOpenAsync(token));

// The watch collects from here on, so nothing that happens between the list and the first change is missed.
var changes = client.Orders.WatchAsync(stop.Token);
try
{
    await client.ConnectAsync(stop.Token);
    await PrintOpenAsync(stop.Token);
    await foreach (var change in changes)
    {
        Print(change.Body.Order, $"{change.Body.Action} by the {change.Body.By}".ToLowerInvariant());
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("-- ended");
}

async Task PrintOpenAsync(CancellationToken token)
{
    string? cursor = null;
    do
    {
        var page = await client.Orders.ListAsync(open: true, limit: 100, cursor: cursor, cancellationToken: token);
        foreach (var order in page.Items)
        {
            Print(order.State, "open");
        }

        cursor = page.NextCursor;
    }
    while (cursor is not null);
}

void Print(OrderState order, string what)
{
    var left = order.Deadline is { } deadline ? $", {client.ServerClock.Until(deadline).TotalMinutes:0} min left" : "";
    Console.WriteLine($"{order.Id} {order.CryptoAmount} {order.Asset} for {order.FiatAmount} {order.Fiat}: {order.Status}{left} ({what})");
}
