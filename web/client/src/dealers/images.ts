import { insideOf, type DealerClient } from "../client.js";
import { nameOf } from "../encryption/content.js";
import { EncryptionError } from "../encryption/fault.js";
import { cleanFile, openFile, sealFile } from "../encryption/fileSeal.js";
import { cleaned, nameHeader, send, type UploadOptions } from "../files.js";
import type { FileView, Uuid } from "../generated/types.js";
import type { InnerItems } from "./items.js";

/** Pictures of items, sealed as the item is. `calls.arrangeItemImages` orders and removes them, and `ItemView.images` names them. */
export interface ItemImages {
  /** Adds one behind the item's others, rid of place and camera before it leaves: JPEG, PNG or WebP, at most 10 MB; 10 an item. */
  add(itemId: Uuid, content: Blob, name: string, options?: UploadOptions): Promise<FileView>;
  /** Fetches a picture of an item that the user sees. */
  get(itemId: Uuid, imageId: Uuid, signal?: AbortSignal): Promise<Blob>;
}

export function createItemImages(client: DealerClient, items: InnerItems): ItemImages {
  const { rest } = insideOf(client);
  const pathOf = (itemId: Uuid) => `api/p2p/items/${encodeURIComponent(itemId)}/images`;
  return {
    async add(itemId, content, name, options = {}) {
      const call = options.signal ? { signal: options.signal } : {};
      if (!(await client.calls.getItem({ itemId }, call)).sealed) {
        return send(rest, "POST", pathOf(itemId), await cleaned(content), options, nameHeader(name));
      }

      const { plain, contentType } = cleanFile(new Uint8Array(await content.arrayBuffer()));
      const { ciphertext, key, sha256 } = await sealFile(itemId, plain);
      const headers = { ...nameHeader("file.bin"), "X-File-Encrypted": "1" };
      const file = await send(rest, "POST", pathOf(itemId), new Blob([ciphertext]), options, headers);
      const image = { id: file.id, name: nameOf(name), contentType, bytes: plain.length, sha256, key };
      await items.addImage(itemId, image, call);
      return { ...file, name: image.name, contentType, bytes: plain.length };
    },
    async get(itemId, imageId, signal) {
      const answer = await rest.fetch("GET", `${pathOf(itemId)}/${encodeURIComponent(imageId)}`, { signal: signal ?? null });
      const blob = await answer.blob();
      if (blob.type !== "application/octet-stream") return blob;
      const call = signal ? { signal } : {};
      const opened = await items.open(await client.calls.getItem({ itemId }, call), call);
      const known = opened?.content.images.find(({ id }) => id === imageId);
      if (!known) throw new EncryptionError("itemKeyMissing", "The key of this picture was not brought to this device yet.");
      return new Blob([await openFile(itemId, known, new Uint8Array(await blob.arrayBuffer()))], { type: known.contentType });
    },
  };
}
