import { isEqual, sha256, toHex, type Bytes } from "../encryption/bytes.js";
import type { Uuid } from "../generated/types.js";
import { uuidV7 } from "../ids.js";
import { deferred, orAborted } from "../waiting.js";
import { createInbox, type Inbox } from "./inbox.js";
import { fileKinds, partBytesMax, readMessage, readOffer, safeName, writeHead, writeNumber, writeOffer, type FileOffer } from "./parts.js";

const partsMax = 32;
const windowBytes = (partsMax / 2) * partBytesMax;
const offersMax = 64;
const endedText = "The channel has ended.";

/** The largest file that is received: it is held in memory until its hash is known to be right. */
export const receivedBytesMax = 512 * 1_024 * 1_024;

/** How a file is sent over a channel. */
export interface SendFileOptions {
  /** Takes the file back. */
  readonly signal?: AbortSignal;
  /** Hears how many bytes the other side has. */
  readonly onProgress?: (bytes: number) => void;
}

/** A file that the other side offers. Nothing of it comes before `receive`; what is left alone is never sent, and `refuse` says so. */
export interface ChannelFile {
  readonly id: Uuid;
  /** What the sender calls it: without folders, and without what turns the direction of text. */
  readonly name: string;
  readonly size: number;
  /** SHA-256 of the whole, as the sender says it; `receive` holds it to that. */
  readonly hash: Uint8Array;
  /**
   * Takes the file and resolves with all of it. What came of the same content before, while this client lives, is not sent again. At most 512 MB:
   * a larger one is refused with a `RangeError`.
   */
  receive(options?: SendFileOptions): Promise<Blob>;
  /** Does not take the file, and says so. */
  refuse(): void;
}

/** Parts of files that did not come whole, by the hash of the whole. */
export type KeptParts = Map<string, readonly Bytes[]>;

/** Files over a channel, in both directions, as messages of their own kinds. */
export interface ChannelFiles {
  readonly offers: Inbox<ChannelFile>;
  send(content: Blob, name: string, options?: SendFileOptions): Promise<boolean>;
  /** Takes a message about a file; what is malformed or belongs to nothing is passed over. */
  hear(message: Bytes): void;
  /** The other side is another program now: it is offered again what it did not get, and what it sent half is over. */
  restart(): void;
  /** The channel is over. */
  end(): void;
}

interface Outgoing {
  /** Bytes that the other side took; -1 while it has to be offered or is thought about. */
  taken: number;
  /** How often it began anew. */
  generation: number;
  /** Whether the other side has it; null when the channel is over, undefined while it is sent. */
  hasIt: boolean | null | undefined;
  changed: () => void;
}

interface Incoming {
  readonly parts: Inbox<{ readonly offset: number; readonly bytes: Bytes }>;
  /** Why nothing more comes. */
  why: string | null;
}

/** Makes them; `queue` sends a message of the channel. */
export function createFiles(queue: (message: Bytes, signal?: AbortSignal) => Promise<void>, kept: KeptParts): ChannelFiles {
  const offers = createInbox<ChannelFile>();
  const outgoing = new Map<Uuid, Outgoing>();
  const incoming = new Map<Uuid, Incoming>();
  let hasEnded = false;

  /** Says the last word about a file, as soon as there is room for it; nobody waits for that. */
  const tellLast = (kind: number, id: Uuid) => void queue(writeHead(kind, id)).catch(() => undefined);

  function change(file: Outgoing | undefined, changes: Partial<Outgoing>): void {
    if (file?.hasIt !== undefined) return;
    Object.assign(file ?? {}, changes);
    file?.changed();
  }

  function endIncoming(id: Uuid, why: string): void {
    const file = incoming.get(id);
    incoming.delete(id);
    if (!file) return;
    file.why = why;
    file.parts.end();
  }

  async function sendParts(content: Blob, offer: FileOffer, file: Outgoing, { signal, onProgress }: SendFileOptions): Promise<boolean> {
    let [generation, at, told] = [-1, -1, 0];
    while (true) {
      const changed = deferred<void>();
      file.changed = changed.resolve;
      const taken = file.hasIt ? content.size : Math.min(file.taken, content.size);
      if (taken > told) onProgress?.((told = taken));
      if (file.hasIt === null) throw new Error(endedText);
      if (file.hasIt !== undefined) return file.hasIt;
      if (file.generation !== generation) {
        [generation, at] = [file.generation, taken];
        if (at < 0) await queue(writeOffer(offer), signal);
        continue;
      }

      if (at >= 0 && at < content.size && at - file.taken < windowBytes) {
        const bytes = new Uint8Array(await content.slice(at, at + partBytesMax).arrayBuffer());
        // It may have begun anew while the disk was read.
        if (file.generation !== generation) continue;
        const message = new Uint8Array(25 + bytes.length);
        message.set(writeNumber(fileKinds.part, offer.id, at));
        message.set(bytes, 25);
        at += bytes.length;
        await queue(message, signal);
      } else {
        await orAborted(changed.promise, signal);
      }
    }
  }

  function hearOffer(offer: FileOffer): void {
    if (hasEnded || incoming.has(offer.id)) return;
    if (incoming.size >= offersMax) return tellLast(fileKinds.no, offer.id);
    const file: Incoming = { parts: createInbox(), why: null };
    incoming.set(offer.id, file);
    offers.put(offered(offer, file));
  }

  /** A transfer is over here, and the other side is told how. */
  function finish(file: Incoming, id: Uuid, kind: number): void {
    if (incoming.get(id) !== file) return;
    incoming.delete(id);
    tellLast(kind, id);
  }

  async function receive(offer: FileOffer, file: Incoming, { signal, onProgress }: SendFileOptions): Promise<Blob> {
    const key = toHex(offer.hash);
    const parts: Bytes[] = [...(kept.get(key) ?? [])];
    let at = parts.reduce((sum, part) => sum + part.length, 0);
    try {
      await queue(writeNumber(fileKinds.take, offer.id, at), signal);
      const reader = file.parts.read(signal);
      while (at < offer.size) {
        const next = await reader.next();
        if (next.done) throw new Error(file.why ?? endedText);
        const { offset, bytes } = next.value;
        // Of an earlier try.
        if (offset !== at || bytes.length > offer.size - at) continue;
        parts.push(bytes);
        at += bytes.length;
        onProgress?.(at);
        await queue(writeNumber(fileKinds.progress, offer.id, at), signal);
      }
    } catch (error) {
      if (at > 0) kept.set(key, parts);
      throw error;
    }

    kept.delete(key);
    const whole = new Blob(parts);
    if (!isEqual(await sha256(new Uint8Array(await whole.arrayBuffer())), offer.hash)) {
      throw new Error(`What came is not the file ${safeName(offer.name)} that was offered.`);
    }

    return whole;
  }

  function offered(offer: FileOffer, file: Incoming): ChannelFile {
    let isTaken = false;
    const claim = () => {
      if (isTaken) throw new Error("The file was taken or refused before.");
      isTaken = true;
    };
    return {
      id: offer.id,
      name: safeName(offer.name),
      size: offer.size,
      hash: offer.hash,
      async receive(options = {}) {
        claim();
        try {
          if (offer.size > receivedBytesMax) throw new RangeError(`A file of more than ${receivedBytesMax} bytes is not received here.`);
          const whole = await receive(offer, file, options);
          finish(file, offer.id, fileKinds.has);
          return whole;
        } catch (error) {
          finish(file, offer.id, fileKinds.no);
          throw error;
        }
      },
      refuse() {
        claim();
        finish(file, offer.id, fileKinds.no);
      },
    };
  }

  return {
    offers,
    async send(content, name, options = {}) {
      const hash = await sha256(new Uint8Array(await content.arrayBuffer()));
      const offer: FileOffer = { id: uuidV7(), size: content.size, hash, name };
      const file: Outgoing = { taken: -1, generation: 0, hasIt: undefined, changed: () => undefined };
      if (hasEnded) throw new Error(endedText);
      writeOffer(offer); // Throws for a name that cannot be sent.
      outgoing.set(offer.id, file);
      try {
        return await sendParts(content, offer, file, options);
      } catch (error) {
        tellLast(fileKinds.no, offer.id);
        throw error;
      } finally {
        outgoing.delete(offer.id);
      }
    },
    hear(message) {
      const heard = readMessage(message);
      if (!heard) return;
      const { kind, id, number } = heard;
      const { offer, take, part, progress, has } = fileKinds;
      if (kind === offer) {
        const made = readOffer(heard);
        if (made) hearOffer(made);
      } else if (kind === part) {
        const file = incoming.get(id);
        if (file && file.parts.count >= partsMax) {
          // No program of ours sends more than was asked for.
          endIncoming(id, "The other side sends more than was asked for.");
          tellLast(fileKinds.no, id);
        } else file?.parts.put({ offset: number, bytes: heard.rest });
      } else if (kind === take) {
        const file = outgoing.get(id);
        change(file, { taken: number, generation: (file?.generation ?? 0) + 1 });
      } else if (kind === progress) {
        const file = outgoing.get(id);
        if (file && file.taken >= 0) change(file, { taken: Math.max(file.taken, number) });
      } else {
        change(outgoing.get(id), { hasIt: kind === has });
        endIncoming(id, "The other side has taken the file back.");
      }
    },
    restart() {
      for (const id of [...incoming.keys()]) endIncoming(id, "The other side has begun anew, and may offer the file again.");
      for (const file of outgoing.values()) change(file, { taken: -1, generation: file.generation + 1 });
    },
    end() {
      hasEnded = true;
      for (const id of [...incoming.keys()]) endIncoming(id, endedText);
      for (const file of outgoing.values()) change(file, { hasIt: null });
      offers.end();
    },
  };
}
