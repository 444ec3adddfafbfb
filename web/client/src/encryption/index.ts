import { insideOf, type TradeClient } from "../client.js";
import { createChat, type Chat, type PartiesOf } from "./chat.js";
import { createKeys, type Keys } from "./keys.js";
import { memoryKeys } from "./stores.js";

/** Rooms that are encrypted from device to device, and the keys of the devices. */
export interface Encryption {
  readonly keys: Keys;
  readonly chat: Chat;
}

/** The encryption of a client's user: it keeps its keys in the client's `keys`. Make one for each client. */
export function encryptionOf(client: TradeClient): Encryption {
  const store = insideOf(client).options.keys ?? memoryKeys();
  const keys = createKeys(client, store);
  const partiesOf: PartiesOf = async (orderId, options) => (await client.calls.getOrder(orderId, options)).state;
  return { keys, chat: createChat(client, partiesOf, keys, store) };
}
