import { readFileSync } from "node:fs";
import addFormats from "ajv-formats";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { clientOf, person, stage, url } from "./stage.js";

type Json = Record<string, unknown>;

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../docs/api/${name}`, import.meta.url), "utf8")) as Json;

/** Says how an answer differs from what the documents say: nothing when it does not. */
function judge(ajv: Ajv | Ajv2020, document: string, pointer: string, answer: unknown): string {
  const validate = ajv.compile({ $ref: `${document}#${pointer}` });
  return validate(answer) ? "" : ajv.errorsText(validate.errors);
}

test("What the hub answers is what its document says", async () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...read("asyncapi.json"), $id: "hubs" });
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: orderId } = await stage<{ id: string }>("order", { buyer: buyer.name, seller: seller.name });
  const client = clientOf(buyer);
  const events = client.watch("OrderChanged");
  await client.connect();
  const { calls } = client;
  const answers: [string, unknown][] = [
    ["GetOrder", await calls.getOrder(orderId)],
    ["ListOrders", await calls.listOrders({})],
    ["GetOrderActions", await calls.getOrderActions(orderId)],
    ["ConfirmPayment", await calls.confirmPayment({ orderId, payerName: "Wanjiku" })],
    ["GetProfile", await calls.getProfile({})],
    ["GetProfileStats", await calls.getProfileStats({})],
    ["GetMarkets", await calls.getMarkets()],
    ["ListAds", await calls.listAds({ side: "sell", asset: "BTC", fiat: "KES" })],
    ["SubscribeAdBook", await calls.subscribeAdBook({ side: "sell", asset: "BTC", fiat: "KES" })],
    ["GetBalances", await calls.getBalances()],
    ["GetMyLimits", await calls.getMyLimits()],
    ["GetMessages", await calls.getMessages({ orderId })],
    ["ListRooms", await calls.listRooms({})],
    ["ListPaymentMethods", await calls.listPaymentMethods({})],
    ["GetNotificationPreferences", await calls.getNotificationPreferences()],
    ["GetRoomEncryption", await calls.getRoomEncryption(orderId)],
  ];
  const result = (call: string) => `/components/messages/trade.${call}.reply/payload/properties/result`;
  for (const [call, answer] of answers) expect(judge(ajv, "hubs", result(call), answer), call).toBe("");
  const { value } = await events.next();
  expect(judge(ajv, "hubs", "/components/schemas/OrderChanged", value?.body)).toBe("");
  expect(judge(ajv, "hubs", "/components/schemas/EventHead", value?.head)).toBe("");
  // The judge is no friend of everything.
  expect(judge(ajv, "hubs", result("GetOrder"), { ...(answers[0]![1] as Json), state: 1 })).toContain("must be object");
  await client.close();
});

test("What the REST paths answer is what their document says", async () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const document = read("openapi.json");
  ajv.addSchema({ ...document, $id: "rest" });
  const user = await person("user");
  const paths = document["paths"] as Record<string, Record<string, { responses: Record<string, unknown> }>>;
  const call = async (method: string, path: string, token: string, body?: unknown) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : null,
    });
    const status = response.ok ? String(response.status) : "default";
    expect(paths[path]?.[method.toLowerCase()]?.responses, `${method} ${path} ${status}`).toHaveProperty(status);
    const pointer = response.ok
      ? `/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`
      : "/components/schemas/Refusal";
    const answer = (await response.json()) as unknown;
    expect(judge(ajv, "rest", pointer, answer), `${method} ${path}: ${JSON.stringify(answer)}`).toBe("");
    return response.status;
  };
  for (const path of ["profile/check", "profile", "terms", "suspension", "privacy/delete"]) {
    expect(await call("GET", `/api/p2p/${path}`, user.token)).toBe(200);
  }

  expect(await call("PUT", "/api/p2p/profile", user.token, { preferred_currency: "KES" })).toBe(200);
  expect(await call("POST", "/api/p2p/profile/consent", user.token, { terms_version: 1 })).toBe(200);
  expect(await call("POST", "/api/p2p/ticket", user.token)).toBe(200);
  expect(await call("DELETE", "/api/p2p/profile/picture", user.token)).toBe(200);
  const { token } = await stage<{ token: string }>("token", { name: `newcomer_${Date.now()}` });
  expect(await call("GET", "/api/p2p/profile/check", token)).toBe(200);
  expect(await call("GET", "/api/p2p/profile", token)).toBe(404);
  expect(await call("POST", "/api/p2p/profile/create", token, { has_consent: true })).toBe(201);
  expect(await call("POST", "/api/p2p/profile/create", token, { has_consent: true })).toBe(409);
  expect(await call("POST", "/api/p2p/profile/create", token, { nonsense: 1 })).toBe(400);
  expect(await call("GET", "/api/p2p/profile", "none")).toBe(401);
  const custody = await stage<{ token: string }>("token", { name: "wallet_ts", roles: ["custody"] });
  expect(await call("GET", "/api/custody/withdrawals", custody.token)).toBe(200);
  const deposit = { external_ref: `ts-${Date.now()}`, user_id: user.id, asset: "BTC", amount: "0.5" };
  expect(await call("POST", "/api/custody/deposits", custody.token, deposit)).toBe(200);
  expect(await call("POST", "/api/p2p/sign-out", user.token)).toBe(200);
});
