import { ascii, big, ensure, ensurePixels, malformed, type Source, type Target } from "./bytes.js";

const paletteBytesMax = 768;
const chunksMax = 65_536;

interface Picture {
  stage: "start" | "beforeData" | "inData" | "afterData";
  colour: number;
  depth: number;
  paletteColours: number;
  hasTransparency: boolean;
}

/**
 * Writes a PNG anew: head, palette, transparency, picture data, end, each with its checksum verified. Every other chunk and what follows the
 * end is left out.
 */
export function cleanPng(source: Source, target: Target): void {
  target.write(source.take(8));
  const picture: Picture = { stage: "start", colour: 0, depth: 0, paletteColours: 0, hasTransparency: false };
  let dataBytes = 0;
  for (let chunks = 0; chunks < chunksMax; chunks++) {
    const length = source.bigInt();
    const type = source.take(4);
    const name = String.fromCharCode(...type);
    ensure(length < 2 ** 31, "A chunk of the PNG is longer than any may be");
    ensure(/^[A-Za-z]{4}$/.test(name), "A chunk of the PNG has no name");
    ensure(picture.stage !== "start" || name === "IHDR", "A PNG begins with its head");
    if (picture.stage === "inData" && name !== "IDAT") picture.stage = "afterData";
    const body = source.take(length);
    const crc = source.bigInt();
    ensure(crc === checksum(type, body), "A checksum of the PNG is wrong");
    if (!isKept(picture, name, body, dataBytes)) continue;
    target.write(big(length), type, body, big(crc));
    dataBytes += name === "IDAT" ? length : 0;
    if (name === "IEND") return;
  }

  throw malformed("The PNG has too many chunks");
}

function isKept(picture: Picture, name: string, body: Uint8Array, dataBytes: number): boolean {
  const isBeforeData = picture.stage === "beforeData" && body.length <= paletteBytesMax;
  switch (name) {
    case "IHDR":
      ensure(picture.stage === "start" && body.length === 13, "A PNG has one head");
      readHead(picture, body);
      picture.stage = "beforeData";
      return true;
    case "PLTE":
      ensure(isBeforeData && !picture.hasTransparency, "The PNG's palette is wrong");
      readPalette(picture, body);
      return true;
    case "tRNS":
      ensure(isBeforeData, "The PNG's transparency is wrong");
      readTransparency(picture, body);
      return true;
    case "IDAT":
      ensure(picture.stage === "beforeData" || picture.stage === "inData", "A PNG's data stands in one place");
      ensure(picture.colour !== 3 || picture.paletteColours > 0, "The PNG has no palette");
      picture.stage = "inData";
      return true;
    case "IEND":
      ensure(body.length === 0 && dataBytes > 0, "The PNG ends before its data");
      return true;
    default:
      ensure(name.charCodeAt(0) >= ascii("a")[0]!, `The PNG cannot be shown without ${name}`);
      return false;
  }
}

function readHead(picture: Picture, body: Uint8Array): void {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  ensure(view.getUint32(0) < 2 ** 31 && view.getUint32(4) < 2 ** 31, "The PNG's size is none");
  ensurePixels(view.getUint32(0), view.getUint32(4));
  [picture.depth, picture.colour] = [view.getUint8(8), view.getUint8(9)];
  const depths: Record<number, number[]> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };
  const isKnown = depths[picture.colour]?.includes(picture.depth) ?? false;
  ensure(isKnown && body[10] === 0 && body[11] === 0 && body[12]! <= 1, "The PNG's head is none that is shown");
}

function readPalette(picture: Picture, body: Uint8Array): void {
  const isRight = picture.paletteColours === 0 && body.length > 0 && body.length % 3 === 0 && [2, 3, 6].includes(picture.colour);
  ensure(isRight, "The PNG's palette is wrong");
  picture.paletteColours = body.length / 3;
  ensure(picture.colour !== 3 || picture.paletteColours <= 1 << picture.depth, "The PNG's palette is wrong");
}

function readTransparency(picture: Picture, body: Uint8Array): void {
  const fits =
    (picture.colour === 0 && body.length === 2) ||
    (picture.colour === 2 && body.length === 6) ||
    (picture.colour === 3 && body.length > 0 && body.length <= picture.paletteColours);
  ensure(fits && !picture.hasTransparency, "The PNG's transparency is wrong");
  picture.hasTransparency = true;
}

/** The checksum of PNG's chunks (ISO 3309). */
function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0xffffffff;
  for (const part of parts) for (const value of part) sum = crcTable[(sum ^ value) & 255]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
