import type { Position } from "./positions.js";
import type { P2PEvent, Reader, Readers, Ticket } from "./readers.js";

/** A handler of events; what it answers is waited for. */
export type Handler<T> = (event: P2PEvent<T>, signal: AbortSignal) => void | Promise<void>;

/** A handler that hears when events were lost for good: reload what is shown. */
export type ResyncHandler = (position: Position, signal: AbortSignal) => void | Promise<void>;

/** Runs the program's handlers, one event after the other and for each event one handler after the other. */
export interface Handlers {
  on(type: string, handler: Handler<never>): () => void;
  onResync(handler: ResyncHandler): () => void;
  handResync(ticket: Ticket): void;
  /** Ends when the handler in hand has returned. */
  idle(): Promise<void>;
}

/** Makes them; no handler begins once the signal is aborted. */
export function createHandlers(readers: Readers, signal: AbortSignal, fault: (error: unknown, what: string) => void): Handlers {
  const byType = new Map<string, Set<Handler<never>>>();
  const resyncs = new Set<ResyncHandler>();
  const queue: { ticket: Ticket; event: P2PEvent<unknown> | null }[] = [];
  let pumping: Promise<void> | null = null;
  const reader: Reader = {
    wants: (event) => (byType.get(event.type)?.size ?? 0) > 0,
    hand: (ticket, event) => enqueue(ticket, event),
    complete: () => undefined,
  };
  readers.join(reader);

  function enqueue(ticket: Ticket, event: P2PEvent<unknown> | null): void {
    queue.push({ ticket, event });
    pumping ??= pump();
  }

  async function pump(): Promise<void> {
    // Not at once: whoever hands out an event is not to run what others do with it.
    await null;
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { ticket, event } = next;
      const runs = event
        ? [...(byType.get(event.type) ?? [])].map((handler) => () => handler(event as P2PEvent<never>, signal))
        : [...resyncs].map((handler) => () => handler(ticket.position, signal));
      for (const run of runs) {
        // Not handled, so not ended: the next start hears it.
        if (signal.aborted) return;
        try {
          await run();
        } catch (error) {
          if (signal.aborted) return;
          // The program's own fault, told to its log: one handler that fails must not hold up every later event.
          fault(error, `A handler of ${event?.type ?? "resync"} ${ticket.position.seq} failed.`);
        }
      }

      readers.end(ticket);
    }

    pumping = null;
  }

  return {
    on(type, handler) {
      const set = byType.get(type) ?? new Set();
      // Wrapped, so that one function can be registered twice.
      const own: Handler<never> = (event, token) => handler(event, token);
      byType.set(type, set.add(own));
      return () => void set.delete(own);
    },
    onResync(handler) {
      const own: ResyncHandler = (position, token) => handler(position, token);
      resyncs.add(own);
      return () => void resyncs.delete(own);
    },
    handResync: (ticket) => enqueue(ticket, null),
    idle: () => pumping ?? Promise.resolve(),
  };
}
