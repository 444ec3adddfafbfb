import { expect, test } from "vitest";
import { encryptionOf, memoryKeys, uuidV7, verifyTranscript } from "../src/index.js";
import type { Encryption, KeyStore, TradeClient, TranscriptBundle } from "../src/index.js";
import { cleanFile, openFile, sealFile } from "../src/encryption/fileSeal.js";
import { safeText } from "../src/encryption/safeText.js";
import { clientOf, person, stage, type Person } from "./stage.js";

interface Room {
  readonly buyer: Person;
  readonly seller: Person;
  readonly orderId: string;
  readonly client: TradeClient;
  readonly store: KeyStore;
  readonly mine: Encryption;
}

/** An order whose buyer has the TypeScript client, and whose seller has the .NET SDK; both have a device. */
async function roomOfTwo(): Promise<Room> {
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: orderId } = await stage<{ id: string }>("order", { buyer: buyer.name, seller: seller.name });
  const store = memoryKeys();
  const client = clientOf(buyer, { keys: store });
  await client.connect();
  const mine = encryptionOf(client);
  expect(await mine.keys.register("browser")).toMatchObject({ name: "browser", isActive: true, isThisDevice: true });
  await stage("register", { name: seller.name });
  return { buyer, seller, orderId, client, store, mine };
}

const texts = async (chat: Encryption["chat"], orderId: string) =>
  (await chat.messages({ orderId, afterSeq: 0, limit: 100 })).messages.filter(({ kind }) => kind !== "system").map(({ text }) => text);

test("What TypeScript proposes and writes .NET accepts and reads, and the other way round", async () => {
  const { seller, orderId, client, mine } = await roomOfTwo();
  expect((await mine.chat.propose(orderId)).state).toBe("proposed");
  expect(await stage("accept", { name: seller.name, order: orderId })).toMatchObject({ state: "on" });
  await mine.chat.send({ orderId, text: "Nimelipa € 500 😀" });
  await stage("say", { name: seller.name, order: orderId, text: "Asante sana ✓" });
  await mine.chat.send({ orderId, text: "Karibu" });
  const all = ["Nimelipa € 500 😀", "Asante sana ✓", "Karibu"];
  expect(await texts(mine.chat, orderId)).toEqual(all);
  expect(await stage("read", { name: seller.name, order: orderId })).toEqual(all);
  const plain = await client.calls.getMessages({ orderId, afterSeq: 0 });
  expect(plain.messages.filter(({ kind }) => kind === "encrypted").every(({ text }) => text === "")).toBe(true);
  await client.close();
});

test("What .NET proposes TypeScript accepts; a transcript of either is verified by the other", async () => {
  const { seller, orderId, client, mine } = await roomOfTwo();
  await stage("propose", { name: seller.name, order: orderId });
  expect((await mine.chat.accept(orderId)).state).toBe("on");
  await stage("say", { name: seller.name, order: orderId, text: "one" });
  await mine.chat.send({ orderId, text: "two" });
  const ours = await mine.chat.disclose(orderId);
  expect(await stage("verify", { bundle: JSON.stringify(ours) })).toEqual({ fault: "None", lines: ["one", "two"] });
  const theirs = JSON.parse((await stage<{ bundle: string }>("disclose", { name: seller.name, order: orderId })).bundle) as TranscriptBundle;
  const read = await verifyTranscript(theirs, await client.calls.getRoomEncryption(orderId));
  expect(read.fault).toBeNull();
  expect(read.lines.map(({ text }) => text)).toEqual(["one", "two"]);
  expect(theirs.roomKeys).toEqual(ours.roomKeys);
  await client.close();
});

test("A transcript that was tampered with says how", async () => {
  const { seller, orderId, client, mine } = await roomOfTwo();
  await mine.chat.propose(orderId);
  await stage("accept", { name: seller.name, order: orderId });
  for (const text of ["one", "two", "three"]) await mine.chat.send({ orderId, text });
  const good = await mine.chat.disclose(orderId);
  const last = good.envelopes.length - 1;
  const flipped = (text: string) => text.slice(0, 200) + (text[200] === "A" ? "B" : "A") + text.slice(201);
  const cases: [string, TranscriptBundle][] = [
    ["dropped", { ...good, envelopes: good.envelopes.filter((_, i) => i !== 3) }],
    ["reordered", { ...good, envelopes: [...good.envelopes.slice(0, 3), good.envelopes[4]!, good.envelopes[3]!] }],
    ["edited", { ...good, envelopes: good.envelopes.map((one, i) => (i === last ? { ...one, envelope: flipped(one.envelope) } : one)) }],
    ["wrongRoomKey", { ...good, roomKeys: [{ epoch: 1, key: "A".repeat(43) }] }],
    ["unknownKey", { ...good, keyLogs: good.keyLogs.slice(1) }],
    ["keyLogBroken", { ...good, keyLogs: good.keyLogs.map((log) => ({ ...log, entries: [...log.entries, ...log.entries] })) }],
  ];
  for (const [fault, bundle] of cases) expect((await verifyTranscript(bundle)).fault, fault).toBe(fault);
  const cut = { ...good, envelopes: good.envelopes.slice(0, -1) };
  expect((await verifyTranscript(cut, await client.calls.getRoomEncryption(orderId))).fault).toBe("dropped");
  await client.close();
});

test("A new device of the other party gets a new key, and reads what comes after it", async () => {
  const { buyer, seller, orderId, client, mine } = await roomOfTwo();
  await mine.chat.propose(orderId);
  await stage("accept", { name: seller.name, order: orderId });
  await mine.chat.send({ orderId, text: "before" });
  const phone = clientOf(buyer, { keys: memoryKeys() });
  await phone.connect();
  const second = encryptionOf(phone);
  await second.keys.register("phone");
  await stage("say", { name: seller.name, order: orderId, text: "after" });
  expect(await texts(second.chat, orderId)).toEqual(["", "after"]);
  await second.chat.send({ orderId, text: "from the phone" });
  expect(await texts(mine.chat, orderId)).toEqual(["before", "after", "from the phone"]);
  const devices = await mine.keys.devices();
  expect(devices.map(({ name, isThisDevice }) => `${name} ${isThisDevice}`)).toEqual(["browser true", "phone false"]);
  await mine.keys.revoke(devices[1]!.keyId);
  await expect(second.chat.send({ orderId, text: "no" })).rejects.toMatchObject({ code: "DEVICE_REVOKED" });
  await Promise.all([client.close(), phone.close()]);
});

test("Both see one safety number, and a verified user whose devices change is not written to", async () => {
  const { buyer, seller, orderId, client, mine } = await roomOfTwo();
  await mine.chat.propose(orderId);
  await stage("accept", { name: seller.name, order: orderId });
  const { digits, isVerified } = await mine.keys.safetyNumber(seller.id);
  expect(digits).toMatch(/^(\d{5} ){11}\d{5}$/);
  expect(isVerified).toBe(false);
  expect(await stage("safety", { name: seller.name, profileId: buyer.id })).toEqual({ digits });
  await mine.keys.markVerified(seller.id, digits.replaceAll(" ", ""));
  expect((await mine.keys.safetyNumber(seller.id)).isVerified).toBe(true);
  await mine.chat.send({ orderId, text: "to whom I know" });
  const stranger = clientOf(seller, { keys: memoryKeys() });
  await stranger.connect();
  await encryptionOf(stranger).keys.register("another");
  await expect(mine.chat.send({ orderId, text: "to a stranger" })).rejects.toMatchObject({ fault: "peerKeysChanged" });
  await mine.keys.trust(seller.id);
  await mine.chat.send({ orderId, text: "all the same" });
  expect(await texts(mine.chat, orderId)).toEqual(["to whom I know", "all the same"]);
  await Promise.all([client.close(), stranger.close()]);
});

test("A message sent again under one request id is written once", async () => {
  const { seller, orderId, client, mine } = await roomOfTwo();
  await mine.chat.propose(orderId);
  await stage("accept", { name: seller.name, order: orderId });
  const request = { requestId: uuidV7(), orderId, text: "once" };
  const [first, second] = [await mine.chat.send(request), await mine.chat.send(request)];
  expect(second).toEqual(first);
  const many = await Promise.all(Array.from({ length: 5 }, (_, i) => mine.chat.send({ orderId, text: `${i}` })));
  expect(new Set(many.map(({ seq }) => seq)).size).toBe(5);
  await client.close();
});

test("A device that saw more of a room does not take less for the whole", async () => {
  const { seller, orderId, client, store, mine } = await roomOfTwo();
  await mine.chat.propose(orderId);
  await stage("accept", { name: seller.name, order: orderId });
  await mine.chat.send({ orderId, text: "x" });
  expect(await texts(mine.chat, orderId)).toEqual(["x"]);
  const pin = (await store.load(`room.${orderId}`)) as { length: number; head: Uint8Array };
  expect(Object.keys(pin).sort()).toEqual(["buyerId", "head", "isOn", "length", "sellerId"]);
  await store.save(`room.${orderId}`, { ...pin, length: pin.length + 1 });
  await expect(encryptionOf(client).chat.messages({ orderId })).rejects.toMatchObject({ fault: "dropped", orderId });
  await store.save(`room.${orderId}`, { ...pin, head: new Uint8Array(32) });
  await expect(encryptionOf(client).chat.messages({ orderId })).rejects.toMatchObject({ fault: "edited" });
  await client.close();
});

test("Private keys can be read by nothing", async () => {
  const store = memoryKeys();
  const client = clientOf(await person("user"), { keys: store });
  await client.connect();
  await encryptionOf(client).keys.register();
  const { signing, agreement } = (await store.load("device")) as { signing: CryptoKey; agreement: CryptoKey };
  for (const key of [signing, agreement]) {
    expect(key.extractable).toBe(false);
    for (const format of ["pkcs8", "jwk"] as const) await expect(crypto.subtle.exportKey(format, key as never)).rejects.toThrow();
  }

  await client.close();
});

test("A room without encryption is written and read as it is", async () => {
  const { seller, orderId, client, mine } = await roomOfTwo();
  await mine.chat.send({ orderId, text: "plain" });
  await stage("say", { name: seller.name, order: orderId, text: "as ever" });
  expect(await texts(mine.chat, orderId)).toEqual(["plain", "as ever"]);
  await expect(mine.chat.accept(orderId)).rejects.toMatchObject({ code: "NOT_REQUESTED" });
  await client.close();
});

test("What is shown of a message holds nothing that deceives", () => {
  expect(safeText("a\u202Eb\u200Bc\u0007d\tе\r\nf\u2028g")).toBe("abcd е\nf\ng");
  expect(safeText("x\ud800y")).toBe("x\ufffdy");
  expect(safeText(`e${"\u0301".repeat(9)}`)).toBe(`e${"\u0301".repeat(4)}`);
  expect(safeText(" \n ")).toBe("");
});

interface Picture {
  readonly file: string;
  readonly rewritten: string;
}

const blobOf = (base64: string) => new Blob([new Uint8Array(Buffer.from(base64, "base64"))]);
const base64Of = async (blob: Blob) => Buffer.from(await blob.arrayBuffer()).toString("base64");

test("A file that TypeScript sends .NET opens, and the other way round", async () => {
  const { seller, orderId, client, mine } = await roomOfTwo();
  await mine.chat.propose(orderId);
  await stage("accept", { name: seller.name, order: orderId });
  const [jpeg, , png] = (await stage<Picture[]>("pictures")) as [Picture, Picture, Picture];
  const heard: [number, number][] = [];
  const onProgress = (bytes: number, of: number) => heard.push([bytes, of]);
  const given = [{ content: blobOf(jpeg.file), name: "ri\u202esiti €.jpg" }];
  const sent = await mine.chat.sendFiles(orderId, given, { text: "here", onProgress });
  const length = Buffer.from(jpeg.rewritten, "base64").length;
  expect(heard.at(-1)).toEqual([length, length]);
  await stage("sendFile", { name: seller.name, order: orderId, text: "there", file: png.file, fileName: "b.png" });
  const all = [
    { name: "risiti €.jpg", contentType: "image/jpeg", content: jpeg.rewritten, text: "here" },
    { name: "b.png", contentType: "image/png", content: png.rewritten, text: "there" },
  ];
  expect(await stage("openFiles", { name: seller.name, order: orderId })).toEqual(all);
  const { messages } = await mine.chat.messages({ orderId, afterSeq: sent.seq - 1, limit: 100 });
  const mineOpened = [];
  for (const message of messages) {
    for (const { id } of message.attachments) {
      const { content, contentType, name } = await mine.chat.openFile(orderId, message, id);
      mineOpened.push({ name, contentType, content: await base64Of(content), text: message.text });
    }
  }

  expect(mineOpened).toEqual(all);
  const { lines } = await verifyTranscript(await mine.chat.disclose(orderId));
  expect(lines.map(({ files }) => files.map(({ name }) => name))).toEqual([["risiti €.jpg"], ["b.png"]]);
  await expect(mine.chat.openFile(orderId, messages[0]!, crypto.randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
  await client.close();
});

test("A file that was changed is not opened, and one of a wrong kind does not leave", async () => {
  const orderId = crypto.randomUUID();
  const [jpeg] = (await stage<Picture[]>("pictures")) as [Picture];
  const { plain, contentType } = cleanFile(new Uint8Array(Buffer.from(jpeg.file, "base64")));
  const { ciphertext, key, sha256 } = await sealFile(orderId, plain);
  const file = { id: crypto.randomUUID(), name: "a.jpg", contentType, bytes: plain.length, sha256, key };
  expect(Buffer.from(await openFile(orderId, file, ciphertext)).toString("base64")).toBe(jpeg.rewritten);
  const wrongs = [ciphertext.slice(1), ciphertext.slice(0, -1), new Uint8Array([...ciphertext, 0]), new Uint8Array()];
  for (let i = 0; i < ciphertext.length; i++) wrongs.push(ciphertext.map((byte, at) => (at === i ? byte ^ 1 : byte)));
  for (const wrong of wrongs) await expect(openFile(orderId, file, wrong)).rejects.toMatchObject({ fault: "fileEdited" });
  await expect(openFile(crypto.randomUUID(), file, ciphertext)).rejects.toMatchObject({ fault: "fileEdited" });
  await expect(openFile(orderId, { ...file, contentType: "image/png" }, ciphertext)).rejects.toMatchObject({ fault: "fileEdited" });
  const refused = (text: string) => expect(() => cleanFile(new TextEncoder().encode(text)));
  refused("<svg/>").toThrow(expect.objectContaining({ code: "FILE_TYPE_REFUSED" }));
  refused("").toThrow(expect.objectContaining({ code: "FILE_MALFORMED" }));
  refused("%PDF-1.7 cut off").toThrow(expect.objectContaining({ code: "FILE_MALFORMED" }));
  refused("%PDF-1.7 PK\x05\x06 %%EOF").toThrow(expect.objectContaining({ code: "FILE_TYPE_REFUSED" }));
  refused("%PDF-1.7 whole %%EOF tail").toThrow(expect.objectContaining({ code: "FILE_MALFORMED" }));
  expect(cleanFile(new TextEncoder().encode("%PDF-1.7 whole %%EOF\n")).contentType).toBe("application/pdf");
  expect(() => cleanFile(new Uint8Array(10 * 1024 * 1024))).toThrow(expect.objectContaining({ code: "FILE_TOO_LARGE" }));
});
