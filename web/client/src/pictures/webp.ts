import { ascii, ensure, ensurePixels, little, malformed, type Source, type Target } from "./bytes.js";

const [animated, transparent] = [0x02, 0x10];
const frameHeadBytes = 16;
const framesMax = 1_000;
const chunksMax = 4_096;

type Size = readonly [width: number, height: number];

/** Reads parts one after the other; each must lie within what is left of the part that it stands in. */
interface Parts {
  left: number;
  readonly count: { parts: number };
}

/**
 * Writes a WebP anew: picture, transparency and animation. Metadata, colour profiles, parts without a meaning here and what follows the end are
 * left out, and the head's flags and lengths are made to say so.
 */
export function cleanWebP(source: Source, target: Target): void {
  source.skip(4);
  const parts: Parts = { left: source.littleInt() - 4, count: { parts: 0 } };
  source.skip(4);
  target.write(ascii("RIFF"), little(0), ascii("WEBP"));
  const { type, length } = next(source, parts);
  if (type === "VP8X") cleanExtended(source, target, parts, length);
  else copyPicture(source, target, type, length);
  target.patchLittleInt(4, target.length - 8);
}

function cleanExtended(source: Source, target: Target, parts: Parts, length: number): void {
  ensure(length === 10, "The WebP's head is wrong");
  const body = source.take(length).slice();
  const size: Size = [sizeAt(body, 4), sizeAt(body, 7)];
  ensurePixels(...size);
  const isAnimated = (body[0]! & animated) !== 0;
  body[0]! &= animated | transparent;
  body.fill(0, 1, 4);
  writeHead(target, "VP8X", length);
  target.write(body);
  if (isAnimated) copyFrames(source, target, parts, size);
  else ensure(isSame(copyStill(source, target, parts), size), "The WebP's picture has another size than its head");
}

/** Transparency, if there is any, and one picture; all else is left out. */
function copyStill(source: Source, target: Target, parts: Parts): Size {
  let size: Size | null = null;
  let hasAlpha = false;
  while (parts.left > 0) {
    const { type, length } = next(source, parts);
    if (type === "ALPH" && !size && !hasAlpha && length > 1) {
      hasAlpha = true;
      writeHead(target, type, length);
      copy(source, target, length);
    } else if ((type === "VP8 " || type === "VP8L") && !size && !(hasAlpha && type === "VP8L")) {
      size = copyPicture(source, target, type, length);
    } else {
      skip(source, type, length);
    }
  }

  if (!size) throw malformed("The WebP has no picture");
  return size;
}

function copyFrames(source: Source, target: Target, parts: Parts, [width, height]: Size): void {
  let frames = 0;
  let hasAnimation = false;
  while (parts.left > 0) {
    const { type, length } = next(source, parts);
    if (type === "ANIM" && !hasAnimation && length === 6) {
      hasAnimation = true;
      writeHead(target, type, length);
      copy(source, target, length);
    } else if (type === "ANMF" && hasAnimation && frames < framesMax && length > frameHeadBytes) {
      frames++;
      copyFrame(source, target, parts, [width, height], length);
    } else {
      skip(source, type, length);
    }
  }

  ensure(frames > 0, "The WebP has no picture");
}

function copyFrame(source: Source, target: Target, parts: Parts, [width, height]: Size, length: number): void {
  ensure((length & 1) === 0, "A frame of the WebP is wrong");
  const start = target.length;
  writeHead(target, "ANMF", length);
  const body = source.take(frameHeadBytes).slice();
  const [left, top] = [2 * threeAt(body, 0), 2 * threeAt(body, 3)];
  const size: Size = [sizeAt(body, 6), sizeAt(body, 9)];
  ensure(left + size[0] <= width && top + size[1] <= height, "A frame of the WebP lies outside its picture");
  body[15]! &= 0x03;
  target.write(body);
  const inner: Parts = { left: length - frameHeadBytes, count: parts.count };
  ensure(isSame(copyStill(source, target, inner), size), "A frame of the WebP has another size than its head");
  target.patchLittleInt(start + 4, target.length - start - 8);
}

/** Copies one coded picture, whose own head says its size. */
function copyPicture(source: Source, target: Target, type: string, length: number): Size {
  const isLossless = type === "VP8L";
  ensure(isLossless || type === "VP8 ", "The WebP has no picture");
  const headBytes = isLossless ? 5 : 10;
  ensure(length > headBytes, "The WebP's picture is cut off");
  const head = source.take(headBytes);
  const view = new DataView(head.buffer, head.byteOffset, headBytes);
  let size: Size;
  if (isLossless) {
    const bits = view.getUint32(1, true);
    size = [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    ensure(head[0] === 0x2f && bits >>> 29 === 0, "The WebP's picture has no head");
  } else {
    size = [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
    const hasMark = head[3] === 0x9d && head[4] === 0x01 && head[5] === 0x2a;
    ensure((head[0]! & 1) === 0 && hasMark, "The WebP's picture has no head");
  }

  ensurePixels(...size);
  writeHead(target, type, length);
  target.write(head);
  copy(source, target, length - headBytes);
  return size;
}

function next(source: Source, parts: Parts): { type: string; length: number } {
  ensure(parts.left >= 8 && ++parts.count.parts <= chunksMax, "The WebP's parts do not fit together");
  const type = String.fromCharCode(...source.take(4));
  const length = source.littleInt();
  parts.left -= 8 + length + (length & 1);
  ensure(parts.left >= 0, "A part of the WebP is longer than the whole");
  return { type, length };
}

function skip(source: Source, type: string, length: number): void {
  if (["ALPH", "VP8 ", "VP8L", "VP8X", "ANIM", "ANMF"].includes(type)) throw malformed("The WebP's parts do not fit together");
  source.skip(length + (length & 1));
}

/** Copies the rest of a part; an odd one is followed by a byte that means nothing and is written as 0. */
function copy(source: Source, target: Target, length: number): void {
  target.write(source.take(length));
  if ((target.length & 1) === 1) {
    source.skip(1);
    target.write([0]);
  }
}

function writeHead(target: Target, type: string, length: number): void {
  target.write(ascii(type), little(length));
}

function threeAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
}

/** A size is written as one less. */
function sizeAt(bytes: Uint8Array, at: number): number {
  return threeAt(bytes, at) + 1;
}

function isSame(one: Size, other: Size): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
