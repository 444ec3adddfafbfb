import type { EncryptionState, Uuid } from "../generated/types.js";
import { isEqual, toHex, type Bytes } from "./bytes.js";
import { anchorOf, isEnvelopeSignedBy, type Envelope } from "./envelope.js";
import type { EncryptionFault } from "./fault.js";
import type { LogDevice } from "./keyLog.js";

/**
 * A room's chain as far as it was read: takes envelopes one after the other and says what is wrong with the first that does not follow. It knows
 * nothing of keys that open messages.
 */
export interface Chain {
  readonly orderId: Uuid;
  readonly buyerId: number;
  readonly sellerId: number;
  readonly state: EncryptionState;
  readonly epoch: number;
  readonly links: readonly Bytes[];
  /** What the next envelope has to name. */
  readonly head: Bytes;
  /** Who made the proposal that waits or was accepted. */
  readonly proposerId: number | null;
  /** To which key the parties committed; undefined for a number that no envelope brought. */
  commitment(epoch: number): Bytes | undefined;
  /** The waiting proposal is over. */
  decline(): void;
  /** Takes the next envelope; what is wrong with it, and then nothing was taken. */
  take(envelope: Envelope | null, deviceOf: (keyId: Bytes) => LogDevice | undefined): Promise<EncryptionFault | null>;
}

/** A chain of which nothing was read. */
export async function createChain(orderId: Uuid, buyerId: number, sellerId: number): Promise<Chain> {
  const anchor = await anchorOf(orderId, buyerId, sellerId);
  const links: Bytes[] = [];
  const commitments = new Map<number, Bytes>();
  const salts = new Set<string>();
  let state: EncryptionState = "off";
  let epoch = 0;
  let proposal: Envelope | null = null;
  let proposerId: number | null = null;
  const head = () => links.at(-1) ?? anchor;

  function isInTurn({ head: at, commitment }: Envelope, senderId: number): boolean {
    switch (at.kind) {
      case "propose":
        return ["off", "proposed", "declined"].includes(state) && at.epoch === epoch + 1;
      case "accept":
        return ["proposed", "declined"].includes(state) && at.epoch === epoch && proposerId !== senderId
          && isEqual(commitment, proposal?.commitment ?? null);
      case "rekey":
        return state === "on" && at.epoch === epoch + 1;
      case "message":
        return state === "on" && at.epoch === epoch;
    }
  }

  function apply(envelope: Envelope, senderId: number): void {
    links.push(envelope.link);
    const { kind } = envelope.head;
    if (kind === "propose") [state, proposerId, proposal] = ["proposed", senderId, envelope];
    if (kind === "accept") state = "on";
    if (envelope.commitment && kind !== "accept") {
      epoch = envelope.head.epoch;
      commitments.set(epoch, envelope.commitment);
    }
  }

  return {
    orderId,
    buyerId,
    sellerId,
    links,
    get state() {
      return state;
    },
    get epoch() {
      return epoch;
    },
    get head() {
      return head();
    },
    get proposerId() {
      return proposerId;
    },
    commitment: (of) => commitments.get(of),
    decline() {
      if (state === "proposed") state = "declined";
    },
    async take(envelope, deviceOf) {
      if (!envelope) return "edited";
      if (envelope.head.orderId !== orderId) return "invented";
      const device = deviceOf(envelope.head.keyId);
      if (!device || (device.userId !== buyerId && device.userId !== sellerId)) return "unknownKey";
      // What is left of an erased message has its link alone, which the next envelope names.
      if (!envelope.isErased && !(await isEnvelopeSignedBy(envelope, device.signingKey))) return "edited";
      const { index, previous } = envelope.head;
      if (index > links.length) return "dropped";
      if (index < links.length) return isEqual(envelope.link, links[index] ?? null) ? "reordered" : "invented";
      if (!isEqual(previous, head()) || !isInTurn(envelope, device.userId)) return "invented";
      if (envelope.salt) {
        if (salts.has(toHex(envelope.salt))) return "nonceReused";
        salts.add(toHex(envelope.salt));
      }

      if (envelope.wraps.some((wrap) => !deviceOf(wrap.keyId))) return "unknownKey";
      apply(envelope, device.userId);
      return null;
    },
  };
}
