import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { verifyTranscript } from "../src/index.js";
import {
  isItemSignedBy,
  itemCommitment,
  openItem,
  readSealedItem,
  sealItem,
  unwrapItemKey,
  wrapItemKey,
  type ItemContent,
} from "../src/dealers/sealedItem.js";
import { fromHex, toBase64Url, toHex, type Bytes } from "../src/encryption/bytes.js";
import { readContent, writeContent } from "../src/encryption/content.js";
import { deviceOf, type Device } from "../src/encryption/device.js";
import { anchorOf, keySetOf, readEnvelope, signEnvelope, isEnvelopeSignedBy, type EnvelopeKind } from "../src/encryption/envelope.js";
import { openFile, sealFile } from "../src/encryption/fileSeal.js";
import { isPoint, isSignature } from "../src/encryption/p256.js";
import { safetyNumberOf } from "../src/encryption/safety.js";
import { commitmentOf, keyBody, messageBody, openMessage, unwrap } from "../src/encryption/seal.js";
import { addStatement, firstLink, isSignedBy, linkOf, readStatement } from "../src/encryption/statement.js";

interface DeviceVector {
  userId: number;
  signingPrivate: string;
  agreementPrivate: string;
  signingPublic: string;
  agreementPublic: string;
  keyId: string;
  logStart: string;
  statement: string;
  statementLink: string;
}

interface Vectors {
  order: string;
  devices: DeviceVector[];
  anchor: string;
  keySet: string;
  roomKey: string;
  commitment: string;
  ephemeralPrivate: string;
  envelopes: { kind: string; by: number; id: string; salt?: string; text?: string; bytes: string; link: string }[];
  file: FileVector;
  item: ItemVector;
  safetyNumber: string;
}

interface ItemVector {
  id: string;
  keyVersion: number;
  key: string;
  salt: string;
  content: string;
  commitment: string;
  bytes: string;
  wrapped: string;
}

interface FileVector {
  id: string;
  name: string;
  contentType: string;
  key: string;
  plain: string;
  ciphertext: string;
  sha256: string;
  text: string;
  content: string;
}

/** The one JSON block of the chapter. */
const vectors = JSON.parse(
  /```json\n(.*?)```/s.exec(readFileSync(new URL("../../../docs/encryption.md", import.meta.url), "utf8"))?.[1] ?? "",
) as Vectors;
const [buyer, seller] = vectors.devices as [DeviceVector, DeviceVector];
const unsigned = (hex: string) => hex.slice(0, -128);

function privateKey(algorithm: "ECDSA" | "ECDH", scalar: string, point: string): Promise<CryptoKey> {
  const [x, y] = [fromHex(point.slice(2, 66)), fromHex(point.slice(66))].map(toBase64Url);
  const jwk = { kty: "EC", crv: "P-256", d: toBase64Url(fromHex(scalar)), x: x!, y: y! };
  return crypto.subtle.importKey("jwk", jwk, { name: algorithm, namedCurve: "P-256" }, false, algorithm === "ECDSA" ? ["sign"] : ["deriveBits"]);
}

async function device(of: DeviceVector): Promise<Device> {
  return deviceOf({
    signing: await privateKey("ECDSA", of.signingPrivate, of.signingPublic),
    agreement: await privateKey("ECDH", of.agreementPrivate, of.agreementPublic),
    signingKey: fromHex(of.signingPublic),
    agreementKey: fromHex(of.agreementPublic),
  });
}

test("A device's id and statement are these", async () => {
  for (const vector of vectors.devices) {
    const own = await device(vector);
    expect(toHex(own.keyId)).toBe(vector.keyId);
    const previous = await firstLink(vector.userId);
    expect(toHex(previous)).toBe(vector.logStart);
    const parts = { userId: vector.userId, seq: 1, previous, signerId: own.keyId, sign: own.sign };
    const made = await addStatement(own.signingKey, own.agreementKey, parts);
    expect(unsigned(toHex(made))).toBe(unsigned(vector.statement));
    const read = (await readStatement(fromHex(vector.statement)))!;
    expect(toHex(await linkOf(read))).toBe(vector.statementLink);
    expect(await isSignedBy(read, own.signingKey)).toBe(true);
    expect(await isSignedBy((await readStatement(made))!, own.signingKey)).toBe(true);
  }
});

test("A room's anchor, key set and commitment are these", async () => {
  expect(toHex(await anchorOf(vectors.order, buyer.userId, seller.userId))).toBe(vectors.anchor);
  expect(toHex(await keySetOf(vectors.devices.map(({ keyId }) => fromHex(keyId))))).toBe(vectors.keySet);
  expect(toHex(await commitmentOf(vectors.order, 1, fromHex(vectors.roomKey)))).toBe(vectors.commitment);
});

test("A file and the message that carries its key are these bytes", async () => {
  const { id, name, contentType, key, plain, ciphertext, sha256, text, content } = vectors.file;
  const made = await sealFile(vectors.order, fromHex(plain), fromHex(key));
  expect(toHex(made.ciphertext)).toBe(ciphertext);
  expect(made.sha256).toBe(sha256);
  const file = { id, name, contentType, bytes: plain.length / 2, sha256, key: toBase64Url(fromHex(key)) };
  expect(toHex(writeContent({ text, files: [file] }))).toBe(content);
  expect(readContent(fromHex(content))).toEqual({ text, files: [file] });
  expect(toHex(await openFile(vectors.order, file, fromHex(ciphertext)))).toBe(plain);
});

test("A sealed item and its key for a device are these bytes", async () => {
  const { id, keyVersion, key, salt, content, commitment, bytes, wrapped } = vectors.item;
  expect(toHex(await itemCommitment(id, keyVersion, fromHex(key)))).toBe(commitment);
  const owner = await device(seller);
  const made = await sealItem(id, keyVersion, fromHex(key), JSON.parse(content) as ItemContent, owner, fromHex(salt));
  expect(unsigned(toHex(made))).toBe(unsigned(bytes));
  const item = readSealedItem(toBase64Url(fromHex(bytes)))!;
  expect([item.itemId, item.keyVersion, toHex(item.commitment)]).toEqual([id, keyVersion, commitment]);
  expect(await isItemSignedBy(item, owner.signingKey)).toBe(true);
  expect(JSON.stringify(await openItem(item, fromHex(key)))).toBe(content);
  const reader = await device(buyer);
  expect(toHex((await unwrapItemKey(item, fromHex(wrapped), reader))!)).toBe(key);
  const again = await wrapItemKey(id, keyVersion, fromHex(key), reader.keyId, reader.agreementKey);
  expect(toHex((await unwrapItemKey(item, again, reader))!)).toBe(key);
  // Nothing of it can be changed, and it is nobody else's.
  expect(await unwrapItemKey(item, fromHex(wrapped), owner)).toBeNull();
  for (let at = 0; at < again.length; at++) {
    const bent = again.slice();
    bent[at]! ^= 1 << (at & 7);
    expect(await unwrapItemKey(item, bent, reader), `byte ${at}`).toBeNull();
  }

  for (let at = 0; at < item.bytes.length; at++) {
    const bent = item.bytes.slice();
    bent[at]! ^= 1 << (at & 7);
    const read = readSealedItem(toBase64Url(bent));
    expect(read !== null && (await isItemSignedBy(read, owner.signingKey)), `byte ${at}`).toBe(false);
  }
});

test("Each envelope is made of these bytes", async () => {
  const roomKey = fromHex(vectors.roomKey);
  let previous = fromHex(vectors.anchor);
  for (const [index, vector] of vectors.envelopes.entries()) {
    const own = await device(vector.by === buyer.userId ? buyer : seller);
    const kind = vector.kind.toLowerCase() as EnvelopeKind;
    const head = { kind, orderId: vectors.order, index, epoch: 1, previous, keyId: own.keyId, id: vector.id };
    const made = await signEnvelope(head, await bodyOf(kind, vector, head, roomKey), own.sign);
    expect(unsigned(toHex(made)), vector.kind).toBe(unsigned(vector.bytes));
    const read = (await readEnvelope(fromHex(vector.bytes)))!;
    expect(toHex(read.link), vector.kind).toBe(vector.link);
    expect(read.head).toEqual(head);
    expect(await isEnvelopeSignedBy(read, own.signingKey)).toBe(true);
    if (vector.text) expect(await openMessage(read, roomKey)).toEqual({ text: vector.text, files: [] });
    previous = read.link;
  }
});

test("Both devices unwrap the room's key", async () => {
  const proposal = (await readEnvelope(fromHex(vectors.envelopes[0]!.bytes)))!;
  for (const vector of vectors.devices) expect(toHex((await unwrap(proposal, await device(vector)))!)).toBe(vectors.roomKey);
});

test("The transcript reads as it was written", async () => {
  const wire = (hex: string) => toBase64Url(fromHex(hex));
  const read = await verifyTranscript({
    orderId: vectors.order,
    buyerId: buyer.userId,
    sellerId: seller.userId,
    envelopes: vectors.envelopes.map(({ bytes }, seq) => ({ envelope: wire(bytes), seq, at: "" })),
    keyLogs: vectors.devices.map(({ userId, statement }) => ({ profileId: userId, entries: [{ seq: 1, statement: wire(statement), at: "" }] })),
    roomKeys: [{ epoch: 1, key: wire(vectors.roomKey) }],
  });
  expect(read.fault).toBeNull();
  const written = vectors.envelopes.filter(({ text }) => text).map(({ by, text }) => [by, text]);
  expect(read.lines.map(({ senderId, text }) => [senderId, text])).toEqual(written);
});

test("The safety number is this for both", async () => {
  const keys = (of: DeviceVector) => [fromHex(of.signingPublic + of.agreementPublic)];
  expect(await safetyNumberOf(buyer.userId, keys(buyer), seller.userId, keys(seller))).toBe(vectors.safetyNumber);
  expect(await safetyNumberOf(seller.userId, keys(seller), buyer.userId, keys(buyer))).toBe(vectors.safetyNumber);
  const two = [...keys(buyer), ...keys(seller)];
  expect(await safetyNumberOf(1, two, 2, [])).toBe(await safetyNumberOf(1, two.reverse(), 2, []));
});

test("Only points of the curve are keys", async () => {
  const good = fromHex(buyer.signingPublic);
  expect(isPoint(good)).toBe(true);
  for (let i = 0; i < good.length; i++) {
    const wrong = good.slice();
    wrong[i]! ^= 1;
    expect(isPoint(wrong), `byte ${i}`).toBe(false);
  }

  for (const wrong of [[], [4, ...new Uint8Array(64)], [4, ...new Uint8Array(64).fill(255)]]) expect(isPoint(Uint8Array.from(wrong))).toBe(false);
  expect(await isSignature(good, new Uint8Array([1]), new Uint8Array(64))).toBe(false);
  expect(await isSignature(new Uint8Array(65), new Uint8Array([1]), new Uint8Array(64))).toBe(false);
});

test("What is not whole is no envelope and no statement", async () => {
  for (const { bytes } of vectors.envelopes) {
    const whole = fromHex(bytes);
    const others = [Uint8Array.from([2, ...whole.slice(1)]), Uint8Array.from([...whole.slice(0, 2), 9, ...whole.slice(3)])];
    for (const wrong of [whole.slice(0, -1), whole.slice(1), ...others]) {
      const read = await readEnvelope(wrong);
      // A message is as long as its words: it is its signature that tells.
      for (const { signingPublic } of vectors.devices) expect(read && (await isEnvelopeSignedBy(read, fromHex(signingPublic)))).not.toBe(true);
    }
  }

  const statement = fromHex(buyer.statement);
  for (const wrong of [statement.slice(0, -1), Uint8Array.from([...statement, 0]), Uint8Array.from([1, 1, 3, ...statement.slice(3)])]) {
    expect(await readStatement(wrong)).toBeNull();
  }
});

async function bodyOf(
  kind: EnvelopeKind,
  vector: Vectors["envelopes"][number],
  head: Parameters<typeof messageBody>[0],
  roomKey: Bytes,
): Promise<Bytes> {
  if (kind === "accept") return fromHex(vectors.commitment);
  if (kind === "message") return messageBody(head, roomKey, { text: vector.text!, files: [] }, fromHex(vector.salt!));
  const ephemeral = (await readEnvelope(fromHex(vector.bytes)))!.ephemeral!;
  const pair = {
    privateKey: await privateKey("ECDH", vectors.ephemeralPrivate, toHex(ephemeral)),
    publicKey: await crypto.subtle.importKey("raw", ephemeral, { name: "ECDH", namedCurve: "P-256" }, true, []),
  };
  const devices = vectors.devices.map(({ keyId, agreementPublic }) => ({ keyId: fromHex(keyId), agreementKey: fromHex(agreementPublic) }));
  return keyBody(vectors.order, 1, roomKey, devices, pair);
}
