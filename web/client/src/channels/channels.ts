import type { DealerClient } from "../client.js";
import { fromBase64Url, isEqual, sha256, toBase64Url, type Bytes } from "../encryption/bytes.js";
import type { Device } from "../encryption/device.js";
import { EncryptionError } from "../encryption/fault.js";
import type { KeyLog } from "../encryption/keyLog.js";
import type { InnerKeys } from "../encryption/keys.js";
import { agree, makeAgreementPair, pointOf } from "../encryption/p256.js";
import { createTurn } from "../encryption/turn.js";
import { limits } from "../generated/codes.js";
import type { ReceivedFrame, ReceivedSignal, SignalKind, Uuid } from "../generated/types.js";
import { uuidV7 } from "../ids.js";
import { deferred, delay, orAborted, within, type Deferred } from "../waiting.js";
import { createChannel, type ChannelOwner, type InnerChannel, type PeerChannel } from "./channel.js";
import { ownRtc, prepareDirect, type Direct, type RtcMaker } from "./direct.js";
import { expiryAt, isGoodOffer, noHash, readHello, sessionKeys, signHello, takesOffer, type Hello } from "./hello.js";
import { createInbox } from "./inbox.js";
import { createSeal } from "./seal.js";
import type { SessionTerms } from "./session.js";

const answerMs = 5_000;
const relayMs = 2_000;
const retryPauseMs = 250;
const forgetAfterMs = 2 * (limits.signalSeconds + limits.clockSkewSeconds) * 1_000;

/** How channels go. */
export interface ChannelOptions {
  /**
   * Makes connections between the two: the browser's `RTCPeerConnection` unless set, in Node one of a package (such as werift), null for channels
   * that go by the server alone.
   */
  readonly rtc?: RtcMaker | null;
  /** Hides this machine's addresses from the other peer: only the operator's relays are used. What the server asks for is kept anyway. */
  readonly relayOnly?: boolean;
}

/**
 * Channels between peers who are connected or have an open order. Each session is agreed on by hellos that devices of both sides sign: a server
 * that puts other keys, ids or certificates into it is found out before anything is sent. docs/channels.md has the protocol to the byte.
 */
export interface PeerChannels {
  /**
   * Opens a channel; the one that is open when there is one. The peer is called again and again until it answers or the signal is aborted.
   * NOT_FOUND: there is no such peer, or nothing that lets the two talk. An `EncryptionError`: peerKeysForged, peerKeysChanged, keyLogBroken,
   * noDevice.
   */
  open(peerId: string, signal?: AbortSignal): Promise<PeerChannel>;
  /** Channels that others open, as they come: read once. From this call on this device answers; one that does not listen leaves calls to others. */
  listen(signal?: AbortSignal): AsyncIterableIterator<PeerChannel>;
  /** Closes every channel. */
  close(): Promise<void>;
}

interface Proposed {
  readonly offer: Hello;
  readonly ephemeral: CryptoKey;
  readonly direct: Direct | null;
  readonly taken: Deferred<SessionTerms>;
}

/** Makes the channels of a client's user. */
export function createChannels(
  client: DealerClient,
  keys: InnerKeys,
  options: ChannelOptions,
  onFault: (fault: unknown, what: string) => void,
): PeerChannels {
  const { calls } = client;
  const rtc = options.rtc === undefined ? ownRtc() : options.rtc;
  const channels = new Map<string, InnerChannel>();
  const proposed = new Map<Uuid, Proposed>();
  const answered = new Map<Uuid, { readonly peerId: string; readonly profileId: number; readonly terms: SessionTerms }>();
  const seen = new Map<Uuid, number>();
  const proposing = new Set<string>();
  const incoming = createInbox<PeerChannel>();
  const ending = new AbortController();
  const inTurn = createTurn();
  let listens = false;

  const owner: ChannelOwner = {
    kept: new Map(),
    onFault,
    async relay(peerId, sessionId, frame, signal) {
      try {
        await calls.relay({ peerId, sessionId, data: toBase64Url(frame) }, { signal, timeoutMs: relayMs });
      } catch {
        await delay(retryPauseMs, signal).catch(() => undefined);
      }
    },
    propose(channel) {
      if (proposing.has(channel.peerId) || ending.signal.aborted) return;
      proposing.add(channel.peerId);
      // Not reached, or not to be trusted any more: it is tried again as long as something waits.
      void agreeWith(channel.peerId, channel.profileId, AbortSignal.any([ending.signal, AbortSignal.timeout(answerMs)]))
        .then((terms) => channel.use(terms), () => undefined)
        .finally(() => proposing.delete(channel.peerId));
    },
    forget(channel) {
      if (channels.get(channel.peerId) === channel) channels.delete(channel.peerId);
    },
  };

  /** This side's part of a direct way, if it has any. */
  async function newDirect(signal: AbortSignal): Promise<Direct | null> {
    if (!rtc) return null;
    try {
      const ice = await calls.getIceServers({ signal, timeoutMs: answerMs });
      return await prepareDirect(rtc, options.relayOnly ? { ...ice, relayOnly: true } : ice);
    } catch {
      return null;
    }
  }

  /** The peer's key log: it proves that the id is one of the peer's devices. */
  async function logOf(peerId: string, profileId: number, signal?: AbortSignal): Promise<KeyLog> {
    const log = await keys.trustedLog(profileId, signal ? { signal } : {});
    const id = fromBase64Url(peerId);
    if (id && log.find(id)) return log;
    throw new EncryptionError("peerKeysForged", `The keys that the server shows of profile ${profileId} are not those of peer ${peerId}.`);
  }

  const signingKeyOf = (log: KeyLog, { terms }: Hello): Bytes | null => {
    const device = log.find(terms.keyId);
    return device?.isActive ? device.signingKey : null;
  };

  const sendSignal = (peerId: string, hello: Hello, kind: SignalKind, signal: AbortSignal) =>
    calls.sendSignal({ peerId, sessionId: hello.terms.sessionId, kind, payload: toBase64Url(hello.bytes) }, { signal });

  async function termsOf(isOfferer: boolean, ephemeral: CryptoKey, offer: Hello, answer: Hello, direct: Direct | null): Promise<SessionTerms> {
    const other = (isOfferer ? answer : offer).terms;
    const [offerer, answerer] = await sessionKeys(await agree(ephemeral, other.ephemeral), offer, answer);
    const [own, others] = isOfferer ? [offerer, answerer] : [answerer, offerer];
    const id = offer.terms.sessionId;
    return { id, seal: await createSeal(id, own, others), isOfferer, direct, otherFingerprint: other.fingerprint };
  }

  /** Calls a peer until it answers. */
  async function agreeWith(peerId: string, profileId: number, signal: AbortSignal): Promise<SessionTerms> {
    const device = await keys.device();
    await logOf(peerId, profileId, signal);
    const direct = await newDirect(signal);
    try {
      while (true) {
        const offered = await offerTo(peerId, profileId, device, direct, signal);
        if (offered) return offered;
      }
    } catch (error) {
      direct?.close();
      throw error;
    }
  }

  async function offerTo(
    peerId: string,
    profileId: number,
    device: Device,
    direct: Direct | null,
    signal: AbortSignal,
  ): Promise<SessionTerms | null> {
    const pair = await makeAgreementPair();
    const now = client.serverNow();
    const offer = await signHello(
      {
        role: "offerer",
        sessionId: uuidV7(now),
        fromId: keys.me,
        toId: profileId,
        keyId: device.keyId,
        ephemeral: await pointOf(pair.publicKey),
        expiresAt: expiryAt(now),
        fingerprint: direct?.fingerprint ?? noHash,
        answers: noHash,
      },
      device.sign,
    );
    const one: Proposed = { offer, ephemeral: pair.privateKey, direct, taken: deferred() };
    proposed.set(offer.terms.sessionId, one);
    try {
      await sendSignal(peerId, offer, "offer", signal);
      // Not there, or not listening: called again.
      return await orAborted(within<SessionTerms | null>(one.taken.promise, answerMs, () => late), signal);
    } catch (error) {
      if (error === late) return null;
      throw error;
    } finally {
      proposed.delete(offer.terms.sessionId);
    }
  }

  async function takeAnswer(signal: ReceivedSignal, answer: Hello, one: Proposed): Promise<void> {
    const log = await logOf(signal.from, one.offer.terms.toId);
    if (await takesOffer(answer, one.offer, signingKeyOf(log, answer), client.serverNow())) {
      one.taken.resolve(await termsOf(true, one.ephemeral, one.offer, answer, one.direct));
    }
  }

  async function takeOffer(signal: ReceivedSignal, offer: Hello): Promise<void> {
    const { from: peerId, profileId, sessionId } = signal;
    const [device, log] = [await keys.device(), await logOf(peerId, profileId)];
    const now = client.serverNow();
    // An offer is good once, however often it is passed on.
    const isGood = await isGoodOffer(offer, sessionId, profileId, keys.me, signingKeyOf(log, offer), now);
    if (!isGood || seen.has(sessionId)) return;
    forget(now);
    seen.set(sessionId, now);
    const wantsDirect = !isEqual(offer.terms.fingerprint, noHash);
    const [pair, direct] = [await makeAgreementPair(), wantsDirect ? await newDirect(ending.signal) : null];
    const answer = await signHello(
      {
        role: "answerer",
        sessionId,
        fromId: keys.me,
        toId: profileId,
        keyId: device.keyId,
        ephemeral: await pointOf(pair.publicKey),
        expiresAt: expiryAt(now),
        fingerprint: direct?.fingerprint ?? noHash,
        answers: await sha256(offer.bytes),
      },
      device.sign,
    );
    answered.set(sessionId, { peerId, profileId, terms: await termsOf(false, pair.privateKey, offer, answer, direct) });
    await sendSignal(peerId, answer, "answer", ending.signal);
  }

  /** Perhaps another device's answer was taken: then nothing more is heard of this one's. */
  function forget(now: number): void {
    for (const [sessionId, at] of seen) {
      if (now - at < forgetAfterMs) return;
      answered.get(sessionId)?.terms.direct?.close();
      answered.delete(sessionId);
      seen.delete(sessionId);
    }
  }

  async function takeSignal(signal: ReceivedSignal): Promise<void> {
    const hello = readHello(fromBase64Url(signal.payload));
    const one = proposed.get(signal.sessionId);
    try {
      if (hello && signal.kind === "answer" && one) await takeAnswer(signal, hello, one);
      else if (hello && signal.kind === "offer" && (listens || channels.has(signal.from))) await takeOffer(signal, hello);
    } catch {
      // Nobody is answered whose keys are not proved, and who cannot be reached hears nothing.
    }
  }

  function channelTo(peerId: string, profileId: number): { readonly channel: InnerChannel; readonly isNew: boolean } {
    const open = channels.get(peerId);
    if (open && !open.hasEnded) return { channel: open, isNew: false };
    const channel = createChannel(owner, peerId, profileId);
    channels.set(peerId, channel);
    return { channel, isNew: true };
  }

  function takeFrame({ from, sessionId, data }: ReceivedFrame): void {
    const bytes = fromBase64Url(data);
    if (!bytes) return;
    if (channels.get(from)?.has(sessionId)) return void channels.get(from)!.hear(sessionId, bytes, "relay");
    const first = answered.get(sessionId);
    if (first?.peerId !== from) return;
    // The first frame of a session that this side answered: now it is known that the other side took this answer and no other device's.
    answered.delete(sessionId);
    const { channel, isNew } = channelTo(from, first.profileId);
    channel.use(first.terms);
    void channel.hear(sessionId, bytes, "relay");
    if (isNew) incoming.put(channel);
  }

  const quiet = [
    client.onSignal("SignalsReceived", ({ signals }) => {
      for (const signal of signals) void inTurn(() => takeSignal(signal));
    }),
    client.onSignal("FramesReceived", ({ frames }) => frames.forEach(takeFrame)),
  ];
  return {
    async open(peerId, signal) {
      const open = channels.get(peerId);
      if (open && !open.hasEnded) return open;
      const until = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
      const { profileId } = await calls.getConnection({ peerId }, { signal: until });
      const terms = await agreeWith(peerId, profileId, until);
      const { channel } = channelTo(peerId, profileId);
      channel.use(terms);
      return channel;
    },
    listen(signal) {
      listens = true;
      return incoming.read(signal);
    },
    async close() {
      if (ending.signal.aborted) return;
      // Each says good-bye first.
      await Promise.all([...channels.values()].map((channel) => channel.close()));
      ending.abort(new DOMException("The channels are closed.", "AbortError"));
      for (const stop of quiet) stop();
      incoming.end();
    },
  };
}

const late = new Error("Nobody answered in time.");
