import { expect, test } from "vitest";
import { P2PError, uuidV7 } from "../src/index.js";
import { readRefusal } from "../src/error.js";
import { clientOf, eventually, peer, person } from "./stage.js";

const orderId = "0190f3a0-1111-7000-8000-00000000c0de";

test("A change is repeated under one request id when the connection is cut", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  await server.do("next", { what: "cut" });
  const reply = await client.calls.cancelOrder({ orderId });
  expect(reply).toMatchObject({ orderId, version: 2 });
  const { cancels } = await server.state();
  expect(cancels.length).toBe(2);
  expect(new Set(cancels).size).toBe(1);
  expect(cancels[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await client.close();
});

test("A transient refusal is repeated no sooner than the server asks", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  await server.do("next", { what: "busy" });
  const since = performance.now();
  await client.calls.cancelOrder({ orderId });
  expect(performance.now() - since).toBeGreaterThanOrEqual(295);
  expect(new Set((await server.state()).cancels).size).toBe(1);
  await client.close();
});

test("A decided refusal comes at once, with code, details and request id", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  await server.do("next", { what: "wrongStatus" });
  const requestId = uuidV7();
  const error = await client.calls.cancelOrder({ orderId, requestId }).catch((refused: unknown) => refused);
  expect(error).toBeInstanceOf(P2PError);
  expect(error).toMatchObject({ code: "WRONG_STATUS", message: "No.", details: { status: "released" }, requestId, isTransient: false });
  expect((await server.state()).cancels).toEqual([requestId]);
  await client.close();
});

test("What is no refusal is INTERNAL", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  await server.do("next", { what: "fault" });
  await expect(client.calls.cancelOrder({ orderId })).rejects.toMatchObject({ code: "INTERNAL" });
  await client.close();
});

test("A call ends in time, and says that its outcome is unknown", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  for (let i = 0; i < 4; i++) await server.do("next", { what: "busy" });
  const error = await client.calls.cancelOrder({ orderId }, { timeoutMs: 500 }).catch((late: unknown) => late);
  expect(error).toMatchObject({ code: "BUSY" });
  expect((error as P2PError).requestId).toBe((await server.state()).cancels[0]);
  await client.close();
});

test("An aborted call is given up with the signal's own reason", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  await server.do("next", { what: "busy" });
  const stop = new AbortController();
  const call = client.calls.cancelOrder({ orderId }, { signal: stop.signal });
  await eventually(async () => (await server.state()).cancels.length === 1, "the call was made");
  const reason = new Error("enough");
  stop.abort(reason);
  await expect(call).rejects.toBe(reason);
  await expect(client.calls.getOrder(orderId, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  await client.close();
});

test("A real server answers one change once, however often it is sent", async () => {
  const user = await person("repeater");
  const client = clientOf(user);
  await client.connect();
  const request = { requestId: uuidV7(), autoReplyMessage: "Hello" };
  const [first, second] = [await client.calls.updateProfile(request), await client.calls.updateProfile(request)];
  expect(second).toEqual(first);
  await expect(client.calls.updateProfile({ ...request, autoReplyMessage: "Other" })).rejects.toMatchObject({ code: "REQUEST_ID_REUSED" });
  await expect(client.calls.updateProfile({ requestId: uuidV7(Date.now() - 2 * 86_400_000), autoReplyMessage: "Old" }))
    .rejects.toMatchObject({ code: "REQUEST_ID_EXPIRED" });
  await client.close();
});

test("Request ids sort as they were made", () => {
  const ids = Array.from({ length: 50 }, (_, i) => uuidV7(1_700_000_000_000 + i));
  expect([...ids].sort()).toEqual(ids);
  expect(parseInt(ids[0]!.replaceAll("-", "").slice(0, 12), 16)).toBe(1_700_000_000_000);
  expect(new Set(Array.from({ length: 1_000 }, () => uuidV7())).size).toBe(1_000);
});

test("Refusals are read with and without the library's own words", () => {
  const text = 'NOT_FOUND|There is no such order.|{"path":"orderId"}';
  expect(readRefusal(text)).toMatchObject({ code: "NOT_FOUND", details: { path: "orderId" } });
  expect(readRefusal(`An unexpected error occurred invoking 'GetOrder' on the server. HubException: ${text}`)).toMatchObject({ code: "NOT_FOUND" });
  expect(readRefusal('A|b|{"c":"d|e"}')).toMatchObject({ details: { c: "d|e" } });
  for (const other of ["", "Something", "code|x|{}", "CODE|x", "CODE|x|", "CODE|x|[1]", "CODE|x|{"]) expect(readRefusal(other), other).toBeNull();
});
