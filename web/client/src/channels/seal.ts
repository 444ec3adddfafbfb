import { concat, u64, u64At, uuidBytes, type Bytes } from "../encryption/bytes.js";
import type { Uuid } from "../generated/types.js";

const counterBytes = 8;
const tagBytes = 16;
const aes = "AES-GCM";

/** By which way a frame came or goes: a data channel between the two, or the server. */
export type Way = "direct" | "relay";

/**
 * Seals and opens the frames of one session: `counter (8) | ciphertext | tag`, the counter as nonce and the session's id as what is authenticated
 * beside it. A counter is good once, and only ascending on each way.
 */
export interface FrameSeal {
  seal(plain: Bytes): Promise<Bytes>;
  /** What a frame says; null for one that is forged, damaged, repeated, or overtaken by a later one of its way. One after the other. */
  open(frame: Bytes, way: Way): Promise<Bytes | null>;
}

/** Makes the seal of a session as one side has it. */
export async function createSeal(sessionId: Uuid, own: Bytes, other: Bytes): Promise<FrameSeal> {
  const [ownKey, otherKey] = await Promise.all([
    crypto.subtle.importKey("raw", own, aes, false, ["encrypt"]),
    crypto.subtle.importKey("raw", other, aes, false, ["decrypt"]),
  ]);
  const parameters = (counter: Uint8Array) => ({ name: aes, iv: concat(new Uint8Array(4), counter), additionalData: uuidBytes(sessionId) });
  const received: Record<Way, number> = { direct: 0, relay: 0 };
  let sent = 0;
  return {
    async seal(plain) {
      const counter = u64(++sent);
      return concat(counter, new Uint8Array(await crypto.subtle.encrypt(parameters(counter), ownKey, plain)));
    },
    async open(frame, way) {
      if (frame.length < counterBytes + tagBytes) return null;
      const counter = u64At(frame, 0);
      if (!(counter > received[way])) return null;
      try {
        const plain = await crypto.subtle.decrypt(parameters(frame.subarray(0, counterBytes)), otherKey, frame.slice(counterBytes));
        received[way] = counter;
        return new Uint8Array(plain);
      } catch {
        return null;
      }
    },
  };
}
