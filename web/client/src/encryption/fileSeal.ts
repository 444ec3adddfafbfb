import { P2PError } from "../error.js";
import { limits } from "../generated/codes.js";
import type { Uuid } from "../generated/types.js";
import { begins } from "../pictures/bytes.js";
import { cleanPicture } from "../pictures/clean.js";
import { context, concat, fromBase64Url, sha256, toBase64Url, toHex, uuidBytes, type Bytes } from "./bytes.js";
import type { SealedFile } from "./content.js";
import { EncryptionError } from "./fault.js";
import { hashBytes } from "./p256.js";

const tagBytes = 16;
const fileContext = context("P2P file v1");

/** A file without anything in it but what it shows, and what it is. */
export interface CleanFile {
  readonly plain: Bytes;
  readonly contentType: string;
}

/**
 * Takes everything out of a picture but what it shows; a PDF stays as it is, when it begins and ends as one.
 * @throws P2PError FILE_TOO_LARGE, FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS.
 */
export function cleanFile(file: Bytes): CleanFile {
  const most = limits.fileBytesMax - tagBytes;
  if (file.length > most) throw new P2PError("FILE_TOO_LARGE", `The file is too large: ${most} bytes are taken at most`);
  if (file.length === 0) throw new P2PError("FILE_MALFORMED", "The file is empty");
  const contentType = typeOf(file);
  if (!contentType) throw new P2PError("FILE_TYPE_REFUSED", "Pictures (JPEG, PNG, WebP) and PDF are taken here, by their content");
  if (contentType !== "application/pdf") return { plain: cleanPicture(file), contentType };
  checkPdf(file);
  return { plain: file, contentType };
}

/** The ciphertext of a file, and the key that was made for it. */
export async function sealFile(
  orderId: Uuid,
  plain: Bytes,
  key: Bytes = crypto.getRandomValues(new Uint8Array(hashBytes)),
): Promise<{ ciphertext: Bytes; key: string; sha256: string }> {
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt(parameters(orderId), await aes(key), plain));
  return { ciphertext, key: toBase64Url(key), sha256: toHex(await sha256(ciphertext)) };
}

/**
 * The file out of its ciphertext.
 * @throws EncryptionError fileEdited: it is not what its sender signed, or not of the kind that it is said to be.
 */
export async function openFile(orderId: Uuid, file: SealedFile, ciphertext: Bytes): Promise<Bytes> {
  const edited = () => new EncryptionError("fileEdited", "The file is not what its sender signed.", orderId);
  const key = fromBase64Url(file.key);
  const isWhole = ciphertext.length === file.bytes + tagBytes && toHex(await sha256(ciphertext)) === file.sha256;
  if (key?.length !== hashBytes || !isWhole) throw edited();
  let plain: Bytes;
  try {
    plain = new Uint8Array(await crypto.subtle.decrypt(parameters(orderId), await aes(key), ciphertext));
  } catch {
    // The one answer to whatever was changed.
    throw edited();
  }

  // The sender's client may lie: what is said to be a picture must be one.
  if (typeOf(plain) !== file.contentType) throw edited();
  return plain;
}

function typeOf(file: Uint8Array): string | null {
  if (file[0] === 0xff && file[1] === 0xd8 && file[2] === 0xff) return "image/jpeg";
  if (begins(file, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (begins(file, "RIFF") && begins(file.subarray(8), "WEBP")) return "image/webp";
  return begins(file, "%PDF-") ? "application/pdf" : null;
}

/** It begins and ends as a PDF, and is no archive as well. */
function checkPdf(file: Bytes): void {
  const text = Array.from(file.subarray(-66_000), (byte) => String.fromCharCode(byte)).join("");
  const end = text.lastIndexOf("%%EOF");
  if (!/^[12]\.$/.test(String.fromCharCode(file[5] ?? 0, file[6] ?? 0))) throw new P2PError("FILE_MALFORMED", "The PDF's head is wrong");
  if (text.includes("PK\x05\x06")) throw new P2PError("FILE_TYPE_REFUSED", "The file is an archive as well");
  if (end < 0 || text.length - end > 1_024) throw new P2PError("FILE_MALFORMED", "The PDF's end is missing");
  if (!/^[\0 \t\r\n\f\x1a]*$/.test(text.slice(end + 5))) throw new P2PError("FILE_MALFORMED", "Something follows on the PDF's end");
}

/** A key is used once, so its nonce need not differ. */
function parameters(orderId: Uuid): AesGcmParams {
  return { name: "AES-GCM", iv: new Uint8Array(12), additionalData: concat(fileContext, uuidBytes(orderId)) };
}

function aes(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}
