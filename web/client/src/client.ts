import { createInvoker, type Invoker } from "./calls.js";
import { createLink, type ClientState, type StateChange } from "./connecting/link.js";
import { openSession, type Heard, type SessionListener } from "./connecting/session.js";
import { P2PError } from "./error.js";
import type { Handler, ResyncHandler } from "./events/handlers.js";
import type { P2PEvent } from "./events/readers.js";
import { createStream } from "./events/stream.js";
import { watch, type WatchOptions } from "./events/watch.js";
import { adminCalls, adminEvents, adminSignals, type AdminCalls, type AdminEvents, type AdminSignals } from "./generated/admin.js";
import { dealerCalls, dealerEvents, dealerSignals, type DealerCalls, type DealerEvents, type DealerSignals } from "./generated/dealer.js";
import { tradeCalls, tradeEvents, tradeSignals, type TradeCalls, type TradeEvents, type TradeSignals } from "./generated/trade.js";
import type { ConnectedInfo, ProfileView } from "./generated/types.js";
import { checked, type CheckedOptions, type ClientOptions } from "./options.js";
import { createRest, type Rest } from "./rest.js";

/**
 * One user's connection to one hub. It connects again by itself and without end, repeats calls under the same request id, and hands out the
 * user's events in order, each once.
 */
export interface HubClient<Calls, Events, Signals> {
  /** The hub's calls, typed. Each is repeated until the server has decided or its time is over. */
  readonly calls: Calls;

  /** How the client stands to its server. */
  readonly state: ClientState;

  /** The user's own profile as the server told it at the last connection; null before the first, and for staff without one. */
  readonly me: ProfileView | null;

  /** The server's time now, for countdowns, in milliseconds as `Date.now()` has them; this machine's before the first connection. */
  serverNow(): number;

  /**
   * Connects, and goes on trying until the connection stands or is refused; afterwards lost connections are made again without a call.
   * Register handlers and make watches before, to hear what happened while the program was away.
   * @param signal Ends the wait, and while there has been no connection the attempts too.
   */
  connect(signal?: AbortSignal): Promise<void>;

  /**
   * Calls a handler for each durable event of one type, in order and one at a time. The stored position moves when the handler has ended, so
   * that a crash repeats at most the event in hand. A handler that throws is told to `onFault` and not called again for that event.
   * @returns Hears nothing more once it is called.
   */
  on<K extends keyof Events & string>(type: K, handler: Handler<Events[K]>): () => void;

  /** Each durable event of one type, in order, from this call on: read it once, and to its end, left or aborted. */
  watch<K extends keyof Events & string>(type: K, options?: WatchOptions<Events[K]>): AsyncIterableIterator<P2PEvent<Events[K]>>;

  /** Calls a handler when events were lost for good: reload what the program shows. Later events come after it has ended. */
  onResync(handler: ResyncHandler): () => void;

  /** Calls a handler for what is told at once or never: the newest alone counts. What is subscribed to ends with the connection. */
  onSignal<K extends keyof Signals & string>(type: K, handler: (body: Signals[K]) => void): () => void;

  /** Calls a handler after each change of `state`. */
  onState(handler: (change: StateChange) => void): () => void;

  /** Closes the connection, ends every watch, and waits up to five seconds for the handler in hand. */
  close(): Promise<void>;
}

/** A trader's client. */
export type TradeClient = HubClient<TradeCalls, TradeEvents, TradeSignals>;

/** A dealer's client. */
export type DealerClient = HubClient<DealerCalls, DealerEvents, DealerSignals>;

/** A client of either hub with orders. */
export type DealClient = TradeClient | DealerClient;

/** A client of a member of staff. */
export type AdminClient = HubClient<AdminCalls, AdminEvents, AdminSignals>;

/** Makes a trader's client; nothing happens before `connect`. */
export function createTradeClient(options: ClientOptions): TradeClient {
  return createClient("hubs/trade", { events: tradeEvents, signals: tradeSignals }, tradeCalls, options);
}

/** Makes a dealer's client; nothing happens before `connect`. */
export function createDealerClient(options: ClientOptions): DealerClient {
  return createClient("hubs/dealer", { events: dealerEvents, signals: dealerSignals }, dealerCalls, options);
}

/** Makes a client for staff; nothing happens before `connect`. */
export function createAdminClient(options: ClientOptions): AdminClient {
  return createClient("hubs/admin", { events: adminEvents, signals: adminSignals }, adminCalls, options);
}

/** What the parts of this package know of a client beside what everybody sees. */
export interface Inside {
  readonly options: CheckedOptions;
  readonly rest: Rest;
}

const insides = new WeakMap<object, Inside>();

/** The parts of a client that was made here. */
export function insideOf(client: object): Inside {
  const inside = insides.get(client);
  if (!inside) throw new TypeError("This is no client that this package made.");
  return inside;
}

function createClient<Calls, Events, Signals>(
  path: string,
  heard: Heard,
  callsOf: (to: Invoker) => Calls,
  given: ClientOptions,
): HubClient<Calls, Events, Signals> {
  const options = checked(given);
  const rest = createRest(options);
  const stream = createStream(options.positions, options.onFault);
  const states = new Set<(change: StateChange) => void>();
  const signals = new Map<string, Set<(body: never) => void>>();
  let info: ConnectedInfo | null = null;
  let aheadMs = 0;

  function tell<T>(handlers: Iterable<(value: T) => void>, value: T, what: string): void {
    for (const handler of [...handlers]) {
      try {
        handler(value);
      } catch (error) {
        // The program's own fault, told to its log; the connection goes on.
        options.onFault(error, what);
      }
    }
  }

  const listener: SessionListener = {
    connected(session, told) {
      info = told;
      aheadMs = Date.parse(told.serverTime) - Date.now();
      stream.connected(session, told);
    },
    pushed: (session, type, head, body, text) => stream.pushed(session, { type, head, body, text }),
    head: (session, epoch, seq) => stream.head(session, epoch, seq),
    signal: (_, type, body) => tell(signals.get(type) ?? [], body as never, `A handler of ${type} failed.`),
    lost: (session) => stream.lost(session),
  };
  const link = createLink(
    options,
    async (signal) => {
      await stream.start().catch((cause: unknown) => {
        throw new P2PError("INTERNAL", "The stored position cannot be read.", {}, cause);
      });
      return openSession(options, rest, path, heard, listener, signal);
    },
    (session) => listener.lost(session),
    (change) => tell(states, change, "A handler of states failed."),
  );
  const serverNow = () => Date.now() + aheadMs;
  const client: HubClient<Calls, Events, Signals> = {
    calls: callsOf(createInvoker(options, link, serverNow)),
    get state() {
      return link.state;
    },
    get me() {
      return info?.profile ?? null;
    },
    serverNow,
    connect: (signal) => link.connect(signal),
    on: (type, handler) => stream.handlers.on(type, handler as Handler<never>),
    watch: (type, watching) => watch(stream.readers, type, watching),
    onResync: (handler) => stream.handlers.onResync(handler),
    onSignal: (type, handler) => added(signals, type, handler as (body: never) => void),
    onState(handler) {
      const own = (change: StateChange) => handler(change);
      states.add(own);
      return () => void states.delete(own);
    },
    async close() {
      await link.close();
      await stream.close();
    },
  };
  insides.set(client, { options, rest });
  return client;
}

function added<T>(sets: Map<string, Set<T>>, key: string, value: T): () => void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
  return () => void set.delete(value);
}
