import { concat, u32, u32At, u64, u64At, uuidAt, uuidBytes, type Bytes } from "../encryption/bytes.js";
import type { Uuid } from "../generated/types.js";
import { uuidV7 } from "../ids.js";

/** Bytes of the stream in one segment. */
export const segmentBytesMax = 16 * 1_024;

/** Bytes of one message, its kind included. */
export const messageBytesMax = 1_024 * 1_024 + 1;

/** The first byte of a frame that holds a segment. */
export const segmentFrame = 1;

/** The first byte of a frame that acknowledges segments. */
export const acknowledgementFrame = 2;

const resumeFrame = 3;
const byeFrame = 4;
const windowMax = 64;
const noId = "00000000-0000-0000-0000-000000000000";

/**
 * Messages in order, each once, over a way that loses, and that changes. It knows no clock, no network and no keys: what it makes is sealed and
 * sent by others. Each side numbers its segments from 1 on; the other acknowledges them, and what is not acknowledged is sent again.
 */
export interface MessageStream {
  /** The other side's stream; null before it was heard of. Another one is another program, which begins anew. */
  readonly otherId: Uuid | null;
  /** Both sides know where the other stands. */
  readonly isResumed: boolean;
  /** The other side has said good-bye, or something that no program of ours says. */
  readonly hasEnded: boolean;
  /** Messages that the other side does not have yet, for all that is known here. */
  readonly waiting: number;
  /** What was sent waits for the other side. */
  readonly isWaited: boolean;
  /** How far the other side has acknowledged. */
  readonly acknowledged: number;
  queue(message: Bytes): void;
  /** A new session has begun: each side says first where it stands. */
  begin(): void;
  /** Nothing was heard for a while: what was not acknowledged is sent again. */
  sendAgain(): void;
  /** The next frame that is to be sent; null when there is none now. */
  next(): Bytes | null;
  /** Takes a frame; answers the messages that are whole now. No segment is taken while whoever reads lags behind. */
  take(frame: Bytes, isFull?: boolean): Bytes[];
}

/** The frame that says good-bye. */
export const goodBye = (): Bytes => new Uint8Array([byeFrame]);

/** Makes a stream that has sent and heard nothing. */
export function createStream(): MessageStream {
  const id = uuidV7();
  let otherId: Uuid | null = null;
  let messages: Bytes[] = [];
  // Messages that are in segments already, each with the segment that ends it.
  let packed: { readonly message: Bytes; readonly upTo: number }[] = [];
  let unacknowledged: Bytes[] = [];
  let [first, sent, taken, expected] = [1, 0, 0, 1];
  let incoming: Bytes = new Uint8Array(0);
  let [mustAcknowledge, mustResume, isResumed, hasEnded] = [false, false, false, false];

  /** Makes the next segment of what waits: many short messages in one, a long one in several. */
  function pack(): boolean {
    if (messages.length === 0) return false;
    const seq = first + unacknowledged.length;
    const parts: Uint8Array[] = [];
    let [bytes, done] = [0, 0];
    while (bytes < segmentBytesMax && done < messages.length) {
      const message = messages[done]!;
      // A message's length is never torn from its first byte.
      if (taken === 0) {
        if (bytes + 4 >= segmentBytesMax) break;
        parts.push(u32(message.length));
        bytes += 4;
      }

      const part = message.subarray(taken, taken + segmentBytesMax - bytes);
      parts.push(part);
      bytes += part.length;
      taken += part.length;
      if (taken === message.length) {
        packed.push({ message, upTo: seq });
        done++;
        taken = 0;
      }
    }

    messages = messages.slice(done);
    unacknowledged.push(concat(...parts));
    return true;
  }

  function acknowledge(upTo: number): void {
    if (!(upTo >= first)) return;
    const count = Math.min(upTo - first + 1, unacknowledged.length);
    unacknowledged = unacknowledged.slice(count);
    first += count;
    sent = Math.max(0, sent - count);
    const left = packed.findIndex((one) => one.upTo >= first);
    packed = left < 0 ? [] : packed.slice(left);
  }

  function takeResume(other: Uuid, ownAsKnown: Uuid, upTo: number): void {
    if (otherId !== other) {
      // Another program, or the first one: it has nothing yet, so what waits is sent whole and numbered from 1 on, and so is what it sends.
      otherId = other;
      expected = 1;
      incoming = new Uint8Array(0);
      messages = [...packed.map(({ message }) => message), ...messages];
      [packed, unacknowledged, first, taken] = [[], [], 1, 0];
    }

    // Who has not heard of this stream takes nothing before it has.
    if (ownAsKnown === id) acknowledge(upTo);
    else mustResume = true;
    [isResumed, sent] = [true, 0];
  }

  function takeSegment(seq: number, part: Uint8Array): Bytes[] {
    mustAcknowledge = true;
    if (!isResumed || seq !== expected) return [];
    expected++;
    const bytes = concat(incoming, part);
    const whole: Bytes[] = [];
    let at = 0;
    while (bytes.length - at >= 4) {
      const length = u32At(bytes, at);
      if (length < 0 || length > messageBytesMax) {
        // No program of ours sends that: whatever it is, it is heard no further.
        [hasEnded, incoming] = [true, new Uint8Array(0)];
        return whole;
      }

      if (bytes.length - at - 4 < length) break;
      whole.push(bytes.slice(at + 4, at + 4 + length));
      at += 4 + length;
    }

    incoming = bytes.slice(at);
    return whole;
  }

  return {
    get otherId() {
      return otherId;
    },
    get isResumed() {
      return isResumed;
    },
    get hasEnded() {
      return hasEnded;
    },
    get waiting() {
      return messages.length + packed.length;
    },
    get isWaited() {
      return sent > 0;
    },
    get acknowledged() {
      return first - 1;
    },
    queue(message) {
      if (message.length > messageBytesMax) throw new RangeError(`A message has at most ${messageBytesMax} bytes.`);
      messages.push(message);
    },
    begin: () => void ([mustResume, isResumed, sent] = [true, false, 0]),
    sendAgain: () => void ([sent, mustResume] = [0, !isResumed]),
    next() {
      if (mustResume) {
        [mustResume, mustAcknowledge] = [false, false];
        return concat(new Uint8Array([resumeFrame]), uuidBytes(id), uuidBytes(otherId ?? noId), u64(expected - 1));
      }

      if (!isResumed) return null;
      if (sent < windowMax && (sent < unacknowledged.length || pack())) {
        const segment = unacknowledged[sent]!;
        return concat(new Uint8Array([segmentFrame]), u64(first + sent++), segment);
      }

      if (!mustAcknowledge) return null;
      mustAcknowledge = false;
      return concat(new Uint8Array([acknowledgementFrame]), u64(expected - 1));
    },
    take(frame, isFull = false) {
      if (frame[0] === resumeFrame && frame.length === 41) takeResume(uuidAt(frame, 1), uuidAt(frame, 17), u64At(frame, 33));
      else if (frame[0] === acknowledgementFrame && frame.length === 9) acknowledge(u64At(frame, 1));
      else if (frame[0] === segmentFrame && frame.length > 9) return isFull || hasEnded ? [] : takeSegment(u64At(frame, 1), frame.subarray(9));
      else if (frame[0] === byeFrame && frame.length === 1) hasEnded = true;
      // Anything else is a later version's: it is not understood, and not needed.
      return [];
    },
  };
}
