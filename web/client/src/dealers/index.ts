import { createChannels, type ChannelOptions, type PeerChannels } from "../channels/channels.js";
import { insideOf, type DealerClient } from "../client.js";
import { createChat, type Chat, type PartiesOf } from "../encryption/chat.js";
import { createKeys, type Keys } from "../encryption/keys.js";
import { memoryKeys } from "../encryption/stores.js";
import { createItemImages, type ItemImages } from "./images.js";
import { createInvitations, type Invitations } from "./invitations.js";
import { createItems, type Items } from "./items.js";

/**
 * What a dealer's client does beside calls: the user's devices, invitations that prove both sides' keys to each other, items and their
 * pictures, the rooms of goods orders, and channels to other peers.
 */
export interface Dealer {
  readonly keys: Keys;
  readonly invitations: Invitations;
  readonly items: Items;
  readonly images: ItemImages;
  readonly chat: Chat;
  readonly channels: PeerChannels;
}

/** What belongs to a client's user: keys are kept in the client's `keys`. Make one for each client. */
export function dealerOf(client: DealerClient, channels: ChannelOptions = {}): Dealer {
  const { options } = insideOf(client);
  const store = options.keys ?? memoryKeys();
  const keys = createKeys(client, store);
  const items = createItems(client, keys);
  const partiesOf: PartiesOf = async (orderId, options) => (await client.calls.getGoodsOrder(orderId, options)).state;
  return {
    keys,
    invitations: createInvitations(client, keys, store, options.url),
    items,
    images: createItemImages(client, items),
    chat: createChat(client, partiesOf, keys, store),
    channels: createChannels(client, keys, channels, options.onFault),
  };
}
