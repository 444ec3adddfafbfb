import type { Uuid } from "../generated/types.js";
import { concat, context, isEqual, sha256, u32, uuidBytes, type Bytes } from "./bytes.js";
import { readContent, writeContent, type Content } from "./content.js";
import type { Device } from "./device.js";
import { writeHead, writeKeyBody, type Envelope, type EnvelopeHead, type KeyWrap } from "./envelope.js";
import { EncryptionError } from "./fault.js";
import { agree, hashBytes, makeAgreementPair, pointOf } from "./p256.js";
import { decrypt, derive, encrypt } from "./suite.js";

const wrapContext = context("P2P room key v1");
const messageContext = context("P2P message v1");

/** Binds the parties to one key: who signed the commitment cannot disclose another one later. */
export function commitmentOf(orderId: Uuid, epoch: number, roomKey: Bytes): Promise<Bytes> {
  return sha256(context("P2P room key commitment v1"), uuidBytes(orderId), u32(epoch), roomKey);
}

/** The body of an envelope that brings a new key to devices. */
export async function keyBody(
  orderId: Uuid,
  epoch: number,
  roomKey: Bytes,
  devices: readonly { readonly keyId: Bytes; readonly agreementKey: Bytes }[],
  pair?: CryptoKeyPair,
): Promise<Bytes> {
  const ephemeral = pair ?? (await makeAgreementPair());
  const commitment = await commitmentOf(orderId, epoch, roomKey);
  const wraps = await Promise.all(devices.map(async ({ keyId, agreementKey }) =>
    wrap(orderId, epoch, roomKey, commitment, keyId, await agree(ephemeral.privateKey, agreementKey))));
  return writeKeyBody(await pointOf(ephemeral.publicKey), commitment, wraps);
}

/** The room's key out of an envelope that brings it; null when it is not for this device. */
export async function unwrap(envelope: Envelope, device: Device): Promise<Bytes | null> {
  const own = envelope.wraps.find((one) => isEqual(one.keyId, device.keyId));
  if (!own || !envelope.ephemeral || !envelope.commitment) return null;
  const { orderId, epoch, index } = envelope.head;
  const secret = await device.agree(envelope.ephemeral);
  const { key, nonce } = await derive(secret, new Uint8Array(), wrapInfo(orderId, epoch, device.keyId));
  const roomKey = await decrypt(key, nonce, own.wrapped, envelope.commitment);
  if (roomKey && isEqual(await commitmentOf(orderId, epoch, roomKey), envelope.commitment)) return roomKey;
  throw new EncryptionError("wrongRoomKey", "The room's key cannot be opened.", orderId, index);
}

/** The body of a message: a salt that no other message has, and what it says. */
export async function messageBody(
  head: EnvelopeHead,
  roomKey: Bytes,
  says: Content,
  salt: Bytes = crypto.getRandomValues(new Uint8Array(hashBytes)),
): Promise<Bytes> {
  const bytes = writeHead(head);
  const { key, nonce } = await derive(roomKey, salt, concat(messageContext, bytes));
  return concat(salt, await encrypt(key, nonce, writeContent(says), bytes));
}

/** What a message says, as it was written; null when it cannot be opened with this key. */
export async function openMessage(envelope: Envelope, roomKey: Bytes): Promise<Content | null> {
  if (!envelope.salt || !envelope.ciphertext) return null;
  const head = writeHead(envelope.head);
  const { key, nonce } = await derive(roomKey, envelope.salt, concat(messageContext, head));
  const content = await decrypt(key, nonce, envelope.ciphertext, head);
  return content && readContent(content);
}

async function wrap(orderId: Uuid, epoch: number, roomKey: Bytes, commitment: Bytes, keyId: Bytes, secret: Bytes): Promise<KeyWrap> {
  const { key, nonce } = await derive(secret, new Uint8Array(), wrapInfo(orderId, epoch, keyId));
  return { keyId, wrapped: await encrypt(key, nonce, roomKey, commitment) };
}

function wrapInfo(orderId: Uuid, epoch: number, keyId: Bytes): Bytes {
  return concat(wrapContext, uuidBytes(orderId), u32(epoch), keyId);
}
