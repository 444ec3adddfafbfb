import { expect, test } from "vitest";
import { P2PError, type ClientState } from "../src/index.js";
import { clientOf, eventually, peer, person, stage, url } from "./stage.js";

test("Each connection has a ticket of its own and names the contract's version", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  await server.do("cut");
  await eventually(async () => client.state === "connected" && (await server.state()).requests.length >= 4, "a second connection");
  const { requests } = await server.state();
  const hubs = requests.filter((request) => request.includes("access_token="));
  expect(hubs.length).toBeGreaterThanOrEqual(2);
  expect(new Set(hubs).size).toBe(hubs.length);
  for (const hub of hubs) expect(hub).toMatch(/^\?v=1&access_token=[0-9a-f]{32} $/);
  expect(requests.filter((request) => request === " Bearer good").length).toBe(hubs.length);
  await client.close();
});

test("The first connection is tried again until the server is there", async () => {
  const server = await peer();
  await server.do("refuse", { code: "DRAINING" });
  const states: ClientState[] = [];
  const client = server.client();
  client.onState(({ state }) => states.push(state));
  const connecting = client.connect();
  await eventually(async () => (await server.state()).requests.length >= 6, "three attempts");
  await server.do("refuse");
  await connecting;
  expect(states).toEqual(["connecting", "connected"]);
  await client.close();
  expect(client.state).toBe("closed");
});

test("A server that cannot be reached at all is tried again and again", async () => {
  const client = clientOf({ token: "any" }, { url: "http://127.0.0.1:9", reconnectWaitMs: 300 });
  const connecting = client.connect(AbortSignal.timeout(600)).catch((error: unknown) => error);
  await expect(client.calls.getMarkets()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await connecting).toMatchObject({ name: "TimeoutError" });
  await eventually(() => client.state === "disconnected", "nobody waits, so nobody tries");
  await client.close();
});

test("A refused user is told why, and nothing is tried again before the program asks", async () => {
  const server = await peer();
  await server.do("refuse", { code: "CONSENT_REQUIRED" });
  const client = server.client();
  await expect(client.connect()).rejects.toMatchObject({ code: "CONSENT_REQUIRED" });
  expect(client.state).toBe("refused");
  await expect(client.calls.cancelOrder({ orderId: crypto.randomUUID() })).rejects.toMatchObject({ code: "CONSENT_REQUIRED" });
  const { requests } = await server.state();
  // One ticket and one connection: it was not tried again.
  expect(requests.length).toBe(2);
  await server.do("refuse");
  await client.connect();
  expect(client.state).toBe("connected");
  expect((await server.state()).requests.length).toBe(requests.length + 2);
  await client.close();
});

test("A token that is refused once is asked for anew at once", async () => {
  const server = await peer();
  await server.do("refuseToken", { token: "old" });
  let asked = 0;
  const client = server.client({ token: () => (++asked === 1 ? "old" : "good"), backoffMinMs: 5_000, backoffMaxMs: 5_000 });
  await client.connect();
  expect(asked).toBe(2);
  await client.close();
  const never = server.client({ token: () => "old" });
  await expect(never.connect()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  await never.close();
});

test("The server's clock is known", async () => {
  const server = await peer();
  const client = server.client();
  await client.connect();
  expect(Math.abs(client.serverNow() - Date.now() - 3_600_000)).toBeLessThan(5_000);
  await client.close();
});

test("A real server takes our tickets once, and closes when the user signs out", async () => {
  const user = await person("user");
  const client = clientOf(user);
  await client.connect();
  expect(client.me).toMatchObject({ id: user.id, username: user.name });
  expect((await client.calls.getProfile({ profileId: user.id })).username).toBe(user.name);
  await stage("revoke", { name: user.name });
  await eventually(() => client.state !== "connected", "the connection is closed");
  await client.close();
});

test("Several accounts live in one page", async () => {
  const users = await Promise.all([person("one"), person("two"), person("three")]);
  const clients = users.map((user) => clientOf(user));
  await Promise.all(clients.map((client) => client.connect()));
  const own = await Promise.all(clients.map((client) => client.calls.getProfile({})));
  expect(own.map((profile) => profile.id)).toEqual(users.map((user) => user.id));
  await Promise.all(clients.map((client) => client.close()));
});

test("Whoever never joined hears so", async () => {
  const { token } = await stage<{ token: string }>("token", { name: "stranger_ts" });
  const client = clientOf({ token });
  await expect(client.connect()).rejects.toMatchObject({ code: "NOT_JOINED_P2P" });
  await client.close();
});

test("Options that cannot work are refused at once", () => {
  expect(() => clientOf({ token: "x" }, { url: "ftp://p2p.example" })).toThrow(TypeError);
  expect(() => clientOf({ token: "x" }, { url: "p2p.example" })).toThrow(TypeError);
  expect(() => clientOf({ token: "x" }, { callTimeoutMs: 0 })).toThrow(RangeError);
  expect(new P2PError("BUSY", "", { retryAfterMs: "40" }).retryAfterMs).toBe(40);
  expect(url).toMatch(/^http/);
});
