import type { KeyStore } from "./encryption/stores.js";
import type { PositionStore } from "./events/positions.js";

/** What a client needs to know. One options object for each client; a page may have a client for each of several users. */
export interface ClientOptions {
  /** The server's address, such as `https://p2p.example`; hubs and REST paths are found below it. */
  readonly url: string | URL;

  /**
   * Gives the user's JWT. Asked for each ticket and each REST call, and again when the server has refused one: whoever caches should give a
   * token that is good for some time yet. A `P2PError` thrown here ends the attempts to connect; anything else is tried again later.
   */
  readonly token: (signal: AbortSignal) => string | Promise<string>;

  /** Where the position in the event stream is kept; in memory unless set. */
  readonly positions?: PositionStore;

  /** Where this device's keys are kept, for encrypted rooms; in memory unless set. One for each user and device. */
  readonly keys?: KeyStore;

  /** How long a call may take in all, its repeats and the wait for a connection included: 60,000 unless set. */
  readonly callTimeoutMs?: number;

  /** How long a call waits for a lost connection: 30,000 unless set. */
  readonly reconnectWaitMs?: number;

  /** How long one attempt to connect may take: 15,000 unless set. */
  readonly connectTimeoutMs?: number;

  /** The pause after the first failed attempt to connect, which doubles and is jittered: 200 unless set. */
  readonly backoffMinMs?: number;

  /** The longest pause between two attempts to connect: 30,000 unless set. */
  readonly backoffMaxMs?: number;

  /** Silence after which a connection counts as lost: 30,000 unless set. The server speaks at least every 15 s. */
  readonly serverTimeoutMs?: number;

  /** Hears what the client cannot tell anybody else: handlers that threw, positions that could not be stored. The console unless set. */
  readonly onFault?: (fault: unknown, what: string) => void;
}

/** The options with what was left out. */
export type CheckedOptions = Required<Omit<ClientOptions, "positions" | "keys" | "url">> &
  Pick<ClientOptions, "positions" | "keys"> & { readonly url: URL };

/** Fills in what was left out, and refuses what cannot work. */
export function checked(options: ClientOptions): CheckedOptions {
  const filled: CheckedOptions = {
    callTimeoutMs: 60_000,
    reconnectWaitMs: 30_000,
    connectTimeoutMs: 15_000,
    backoffMinMs: 200,
    backoffMaxMs: 30_000,
    serverTimeoutMs: 30_000,
    onFault: (fault, what) => console.error(`P2P client: ${what}`, fault),
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    token: options.token,
    url: new URL(options.url),
  };
  const { callTimeoutMs, reconnectWaitMs, connectTimeoutMs, backoffMinMs, backoffMaxMs, serverTimeoutMs } = filled;
  const times = [callTimeoutMs, reconnectWaitMs, connectTimeoutMs, backoffMinMs, backoffMaxMs, serverTimeoutMs];
  if (!/^https?:$/.test(filled.url.protocol)) throw new TypeError("url must be an absolute http or https address.");
  if (times.some((time) => !(time > 0 && time <= 86_400_000))) throw new RangeError("Every time must be more than zero and at most a day.");
  return filled;
}

/** An address below the server's. */
export function below(url: URL, path: string): URL {
  const base = new URL(url);
  base.search = base.hash = "";
  base.pathname = base.pathname.replace(/\/*$/, "/");
  return new URL(path, base);
}
