import { limits } from "../generated/codes.js";
import type { Uuid } from "../generated/types.js";
import { compareBytes, concat, context, sha256, u32, u32At, u64, uuidAt, uuidBytes, type Bytes } from "./bytes.js";
import { hashBytes, isPoint, isSignature, pointBytes, signatureBytes } from "./p256.js";

const headBytes = 107;
const tagBytes = 16;
const wrapBytes = hashBytes + hashBytes + tagBytes;
const signed = context("P2P envelope v1");
const kinds = ["propose", "accept", "rekey", "message"] as const;

/** What an envelope of a room does. */
export type EnvelopeKind = (typeof kinds)[number];

/** What every envelope begins with. */
export interface EnvelopeHead {
  readonly kind: EnvelopeKind;
  readonly orderId: Uuid;
  /** Its place in the room's chain: 0, 1, 2 ... */
  readonly index: number;
  /** The number of the room's key: that which it brings, else that which it uses. */
  readonly epoch: number;
  /** The link of the envelope before it; of the first the anchor. */
  readonly previous: Bytes;
  /** The device that signed it. */
  readonly keyId: Bytes;
  /** The request id under which it was first sent. */
  readonly id: Uuid;
}

/** The room's key for one device. */
export interface KeyWrap {
  readonly keyId: Bytes;
  readonly wrapped: Bytes;
}

/** A link of an encrypted room's chain, as a party's device signed it: docs/encryption.md has the bytes. */
export interface Envelope {
  readonly bytes: Bytes;
  readonly head: EnvelopeHead;
  /** True for what is left of a message whose sender's account was deleted: without words and without signature. */
  readonly isErased: boolean;
  /** SHA-256 over all but the signature: what the next envelope names. */
  readonly link: Bytes;
  /** Of one that brings a key: the public key that was made for it alone. */
  readonly ephemeral: Bytes | null;
  /** Of one that brings or accepts a key: the key's commitment. */
  readonly commitment: Bytes | null;
  readonly wraps: readonly KeyWrap[];
  /** Of a message: what its own key is derived from, beside the room's. */
  readonly salt: Bytes | null;
  /** Of a message: what it says, encrypted. */
  readonly ciphertext: Bytes | null;
}

/** What the first envelope of a room names in place of a former link: the order and its parties. */
export function anchorOf(orderId: Uuid, buyerId: number, sellerId: number): Promise<Bytes> {
  return sha256(context("P2P room v1"), uuidBytes(orderId), u64(buyerId), u64(sellerId));
}

/** Names a set of devices, whatever their order. */
export function keySetOf(keyIds: readonly Bytes[]): Promise<Bytes> {
  return sha256(context("P2P key set v1"), ...[...keyIds].sort(compareBytes));
}

/** The bytes of a head. */
export function writeHead(head: EnvelopeHead): Bytes {
  return concat(
    new Uint8Array([1, 1, kinds.indexOf(head.kind) + 1]),
    uuidBytes(head.orderId),
    u32(head.index),
    u32(head.epoch),
    head.previous,
    head.keyId,
    uuidBytes(head.id),
  );
}

/** Brings a key to devices: the body of a proposal or a rekeying. */
export function writeKeyBody(ephemeral: Bytes, commitment: Bytes, wraps: readonly KeyWrap[]): Bytes {
  const sorted = [...wraps].sort((one, other) => compareBytes(one.keyId, other.keyId));
  return concat(ephemeral, commitment, new Uint8Array([wraps.length]), ...sorted.flatMap((wrap) => [wrap.keyId, wrap.wrapped]));
}

/** Head, body and signature. */
export async function signEnvelope(head: EnvelopeHead, body: Bytes, sign: (data: Bytes) => Promise<Bytes>): Promise<Bytes> {
  const whole = concat(writeHead(head), body);
  return concat(whole, await sign(concat(signed, whole)));
}

/** True when this key signed it; nobody's signature is left on an erased one. */
export async function isEnvelopeSignedBy(envelope: Envelope, signingKey: Bytes): Promise<boolean> {
  if (envelope.isErased) return false;
  const body = envelope.bytes.subarray(0, -signatureBytes);
  return isSignature(signingKey, concat(signed, body), envelope.bytes.slice(-signatureBytes));
}

/** Reads what a room holds: an envelope, or what is left of an erased one; null for anything else. */
export async function readEnvelope(bytes: Bytes | null): Promise<Envelope | null> {
  if (!bytes || bytes.length < headBytes || bytes[0] !== 1 || bytes[1] !== 1) return null;
  const kind = kinds[bytes[2]! - 1];
  const head: EnvelopeHead | null = kind
    ? {
        kind,
        orderId: uuidAt(bytes, 3),
        index: u32At(bytes, 19),
        epoch: u32At(bytes, 23),
        previous: bytes.slice(27, 59),
        keyId: bytes.slice(59, 91),
        id: uuidAt(bytes, 91),
      }
    : null;
  if (!head || head.index < 0 || head.epoch < 1) return null;
  const nothing = { ephemeral: null, commitment: null, wraps: [], salt: null, ciphertext: null };
  if (bytes.length === headBytes + hashBytes) {
    return kind === "message" ? { bytes, head, isErased: true, link: bytes.slice(headBytes), ...nothing } : null;
  }

  if (bytes.length < headBytes + signatureBytes || bytes.length > limits.envelopeBytesMax) return null;
  const body = readBody(head.kind, bytes.slice(headBytes, -signatureBytes));
  return body && { bytes, head, isErased: false, link: await sha256(bytes.subarray(0, -signatureBytes)), ...nothing, ...body };
}

function readBody(kind: EnvelopeKind, body: Bytes): Partial<Envelope> | null {
  if (kind === "accept") return body.length === hashBytes ? { commitment: body } : null;
  if (kind === "message") {
    return body.length > hashBytes + tagBytes ? { salt: body.slice(0, hashBytes), ciphertext: body.slice(hashBytes) } : null;
  }

  const before = pointBytes + hashBytes + 1;
  const count = body[before - 1] ?? 0;
  if (body.length !== before + count * wrapBytes || count < 2 || count > 2 * limits.devicesMax) return null;
  const ephemeral = body.slice(0, pointBytes);
  const wraps = Array.from({ length: count }, (_, i) => {
    const at = before + i * wrapBytes;
    return { keyId: body.slice(at, at + hashBytes), wrapped: body.slice(at + hashBytes, at + wrapBytes) };
  });
  // Ascending and none twice: one set of devices has one spelling.
  const isSorted = wraps.every((wrap, i) => i === 0 || compareBytes(wraps[i - 1]!.keyId, wrap.keyId) < 0);
  return isSorted && isPoint(ephemeral) ? { ephemeral, commitment: body.slice(pointBytes, before - 1), wraps } : null;
}
