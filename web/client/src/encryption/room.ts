import type { FileView, MessageReply, MessageView, Uuid } from "../generated/types.js";
import { fromBase64Url, isEqual, toHex, type Bytes } from "./bytes.js";
import type { Chain } from "./chain.js";
import type { Content, SealedFile } from "./content.js";
import type { Device } from "./device.js";
import { readEnvelope, signEnvelope, type Envelope, type EnvelopeHead, type EnvelopeKind } from "./envelope.js";
import { EncryptionError, type EncryptionFault } from "./fault.js";
import { byId, type KeyLog, type LogDevice } from "./keyLog.js";
import { hashBytes } from "./p256.js";
import { safeText } from "./safeText.js";
import { keyBody, messageBody, openMessage, unwrap } from "./seal.js";
import { createTurn, type Turn } from "./turn.js";

/** What this device remembers of an encrypted room: that it is one, and how far its chain was read. Keys come out of the chain. */
export interface RoomPin {
  readonly buyerId: number;
  readonly sellerId: number;
  readonly length: number;
  readonly head: Bytes;
  /** True once the room is encrypted: then it is for good, whatever a server says later. */
  readonly isOn: boolean;
}

/** One room as this device has read it: its chain from the first envelope on, and the keys that were for this device. */
export interface Room {
  readonly turn: Turn;
  readonly device: Device;
  readonly chain: Chain;
  /** Read up to this message. */
  readonly seq: number;
  /** What was found to be wrong with the room; it stays wrong. */
  readonly broken: EncryptionError | null;
  readonly isOn: boolean;
  /** The keys that this device has, by their numbers. */
  readonly keys: ReadonlyMap<number, Bytes>;
  /** True when the logs know who sent this. */
  knows(envelope: Envelope | null): boolean;
  /** From now on these are the parties' devices. */
  learn(logs: readonly KeyLog[]): void;
  /** The reply to a message of the user's own that is in the room under this request id. */
  sent(requestId: Uuid): MessageReply | undefined;
  /** Takes the room's next message into account. */
  take(message: MessageView, envelope: Envelope | null): Promise<void>;
  /** The whole room was read: it must hold what this device has seen of it before. */
  checkPin(): void;
  /** What is to be remembered; null when that is so already. */
  newPin(): RoomPin | null;
  /** A message as the user reads it; what is not encrypted stays as it is. */
  open(message: MessageView): Promise<MessageView>;
  /** The files of a message that `open` takes. */
  files(message: MessageView): Promise<readonly SealedFile[]>;
  seal(requestId: Uuid, says: Content): Promise<Bytes>;
  bringKey(kind: "propose" | "rekey", requestId: Uuid, devices: readonly LogDevice[]): Promise<Bytes>;
  accept(requestId: Uuid): Promise<Bytes>;
}

/** The envelope of a message, as the room holds it. */
export function envelopeIn(text: string | null | undefined): Promise<Envelope | null> {
  return readEnvelope(text ? fromBase64Url(text) : null);
}

/** A room of which nothing was read. */
export function createRoom(chain: Chain, device: Device, stored: RoomPin | null): Room {
  const indexes = new Map<number, number>();
  const own = new Map<Uuid, MessageReply>();
  const keys = new Map<number, Bytes>();
  let devices = new Map<string, LogDevice>();
  let pin = stored;
  let [seq, onSince] = [0, 0];
  let broken: EncryptionError | null = null;
  const of = (keyId: Bytes) => devices.get(toHex(keyId));
  const isOn = () => chain.state === "on" || (pin?.isOn ?? false);

  const fault = (what: EncryptionFault, index: number | null = null) =>
    new EncryptionError(what, `The room of order ${chain.orderId} is not what its parties wrote (${what}).`, chain.orderId, index);

  async function takeNext(message: MessageView, envelope: Envelope | null): Promise<void> {
    if (message.seq !== seq + 1) throw fault(message.seq > seq + 1 ? "dropped" : "reordered");
    if (message.envelope) await takeEnvelope(message, envelope);
    else if (message.kind === "encrypted") throw fault("dropped");
    else if (message.kind === "text" && chain.state === "on") throw fault("invented");
    else if (message.code === "encryption.decline") chain.decline();
    seq = message.seq;
  }

  async function takeEnvelope(message: MessageView, envelope: Envelope | null): Promise<void> {
    const index = chain.links.length;
    const wrong = await chain.take(envelope, of);
    if (wrong || !envelope) throw fault(wrong ?? "edited", index);
    const key = await unwrap(envelope, device);
    if (key) keys.set(envelope.head.epoch, key);
    indexes.set(message.seq, index);
    if (envelope.head.kind === "accept") onSince = message.seq;
    if (envelope.head.kind === "message" && isEqual(envelope.head.keyId, device.keyId)) {
      own.set(envelope.head.id, { messageId: message.id, orderId: chain.orderId, seq: message.seq, at: message.at });
    }
  }

  const next = (kind: EnvelopeKind, epoch: number, id: Uuid): EnvelopeHead =>
    ({ kind, orderId: chain.orderId, index: chain.links.length, epoch, previous: chain.head, keyId: device.keyId, id });

  function key(): Bytes {
    const newest = keys.get(chain.epoch);
    if (!newest) throw fault("roomKeyMissing");
    return newest;
  }

  /** What a message says; null for what is not encrypted, was erased, or whose key is not for this device. */
  async function contentOf(message: MessageView): Promise<Content | null> {
    const index = indexes.get(message.seq);
    if (!message.envelope) {
      if (message.kind === "encrypted" || index !== undefined) throw fault("dropped");
      if (message.kind === "text" && onSince > 0 && message.seq > onSince) throw fault("invented");
      return null;
    }

    const envelope = await envelopeIn(message.envelope);
    if (index === undefined || !envelope || !isEqual(envelope.link, chain.links[index] ?? null)) throw fault("edited");
    if (envelope.head.kind !== "message") return null;
    if (of(envelope.head.keyId)?.userId !== message.senderId) throw fault("edited", index);
    const roomKey = keys.get(envelope.head.epoch);
    if (envelope.isErased || !roomKey) return null;
    const says = await openMessage(envelope, roomKey);
    if (!says) throw fault("unreadable", index);
    return says;
  }

  return {
    turn: createTurn(),
    device,
    chain,
    keys,
    get seq() {
      return seq;
    },
    get broken() {
      return broken;
    },
    get isOn() {
      return isOn();
    },
    knows: (envelope) => !envelope || (of(envelope.head.keyId) !== undefined && envelope.wraps.every((wrap) => of(wrap.keyId))),
    learn: (logs) => void (devices = byId(logs.flatMap((log) => log.devices))),
    sent: (requestId) => own.get(requestId),
    async take(message, envelope) {
      try {
        await takeNext(message, envelope);
      } catch (error) {
        if (error instanceof EncryptionError) broken = error;
        throw error;
      }
    },
    checkPin() {
      if (!pin || pin.length === 0 || isEqual(chain.links[pin.length - 1] ?? null, pin.head)) return;
      broken = fault(chain.links.length < pin.length ? "dropped" : "edited");
      throw broken;
    },
    newPin() {
      if (chain.links.length === 0 || pin?.length === chain.links.length) return null;
      pin = { buyerId: chain.buyerId, sellerId: chain.sellerId, length: chain.links.length, head: chain.head, isOn: isOn() };
      return pin;
    },
    async open(message) {
      const says = await contentOf(message);
      return says ? { ...message, text: safeText(says.text), attachments: says.files.map(viewOf) } : message;
    },
    files: async (message) => (await contentOf(message))?.files ?? [],
    async seal(requestId, says) {
      const head = next("message", chain.epoch, requestId);
      return signEnvelope(head, await messageBody(head, key(), says), device.sign);
    },
    async bringKey(kind, requestId, all) {
      const epoch = chain.epoch + 1;
      const body = await keyBody(chain.orderId, epoch, crypto.getRandomValues(new Uint8Array(hashBytes)), all);
      return signEnvelope(next(kind, epoch, requestId), body, device.sign);
    },
    async accept(requestId) {
      key();
      const commitment = chain.commitment(chain.epoch);
      if (!commitment) throw fault("wrongRoomKey");
      return signEnvelope(next("accept", chain.epoch, requestId), commitment, device.sign);
    },
  };
}

function viewOf({ id, name, contentType, bytes, sha256 }: SealedFile): FileView {
  return { id, name, contentType, bytes, sha256, encrypted: true };
}
