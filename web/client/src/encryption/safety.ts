import { compareBytes, concat, context, u64, type Bytes } from "./bytes.js";

const iterations = 5_000;
const groupBytes = 5;
const groupsPerUser = 6;

/**
 * The number of two users: 60 digits in twelve groups of five. It is the same for both, and another one when a device of either comes or goes.
 * @param oneKeys Of each active device: signing key and agreement key, one after the other.
 */
export async function safetyNumberOf(oneId: number, oneKeys: readonly Bytes[], otherId: number, otherKeys: readonly Bytes[]): Promise<string> {
  const [one, other] = await Promise.all([half(oneId, oneKeys), half(otherId, otherKeys)]);
  return oneId <= otherId ? `${one} ${other}` : `${other} ${one}`;
}

async function half(userId: number, keys: readonly Bytes[]): Promise<string> {
  const password = await crypto.subtle.importKey("raw", concat(...[...keys].sort(compareBytes)), "PBKDF2", false, ["deriveBits"]);
  const salt = concat(context("P2P safety number v1"), u64(userId));
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, password, 8 * groupBytes * groupsPerUser);
  const hash = new Uint8Array(bits);
  return Array.from({ length: groupsPerUser }, (_, i) => {
    const group = hash.subarray(i * groupBytes, (i + 1) * groupBytes).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(group % 100_000).padStart(5, "0");
  }).join(" ");
}
