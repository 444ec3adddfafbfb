import type { Session } from "../connecting/session.js";
import { isObject, milliseconds, P2PError } from "../error.js";
import type { ConnectedInfo, EventHead, EventPage } from "../generated/types.js";
import { delay } from "../waiting.js";
import { createHandlers, type Handlers } from "./handlers.js";
import { memoryPositions, type Position, type PositionStore } from "./positions.js";
import { createReaders, type Readers } from "./readers.js";
import { createSequencer, type Sequencer, type Step } from "./sequencer.js";

const handlerStopMs = 5_000;

interface Told {
  readonly type: string;
  readonly head: EventHead;
  readonly body: unknown;
  readonly text: string | null;
}

/** Feeds the sequencer with what a connection brings, and does what it says: hand out, ask, acknowledge. */
export interface EventStream {
  readonly readers: Readers;
  readonly handlers: Handlers;
  /** Reads the stored position; done once, before the first connection. */
  start(): Promise<void>;
  connected(session: Session, info: ConnectedInfo): void;
  lost(session: Session): void;
  pushed(session: Session, told: Told): void;
  head(session: Session, epoch: string, seq: number): void;
  close(): Promise<void>;
}

/** Makes the stream of one user on one hub. */
export function createStream(positions: PositionStore = memoryPositions(), fault: (error: unknown, what: string) => void): EventStream {
  const stop = new AbortController();
  const readers = createReaders(positions, (position) => feed((to, now) => to.ended(position, now)), fault);
  const handlers = createHandlers(readers, stop.signal, fault);
  let sequencer: Sequencer<Told> | null = null;
  let starting: Promise<void> | null = null;
  let session: Session | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function feed(input: (to: Sequencer<Told>, now: number) => void): void {
    if (!sequencer || stop.signal.aborted) return;
    input(sequencer, performance.now());
    clearTimeout(timer);
    const wakeAt = sequencer.wakeAt();
    if (wakeAt !== null) timer = setTimeout(() => feed((to, now) => to.tick(now)), Math.max(wakeAt - performance.now(), 0) + 1);
  }

  /** What a former connection still says is told again by the present one. */
  function from(of: Session, input: (to: Sequencer<Told>, now: number) => void): void {
    if (of === session) feed(input);
  }

  function perform(step: Step<Told>): void {
    switch (step.do) {
      case "deliver":
        return readers.publish({ ...step.event, position: step.position });
      case "begin":
        return void readers.move(step.position, 0);
      case "resync":
        readers.forget();
        return handlers.handResync(readers.move(step.position, 1));
      case "ask":
        return void (session && ask(session, step.id, step.after));
      case "ack":
        // The connection may have ended meanwhile: the next one acknowledges anew.
        return void session?.send("Ack", [step.seq]).catch(() => undefined);
    }
  }

  async function ask(of: Session, id: number, after: Position): Promise<void> {
    // In a turn of its own: the sequencer is still at work.
    await null;
    try {
      const page = await of.invoke<EventPage>("EventsSince", [after.epoch, after.seq]);
      const events = page.events.map(({ head, type, body }) => ({ seq: head.seq, event: { type, head, body, text: null } }));
      from(of, (to, now) => to.pageHeard(id, events, page.headSeq, now));
    } catch (error) {
      const to = error instanceof P2PError && error.code === "RESYNC" ? positionIn(error.details) : null;
      if (to) return from(of, (sequencer, now) => sequencer.resyncHeard(id, to.epoch, to.seq, now));
      // Asked again after a while, here or on the next connection.
      await delay((error instanceof P2PError ? error.retryAfterMs : null) ?? 200, stop.signal).catch(() => undefined);
      from(of, (to, now) => to.askFailed(id, now));
    }
  }

  return {
    readers,
    handlers,
    start: () => (starting ??= (async () => {
      sequencer = createSequencer<Told>(await positions.load(), perform);
    })().catch((error: unknown) => {
      starting = null;
      throw error;
    })),
    connected(of, info) {
      session = of;
      feed((to, now) => to.connected(info.epoch, info.headSeq, info.firstSeq, now));
    },
    lost(of) {
      from(of, (to) => to.lost());
      if (session === of) session = null;
    },
    pushed: (of, told) => from(of, (to, now) => to.pushed(told.head.seq, told, now)),
    head: (of, epoch, seq) => from(of, (to, now) => to.headHeard(epoch, seq, now)),
    async close() {
      stop.abort(new DOMException("The client is closed.", "AbortError"));
      clearTimeout(timer);
      // A handler that ignores its signal, or that closes the client itself, must not hold this up for ever.
      const returned = new AbortController();
      await Promise.race([handlers.idle(), delay(handlerStopMs, returned.signal).catch(() => undefined)]);
      returned.abort();
      await readers.close();
    },
  };
}

function positionIn(details: Readonly<Record<string, unknown>>): Position | null {
  const seq = milliseconds(details["headSeq"]);
  return isObject(details) && typeof details["epoch"] === "string" && seq !== null ? { epoch: details["epoch"], seq } : null;
}
