import { readFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf, bundled, newContext, open } from "./pages.js";
import { person, stage } from "./stage.js";

let browser: Browser;

beforeAll(async () => {
  browser = await browserOf(chromium);
});

afterAll(() => browser?.close());

// What runs in the page finds the client there.
declare const p2p: typeof import("../src/index.js");

test("An order is placed and followed in Chromium, under the pages' own policy", async () => {
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: adId } = await stage<{ id: string }>("ad", { name: seller.name });
  const { page, faults } = await open(browser);
  const seen = await page.evaluate(
    async ({ token, adId }) => {
      const client = p2p.createTradeClient({ url: location.origin, token: () => token, positions: p2p.localPositions("buyer") });
      const changes = client.watch("OrderChanged");
      await client.connect();
      const { orderId } = await client.calls.createOrder({ adId, paymentMethodId: 17, cryptoAmount: "0.5" });
      await client.calls.cancelOrder({ orderId });
      const seen: string[] = [];
      for await (const { body } of changes) {
        seen.push(body.order.status);
        if (body.order.duty === "none") break;
      }

      await client.close();
      return [...seen, localStorage.getItem("buyer")?.split(" ")[0]?.length];
    },
    { token: buyer.token, adId },
  );
  expect(seen).toEqual(["awaitingPayment", "cancelled", 36]);
  expect(faults).toEqual([]);
});

test("An encrypted room's keys live in IndexedDB, over a reload, and can be read by nothing", async () => {
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: orderId } = await stage<{ id: string }>("order", { buyer: buyer.name, seller: seller.name });
  await stage("register", { name: seller.name });
  const context = await newContext(browser);
  const talk = async (page: Page, step: "first" | "second") =>
    page.evaluate(
      async ({ token, orderId, step }) => {
        const store = p2p.indexedDbKeys("alice");
        const client = p2p.createTradeClient({ url: location.origin, token: () => token, keys: store });
        await client.connect();
        const { keys, chat } = p2p.encryptionOf(client);
        const { keyId } = await keys.register("browser");
        if (step === "first") await chat.propose(orderId);
        else await chat.send({ orderId, text: "From the browser" });
        const { messages } = await chat.messages({ orderId, afterSeq: 0 });
        const { signing } = (await store.load("device")) as { signing: CryptoKey };
        const exported = await crypto.subtle.exportKey("pkcs8", signing).then(() => true, () => false);
        await client.close();
        const texts = messages.filter(({ kind }) => kind === "encrypted").map(({ text }) => text);
        return { keyId, extractable: signing.extractable, exported, texts };
      },
      { token: buyer.token, orderId, step },
    );
  const first = await open(browser, context);
  const before = await talk(first.page, "first");
  await stage("accept", { name: seller.name, order: orderId });
  await stage("say", { name: seller.name, order: orderId, text: "From .NET" });
  await first.page.close();
  const second = await open(browser, context);
  const after = await talk(second.page, "second");
  expect(after).toEqual({ keyId: before.keyId, extractable: false, exported: false, texts: ["From .NET", "From the browser"] });
  expect(await stage("read", { name: seller.name, order: orderId })).toEqual(["From .NET", "From the browser"]);
  expect([...first.faults, ...second.faults]).toEqual([]);
  await context.close();
});

test("An upload tells of its progress and can be broken off", async () => {
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: orderId } = await stage<{ id: string }>("order", { buyer: buyer.name, seller: seller.name });
  const { page } = await open(browser);
  const told = await page.evaluate(
    async ({ token, orderId }) => {
      const files = p2p.filesOf(p2p.createTradeClient({ url: location.origin, token: () => token }));
      const heard: number[] = [];
      const content = new Blob([new Uint8Array(3_000_000)]);
      const file = await files.upload(orderId, content, "sealed", { isEncrypted: true, onProgress: (bytes) => heard.push(bytes) });
      const broken = await files
        .upload(orderId, content, "sealed", { isEncrypted: true, signal: AbortSignal.abort(new Error("enough")) })
        .catch((error: Error) => error.message);
      return { bytes: file.bytes, last: heard.at(-1), broken };
    },
    { token: buyer.token, orderId },
  );
  expect(told).toEqual({ bytes: 3_000_000, last: 3_000_000, broken: "enough" });
});

test("Nothing of the client is left in the page's global scope, and it needs no eval", async () => {
  const { page, faults } = await open(browser);
  const before = await page.evaluate(() => Object.keys(globalThis).filter((name) => /signalr|p2p/i.test(name)));
  // The name that the bundler was told to give it, and nothing else.
  expect(before).toEqual(["p2p"]);
  expect(await bundled()).not.toMatch(/\beval\(|new Function\(/);
  expect(faults).toEqual([]);
  expect(readFileSync(new URL("../package.json", import.meta.url), "utf8")).toContain('"sideEffects": false');
});
