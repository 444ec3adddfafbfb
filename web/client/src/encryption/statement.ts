import { concat, context, sha256, u32, u32At, u64, u64At, type Bytes } from "./bytes.js";
import { hashBytes, isPoint, isSignature, pointBytes, signatureBytes } from "./p256.js";

const headBytes = 47;
const signed = context("P2P key log v1");
const first = context("P2P key log start v1");

/** One entry of a user's key log, as the user's device signed it: docs/encryption.md has the bytes. */
export interface Statement {
  readonly bytes: Bytes;
  readonly kind: "add" | "revoke";
  readonly userId: number;
  /** Its place in the log: 1, 2, 3 ... */
  readonly seq: number;
  /** The link of the entry before it. */
  readonly previous: Bytes;
  /** The device that it is about. */
  readonly keyId: Bytes;
  /** The device that signed it: a new device itself. */
  readonly signerId: Bytes;
  /** Both keys of a new device; null for all else. */
  readonly keys: { readonly signingKey: Bytes; readonly agreementKey: Bytes } | null;
}

/** What the first entry of a user's log names in place of a former link. */
export function firstLink(userId: number): Promise<Bytes> {
  return sha256(first, u64(userId));
}

/** A device's id: of both its public keys, so that an id cannot be bound to other keys. */
export function keyIdOf(signingKey: Bytes, agreementKey: Bytes): Promise<Bytes> {
  return sha256(signingKey, agreementKey);
}

/** Over all but the signature: what the next entry names. */
export function linkOf(statement: Statement): Promise<Bytes> {
  return sha256(statement.bytes.subarray(0, -signatureBytes));
}

/** True when this key signed it. */
export function isSignedBy(statement: Statement, signingKey: Bytes): Promise<boolean> {
  const body = statement.bytes.subarray(0, -signatureBytes);
  return isSignature(signingKey, concat(signed, body), statement.bytes.slice(-signatureBytes));
}

/** What an entry is made of. */
export interface StatementParts {
  readonly userId: number;
  readonly seq: number;
  readonly previous: Bytes;
  readonly signerId: Bytes;
  readonly sign: (data: Bytes) => Promise<Bytes>;
}

/** Says that the user has this device more; signed by itself. */
export function addStatement(signingKey: Bytes, agreementKey: Bytes, parts: StatementParts): Promise<Bytes> {
  return write(1, concat(signingKey, agreementKey), parts);
}

/** Says that a device speaks for the user no longer. */
export function revokeStatement(keyId: Bytes, parts: StatementParts): Promise<Bytes> {
  return write(2, keyId, parts);
}

/** Reads an entry; null when its shape is wrong or a key of it is no point of the curve. */
export async function readStatement(bytes: Bytes | null): Promise<Statement | null> {
  if (!bytes || bytes[0] !== 1 || bytes[1] !== 1 || (bytes[2] !== 1 && bytes[2] !== 2)) return null;
  const isAdd = bytes[2] === 1;
  const subjectBytes = isAdd ? 2 * pointBytes : hashBytes;
  if (bytes.length !== headBytes + subjectBytes + hashBytes + signatureBytes) return null;
  const subject = bytes.slice(headBytes, headBytes + subjectBytes);
  const keys = isAdd ? { signingKey: subject.slice(0, pointBytes), agreementKey: subject.slice(pointBytes) } : null;
  const seq = u32At(bytes, 11);
  if (seq < 1 || (keys && !(isPoint(keys.signingKey) && isPoint(keys.agreementKey)))) return null;
  return {
    bytes,
    kind: isAdd ? "add" : "revoke",
    userId: u64At(bytes, 3),
    seq,
    previous: bytes.slice(15, headBytes),
    keyId: keys ? await keyIdOf(keys.signingKey, keys.agreementKey) : subject,
    signerId: bytes.slice(-hashBytes - signatureBytes, -signatureBytes),
    keys,
  };
}

async function write(kind: number, subject: Bytes, parts: StatementParts): Promise<Bytes> {
  const body = concat(new Uint8Array([1, 1, kind]), u64(parts.userId), u32(parts.seq), parts.previous, subject, parts.signerId);
  return concat(body, await parts.sign(concat(signed, body)));
}
