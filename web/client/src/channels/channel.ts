import { concat, type Bytes } from "../encryption/bytes.js";
import { createTurn } from "../encryption/turn.js";
import type { Uuid } from "../generated/types.js";
import { deferred, orAborted } from "../waiting.js";
import { createFiles, type ChannelFile, type KeptParts, type SendFileOptions } from "./files.js";
import { createInbox } from "./inbox.js";
import type { Way } from "./seal.js";
import { createSession, type Session, type SessionTerms } from "./session.js";
import { createStream, goodBye, messageBytesMax } from "./stream.js";

const messageKind = 0;
const waitingMax = 4_096;
const unreadMax = 8_192;
const againAfterMs = 1_000;
const proposeAfterMs = 4_000;
const lookEachMs = 100;
const directPauseMinMs = 10_000;
const directPauseMaxMs = 300_000;

/**
 * A channel to one peer that the server cannot read. What is sent arrives once and in order, whatever happens to connections, nodes and ways
 * meanwhile; what the other side has not acknowledged when this program ends is lost. A side that does not read stops the other one after some
 * thousand messages.
 */
export interface PeerChannel {
  readonly peerId: string;
  readonly profileId: number;
  /** How frames go at present: between the two alone, or by the server, which can read neither. */
  readonly way: Way;
  /** Messages that the other side has not acknowledged. */
  readonly waiting: number;
  /** The channel was closed here, or the other side has said good-bye. */
  readonly hasEnded: boolean;
  /** Sends a message of at most 1 MB, a text as UTF-8; resolves when it is queued, and waits while 4,096 others are. */
  send(message: Uint8Array | string, signal?: AbortSignal): Promise<void>;
  /** Waits until the other side has everything that was sent. */
  flush(signal?: AbortSignal): Promise<void>;
  /** What the other side sends, in order: read once. Ends with the channel. */
  messages(signal?: AbortSignal): AsyncIterableIterator<Uint8Array>;
  /**
   * Sends a file in parts, between the messages, and resolves when the other side has all of it, checked; false when it does not want it. It is
   * held in memory once, for its hash.
   * @param name What it is called, at most 255 bytes.
   */
  sendFile(content: Blob, name: string, options?: SendFileOptions): Promise<boolean>;
  /** Files that the other side offers, as they come: read once. Ends with the channel. */
  files(signal?: AbortSignal): AsyncIterableIterator<ChannelFile>;
  /** Calls a handler when the way is another. */
  onWay(handler: (way: Way) => void): () => void;
  /** Says good-bye and closes the channel here; what the other side has not acknowledged is lost. */
  close(): Promise<void>;
}

/** What a channel needs of those who keep all of them. */
export interface ChannelOwner {
  /** Sends a frame by the server, or not: whoever waits for an acknowledgement sends again. */
  relay(peerId: string, sessionId: Uuid, frame: Bytes, signal: AbortSignal): Promise<void>;
  /** Asks for a new session, unless one is being agreed on. */
  propose(channel: InnerChannel): void;
  forget(channel: InnerChannel): void;
  /** Hears what a handler of the program's threw. */
  onFault(fault: unknown, what: string): void;
  /** Parts of files that did not come whole, by their hashes. */
  readonly kept: KeptParts;
}

/** A channel as those who keep it see it. */
export interface InnerChannel extends PeerChannel {
  /** From now on the newest of the sessions is used; frames of the one before it may still come. */
  use(terms: SessionTerms): void;
  has(sessionId: Uuid): boolean;
  hear(sessionId: Uuid, frame: Bytes, way: Way): Promise<void>;
}

/** Makes a channel that has no session yet. */
export function createChannel(owner: ChannelOwner, peerId: string, profileId: number): InnerChannel {
  const stream = createStream();
  const received = createInbox<Bytes>();
  const hearing = createTurn();
  const ending = new AbortController();
  const watchers = new Set<(way: Way) => void>();
  let sessions: Session[] = [];
  let work = deferred<void>();
  let more = deferred<void>();
  let isClosed = false;
  let other: Uuid | null = null;
  let seen = 0;
  let [progressAt, againAt] = [performance.now(), performance.now()];
  let [directAt, directPauseMs] = [0, directPauseMinMs];

  const newest = () => sessions.at(-1);
  const wake = () => work.resolve();
  const files = createFiles((message, signal) => queue(message, signal), owner.kept);

  function tellWay(session: Session, way: Way): void {
    if (session !== newest()) return;
    if (way === "direct") directPauseMs = directPauseMinMs;
    for (const watcher of [...watchers]) {
      try {
        watcher(way);
      } catch (error) {
        // The program's own fault; the channel goes on.
        owner.onFault(error, "A handler of ways failed.");
      }
    }
  }

  async function queue(message: Bytes, signal?: AbortSignal): Promise<void> {
    while (true) {
      signal?.throwIfAborted();
      if (isClosed) throw new Error("The channel is closed.");
      if (stream.waiting < waitingMax) break;
      await orAborted(more.promise, signal);
    }

    if (stream.waiting === 0) progressAt = againAt = performance.now();
    stream.queue(message);
    wake();
  }

  /** Sends what there is to send: the session's own frames first. */
  async function sendAll(): Promise<void> {
    for (let session = newest(); session && !isClosed; session = newest()) {
      const own = session.next();
      const plain = own?.plain ?? stream.next();
      if (!plain) return;
      const way = own?.way ?? session.wayOf(plain);
      const frame = await session.seal.seal(plain);
      if (way === "direct") await session.sendDirect(frame);
      else await owner.relay(peerId, session.id, frame, ending.signal);
    }
  }

  async function run(): Promise<void> {
    while (!isClosed) {
      await sendAll();
      // What came while it was sent is seen at once.
      const nextIn = idleMs();
      const timer = nextIn === null ? undefined : setTimeout(wake, nextIn);
      await work.promise;
      clearTimeout(timer);
      work = deferred();
      if (!isClosed) look();
    }
  }

  const isIdle = () => stream.hasEnded || (!stream.isWaited && stream.isResumed && stream.waiting === 0);

  /** How long nothing has to be looked at; null: until something happens. */
  function idleMs(): number | null {
    const session = newest();
    const own = session?.nextIn ?? null;
    const direct = session?.isDirectLost && session.isOfferer ? Math.max(0, directAt - performance.now()) : null;
    const due = [own, direct, isIdle() ? null : lookEachMs].filter((one) => one !== null);
    return due.length === 0 ? null : Math.min(...due);
  }

  /** Sends again what was not acknowledged in time, and asks for a new session when nothing is heard or the direct way is lost. */
  function look(): void {
    const now = performance.now();
    const session = newest();
    if (session?.isDirectLost && session.isOfferer && !stream.hasEnded && now >= directAt) {
      directAt = now + directPauseMs;
      directPauseMs = Math.min(2 * directPauseMs, directPauseMaxMs);
      owner.propose(inner);
    }

    if (isIdle()) {
      progressAt = againAt = now;
      return;
    }

    if (now - againAt > againAfterMs) {
      againAt = now;
      session?.suspect();
      stream.sendAgain();
    }

    if (now - progressAt > proposeAfterMs) {
      progressAt = now;
      owner.propose(inner);
    }
  }

  function take(session: Session, plain: Bytes, way: Way): void {
    // The other side uses the new session, too: a direct way of the one before carries nothing any more.
    if (session === newest()) for (const old of sessions.slice(0, -1)) old.close();
    if (session.take(plain, way)) return;
    const messages = stream.take(plain, received.count >= unreadMax);
    progressAt = performance.now();
    if (stream.acknowledged !== seen || stream.waiting === 0) {
      seen = stream.acknowledged;
      againAt = progressAt;
      more.resolve();
      more = deferred();
    }

    if (other !== null && other !== stream.otherId) files.restart();
    other = stream.otherId;
    for (const message of messages) {
      if (message[0] === messageKind) received.put(message.slice(1));
      else if (message.length > 0) files.hear(message);
    }

    if (stream.hasEnded) end();
  }

  function end(): void {
    received.end();
    files.end();
    for (const session of sessions) session.close();
  }

  const inner: InnerChannel = {
    peerId,
    profileId,
    get way() {
      return newest()?.way ?? "relay";
    },
    get waiting() {
      return stream.waiting;
    },
    get hasEnded() {
      return isClosed || stream.hasEnded;
    },
    async send(message, signal) {
      const bytes = typeof message === "string" ? new TextEncoder().encode(message) : message;
      if (bytes.length >= messageBytesMax) throw new RangeError(`A message has at most ${messageBytesMax - 1} bytes.`);
      await queue(concat(new Uint8Array([messageKind]), bytes), signal);
    },
    async flush(signal) {
      while (stream.waiting > 0) {
        signal?.throwIfAborted();
        if (isClosed) throw new Error("The channel is closed.");
        await orAborted(more.promise, signal);
      }
    },
    messages: (signal) => received.read(signal),
    sendFile: (content, name, options) => files.send(content, name, options),
    files: (signal) => files.offers.read(signal),
    onWay(handler) {
      const own = (way: Way) => handler(way);
      watchers.add(own);
      return () => void watchers.delete(own);
    },
    use(terms) {
      if (isClosed) {
        terms.direct?.close();
        return;
      }

      const session = createSession(terms, wake, (way) => tellWay(session, way));
      if (terms.direct) terms.direct.onFrame = (frame) => void inner.hear(terms.id, frame, "direct");
      // Ids tell when sessions began: when both sides proposed at once, both use the later one.
      sessions = [...sessions, session].sort((one, other) => (one.id < other.id ? -1 : 1));
      for (const old of sessions.slice(0, -2)) old.close();
      sessions = sessions.slice(-2);
      stream.begin();
      progressAt = againAt = performance.now();
      directAt = Math.max(directAt, progressAt + directPauseMs);
      wake();
    },
    has: (sessionId) => sessions.some(({ id }) => id === sessionId),
    hear: (sessionId, frame, way) => hearing(async () => {
      const session = sessions.find(({ id }) => id === sessionId);
      // Forged, damaged or late: as if it had not come.
      const plain = session && !isClosed ? await session.seal.open(frame, way) : null;
      if (session && plain) take(session, plain, way);
      wake();
    }),
    async close() {
      if (isClosed) return;
      isClosed = true;
      owner.forget(inner);
      ending.abort(new DOMException("The channel is closed.", "AbortError"));
      wake();
      await running;
      const session = newest();
      if (session) {
        const bye = await session.seal.seal(goodBye());
        // Whoever is not connected waits for no connection just to say so.
        await Promise.all([session.sendDirect(bye), owner.relay(peerId, session.id, bye, AbortSignal.timeout(1_000))]);
      }

      end();
      // Whoever waits to send or to have sent learns that nothing is sent any more.
      more.resolve();
    },
  };
  const running = run();
  return inner;
}
