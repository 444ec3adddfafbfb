import type { PeerChannel } from "../src/index.js";

// One side of a channel. Each of these functions is self-contained: it runs in Node as it stands, and in a page of Chromium, where it is sent.

declare const p2p: typeof import("../src/index.js");

/** What a side keeps between two calls. */
export interface Side {
  client: import("../src/index.js").DealerClient;
  dealer: import("../src/index.js").Dealer;
  connections: RTCPeerConnection[];
  channel: PeerChannel | null;
  got: string[];
  file: { bytes: number; hash: string } | null;
  fileBytes: number;
  ways: string[];
}

declare global {
  // Where sides are kept, by name, on either machine.
  var sides: Record<string, Side>;
  // Makes connections in Node.
  var makeRtc: ((configuration: RTCConfiguration) => RTCPeerConnection) | undefined;
}

/** Joins the network. */
export async function join({ url, token, name, isDirect }: { url: string; token: string; name: string; isDirect: boolean }): Promise<string> {
  const address = url === "" ? location.origin : url;
  const client = p2p.createDealerClient({
    url: address,
    token: () => token,
    keys: p2p.memoryKeys(),
    backoffMinMs: 10,
    backoffMaxMs: 200,
    onFault: () => undefined, // Handlers of ways that fail on purpose.
  });
  const connections: RTCPeerConnection[] = [];
  const rtc = (configuration: RTCConfiguration) => {
    const made = globalThis.makeRtc ? globalThis.makeRtc(configuration) : new RTCPeerConnection(configuration);
    connections.push(made);
    return made;
  };
  await client.connect();
  const dealer = p2p.dealerOf(client, isDirect ? { rtc } : { rtc: null });
  (globalThis.sides ??= {})[name] = { client, dealer, connections, channel: null, got: [], file: null, fileBytes: 0, ways: [] };
  const { keyId } = await dealer.keys.register(name);
  return (await client.calls.joinNetwork({ name, isDiscoverable: false, keyId })).peerId;
}

/** Invites somebody. */
export async function invite({ name }: { name: string }): Promise<string> {
  return (await globalThis.sides[name]!.dealer.invitations.create("order")).link;
}

/** Accepts an invitation. */
export async function accept({ name, link }: { name: string; link: string }): Promise<void> {
  await globalThis.sides[name]!.dealer.invitations.accept(p2p.parseInvitation(link)!, "order");
}

/** Opens a channel, or waits for one when no peer is named; keeps what comes over it. */
export async function meet({ name, peerId }: { name: string; peerId: string | null }): Promise<void> {
  const side = globalThis.sides[name]!;
  const { channels } = side.dealer;
  const channel = peerId ? await channels.open(peerId, AbortSignal.timeout(20_000)) : (await channels.listen().next()).value;
  side.channel = channel as PeerChannel;
  side.channel.onWay((way) => {
    side.ways.push(way);
    // Whatever a program's handler does, the channel goes on.
    throw new Error("a handler that fails");
  });
  void (async () => {
    const text = new TextDecoder();
    for await (const message of side.channel!.messages()) side.got.push(text.decode(message));
  })();
  void (async () => {
    for await (const file of side.channel!.files()) {
      const whole = await file.receive({ onProgress: (bytes) => (side.fileBytes = bytes) });
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await whole.arrayBuffer()));
      side.file = { bytes: whole.size, hash: Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") };
    }
  })();
}

/** Sends numbered messages. */
export async function say({ name, from, count }: { name: string; from: number; count: number }): Promise<void> {
  const { channel } = globalThis.sides[name]!;
  for (let i = from; i < from + count; i++) await channel!.send(`${name} ${i}`);
}

/** Sends a file of random bytes; answers its hash once the other side has it. */
export async function sendFile({ name, bytes }: { name: string; bytes: number }): Promise<string> {
  const content = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  if (!(await globalThis.sides[name]!.channel!.sendFile(new Blob([content]), "goods.bin"))) throw new Error("The other side did not want it.");
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Where a side stands. */
export async function stand({ name }: { name: string }): Promise<{ got: number; way: string; ways: string[]; fileBytes: number; waiting: number }> {
  const { got, channel, ways, fileBytes } = globalThis.sides[name]!;
  return { got: got.length, way: channel?.way ?? "none", ways: [...ways], fileBytes, waiting: channel?.waiting ?? 0 };
}

/** What came, and whether each came once and in order. */
export async function heard({ name }: { name: string }): Promise<{ count: number; wrong: string[]; file: Side["file"] }> {
  const { got, file } = globalThis.sides[name]!;
  const wrong = got.filter((text, i) => text.split(" ")[1] !== `${i}`).slice(0, 5);
  return { count: got.length, wrong, file };
}

/** The UDP ports between which a browser's data channel runs. */
export async function ports({ name }: { name: string }): Promise<number[]> {
  const found = new Set<number>();
  for (const connection of globalThis.sides[name]!.connections) {
    if (connection.connectionState === "closed") continue;
    const stats = await connection.getStats();
    const all = new Map<string, Record<string, unknown>>();
    stats.forEach((one: Record<string, unknown>) => all.set(String(one["id"]), one));
    for (const pair of all.values()) {
      if (pair["type"] !== "candidate-pair" || pair["state"] !== "succeeded") continue;
      for (const id of [pair["localCandidateId"], pair["remoteCandidateId"]]) found.add(Number(all.get(String(id))?.["port"]));
    }
  }

  return [...found].filter((port) => port > 0);
}

/** Ends every connection between the two at once, as if the machine had. */
export async function breakDirect({ name }: { name: string }): Promise<void> {
  for (const connection of globalThis.sides[name]!.connections) connection.close();
}

/** Closes all of it. */
export async function leave({ name }: { name: string }): Promise<void> {
  const side = globalThis.sides[name];
  if (!side) return;
  await side.dealer.channels.close();
  await side.client.close();
  for (const connection of side.connections) connection.close();
}
