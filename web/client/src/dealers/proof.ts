import { concat, context, sha256, u64, type Bytes } from "../encryption/bytes.js";
import { hashBytes } from "../encryption/p256.js";

/** One party of an invitation: who it is, which keys it has, and its chance. */
export interface InvitationParty {
  readonly profileId: number;
  /** The newest link of the party's key log: 32 bytes. */
  readonly keyLink: Bytes;
  /** 16 bytes. */
  readonly nonce: Bytes;
}

/** What the server is shown when the invitation is opened or accepted: 32 bytes. docs/dealers.md has the formulas. */
export function invitationToken(secret: string): Promise<Bytes> {
  return derive(secret, "P2P invitation token v1");
}

/** What the server keeps of the token. */
export function hashOfToken(token: Bytes): Promise<Bytes> {
  return sha256(token);
}

/** What only who has the secret can make: it ties both parties' keys to this invitation. */
export async function invitationProof(secret: string, locator: string, inviter: InvitationParty, accepter: InvitationParty): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await binding(secret, "sign"), told(locator, inviter, accepter)));
}

/** True when the proof is the one that the secret makes of these parties. */
export async function isInvitationProof(
  proof: Bytes,
  secret: string,
  locator: string,
  inviter: InvitationParty,
  accepter: InvitationParty,
): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await binding(secret, "verify"), proof, told(locator, inviter, accepter));
}

function told(locator: string, ...parties: readonly InvitationParty[]): Bytes {
  const parts = parties.flatMap(({ profileId, keyLink, nonce }) => [u64(profileId), keyLink, nonce]);
  return concat(context("P2P invitation proof v1"), new TextEncoder().encode(locator), ...parts);
}

async function binding(secret: string, use: "sign" | "verify"): Promise<CryptoKey> {
  const key = await derive(secret, "P2P invitation binding v1");
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, [use]);
}

async function derive(secret: string, info: string): Promise<Bytes> {
  const from = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: context(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, from, 8 * hashBytes));
}
