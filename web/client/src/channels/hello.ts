import { concat, context, isEqual, sha256, u64, u64At, uuidAt, uuidBytes, type Bytes } from "../encryption/bytes.js";
import { hashBytes, isPoint, isSignature, pointBytes, signatureBytes } from "../encryption/p256.js";
import { limits } from "../generated/codes.js";
import type { Uuid } from "../generated/types.js";

const bodyBytes = 3 + 16 + 8 + 8 + hashBytes + pointBytes + 8 + hashBytes + hashBytes;
const signed = context("P2P channel hello v1");
const keysInfo = context("P2P channel keys v1");
const skewMs = limits.clockSkewSeconds * 1_000;
const lifetimeMs = limits.signalSeconds * 1_000;

/** What a hello says: docs/channels.md has the bytes. */
export interface HelloTerms {
  readonly role: "offerer" | "answerer";
  readonly sessionId: Uuid;
  readonly fromId: number;
  readonly toId: number;
  /** The device that signs. */
  readonly keyId: Bytes;
  /** A public key that was made for this session alone. */
  readonly ephemeral: Bytes;
  /** Until when it is good, in milliseconds since 1970, whole seconds. */
  readonly expiresAt: number;
  /** SHA-256 of the side's DTLS certificate; zeros where the session goes through the server alone. */
  readonly fingerprint: Bytes;
  /** SHA-256 of the offer that an answer takes; zeros in an offer. */
  readonly answers: Bytes;
}

/** How a session between two peers begins: an offer or an answer, signed by a device of its side. */
export interface Hello {
  readonly bytes: Bytes;
  readonly terms: HelloTerms;
}

/** Nothing where a hash could stand. */
export const noHash: Bytes = new Uint8Array(hashBytes);

/** Until when a hello that is made now is good. */
export const expiryAt = (now: number): number => Math.floor((now + lifetimeMs) / 1_000) * 1_000;

/** Signs a hello. */
export async function signHello(terms: HelloTerms, sign: (data: Bytes) => Promise<Bytes>): Promise<Hello> {
  const body = concat(
    new Uint8Array([1, 1, terms.role === "offerer" ? 1 : 2]),
    uuidBytes(terms.sessionId),
    u64(terms.fromId),
    u64(terms.toId),
    terms.keyId,
    terms.ephemeral,
    u64(terms.expiresAt / 1_000),
    terms.fingerprint,
    terms.answers,
  );
  return { bytes: concat(body, await sign(concat(signed, body))), terms };
}

/** Reads a hello; null when its shape is wrong. Whose signature it has is another question. */
export function readHello(bytes: Bytes | null): Hello | null {
  if (bytes?.length !== bodyBytes + signatureBytes || bytes[0] !== 1 || bytes[1] !== 1) return null;
  const role = bytes[2] === 1 ? "offerer" : bytes[2] === 2 ? "answerer" : null;
  const [ephemeral, expiresAt] = [bytes.slice(67, 132), u64At(bytes, 132) * 1_000];
  if (!role || !isPoint(ephemeral) || !Number.isSafeInteger(expiresAt)) return null;
  return {
    bytes,
    terms: {
      role,
      sessionId: uuidAt(bytes, 3),
      fromId: u64At(bytes, 19),
      toId: u64At(bytes, 27),
      keyId: bytes.slice(35, 67),
      ephemeral,
      expiresAt,
      fingerprint: bytes.slice(140, 172),
      answers: bytes.slice(172, 204),
    },
  };
}

/** An offer for this user, by a device that speaks for the one who is said to have sent it, and made just now. */
export async function isGoodOffer(
  offer: Hello,
  sessionId: Uuid,
  fromId: number,
  toId: number,
  signingKey: Bytes | null,
  now: number,
): Promise<boolean> {
  const { terms } = offer;
  const isMeant = terms.role === "offerer" && terms.sessionId === sessionId && terms.fromId === fromId && terms.toId === toId;
  return isMeant && isFresh(offer, now) && isSignedBy(offer, signingKey);
}

/** An answer to this offer, by a device that speaks for the one whom it was made for. */
export async function takesOffer(answer: Hello, offer: Hello, signingKey: Bytes | null, now: number): Promise<boolean> {
  const { terms } = answer;
  const isMeant =
    terms.role === "answerer" &&
    terms.sessionId === offer.terms.sessionId &&
    terms.fromId === offer.terms.toId &&
    terms.toId === offer.terms.fromId &&
    isEqual(terms.answers, await sha256(offer.bytes));
  return isMeant && isFresh(answer, now) && isSignedBy(answer, signingKey);
}

/** The session's two keys, the offerer's first, from what both private keys of the session agree on. Each side encrypts with its own. */
export async function sessionKeys(secret: Bytes, offer: Hello, answer: Hello): Promise<readonly [Bytes, Bytes]> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const salt = await sha256(offer.bytes, answer.bytes);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info: keysInfo }, key, 16 * hashBytes);
  const keys = new Uint8Array(bits);
  return [keys.slice(0, hashBytes), keys.slice(hashBytes)];
}

function isFresh({ terms }: Hello, now: number): boolean {
  return terms.expiresAt > now - skewMs && terms.expiresAt <= now + lifetimeMs + skewMs;
}

async function isSignedBy({ bytes }: Hello, signingKey: Bytes | null): Promise<boolean> {
  return signingKey !== null && isSignature(signingKey, concat(signed, bytes.subarray(0, bodyBytes)), bytes.slice(bodyBytes));
}
