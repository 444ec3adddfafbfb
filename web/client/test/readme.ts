import { createTradeClient, multiply } from "@p2p/client";

const client = createTradeClient({ url: process.argv[2]!, token: () => process.argv[3]! });
const changes = client.watch("OrderChanged");
await client.connect();
const ads = await client.calls.listAds({ side: "sell", asset: "BTC", fiat: "KES" });
const ad = ads.items.find(({ cannotTakeBecause }) => cannotTakeBecause.length === 0)!;
const { orderId } = await client.calls.createOrder({ adId: ad.id, paymentMethodId: ad.terms.paymentMethodIds[0]!, cryptoAmount: "0.01" });
for await (const { body } of changes) {
  console.log(`${body.action}: ${body.order.status}, ${multiply(body.order.price, body.order.cryptoAmount)} ${body.order.fiat}`);
  if (body.order.id === orderId && body.order.duty === "none") await client.close();
}
