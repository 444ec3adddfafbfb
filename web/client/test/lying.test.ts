import { afterEach, expect, test } from "vitest";
import { RTCPeerConnection as NodeConnection } from "werift";
import { createChannels, type ChannelOptions, type PeerChannels } from "../src/channels/channels.js";
import { fingerprintOf, prepareDirect } from "../src/channels/direct.js";
import { signHello, readHello } from "../src/channels/hello.js";
import type { DealerClient, ReceivedSignal, SignalsReceived } from "../src/index.js";
import { fromBase64Url, toBase64Url, toHex } from "../src/encryption/bytes.js";
import { deviceOf, makeDevice } from "../src/encryption/device.js";
import type { InnerKeys } from "../src/encryption/keys.js";
import { makeAgreementPair, pointOf } from "../src/encryption/p256.js";
import { eventually, joined, type Joined } from "./stage.js";

// A server that lies: it stands between each side and its hub, and changes what it is told. What is on either side of it is the real thing.
type Pass = (to: "one" | "other", signal: ReceivedSignal) => Promise<readonly ReceivedSignal[]>;

const rtc = (configuration: RTCConfiguration) => new NodeConnection(configuration as object) as unknown as RTCPeerConnection;

interface Lied {
  readonly one: PeerChannels;
  readonly other: PeerChannels;
  readonly otherId: string;
  readonly frames: () => number;
}

let ended: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ended.reverse()) await end();
  ended = [];
});

async function between(pass: Pass, options: ChannelOptions = { rtc: null }): Promise<Lied> {
  const [one, other] = [await joined(), await joined()];
  const { link } = await one.dealer.invitations.create("order");
  const { parseInvitation } = await import("../src/index.js");
  await other.dealer.invitations.accept(parseInvitation(link)!, "order");
  let frames = 0;
  const channelsOf = (side: Joined, to: "one" | "other") => {
    const calls = { ...side.client.calls, relay: async (...args: Parameters<DealerClient["calls"]["relay"]>) => (frames++, side.client.calls.relay(...args)) };
    const lied = Object.create(side.client, {
      calls: { value: calls },
      onSignal: {
        value: (type: string, handler: (body: unknown) => void) =>
          type !== "SignalsReceived"
            ? side.client.onSignal(type as never, handler as never)
            : side.client.onSignal("SignalsReceived", ({ signals }: SignalsReceived) => {
                for (const signal of signals) void pass(to, signal).then((all) => handler({ signals: all }));
              }),
      },
    }) as DealerClient;
    const channels = createChannels(lied, side.dealer.keys as InnerKeys, options, () => undefined);
    ended.push(async () => (await channels.close(), await side.client.close()));
    return channels;
  };
  const [mine, theirs] = [channelsOf(one, "one"), channelsOf(other, "other")];
  return { one: mine, other: theirs, otherId: other.peerId, frames: () => frames };
}

async function nothingOpens(lied: Lied): Promise<void> {
  const listening = lied.other.listen(AbortSignal.timeout(1_500)).next().then(() => "heard", () => "nothing");
  await expect(lied.one.open(lied.otherId, AbortSignal.timeout(1_500))).rejects.toThrow();
  expect(await listening).toBe("nothing");
  expect(lied.frames()).toBe(0);
}

const changed = (signal: ReceivedSignal, change: (bytes: Uint8Array) => Uint8Array): ReceivedSignal => ({
  ...signal,
  payload: toBase64Url(change(fromBase64Url(signal.payload)!)),
});

async function noByteCanBeChanged(kind: "offer" | "answer"): Promise<void> {
  let tried = 0;
  const lied = await between(async (_, signal) => {
    if (signal.kind !== kind) return [signal];
    return Array.from(fromBase64Url(signal.payload)!, (_, at) => {
      tried++;
      return changed(signal, (copy) => ((copy[at]! ^= 1 << (at % 8)), copy));
    });
  });
  await nothingOpens(lied);
  expect(tried).toBeGreaterThanOrEqual(268);
}

test("No byte of an offer can be changed", () => noByteCanBeChanged("offer"));

test("No byte of an answer can be changed", () => noByteCanBeChanged("answer"));

test("Keys of the server's own are believed by neither side", async () => {
  const [attacker, pair] = [await deviceOf(await makeDevice()), await makeAgreementPair()];
  const point = await pointOf(pair.publicKey);
  const lied = await between(async (_, signal) => {
    const { terms } = readHello(fromBase64Url(signal.payload))!;
    const forged = await Promise.all(
      [terms.keyId, attacker.keyId].map((keyId) => signHello({ ...terms, ephemeral: point, keyId }, attacker.sign)),
    );
    return forged.map(({ bytes }) => ({ ...signal, payload: toBase64Url(bytes) }));
  });
  await nothingOpens(lied);
});

test("Without lies a channel opens, and an offer that is repeated opens no other", async () => {
  const lied = await between(async (_, signal) => [signal, signal, signal]);
  const listening = lied.other.listen();
  const channel = await lied.one.open(lied.otherId);
  await channel.send("hello");
  const there = (await listening.next()).value!;
  expect(new TextDecoder().decode((await there.messages().next()).value)).toBe("hello");
  await channel.close();
  await eventually(() => there.hasEnded, "the good-bye is heard");
  await expect(channel.send("late")).rejects.toThrow("closed");
});

test("A description under another certificate than its hello signed is not used", async () => {
  const noIce = { servers: [], relayOnly: false };
  const [one, other] = await Promise.all([1, 2].map(async () => (await prepareDirect(rtc, noIce))!));
  const description = await one!.offer();
  expect(fingerprintOf(description)).toEqual(one!.fingerprint);
  const hex = toHex(one!.fingerprint);
  const line = /^a=fingerprint:.*$/m.exec(description)![0];
  const others = line.replace(hex.slice(0, 2).toUpperCase(), hex.startsWith("00") ? "01" : "00");
  // Another certificate in place of the right one, behind it, before it; of a kind that nobody signed; and none.
  for (const lie of [others, `${line}\n${others}`, `${others}\n${line}`, line.replace("sha-256", "sha-1"), "a=x"]) {
    expect(await other!.answer(description.replace(line, lie), one!.fingerprint)).toBeNull();
  }

  const answer = await other!.answer(description, one!.fingerprint);
  expect(await one!.take(answer!.replace(/^(a=fingerprint:.*)$/m, others), other!.fingerprint)).toBe(false);
  expect(await one!.take(answer!, other!.fingerprint)).toBe(true);
  await eventually(() => one!.isOpen && other!.isOpen, "the data channel opens");
  for (const direct of [one!, other!]) direct.close();
});
