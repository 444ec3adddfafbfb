/**
 * An amount as the wire spells it: digits in a string, so that no sum of money passes through a binary fraction. `add`, `subtract`, `multiply`
 * and `compare` are exact; `decimal` reads what a person typed.
 */
export type Decimal = `${number}`;

/** What becomes of digits that do not fit. */
export type Rounding = "down" | "up" | "halfUp";

interface Parts {
  readonly units: bigint;
  readonly scale: number;
}

/** Reads an amount; throws a `RangeError` for anything but digits with at most 20 before and 28 behind the point. */
export function decimal(text: string): Decimal {
  const typed = text.trim();
  if (!isDecimal(typed)) throw new RangeError(`"${text}" is no amount.`);
  return write(read(typed));
}

/** True when the text is an amount. */
export function isDecimal(text: string): text is Decimal {
  return /^-?\d{1,20}(\.\d{1,28})?$/.test(text);
}

/** The exact sum. */
export function add(one: Decimal, other: Decimal): Decimal {
  const [a, b, scale] = align(one, other);
  return write({ units: a + b, scale });
}

/** The exact difference. */
export function subtract(one: Decimal, other: Decimal): Decimal {
  const [a, b, scale] = align(one, other);
  return write({ units: a - b, scale });
}

/** The exact product: it has as many decimals as both together. `round` brings it to what an asset has. */
export function multiply(one: Decimal, other: Decimal): Decimal {
  const [a, b] = [read(one), read(other)];
  return write({ units: a.units * b.units, scale: a.scale + b.scale });
}

/** Negative when `one` is the smaller, positive when it is the greater, 0 when they are the same amount. */
export function compare(one: Decimal, other: Decimal): -1 | 0 | 1 {
  const [a, b] = align(one, other);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The amount with so many decimals at most; `down` is towards zero, `up` away from it. */
export function round(value: Decimal, scale: number, how: Rounding = "down"): Decimal {
  const parts = read(value);
  if (parts.scale <= scale) return write(parts);
  const unit = 10n ** BigInt(parts.scale - scale);
  const magnitude = parts.units < 0n ? -parts.units : parts.units;
  const rest = magnitude % unit;
  const more = how === "up" ? rest > 0n : how === "halfUp" && rest * 2n >= unit;
  const units = magnitude / unit + (more ? 1n : 0n);
  return write({ units: parts.units < 0n ? -units : units, scale });
}

function align(one: Decimal, other: Decimal): [bigint, bigint, number] {
  const [a, b] = [read(one), read(other)];
  const scale = Math.max(a.scale, b.scale);
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale];
}

function read(text: string): Parts {
  // Products of products may be longer than what a person may type.
  if (!/^-?\d{1,60}(\.\d{1,60})?$/.test(text)) throw new RangeError(`"${text}" is no amount.`);
  const [whole = "", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function write({ units, scale }: Parts): Decimal {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}` as Decimal;
}
