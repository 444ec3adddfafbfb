import type { CallOptions } from "../calls.js";
import type { DealerClient } from "../client.js";
import { fromBase64Url, toBase64Url, type Bytes } from "../encryption/bytes.js";
import { EncryptionError } from "../encryption/fault.js";
import type { InnerKeys } from "../encryption/keys.js";
import { hashBytes } from "../encryption/p256.js";
import type { KeyStore } from "../encryption/stores.js";
import { limits } from "../generated/codes.js";
import type { AccessLevel, ConnectionView, InvitationOffer, InvitationUse, InvitationView } from "../generated/types.js";
import { newSecret, readLocator } from "./code.js";
import { spellInvitation, type InvitationLink } from "./link.js";
import { hashOfToken, invitationProof, invitationToken, isInvitationProof } from "./proof.js";

/**
 * Invitations. The secret is made here and goes by the link alone; the server learns neither it nor anything that leads to it, so it cannot put
 * keys of its own between the two.
 */
export interface Invitations {
  /**
   * Makes an invitation, and keeps its secret in the key store so that the proof can be checked.
   * @param access What whoever accepts may do with the user's inventory.
   * @param hours How long it can be accepted: 24 unless set.
   */
  create(access: AccessLevel, hours?: number, options?: CallOptions): Promise<{ readonly invitation: InvitationView; readonly link: string }>;
  /** Who invites, without accepting. */
  open(link: InvitationLink, options?: CallOptions): Promise<InvitationOffer>;
  /**
   * Checks the inviter's keys by the link and accepts: both are connected at once. `isVerified` is false when devices of the inviter's came or
   * went since; then compare the safety number. An `EncryptionError` peerKeysForged: the server shows other keys, and nothing was accepted.
   */
  accept(
    link: InvitationLink,
    grants?: AccessLevel,
    options?: CallOptions,
  ): Promise<{ readonly connection: ConnectionView; readonly isVerified: boolean }>;
  /**
   * Checks, on the device that made the invitation, that whoever accepted it had the secret and has the keys that the server shows. False when
   * there is nothing to check by, or their devices changed since; peerKeysForged: revoke the connection.
   */
  verify(invitationId: string, use: InvitationUse, options?: CallOptions): Promise<boolean>;
}

interface Kept {
  readonly secret: string;
  readonly locator: string;
  readonly keyLink: Bytes;
  readonly nonce: Bytes;
}

/** Makes the invitations of a client's user. */
export function createInvitations(client: DealerClient, keys: InnerKeys, store: KeyStore, server: URL): Invitations {
  const { calls } = client;
  const nonceOf = () => crypto.getRandomValues(new Uint8Array(limits.invitationNonceBytes));
  const tokenOf = async (link: InvitationLink) => toBase64Url(await invitationToken(link.secret));

  /** True when the link is the newest of the user's key log, whose devices then count as verified. */
  async function prove(profileId: number, link: Bytes, options?: CallOptions): Promise<boolean> {
    const outcome = await keys.prove(profileId, link, options);
    if (outcome === "forged") {
      throw new EncryptionError("peerKeysForged", `The keys that the server shows of profile ${profileId} are not those that the invitation proves.`);
    }

    return outcome === "verified";
  }

  const open = async (link: InvitationLink, options?: CallOptions) =>
    calls.openInvitation({ locator: link.locator, token: await tokenOf(link) }, options);

  return {
    async create(access, hours = 24, options) {
      const keyLink = await keys.ownLink(options);
      const [secret, nonce] = [newSecret(), nonceOf()];
      const tokenHash = toBase64Url(await hashOfToken(await invitationToken(secret)));
      const invitation = await calls.createInvitation({ access, hours, tokenHash, nonce: toBase64Url(nonce) }, options);
      const kept: Kept = { secret, locator: invitation.locator, keyLink, nonce };
      await store.save(`invitation.${invitation.invitationId}`, kept);
      const link = { locator: invitation.locator, secret, fingerprint: toBase64Url(keyLink) };
      return { invitation, link: spellInvitation(link, server) };
    },
    open,
    async accept(link, grants = "view", options) {
      const own = await keys.ownLink(options);
      const offer = await open(link, options);
      const fingerprint = bytesOf(link.fingerprint);
      const isVerified = await prove(offer.profileId, fingerprint, options);
      const nonce = nonceOf();
      const inviter = { profileId: offer.profileId, keyLink: fingerprint, nonce: bytesOf(offer.nonce) };
      const proof = await invitationProof(link.secret, symbolsOf(link.locator), inviter, { profileId: keys.me, keyLink: own, nonce });
      const connection = await calls.acceptInvitation(
        {
          locator: link.locator,
          token: await tokenOf(link),
          grants,
          keyLink: toBase64Url(own),
          nonce: toBase64Url(nonce),
          proof: toBase64Url(proof),
        },
        options,
      );
      return { connection, isVerified };
    },
    async verify(invitationId, use, options) {
      const kept = (await store.load(`invitation.${invitationId}`)) as Kept | undefined;
      if (!kept || !use.keyLink || !use.nonce || !use.proof) return false;
      const [keyLink, nonce, proof] = [bytesOf(use.keyLink), bytesOf(use.nonce), bytesOf(use.proof)];
      const inviter = { profileId: keys.me, keyLink: kept.keyLink, nonce: kept.nonce };
      const isProved = keyLink.length === hashBytes && nonce.length === limits.invitationNonceBytes
        && await isInvitationProof(proof, kept.secret, symbolsOf(kept.locator), inviter, { profileId: use.profileId, keyLink, nonce });
      if (!isProved) {
        throw new EncryptionError(
          "peerKeysForged",
          "Who accepted the invitation cannot prove to have had its link: revoke the connection.",
        );
      }

      return prove(use.profileId, keyLink, options);
    },
  };
}

function bytesOf(text: string): Bytes {
  return fromBase64Url(text) ?? new Uint8Array(0);
}

function symbolsOf(locator: string): string {
  const symbols = readLocator(locator);
  if (!symbols) throw new TypeError("A locator looks like AD-7X9K-2M4P.");
  return symbols;
}
