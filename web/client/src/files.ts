import { insideOf, type DealClient } from "./client.js";
import { P2PError } from "./error.js";
import { limits } from "./generated/codes.js";
import type { FileView, Uuid } from "./generated/types.js";
import { cleanPicture } from "./pictures/clean.js";
import { dataOf, refusal, type Rest } from "./rest.js";

/** How a file is sent. */
export interface UploadOptions {
  /** Breaks the upload off; nothing of it stays. */
  readonly signal?: AbortSignal;
  /** Hears how many bytes were sent so far. */
  readonly onProgress?: (bytes: number, of: number) => void;
  /** What it is; told by its content when left out. */
  readonly contentType?: string;
}

/** How a file is sent into an order's room. */
export interface RoomUploadOptions extends UploadOptions {
  /** It was encrypted for the other party: kept as it is, without being looked at. */
  readonly isEncrypted?: boolean;
}

/**
 * Files of an order's room, and profile pictures. They go over HTTP, with a token each; the hub's connection need not stand. An upload is not
 * repeated by itself: one that is sent again makes a second file, and what no message names is removed after a day.
 */
export interface Files {
  /**
   * Sends a file into an order's room: JPEG, PNG, WebP or PDF, at most 10 MB. The server takes everything out of a picture but the picture;
   * whoever encrypts it calls `cleanPicture` before.
   */
  upload(orderId: Uuid, content: Blob, name: string, options?: RoomUploadOptions): Promise<FileView>;
  /** Fetches a file of an order that the user is a party of. */
  download(fileId: Uuid, signal?: AbortSignal): Promise<Blob>;
  /** Sets the user's profile picture, rid of place and camera before it leaves: JPEG, PNG or WebP, at most 2 MB. */
  setPicture(content: Blob, options?: UploadOptions): Promise<FileView>;
  /** Takes the user's profile picture away; harmless when there is none. */
  removePicture(signal?: AbortSignal): Promise<void>;
  /** Fetches a user's profile picture. */
  getPicture(profileId: number, signal?: AbortSignal): Promise<Blob>;
}

/** The files of a client's user. */
export function filesOf(client: DealClient): Files {
  const { rest } = insideOf(client);
  const fetched = async (path: string, signal?: AbortSignal) => (await rest.fetch("GET", path, { signal: signal ?? null })).blob();
  return {
    upload: (orderId, content, name, options = {}) =>
      send(rest, "POST", `api/p2p/orders/${encodeURIComponent(orderId)}/files`, content, options, {
        ...nameHeader(name),
        ...(options.isEncrypted ? { "X-File-Encrypted": "1" } : {}),
      }),
    download: (fileId, signal) => fetched(`api/p2p/files/${encodeURIComponent(fileId)}`, signal),
    async setPicture(content, options = {}) {
      return send(rest, "PUT", "api/p2p/profile/picture", await cleaned(content), options, nameHeader("picture"));
    },
    removePicture: async (signal) => void (await rest.fetch("DELETE", "api/p2p/profile/picture", { signal: signal ?? null })),
    getPicture: (profileId, signal) => fetched(`api/p2p/profiles/${profileId}/picture`, signal),
  };
}

/** A picture without place and camera. */
export const cleaned = async (content: Blob): Promise<Blob> => new Blob([cleanPicture(new Uint8Array(await content.arrayBuffer()))]);

/** What a file is called, as a header. */
export const nameHeader = (name: string): Readonly<Record<string, string>> => ({
  "X-File-Name": encodeURIComponent(Array.from(name).slice(0, limits.fileNameCharsMax).join("")),
});

/** Sends a file as a request's body. */
export async function send(
  rest: Rest,
  method: string,
  path: string,
  content: Blob,
  options: RoomUploadOptions,
  headers: Readonly<Record<string, string>>,
): Promise<FileView> {
  const all = { ...headers, ...(options.contentType ? { "Content-Type": options.contentType } : {}) };
  const text =
    typeof XMLHttpRequest === "undefined"
      ? await sendWithFetch(rest, method, path, content, options, all)
      : await sendWithProgress(rest, method, path, content, options, all);
  return named(dataOf(text)["file"]);
}

/** Node's fetch tells of no progress: the whole is told at the end. */
async function sendWithFetch(
  rest: Rest,
  method: string,
  path: string,
  content: Blob,
  options: UploadOptions,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await rest.fetch(method, path, { body: content, headers, signal: options.signal ?? null });
  options.onProgress?.(content.size, content.size);
  return response.text();
}

async function sendWithProgress(
  rest: Rest,
  method: string,
  path: string,
  content: Blob,
  options: UploadOptions,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const { url, authorization } = await rest.prepare(path, options.signal);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, url);
    request.setRequestHeader("Authorization", authorization);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (progress) => options.onProgress?.(progress.loaded, content.size);
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve(request.responseText)
        : reject(refusal(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    request.onerror = () => reject(new P2PError("UNAVAILABLE", "The server could not be reached, or the connection broke off."));
    request.onabort = () => reject(options.signal?.reason);
    request.onloadend = () => options.signal?.removeEventListener("abort", abort);
    options.signal?.addEventListener("abort", abort, { once: true });
    if (options.signal?.aborted) return reject(options.signal.reason);
    request.send(content);
  });
}

/** REST spells members with underscores; everything else here does not. */
function named(file: unknown): FileView {
  const members = Object.entries((file ?? {}) as Record<string, unknown>);
  const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(members.map(([name, value]) => [camel(name), value])) as unknown as FileView;
}
