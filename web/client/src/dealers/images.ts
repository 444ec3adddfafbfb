import { insideOf, type DealerClient } from "../client.js";
import { cleaned, nameHeader, send, type UploadOptions } from "../files.js";
import type { FileView, Uuid } from "../generated/types.js";

/** Pictures of items. `calls.arrangeItemImages` orders and removes them, and `ItemView.images` names them. */
export interface ItemImages {
  /** Adds one behind the item's others, rid of place and camera before it leaves: JPEG, PNG or WebP, at most 10 MB; 10 an item. */
  add(itemId: Uuid, content: Blob, name: string, options?: UploadOptions): Promise<FileView>;
  /** Fetches a picture of an item that the user sees. */
  get(itemId: Uuid, imageId: Uuid, signal?: AbortSignal): Promise<Blob>;
}

export function createItemImages(client: DealerClient): ItemImages {
  const { rest } = insideOf(client);
  const pathOf = (itemId: Uuid) => `api/p2p/items/${encodeURIComponent(itemId)}/images`;
  return {
    async add(itemId, content, name, options = {}) {
      return send(rest, "POST", pathOf(itemId), await cleaned(content), options, nameHeader(name));
    },
    async get(itemId, imageId, signal) {
      return (await rest.fetch("GET", `${pathOf(itemId)}/${encodeURIComponent(imageId)}`, { signal: signal ?? null })).blob();
    },
  };
}
