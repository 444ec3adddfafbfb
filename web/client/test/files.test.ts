import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { cleanPicture, filesOf } from "../src/index.js";
import { clientOf, person, stage } from "./stage.js";

interface Rewritten {
  file: string;
  rewritten: string;
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

test("A picture is cleaned to the very bytes that the server makes of it", async () => {
  const pictures = await stage<Rewritten[]>("pictures");
  expect(pictures.length).toBe(7);
  for (const { file, rewritten } of pictures) {
    const clean = cleanPicture(bytesOf(file));
    expect(Buffer.from(clean).toString("base64")).toBe(rewritten);
    expect(Buffer.from(clean).includes("GPSLatitude")).toBe(false);
    expect(Buffer.from(cleanPicture(clean)).toString("base64")).toBe(rewritten);
  }
});

test("A picture that is cut off anywhere is refused", async () => {
  for (const { rewritten } of await stage<Rewritten[]>("pictures")) {
    const whole = bytesOf(rewritten);
    for (let length = 12; length < whole.length; length++) {
      expect(() => cleanPicture(whole.subarray(0, length)), `${length} of ${whole.length}`).toThrow(/FILE_|ends|begins|The|A /);
    }
  }
});

test("What is no picture is refused by its content", () => {
  expect(() => cleanPicture(new TextEncoder().encode("%PDF-1.7 something"))).toThrow(expect.objectContaining({ code: "FILE_TYPE_REFUSED" }));
  expect(() => cleanPicture(new Uint8Array())).toThrow(expect.objectContaining({ code: "FILE_TYPE_REFUSED" }));
});

test("A random byte that changes never makes anything but a picture or a refusal", async () => {
  const seed = Date.now() % 1_000_000;
  let state = seed || 1;
  const chance = (of: number) => (state = (state * 48_271) % 2_147_483_647) % of;
  for (const { file } of await stage<Rewritten[]>("pictures")) {
    for (let i = 0; i < 300; i++) {
      const wrong = bytesOf(file);
      wrong[chance(wrong.length)] = chance(256);
      try {
        expect(cleanPicture(wrong).length).toBeLessThanOrEqual(wrong.length + 2);
      } catch (error) {
        expect((error as { code?: string }).code, `seed ${seed}: ${String(error)}`).toMatch(/^(FILE_MALFORMED|FILE_TYPE_REFUSED|TOO_MANY_PIXELS)$/);
      }
    }
  }
});

test("A file goes into an order's room and comes back", async () => {
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  const { id: orderId } = await stage<{ id: string }>("order", { buyer: buyer.name, seller: seller.name });
  const [{ file, rewritten }] = (await stage<Rewritten[]>("pictures")) as [Rewritten];
  const client = clientOf(buyer);
  const files = filesOf(client);
  const heard: [number, number][] = [];
  const sent = await files.upload(orderId, new Blob([bytesOf(file)]), "risiti ya malipo.jpg", { onProgress: (bytes, of) => heard.push([bytes, of]) });
  expect(sent).toMatchObject({ name: "risiti ya malipo.jpg", contentType: "image/jpeg", width: 8, height: 8, encrypted: false });
  expect(sent.sha256).toBe(createHash("sha256").update(bytesOf(rewritten)).digest("hex"));
  expect(heard.at(-1)).toEqual([bytesOf(file).length, bytesOf(file).length]);
  const back = await files.download(sent.id);
  expect(Buffer.from(await back.arrayBuffer()).toString("base64")).toBe(rewritten);
  const sealed = await files.upload(orderId, new Blob([crypto.getRandomValues(new Uint8Array(100))]), "x", { isEncrypted: true });
  expect(sealed).toMatchObject({ encrypted: true, contentType: "application/octet-stream", bytes: 100 });
  await expect(files.upload(orderId, new Blob(["no picture"]), "x")).rejects.toMatchObject({ code: "FILE_TYPE_REFUSED" });
  await expect(files.download(crypto.randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
  await client.close();
});

test("A profile picture is set, shown to others and taken away", async () => {
  const [owner, other] = [await person("owner"), await person("other")];
  const [{ file, rewritten }] = (await stage<Rewritten[]>("pictures")) as [Rewritten];
  const [mine, theirs] = [filesOf(clientOf(owner)), filesOf(clientOf(other))];
  expect(await mine.setPicture(new Blob([bytesOf(file)]))).toMatchObject({ contentType: "image/jpeg" });
  expect(Buffer.from(await (await theirs.getPicture(owner.id)).arrayBuffer()).toString("base64")).toBe(rewritten);
  await mine.removePicture();
  await expect(theirs.getPicture(owner.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(mine.setPicture(new Blob(["x"]))).rejects.toMatchObject({ code: "FILE_TYPE_REFUSED" });
});
