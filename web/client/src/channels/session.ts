import { concat, isEqual, u64, u64At, type Bytes } from "../encryption/bytes.js";
import type { Uuid } from "../generated/types.js";
import type { Direct } from "./direct.js";
import { noHash } from "./hello.js";
import type { FrameSeal, Way } from "./seal.js";
import { acknowledgementFrame, segmentFrame } from "./stream.js";

const descriptionFrame = 5;
const probeFrame = 6;
const echoFrame = 7;
const offered = 1;
const answered = 2;
const descriptionBytesMax = 16_000;
const probeEachMs = 500;
const descriptionEachMs = 2_000;
const descriptionsMax = 5;

/** What both sides know once they agreed on a session. */
export interface SessionTerms {
  readonly id: Uuid;
  readonly seal: FrameSeal;
  readonly isOfferer: boolean;
  /** This side's part of a direct way; null when it has none. */
  readonly direct: Direct | null;
  /** SHA-256 of the other side's certificate, as its hello signed it; zeros when it has no direct way. */
  readonly otherFingerprint: Bytes;
}

/**
 * One session's ways: the server from the beginning, and a data channel between the two once that is proved to carry in both directions. A way that
 * goes silent is not used until it is proved again.
 */
export interface Session {
  readonly id: Uuid;
  readonly seal: FrameSeal;
  readonly isOfferer: boolean;
  readonly way: Way;
  /** The two could have a direct way, and will not get it in this session any more. */
  readonly isDirectLost: boolean;
  /** By which way a frame goes. */
  wayOf(plain: Bytes): Way;
  /** A frame that is the session's own to send now, and its way; null when there is none. */
  next(): { readonly plain: Bytes; readonly way: Way } | null;
  /** When there may be one again, in milliseconds from now; null when only what is heard brings it. */
  readonly nextIn: number | null;
  /** Takes a frame that is the session's own; false for one of the stream's. */
  take(plain: Bytes, way: Way): boolean;
  /** What was sent the direct way is not acknowledged in time: it is not used before it is proved anew. */
  suspect(): void;
  /** Sends a sealed frame the direct way, or not. */
  sendDirect(frame: Bytes): Promise<void>;
  close(): void;
}

/** Makes the ways of a session; `wake` is called when there may be something to send, `changed` when the way is another. */
export function createSession(terms: SessionTerms, wake: () => void, changed: (way: Way) => void): Session {
  const { direct, isOfferer, otherFingerprint } = terms;
  const canBeDirect = direct !== null && !isEqual(otherFingerprint, noHash);
  let way: Way = "relay";
  let heardBy: Way = "relay";
  let [probe, provedFrom] = [0, 1];
  let probeAt = 0;
  let description: Bytes | null = null;
  let [descriptionAt, descriptions] = [0, 0];
  let isDescribed = false;
  const echoes: Bytes[] = [];

  function use(next: Way): void {
    if (way === next) return;
    way = next;
    changed(next);
  }

  function describe(made: Promise<string | null>, kind: number): void {
    made.then(
      (text) => {
        const bytes = new TextEncoder().encode(text ?? "");
        if (bytes.length === 0 || bytes.length > descriptionBytesMax) return direct?.close();
        description = concat(new Uint8Array([descriptionFrame, kind]), bytes);
        [descriptionAt, descriptions] = [0, 0];
        wake();
      },
      () => direct?.close(),
    );
  }

  function hearDescription(plain: Bytes): void {
    if (!canBeDirect || direct.isOver || plain[1] !== (isOfferer ? answered : offered)) return;
    if (isDescribed) {
      // It did not hear the answer, and asks again.
      descriptionAt = 0;
      return;
    }

    isDescribed = true;
    const text = new TextDecoder().decode(plain.subarray(2));
    if (isOfferer) {
      description = null;
      direct.take(text, otherFingerprint).then((isRight) => isRight || direct.close(), () => direct.close());
    } else {
      describe(direct.answer(text, otherFingerprint), answered);
    }
  }

  if (canBeDirect) {
    direct.onChange = () => {
      if (direct.isOver) use("relay");
      wake();
    };
    if (isOfferer) describe(direct.offer(), offered);
  } else {
    direct?.close();
  }

  const isDescriptionDue = (now: number) => description !== null && now >= descriptionAt && descriptions < descriptionsMax;
  const isProbeDue = (now: number) => direct?.isOpen === true && way === "relay" && now >= probeAt;
  return {
    id: terms.id,
    seal: terms.seal,
    isOfferer,
    get way() {
      return way;
    },
    get isDirectLost() {
      return canBeDirect && (direct.isOver || (descriptions >= descriptionsMax && !direct.isOpen));
    },
    // What is acknowledged goes back by the way it came: the other side knows that one to be good.
    wayOf: (plain) => (plain[0] === acknowledgementFrame ? (heardBy === "direct" && direct?.isOpen ? "direct" : "relay") : way),
    next() {
      const now = performance.now();
      const echo = echoes.shift();
      if (echo) return { plain: echo, way: "direct" };
      if (isDescriptionDue(now)) {
        descriptionAt = isOfferer ? now + descriptionEachMs : Number.POSITIVE_INFINITY;
        descriptions += isOfferer ? 1 : 0;
        return { plain: description!, way: "relay" };
      }

      if (!isProbeDue(now)) return null;
      probeAt = now + probeEachMs;
      return { plain: concat(new Uint8Array([probeFrame]), u64(++probe)), way: "direct" };
    },
    get nextIn() {
      const now = performance.now();
      const due = [
        ...(description !== null && isOfferer && descriptions < descriptionsMax ? [descriptionAt] : []),
        ...(direct?.isOpen && way === "relay" ? [probeAt] : []),
      ];
      return due.length === 0 ? null : Math.max(0, Math.min(...due) - now);
    },
    take(plain, by) {
      if (plain[0] === segmentFrame) heardBy = by;
      if (plain[0] === descriptionFrame && by === "relay") hearDescription(plain);
      else if (plain[0] === probeFrame && plain.length === 9 && by === "direct") {
        if (echoes.length < 16) echoes.push(concat(new Uint8Array([echoFrame]), plain.subarray(1)));
      } else if (plain[0] === echoFrame && plain.length === 9 && by === "direct") {
        if (u64At(plain, 1) >= provedFrom && direct?.isOpen) use("direct");
      } else return false;
      return true;
    },
    suspect() {
      if (way === "relay") return;
      // What was asked before is no proof of what is now.
      provedFrom = probe + 1;
      probeAt = 0;
      use("relay");
    },
    // A channel that closes meanwhile takes no more: what was sent over it is sent again another way.
    sendDirect: async (frame) => direct?.send(frame).catch(() => undefined),
    close: () => direct?.close(),
  };
}
