import type { DeviceKeyLog } from "../generated/types.js";
import { concat, fromBase64Url, isEqual, toHex, type Bytes } from "./bytes.js";
import { EncryptionError } from "./fault.js";
import { firstLink, isSignedBy, linkOf, readStatement, type Statement } from "./statement.js";

/** A device of a user's, as the user's key log proves it. */
export interface LogDevice {
  readonly userId: number;
  readonly keyId: Bytes;
  readonly signingKey: Bytes;
  readonly agreementKey: Bytes;
  readonly seq: number;
  isActive: boolean;
}

/** A user's key log whose every link and signature was checked. */
export interface KeyLog {
  readonly userId: number;
  /** Every device that the user ever had. */
  readonly devices: readonly LogDevice[];
  readonly active: readonly LogDevice[];
  /** The links, in order. */
  readonly links: readonly Bytes[];
  /** What the next entry names. */
  readonly head: Bytes;
  /** The log as it was read. */
  readonly source: DeviceKeyLog;
  find(keyId: Bytes): LogDevice | undefined;
}

/** Both public keys, one after the other. */
export function keysOf(device: LogDevice): Bytes {
  return concat(device.signingKey, device.agreementKey);
}

/** Devices by their ids, as a map's keys. */
export function byId(devices: Iterable<LogDevice>): Map<string, LogDevice> {
  return new Map([...devices].map((device) => [toHex(device.keyId), device]));
}

/** Reads a log; keyLogBroken when an entry is missing, changed, or not signed by whom it should be. */
export async function readKeyLog(source: DeviceKeyLog): Promise<KeyLog> {
  const devices: LogDevice[] = [];
  const links: Bytes[] = [];
  let head = await firstLink(source.profileId);
  for (const entry of source.entries) {
    const statement = await readStatement(fromBase64Url(entry.statement));
    const isNext = statement?.userId === source.profileId && statement.seq === links.length + 1 && isEqual(statement.previous, head);
    if (!isNext || !(await take(statement, devices))) {
      throw new EncryptionError("keyLogBroken", `Entry ${links.length + 1} of the key log of profile ${source.profileId} is not what was signed.`);
    }

    head = await linkOf(statement);
    links.push(head);
  }

  return {
    userId: source.profileId,
    devices,
    active: devices.filter((device) => device.isActive),
    links,
    head,
    source,
    find: (keyId) => devices.find((device) => isEqual(device.keyId, keyId)),
  };
}

async function take(statement: Statement, devices: LogDevice[]): Promise<boolean> {
  const subject = devices.find((device) => isEqual(device.keyId, statement.keyId));
  if (statement.keys) {
    const isOwn = !subject && isEqual(statement.signerId, statement.keyId);
    if (!isOwn || !(await isSignedBy(statement, statement.keys.signingKey))) return false;
    devices.push({ userId: statement.userId, keyId: statement.keyId, ...statement.keys, seq: statement.seq, isActive: true });
    return true;
  }

  const signer = devices.find((device) => isEqual(device.keyId, statement.signerId));
  if (!subject?.isActive || !signer?.isActive || !(await isSignedBy(statement, signer.signingKey))) return false;
  subject.isActive = false;
  return true;
}
