import type { Bytes } from "./bytes.js";
import { hashBytes } from "./p256.js";

const nonceBytes = 12;

/** A key and a nonce for one AES-256-GCM. What it is for goes into the derivation, so that no two purposes ever share a key. */
export interface Derived {
  readonly key: CryptoKey;
  readonly nonce: Bytes;
}

/** Derives them from a secret by HKDF-SHA-256. */
export async function derive(secret: Bytes, salt: Bytes, info: Bytes): Promise<Derived> {
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const both = new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, from, 8 * (hashBytes + nonceBytes)));
  const key = await crypto.subtle.importKey("raw", both.slice(0, hashBytes), "AES-GCM", false, ["encrypt", "decrypt"]);
  return { key, nonce: both.slice(hashBytes) };
}

/** Ciphertext and tag. */
export async function encrypt(key: CryptoKey, nonce: Bytes, plain: Bytes, associated: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: associated, tagLength: 128 }, key, plain));
}

/** What was encrypted; null, the one answer to whatever was changed. */
export async function decrypt(key: CryptoKey, nonce: Bytes, sealed: Bytes, associated: Bytes): Promise<Bytes | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: associated, tagLength: 128 }, key, sealed));
  } catch {
    return null;
  }
}
