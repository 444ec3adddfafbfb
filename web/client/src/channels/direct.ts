import { fromHex, isEqual, type Bytes } from "../encryption/bytes.js";
import type { IceServers } from "../generated/types.js";
import { delay } from "../waiting.js";

const gatheringMaxMs = 3_000;
const gatheringLookMs = 20;
const bufferedMax = 1_024 * 1_024;
const bufferedLookMs = 5;
const stuckAfterMs = 500;
const label = "p2p";

/** Makes a connection between two peers: the browser's own `RTCPeerConnection`, or that of a package for Node. */
export type RtcMaker = (configuration: RTCConfiguration) => RTCPeerConnection;

/** The browser's own; null where there is none. */
export const ownRtc = (): RtcMaker | null =>
  typeof RTCPeerConnection === "undefined" ? null : (configuration) => new RTCPeerConnection(configuration);

/** A data channel between the two, for one session. Whatever comes over it is sealed as if it came by the server. */
export interface Direct {
  /** SHA-256 of this side's certificate, which the session's hello signs. */
  readonly fingerprint: Bytes;
  /** Frames can be sent. */
  readonly isOpen: boolean;
  /** It will never carry anything again. */
  readonly isOver: boolean;
  /** Hears the other side's frames. */
  onFrame: (frame: Bytes) => void;
  /** Called when it opens and when it is over. */
  onChange: () => void;
  /** The description with which this side begins. */
  offer(): Promise<string>;
  /**
   * Answers the other side's description; null when that is not under the certificate that its hello signed.
   * @param fingerprint What the other side's hello says.
   */
  answer(description: string, fingerprint: Bytes): Promise<string | null>;
  /** Takes the other side's answer; false when that is not under the certificate that its hello signed. */
  take(description: string, fingerprint: Bytes): Promise<boolean>;
  /** Sends a frame, as soon as not too much of what was sent before is on its way. What is lost is the sender's to send again. */
  send(frame: Bytes): Promise<void>;
  close(): void;
}

/** Makes ready for a data channel, without a packet sent; null where that cannot be had. */
export async function prepareDirect(make: RtcMaker, ice: IceServers): Promise<Direct | null> {
  // Where addresses are hidden and there is no relay, no packet could go anywhere.
  if (ice.relayOnly && ice.servers.length === 0) return null;
  const connection = make({
    iceServers: ice.servers.map(({ urls, username, credential }) => ({
      urls: [...urls],
      ...(username ? { username } : {}),
      ...(credential ? { credential } : {}),
    })),
    iceTransportPolicy: ice.relayOnly ? "relay" : "all",
  });
  try {
    // Both sides make it: neither waits for the other's word about it.
    const channel = connection.createDataChannel(label, { negotiated: true, id: 0 });
    channel.binaryType = "arraybuffer";
    // It names the certificate, also of a side that will not offer; nothing is gathered before it is set.
    const description = await connection.createOffer();
    const fingerprint = fingerprintOf(description.sdp ?? "");
    if (!fingerprint) throw new Error("The connection names no certificate, or several.");
    return over(connection, channel, description, fingerprint);
  } catch {
    connection.close();
    return null;
  }
}

/** The one SHA-256 fingerprint of a description; null when it names none, another kind, or different ones. */
export function fingerprintOf(description: string): Bytes | null {
  const named = [...description.matchAll(/^a=fingerprint:(.*?)\r?$/gim)].map(([, value]) => value!.trim());
  const all = named.map((value) => /^sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/i.exec(value)?.[1]?.replaceAll(":", "").toLowerCase());
  return all[0] && all.every((one) => one === all[0]) ? fromHex(all[0]) : null;
}

function over(connection: RTCPeerConnection, channel: RTCDataChannel, own: RTCSessionDescriptionInit, fingerprint: Bytes): Direct {
  let isOver = false;
  const direct: Direct = {
    fingerprint,
    get isOpen() {
      return !isOver && channel.readyState === "open";
    },
    get isOver() {
      return isOver;
    },
    onFrame: () => undefined,
    onChange: () => undefined,
    async offer() {
      // The one that was made first: another one would count its parts anew, and not every answerer follows.
      await connection.setLocalDescription(own);
      return gathered(connection);
    },
    async answer(description, other) {
      if (!isEqual(fingerprintOf(description), other)) return null;
      await connection.setRemoteDescription({ type: "offer", sdp: description });
      await connection.setLocalDescription(await connection.createAnswer());
      return gathered(connection);
    },
    async take(description, other) {
      if (!isEqual(fingerprintOf(description), other)) return false;
      await connection.setRemoteDescription({ type: "answer", sdp: description });
      return true;
    },
    async send(frame) {
      let [least, since] = [channel.bufferedAmount, performance.now()];
      while (direct.isOpen && channel.bufferedAmount > bufferedMax) {
        if (channel.bufferedAmount < least) [least, since] = [channel.bufferedAmount, performance.now()];
        // Nothing leaves: the way is cut, and what is lost here goes another one.
        if (performance.now() - since > stuckAfterMs) return;
        await delay(bufferedLookMs);
      }

      if (direct.isOpen) channel.send(frame);
    },
    close: end,
  };

  function end(): void {
    if (isOver) return;
    isOver = true;
    connection.close();
    direct.onChange();
  }

  channel.onopen = () => direct.onChange();
  channel.onclose = end;
  channel.onmessage = ({ data }: { data: unknown }) => {
    if (data instanceof ArrayBuffer || data instanceof Uint8Array) direct.onFrame(new Uint8Array(data));
  };
  connection.onconnectionstatechange = () => {
    if (connection.connectionState === "failed" || connection.connectionState === "closed") end();
  };
  return direct;
}

/** The description with every address that was found in time: there is one of it, and nothing trickles after it. */
async function gathered(connection: RTCPeerConnection): Promise<string> {
  const endsAt = performance.now() + gatheringMaxMs;
  // Looked at instead of listened to: what is not a browser's tells of it in ways of its own.
  while (connection.iceGatheringState !== "complete" && performance.now() < endsAt) await delay(gatheringLookMs);
  return connection.localDescription?.sdp ?? "";
}
