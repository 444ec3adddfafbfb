import { execFileSync } from "node:child_process";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RTCPeerConnection as NodeConnection } from "werift";
import * as client from "../src/index.js";
import { browserOf, open } from "./pages.js";
import { accept, breakDirect, heard, invite, join, leave, meet, ports, say, sendFile, stand } from "./sides.js";
import { eventually, person, stage, url } from "./stage.js";

const messages = 10_000;
const fileBytes = 20 * 1_024 * 1_024;
const isRoot = process.getuid?.() === 0;

let browser: Browser;
let ended: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  browser = await browserOf(chromium, ["--disable-features=WebRtcHideLocalIpsWithMdns"]);
  Object.assign(globalThis, { p2p: client, makeRtc: (configuration: RTCConfiguration) => new NodeConnection(configuration as object) });
});

afterEach(async () => {
  for (const end of ended.reverse()) await end();
  ended = [];
});

afterAll(() => browser?.close());

/** A side in a page of Chromium, or here. */
interface Player {
  readonly name: string;
  readonly peerId: string;
  readonly page: Page | null;
  do<A extends object, R>(what: (arg: A & { name: string }) => Promise<R>, arg?: A): Promise<R>;
}

async function player(where: "chromium" | "node", isDirect = true): Promise<Player> {
  const { name, token } = await person("channel");
  const page = where === "chromium" ? (await open(browser)).page : null;
  const run = <A, R>(what: (arg: A) => Promise<R>, arg: A): Promise<R> =>
    page ? (page.evaluate(what as never, arg as never) as Promise<R>) : what(arg);
  const peerId = await run(join, { url: page ? "" : url, token, name, isDirect });
  ended.push(async () => (await run(leave, { name }), page?.context().close()));
  return { name, peerId, page, do: (what, arg) => run(what, { ...arg, name } as Parameters<typeof what>[0]) };
}

async function together(one: Player, other: Player): Promise<void> {
  await other.do(accept, { link: await one.do(invite) });
  const listening = other.do(meet, { peerId: null });
  await one.do(meet, { peerId: other.peerId });
  await one.do(say, { from: 0, count: 1 });
  await listening;
}

const areDirect = async (...sides: Player[]) => (await Promise.all(sides.map((side) => side.do(stand)))).every(({ way }) => way === "direct");
const areRelayed = async (...sides: Player[]) => (await Promise.all(sides.map((side) => side.do(stand)))).every(({ way }) => way === "relay");

/** Cuts what goes between ports of this machine by UDP; answers how it is made whole again. */
function cut(between: readonly number[]): () => void {
  const table = `p2p_cut_${process.pid}`;
  const nft = (...rule: string[]) => execFileSync("nft", rule);
  nft("add", "table", "inet", table);
  nft("add", "chain", "inet", table, "incoming", "{ type filter hook input priority 0 ; }");
  nft("add", "rule", "inet", table, "incoming", "udp", "dport", `{ ${between.join(", ")} }`, "drop");
  let isCut = true;
  const heal = () => {
    if (isCut) nft("delete", "table", "inet", table);
    isCut = false;
  };
  ended.push(async () => heal());
  return heal;
}

/** Both talk and send a file while the way between them is cut, comes back, and is broken for good. */
async function talk(one: Player, other: Player): Promise<void> {
  await together(one, other);
  await eventually(() => areDirect(one, other), "both use the direct way", 15_000);
  const sides = [one, other] as const;
  const part = messages / 4;
  const sayAll = (from: number) => Promise.all(sides.map((side) => side.do(say, { from, count: part })));
  const all = (count: number) => eventually(
    async () => (await Promise.all(sides.map((side) => side.do(stand)))).every(({ got }) => got >= count - 1), `${count} came`, 60_000);
  await one.do(say, { from: 1, count: part - 1 });
  await other.do(say, { from: 0, count: part });
  const file = one.do(sendFile, { bytes: fileBytes });
  await eventually(async () => (await other.do(stand)).fileBytes > fileBytes / 8, "a part of the file came", 30_000);
  if (isRoot) {
    const heal = cut(await one.do(ports));
    await sayAll(part);
    await eventually(() => areRelayed(one, other), "both have noticed the cut", 15_000);
    await all(2 * part);
    heal();
    await eventually(() => areDirect(one, other), "the direct way is back", 60_000);
  } else {
    await sayAll(part);
  }

  await sayAll(2 * part);
  await one.do(breakDirect);
  await sayAll(3 * part);
  const hash = await file;
  await all(messages);
  await eventually(async () => (await other.do(heard)).file !== null, "the file is put together");
  const [atOne, atOther] = [await one.do(heard), await other.do(heard)];
  expect(atOne).toEqual({ count: messages, wrong: [], file: null });
  expect(atOther).toEqual({ count: messages, wrong: [], file: { bytes: fileBytes, hash } });
  const ways = (await one.do(stand)).ways;
  console.log(`${sides.map(({ page }) => (page ? "Chromium" : "Node")).join(" with ")}: ${ways.join(", ")}`);
  expect(ways.slice(0, isRoot ? 4 : 2)).toEqual(isRoot ? ["direct", "relay", "direct", "relay"] : ["direct", "relay"]);
}

test("Chromium and Chromium: 10,000 messages each way and 20 MB, the direct way cut, restored and broken", async () => {
  const [one, other] = [await player("chromium"), await player("chromium")];
  await talk(one, other);
  // A new session brings it back after ten seconds, and after twenty when it does not come.
  await eventually(() => areDirect(one, other), "the direct way is back", 40_000);
}, 120_000);

test("Chromium and Node: 10,000 messages each way and 20 MB, the direct way cut, restored and broken", async () => {
  await talk(await player("chromium"), await player("node"));
}, 120_000);

test("Chromium and .NET by the server: 10,000 messages each way and 20 MB", async () => {
  const [one, other] = [await player("chromium"), await stage<{ name: string; peerId: string }>("dealer", { role: "channel" })];
  const dotnet = <T>(verb: string, arg: Record<string, unknown> = {}) => stage<T>(`channel.${verb}`, { name: other.name, ...arg });
  ended.push(() => dotnet("close"));
  await one.do(accept, { link: (await stage<{ link: string }>("dealer.invite", { name: other.name })).link });
  const listening = dotnet("meet");
  await one.do(meet, { peerId: other.peerId });
  await one.do(say, { from: 0, count: messages / 2 });
  await listening;
  const files = [one.do(sendFile, { bytes: fileBytes / 2 }), dotnet<string>("sendFile", { bytes: fileBytes / 2 })];
  await Promise.all([dotnet("say", { from: 0, count: messages }), one.do(say, { from: messages / 2, count: messages / 2 })]);
  const [toOther, toOne] = await Promise.all(files);
  const isAll = ({ count, file }: { count: number; file: unknown }) => count === messages && file !== null;
  await eventually(async () => isAll(await one.do(heard)) && isAll(await dotnet("heard")), "all came", 60_000);
  const [atOne, atOther] = [await one.do(heard), await dotnet("heard")];
  expect(atOne).toEqual({ count: messages, wrong: [], file: { bytes: fileBytes / 2, hash: toOne } });
  expect(atOther).toEqual({ count: messages, wrong: [], file: { bytes: fileBytes / 2, hash: toOther } });
  expect(await one.do(stand)).toMatchObject({ way: "relay", ways: [] });
}, 120_000);

test(".NET opens a channel to Node", async () => {
  const [one, other] = [await player("node"), await stage<{ name: string; peerId: string }>("dealer", { role: "channel" })];
  const dotnet = <T>(verb: string, arg: Record<string, unknown> = {}) => stage<T>(`channel.${verb}`, { name: other.name, ...arg });
  ended.push(() => dotnet("close"));
  await one.do(accept, { link: (await stage<{ link: string }>("dealer.invite", { name: other.name })).link });
  const listening = one.do(meet, { peerId: null });
  await dotnet("meet", { peerId: one.peerId });
  await dotnet("say", { from: 0, count: 100 });
  await listening;
  await one.do(say, { from: 0, count: 100 });
  await eventually(async () => (await one.do(stand)).got === 100 && (await one.do(stand)).waiting === 0, "all came");
  expect(await dotnet("heard")).toEqual({ count: 100, wrong: [], file: null });
});
