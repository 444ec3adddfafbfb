import { concat, context, fromBase64Url, isEqual, sha256, u32, u32At, uuidAt, uuidBytes, type Bytes } from "../encryption/bytes.js";
import type { SealedFile } from "../encryption/content.js";
import type { Device } from "../encryption/device.js";
import { agree, hashBytes, isPoint, isSignature, makeAgreementPair, pointBytes, pointOf, signatureBytes } from "../encryption/p256.js";
import { decrypt, derive, encrypt } from "../encryption/suite.js";
import { P2PError } from "../error.js";
import { limits } from "../generated/codes.js";
import type { Decimal } from "../decimal.js";
import type { ItemField, Uuid } from "../generated/types.js";

const headBytes = 86;
const tagBytes = 16;
const wrapBytes = pointBytes + hashBytes + tagBytes;
const signed = context("P2P sealed item v1");
const contentContext = context("P2P item v1");
const wrapContext = context("P2P item key v1");
const commitmentContext = context("P2P item key commitment v1");

/** What a sealed item says; the same JSON as the .NET SDK's. */
export interface ItemContent {
  readonly name: string;
  readonly description?: string | null;
  readonly category?: string | null;
  readonly price: Decimal;
  readonly fields: readonly ItemField[];
  /** Its pictures, each with the key that opens it. */
  readonly images: readonly SealedFile[];
}

/** What an item is, as a device of its owner's sealed and signed it: docs/encryption.md has the bytes. */
export interface SealedItem {
  readonly bytes: Bytes;
  readonly itemId: Uuid;
  /** The number of the item's key, from 1 on. */
  readonly keyVersion: number;
  /** The owner's device that signed it. */
  readonly keyId: Bytes;
  /** Binds the owner to one key. */
  readonly commitment: Bytes;
}

/** A new key for an item. */
export const newItemKey = (): Bytes => crypto.getRandomValues(new Uint8Array(hashBytes));

/** Binds the owner to one key, which cannot be told from it. */
export const itemCommitment = (itemId: Uuid, keyVersion: number, key: Bytes): Promise<Bytes> =>
  sha256(commitmentContext, uuidBytes(itemId), u32(keyVersion), key);

/** Reads one; null when its shape is wrong. Whose signature it has is another question. */
export function readSealedItem(text: string): SealedItem | null {
  const bytes = fromBase64Url(text);
  const least = headBytes + hashBytes + tagBytes + signatureBytes;
  if (!bytes || bytes.length < least || bytes.length > limits.sealedItemBytesMax || bytes[0] !== 1 || bytes[1] !== 1) return null;
  const keyVersion = u32At(bytes, 18);
  if (keyVersion < 1) return null;
  return { bytes, itemId: uuidAt(bytes, 2), keyVersion, keyId: bytes.slice(22, 54), commitment: bytes.slice(54, headBytes) };
}

/** True when this key signed it. */
export function isItemSignedBy({ bytes }: SealedItem, signingKey: Bytes): Promise<boolean> {
  return isSignature(signingKey, concat(signed, bytes.subarray(0, -signatureBytes)), bytes.slice(-signatureBytes));
}

/**
 * Seals and signs what an item says.
 * @throws P2PError BAD_INPUT: it is more than 16 KB.
 */
export async function sealItem(
  itemId: Uuid,
  keyVersion: number,
  key: Bytes,
  content: ItemContent,
  device: Pick<Device, "keyId" | "sign">,
  salt: Bytes = crypto.getRandomValues(new Uint8Array(hashBytes)),
): Promise<Bytes> {
  const commitment = await itemCommitment(itemId, keyVersion, key);
  const head = concat(new Uint8Array([1, 1]), uuidBytes(itemId), u32(keyVersion), device.keyId, commitment);
  const derived = await derive(key, salt, concat(contentContext, head));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const body = concat(head, salt, await encrypt(derived.key, derived.nonce, plain, head));
  const made = concat(body, await device.sign(concat(signed, body)));
  if (made.length <= limits.sealedItemBytesMax) return made;
  throw new P2PError("BAD_INPUT", `A sealed item has at most ${limits.sealedItemBytesMax} bytes: shorten its description or its fields.`);
}

/** What the item says; null when this key does not open it, or what it opens is no item. */
export async function openItem({ bytes }: SealedItem, key: Bytes): Promise<ItemContent | null> {
  const head = bytes.slice(0, headBytes);
  const derived = await derive(key, bytes.slice(headBytes, headBytes + hashBytes), concat(contentContext, head));
  const plain = await decrypt(derived.key, derived.nonce, bytes.slice(headBytes + hashBytes, -signatureBytes), head);
  if (!plain) return null;
  try {
    const content = JSON.parse(new TextDecoder().decode(plain)) as ItemContent;
    return typeof content.name === "string" && Array.isArray(content.fields) && Array.isArray(content.images) ? content : null;
  } catch {
    return null;
  }
}

/** The item's key for a device, as only that device opens it. */
export async function wrapItemKey(itemId: Uuid, keyVersion: number, key: Bytes, keyId: Bytes, agreementKey: Bytes): Promise<Bytes> {
  const ephemeral = await makeAgreementPair();
  const derived = await derive(await agree(ephemeral.privateKey, agreementKey), new Uint8Array(), wrapInfo(itemId, keyVersion, keyId));
  const wrapped = await encrypt(derived.key, derived.nonce, key, await itemCommitment(itemId, keyVersion, key));
  return concat(await pointOf(ephemeral.publicKey), wrapped);
}

/** The item's key; null when it is not for this device, or not the one to which the owner is bound. */
export async function unwrapItemKey(item: SealedItem, wrapped: Bytes | null, device: Device): Promise<Bytes | null> {
  if (wrapped?.length !== wrapBytes || !isPoint(wrapped.subarray(0, pointBytes))) return null;
  const secret = await device.agree(wrapped.slice(0, pointBytes));
  const derived = await derive(secret, new Uint8Array(), wrapInfo(item.itemId, item.keyVersion, device.keyId));
  const key = await decrypt(derived.key, derived.nonce, wrapped.slice(pointBytes), item.commitment);
  return key && isEqual(await itemCommitment(item.itemId, item.keyVersion, key), item.commitment) ? key : null;
}

const wrapInfo = (itemId: Uuid, keyVersion: number, keyId: Bytes) => concat(wrapContext, uuidBytes(itemId), u32(keyVersion), keyId);
