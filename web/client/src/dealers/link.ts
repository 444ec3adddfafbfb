import { fromBase64Url } from "../encryption/bytes.js";
import { hashBytes } from "../encryption/p256.js";
import { below } from "../options.js";
import { readLocator, readSecret, showLocator } from "./code.js";

/**
 * What an inviter sends, as a link or a QR code: `https://p2p.example/invite/AD-7X9K-2M4P#SECRET.FINGERPRINT`. What follows the `#` goes from
 * person to person and is never sent to the server.
 */
export interface InvitationLink {
  /** What finds the invitation: `AD-7X9K-2M4P`. */
  readonly locator: string;
  /** 26 symbols by chance: who has them can accept. */
  readonly secret: string;
  /** The newest link of the inviter's key log, base64url: what the server cannot exchange unseen. */
  readonly fingerprint: string;
}

/** Reads a link; null when the text is none. */
export function parseInvitation(text: string): InvitationLink | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }

  const locator = readLocator(url.pathname.split("/").at(-1) ?? "");
  const [first, fingerprint, ...more] = url.hash.slice(1).split(".");
  const secret = readSecret(first ?? "");
  return locator && secret && fingerprint && more.length === 0 && fromBase64Url(fingerprint)?.length === hashBytes
    ? { locator: showLocator(locator), secret, fingerprint }
    : null;
}

/** The link on a server. */
export function spellInvitation(link: InvitationLink, server: URL): string {
  const url = below(server, `invite/${link.locator}`);
  url.hash = `${link.secret}.${link.fingerprint}`;
  return url.href;
}
