const combiningMarksMax = 4;

// Marks, embeddings, overrides and isolates of direction; and what nobody can see: soft hyphen, zero-width space, word joiner and its kin, byte
// order mark, interlinear notes, fillers, tags.
const direction = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const unseen =
  /[\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180E\u200B\u2060-\u2065\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;
const unwanted = (char: string) => /[\p{Cc}\p{Co}\p{Zl}\p{Zp}]/u.test(char) || direction.test(char) || unseen.test(char);

/**
 * What a message says, as it may be shown: the server could not clean it, so the reader does. Control characters, those that turn the direction
 * of what follows, and those that nobody can see are taken out; line breaks become `\n`, tabs spaces.
 */
export function safeText(text: string): string {
  let kept = "";
  let marks = 0;
  for (const char of text.replace(/\r\n|[\r\f\u0085\u2028\u2029]/g, "\n")) {
    marks = /[\p{Mn}\p{Me}]/u.test(char) ? marks + 1 : 0;
    if (char === "\n") kept += "\n";
    else if (char === "\t") kept += " ";
    else if (/\p{Cs}/u.test(char)) kept += "\uFFFD";
    else if (marks <= combiningMarksMax && !unwanted(char)) kept += char;
  }

  return kept.trim();
}
