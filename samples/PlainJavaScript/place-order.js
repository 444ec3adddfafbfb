// Places an order with the stock SignalR client and follows it, over a restart of the server too: node place-order.js URL TOKEN
import { HubConnectionBuilder } from "@microsoft/signalr";

const [url, token] = process.argv.slice(2);
const hub = new HubConnectionBuilder().withUrl(`${url}/hubs/trade?v=1`, { accessTokenFactory: () => token }).configureLogging("none").build();
let epoch, seq, orderId, isOver; // epoch and seq: where we stand in the stream of our events

function hear(type, head, body) {
  if (head.seq !== seq + 1) return head.seq > seq ? catchUp() : undefined; // a hole is read, what comes twice is left
  seq = head.seq;
  hub.send("Ack", seq).catch(() => {}); // with many events: every 250 ms or 32 events; the next connection acknowledges anew
  if (type !== "OrderChanged") return;
  console.log(`${body.action} by the ${body.by}: ${body.order.status}`);
  if ((isOver = body.order.id === orderId && body.order.duty === "none")) hub.stop();
}

async function catchUp() {
  const page = await hub.invoke("EventsSince", epoch, seq).catch(() => ({ events: [] })); // the next connection asks again
  for (const { head, type, body } of page.events) hear(type, head, body);
  if (page.more) await catchUp();
}

async function connect() {
  await hub.start().catch(() => new Promise((later) => setTimeout(later, 300 + 700 * Math.random())).then(connect));
}
hub.onclose(() => isOver || connect()); // withAutomaticReconnect gives up when a server that stops says goodbye
hub.on("Connected", (info) => {
  if (epoch !== info.epoch) [epoch, seq] = [info.epoch, info.headSeq]; // at first, and after a restored backup: from the newest on
  console.log("connected");
  if (seq < info.headSeq) catchUp();
});
hub.on("Head", catchUp);
for (const type of ["OrderChanged", "MessageSent", "BalanceChanged"]) hub.on(type, (head, body) => hear(type, head, body));
await connect();
const ads = await hub.invoke("ListAds", { side: "sell", asset: "USDT", fiat: "KES" });
const ad = ads.items.find((one) => one.cannotTakeBecause.length === 0);
const id = Date.now().toString(16).padStart(12, "0") + "7" + crypto.randomUUID().replaceAll("-", "").slice(13); // a UUID of version 7
const requestId = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"); // sent again, the order is placed once
const request = { requestId, adId: ad.id, paymentMethodId: ad.terms.paymentMethodIds[0], fiatAmount: ad.terms.amountMin };
({ orderId } = await hub.invoke("CreateOrder", request));
