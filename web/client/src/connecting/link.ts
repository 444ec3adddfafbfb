import { P2PError } from "../error.js";
import type { CheckedOptions } from "../options.js";
import { atLeastMs, backoffMs, deferred, delay, orAborted, within } from "../waiting.js";
import type { Session } from "./session.js";

/** A connection that lived so long was a good one: the next attempt does not wait as if it had failed. */
const goodAfterMs = 5_000;

/** How a client stands to its server. */
export type ClientState =
  /** Not asked to connect, or nobody waited for it any more. */
  | "disconnected"
  /** Trying for the first time. */
  | "connecting"
  | "connected"
  /** The connection was lost; trying again, without end. */
  | "reconnecting"
  /** The server refuses the user or this client: `connect` tries again. */
  | "refused"
  /** Closed by the program, for good. */
  | "closed";

/** A change of state, and why where that is known. */
export interface StateChange {
  readonly state: ClientState;
  readonly error: Error | null;
}

/** Keeps one session open: opens the first, and another whenever one ends, until the server refuses the user or the client is closed. */
export interface Link {
  readonly state: ClientState;
  connect(signal?: AbortSignal): Promise<void>;
  /** The present session; while there is none, waits for the next one as long as the options allow. */
  session(signal?: AbortSignal): Promise<Session>;
  close(): Promise<void>;
}

/** Makes a link that opens sessions with a function of the caller's. */
export function createLink(
  options: CheckedOptions,
  open: (signal: AbortSignal) => Promise<Session>,
  lost: (session: Session) => void,
  changed: (change: StateChange) => void,
): Link {
  let state: ClientState = "disconnected";
  let session = deferred<Session>();
  let stop = new AbortController();
  let running: Promise<void> | null = null;
  let waiting = 0;
  let lastError: Error | null = null;

  function enter(next: ClientState, error: Error | null): void {
    if (state === next) return;
    state = next;
    changed({ state, error });
  }

  /** One session from its opening to its end; tells how long it lived. */
  async function live(signal: AbortSignal, connected: () => void): Promise<number> {
    const opened = await open(signal);
    const since = performance.now();
    connected();
    session.resolve(opened);
    enter("connected", null);
    try {
      lastError = await orAborted(opened.ended, signal);
    } finally {
      session = deferred();
      lost(opened);
      await opened.close();
    }

    return performance.now() - since;
  }

  async function run(signal: AbortSignal): Promise<void> {
    let [failures, refusedTokens, connectedOnce] = [0, 0, false];
    while (!signal.aborted) {
      enter(connectedOnce ? "reconnecting" : "connecting", lastError);
      let askedMs = 0;
      try {
        const livedMs = await live(signal, () => ([connectedOnce, refusedTokens] = [true, 0]));
        failures = livedMs >= goodAfterMs ? 0 : failures + 1;
      } catch (error) {
        if (signal.aborted) break;
        lastError = error instanceof Error ? error : new Error(String(error));
        const refused = error instanceof P2PError ? error : null;
        askedMs = Math.min(atLeastMs(refused?.retryAfterMs ?? 0), options.backoffMaxMs);
        failures++;
        if (refused?.code === "UNAUTHENTICATED" && (connectedOnce || refusedTokens === 0)) {
          // A cached token may just have run out: the first refusal asks for another at once.
          if (++refusedTokens === 1) continue;
        } else if (refused && !refused.isTransient) {
          end("refused", refused);
          return;
        }
      }

      const ownMs = backoffMs(Math.max(failures - 1, 0), options.backoffMinMs, options.backoffMaxMs);
      await delay(Math.max(askedMs, ownMs), signal).catch(() => undefined);
    }

    end("disconnected", new DOMException("The client no longer connects.", "AbortError"));
  }

  function end(next: ClientState, error: Error): void {
    running = null;
    const failed = session;
    session = deferred();
    failed.reject(error);
    if (state !== "closed") enter(next, error);
  }

  return {
    get state() {
      return state;
    },
    async connect(signal) {
      if (state === "closed") throw new Error("The client is closed.");
      // Attempts that nobody waited for may still be ending.
      while (running && stop.signal.aborted) await orAborted(running, signal);
      signal?.throwIfAborted();
      if (!running) {
        stop = new AbortController();
        running = run(stop.signal);
      }

      waiting++;
      try {
        await orAborted(session.promise, signal);
      } finally {
        // The last one who gives up before there was a connection ends the attempts.
        if (--waiting === 0 && signal?.aborted && state === "connecting") stop.abort(signal.reason);
      }
    },
    async session(signal) {
      if (!running && state === "refused" && lastError) throw lastError;
      if (!running) throw new Error(state === "closed" ? "The client is closed." : "connect() comes first.");
      const unreachable = () => {
        const code = lastError instanceof P2PError && lastError.code === "UNAUTHENTICATED" ? "UNAUTHENTICATED" : "UNAVAILABLE";
        return new P2PError(code, "The server cannot be reached.", {}, lastError);
      };
      return orAborted(within(session.promise, options.reconnectWaitMs, unreachable), signal);
    },
    async close() {
      if (state === "closed") return;
      const ending = running;
      enter("closed", null);
      stop.abort(new DOMException("The client is closed.", "AbortError"));
      await ending;
    },
  };
}
