// Takes the best ad of a market, says that the money is sent, and watches the order until it has ended: PlaceOrder URL TOKEN
using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

var options = new P2PClientOptions { ServerUrl = new Uri(args[0]), TokenProvider = _ => new(args[1]) };
await using var client = new P2PClient(options);
await client.ConnectAsync();
var ad = (await client.Ads.ListAsync(AdSide.Sell, "USDT", "KES")).Items.First(ad => ad.CannotTakeBecause.Count == 0);
var changes = client.Orders.WatchAsync();
var order = await client.Orders.CreateAsync(ad.Id, ad.Terms.PaymentMethodIds[0], fiatAmount: ad.Terms.AmountMin);
await client.Orders.ConfirmPaymentAsync(order.OrderId, paymentReference: "P2P-1");
await foreach (var (_, change, _) in changes)
{
    if (change.Order.Id != order.OrderId) continue;
    Console.WriteLine($"{change.Action} by the {change.By}: {change.Order.Status}");
    if (change.Order.Duty == Duty.None) break;
}
