import { deferred, type Deferred } from "../waiting.js";
import type { P2PEvent, Reader, Readers, Ticket } from "./readers.js";

/** What a watch takes. */
export interface WatchOptions<T> {
  /** Ends the watch. */
  readonly signal?: AbortSignal;
  /** Only events whose body this holds for. */
  readonly where?: (body: T) => boolean;
}

/**
 * One `for await` over events of one type. It collects from the moment it is made, so that nothing is missed between making and reading it; an
 * event is ended when the next one is asked for.
 */
export function watch<T>(readers: Readers, type: string, options: WatchOptions<T> = {}): AsyncIterableIterator<P2PEvent<T>> {
  const queue: { ticket: Ticket; event: P2PEvent<T> }[] = [];
  let inHand: Ticket | null = null;
  let isOver = false;
  let wake: Deferred<void> | null = null;

  function finish(): void {
    isOver = true;
    wake?.resolve();
  }

  function leave(): void {
    finish();
    options.signal?.removeEventListener("abort", leave);
    readers.leave(reader, [...(inHand ? [inHand] : []), ...queue.splice(0).map(({ ticket }) => ticket)]);
    inHand = null;
  }

  const reader: Reader = {
    wants: (event) => !isOver && event.type === type && (!options.where || options.where(event.body as T)),
    hand(ticket, event) {
      queue.push({ ticket, event: event as P2PEvent<T> });
      wake?.resolve();
    },
    complete: finish,
  };
  readers.join(reader);
  if (options.signal?.aborted) leave();
  else options.signal?.addEventListener("abort", leave, { once: true });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const ended = inHand;
      inHand = null;
      if (ended) readers.end(ended);
      while (!isOver && queue.length === 0) {
        wake = deferred();
        await wake.promise;
      }

      const next = isOver ? undefined : queue.shift();
      if (!next) return { done: true, value: undefined };
      inHand = next.ticket;
      return { done: false, value: next.event };
    },
    async return() {
      leave();
      return { done: true, value: undefined };
    },
  };
}
