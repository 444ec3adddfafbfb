import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseInvitation } from "../src/index.js";
import type { InvitationLink } from "../src/index.js";
import { fromHex, toBase64Url, toHex } from "../src/encryption/bytes.js";
import { newSecret, readLocator, readSecret } from "../src/dealers/code.js";
import { spellInvitation } from "../src/dealers/link.js";
import { hashOfToken, invitationProof, invitationToken, isInvitationProof } from "../src/dealers/proof.js";
import { createItems } from "../src/dealers/items.js";
import type { InnerKeys } from "../src/encryption/keys.js";
import { eventually, joined, stage } from "./stage.js";

interface Party {
  profileId: number;
  keyLink: string;
  nonce: string;
}

interface Vector {
  secret: string;
  locator: string;
  token: string;
  tokenHash: string;
  inviter: Party;
  accepter: Party;
  proof: string;
}

/** The one JSON block of the chapter. */
const vector = JSON.parse(
  /```json\n(.*?)```/s.exec(readFileSync(new URL("../../../docs/dealers.md", import.meta.url), "utf8"))?.[1] ?? "",
) as Vector;
const party = ({ profileId, keyLink, nonce }: Party) => ({ profileId, keyLink: fromHex(keyLink), nonce: fromHex(nonce) });

test("An invitation's token and proof are these", async () => {
  const token = await invitationToken(vector.secret);
  expect(toHex(token)).toBe(vector.token);
  expect(toHex(await hashOfToken(token))).toBe(vector.tokenHash);
  const parties = [party(vector.inviter), party(vector.accepter)] as const;
  expect(toHex(await invitationProof(vector.secret, vector.locator, ...parties))).toBe(vector.proof);
  const proof = fromHex(vector.proof);
  expect(await isInvitationProof(proof, vector.secret, vector.locator, ...parties)).toBe(true);
  for (let bit = 0; bit < proof.length * 8; bit++) {
    const bent = proof.slice();
    bent[bit >> 3]! ^= 1 << (bit & 7);
    expect(await isInvitationProof(bent, vector.secret, vector.locator, ...parties)).toBe(false);
  }

  expect(await isInvitationProof(proof, vector.secret, vector.locator, parties[1], parties[0])).toBe(false);
});

test("Codes and links are read as people write them", () => {
  expect(readLocator("ad-7x9k 2m4p")).toBe("7X9K2M4P");
  expect(readLocator("oOiL0000")).toBe("00110000");
  for (const wrong of ["", "AD-7X9K-2M4U", "7X9K2M4", "x".repeat(60)]) expect(readLocator(wrong)).toBeNull();
  const secrets = new Set(Array.from({ length: 1_000 }, newSecret));
  expect(secrets.size).toBe(1_000);
  for (const secret of secrets) expect(readSecret(secret)).toBe(secret);
  const link: InvitationLink = { locator: "AD-7X9K-2M4P", secret: vector.secret, fingerprint: toBase64Url(fromHex(vector.inviter.keyLink)) };
  const spelled = spellInvitation(link, new URL("https://p2p.example/below?x=1#y"));
  expect(spelled).toBe(`https://p2p.example/below/invite/AD-7X9K-2M4P#${link.secret}.${link.fingerprint}`);
  expect(parseInvitation(` ${spelled} `)).toEqual(link);
  for (const wrong of ["", "AD-7X9K-2M4P", spelled.replace("#", "?"), `${spelled}.x`, spelled.slice(0, -1)]) expect(parseInvitation(wrong)).toBeNull();
});

test("What TypeScript invites .NET accepts, and each proves its keys to the other", async () => {
  const [{ client, dealer, peerId }, other] = [await joined(), await stage<{ name: string; peerId: string }>("dealer", { role: "other" })];
  const made = await dealer.invitations.create("order");
  expect(await stage("dealer.accept", { name: other.name, link: made.link })).toEqual({ isVerified: true, peerId });
  const used = (await client.calls.listInvitations({})).items[0]!;
  expect(await dealer.invitations.verify(made.invitation.invitationId, used.use!)).toBe(true);
  expect((await client.calls.getConnection({ peerId: other.peerId })).state).toBe("connected");
  const forged = { ...used.use!, proof: toBase64Url(new Uint8Array(32)) };
  await expect(dealer.invitations.verify(made.invitation.invitationId, forged)).rejects.toMatchObject({ fault: "peerKeysForged" });
  expect(await dealer.invitations.verify("another", used.use!)).toBe(false);
  await client.close();
});

test("What .NET invites TypeScript accepts; another fingerprint stops it before it has accepted", async () => {
  const [{ client, dealer }, other] = [await joined(), await stage<{ name: string; peerId: string }>("dealer", { role: "other" })];
  const made = await stage<{ link: string; id: string }>("dealer.invite", { name: other.name });
  const link = parseInvitation(made.link)!;
  expect((await dealer.invitations.open(link)).peerId).toBe(other.peerId);
  const swapped = { ...link, fingerprint: toBase64Url(crypto.getRandomValues(new Uint8Array(32))) };
  await expect(dealer.invitations.accept(swapped)).rejects.toMatchObject({ fault: "peerKeysForged" });
  expect((await client.calls.listConnections({})).items).toEqual([]);
  const accepted = await dealer.invitations.accept(link, "manage");
  expect(accepted).toMatchObject({ isVerified: true, connection: { peerId: other.peerId, granted: "order", grants: "manage" } });
  expect(await stage("dealer.verify", { name: other.name, id: made.id })).toEqual({ isVerified: true });
  await client.close();
});

test("Pictures of an item are added, arranged and read", async () => {
  const { client, dealer } = await joined();
  const terms = { name: "Lamp", price: "10", currency: "KES", visibility: "private", gives: "view" } as const;
  const { itemId } = await client.calls.createItem({ terms, stock: "1", unit: "piece" });
  const [first, second] = (await stage<{ file: string; rewritten: string }[]>("pictures")).map((one) => Buffer.from(one.file, "base64"));
  const [a, b] = [await dealer.images.add(itemId, new Blob([first!]), "front"), await dealer.images.add(itemId, new Blob([second!]), "back")];
  const { version } = await client.calls.arrangeItemImages({ itemId, imageIds: [b.id, a.id], expectedVersion: 3 });
  expect(version).toBe(4);
  expect((await client.calls.getItem({ itemId })).images).toEqual([b, a]);
  const got = await dealer.images.get(itemId, b.id);
  expect([got.size, got.type]).toEqual([b.bytes, b.contentType]);
  await client.calls.arrangeItemImages({ itemId, imageIds: [a.id] });
  await expect(dealer.images.get(itemId, b.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await client.close();
});

test("What .NET seals TypeScript reads, its pictures too, and the other way round", async () => {
  const [{ client, dealer, peerId }, other] = [await joined(), await stage<{ name: string; peerId: string }>("dealer", { role: "other" })];
  await dealer.invitations.accept(parseInvitation((await stage<{ link: string }>("dealer.invite", { name: other.name })).link)!);
  const [picture] = await stage<{ file: string; rewritten: string }[]>("pictures");
  const base = { price: "12.5", currency: "KES", visibility: "private", gives: "order" } as const;
  const terms = { ...base, name: "Taa \u20ac", description: "bright", category: "Light", fields: [{ name: "colour", value: "red" }] };

  const theirs = await stage<{ itemId: string }>("dealer.item", { name: other.name, terms });
  const image = await stage<{ id: string }>("dealer.addImage", { name: other.name, id: theirs.itemId, file: picture!.file });
  await stage("dealer.share", { name: other.name, id: theirs.itemId, peerId });
  const read = await dealer.items.get(theirs.itemId);
  expect(read).toMatchObject({ name: terms.name, description: "bright", category: "Light", price: "12.5", fields: terms.fields, keyVersion: 1 });
  expect(read.images).toMatchObject([{ id: image.id, name: "front", encrypted: true }]);
  const bytes = new Uint8Array(await (await dealer.images.get(theirs.itemId, image.id)).arrayBuffer());
  expect(Buffer.from(bytes).toString("base64")).toBe(picture!.rewritten);
  expect((await client.calls.getItem({ itemId: theirs.itemId })).name).toBe("");
  expect((await dealer.items.list()).items.map(({ name }) => name)).toEqual([terms.name]);

  const { itemId } = await dealer.items.create(terms, "3");
  const added = await dealer.images.add(itemId, new Blob([Buffer.from(picture!.file, "base64")]), "back");
  await dealer.items.share(itemId, other.peerId, "order");
  const seen = await stage<Record<string, unknown>>("dealer.read", { name: other.name, id: itemId });
  expect(seen).toMatchObject({ name: terms.name, description: "bright", price: "12.5", fields: terms.fields });
  const got = await stage<{ file: string; name: string }>("dealer.image", { name: other.name, id: itemId, imageId: added.id });
  expect(got).toMatchObject({ file: picture!.rewritten, name: "back" });
  await dealer.items.unshare(itemId, other.peerId);
  expect(await dealer.items.get(itemId)).toMatchObject({ name: terms.name, keyVersion: 2 });
  await expect(stage("dealer.read", { name: other.name, id: itemId })).rejects.toThrow("NOT_FOUND");
  await client.close();
});

test("A sealed item that the server changed is not shown", async () => {
  const { client, dealer } = await joined();
  const terms = { name: "Lamp", price: "10", currency: "KES", visibility: "private", gives: "view" } as const;
  const [one, other] = [await dealer.items.create(terms, "1"), await dealer.items.create({ ...terms, name: "Other" }, "1")];
  const [first, second] = [await client.calls.getItem({ itemId: one.itemId }), await client.calls.getItem({ itemId: other.itemId })];
  const lies = [
    { ...first, sealed: second.sealed!, keys: second.keys! },
    { ...first, keys: second.keys! },
    { ...first, sealed: first.sealed!.slice(0, -4) + "AAAA" },
    { ...first, sealed: "AAAA" },
  ];
  for (const lie of lies) {
    const lying = Object.create(client, { calls: { value: { ...client.calls, getItem: async () => lie } } }) as typeof client;
    await expect(createItems(lying, dealer.keys as InnerKeys).get(one.itemId)).rejects.toMatchObject({ fault: "edited" });
  }

  await dealer.items.update(one.itemId, { ...terms, name: "Better lamp" });
  expect((await dealer.items.get(one.itemId)).name).toBe("Better lamp");
  await expect(client.calls.setItemPrice({ itemId: one.itemId, price: "1" })).rejects.toMatchObject({ code: "ITEM_SEALED" });
  await dealer.items.refreshKeys();
  await dealer.items.update(one.itemId, { ...terms, name: "Open", visibility: "public" });
  expect((await client.calls.getItem({ itemId: one.itemId })).name).toBe("Open");
  await client.close();
});

test("A connected peer's items are seen, found and heard", async () => {
  const [{ client, dealer }, other] = [await joined(), await stage<{ name: string; peerId: string }>("dealer", { role: "other" })];
  await dealer.invitations.accept(parseInvitation((await stage<{ link: string }>("dealer.invite", { name: other.name })).link)!);
  const heard: [string, number][] = [];
  client.on("ItemChanged", (event) => void heard.push([event.body.itemId, event.body.version]));
  const terms = { name: "Brass lamp", price: "10", currency: "KES", visibility: "customers", gives: "order" };
  const { itemId } = await stage<{ itemId: string }>("dealer.item", { name: other.name, terms });
  await stage("dealer.price", { name: other.name, id: itemId });
  await eventually(() => heard.some(([id, version]) => id === itemId && version === 2), "the price is heard");
  expect(await client.calls.getItem({ itemId })).toMatchObject({ name: "Brass lamp", price: "12", stock: "3", access: "order" });
  expect((await client.calls.searchItems({ text: "lam bra" })).items.map((item) => item.itemId)).toEqual([itemId]);
  await expect(client.calls.setItemPrice({ itemId, price: "1" })).rejects.toMatchObject({ code: "ACCESS_REQUIRED" });
  await client.close();
});
