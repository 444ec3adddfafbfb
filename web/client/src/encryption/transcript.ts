import type { DeviceKeyLog, RoomEncryption, Timestamp, Uuid } from "../generated/types.js";
import { fromBase64Url, isEqual, toBase64Url, toHex, type Bytes } from "./bytes.js";
import { createChain, type Chain } from "./chain.js";
import type { SealedFile } from "./content.js";
import type { Envelope } from "./envelope.js";
import type { EncryptionFault } from "./fault.js";
import { byId, readKeyLog, type LogDevice } from "./keyLog.js";
import { envelopeIn } from "./room.js";
import { safeText } from "./safeText.js";
import { commitmentOf, openMessage } from "./seal.js";

/** An envelope of a transcript, with what the server says of it. */
export interface TranscriptEnvelope {
  /** As its sender's device signed it, base64url. */
  readonly envelope: string;
  /** The number of its message in the room. */
  readonly seq: number;
  /** When it was written, by the server's clock. */
  readonly at: Timestamp;
}

/** A key of a room. */
export interface TranscriptKey {
  readonly epoch: number;
  /** Its 32 bytes, base64url. */
  readonly key: string;
}

/** All that somebody needs to read an encrypted room, and to see that it is whole and who wrote what; the same JSON as the .NET SDK's. */
export interface TranscriptBundle {
  readonly orderId: Uuid;
  readonly buyerId: number;
  readonly sellerId: number;
  readonly envelopes: readonly TranscriptEnvelope[];
  readonly keyLogs: readonly DeviceKeyLog[];
  readonly roomKeys: readonly TranscriptKey[];
}

/** One message of a transcript. */
export interface TranscriptLine {
  /** Its place in the room's chain. */
  readonly index: number;
  /** Profile id of who wrote it: proven by the signature, unless it was erased. */
  readonly senderId: number;
  /** The device that signed it, base64url. */
  readonly keyId: string;
  /** What it says; null when the key was not disclosed, or the message was erased. */
  readonly text: string | null;
  /** The files that hang on it, with their keys: `openFile` opens what the server has under their ids. */
  readonly files: readonly SealedFile[];
  readonly isErased: boolean;
  /** When it was written: the server's word. */
  readonly at: Timestamp;
}

/** What an encrypted room says, and what is wrong with it first; null when everything is right. */
export interface Transcript {
  readonly lines: readonly TranscriptLine[];
  readonly fault: EncryptionFault | null;
  /** Where in the bundle's envelopes the fault was found; null without one, and for one of a key log or of the end. */
  readonly faultAt: number | null;
}

/** The keys alone, as one line that fits a dispute's evidence: from then on the server can read what was written until now. */
export function disclosureOf(bundle: TranscriptBundle): string {
  return `p2p-room-keys-1 ${bundle.orderId}${bundle.roomKeys.map(({ epoch, key }) => ` ${epoch}:${key}`).join("")}`;
}

/** A key log as others see it. */
export function publicLog(log: DeviceKeyLog): DeviceKeyLog {
  return { ...log, entries: log.entries.map((entry) => ({ ...entry, name: null })) };
}

/**
 * Tells from a bundle alone who wrote what in an encrypted room. It rests on the key logs: hold them against the safety number that the parties
 * compared.
 * @param server How the server says the room's chain stands; without it the end stays unchecked.
 */
export async function verifyTranscript(bundle: TranscriptBundle, server?: RoomEncryption): Promise<Transcript> {
  const devices = await devicesOf(bundle);
  if (!devices) return { lines: [], fault: "keyLogBroken", faultAt: null };
  const chain = await createChain(bundle.orderId, bundle.buyerId, bundle.sellerId);
  const [keys, lines] = [new Map<number, Bytes>(), [] as TranscriptLine[]];
  for (const [i, source] of bundle.envelopes.entries()) {
    const envelope = await envelopeIn(source.envelope);
    let fault = await chain.take(envelope, (keyId) => devices.get(toHex(keyId)));
    if (!fault && envelope) fault = await readKey(bundle, envelope, keys);
    if (!fault && envelope?.head.kind === "message") {
      fault = await readMessage(envelope, devices.get(toHex(envelope.head.keyId))!, source, keys, lines);
    }

    if (fault) return { lines, fault: await nameOf(fault, i, envelope, bundle, chain), faultAt: i };
  }

  return { lines, fault: endOf(chain, server), faultAt: null };
}

async function devicesOf(bundle: TranscriptBundle): Promise<Map<string, LogDevice> | null> {
  try {
    const logs = await Promise.all(
      bundle.keyLogs.filter((log) => log.profileId === bundle.buyerId || log.profileId === bundle.sellerId).map(readKeyLog),
    );
    const all = logs.flatMap((log) => log.devices);
    // One log twice is no log.
    return new Set(logs.map((log) => log.userId)).size === logs.length ? byId(all) : null;
  } catch {
    // Broken: the answer names the fault.
    return null;
  }
}

async function readKey(bundle: TranscriptBundle, envelope: Envelope, keys: Map<number, Bytes>): Promise<EncryptionFault | null> {
  const { epoch } = envelope.head;
  const disclosed = bundle.roomKeys.find((key) => key.epoch === epoch);
  if (envelope.wraps.length === 0 || !disclosed) return null;
  const key = fromBase64Url(disclosed.key) ?? new Uint8Array();
  if (!isEqual(await commitmentOf(bundle.orderId, epoch, key), envelope.commitment)) return "wrongRoomKey";
  keys.set(epoch, key);
  return null;
}

async function readMessage(
  envelope: Envelope,
  device: LogDevice,
  source: TranscriptEnvelope,
  keys: ReadonlyMap<number, Bytes>,
  lines: TranscriptLine[],
): Promise<EncryptionFault | null> {
  const key = envelope.isErased ? undefined : keys.get(envelope.head.epoch);
  const says = key ? await openMessage(envelope, key) : null;
  if (key && !says) return "unreadable";
  lines.push({
    index: envelope.head.index,
    senderId: device.userId,
    keyId: toBase64Url(device.keyId),
    text: says ? safeText(says.text) : null,
    files: says?.files ?? [],
    isErased: envelope.isErased,
    at: source.at,
  });
  return null;
}

/** Looks at the rest of the bundle to name the fault better. */
async function nameOf(
  fault: EncryptionFault,
  at: number,
  envelope: Envelope | null,
  bundle: TranscriptBundle,
  chain: Chain,
): Promise<EncryptionFault> {
  const read = await Promise.all(bundle.envelopes.filter((_, i) => i !== at).map((one) => envelopeIn(one.envelope)));
  const others = read.map((one) => one?.head.index);
  // What is missing here stands elsewhere.
  if (fault === "dropped" && others.includes(chain.links.length)) return "reordered";
  // Another one, at the same place, is there beside the forged one.
  return fault === "edited" && envelope && others.includes(envelope.head.index) ? "invented" : fault;
}

function endOf(chain: Chain, server?: RoomEncryption): EncryptionFault | null {
  if (!server) return null;
  if (chain.links.length !== server.length) return chain.links.length < server.length ? "dropped" : "invented";
  return toBase64Url(chain.head) === server.head ? null : "edited";
}
