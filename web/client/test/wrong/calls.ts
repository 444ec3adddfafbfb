// Each line with the mark at its end must not compile; every other one must.
import { add, createTradeClient, type OrderStatus } from "../../src/index.js";

const client = createTradeClient({ url: "https://p2p.example", token: () => "" });
const orderId = "0190f3a0-1111-7000-8000-00000000c0de";

void client.calls.createOrder({ adId: orderId, paymentMethodId: 17, cryptoAmount: "0.5" });
void client.calls.createOrder({ adId: orderId, paymentMethodId: 17, cryptoAmount: 0.5 }); // wrong: an amount is a string
void client.calls.createOrder({ adId: orderId, cryptoAmount: "0.5" }); // wrong: a member is missing
void client.calls.createOrder({ adId: orderId, paymentMethodId: 17, amount: "1" }); // wrong: there is no such member
void client.calls.createOrder({ adId: orderId, paymentMethodId: 17, fiatAmount: "one" }); // wrong: no amount
void client.calls.cancelOrder(orderId); // wrong: a request is an object
void client.calls.getOrder({ orderId }); // wrong: an id is a text
void client.calls.placeOrder({}); // wrong: there is no such call
void client.calls.listAds({ side: "hold" }); // wrong: no such value
void client.calls.getOrder(orderId).then((order) => order.state.total); // wrong: an answer has no such member
void client.calls.getOrder(orderId, { signal: "stop" }); // wrong: no signal

client.on("OrderChanged", ({ body }) => void body.order.status);
client.on("OrderChange", () => undefined); // wrong: there is no such event
client.on("AdBookChanged", () => undefined); // wrong: a signal is no event
client.onSignal("AdBookChanged", (change) => void change.version);
client.on("MessageSent", ({ body }) => body.text); // wrong: a body holds no text
client.on("OrderChanged", ({ body }) => void (body.order.version = 2)); // wrong: what was heard is not changed

add("0.1", "0.2");
add(0.1, 0.2); // wrong: exact sums need strings
const known: OrderStatus = "released";
const unknown: OrderStatus = "Released"; // wrong: the wire spells it otherwise
void [known, unknown];
createTradeClient({ url: "https://p2p.example" }); // wrong: who signs in?
