import { expect, test } from "vitest";
import { createStream, messageBytesMax, segmentBytesMax, type MessageStream } from "../src/channels/stream.js";
import { concat, u32, u64, type Bytes } from "../src/encryption/bytes.js";

/** Numbers that are the same in each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function carry(from: MessageStream, to: MessageStream, heard: Bytes[], isLost: () => boolean): boolean {
  const frame = from.next();
  if (!frame) return false;
  if (!isLost()) heard.push(...to.take(frame));
  return true;
}

test("Whatever is lost, messages arrive once and in order", () => {
  let lost = 0;
  for (let run = 0; run < 200; run++) {
    const random = chance(run);
    const [one, other] = [createStream(), createStream()];
    const sizes = Array.from({ length: 1 + Math.floor(random() * 20) }, () => Math.floor(random() ** 3 * 3 * segmentBytesMax));
    const sent = sizes.map((size, i) => new Uint8Array(size).fill(i + 1));
    const [atOther, atOne]: [Bytes[], Bytes[]] = [[], []];
    const loss = random() * 0.5;
    const isLost = () => random() < loss && lost++ >= 0;
    for (const message of sent) {
      one.queue(message);
      other.queue(message);
    }

    one.begin();
    other.begin();
    for (let step = 0; step < 20_000 && (one.waiting > 0 || other.waiting > 0); step++) {
      if (random() < 0.005) {
        one.begin();
        other.begin();
      }

      const [there, back] = [carry(one, other, atOther, isLost), carry(other, one, atOne, isLost)];
      if (!there && !back) {
        one.sendAgain();
        other.sendAgain();
      }
    }

    for (const heard of [atOther, atOne]) {
      expect(heard.map((message) => message.length)).toEqual(sizes);
      expect(heard.every((message, i) => message.every((byte) => byte === i + 1))).toBe(true);
    }
  }

  expect(lost).toBeGreaterThan(1_000);
});

test("To a program that begins anew everything that waits is sent whole", () => {
  const [one, former] = begun();
  for (const size of [30_000, 45_000, 60_000]) one.queue(new Uint8Array(size));
  expect(former.take(one.next()!)).toEqual([]);
  expect(former.take(one.next()!).map((message) => message.length)).toEqual([30_000]);
  one.take(former.next()!);
  const anew = createStream();
  one.begin();
  anew.begin();
  const heard: Bytes[] = [];
  for (let i = 0; i < 100; i++) {
    carry(one, anew, heard, () => false);
    carry(anew, one, [], () => false);
  }

  expect(heard.map((message) => message.length)).toEqual([45_000, 60_000]);
});

test("A length that nobody sends ends the stream, and numbers of chance break nothing", () => {
  for (const length of [-1, messageBytesMax + 1, 0x7fffffff]) {
    const [one, other] = begun();
    one.queue(new Uint8Array([1, 2, 3]));
    const frame = one.next()!;
    frame.set(u32(length >>> 0), 9);
    expect(other.take(frame)).toEqual([]);
    expect(other.hasEnded).toBe(true);
  }

  const [one, other] = begun();
  const most = new Uint8Array(8).fill(0xff);
  for (const kind of [1, 2]) expect(one.take(concat(new Uint8Array([kind]), most, new Uint8Array(kind === 1 ? 5 : 0)))).toEqual([]);
  one.take(concat(new Uint8Array([2]), u64(Number.MAX_SAFE_INTEGER)));
  one.take(new Uint8Array([200, 1, 2]));
  one.queue(new Uint8Array([7]));
  expect(other.take(one.next()!)).toEqual([new Uint8Array([7])]);
  expect(() => one.queue(new Uint8Array(messageBytesMax + 1))).toThrow(RangeError);
});

test("Whoever does not read takes no more and misses nothing", () => {
  const [one, other] = begun();
  one.queue(new Uint8Array([1]));
  expect(other.take(one.next()!, true)).toEqual([]);
  one.sendAgain();
  expect(other.take(one.next()!)).toEqual([new Uint8Array([1])]);
});

function begun(): [MessageStream, MessageStream] {
  const [one, other] = [createStream(), createStream()];
  one.begin();
  other.begin();
  for (let i = 0; i < 4; i++) {
    carry(one, other, [], () => false);
    carry(other, one, [], () => false);
  }

  return [one, other];
}
