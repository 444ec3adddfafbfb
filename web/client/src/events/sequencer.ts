import type { Position } from "./positions.js";

/** Events that are handed out and not ended; beyond it nothing is taken in and nothing acknowledged. */
export const lagMax = 1_024;

/** Events kept that came before their turn. */
export const earlyMax = 256;

/** Events received that are acknowledged at once. */
export const ackEvents = 32;

/** How long the acknowledgement of fewer events may wait. */
export const ackMs = 250;

/** How long a hole may fill by itself: two server nodes overtake each other. */
export const holeMs = 100;

/** What is to be done. */
export type Step<T> =
  | { readonly do: "begin"; readonly position: Position }
  | { readonly do: "deliver"; readonly position: Position; readonly event: T }
  | { readonly do: "resync"; readonly position: Position }
  | { readonly do: "ask"; readonly id: number; readonly after: Position }
  | { readonly do: "ack"; readonly seq: number };

/**
 * The resume protocol: turns pushes that are late, lost, doubled or out of order into each event once and in order. Time comes in with each
 * input, and what must be done goes to `perform`, so that it runs in a simulation as it runs live.
 */
export interface Sequencer<T> {
  connected(epoch: string, headSeq: number, firstSeq: number, now: number): void;
  lost(): void;
  pushed(seq: number, event: T, now: number): void;
  /** The server says where the stream stands instead of pushing. */
  headHeard(epoch: string, seq: number, now: number): void;
  pageHeard(askId: number, events: readonly { seq: number; event: T }[], headSeq: number, now: number): void;
  /** The server cannot go on from the asked position. */
  resyncHeard(askId: number, epoch: string, headSeq: number, now: number): void;
  /** The ask got no answer; it may be repeated after a while. */
  askFailed(askId: number, now: number): void;
  /** Every event up to this one was handled. */
  ended(position: Position, now: number): void;
  tick(now: number): void;
  /** When `tick` is wanted next; null when only an input changes anything. */
  wakeAt(): number | null;
}

/** Starts behind a stored position, or without one at the head of the first connection. */
export function createSequencer<T>(stored: Position | null, perform: (step: Step<T>) => void): Sequencer<T> {
  const early = new Map<number, T>();
  let epoch = stored?.epoch ?? null;
  let [received, ended, head] = [stored?.seq ?? 0, stored?.seq ?? 0, stored?.seq ?? 0];
  let [acked, unacked, askId, askedAfter] = [0, 0, 0, 0];
  let [isConnected, isAsking, doubts] = [false, false, false];
  let ackDue: number | null = null;
  let holeDue: number | null = null;

  const at = (seq: number): Position => ({ epoch: epoch ?? "", seq });
  const isFull = () => received - ended >= lagMax;

  function restart(newEpoch: string, headSeq: number): void {
    early.clear();
    [epoch, received, ended, head, acked] = [newEpoch, headSeq, headSeq, headSeq, 0];
    [doubts, holeDue, ackDue] = [false, null, null];
    perform({ do: "resync", position: at(headSeq) });
  }

  function receive(seq: number, event: T): void {
    if (isFull()) return;
    // A hole behind this event is another one, with a time of its own to fill.
    [received, holeDue] = [seq, null];
    unacked++;
    perform({ do: "deliver", position: at(seq), event });
  }

  function go(now: number, askNow: boolean): void {
    takeEarly();
    if (!isConnected) return;
    fill(now, askNow);
    acknowledge(now);
  }

  function takeEarly(): void {
    for (const seq of early.keys()) if (seq <= received) early.delete(seq);
    for (let next = early.get(received + 1); next !== undefined && !isFull(); next = early.get(received + 1)) {
      early.delete(received + 1);
      receive(received + 1, next);
    }
  }

  function fill(now: number, askNow: boolean): void {
    // After a jam a question pays only when a good part of its page can be taken in.
    const hasRoom = received - ended <= lagMax / 2;
    if (!(doubts || (head > received && hasRoom)) || isAsking) {
      holeDue = null;
      return;
    }

    holeDue ??= now + holeMs;
    if (askNow || now >= holeDue) {
      [isAsking, askedAfter, holeDue] = [true, received, null];
      perform({ do: "ask", id: ++askId, after: at(received) });
    }
  }

  function acknowledge(now: number): void {
    if (received <= acked) {
      ackDue = null;
      return;
    }

    ackDue ??= now + ackMs;
    if (now >= ackDue || unacked >= ackEvents) {
      [acked, unacked, ackDue] = [received, 0, null];
      perform({ do: "ack", seq: received });
    }
  }

  function answers(id: number): boolean {
    if (!isConnected || !isAsking || id !== askId) return false;
    isAsking = false;
    return true;
  }

  return {
    connected(newEpoch, headSeq, firstSeq, now) {
      [isConnected, isAsking, doubts, holeDue, ackDue] = [true, false, false, null, null];
      // A new connection has been told nothing yet.
      [acked, unacked] = [0, 0];
      if (epoch === null) {
        [epoch, received, ended, head] = [newEpoch, headSeq, headSeq, headSeq];
        perform({ do: "begin", position: at(headSeq) });
      } else if (newEpoch !== epoch || received > headSeq || received + 1 < firstSeq) {
        restart(newEpoch, headSeq);
      }

      head = Math.max(head, headSeq);
      go(now, true);
    },
    lost: () => void ([isConnected, isAsking, holeDue, ackDue] = [false, false, null, null]),
    pushed(seq, event, now) {
      if (!isConnected || seq <= received) return;
      head = Math.max(head, seq);
      if (seq === received + 1) receive(seq, event);
      else if (early.size < earlyMax && !early.has(seq)) early.set(seq, event);
      go(now, false);
    },
    headHeard(newEpoch, seq, now) {
      if (!isConnected) return;
      // Of another epoch only the answer to a question says from where on the new history is whole.
      if (newEpoch !== epoch) doubts = true;
      else head = Math.max(head, seq);
      go(now, true);
    },
    pageHeard(id, events, headSeq, now) {
      if (!answers(id)) return;
      doubts = false;
      const before = received;
      for (const { seq, event } of events) if (seq === received + 1) receive(seq, event);
      // A page without anything new must not be followed by the next question at once.
      head = Math.max(head, headSeq);
      go(now, received > before);
    },
    resyncHeard(id, newEpoch, headSeq, now) {
      if (!answers(id)) return;
      // Pushes may have closed the hole meanwhile: only a new question tells whether the stream goes on from there.
      const isOvertaken = newEpoch === epoch && received > askedAfter;
      if (!isOvertaken) restart(newEpoch, headSeq);
      go(now, isOvertaken);
    },
    askFailed(id, now) {
      if (answers(id)) go(now, false);
    },
    ended(position, now) {
      if (position.epoch !== epoch || position.seq <= ended || position.seq > received) return;
      ended = position.seq;
      go(now, false);
    },
    tick(now) {
      if (isConnected) go(now, false);
    },
    wakeAt: () => (ackDue === null || holeDue === null ? (ackDue ?? holeDue) : Math.min(ackDue, holeDue)),
  };
}
