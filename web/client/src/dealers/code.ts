/** How the codes of invitations are spelled: in Crockford's 32 symbols, which have no I, L, O and U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const locatorSymbols = 8;
const secretSymbols = 26;

/** Eight symbols as they are shown: `AD-7X9K-2M4P`. */
export function showLocator(locator: string): string {
  return `AD-${locator.slice(0, 4)}-${locator.slice(4)}`;
}

/** The eight symbols of a locator, with or without its prefix; null when the text is none. */
export function readLocator(text: string): string | null {
  const bare = bareOf(text);
  return symbolsOf(bare?.length === 2 + locatorSymbols && bare.startsWith("AD") ? bare.slice(2) : bare, locatorSymbols);
}

/** The 26 symbols of a secret; null when the text is none. */
export function readSecret(text: string): string | null {
  return symbolsOf(bareOf(text), secretSymbols);
}

/** A new secret: 130 bits by chance. */
export function newSecret(): string {
  // 32 symbols: five bits of a byte each, every symbol as likely as the others.
  return Array.from(crypto.getRandomValues(new Uint8Array(secretSymbols)), (byte) => alphabet[byte & 31]).join("");
}

function bareOf(text: string): string | null {
  return text.length > 2 * secretSymbols ? null : text.replaceAll(/[- ]/g, "").toUpperCase();
}

function symbolsOf(bare: string | null, count: number): string | null {
  if (bare?.length !== count) return null;
  const read = bare.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return [...read].every((symbol) => alphabet.includes(symbol)) ? read : null;
}
