import { P2PError } from "../error.js";
import { begins, sourceOf, targetOf } from "./bytes.js";
import { cleanJpeg } from "./jpeg.js";
import { cleanPng } from "./png.js";
import { cleanWebP } from "./webp.js";

/**
 * A picture with nothing in it but what shows it: no place, no camera, no comments, no thumbnails, nothing behind its end. It is written anew
 * part by part, as the server does with pictures that it can read; pixels stay as they are.
 * @throws P2PError FILE_TYPE_REFUSED, FILE_MALFORMED, TOO_MANY_PIXELS.
 */
export function cleanPicture(file: Uint8Array): Uint8Array<ArrayBuffer> {
  // A WebP's last part may gain one byte.
  const [source, target] = [sourceOf(file), targetOf(file.length + 2)];
  if (file[0] === 0xff && file[1] === 0xd8 && file[2] === 0xff) cleanJpeg(source, target);
  else if (begins(file, "\x89PNG\r\n\x1a\n")) cleanPng(source, target);
  else if (begins(file, "RIFF") && begins(file.subarray(8), "WEBP")) cleanWebP(source, target);
  else throw new P2PError("FILE_TYPE_REFUSED", "JPEG, PNG and WebP can be cleaned, by their content");
  return target.done();
}
