import { expect, test } from "vitest";
import { localPositions, memoryPositions, type OrderChanged, type P2PEvent, type TradeClient } from "../src/index.js";
import { clientOf, eventually, peer, person, stage } from "./stage.js";

function hear(client: TradeClient): number[] {
  const heard: number[] = [];
  client.on("OrderChanged", ({ head }) => void heard.push(head.seq));
  return heard;
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test("A lost push is read from the stream before later ones are handed out", async () => {
  const server = await peer();
  const client = server.client();
  const heard = hear(client);
  await client.connect();
  await server.record(1);
  await server.record(2, false);
  await server.record(1);
  await eventually(() => heard.length === 4, "four events");
  expect(heard).toEqual([1, 2, 3, 4]);
  expect((await server.state()).asks).toEqual([1]);
  await client.close();
});

test("Pushes out of order and doubled are heard once and in order, without a question", async () => {
  const server = await peer();
  const client = server.client();
  const heard = hear(client);
  await client.connect();
  await server.record(4, false);
  await server.do("again", { seqs: [2, 3, 2, 1, 4, 1] });
  await eventually(() => heard.length === 4, "four events");
  expect(heard).toEqual([1, 2, 3, 4]);
  expect((await server.state()).asks).toEqual([]);
  await client.close();
});

test("A cut connection loses nothing", async () => {
  const server = await peer();
  const client = server.client();
  const heard = hear(client);
  await client.connect();
  for (let i = 0; i < 5; i++) {
    await server.do("cut");
    await server.record(20);
  }

  await eventually(() => heard.length >= 100, "a hundred events");
  expect(heard).toEqual(upTo(100));
  await client.close();
});

test("A new start goes on from the stored position over many pages", async () => {
  const server = await peer();
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  const first = server.client({ positions: localPositions("alice", storage) });
  const heard = hear(first);
  await first.connect();
  await server.record(1);
  await eventually(() => heard.length === 1, "the first event");
  await first.close();
  await server.record(1_200, false);
  const second = server.client({ positions: localPositions("alice", storage) });
  const more = hear(second);
  await second.connect();
  await eventually(() => more.length >= 1_200, "the rest");
  expect(more).toEqual(upTo(1_201, 2));
  await eventually(() => kept.get("alice")?.endsWith(" 1201") ?? false, "the position is stored");
  expect((await server.state()).asks.length).toBeLessThanOrEqual(4);
  await second.close();
});

test("The event in hand when the client closes is heard again and none before it", async () => {
  const server = await peer();
  const positions = memoryPositions();
  const first = server.client({ positions });
  const heard: number[] = [];
  first.on("OrderChanged", async ({ head }, signal) => {
    heard.push(head.seq);
    if (head.seq === 3) await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  });
  await first.connect();
  await server.record(5);
  await eventually(() => heard.length === 3, "three events");
  await first.close();
  expect(await positions.load()).toMatchObject({ seq: 2 });
  const second = server.client({ positions });
  const more = hear(second);
  await second.connect();
  await eventually(() => more.length === 3, "the rest");
  expect(more).toEqual([3, 4, 5]);
  await second.close();
});

test("A restored server is a resync, told before what comes later", async () => {
  const server = await peer();
  const client = server.client();
  const heard: (number | string)[] = [];
  client.on("OrderChanged", ({ head }) => void heard.push(head.seq));
  client.onResync(({ seq }) => void heard.push(`resync ${seq}`));
  await client.connect();
  await server.record(3);
  await eventually(() => heard.length === 3, "three events");
  await server.do("restore", { events: 1 });
  await server.do("cut");
  await eventually(() => heard.length === 4, "the resync");
  await server.record(1);
  await eventually(() => heard.length === 5, "the next event");
  expect(heard).toEqual([1, 2, 3, "resync 1", 2]);
  await client.close();
});

test("Received events are acknowledged on every connection", async () => {
  const server = await peer();
  const client = server.client();
  hear(client);
  await client.connect();
  await server.record(40);
  await eventually(async () => (await server.state()).acks.at(-1) === 40, "the last is acknowledged");
  expect((await server.state()).acks.length).toBeLessThanOrEqual(3);
  await client.close();
});

test("A handler that throws is told of, and holds nothing up", async () => {
  const server = await peer();
  const faults: string[] = [];
  const client = server.client({ onFault: (fault, what) => faults.push(`${what} ${(fault as Error).message}`) });
  client.on("OrderChanged", ({ head }) => {
    if (head.seq === 1) throw new Error("Ouch");
  });
  const heard = hear(client);
  await client.connect();
  await server.record(2);
  await eventually(() => heard.length === 2, "both events");
  expect(faults).toEqual(["A handler of OrderChanged 1 failed. Ouch"]);
  await client.close();
});

test("A watch collects from when it is made, filters, and ends with its signal", async () => {
  const server = await peer();
  const client = server.client();
  const stop = new AbortController();
  const wanted = "0190f3a0-1111-7000-8000-00000000c0de";
  const watch = client.watch("OrderChanged", { signal: stop.signal, where: ({ order }) => order.id === wanted });
  await client.connect();
  await server.record(2);
  await server.do("record", { order: wanted, count: 3 });
  const seen: P2PEvent<OrderChanged>[] = [];
  for await (const event of watch) {
    seen.push(event);
    if (seen.length === 3) stop.abort();
  }

  expect(seen.map(({ head }) => head.seq)).toEqual([3, 4, 5]);
  expect(seen[0]).toMatchObject({ type: "OrderChanged", body: { action: "place" }, position: { seq: 3 }, text: null });
  await client.close();
});

test("Closing the client ends its watches", async () => {
  const server = await peer();
  const client = server.client();
  const next = client.watch("OrderChanged").next();
  await client.connect();
  await client.close();
  expect(await next).toEqual({ done: true, value: undefined });
});

test("A message's text rides along where it is told live", async () => {
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: orderId } = await stage<{ id: string }>("order", { buyer: buyer.name, seller: seller.name });
  const client = clientOf(buyer);
  const messages = client.watch("MessageSent");
  const typing: string[] = [];
  client.onSignal("Typing", ({ orderId: where }) => void typing.push(where));
  await client.connect();
  await stage("say", { name: seller.name, order: orderId, text: "Habari" });
  const { value } = await messages.next();
  expect(value).toMatchObject({ text: "Habari", body: { orderId, senderId: seller.id } });
  const other = clientOf(seller);
  await other.connect();
  await other.calls.setTyping({ orderId });
  await eventually(() => typing.length > 0, "the other is typing");
  expect(typing[0]).toBe(orderId);
  await Promise.all([client.close(), other.close()]);
});

test("An order is placed and followed to its end", async () => {
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: adId } = await stage<{ id: string }>("ad", { name: seller.name });
  const client = clientOf(buyer);
  const changes = client.watch("OrderChanged");
  await client.connect();
  const { orderId } = await client.calls.createOrder({ adId, paymentMethodId: 17, cryptoAmount: "0.5" });
  await client.calls.confirmPayment({ orderId, paymentReference: "TS-1" });
  const seen: string[] = [];
  for await (const { body } of changes) {
    seen.push(`${body.action}: ${body.order.status} ${body.order.fiatAmount}`);
    if (body.action === "confirmPayment") await stage("release", { name: seller.name, order: orderId });
    if (body.order.duty === "none") break;
  }

  expect(seen).toEqual(["place: awaitingPayment 500", "confirmPayment: paymentConfirmed 500", "release: released 500"]);
  await client.close();
});
