import type { CallOptions } from "../calls.js";
import type { TradeClient } from "../client.js";
import { P2PError } from "../error.js";
import { limits } from "../generated/codes.js";
import type { GetMessagesRequest, MessagePage, MessageReply, RoomEncryption, SendMessageRequest, Uuid } from "../generated/types.js";
import { uuidV7 } from "../ids.js";
import { toBase64Url, type Bytes } from "./bytes.js";
import { createChain } from "./chain.js";
import { EncryptionError } from "./fault.js";
import { isRefused, type InnerKeys } from "./keys.js";
import type { KeyLog } from "./keyLog.js";
import { createRoom, envelopeIn, type Room, type RoomPin } from "./room.js";
import { safeText } from "./safeText.js";
import type { KeyStore } from "./stores.js";
import { publicLog, type TranscriptBundle, type TranscriptEnvelope } from "./transcript.js";

const roomsMax = 256;
const triesMax = 20;

/**
 * The rooms of the user's orders: what is encrypted is opened and sealed here, after every signature and link was checked; other rooms are as
 * they are.
 */
export interface Chat {
  /** Writes a message: encrypted where the room is. Sent again under the same request id, it is written once, in an encrypted room too. */
  send(request: SendMessageRequest, options?: CallOptions): Promise<MessageReply>;
  /** A piece of a room, with what its encrypted messages say; with an empty text where the key is not for this device. */
  messages(request: GetMessagesRequest, options?: CallOptions): Promise<MessagePage>;
  /** Proposes to encrypt a room. */
  propose(orderId: Uuid, options?: CallOptions): Promise<RoomEncryption>;
  /** Accepts the other party's proposal: the room is encrypted for good. */
  accept(orderId: Uuid, options?: CallOptions): Promise<RoomEncryption>;
  /** Everything that somebody else needs to read the room, and to see that it is whole: it holds the room's keys. */
  disclose(orderId: Uuid, options?: CallOptions): Promise<TranscriptBundle>;
}

/** Makes the rooms of a client's user. */
export function createChat(client: TradeClient, keys: InnerKeys, store: KeyStore): Chat {
  const { calls } = client;
  const rooms = new Map<Uuid, Room>();
  const pinOf = async (orderId: Uuid) => ((await store.load(`room.${orderId}`)) as RoomPin | undefined) ?? null;
  const page = (orderId: Uuid, afterSeq: number, options?: CallOptions) =>
    calls.getMessages({ orderId, afterSeq, limit: limits.pageSizeMax }, options);

  async function roomOf(orderId: Uuid, options?: CallOptions): Promise<Room> {
    const device = await keys.device();
    // One that was read with former keys is read anew.
    const known = () => [rooms.get(orderId)].find((room) => room?.device === device);
    const before = known();
    if (before) return before;
    const pin = await pinOf(orderId);
    const parties = pin ?? (await calls.getOrder(orderId, options)).state;
    const made = createRoom(await createChain(orderId, parties.buyerId, parties.sellerId), device, pin);
    const other = known();
    if (other) return other;
    // The oldest goes: its next use reads it again.
    if (rooms.size >= roomsMax) rooms.delete(rooms.keys().next().value ?? orderId);
    rooms.set(orderId, made);
    return made;
  }

  /** A room that this device knows to be encrypted or proposed; null for others. */
  async function knownRoom(orderId: Uuid, options?: CallOptions): Promise<Room | null> {
    const device = await keys.device();
    return rooms.get(orderId)?.device === device || (await pinOf(orderId)) ? roomOf(orderId, options) : null;
  }

  const inTurn = <T>(room: Room, work: () => Promise<T>) => room.turn(() => {
    // What was found once stays so, also for what was read before and needs no reading now.
    if (room.broken) throw room.broken;
    return work();
  });

  const bothLogs = (room: Room, options?: CallOptions) =>
    Promise.all([keys.log(room.chain.buyerId, options), keys.log(room.chain.sellerId, options)]);

  /** Reads what is new in a room. */
  async function sync(room: Room, options?: CallOptions): Promise<void> {
    for (let more = true; more; ) {
      const piece = await page(room.chain.orderId, room.seq, options);
      for (const message of piece.messages) {
        const envelope = await envelopeIn(message.envelope);
        // Who signs may be new; reading is no trust: sending asks for that.
        if (!room.knows(envelope)) room.learn(await bothLogs(room, options));
        await room.take(message, envelope);
      }

      more = piece.more && piece.messages.length > 0;
    }

    room.checkPin();
    const pin = room.newPin();
    if (pin) await store.save(`room.${room.chain.orderId}`, pin);
  }

  /** Does it again when the room or the keys have gone on meanwhile. */
  async function repeat<T>(work: () => Promise<T>, options?: CallOptions): Promise<T> {
    for (let i = 1; ; i++) {
      options?.signal?.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        if (!isRefused(error, "CHAIN_STALE", "KEYS_CHANGED") || i >= triesMax) throw error;
      }
    }
  }

  const request = async (room: Room, sign: (id: Uuid) => Promise<Bytes>) => {
    const requestId = uuidV7(client.serverNow());
    return { requestId, orderId: room.chain.orderId, envelope: toBase64Url(await sign(requestId)) };
  };

  const peerOf = (room: Room) => (room.chain.buyerId === keys.me ? room.chain.sellerId : room.chain.buyerId);

  /** Brings the room a key for the devices that both parties have now. */
  const bringKey = (room: Room, kind: "propose" | "rekey", options?: CallOptions) => repeat(async () => {
    await sync(room, options);
    const logs: KeyLog[] = [await keys.log(keys.me, options), await keys.trustedLog(peerOf(room), options)];
    if (!logs[0]?.find(room.device.keyId)?.isActive) {
      throw new EncryptionError("noDevice", "This device's keys are revoked, or were never registered.", room.chain.orderId);
    }

    if (logs[1]?.active.length === 0) throw new P2PError("KEYS_REQUIRED", "The other party has no device with keys.");
    const asked = await request(room, (id) => room.bringKey(kind, id, logs.flatMap((log) => log.active)));
    const reply = await (kind === "propose" ? calls.proposeEncryption(asked, options) : calls.rekeyRoom(asked, options));
    await sync(room, options);
    return reply;
  }, options);

  const sendSealed = (room: Room, requestId: Uuid, orderId: Uuid, text: string, options?: CallOptions) => repeat(async () => {
    await sync(room, options);
    const sent = room.sent(requestId);
    if (sent) return sent;
    if (!room.keys.has(room.chain.epoch)) await bringKey(room, "rekey", options);
    const envelope = toBase64Url(await room.seal(requestId, text));
    try {
      return await calls.sendMessage({ requestId, orderId, envelope }, options);
    } catch (error) {
      if (isRefused(error, "KEYS_CHANGED")) await bringKey(room, "rekey", options);
      if (isRefused(error, "REQUEST_ID_REUSED")) {
        // An earlier try, whose answer was lost, has written it: then the room holds it.
        await sync(room, options);
        const written = room.sent(requestId);
        if (written) return written;
      }

      throw error;
    }
  }, options);

  return {
    async send(asked, options) {
      if (!(await keys.load()) || asked.envelope) return calls.sendMessage(asked, options);
      let requestId = asked.requestId ?? uuidV7(client.serverNow());
      // What this device knows to be encrypted stays so, whatever the server says; else it is asked before any text leaves.
      const known = await knownRoom(asked.orderId, options);
      const isOn = known?.isOn || (await calls.getRoomEncryption(asked.orderId, options)).state === "on";
      if (!isOn) {
        try {
          return await calls.sendMessage({ ...asked, requestId }, options);
        } catch (error) {
          if (!isRefused(error, "ROOM_ENCRYPTED")) throw error;
          // The other party accepted in this moment. Under this request id the refusal is stored: the message gets another.
          requestId = uuidV7(client.serverNow());
        }
      }

      const text = checkedText(asked);
      const room = known ?? (await roomOf(asked.orderId, options));
      return inTurn(room, () => sendSealed(room, requestId, asked.orderId, text, options));
    },
    async messages(asked, options) {
      const piece = await calls.getMessages(asked, options);
      if (piece.messages.length === 0 || !(await keys.load())) return piece;
      const known = await knownRoom(asked.orderId, options);
      if (!known && piece.messages.every((message) => !message.envelope && message.kind !== "encrypted")) return piece;
      const room = known ?? (await roomOf(asked.orderId, options));
      return inTurn(room, async () => {
        if (Math.max(...piece.messages.map((message) => message.seq)) > room.seq) await sync(room, options);
        const isDense = piece.messages.every((message, i) => i === 0 || Math.abs(message.seq - piece.messages[i - 1]!.seq) === 1);
        if (!isDense) throw new EncryptionError("dropped", "The server left messages out of a page.", asked.orderId);
        return { ...piece, messages: await Promise.all(piece.messages.map(room.open)) };
      });
    },
    async propose(orderId, options) {
      const room = await roomOf(orderId, options);
      return inTurn(room, () => bringKey(room, "propose", options));
    },
    async accept(orderId, options) {
      const room = await roomOf(orderId, options);
      return inTurn(room, () => repeat(async () => {
        await sync(room, options);
        if (room.chain.state !== "proposed" || room.chain.proposerId === keys.me) {
          throw new P2PError(room.isOn ? "ALREADY_DONE" : "NOT_REQUESTED", "No proposal of the other party's waits here.");
        }

        await keys.trustedLog(peerOf(room), options);
        const reply = await calls.acceptEncryption(await request(room, room.accept), options);
        await sync(room, options);
        return reply;
      }, options));
    },
    async disclose(orderId, options) {
      const room = await roomOf(orderId, options);
      return inTurn(room, async () => {
        await sync(room, options);
        const { buyerId, sellerId, links } = room.chain;
        const envelopes: TranscriptEnvelope[] = [];
        for (let seq = 0; envelopes.length < links.length; ) {
          const { messages } = await page(orderId, seq, options);
          if (messages.length === 0) break;
          for (const one of messages) if (one.envelope) envelopes.push({ envelope: one.envelope, seq: one.seq, at: one.at });
          seq = messages.at(-1)?.seq ?? seq;
        }

        // Whoever is trusted now: what was written stays what it is.
        const keyLogs = (await bothLogs(room, options)).map((log) => publicLog(log.source));
        const roomKeys = [...room.keys].sort(([one], [other]) => one - other).map(([epoch, key]) => ({ epoch, key: toBase64Url(key) }));
        return { orderId, buyerId, sellerId, envelopes: envelopes.slice(0, links.length), keyLogs, roomKeys };
      });
    },
  };
}

function checkedText(request: SendMessageRequest): string {
  if (request.attachmentIds && request.attachmentIds.length > 0) throw new P2PError("ROOM_ENCRYPTED", "An encrypted room takes no files.");
  const text = request.text ?? "";
  const fits = text.length <= limits.chatTextCharsMax && new TextEncoder().encode(text).length <= limits.sealedTextBytesMax;
  if (!fits || safeText(text) === "") throw new P2PError("BAD_INPUT", `A message has 1 to ${limits.chatTextCharsMax} characters.`);
  return text;
}
