// Written by P2P.Codegen from P2P.Contracts; changes here are lost.

/**
 * Every code that a refusal can carry. The list only grows; a code never changes its meaning.
 * A refused hub call fails with the text `CODE|message|details` (see `RefusalText`). Three kinds:
 * - Door: decided before the rules; not stored. Correct the call, then send it again.
 * - Transient: not stored; the details carry `retryAfterMs`. Repeat under the same request id.
 * - Decided: decided by the rules under lock and stored: a repeat of the request gets the same refusal for 30 days.
 */
export type ErrorCode =
  /** The input has the wrong shape, type or range. Details: `path`, where known. */
  | "BAD_INPUT"
  /** The hub has no such method. */
  | "UNKNOWN_METHOD"
  /** No token, or one that is not (or no longer) good. */
  | "UNAUTHENTICATED"
  /** The caller's role does not allow this. */
  | "FORBIDDEN"
  /** The caller has no trading profile yet. */
  | "NOT_JOINED_P2P"
  /** The caller has not consented to the present version of the terms. Details: `termsVersion`. */
  | "CONSENT_REQUIRED"
  /** The caller is suspended. Details: `reason`, `until`. */
  | "SUSPENDED"
  /** The client's contract version is no longer served. Details: `oldest`. */
  | "CLIENT_TOO_OLD"
  /** The request id was used before with another body. */
  | "REQUEST_ID_REUSED"
  /** The request id's time lies more than 24 hours back or 10 minutes ahead. */
  | "REQUEST_ID_EXPIRED"
  /** This call exists on development servers only. */
  | "NOT_IN_PRODUCTION"
  /** Too much waits already. Details: `retryAfterMs`. */
  | "BUSY"
  /** The caller sends too much. Details: `retryAfterMs`. */
  | "RATE_LIMITED"
  /** The call took longer than allowed: its outcome is unknown until it is repeated. Details: `retryAfterMs`. */
  | "TIMEOUT"
  /** The database cannot be reached: the outcome is unknown until the call is repeated. Details: `retryAfterMs`. */
  | "UNAVAILABLE"
  /** The server is about to stop; connect again. Details: `retryAfterMs`. */
  | "DRAINING"
  /** A fault of the server. Details: `correlationId`, by which its log names the fault. */
  | "INTERNAL"
  /** The token's time is over; connect with a new one. */
  | "TOKEN_EXPIRED"
  /** The user signed out everywhere. */
  | "SIGNED_OUT"
  /** The user's roles changed; connect with a new token. */
  | "ROLE_CHANGED"
  /**
   * The stream cannot continue from the given position: reload the lists and go on from the head. Details: `epoch`, `headSeq`, `firstSeq`.
   */
  | "RESYNC"
  /** There is no such thing, or none that the caller may know of: a stranger cannot tell the two apart. */
  | "NOT_FOUND"
  /** The thing has changed meanwhile. Details: `version`, the present one. */
  | "STALE_VERSION"
  /** A quota is used up. Details: `quota`, `limit`. */
  | "QUOTA_EXCEEDED"
  /** The user has a profile already. */
  | "ALREADY_JOINED"
  /** Another user has this name, or one that looks like it. */
  | "USERNAME_TAKEN"
  /** Another version of the terms is the present one. Details: `termsVersion`. */
  | "TERMS_OUTDATED"
  /** There is no such payment method, or none for this currency. */
  | "PAYMENT_METHOD_UNKNOWN"
  /** The payment account's fields do not fit its method. Details: `field`. */
  | "PAYMENT_ACCOUNT_INVALID"
  /** The asset is not known here. */
  | "ASSET_UNKNOWN"
  /** The currency is not known here. */
  | "CURRENCY_UNKNOWN"
  /** The available balance does not suffice. Details: `asset`, `available`, `needed`. */
  | "INSUFFICIENT_BALANCE"
  /** The external reference was used before with another body. */
  | "EXTERNAL_REFERENCE_REUSED"
  /** Nobody takes their own ad. */
  | "OWN_AD"
  /**
   * The ad is paused, closed or sold out, or its maker cannot trade now. Details: `reason`; for `outsideHours` and `vacation` also
   * `opensAt`.
   */
  | "AD_UNAVAILABLE"
  /** The floating price has no reference price to follow. */
  | "NO_REFERENCE_PRICE"
  /** The price is no longer the one that the caller expected. Details: `price`, the present one. */
  | "PRICE_CHANGED"
  /** The amount is below the minimum, or finer than can be counted. Details: `min`. */
  | "AMOUNT_TOO_SMALL"
  /** The amount is above the maximum. Details: `max`. */
  | "AMOUNT_TOO_LARGE"
  /** The ad, the item or the goods order has less left than this. Details: `remaining`. */
  | "NOT_ENOUGH_REMAINING"
  /** The ad does not take this payment method. */
  | "PAYMENT_METHOD_NOT_ACCEPTED"
  /** The seller has no saved payment account of this method. */
  | "PAYMENT_ACCOUNT_REQUIRED"
  /** The ad asks for more completed trades. Details: `needed`, `have`. */
  | "TOO_FEW_TRADES"
  /** The ad asks for a higher completion rate. Details: `needed`, `have`. */
  | "COMPLETION_RATE_TOO_LOW"
  /** The ad asks for an older account. Details: `neededDays`, `haveDays`. */
  | "ACCOUNT_TOO_YOUNG"
  /** The ad asks for a verified account. */
  | "NOT_VERIFIED"
  /** Too many orders of the caller came to nothing lately. Details: `until`. */
  | "COOLING_DOWN"
  /** The ad is closed for good. */
  | "AD_CLOSED"
  /** The new total is less than what open and finished orders have taken. Details: `min`. */
  | "TOTAL_BELOW_TAKEN"
  /** The order's status does not allow this action. Details: `status`. */
  | "WRONG_STATUS"
  /** This action belongs to the other party. Details: `by`. */
  | "WRONG_PARTY"
  /** The time for this action is over. Details: `deadline`. */
  | "DEADLINE_PASSED"
  /** It is too early for this action. Details: `deadline`. */
  | "DEADLINE_NOT_REACHED"
  /** This can be done once in an order, and was done. */
  | "ALREADY_DONE"
  /** The seller has acted since the payment was confirmed, so the confirmation stands. */
  | "SELLER_ACTED"
  /** The other party has not asked for this. */
  | "NOT_REQUESTED"
  /** The dispute is somebody else's to decide. */
  | "NOT_ASSIGNED"
  /** A second person has to decide this. */
  | "SAME_PERSON"
  /** The decider is a party of the order. */
  | "CONFLICT_OF_INTEREST"
  /** The order ended too long ago for messages. Details: `closedAt`. */
  | "ROOM_CLOSED"
  /** The content is none of the kinds that are taken here, or another than the one it is said to be. */
  | "FILE_TYPE_REFUSED"
  /** The file has too many bytes. Details: `max`. */
  | "FILE_TOO_LARGE"
  /** The file is broken, cut off or empty. */
  | "FILE_MALFORMED"
  /** The picture has too many pixels. Details: `max`. */
  | "TOO_MANY_PIXELS"
  /** Staff have stopped new orders for a while. Details: `reason`, `since`. */
  | "TRADING_PAUSED"
  /** Nothing leaves escrow for a while, by staff's hand or because the ledger does not add up. Details: `since`. */
  | "RELEASES_PAUSED"
  /** Staff do not act on their own account. */
  | "OWN_ACCOUNT"
  /** Another one has this code already. */
  | "CODE_TAKEN"
  /** This server sends no e-mails. */
  | "EMAIL_NOT_OFFERED"
  /** The profile has no e-mail address. */
  | "EMAIL_MISSING"
  /** The code is not the one that was sent. Details: `triesLeft`. */
  | "CODE_WRONG"
  /** There is no code that is still good: ask for another. */
  | "CODE_EXPIRED"
  /** Staff hid this review: it stays as it is. */
  | "REVIEW_HIDDEN"
  /** The caller blocks this user: end the block first. */
  | "USER_BLOCKED"
  /** The reference price that the floating price follows is too old to trade at. Details: `since`, when it became so. */
  | "PRICE_STALE"
  /** This server sends no webhooks. */
  | "WEBHOOKS_NOT_OFFERED"
  /** This server sends no web pushes. */
  | "WEB_PUSH_NOT_OFFERED"
  /** Staff hid this ad: it is shown again only after they have restored it. Details: `reason`. */
  | "AD_HIDDEN"
  /** Findings of the ledger's watch are not acknowledged yet. Details: `open`. */
  | "FINDINGS_OPEN"
  /** Another verification of the ledger runs: wait for its end. Details: `verificationId`. */
  | "VERIFICATION_RUNNING"
  /** The asset is not traded any more, or takes no deposits. Details: `asset`. */
  | "ASSET_CLOSED"
  /** One order of this asset is at least so large here. Details: `asset`, `min`. */
  | "ORDER_TOO_SMALL"
  /** One order of this asset is at most so large here. Details: `asset`, `max`. */
  | "ORDER_TOO_LARGE"
  /** One order of this taker may not be so large. Details: `level`, `currency`, `limit`. */
  | "ORDER_LIMIT_EXCEEDED"
  /**
   * With this order the taker would take more within a day than allowed. Details: `level`, `currency`, `limit`, `used`, and `freesAt`: when
   * enough frees (absent when the amount alone is above the limit).
   */
  | "DAY_LIMIT_EXCEEDED"
  /** The caller is a merchant already. */
  | "ALREADY_MERCHANT"
  /** An application of the caller waits for staff. */
  | "APPLICATION_OPEN"
  /** The caller does not meet what is asked. Details: `unmet`, the kinds of the requirements, parted by commas. */
  | "REQUIREMENTS_UNMET"
  /**
   * The chain has gone on since the caller read it: read what is new and sign again. Details: `seq` (entries that the chain has), `head`
   * (the link of the newest, base64url).
   */
  | "CHAIN_STALE"
  /** The room's key is not for exactly the devices that both parties have now: read their keys and bring the room a new one. */
  | "KEYS_CHANGED"
  /** This room is encrypted: it takes neither plain text nor files. */
  | "ROOM_ENCRYPTED"
  /** This room is not encrypted. */
  | "ROOM_NOT_ENCRYPTED"
  /** A party has no device whose keys count. Details: `profileId`. */
  | "KEYS_REQUIRED"
  /** The device that signed speaks for the caller no longer. */
  | "DEVICE_REVOKED"
  /** The call needs a code of the caller's second factor: repeat it under the same request id with one. */
  | "SECOND_FACTOR_REQUIRED"
  /** The code is wrong, or was used for something else. Details: `triesLeft`, or `used` (true: a right code, which counts once). */
  | "SECOND_FACTOR_WRONG"
  /** Too many wrong codes. Details: `until`. */
  | "SECOND_FACTOR_LOCKED"
  /** This server offers no second factor, or lacks the key to check this one. */
  | "SECOND_FACTOR_NOT_OFFERED"
  /** A second factor is set already: remove it first. */
  | "SECOND_FACTOR_SET"
  /** There is no second factor, and none that waits to be confirmed. */
  | "SECOND_FACTOR_NOT_SET"
  /** The account cannot be deleted yet. Details: `reasons`, some of the next four, parted by commas. */
  | "DELETION_BLOCKED"
  /** The user has orders that have not ended. */
  | "OPEN_ORDERS"
  /** The user has ads that are not deleted. */
  | "OPEN_ADS"
  /** A dispute of the user's goes on. */
  | "OPEN_DISPUTES"
  /** The user has a balance, or a withdrawal on its way. */
  | "BALANCE_NOT_ZERO"
  /** The caller has not joined the dealers' network: call `JoinNetwork`. Door: nothing is stored. */
  | "NOT_A_PEER"
  /**
   * No invitation can be used like that: there is none with this locator, the secret is another, it was used or revoked, its time is over,
   * or one of the two blocks the other. All of them read the same.
   */
  | "INVITATION_NOT_FOUND"
  /** Too many wrong locators or secrets. Details: `until`. Door: nothing is stored. */
  | "TOO_MANY_TRIES"
  /** The two are connected already. */
  | "ALREADY_CONNECTED"
  /** The caller sees this, and the access that the caller has is not enough for it. Details: `access`. */
  | "ACCESS_REQUIRED"
  /** The item's currency is no asset of the ledger: nothing can be held in escrow, and nothing disputed or refunded here. */
  | "NO_ESCROW"
  /**
   * The item is sealed: its price is changed by its owner with all the rest (`UpdateItem`); or it has pictures, which are open or sealed as
   * the item was.
   */
  | "ITEM_SEALED"
  /** The item is sealed, so that the server does not know its price: say at which one it is ordered. */
  | "PRICE_REQUIRED"
  /** Nobody orders their own item. */
  | "OWN_ITEM"
  /** Something was sent already: it is no longer one party's to call off. */
  | "ALREADY_SENT";

/** Bounds of the contract itself. Rates and quotas are the operator's settings and not named here. */
export const limits = {
  /** The contract's version, sent as `?v=` when connecting. */
  contractVersion: 1,
  /** The oldest version that is still served. */
  contractVersionOldest: 1,
  /** Rows on one page of a list. */
  pageSizeMax: 100,
  /** Rows on a page when the caller names no number. */
  pageSizeDefault: 20,
  /** Characters of a cursor. */
  cursorCharsMax: 200,
  /** Unacknowledged events that a connection is sent. */
  eventWindow: 256,
  /** Events on one page of `EventsSince`. */
  eventPageEventsMax: 500,
  /** Bytes of event bodies on one page of `EventsSince`. */
  eventPageBytesMax: 262144,
  /** Bytes of one frame from a client. */
  frameBytesMax: 32768,
  /** Levels of nesting in JSON. */
  jsonDepthMax: 16,
  /** Characters of a username. */
  usernameCharsMin: 3,
  /** Characters of a username. */
  usernameCharsMax: 30,
  /** Characters of a phone number. */
  phoneCharsMax: 20,
  /** Characters of an e-mail address. */
  emailCharsMax: 254,
  /** Characters of a picture's address. */
  pictureUrlCharsMax: 500,
  /** Characters of an auto-reply. */
  autoReplyCharsMax: 1000,
  /** Payment methods in a profile's preferences, and on an ad. */
  paymentMethodsMax: 20,
  /** Saved payment accounts of one user. */
  paymentAccountsMax: 20,
  /** Characters of one field of a payment account, and of its label. */
  paymentFieldCharsMax: 200,
  /** Characters of a search text. */
  searchCharsMax: 50,
  /** Characters of an ad's terms. */
  adTermsCharsMax: 2000,
  /** Users to whom one ad is shown when it is for chosen users. */
  adViewersMax: 100,
  /** Windows of a maker's week. */
  scheduleWindowsMax: 28,
  /** Characters of a time zone's name. */
  timeZoneCharsMax: 50,
  /** The longest vacation. */
  vacationDaysMax: 365,
  /** The shortest payment window. */
  paymentWindowMinutesMin: 10,
  /** The longest payment window. */
  paymentWindowMinutesMax: 1440,
  /** Characters of a payment reference. */
  paymentReferenceCharsMax: 140,
  /** Characters of the name of who paid. */
  payerNameCharsMax: 200,
  /** Characters of a chat message. */
  chatTextCharsMax: 4000,
  /** Files on one chat message. */
  chatAttachmentsMax: 10,
  /** Unread messages of one room are counted to this number. */
  unreadMax: 999,
  /** Characters of a statement by a suspended user. */
  statementCharsMax: 4000,
  /** Characters of a withdrawal's destination. */
  destinationCharsMax: 200,
  /** Characters of an external reference of the custody service. */
  externalReferenceCharsMax: 200,
  /** Characters of the reason that staff give for an act. */
  staffReasonCharsMax: 1000,
  /** Characters of a review's text, and of the reply to it. */
  reviewCharsMax: 1000,
  /** Tags of a review. */
  reviewTagsMax: 5,
  /** The most stars of a review; the least is one. */
  starsMax: 5,
  /** Users whom one user blocks, and as many favourites. */
  contactsMax: 1000,
  /** Candles that one call answers. */
  priceCandlesMax: 500,
  /** Digits after the point in any amount. */
  scaleMax: 8,
  /** Bytes of an attachment. */
  fileBytesMax: 10485760,
  /** Bytes of a profile picture. */
  pictureBytesMax: 2097152,
  /** Pixels of a picture: its width times its height. */
  picturePixelsMax: 40000000,
  /** Characters of a file's name. */
  fileNameCharsMax: 200,
  /** Notifications that one call marks as read by id. */
  notificationIdsMax: 100,
  /** Up to here unread notifications are counted. */
  unreadCountMax: 1000,
  /** Digits of a code that is sent by e-mail. */
  emailCodeDigits: 6,
  /** How long such a code is good. */
  emailCodeMinutes: 15,
  /** How often one may be tried. */
  emailCodeTriesMax: 5,
  /** Codes that a user is sent within an hour. */
  emailCodesPerHour: 5,
  /** Characters of a webhook's address. */
  webhookUrlCharsMax: 2000,
  /** Types of events that a webhook chooses. */
  webhookTypesMax: 50,
  /** How long deliveries are signed by a former secret too. */
  webhookOverlapHoursMax: 72,
  /** How old a delivery's signature may be: a receiver refuses older ones, so that none can be replayed later. */
  webhookToleranceSeconds: 300,
  /** The shortest time between two tests of a webhook. */
  webhookTestSeconds: 10,
  /** Characters of a push subscription's endpoint. */
  webPushEndpointCharsMax: 1000,
  /** Devices of a user whose keys count at one time. */
  devicesMax: 8,
  /** Entries of a user's key log; the last of them are kept for revoking. */
  keyLogEntriesMax: 200,
  /** Characters of a device's name. */
  deviceNameCharsMax: 50,
  /** Bytes of an envelope of an encrypted room. */
  envelopeBytesMax: 12288,
  /** Bytes of what a message of an encrypted room says, in UTF-8. */
  sealedTextBytesMax: 12000,
  /** Characters of envelopes on one page of `GetMessages`. */
  messagePageCharsMax: 262144,
  /** Digits of a code of an authenticator app. */
  secondFactorDigits: 6,
  /** How long such a code is shown; the one before and the one after are taken, too. */
  secondFactorStepSeconds: 30,
  /** Characters of a code as it is sent, spaces and dashes included. */
  secondFactorCodeCharsMax: 64,
  /** Wrong codes within `limits.secondFactorLockMinutes` after which none is taken. */
  secondFactorTriesMax: 5,
  /** How long wrong codes count. */
  secondFactorLockMinutes: 15,
  /** How long a secret can be confirmed. */
  secondFactorSetupMinutes: 15,
  /** Recovery codes of one user. */
  recoveryCodesMax: 10,
  /** Characters of a peer's name. */
  peerNameCharsMax: 50,
  /** The longest time in which an invitation can be accepted. */
  invitationHoursMax: 720,
  /** Invitations of one user that wait. */
  invitationsPendingMax: 20,
  /** Requests to connect of one user that wait. */
  invitationRequestsPendingMax: 20,
  /** Tries with a secret that fail within an hour, after which none is taken. */
  invitationSecretTriesMax: 5,
  /** Tries with a locator alone that fail within an hour, after which none is taken. */
  invitationLocatorTriesMax: 10,
  /** Bytes of each party's nonce. */
  invitationNonceBytes: 16,
  /** Items of one peer that are not deleted. */
  itemsMax: 1000,
  /** Pictures of one item. */
  itemImagesMax: 10,
  /** Peers with whom one item is shared. */
  itemSharesMax: 200,
  /** Characters of an item's name. */
  itemNameCharsMax: 120,
  /** Characters of an item's description. */
  itemDescriptionCharsMax: 4000,
  /** Characters of an item's category. */
  itemCategoryCharsMax: 50,
  /** Characters of an item's unit. */
  itemUnitCharsMax: 20,
  /** Fields of the owner's own making. */
  itemFieldsMax: 20,
  /** Characters of a field's name. */
  itemFieldNameCharsMax: 40,
  /** Characters of a field's value. */
  itemFieldCharsMax: 200,
  /** Bytes of what a sealed item says. */
  sealedItemBytesMax: 16384,
  /** Keys of a sealed item in one call. */
  itemKeysMax: 100,
  /** Decimals of an item's stock. */
  itemStockScale: 3,
  /** Items of one table that is imported. */
  itemImportLinesMax: 200,
  /** Bytes of a table that is imported. */
  itemImportBytesMax: 1048576,
  /** Characters of the notes that a goods order begins with. */
  goodsNotesCharsMax: 1000,
  /** Characters of a carrier's name. */
  carrierCharsMax: 60,
  /** Characters of a tracking number. */
  trackingCharsMax: 100,
  /** Characters of a note on a shipment. */
  shipmentNoteCharsMax: 500,
  /** Shipments of one goods order. */
  shipmentsMax: 20,
  /** The most days that a seller gives themselves to fulfil. */
  fulfilDaysMax: 60,
  /** The days to fulfil of a seller who names none. */
  fulfilDays: 7,
  /** Goods orders of one export. */
  goodsExportMax: 5000,
  /** Characters of a signal's payload. */
  signalCharsMax: 16384,
  /** Seconds after its beginning in which a session can be agreed on. */
  signalSeconds: 60,
  /** Seconds by which clocks may differ. */
  clockSkewSeconds: 30,
  /** Candidates of one side of one session. */
  candidatesMax: 50,
  /** Characters of a relayed frame. */
  relayCharsMax: 26000,
} as const;
