import { toHex, type Bytes } from "./bytes.js";

/** Bytes of a public key: an uncompressed point. */
export const pointBytes = 65;

/** Bytes of a signature: `r || s`. */
export const signatureBytes = 64;

/** Bytes of a hash, of a secret, and of each coordinate. */
export const hashBytes = 32;

const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const ecdsa = { name: "ECDSA", namedCurve: "P-256" } as const;
const ecdh = { name: "ECDH", namedCurve: "P-256" } as const;
const withSha256 = { name: "ECDSA", hash: "SHA-256" } as const;

/** True for an uncompressed point that lies on the curve. */
export function isPoint(point: Uint8Array): boolean {
  if (point.length !== pointBytes || point[0] !== 4) return false;
  const [x, y] = [number(point.subarray(1, 33)), number(point.subarray(33))];
  return x < prime && y < prime && (y * y - x * x * x + 3n * x - b) % prime === 0n;
}

/** True when the signature over the data is this key's; what is malformed is no signature. */
export async function isSignature(publicKey: Bytes, data: Bytes, signature: Bytes): Promise<boolean> {
  if (signature.length !== signatureBytes || !isPoint(publicKey)) return false;
  const key = await crypto.subtle.importKey("raw", publicKey, ecdsa, false, ["verify"]);
  return crypto.subtle.verify(withSha256, key, signature, data);
}

/** ECDSA over SHA-256. */
export async function sign(key: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(withSha256, key, data));
}

/** The secret that a key shares with a public key: the x coordinate. */
export async function agree(key: CryptoKey, publicKey: Bytes): Promise<Bytes> {
  const other = await crypto.subtle.importKey("raw", publicKey, ecdh, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, key, 256));
}

/** A pair that signs, whose private part nothing can read. */
export function makeSigningPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ecdsa, false, ["sign", "verify"]);
}

/** A pair that agrees on secrets, whose private part nothing can read. */
export function makeAgreementPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ecdh, false, ["deriveBits"]);
}

/** A public key as the wire spells it. */
export async function pointOf(publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
}

function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
