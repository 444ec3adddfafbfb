import type { CallOptions } from "../calls.js";
import type { DealClient } from "../client.js";
import { P2PError } from "../error.js";
import { filesOf, type RoomUploadOptions } from "../files.js";
import { limits } from "../generated/codes.js";
import type {
  FileView,
  GetMessagesRequest,
  MessagePage,
  MessageReply,
  MessageView,
  RoomEncryption,
  SendMessageRequest,
  Uuid,
} from "../generated/types.js";
import { uuidV7 } from "../ids.js";
import { toBase64Url, type Bytes } from "./bytes.js";
import { createChain } from "./chain.js";
import { fileLineBytesMax, nameOf, type Content, type SealedFile } from "./content.js";
import { EncryptionError } from "./fault.js";
import { cleanFile, openFile, sealFile } from "./fileSeal.js";
import { isRefused, type InnerKeys } from "./keys.js";
import type { KeyLog } from "./keyLog.js";
import { createRoom, envelopeIn, type Room, type RoomPin } from "./room.js";
import { safeText } from "./safeText.js";
import type { KeyStore } from "./stores.js";
import { publicLog, type TranscriptBundle, type TranscriptEnvelope } from "./transcript.js";

const roomsMax = 256;
const triesMax = 20;

/** A file on its way into an order's room. */
export interface RoomFile {
  readonly content: Blob;
  /** What it is called. */
  readonly name: string;
}

/** How files are sent. */
export interface RoomFileOptions extends CallOptions {
  /** At most 4,000 characters, and 12,000 bytes together with the names. */
  readonly text?: string;
  /** Hears how many bytes of all files were sent so far. */
  readonly onProgress?: (bytes: number, of: number) => void;
}

/** A file of a room, in the clear. */
export interface OpenedFile {
  readonly content: Blob;
  /** What the content is, by the content itself. */
  readonly contentType: string;
  /** What its sender called it: show it, and make no path of it. */
  readonly name: string;
}

/**
 * The rooms of the user's orders: what is encrypted is opened and sealed here, after every signature and link was checked; other rooms are as
 * they are.
 */
export interface Chat {
  /** Writes a message: encrypted where the room is. Sent again under the same request id, it is written once, in an encrypted room too. */
  send(request: SendMessageRequest, options?: CallOptions): Promise<MessageReply>;
  /** A piece of a room, with what its encrypted messages say; with an empty text where the key is not for this device. */
  messages(request: GetMessagesRequest, options?: CallOptions): Promise<MessagePage>;
  /**
   * Writes a message with 1 to 10 files: JPEG, PNG, WebP or PDF. They are rid here of everything but what they show, and in an encrypted room
   * encrypted, each with a key of its own that stands in the message alone.
   */
  sendFiles(orderId: Uuid, files: readonly RoomFile[], options?: RoomFileOptions): Promise<MessageReply>;
  /** Fetches a file that hangs on a message, as `messages` gave it, and opens it where it is encrypted. */
  openFile(orderId: Uuid, message: MessageView, fileId: Uuid, options?: CallOptions): Promise<OpenedFile>;
  /** Proposes to encrypt a room. */
  propose(orderId: Uuid, options?: CallOptions): Promise<RoomEncryption>;
  /** Accepts the other party's proposal: the room is encrypted for good. */
  accept(orderId: Uuid, options?: CallOptions): Promise<RoomEncryption>;
  /** Everything that somebody else needs to read the room, and to see that it is whole: it holds the room's keys. */
  disclose(orderId: Uuid, options?: CallOptions): Promise<TranscriptBundle>;
}

/** Who the parties of an order are, as the hub that it belongs to says. */
export type PartiesOf = (orderId: Uuid, options?: CallOptions) => Promise<{ buyerId: number; sellerId: number }>;

/** Makes the rooms of a client's user. */
export function createChat(client: DealClient, partiesOf: PartiesOf, keys: InnerKeys, store: KeyStore): Chat {
  const { calls } = client;
  const files = filesOf(client);
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
    const parties = pin ?? (await partiesOf(orderId, options));
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

  const sendSealed = (room: Room, requestId: Uuid, says: Content, options?: CallOptions) => repeat(async () => {
    await sync(room, options);
    const sent = room.sent(requestId);
    if (sent) return sent;
    if (!room.keys.has(room.chain.epoch)) await bringKey(room, "rekey", options);
    const { orderId } = room.chain;
    const envelope = toBase64Url(await room.seal(requestId, says));
    const files = says.files.length > 0 ? { attachmentIds: says.files.map(({ id }) => id) } : {};
    try {
      return await calls.sendMessage({ requestId, orderId, envelope, ...files }, options);
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
      return inTurn(room, () => sendSealed(room, requestId, { text, files: [] }, options));
    },
    async sendFiles(orderId, given, options = {}) {
      const { text = "" } = options;
      checkFiles(text, given);
      const clean = await Promise.all(given.map(async ({ content, name }) =>
        ({ ...cleanFile(new Uint8Array(await content.arrayBuffer())), name: nameOf(name) })));
      const isSealed = (await keys.load())
        && ((await knownRoom(orderId, options))?.isOn || (await calls.getRoomEncryption(orderId, options)).state === "on");
      const total = clean.reduce((sum, { plain }) => sum + plain.length, 0);
      let before = 0;
      const upload = async (bytes: Bytes, name: string, more: RoomUploadOptions) => {
        const onProgress = (sent: number) => options.onProgress?.(Math.min(before + sent, total), total);
        const { id } = await files.upload(orderId, new Blob([bytes]), name, { ...more, ...signalOf(options), onProgress });
        before += bytes.length;
        return id;
      };
      if (!isSealed) {
        const attachmentIds: Uuid[] = [];
        for (const { plain, name, contentType } of clean) attachmentIds.push(await upload(plain, name, { contentType }));
        return calls.sendMessage({ orderId, text, attachmentIds }, options);
      }

      const sent: SealedFile[] = [];
      for (const { plain, name, contentType } of clean) {
        const { ciphertext, key, sha256 } = await sealFile(orderId, plain);
        const id = await upload(ciphertext, "file.bin", { isEncrypted: true });
        sent.push({ id, name, contentType, bytes: plain.length, sha256, key });
      }

      const room = await roomOf(orderId, options);
      return inTurn(room, () => sendSealed(room, uuidV7(client.serverNow()), { text, files: sent }, options));
    },
    async openFile(orderId, message, fileId, options = {}) {
      let file: SealedFile | FileView | undefined = message.attachments.find(({ id }) => id === fileId);
      if (message.envelope) {
        const room = await roomOf(orderId, options);
        file = await inTurn(room, async () => {
          if (message.seq > room.seq) await sync(room, options);
          return (await room.files(message)).find(({ id }) => id === fileId);
        });
      }

      if (!file) throw new P2PError("NOT_FOUND", "No such file hangs on this message.");
      const stored = new Uint8Array(await (await files.download(fileId, options.signal)).arrayBuffer());
      const content = "key" in file ? await openFile(orderId, file, stored) : stored;
      return { content: new Blob([content], { type: file.contentType }), contentType: file.contentType, name: file.name };
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
  if (request.attachmentIds && request.attachmentIds.length > 0) {
    throw new P2PError("ROOM_ENCRYPTED", "An encrypted room takes files that are encrypted for it: sendFiles does that.");
  }

  const text = request.text ?? "";
  const fits = text.length <= limits.chatTextCharsMax && new TextEncoder().encode(text).length <= limits.sealedTextBytesMax;
  if (!fits || safeText(text) === "") throw new P2PError("BAD_INPUT", `A message has 1 to ${limits.chatTextCharsMax} characters.`);
  return text;
}

/** Text and list together fit an envelope. */
function checkFiles(text: string, files: readonly RoomFile[]): void {
  const most = limits.chatAttachmentsMax;
  if (files.length < 1 || files.length > most) throw new P2PError("BAD_INPUT", `1 to ${most} files hang on a message.`);
  const bytes = new TextEncoder().encode(text).length + files.length * fileLineBytesMax;
  if (text.length <= limits.chatTextCharsMax && bytes <= limits.sealedTextBytesMax) return;
  throw new P2PError("BAD_INPUT", `A message has at most ${limits.chatTextCharsMax} characters, and less beside many files.`);
}

function signalOf(options: CallOptions): { signal?: AbortSignal } {
  return options.signal ? { signal: options.signal } : {};
}
