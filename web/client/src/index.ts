export type { CallOptions } from "./calls.js";
export {
  createAdminClient,
  createDealerClient,
  createTradeClient,
  type AdminClient,
  type DealClient,
  type DealerClient,
  type HubClient,
  type TradeClient,
} from "./client.js";
export type { PeerChannel } from "./channels/channel.js";
export type { ChannelOptions, PeerChannels } from "./channels/channels.js";
export type { RtcMaker } from "./channels/direct.js";
export type { ChannelFile, SendFileOptions } from "./channels/files.js";
export type { Way } from "./channels/seal.js";
export type { ClientState, StateChange } from "./connecting/link.js";
export { dealerOf, type Dealer } from "./dealers/index.js";
export type { ItemImages } from "./dealers/images.js";
export type { Items, SealOptions } from "./dealers/items.js";
export type { Invitations } from "./dealers/invitations.js";
export { parseInvitation, type InvitationLink } from "./dealers/link.js";
export { add, compare, decimal, isDecimal, multiply, round, subtract, type Decimal, type Rounding } from "./decimal.js";
export type { Chat, OpenedFile, RoomFile, RoomFileOptions } from "./encryption/chat.js";
export type { SealedFile } from "./encryption/content.js";
export { EncryptionError, type EncryptionFault } from "./encryption/fault.js";
export { openFile } from "./encryption/fileSeal.js";
export { encryptionOf, type Encryption } from "./encryption/index.js";
export type { DeviceKey, Keys, SafetyNumber } from "./encryption/keys.js";
export { indexedDbKeys, memoryKeys, type KeyStore } from "./encryption/stores.js";
export {
  disclosureOf,
  verifyTranscript,
  type Transcript,
  type TranscriptBundle,
  type TranscriptEnvelope,
  type TranscriptKey,
  type TranscriptLine,
} from "./encryption/transcript.js";
export { P2PError } from "./error.js";
export type { Handler, ResyncHandler } from "./events/handlers.js";
export { localPositions, memoryPositions, type Position, type PositionStore } from "./events/positions.js";
export type { P2PEvent } from "./events/readers.js";
export type { WatchOptions } from "./events/watch.js";
export { filesOf, type Files, type RoomUploadOptions, type UploadOptions } from "./files.js";
export type { AdminCalls, AdminEvents, AdminSignals } from "./generated/admin.js";
export type { DealerCalls, DealerEvents, DealerSignals } from "./generated/dealer.js";
export { limits, type ErrorCode } from "./generated/codes.js";
export type { TradeCalls, TradeEvents, TradeSignals } from "./generated/trade.js";
export type * from "./generated/types.js";
export { uuidV7 } from "./ids.js";
export type { ClientOptions } from "./options.js";
export { cleanPicture } from "./pictures/clean.js";
