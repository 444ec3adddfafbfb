import { concat, u64, u64At, uuidAt, uuidBytes, type Bytes } from "../encryption/bytes.js";
import { hashBytes } from "../encryption/p256.js";
import { safeText } from "../encryption/safeText.js";
import type { Uuid } from "../generated/types.js";

/** Bytes of a file in one message. */
export const partBytesMax = 64 * 1_024;

/** What a message about a file is: docs/channels.md has the bytes. */
export const fileKinds = { offer: 1, take: 2, part: 3, progress: 4, has: 5, no: 6 } as const;

const headBytes = 17;
const numberBytes = 8;
const offerBytes = headBytes + numberBytes + hashBytes;
const nameBytesMax = 255;

/** What a file is, before any of it is sent. */
export interface FileOffer {
  readonly id: Uuid;
  readonly size: number;
  readonly hash: Bytes;
  readonly name: string;
}

/** A message about a file: its id, then more for some kinds. */
export const writeHead = (kind: number, id: Uuid): Bytes => concat(new Uint8Array([kind]), uuidBytes(id));

/** One with a number behind its id. */
export const writeNumber = (kind: number, id: Uuid, number: number): Bytes => concat(writeHead(kind, id), u64(number));

/** Offers a file. */
export function writeOffer({ id, size, hash, name }: FileOffer): Bytes {
  const text = new TextEncoder().encode(name);
  if (name.trim() === "" || text.length > nameBytesMax) throw new RangeError(`A file's name has 1 to ${nameBytesMax} bytes.`);
  return concat(writeNumber(fileKinds.offer, id, size), hash, text);
}

/** What a message about a file says; null when it is malformed, or no such message. */
export interface FileMessage {
  readonly kind: number;
  readonly id: Uuid;
  /** Of all but the last two kinds. */
  readonly number: number;
  readonly rest: Bytes;
}

/** Reads one. */
export function readMessage(message: Bytes): FileMessage | null {
  const kind = message[0];
  const { offer, take, part, progress, has, no } = fileKinds;
  const [isBare, hasNumber] = [kind === has || kind === no, kind === take || kind === progress];
  const least = headBytes + (isBare ? 0 : numberBytes);
  const most = kind === part ? least + partBytesMax : kind === offer ? offerBytes + nameBytesMax : least;
  if (kind === undefined || message.length < least || message.length > most) return null;
  if (!isBare && !hasNumber && kind !== part && kind !== offer) return null;
  const number = isBare ? 0 : u64At(message, headBytes);
  if (Number.isNaN(number) || (kind === part && message.length === least)) return null;
  return { kind, id: uuidAt(message, 1), number, rest: message.slice(least) };
}

/** The offer that a message makes; null when it is too short for one. */
export function readOffer({ id, number, rest }: FileMessage): FileOffer | null {
  if (rest.length < hashBytes) return null;
  return { id, size: number, hash: rest.slice(0, hashBytes), name: new TextDecoder().decode(rest.subarray(hashBytes)) };
}

/** A name without folders that every system takes. */
export function safeName(name: string): string {
  const last = safeText(name).split(/[/\\]/).at(-1)!;
  const safe = last.replace(/[:*?"<>|\p{Cc}]/gu, "_").replace(/^[ .]+|[ .]+$/g, "");
  return safe === "" ? "file" : safe;
}
