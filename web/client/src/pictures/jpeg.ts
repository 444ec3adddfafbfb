import { begins, ensure, ensurePixels, malformed, type Source, type Target } from "./bytes.js";

const [eoi, sos, dqt, dri, dht, app14, comment] = [0xd9, 0xda, 0xdb, 0xdd, 0xc4, 0xee, 0xfe];
const scansMax = 200;
const segmentsMax = 4_096;
const tablesMax = 4;
const coefficientsMax = 64;

interface Frame {
  components: number[];
  isProgressive: boolean;
  hasRestarts: boolean;
}

/**
 * Writes a JPEG anew: tables, frame, scans and Adobe's colour transform, each checked against its own lengths. Every other segment and what
 * follows the end is left out.
 */
export function cleanJpeg(source: Source, target: Target): void {
  const frame: Frame = { components: [], isProgressive: false, hasRestarts: false };
  ensure(source.byte() === 0xff && source.byte() === 0xd8, "A JPEG begins with its mark");
  target.write([0xff, 0xd8]);
  let scans = 0;
  let next: number | null = null;
  for (let segments = 0; segments < segmentsMax; segments++) {
    const marker: number = next ?? markerIn(source);
    next = null;
    if (marker === eoi && scans > 0) return target.write([0xff, eoi]);
    if (marker === sos && scans < scansMax) {
      keep(source, target, marker, (body) => checkScan(frame, body));
      next = copyEntropy(source, target, frame);
      scans++;
    } else if (marker >= 0xc0 && marker <= 0xc2) {
      keep(source, target, marker, (body) => readFrame(frame, body, marker === 0xc2));
    } else if (marker === dqt) {
      keep(source, target, marker, checkQuantisation);
    } else if (marker === dht) {
      keep(source, target, marker, checkHuffman);
    } else if (marker === dri) {
      keep(source, target, marker, (body) => {
        ensure(body.length === 2, "A JPEG's restart interval is wrong");
        frame.hasRestarts = body[0] !== 0 || body[1] !== 0;
      });
    } else if (marker === app14) {
      const body = bodyIn(source);
      // Only as long as the colour transform: what is longer could carry anything.
      if (body.length === 12 && begins(body, "Adobe")) put(target, marker, body);
    } else if ((marker >= 0xe0 && marker <= 0xef) || marker === comment) {
      bodyIn(source);
    } else {
      throw malformed(`A JPEG has no segment ${marker.toString(16)} here`);
    }
  }

  throw malformed("The JPEG has too many segments");
}

function keep(source: Source, target: Target, marker: number, check: (body: Uint8Array) => void): void {
  const body = bodyIn(source);
  check(body);
  put(target, marker, body);
}

function put(target: Target, marker: number, body: Uint8Array): void {
  const length = body.length + 2;
  target.write([0xff, marker, length >> 8, length & 255], body);
}

function markerIn(source: Source): number {
  ensure(source.byte() === 0xff, "A JPEG's segments follow on each other");
  return afterFill(source);
}

/** Any number of fill bytes may stand before a marker. */
function afterFill(source: Source): number {
  let value: number;
  do value = source.byte();
  while (value === 0xff);
  return value;
}

function bodyIn(source: Source): Uint8Array {
  const length = source.bigShort();
  ensure(length >= 2, "A JPEG's segment is shorter than its own length");
  return source.take(length - 2);
}

/** Copies a scan's coded data up to the next marker, which it returns. */
function copyEntropy(source: Source, target: Target, frame: Frame): number {
  for (let isEmpty = true; ; isEmpty = false) {
    const value = source.byte();
    if (value !== 0xff) {
      target.write([value]);
      continue;
    }

    const code = afterFill(source);
    if (code === 0 || (code >= 0xd0 && code <= 0xd7 && frame.hasRestarts)) {
      target.write([0xff, code]);
      continue;
    }

    ensure(!isEmpty, "A JPEG's scan is empty");
    return code;
  }
}

function readFrame(frame: Frame, body: Uint8Array, isProgressive: boolean): void {
  ensure(frame.components.length === 0 && body.length >= 6, "A JPEG has one frame");
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  ensurePixels(view.getUint16(3), view.getUint16(1));
  const count = body[5] ?? 0;
  ensure(body[0] === 8 && [1, 3, 4].includes(count) && body.length === 6 + 3 * count, "The JPEG's frame is none that is shown");
  for (let i = 6; i < body.length; i += 3) {
    const [component = 0, sampling = 0, table = 0] = body.subarray(i, i + 3);
    const [across, down] = [sampling >> 4, sampling & 15];
    const fits = across >= 1 && across <= 4 && down >= 1 && down <= 4 && table < tablesMax;
    ensure(fits && !frame.components.includes(component), "A component of the JPEG's frame is wrong");
    frame.components.push(component);
  }

  frame.isProgressive = isProgressive;
}

function checkScan(frame: Frame, body: Uint8Array): void {
  ensure(frame.components.length > 0, "A JPEG's frame comes before its scans");
  const count = body[0] ?? 0;
  ensure(count >= 1 && count <= 4 && body.length === 4 + 2 * count, "The head of a JPEG's scan is wrong");
  const seen = new Set<number>();
  for (let i = 1; i <= 2 * count; i += 2) {
    const [component = 0, tables = 0] = body.subarray(i, i + 2);
    const isKnown = frame.components.includes(component) && !seen.has(component);
    ensure(isKnown && tables >> 4 < tablesMax && (tables & 15) < tablesMax, "A JPEG's scan names a component that it has not");
    seen.add(component);
  }

  const [first = 0, last = 0] = body.subarray(-3, -1);
  const fits = first <= last && last < coefficientsMax && (first > 0 || last === 0);
  ensure(!frame.isProgressive || fits, "A JPEG's scan names coefficients that it has not");
}

function checkQuantisation(body: Uint8Array): void {
  let at = 0;
  while (at < body.length) {
    const [precision, table] = [body[at]! >> 4, body[at]! & 15];
    ensure(precision <= 1 && table < tablesMax, "A JPEG's quantisation table is wrong");
    at += 1 + (coefficientsMax << precision);
  }

  ensure(at === body.length && at > 0, "A JPEG's quantisation table is cut off");
}

function checkHuffman(body: Uint8Array): void {
  let at = 0;
  while (at < body.length) {
    ensure(body[at]! >> 4 <= 1 && (body[at]! & 15) < tablesMax, "A JPEG's Huffman table is wrong");
    ensure(body.length - at > 16, "A JPEG's Huffman table is cut off");
    const codes = body.subarray(at + 1, at + 17).reduce((sum, value) => sum + value, 0);
    ensure(codes <= 256, "A JPEG's Huffman table is wrong");
    at += 17 + codes;
  }

  ensure(at === body.length && at > 0, "A JPEG's Huffman table is cut off");
}
