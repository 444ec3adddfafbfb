import type { CallOptions } from "../calls.js";
import type { DealerClient } from "../client.js";
import { fromBase64Url, toBase64Url, type Bytes } from "../encryption/bytes.js";
import type { SealedFile } from "../encryption/content.js";
import type { Device } from "../encryption/device.js";
import { EncryptionError } from "../encryption/fault.js";
import type { KeyLog, LogDevice } from "../encryption/keyLog.js";
import { isRefused, type InnerKeys } from "../encryption/keys.js";
import { safeText } from "../encryption/safeText.js";
import { limits } from "../generated/codes.js";
import type { Decimal } from "../decimal.js";
import type { AccessLevel, ItemKey, ItemReader, ItemReply, ItemTerms, ItemView, Page, Uuid } from "../generated/types.js";
import { uuidV7 } from "../ids.js";
import {
  isItemSignedBy,
  newItemKey,
  openItem,
  readSealedItem,
  sealItem,
  unwrapItemKey,
  wrapItemKey,
  type ItemContent,
  type SealedItem,
} from "./sealedItem.js";

const triesMax = 3;
const pageMax = 100;

/** How an item is put in or changed. */
export interface SealOptions extends CallOptions {
  /** Whether the server must not know what it is; private items are sealed when it is left out. Public ones cannot be. */
  readonly isSealed?: boolean;
  /** Refuses with STALE_VERSION when the item has another version. */
  readonly expectedVersion?: number;
}

/**
 * Inventory as it reads: sealed items are opened for whoever has their key on this device. The server knows who may see such an item and how many are
 * left, not what it is, so that it is not found by words, and a buyer says its price with the order. `client.calls` has all else of items.
 */
export interface Items {
  /** Puts an item in; a private one is sealed unless `isSealed` says otherwise. */
  create(terms: ItemTerms, stock: Decimal, unit?: string, options?: SealOptions): Promise<ItemReply>;
  /** Replaces what the owner says of an item. A sealed one stays so unless it becomes public; one that becomes private is sealed. */
  update(itemId: Uuid, terms: ItemTerms, options?: SealOptions): Promise<ItemReply>;
  /**
   * One item. One that is sealed and whose key is not here yet has an empty name. An `EncryptionError` edited: it is not what its owner sealed;
   * peerKeysForged, keyLogBroken.
   */
  get(itemId: Uuid, options?: CallOptions): Promise<ItemView>;
  /** Items, newest first; what cannot be opened has an empty name. */
  list(filter?: { readonly peerId?: string; readonly limit?: number; readonly cursor?: string }, options?: CallOptions): Promise<Page<ItemView>>;
  /** Shares an item with a connected peer; a sealed item's key goes to the peer's devices. */
  share(itemId: Uuid, peerId: string, access: AccessLevel, options?: CallOptions): Promise<ItemReply>;
  /** Ends a share; a sealed item gets a new key, which the peer does not. */
  unshare(itemId: Uuid, peerId: string, options?: CallOptions): Promise<ItemReply>;
  /**
   * Brings the keys of the user's sealed items to everybody's devices who may see them, and makes new ones where somebody has a key who may see the
   * item no longer: to be called when it hears `ConnectionChanged` or `KeysChanged`.
   */
  refreshKeys(options?: CallOptions): Promise<void>;
}

/** What other parts need of items beside that. */
export interface InnerItems extends Items {
  /** What a sealed item says; null when it is not sealed, or its key is not here yet. */
  open(view: ItemView, options?: CallOptions): Promise<OpenedItem | null>;
  /** Says of one more picture how it is opened. */
  addImage(itemId: Uuid, image: SealedFile, options?: CallOptions): Promise<void>;
}

type WhatIsOpen = Pick<ItemTerms, "currency" | "visibility" | "gives">;

interface OpenedItem {
  readonly content: ItemContent;
  readonly key: Bytes;
  readonly keyVersion: number;
}

/** Makes the items of a client's user. */
export function createItems({ calls }: DealerClient, keys: InnerKeys): InnerItems {
  const edited = (itemId: Uuid) => new EncryptionError("edited", `Item ${itemId} is not what its owner sealed.`);
  const isOf = (log: KeyLog, peerId: string) => log.find(fromBase64Url(peerId) ?? new Uint8Array()) !== undefined;

  /** The sealed item, which a device of its owner's signed. */
  async function read(view: ItemView, options?: CallOptions): Promise<SealedItem> {
    const item = readSealedItem(view.sealed ?? "");
    if (item?.itemId !== view.itemId) throw edited(view.itemId);
    const log = await keys.log(view.ownerProfileId ?? 0, options);
    if (!isOf(log, view.ownerPeerId)) {
      const { ownerPeerId } = view;
      throw new EncryptionError("peerKeysForged", `The keys that the server shows of profile ${log.userId} are not those of peer ${ownerPeerId}.`);
    }

    // A device that was revoked since signed what it sealed before.
    const signer = log.find(item.keyId);
    if (!signer || !(await isItemSignedBy(item, signer.signingKey))) throw edited(view.itemId);
    return item;
  }

  async function open(view: ItemView, options?: CallOptions): Promise<OpenedItem | null> {
    const device = view.sealed ? await keys.load() : null;
    if (!device) return null;
    const item = await read(view, options);
    const wrapped = view.keys?.find(({ keyId }) => keyId === toBase64Url(device.keyId));
    if (!wrapped) return null;
    const key = await unwrapItemKey(item, fromBase64Url(wrapped.wrapped), device);
    const content = key && (await openItem(item, key));
    if (!content) throw edited(view.itemId);
    return { content, key, keyVersion: item.keyVersion };
  }

  async function own(view: ItemView, options?: CallOptions): Promise<OpenedItem> {
    const opened = await open(view, options);
    if (opened) return opened;
    throw new EncryptionError("itemKeyMissing", "The item's key was not brought to this device yet: another device of yours that has it does so.");
  }

  /** The item as it reads once it is opened. */
  async function show(view: ItemView, options?: CallOptions): Promise<ItemView> {
    const opened = await open(view, options);
    if (!opened) return view;
    const { name, description, category, price, fields, images } = opened.content;
    return {
      ...view,
      // The reader cleans what the server could not.
      name: safeText(name),
      description: description ? safeText(description) : null,
      category: category ? safeText(category) : null,
      price,
      fields: fields.map((field) => ({ name: safeText(field.name), value: safeText(field.value) })),
      images: view.images.map((image) => {
        const known = images.find(({ id }) => id === image.id);
        return known ? { ...image, name: known.name, contentType: known.contentType, bytes: known.bytes } : image;
      }),
    };
  }

  const wrapFor = async (itemId: Uuid, keyVersion: number, key: Bytes, device: Pick<Device, "keyId" | "agreementKey">): Promise<ItemKey> => ({
    keyId: toBase64Url(device.keyId),
    wrapped: toBase64Url(await wrapItemKey(itemId, keyVersion, key, device.keyId, device.agreementKey)),
  });

  /** What is sent of a sealed item, its key for this device included, so that it cannot get lost. */
  async function sealed(itemId: Uuid, keyVersion: number, key: Bytes, content: ItemContent, whatIsOpen: WhatIsOpen) {
    const device = await keys.device();
    const { currency, visibility, gives } = whatIsOpen;
    const made = toBase64Url(await sealItem(itemId, keyVersion, key, content, device));
    return {
      terms: { name: "", price: "0", currency, visibility, gives, sealed: made } satisfies ItemTerms,
      keys: [await wrapFor(itemId, keyVersion, key, device)],
    };
  }

  function replace(view: ItemView, content: ItemContent, key: Bytes, keyVersion: number, options?: CallOptions): Promise<ItemReply> {
    const { itemId, currency, visibility, gives, version: expectedVersion } = view;
    if (!visibility || !gives) throw new Error(`Item ${itemId} is not the user's own.`);
    return sealed(itemId, keyVersion, key, content, { currency, visibility, gives })
      .then((sent) => calls.updateItem({ itemId, expectedVersion, ...sent }, options));
  }

  /** Repeats what another change came between. */
  async function again<T>(work: () => Promise<T>): Promise<T> {
    for (let i = 1; ; i++) {
      try {
        return await work();
      } catch (error) {
        if (!isRefused(error, "STALE_VERSION") || i >= triesMax) throw error;
      }
    }
  }

  async function pages<T>(next: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
    const all: T[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await next(cursor);
      all.push(...page.items);
      if (!page.nextCursor) return all;
      cursor = page.nextCursor;
    }
  }

  const after = (cursor: string | undefined) => ({ limit: pageMax, ...(cursor ? { cursor } : {}) });

  /** A reader's key log, and whether it is the one that was verified, if any was, and holds the peer's id. */
  async function logOf({ profileId, peerId }: ItemReader, options?: CallOptions): Promise<{ log: KeyLog; isTrusted: boolean }> {
    try {
      const log = await (profileId === keys.me ? keys.log(profileId, options) : keys.trustedLog(profileId, options));
      return { log, isTrusted: isOf(log, peerId) };
    } catch (error) {
      if (!(error instanceof EncryptionError && error.fault === "peerKeysChanged")) throw error;
      return { log: await keys.log(profileId, options), isTrusted: false };
    }
  }

  async function refreshOnce(itemId: Uuid, options?: CallOptions): Promise<void> {
    const view = await calls.getItem({ itemId }, options);
    if (!view.sealed) return;
    let { key, keyVersion, content } = await own(view, options);
    const wanted: LogDevice[] = [];
    let [held, isOut] = [new Set<string>(), false];
    for (const reader of await pages((cursor) => calls.listItemReaders({ itemId, ...after(cursor) }, options))) {
      const { log, isTrusted } = await logOf(reader, options);
      const active = new Map(log.active.map((device) => [toBase64Url(device.keyId), device]));
      isOut ||= reader.keyIds.some((id) => !reader.sees || !active.has(id));
      for (const id of reader.keyIds) held.add(id);
      // Somebody whose verified keys changed keeps what they have, and gets nothing new before the number was compared.
      if (reader.sees) for (const [id, device] of active) if (isTrusted || reader.keyIds.includes(id)) wanted.push(device);
    }

    if (isOut) {
      [key, keyVersion, held] = [newItemKey(), keyVersion + 1, new Set([toBase64Url((await keys.device()).keyId)])];
      await replace(view, content, key, keyVersion, options);
    }

    const missing = wanted.filter(({ keyId }) => !held.has(toBase64Url(keyId)));
    for (let at = 0; at < missing.length; at += limits.itemKeysMax) {
      const some = await Promise.all(missing.slice(at, at + limits.itemKeysMax).map((device) => wrapFor(itemId, keyVersion, key, device)));
      await calls.setItemKeys({ itemId, keyVersion, keys: some }, options);
    }
  }

  const refresh = (itemId: Uuid, options?: CallOptions) => again(() => refreshOnce(itemId, options));
  const contentOf = ({ name, description, category, price, fields }: ItemTerms, images: readonly SealedFile[]): ItemContent =>
    ({ name, description: description ?? null, category: category ?? null, price, fields: fields ?? [], images });
  const kept = (content: ItemContent, view: ItemView) => content.images.filter(({ id }) => view.images.some((one) => one.id === id));

  return {
    open,
    addImage: (itemId, image, options) => again(async () => {
      const view = await calls.getItem({ itemId }, options);
      const { content, key, keyVersion } = await own(view, options);
      await replace(view, { ...content, images: [...kept(content, view), image] }, key, keyVersion, options);
    }),
    async create(terms, stock, unit = "piece", options = {}) {
      if (!(options.isSealed ?? terms.visibility === "private")) return calls.createItem({ terms, stock, unit }, options);
      const [itemId, key] = [uuidV7(), newItemKey()];
      const reply = await calls.createItem({ itemId, stock, unit, ...(await sealed(itemId, 1, key, contentOf(terms, []), terms)) }, options);
      await refresh(itemId, options);
      return reply;
    },
    async update(itemId, terms, options = {}) {
      const view = await calls.getItem({ itemId }, options);
      const expectedVersion = options.expectedVersion ?? null;
      const seals = terms.visibility !== "public" && (options.isSealed ?? (!!view.sealed || terms.visibility === "private"));
      if (!seals) return calls.updateItem({ itemId, terms, expectedVersion }, options);
      const opened = view.sealed ? await own(view, options) : null;
      const [key, keyVersion] = opened ? [opened.key, opened.keyVersion] : [newItemKey(), view.keyVersion + 1];
      const sent = await sealed(itemId, keyVersion, key, contentOf(terms, opened ? kept(opened.content, view) : []), terms);
      const reply = await calls.updateItem({ itemId, expectedVersion: expectedVersion ?? view.version, ...sent }, options);
      await refresh(itemId, options);
      return reply;
    },
    get: async (itemId, options) => show(await calls.getItem({ itemId }, options), options),
    async list(filter = {}, options) {
      const page = await calls.listItems(filter, options);
      const items: ItemView[] = [];
      for (const item of page.items) {
        items.push(await show(item, options).catch((error) => (error instanceof EncryptionError ? item : Promise.reject(error))));
      }

      return { ...page, items };
    },
    async share(itemId, peerId, access, options) {
      const reply = await calls.shareItem({ itemId, peerId, access }, options);
      await refresh(itemId, options);
      return reply;
    },
    async unshare(itemId, peerId, options) {
      const reply = await calls.unshareItem({ itemId, peerId }, options);
      await refresh(itemId, options);
      return reply;
    },
    async refreshKeys(options) {
      const { peerId } = await calls.getPeer(options);
      for (const { itemId, sealed: isSealed } of await pages((cursor) => calls.listItems({ peerId, ...after(cursor) }, options))) {
        // Another device of the user's has the key and brings it here; or the item is gone.
        if (isSealed) await refresh(itemId, options).catch((error) => (isMissing(error) ? undefined : Promise.reject(error)));
      }
    },
  };
}

const isMissing = (error: unknown) =>
  isRefused(error, "NOT_FOUND") || (error instanceof EncryptionError && error.fault === "itemKeyMissing");
