import { insideOf, type DealerClient } from "../client.js";
import { createKeys, type Keys } from "../encryption/keys.js";
import { memoryKeys } from "../encryption/stores.js";
import { createInvitations, type Invitations } from "./invitations.js";

/** What a dealer's client does with keys: the user's devices, and invitations that prove both sides' keys to each other. */
export interface Dealer {
  readonly keys: Keys;
  readonly invitations: Invitations;
}

/** The keys and invitations of a client's user: they are kept in the client's `keys`. Make one for each client. */
export function dealerOf(client: DealerClient): Dealer {
  const { options } = insideOf(client);
  const store = options.keys ?? memoryKeys();
  const keys = createKeys(client, store);
  return { keys, invitations: createInvitations(client, keys, store, options.url) };
}
