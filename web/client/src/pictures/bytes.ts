import { P2PError } from "../error.js";
import { limits } from "../generated/codes.js";

/** Reads a file from front to end. Whatever is missing is a file that was cut off. */
export interface Source {
  readonly at: number;
  byte(): number;
  take(count: number): Uint8Array;
  skip(count: number): void;
  bigShort(): number;
  bigInt(): number;
  littleInt(): number;
}

/** Makes a reader of these bytes. */
export function sourceOf(bytes: Uint8Array): Source {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  function advance(count: number): number {
    if (at + count > bytes.length) throw malformed("The file ends too early");
    at += count;
    return at - count;
  }

  return {
    get at() {
      return at;
    },
    byte: () => view.getUint8(advance(1)),
    take: (count) => bytes.subarray(advance(count), at),
    skip: (count) => void advance(count),
    bigShort: () => view.getUint16(advance(2)),
    bigInt: () => view.getUint32(advance(4)),
    littleInt: () => view.getUint32(advance(4), true),
  };
}

/** Collects what is written; it never grows beyond what was read. */
export interface Target {
  readonly length: number;
  write(...parts: readonly (Uint8Array | readonly number[])[]): void;
  patchLittleInt(at: number, value: number): void;
  done(): Uint8Array<ArrayBuffer>;
}

/** Makes a writer of at most so many bytes. */
export function targetOf(bytesMax: number): Target {
  const bytes = new Uint8Array(bytesMax);
  let length = 0;
  return {
    get length() {
      return length;
    },
    write(...parts) {
      for (const part of parts) {
        bytes.set(part, length);
        length += part.length;
      }
    },
    patchLittleInt: (at, value) => new DataView(bytes.buffer).setUint32(at, value, true),
    done: () => bytes.slice(0, length),
  };
}

/** Four bytes, the highest first. */
export function big(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** Four bytes, the lowest first. */
export function little(value: number): number[] {
  return big(value).reverse();
}

/** Bytes of an ASCII text. */
export function ascii(text: string): number[] {
  return Array.from(text, (char) => char.charCodeAt(0));
}

/** True when the bytes begin with this text. */
export function begins(bytes: Uint8Array, text: string): boolean {
  return ascii(text).every((value, i) => bytes[i] === value);
}

/** Refuses what breaks the rules of its kind. */
export function ensure(holds: boolean, message: string): void {
  if (!holds) throw malformed(message);
}

/** Refuses a size before a single pixel is looked at. */
export function ensurePixels(width: number, height: number): void {
  ensure(width >= 1 && height >= 1, "The picture has no pixels");
  if (width * height > limits.picturePixelsMax) {
    throw new P2PError("TOO_MANY_PIXELS", "The picture is too large", { max: String(limits.picturePixelsMax) });
  }
}

/** The refusal of a file that is not what it says. */
export function malformed(message: string): P2PError {
  return new P2PError("FILE_MALFORMED", message);
}
