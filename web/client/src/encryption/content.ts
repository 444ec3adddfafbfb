import { limits } from "../generated/codes.js";
import type { Uuid } from "../generated/types.js";
import { concat, fromBase64Url, fromHex, toBase64Url, toHex, u32, uuidAt, uuidBytes, type Bytes } from "./bytes.js";
import { hashBytes } from "./p256.js";
import { safeText } from "./safeText.js";

/** A file of an encrypted message, as its sender signed it; the same JSON as the .NET SDK's. */
export interface SealedFile {
  /** Its id, under which the ciphertext lies on the server. */
  readonly id: Uuid;
  /** What its sender called it: show it, and make no path of it. */
  readonly name: string;
  /** What the sender says it is. */
  readonly contentType: string;
  /** Its length before it was encrypted. */
  readonly bytes: number;
  /** SHA-256 of the ciphertext, 64 hexadecimal digits. */
  readonly sha256: string;
  /** The key that opens it, and nothing else; 32 bytes, base64url. */
  readonly key: string;
}

/** What an encrypted message says: a text, and the files that hang on it. */
export interface Content {
  readonly text: string;
  readonly files: readonly SealedFile[];
}

const [textOnly, withFiles] = [1, 2];
const nameBytesMax = 255;
const fixedBytes = 16 + 2 * hashBytes + 4 + 2;

/** The longest that a file's line can be. */
export const fileLineBytesMax = fixedBytes + nameBytesMax;

/** The kinds of files; each is written as its place, from 1. */
const contentTypes = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const encode = (text: string) => new TextEncoder().encode(text);

/** The content as it is encrypted. */
export function writeContent({ text, files }: Content): Bytes {
  if (files.length === 0) return concat(new Uint8Array([textOnly]), encode(text));
  return concat(new Uint8Array([withFiles, files.length]), ...files.map(writeFile), encode(text));
}

/** A content as it was written; null when it is none. */
export function readContent(bytes: Bytes): Content | null {
  if (bytes[0] === textOnly) return { text: decode(bytes.subarray(1)), files: [] };
  const count = bytes[1] ?? 0;
  if (bytes[0] !== withFiles || count < 1 || count > limits.chatAttachmentsMax) return null;
  const files: SealedFile[] = [];
  let at = 2;
  for (let i = 0; i < count; i++) {
    const end = at + fixedBytes + (bytes[at + fixedBytes - 1] ?? nameBytesMax + 1);
    const contentType = contentTypes[(bytes[at + fixedBytes - 2] ?? 0) - 1];
    if (end > bytes.length || !contentType) return null;
    files.push({
      id: uuidAt(bytes, at),
      key: toBase64Url(bytes.subarray(at + 16, at + 16 + hashBytes)),
      sha256: toHex(bytes.subarray(at + 16 + hashBytes, at + 16 + 2 * hashBytes)),
      bytes: new DataView(bytes.buffer, bytes.byteOffset + at + 16 + 2 * hashBytes).getUint32(0),
      contentType,
      // The reader cleans what the server could not.
      name: nameOf(decode(bytes.subarray(at + fixedBytes, end))),
    });
    at = end;
  }

  return { text: decode(bytes.subarray(at)), files };
}

/** A name as it fits: without what nobody can see, and no longer than a byte can count. */
export function nameOf(name: string): string {
  let chars = Array.from(safeText(name).replaceAll("\n", " "));
  while (encode(chars.join("")).length > nameBytesMax) chars = chars.slice(0, -1);
  return chars.join("") || "file";
}

function writeFile(file: SealedFile): Bytes {
  const name = encode(file.name);
  return concat(
    uuidBytes(file.id),
    fromBase64Url(file.key) ?? new Uint8Array(),
    fromHex(file.sha256),
    u32(file.bytes),
    new Uint8Array([1 + contentTypes.indexOf(file.contentType), name.length]),
    name,
  );
}
