import type { CallOptions } from "../calls.js";
import { P2PError } from "../error.js";
import type { TradeCalls } from "../generated/trade.js";
import type { DeviceReply, ProfileView, Timestamp } from "../generated/types.js";
import { fromBase64Url, isEqual, toBase64Url, type Bytes } from "./bytes.js";
import { deviceOf, makeDevice, type Device, type StoredDevice } from "./device.js";
import { keySetOf } from "./envelope.js";
import { EncryptionError } from "./fault.js";
import { keysOf, readKeyLog, type KeyLog, type LogDevice } from "./keyLog.js";
import { hashBytes } from "./p256.js";
import { safetyNumberOf } from "./safety.js";
import { addStatement, revokeStatement, type StatementParts } from "./statement.js";
import type { KeyStore } from "./stores.js";
import { createTurn } from "./turn.js";

const triesMax = 5;

/** A device of a user's. */
export interface DeviceKey {
  /** Its id, base64url. */
  readonly keyId: string;
  /** What the user calls it; null in others' logs. */
  readonly name: string | null;
  readonly registeredAt: Timestamp;
  /** False once it is revoked. */
  readonly isActive: boolean;
  readonly isThisDevice: boolean;
}

/** The number that two users compare by another way. */
export interface SafetyNumber {
  /** 60 digits in twelve groups of five. */
  readonly digits: string;
  /** True when the user said, on this device, that this very number was compared. */
  readonly isVerified: boolean;
}

/** The keys of the user's devices and of those with whom the user trades. Private keys are made here and can be read by nothing. */
export interface Keys {
  /**
   * Makes this device's keys, unless the store has some, and registers their public parts. Harmless to repeat; after the device was revoked it
   * gets new keys.
   * @param name What the user calls the device, at most 50 characters; only the user reads it.
   */
  register(name?: string, options?: CallOptions): Promise<DeviceKey>;
  /** A user's devices (the user's own when none is named), the oldest first, after every entry of the key log was checked. */
  devices(profileId?: number, options?: CallOptions): Promise<DeviceKey[]>;
  /** Ends that a device speaks for the user: encrypted rooms get a new key before the next message, which that device cannot open. */
  revoke(keyId: string, options?: CallOptions): Promise<DeviceReply>;
  /** The number that the user and another one compare in person or by phone. */
  safetyNumber(profileId: number, options?: CallOptions): Promise<SafetyNumber>;
  /** The user compared the number and found the same: nothing more is sent to that user once their devices are others. */
  markVerified(profileId: number, digits: string, options?: CallOptions): Promise<void>;
  /** The user goes on with somebody whose verified keys changed without comparing the number again. */
  trust(profileId: number): Promise<void>;
}

/** What rooms need of the keys beside what everybody sees. */
export interface InnerKeys extends Keys {
  readonly me: number;
  load(): Promise<Device | null>;
  device(): Promise<Device>;
  log(profileId: number, options?: CallOptions): Promise<KeyLog>;
  /** As `log`; refused when the user verified other devices than the log has now. */
  trustedLog(profileId: number, options?: CallOptions): Promise<KeyLog>;
  /** The newest link of the user's own key log, which has this device. */
  ownLink(options?: CallOptions): Promise<Bytes>;
  /**
   * Holds a user's key log against a link of it that came by another way: forged when the log has no such link, verified when it is the newest,
   * whose devices then count as verified.
   */
  prove(profileId: number, link: Bytes, options?: CallOptions): Promise<"forged" | "changed" | "verified">;
}

/** What this device remembers of a user's key log, so that the server cannot show it another one later. */
interface Peer {
  readonly seq: number;
  readonly link: Bytes | null;
  /** The devices that the user verified; null when nobody was verified. */
  readonly verified: Bytes | null;
}

/** What keys need of a client, whichever hub it is connected to. */
export interface KeyClient {
  readonly calls: Pick<TradeCalls, "getDeviceKeys" | "registerDevice" | "revokeDevice">;
  readonly me: ProfileView | null;
}

/** Makes the keys of a client's user. */
export function createKeys(client: KeyClient, store: KeyStore): InnerKeys {
  const { calls } = client;
  const [registering, reading] = [createTurn(), createTurn()];
  let loaded: Device | null = null;

  function me(): number {
    if (!client.me) throw new Error("Connect first: who the user is, is not known yet.");
    return client.me.id;
  }

  async function load(): Promise<Device | null> {
    const stored = loaded ? null : ((await store.load("device")) as StoredDevice | undefined);
    return (loaded ??= stored ? await deviceOf(stored) : null);
  }

  async function device(): Promise<Device> {
    const own = await load();
    if (!own) throw new EncryptionError("noDevice", "This device has no keys: register it first.");
    return own;
  }

  const nobody: Peer = { seq: 0, link: null, verified: null };
  const peerOf = async (profileId: number) => ((await store.load(`peer.${profileId}`)) as Peer | undefined) ?? nobody;

  /** What is remembered of a user from now on, saved only when it is something new; in turn. */
  async function remember(profileId: number, next: (before: Peer) => Peer): Promise<Peer> {
    const before = await peerOf(profileId);
    const after = next(before);
    if (after.seq !== before.seq || after.verified !== before.verified) await store.save(`peer.${profileId}`, after);
    return after;
  }

  /** In turn: a log that was read before a longer one must not come after it. */
  const read = (profileId: number, options?: CallOptions) => reading(async () => {
    const source = await calls.getDeviceKeys({ profileId }, options);
    if (source.profileId !== profileId) throw new EncryptionError("keyLogBroken", "The server showed another user's key log.");
    const log = await readKeyLog(source);
    return { log, peer: await remember(profileId, (before) => after(before, log)) };
  });

  const log = async (profileId: number, options?: CallOptions) => (await read(profileId, options)).log;

  function view(of: KeyLog, one: LogDevice): DeviceKey {
    const entry = of.source.entries[one.seq - 1];
    return {
      keyId: toBase64Url(one.keyId),
      name: entry?.name ?? null,
      registeredAt: entry?.at ?? "",
      isActive: one.isActive,
      isThisDevice: isEqual(loaded?.keyId ?? null, one.keyId),
    };
  }

  const parts = (of: KeyLog, by: Device): StatementParts =>
    ({ userId: me(), seq: of.links.length + 1, previous: of.head, signerId: by.keyId, sign: by.sign });

  async function registerOnce(name: string | undefined, options?: CallOptions): Promise<DeviceKey> {
    for (let i = 1; ; i++) {
      const own = await log(me(), options);
      let mine = await load();
      if (!mine || own.find(mine.keyId)?.isActive === false) {
        const made = await makeDevice();
        // Stored before it is told: a device whose registering was cut off is registered by the next call.
        await store.save("device", made);
        loaded = mine = await deviceOf(made);
      }

      const known = own.find(mine.keyId);
      if (known) return view(own, known);
      const statement = toBase64Url(await addStatement(mine.signingKey, mine.agreementKey, parts(own, mine)));
      try {
        await calls.registerDevice({ statement, name: name ?? null }, options);
      } catch (error) {
        // Another device was quicker, or an earlier try of ours was: read again.
        if (!isRefused(error, "CHAIN_STALE", "ALREADY_DONE") || i >= triesMax) throw error;
      }
    }
  }

  async function compare(profileId: number, options?: CallOptions): Promise<{ digits: string; log: KeyLog; peer: Peer }> {
    const own = await log(me(), options);
    const other = await read(profileId, options);
    const [mine, theirs] = [own.active.map(keysOf), other.log.active.map(keysOf)];
    if (mine.length === 0 || theirs.length === 0) throw new P2PError("KEYS_REQUIRED", "A safety number needs keys of both.");
    return { digits: await safetyNumberOf(me(), mine, profileId, theirs), ...other };
  }

  return {
    get me() {
      return me();
    },
    load,
    device,
    log,
    async trustedLog(profileId, options) {
      const { log: now, peer } = await read(profileId, options);
      if (await hasChanged(peer, now)) {
        throw new EncryptionError("peerKeysChanged", `The keys of profile ${profileId} are not those that were verified: compare the safety number.`);
      }

      return now;
    },
    async ownLink(options) {
      const [own, of] = [await device(), await log(me(), options)];
      const head = of.links.at(-1);
      if (!head || !of.find(own.keyId)?.isActive) {
        throw new EncryptionError("noDevice", "This device's keys are not in the user's key log: register it first.");
      }

      return head;
    },
    async prove(profileId, link, options) {
      const { log: now } = await read(profileId, options);
      if (!now.links.some((one) => isEqual(one, link))) return "forged";
      if (!isEqual(now.head, link)) return "changed";
      const verified = await setOf(now);
      await reading(() => remember(profileId, (before) => ({ ...before, verified })));
      return "verified";
    },
    register: (name, options) => registering(() => registerOnce(name, options)),
    async devices(profileId, options) {
      await load();
      const of = await log(profileId ?? me(), options);
      return of.devices.map((one) => view(of, one));
    },
    async revoke(keyId, options) {
      const subject = fromBase64Url(keyId);
      if (subject?.length !== hashBytes) throw new P2PError("NOT_FOUND", "You have no such device.");
      const by = await device();
      for (let i = 1; ; i++) {
        const statement = toBase64Url(await revokeStatement(subject, parts(await log(me(), options), by)));
        try {
          return await calls.revokeDevice({ statement }, options);
        } catch (error) {
          // Another device was quicker: sign what follows its entry.
          if (!isRefused(error, "CHAIN_STALE") || i >= triesMax) throw error;
        }
      }
    },
    async safetyNumber(profileId, options) {
      const { digits, log: now, peer } = await compare(profileId, options);
      return { digits, isVerified: peer.verified !== null && !(await hasChanged(peer, now)) };
    },
    async markVerified(profileId, digits, options) {
      const now = await compare(profileId, options);
      if (now.digits.replace(/\D/g, "") !== digits.replace(/\D/g, "")) {
        throw new EncryptionError("peerKeysChanged", "The safety number is another one now: compare it again.");
      }

      const verified = await setOf(now.log);
      await reading(() => remember(profileId, (before) => ({ ...before, verified })));
    },
    trust: async (profileId) => void (await reading(() => remember(profileId, (before) => ({ ...before, verified: null })))),
  };
}

/** True for a refusal with one of these codes. */
export function isRefused(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof P2PError && codes.includes(error.code);
}

function after(before: Peer, log: KeyLog): Peer {
  if (log.links.length < before.seq || (before.seq > 0 && !isEqual(log.links[before.seq - 1] ?? null, before.link))) {
    throw new EncryptionError("keyLogBroken", `The key log of profile ${log.userId} is not the one that this device has seen before.`);
  }

  return { ...before, seq: log.links.length, link: log.links.at(-1) ?? null };
}

function setOf(log: KeyLog): Promise<Bytes> {
  return keySetOf(log.active.map((device) => device.keyId));
}

async function hasChanged(peer: Peer, log: KeyLog): Promise<boolean> {
  return peer.verified !== null && !isEqual(peer.verified, await setOf(log));
}
