import type { EventHead } from "../generated/types.js";
import type { Position, PositionStore } from "./positions.js";

/** For so long a reader that leaves still holds the position before what it had not ended: a program about to stop loses nothing. */
const leaveGraceMs = 5_000;

/** A durable event as it is handed out. */
export interface P2PEvent<T> {
  readonly type: string;
  readonly head: EventHead;
  readonly body: T;
  /** Everything before it was handed out before it. Stored with the event's effect it makes a handler exactly-once. */
  readonly position: Position;
  /** What a chat message says, where it was told live; null for anything else, and for what is read from the stream later. */
  readonly text: string | null;
}

/** An event that was handed out: the position moves over it when nobody has it in hand any more. */
export interface Ticket {
  readonly position: Position;
  holders: number;
}

/** A part of the program that hears events, each of its own at its own pace. */
export interface Reader {
  wants(event: P2PEvent<unknown>): boolean;
  hand(ticket: Ticket, event: P2PEvent<unknown>): void;
  complete(): void;
}

/** Hands each event to all who want it, and knows up to where all were handled. */
export interface Readers {
  join(reader: Reader): void;
  /** The reader hears nothing more; what it had not ended is let go after a while. */
  leave(reader: Reader, left: readonly Ticket[]): void;
  publish(event: P2PEvent<unknown>): void;
  /** The position moves there once so many holders have ended. */
  move(position: Position, holders: number): Ticket;
  /** The stream goes on elsewhere: what is still open no longer holds the position, nor moves it. */
  forget(): void;
  /** One holder has ended an event. */
  end(ticket: Ticket): void;
  /** Ends when the newest position is stored. */
  close(): Promise<void>;
}

/** Makes them; `moved` hears of each position that is stored. */
export function createReaders(store: PositionStore, moved: (position: Position) => void, fault: (error: unknown, what: string) => void): Readers {
  const readers = new Set<Reader>();
  let open: Ticket[] = [];
  let [handled, saved]: [Position | null, Position | null] = [null, null];
  let saving: Promise<void> | null = null;
  let isClosed = false;

  function advance(): void {
    const before = handled;
    while (open[0] && open[0].holders <= 0) handled = open.shift()!.position;
    if (handled !== before) saving ??= save();
  }

  /** Saves that come together are one, and the newest position wins. */
  async function save(): Promise<void> {
    while (handled && handled !== saved) {
      const newest: Position = handled;
      try {
        await store.save(newest);
      } catch (error) {
        // Nobody loses an event: until a later save succeeds, a new start would hear more of them again.
        fault(error, "The position could not be stored.");
      }

      saved = newest;
      moved(newest);
    }

    saving = null;
  }

  function move(position: Position, holders: number): Ticket {
    const ticket = { position, holders };
    open.push(ticket);
    advance();
    return ticket;
  }

  function end(ticket: Ticket): void {
    ticket.holders--;
    advance();
  }

  return {
    join(reader) {
      readers.add(reader);
      if (isClosed) reader.complete();
    },
    leave(reader, left) {
      readers.delete(reader);
      if (left.length > 0 && !isClosed) setTimeout(() => !isClosed && left.forEach(end), leaveGraceMs);
    },
    publish(event) {
      const takers = [...readers].filter((reader) => reader.wants(event));
      const ticket = move(event.position, takers.length);
      for (const taker of takers) taker.hand(ticket, event);
    },
    move,
    forget: () => void (open = []),
    end,
    async close() {
      isClosed = true;
      for (const reader of readers) reader.complete();
      await saving;
    },
  };
}
