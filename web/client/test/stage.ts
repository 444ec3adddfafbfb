import {
  createDealerClient,
  createTradeClient,
  dealerOf,
  memoryKeys,
  type ChannelOptions,
  type ClientOptions,
  type Dealer,
  type DealerClient,
  type TradeClient,
} from "../src/index.js";

/** A person of a test. */
export interface Person {
  readonly name: string;
  readonly id: number;
  readonly token: string;
}

/** The whole server. */
export const url = needed("P2P_URL");

/** Asks the stage for something: see P2P.Tests/Web. */
export async function stage<T = Record<string, never>>(verb: string, body: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch(new URL(verb, needed("P2P_STAGE")), { method: "POST", body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${verb}: ${text}`);
  return JSON.parse(text) as T;
}

/** Somebody who has joined; the .NET SDK is connected for them, too. */
export function person(role: string, bitcoin = 0): Promise<Person> {
  return stage<Person>("trader", { role, bitcoin });
}

/** A client of somebody's at the whole server, impatient enough for a test. */
export function clientOf(user: Pick<Person, "token">, options: Partial<ClientOptions> = {}): TradeClient {
  return createTradeClient({ url, token: () => user.token, backoffMinMs: 10, backoffMaxMs: 200, callTimeoutMs: 10_000, ...options });
}

/** A peer by the TypeScript client. */
export interface Joined {
  readonly client: DealerClient;
  readonly dealer: Dealer;
  readonly peerId: string;
}

/** Somebody who has joined the dealers' network. */
export async function joined(channels: ChannelOptions = {}): Promise<Joined> {
  const user = await person("dealer");
  const client = createDealerClient({ url, token: () => user.token, keys: memoryKeys(), backoffMinMs: 10, callTimeoutMs: 10_000 });
  await client.connect();
  const dealer = dealerOf(client, channels);
  const device = await dealer.keys.register("browser");
  const { peerId } = await client.calls.joinNetwork({ name: user.name, isDiscoverable: false, keyId: device.keyId });
  if (peerId !== device.keyId) throw new Error("A peer's id is its first device's.");
  return { client, dealer, peerId };
}

/** A server that misbehaves on request. */
export interface Peer {
  readonly url: string;
  client(options?: Partial<ClientOptions>): TradeClient;
  record(count?: number, push?: boolean): Promise<unknown>;
  do(verb: string, body?: Record<string, unknown>): Promise<unknown>;
  state(): Promise<{ acks: number[]; asks: number[]; cancels: string[]; connections: number; requests: string[] }>;
}

/** Starts one. */
export async function peer(): Promise<Peer> {
  const made = await stage<{ peer: string; url: string }>("peer");
  const act = <T>(verb: string, body: Record<string, unknown> = {}) => stage<T>(`peer.${verb}`, { peer: made.peer, ...body });
  return {
    url: made.url,
    client: (options = {}) => clientOf({ token: "good" }, { url: made.url, ...options }),
    record: (count = 1, push = true) => act("record", { count, push }),
    do: act,
    state: () => act("state"),
  };
}

/** Waits until it holds. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string, withinMs = 10_000): Promise<void> {
  const endsAt = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > endsAt) throw new Error(`It did not come to hold in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: these tests are run by P2P.Tests (./test --filter WebClientTests).`);
  return value;
}
