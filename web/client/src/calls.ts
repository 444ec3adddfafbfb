import { ConnectionLost, P2PError } from "./error.js";
import { uuidV7 } from "./ids.js";
import type { Link } from "./connecting/link.js";
import type { CheckedOptions } from "./options.js";
import { atLeastMs, backoffMs, delay, orAborted } from "./waiting.js";

const pauseMinMs = 50;
const pauseMaxMs = 5_000;

/** How one call is made. */
export interface CallOptions {
  /** Ends the wait; whether a change happened is then unknown. */
  readonly signal?: AbortSignal;
  /** How long it may take in all; that of the client unless set. */
  readonly timeoutMs?: number;
}

/** How typed calls reach their hub. */
export interface Invoker {
  /** A call that changes nothing, or nothing that a repeat would change again. */
  read<T>(method: string, args: readonly unknown[], options?: CallOptions): Promise<T>;
  /** A call that carries a request id, which all its repeats keep. */
  change<T>(method: string, request: { readonly requestId?: string }, options?: CallOptions): Promise<T>;
}

/** Repeats each call until the server has decided or the time is over. */
export function createInvoker(options: CheckedOptions, link: Link, now: () => number): Invoker {
  const read: Invoker["read"] = (method, args, own) => repeat(options, link, method, args, own);
  return {
    read,
    async change<T>(method: string, request: { readonly requestId?: string }, own?: CallOptions): Promise<T> {
      // The server judges an id's time by its own clock.
      const sent = { ...request, requestId: request.requestId ?? uuidV7(now()) };
      try {
        return await read<T>(method, [sent], own);
      } catch (error) {
        if (!(error instanceof P2PError)) throw error;
        // Others may wait for the same connection and fail with the same object.
        const named = new P2PError(error.code, error.message, error.details, error.cause);
        named.requestId = sent.requestId;
        throw named;
      }
    },
  };
}

async function repeat<T>(options: CheckedOptions, link: Link, method: string, args: readonly unknown[], own: CallOptions = {}): Promise<T> {
  const endsAt = performance.now() + (own.timeoutMs ?? options.callTimeoutMs);
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), own.timeoutMs ?? options.callTimeoutMs);
  const signal = own.signal ? AbortSignal.any([own.signal, time.signal]) : time.signal;
  let last: Error | null = null;
  try {
    for (let failures = 0; ; failures++) {
      try {
        const session = await link.session(signal);
        try {
          return await orAborted(session.invoke<T>(method, args), signal);
        } catch (error) {
          if (!(error instanceof ConnectionLost || (error instanceof P2PError && error.isTransient))) throw error;
          last = error;
        }
      } catch (error) {
        if (time.signal.aborted && !own.signal?.aborted) throw timedOut(method, last);
        throw error;
      }

      const pause = pauseMs(last, failures);
      if (performance.now() + pause >= endsAt) throw last instanceof P2PError ? last : timedOut(method, last);
      await delay(pause, signal);
    }
  } finally {
    clearTimeout(timer);
  }
}

function pauseMs(error: Error, failures: number): number {
  return error instanceof P2PError
    ? Math.max(backoffMs(failures, pauseMinMs, pauseMaxMs), atLeastMs(error.retryAfterMs ?? 0))
    // The next session is waited for anyway; the pause is for a server that closes each one at once.
    : backoffMs(Math.max(failures - 1, 0), pauseMinMs, pauseMaxMs);
}

function timedOut(method: string, cause: Error | null): P2PError {
  return new P2PError(
    "TIMEOUT",
    `${method} has no answer in time: whether it happened is unknown until it is repeated under the same request id.`,
    {},
    cause ?? undefined,
  );
}
