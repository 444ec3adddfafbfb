// Written by P2P.Codegen from P2P.Contracts; changes here are lost.

import type { CallOptions, Invoker } from "../calls.js";
import type * as t from "./types.js";

/**
 * Everything that a trader can call, at `/hubs/trade`.
 * Every call can also be refused with NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED, TIMEOUT, UNAVAILABLE, DRAINING and INTERNAL.
 */
export interface TradeCalls {
  /**
   * Agrees to the other party's proposal: the order is cancelled and the seller has the asset back.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
   */
  acceptCancel(request: t.OrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Accepts the other party's proposal: an envelope of kind Accept that follows it. The room is encrypted for good.
   * Codes: as `proposeEncryption`; but NOT_REQUESTED (no proposal of the other party's waits) in place of ALREADY_DONE when the room is not
   * encrypted.
   */
  acceptEncryption(request: t.SealRoomRequest, options?: CallOptions): Promise<t.RoomEncryption>;
  /**
   * Accepts the ruling; when both do, it takes effect at once.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE.
   */
  acceptRuling(request: t.DisputeRequest, options?: CallOptions): Promise<t.DisputeReply>;
  /**
   * Shows something to the other party and to staff, at most 20 times a party.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS (it was decided), QUOTA_EXCEEDED.
   */
  addComplaintEvidence(request: t.AddComplaintEvidenceRequest, options?: CallOptions): Promise<t.ComplaintReply>;
  /**
   * Appeals: somebody else of the staff decides, and that is final. Each party has one appeal, a dispute has one.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE,
   * DEADLINE_PASSED.
   */
  appealRuling(request: t.AppealRulingRequest, options?: CallOptions): Promise<t.DisputeReply>;
  /**
   * Asks to be a merchant; staff decide.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_JOINED_P2P, ALREADY_MERCHANT, APPLICATION_OPEN,
   * DEADLINE_NOT_REACHED (after a declined application), REQUIREMENTS_UNMET.
   */
  applyForMerchant(request: t.ApplyForMerchantRequest, options?: CallOptions): Promise<t.MerchantStatus>;
  /**
   * Makes a secret for the caller's app. Nothing is guarded by it before it is confirmed, within 15 minutes.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_SET.
   */
  beginSecondFactor(request: t.BeginSecondFactorRequest, options?: CallOptions): Promise<t.SecondFactorSetup>;
  /**
   * Blocks a user: neither of the two finds, sees or takes the other's ads any more; to both they are as if they were not there. Open
   * orders go on. A live book is the same for everyone and still names them. Blocking ends a favourite; blocking twice changes nothing.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, QUOTA_EXCEEDED.
   */
  blockUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Calls an order off while payment is awaited: the buyer's right alone, because money may be on its way. The seller may, too, while the
   * buyer is suspended; then it counts against nobody.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY.
   */
  cancelOrder(request: t.OrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Changes how much an ad trades in all; what is left changes by the same amount.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, AD_CLOSED, TOTAL_BELOW_TAKEN.
   */
  changeAdTotal(request: t.ChangeAdTotalRequest, options?: CallOptions): Promise<t.AdReply>;
  /**
   * Whether `createAd` would succeed now, with every reason why not.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  checkCreateAd(request: t.CheckCreateAdRequest, options?: CallOptions): Promise<t.AdCheck>;
  /**
   * Whether `createOrder` would succeed now, with every reason why not, the amounts, and what is to be known of the maker.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  checkCreateOrder(request: t.CheckCreateOrderRequest, options?: CallOptions): Promise<t.OrderCheck>;
  /**
   * Confirms the profile's address with the code; changing the address needs it anew.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, EMAIL_MISSING, CODE_EXPIRED, CODE_WRONG.
   */
  confirmEmail(request: t.ConfirmEmailRequest, options?: CallOptions): Promise<t.EmailReply>;
  /**
   * The buyer says that the money is sent, before the deadline. From then on the order never expires.
   * Codes: BAD_INPUT (also a payer told twice), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also another's
   * payment account), STALE_VERSION, WRONG_STATUS, WRONG_PARTY, DEADLINE_PASSED.
   */
  confirmPayment(request: t.ConfirmPaymentRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Sets the second factor with a code of the secret; answers the recovery codes.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
   * SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_SET, SECOND_FACTOR_NOT_SET (there is no secret to confirm, or it has expired).
   */
  confirmSecondFactor(request: t.ConfirmSecondFactorRequest, options?: CallOptions): Promise<t.RecoveryCodes>;
  /**
   * Puts up an ad, active at once.
   * Codes: BAD_INPUT (also amounts that are too fine, or limits that contradict each other), RATE_LIMITED, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, ASSET_UNKNOWN, ASSET_CLOSED, CURRENCY_UNKNOWN, PAYMENT_METHOD_UNKNOWN, PAYMENT_ACCOUNT_REQUIRED, QUOTA_EXCEEDED.
   */
  createAd(request: t.CreateAdRequest, options?: CallOptions): Promise<t.AdReply>;
  /**
   * Takes an ad: fixes price, fee and conditions, and holds the seller's escrow.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, TRADING_PAUSED, NOT_FOUND (also when maker and taker block
   * each other), OWN_AD, SUSPENDED, COOLING_DOWN, QUOTA_EXCEEDED, AD_UNAVAILABLE, PRICE_STALE, NO_REFERENCE_PRICE, PRICE_CHANGED,
   * AMOUNT_TOO_SMALL, AMOUNT_TOO_LARGE, ORDER_TOO_SMALL, ORDER_TOO_LARGE, NOT_ENOUGH_REMAINING, ORDER_LIMIT_EXCEEDED, DAY_LIMIT_EXCEEDED,
   * PAYMENT_METHOD_NOT_ACCEPTED (also one that is offered no longer), PAYMENT_ACCOUNT_REQUIRED, NOT_VERIFIED, TOO_FEW_TRADES,
   * COMPLETION_RATE_TOO_LOW, ACCOUNT_TOO_YOUNG, INSUFFICIENT_BALANCE.
   */
  createOrder(request: t.CreateOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Reviews the other party of a finished order: one that was released, or one that ended by the decision of a dispute. Each party once an
   * order.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS, ALREADY_DONE.
   */
  createReview(request: t.CreateReviewRequest, options?: CallOptions): Promise<t.ReviewReply>;
  /**
   * Registers a webhook and tells its secret.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEBHOOKS_NOT_OFFERED, NOT_JOINED_P2P, QUOTA_EXCEEDED, NOT_FOUND
   * (the caller has no events of this audience), BAD_INPUT (`afterSeq` above the newest number), RESYNC (`afterSeq` before the oldest).
   */
  createWebhook(request: t.CreateWebhookRequest, options?: CallOptions): Promise<t.WebhookSecretReply>;
  /**
   * Declines the other party's proposal, or takes one's own back.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
   */
  declineCancel(request: t.OrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Declines the other party's proposal, or takes the caller's own back. Another may follow.
   * Codes: BAD_INPUT, RATE_LIMITED (that of messages), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, NOT_REQUESTED.
   */
  declineEncryption(request: t.DeclineEncryptionRequest, options?: CallOptions): Promise<t.RoomEncryption>;
  /**
   * Closes an ad for good; its orders go on.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED.
   */
  deleteAd(request: t.AdRequest, options?: CallOptions): Promise<t.AdReply>;
  /**
   * Deletes one of one's own payment accounts.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  deletePaymentAccount(request: t.DeletePaymentAccountRequest, options?: CallOptions): Promise<t.PaymentAccountReply>;
  /**
   * Deletes a webhook with its log.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  deleteWebhook(request: t.WebhookRequest, options?: CallOptions): Promise<t.WebhookReply>;
  /**
   * Replaces what one's own review says, within the time that the operator gives (a day unless configured).
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, REVIEW_HIDDEN, DEADLINE_PASSED.
   */
  editReview(request: t.EditReviewRequest, options?: CallOptions): Promise<t.ReviewReply>;
  /**
   * Asks for staff before the time to negotiate is over.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS.
   */
  escalateDispute(request: t.DisputeRequest, options?: CallOptions): Promise<t.DisputeReply>;
  /**
   * The seller adds minutes to the payment window, once an order.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
   * ALREADY_DONE, DEADLINE_PASSED.
   */
  extendPaymentWindow(request: t.ExtendPaymentWindowRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Makes a user a favourite, by whose ads lists can be filtered.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, USER_BLOCKED, QUOTA_EXCEEDED.
   */
  favouriteUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Files a complaint, once a party and order, within the days that the operator gives after the order's end (14).
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS (the order has not ended), ALREADY_DONE,
   * DEADLINE_PASSED, QUOTA_EXCEEDED (open complaints of the caller's).
   */
  fileComplaint(request: t.FileComplaintRequest, options?: CallOptions): Promise<t.ComplaintReply>;
  /**
   * One ad.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND (also without the secret of an ad by link, and when one of the two blocks the other).
   */
  getAd(request: t.GetAdRequest, options?: CallOptions): Promise<t.AdView>;
  /**
   * One row for each asset, by code.
   * Codes: RATE_LIMITED.
   */
  getBalances(options?: CallOptions): Promise<readonly t.Balance[]>;
  /**
   * A complaint about one of the caller's own orders, by either party, with what was shown.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getComplaint(request: t.GetComplaintRequest, options?: CallOptions): Promise<t.ComplaintView>;
  /**
   * A user's key log.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getDeviceKeys(request: t.GetDeviceKeysRequest, options?: CallOptions): Promise<t.DeviceKeyLog>;
  /**
   * One of the caller's own disputes with its rulings, evidence and steps.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getDispute(request: t.GetDisputeRequest, options?: CallOptions): Promise<t.DisputeView>;
  /**
   * Assets, currencies and reference prices.
   * Codes: RATE_LIMITED.
   */
  getMarkets(options?: CallOptions): Promise<t.MarketsView>;
  /**
   * Whether the caller is a merchant, what is asked of one, what the caller has of it, and the newest application.
   * Codes: RATE_LIMITED, NOT_JOINED_P2P (staff without a profile).
   */
  getMerchantStatus(options?: CallOptions): Promise<t.MerchantStatus>;
  /**
   * A piece of a room.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getMessages(request: t.GetMessagesRequest, options?: CallOptions): Promise<t.MessagePage>;
  /**
   * The caller's limits as a taker of ads, what is used of them, and when it frees.
   * Codes: RATE_LIMITED.
   */
  getMyLimits(options?: CallOptions): Promise<t.MyLimits>;
  /**
   * How the caller is notified.
   * Codes: RATE_LIMITED.
   */
  getNotificationPreferences(options?: CallOptions): Promise<t.NotificationPreferences>;
  /**
   * One of the caller's own orders.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getOrder(orderId: t.Uuid, options?: CallOptions): Promise<t.OrderView>;
  /**
   * Each action that a party could take, allowed or with every reason why not.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getOrderActions(orderId: t.Uuid, options?: CallOptions): Promise<readonly t.OrderActionCheck[]>;
  /**
   * Both reviews of one of the caller's own orders.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getOrderReviews(orderId: t.Uuid, options?: CallOptions): Promise<t.OrderReviews>;
  /**
   * A market's reference prices as candles, from a moment on: those of the next 500 stretches of time. Buckets below an hour reach back as
   * far as the server keeps single rates (30 days, if the operator sets nothing else), longer ones to the beginning.
   * Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN, CURRENCY_UNKNOWN.
   */
  getPriceHistory(request: t.GetPriceHistoryRequest, options?: CallOptions): Promise<t.PriceHistory>;
  /**
   * One's own profile, or another's public part.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getProfile(request: t.GetProfileRequest, options?: CallOptions): Promise<t.ProfileView>;
  /**
   * A user's record in numbers.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getProfileStats(request: t.GetProfileRequest, options?: CallOptions): Promise<t.ProfileStats>;
  /**
   * One review. Hidden ones are there for their two parties only.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getReview(reviewId: t.Uuid, options?: CallOptions): Promise<t.ReviewView>;
  /**
   * How a room stands to encryption.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getRoomEncryption(orderId: t.Uuid, options?: CallOptions): Promise<t.RoomEncryption>;
  /**
   * The caller's hours and vacation.
   * Codes: RATE_LIMITED.
   */
  getSchedule(options?: CallOptions): Promise<t.MakerSchedule>;
  /**
   * How the caller's second factor stands.
   * Codes: RATE_LIMITED.
   */
  getSecondFactor(options?: CallOptions): Promise<t.SecondFactorStatus>;
  /**
   * How much waits to be read in the rooms of open orders.
   * Codes: RATE_LIMITED.
   */
  getUnreadCounts(options?: CallOptions): Promise<t.UnreadCounts>;
  /**
   * How many of them are unread.
   * Codes: RATE_LIMITED.
   */
  getUnreadNotifications(options?: CallOptions): Promise<t.UnreadNotifications>;
  /**
   * The server's key for subscriptions.
   * Codes: RATE_LIMITED.
   */
  getWebPushKey(options?: CallOptions): Promise<t.WebPushKey>;
  /**
   * Ads of others that the caller may see (none of users who block the caller or whom the caller blocks), with the reasons why the caller
   * could not take them.
   * Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN, CURRENCY_UNKNOWN.
   */
  listAds(request: t.ListAdsRequest, options?: CallOptions): Promise<t.Page<t.AdView>>;
  /**
   * All announcements that are shown now, the newest first; at most 5. Call it after connecting: `AnnouncementsChanged` tells of later ones
   * only.
   * Codes: RATE_LIMITED.
   */
  listAnnouncements(options?: CallOptions): Promise<readonly t.AnnouncementView[]>;
  /**
   * Whom the caller blocks, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listBlockedUsers(request: t.ListContactsRequest, options?: CallOptions): Promise<t.Page<t.ContactView>>;
  /**
   * Complaints about the caller's own orders, by either party, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listComplaints(request: t.ListComplaintsRequest, options?: CallOptions): Promise<t.Page<t.ComplaintView>>;
  /**
   * The caller's own disputes, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listDisputes(request: t.ListDisputesRequest, options?: CallOptions): Promise<t.Page<t.DisputeView>>;
  /**
   * The caller's favourites, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listFavourites(request: t.ListContactsRequest, options?: CallOptions): Promise<t.Page<t.ContactView>>;
  /**
   * Movements of the available balance, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN.
   */
  listLedgerEntries(request: t.ListLedgerEntriesRequest, options?: CallOptions): Promise<t.Page<t.LedgerEntryView>>;
  /**
   * The caller's notifications, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listNotifications(request: t.ListNotificationsRequest, options?: CallOptions): Promise<t.Page<t.NotificationView>>;
  /**
   * The caller's own orders, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listOrders(request: t.ListOrdersRequest, options?: CallOptions): Promise<t.Page<t.OrderView>>;
  /**
   * One's own payment accounts, oldest first.
   * Codes: RATE_LIMITED.
   */
  listPaymentAccounts(options?: CallOptions): Promise<readonly t.PaymentAccount[]>;
  /**
   * The catalogue of payment methods, by name.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listPaymentMethods(request: t.ListPaymentMethodsRequest, options?: CallOptions): Promise<readonly t.PaymentMethod[]>;
  /**
   * Reviews of a user, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  listReviews(request: t.ListReviewsRequest, options?: CallOptions): Promise<t.ReviewPage>;
  /**
   * The caller's rooms, that of the newest order first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listRooms(request: t.ListRoomsRequest, options?: CallOptions): Promise<t.Page<t.RoomView>>;
  /**
   * The caller's subscriptions, oldest first.
   * Codes: RATE_LIMITED.
   */
  listWebPushSubscriptions(options?: CallOptions): Promise<readonly t.WebPushSubscription[]>;
  /**
   * What was delivered and what was not, newest first; kept for 14 days by default.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  listWebhookDeliveries(request: t.ListWebhookDeliveriesRequest, options?: CallOptions): Promise<t.Page<t.WebhookDeliveryView>>;
  /**
   * The caller's webhooks, oldest first.
   * Codes: RATE_LIMITED.
   */
  listWebhooks(options?: CallOptions): Promise<readonly t.WebhookView[]>;
  /**
   * One's own withdrawals, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listWithdrawals(request: t.ListWithdrawalsRequest, options?: CallOptions): Promise<t.Page<t.WithdrawalView>>;
  /**
   * The caller has received up to a message. Needs no request id: it never goes back.
   * Codes: BAD_INPUT (also a number that no message has), RATE_LIMITED (a rate of its own), NOT_FOUND.
   */
  markMessagesDelivered(request: t.ReceiptRequest, options?: CallOptions): Promise<t.ReceiptReply>;
  /**
   * The caller has read up to a message; then it has received up to there, too. Needs no request id: it never goes back.
   * Codes: BAD_INPUT (also a number that no message has), RATE_LIMITED (a rate of its own), NOT_FOUND.
   */
  markMessagesRead(request: t.ReceiptRequest, options?: CallOptions): Promise<t.ReceiptReply>;
  /**
   * Marks notifications as read; answers how many are still unread.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (`upTo`).
   */
  markNotificationsRead(request: t.MarkNotificationsReadRequest, options?: CallOptions): Promise<t.UnreadNotifications>;
  /**
   * The caller's own ads, newest first, with the reasons why they are not shown.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  myAds(request: t.MyAdsRequest, options?: CallOptions): Promise<t.Page<t.AdView>>;
  /**
   * Hides an ad. A paused ad stays paused.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED.
   */
  pauseAd(request: t.AdRequest, options?: CallOptions): Promise<t.AdReply>;
  /**
   * Stops deliveries: after the answer at most the one that is on its way arrives. Paused already, nothing changes.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  pauseWebhook(request: t.WebhookRequest, options?: CallOptions): Promise<t.WebhookView>;
  /**
   * Proposes to encrypt a room: an envelope of kind Propose with a key for every device of both parties.
   * Codes: BAD_INPUT (also an envelope whose shape or signature is wrong, or that belongs elsewhere), RATE_LIMITED (that of messages),
   * REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, ROOM_CLOSED, QUOTA_EXCEEDED, DEVICE_REVOKED, ALREADY_DONE (proposed or encrypted),
   * CHAIN_STALE, KEYS_REQUIRED, KEYS_CHANGED.
   */
  proposeEncryption(request: t.SealRoomRequest, options?: CallOptions): Promise<t.RoomEncryption>;
  /**
   * Opens a dispute: the escrow stays held until the parties settle or a ruling takes effect.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, QUOTA_EXCEEDED.
   */
  raiseDispute(request: t.RaiseDisputeRequest, options?: CallOptions): Promise<t.DisputeReply>;
  /**
   * Adds the keys of a device of the caller's. The caller hears of it, and so do the other parties of the caller's open rooms.
   * Codes: BAD_INPUT (also a statement whose shape, points or signature are wrong, or that is another's), RATE_LIMITED, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, CHAIN_STALE, ALREADY_DONE (the device is in the log), QUOTA_EXCEEDED (8 devices; 192 entries).
   */
  registerDevice(request: t.RegisterDeviceRequest, options?: CallOptions): Promise<t.DeviceReply>;
  /**
   * Registers a browser; one that somebody else registered is the caller's from now on.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEB_PUSH_NOT_OFFERED, NOT_JOINED_P2P, QUOTA_EXCEEDED.
   */
  registerWebPush(request: t.RegisterWebPushRequest, options?: CallOptions): Promise<t.WebPushSubscription>;
  /**
   * Brings an encrypted room a new key for every device that both parties have now: an envelope of kind Rekey.
   * Codes: as `proposeEncryption`; but ROOM_NOT_ENCRYPTED in place of ALREADY_DONE.
   */
  rekeyRoom(request: t.SealRoomRequest, options?: CallOptions): Promise<t.RoomEncryption>;
  /**
   * The seller gives the asset to the buyer. This cannot be undone.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, SUSPENDED, RELEASES_PAUSED.
   */
  releaseCrypto(request: t.OrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Removes the second factor. Whoever has lost app and recovery codes asks staff.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG,
   * REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_SET.
   */
  removeSecondFactor(request: t.RemoveSecondFactorRequest, options?: CallOptions): Promise<t.SecondFactorStatus>;
  /**
   * Ends a subscription.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  removeWebPush(request: t.RemoveWebPushRequest, options?: CallOptions): Promise<t.WebPushReply>;
  /**
   * Makes ten new recovery codes; the former ones are void.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG,
   * REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_SET.
   */
  renewRecoveryCodes(request: t.RenewRecoveryCodesRequest, options?: CallOptions): Promise<t.RecoveryCodes>;
  /**
   * The reviewed answers, once.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_PARTY (to the author), REVIEW_HIDDEN,
   * ALREADY_DONE.
   */
  replyToReview(request: t.ReplyToReviewRequest, options?: CallOptions): Promise<t.ReviewReply>;
  /**
   * Proposes to call the order off after payment was confirmed; both must agree.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE.
   */
  requestCancel(request: t.OrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Holds an amount until the operator's wallet service has sent it.
   * Codes: BAD_INPUT (also an amount finer than the asset), RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED,
   * SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, ASSET_UNKNOWN, SUSPENDED, RELEASES_PAUSED, INSUFFICIENT_BALANCE.
   */
  requestWithdrawal(request: t.RequestWithdrawalRequest, options?: CallOptions): Promise<t.WalletReply>;
  /**
   * Shows an ad again.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED, AD_HIDDEN (staff hid it).
   */
  resumeAd(request: t.AdRequest, options?: CallOptions): Promise<t.AdReply>;
  /**
   * Goes on from the position at which deliveries stopped. Active already, it tries again at once.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  resumeWebhook(request: t.ResumeWebhookRequest, options?: CallOptions): Promise<t.WebhookView>;
  /**
   * Ends that a device speaks for the caller. Whoever is concerned hears of it as of a new device.
   * Codes: BAD_INPUT (also a statement whose shape or signature is wrong, or that is another's), RATE_LIMITED, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, CHAIN_STALE, NOT_FOUND (the caller has no such device), ALREADY_DONE (it is revoked), DEVICE_REVOKED (the signer
   * is).
   */
  revokeDevice(request: t.RevokeDeviceRequest, options?: CallOptions): Promise<t.DeviceReply>;
  /**
   * Makes a new secret and tells it; for a while deliveries are signed by both.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEBHOOKS_NOT_OFFERED, NOT_FOUND.
   */
  rotateWebhookSecret(request: t.RotateWebhookSecretRequest, options?: CallOptions): Promise<t.WebhookSecretReply>;
  /**
   * Saves where one can be paid.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, PAYMENT_METHOD_UNKNOWN, PAYMENT_ACCOUNT_INVALID, QUOTA_EXCEEDED.
   */
  savePaymentAccount(request: t.SavePaymentAccountRequest, options?: CallOptions): Promise<t.PaymentAccountReply>;
  /**
   * Finds users by name and standing.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  searchProfiles(request: t.SearchProfilesRequest, options?: CallOptions): Promise<t.ProfilePage>;
  /**
   * Sends a code of six digits, good for 15 minutes and 5 tries, to the profile's address. A later one replaces it.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, EMAIL_NOT_OFFERED, EMAIL_MISSING, ALREADY_DONE, QUOTA_EXCEEDED
   * (5 an hour).
   */
  sendEmailCode(request: t.SendEmailCodeRequest, options?: CallOptions): Promise<t.EmailReply>;
  /**
   * Writes a message, while the order is open and for seven days (a setting) after its end.
   * Codes: BAD_INPUT, RATE_LIMITED (a rate of its own), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also a file that is not
   * there, is not the caller's, hangs on a message already, or is not encrypted as the room is), ROOM_CLOSED, QUOTA_EXCEEDED,
   * ROOM_ENCRYPTED (for what comes without an envelope). For an envelope after QUOTA_EXCEEDED: BAD_INPUT (its signature is wrong, or it
   * belongs elsewhere), DEVICE_REVOKED, ROOM_NOT_ENCRYPTED, CHAIN_STALE, KEYS_CHANGED.
   */
  sendMessage(request: t.SendMessageRequest, options?: CallOptions): Promise<t.MessageReply>;
  /**
   * Replaces the caller's preferences.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  setNotificationPreferences(request: t.SetNotificationPreferencesRequest, options?: CallOptions): Promise<t.NotificationPreferences>;
  /**
   * Sets the week in which the caller's ads are open, as a whole; without windows they are open always.
   * Codes: BAD_INPUT (also a time zone that is not known), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  setSchedule(request: t.SetScheduleRequest, options?: CallOptions): Promise<t.MakerSchedule>;
  /**
   * The caller is writing: say so every few seconds while it lasts. The other party hears it at once or never; nothing is kept.
   * Codes: BAD_INPUT, RATE_LIMITED (a rate of its own), NOT_FOUND.
   */
  setTyping(request: t.SetTypingRequest, options?: CallOptions): Promise<void>;
  /**
   * Hides all ads of the caller until a time, or ends that.
   * Codes: BAD_INPUT (also a time that has passed), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  setVacation(request: t.SetVacationRequest, options?: CallOptions): Promise<t.MakerSchedule>;
  /**
   * Shows something to the other party and to staff, at most 20 times a party.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS, QUOTA_EXCEEDED.
   */
  submitEvidence(request: t.SubmitEvidenceRequest, options?: CallOptions): Promise<t.EvidenceReply>;
  /**
   * The book as it is now; from then on this connection hears `AdBookChanged`. At most 10 markets a connection.
   * Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN, CURRENCY_UNKNOWN, QUOTA_EXCEEDED.
   */
  subscribeAdBook(market: t.Market, options?: CallOptions): Promise<t.AdBook>;
  /**
   * Every reference price as it is now; from then on this connection hears `PricesChanged`. Subscribing again begins anew.
   * Codes: RATE_LIMITED.
   */
  subscribePrices(options?: CallOptions): Promise<t.PricesView>;
  /**
   * Sends a delivery without events, also while the webhook is paused. It is tried once; the log says what became of it.
   * Codes: BAD_INPUT, RATE_LIMITED (by rate, and within 10 seconds of the last test), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
   * WEBHOOKS_NOT_OFFERED, NOT_FOUND.
   */
  testWebhook(request: t.WebhookRequest, options?: CallOptions): Promise<t.WebhookTestReply>;
  /**
   * Ends a block; without one it does nothing.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  unblockUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * The buyer takes a mistaken confirmation back: within two minutes, once an order. The deadline becomes the later of the payment deadline
   * that held before and two minutes from now.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
   * ALREADY_DONE, SELLER_ACTED, DEADLINE_PASSED.
   */
  undoConfirmation(request: t.OrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Ends a favourite; without one it does nothing.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  unfavouriteUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Ends a subscription; without one it does nothing.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  unsubscribeAdBook(market: t.Market, options?: CallOptions): Promise<void>;
  /**
   * Ends the subscription; without one it does nothing.
   * Codes: RATE_LIMITED.
   */
  unsubscribePrices(options?: CallOptions): Promise<void>;
  /**
   * Replaces an ad's terms.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, STALE_VERSION, AD_CLOSED, PAYMENT_METHOD_UNKNOWN,
   * PAYMENT_ACCOUNT_REQUIRED.
   */
  updateAd(request: t.UpdateAdRequest, options?: CallOptions): Promise<t.AdReply>;
  /**
   * Changes one's own profile; what is left out stays.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CURRENCY_UNKNOWN, PAYMENT_METHOD_UNKNOWN, USERNAME_TAKEN.
   */
  updateProfile(request: t.UpdateProfileRequest, options?: CallOptions): Promise<t.ProfileView>;
  /**
   * Play money for a development server.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_IN_PRODUCTION, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, ASSET_UNKNOWN, ASSET_CLOSED,
   * AMOUNT_TOO_LARGE.
   */
  useFaucet(request: t.UseFaucetRequest, options?: CallOptions): Promise<t.WalletReply>;
  /**
   * Takes the open application back.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_JOINED_P2P, NOT_FOUND (there is no open application).
   */
  withdrawMerchantApplication(request: t.WithdrawMerchantApplicationRequest, options?: CallOptions): Promise<t.MerchantStatus>;
}

/** Durable events of a client of the trade hub: heard once each, in order. */
export interface TradeEvents {
  /** Durable: one of the caller's own ads changed. */
  AdChanged: t.AdChanged;
  /** Durable: an available balance moved. */
  BalanceChanged: t.BalanceChanged;
  /** Durable: a complaint about one of the caller's orders was filed, added to, looked into or decided. */
  ComplaintChanged: t.ComplaintChanged;
  /** Durable: a dispute of the caller's changed. */
  DisputeChanged: t.DisputeChanged;
  /** Durable: a room's encryption was proposed, accepted or declined, or it has a new key. Both parties hear it. */
  EncryptionChanged: t.EncryptionChanged;
  /** Durable: evidence was submitted to a dispute of the caller's. */
  EvidenceSubmitted: t.EvidenceSubmitted;
  /** Durable: keys of the user's own devices changed, or those of the other party of an open room. */
  KeysChanged: t.KeysChanged;
  /** Durable: an application to be a merchant was made, taken back or decided; read it with `GetMerchantStatus`. */
  MerchantApplicationChanged: t.MerchantApplicationChanged;
  /** Durable: a person wrote, or an auto-reply was sent. Both parties hear it, the writer on all devices. */
  MessageSent: t.MessageSent;
  /** Durable: the other party has received. */
  MessagesDelivered: t.MessagesDelivered;
  /** Durable: the other party has read, or the caller has, on another device. */
  MessagesRead: t.MessagesRead;
  /** Durable: the user has one notification more. */
  NotificationAdded: t.NotificationAdded;
  /** Durable: an order was placed or changed. */
  OrderChanged: t.OrderChanged;
  /** Durable: the user's profile changed; read it with `GetProfile`. */
  ProfileChanged: t.ProfileChanged;
  /** Durable: a review that the user wrote or received changed. */
  ReviewChanged: t.ReviewChanged;
  /** Durable: the other party of an order reviewed the user. */
  ReviewReceived: t.ReviewReceived;
  /** Durable: the user's second factor was set, removed or changed. */
  SecondFactorChanged: t.SecondFactorChanged;
}

/** What a client of the trade hub hears at once or never: the newest alone counts. */
export interface TradeSignals {
  /** Not durable: a subscribed book changed; the newest state only. */
  AdBookChanged: t.AdBookChanged;
  /** Lossy: there are other announcements than before; heard within seconds. */
  AnnouncementsChanged: t.AnnouncementsChanged;
  /** Not durable: reference prices changed or became stale; the newest state of each, about once a second. */
  PricesChanged: t.PricesChanged;
  /** Not durable: the other party is writing; the newest only. */
  Typing: t.TypingSignal;
}

export const tradeEvents = [
  "AdChanged",
  "BalanceChanged",
  "ComplaintChanged",
  "DisputeChanged",
  "EncryptionChanged",
  "EvidenceSubmitted",
  "KeysChanged",
  "MerchantApplicationChanged",
  "MessageSent",
  "MessagesDelivered",
  "MessagesRead",
  "NotificationAdded",
  "OrderChanged",
  "ProfileChanged",
  "ReviewChanged",
  "ReviewReceived",
  "SecondFactorChanged",
] as const;

export const tradeSignals = [
  "AdBookChanged",
  "AnnouncementsChanged",
  "PricesChanged",
  "Typing",
] as const;

/** Sends each call through an invoker. */
export function tradeCalls(to: Invoker): TradeCalls {
  return {
    acceptCancel: (request, options) => to.change("AcceptCancel", request, options),
    acceptEncryption: (request, options) => to.change("AcceptEncryption", request, options),
    acceptRuling: (request, options) => to.change("AcceptRuling", request, options),
    addComplaintEvidence: (request, options) => to.change("AddComplaintEvidence", request, options),
    appealRuling: (request, options) => to.change("AppealRuling", request, options),
    applyForMerchant: (request, options) => to.change("ApplyForMerchant", request, options),
    beginSecondFactor: (request, options) => to.change("BeginSecondFactor", request, options),
    blockUser: (request, options) => to.change("BlockUser", request, options),
    cancelOrder: (request, options) => to.change("CancelOrder", request, options),
    changeAdTotal: (request, options) => to.change("ChangeAdTotal", request, options),
    checkCreateAd: (request, options) => to.read("CheckCreateAd", [request], options),
    checkCreateOrder: (request, options) => to.read("CheckCreateOrder", [request], options),
    confirmEmail: (request, options) => to.change("ConfirmEmail", request, options),
    confirmPayment: (request, options) => to.change("ConfirmPayment", request, options),
    confirmSecondFactor: (request, options) => to.change("ConfirmSecondFactor", request, options),
    createAd: (request, options) => to.change("CreateAd", request, options),
    createOrder: (request, options) => to.change("CreateOrder", request, options),
    createReview: (request, options) => to.change("CreateReview", request, options),
    createWebhook: (request, options) => to.change("CreateWebhook", request, options),
    declineCancel: (request, options) => to.change("DeclineCancel", request, options),
    declineEncryption: (request, options) => to.change("DeclineEncryption", request, options),
    deleteAd: (request, options) => to.change("DeleteAd", request, options),
    deletePaymentAccount: (request, options) => to.change("DeletePaymentAccount", request, options),
    deleteWebhook: (request, options) => to.change("DeleteWebhook", request, options),
    editReview: (request, options) => to.change("EditReview", request, options),
    escalateDispute: (request, options) => to.change("EscalateDispute", request, options),
    extendPaymentWindow: (request, options) => to.change("ExtendPaymentWindow", request, options),
    favouriteUser: (request, options) => to.change("FavouriteUser", request, options),
    fileComplaint: (request, options) => to.change("FileComplaint", request, options),
    getAd: (request, options) => to.read("GetAd", [request], options),
    getBalances: (options) => to.read("GetBalances", [], options),
    getComplaint: (request, options) => to.read("GetComplaint", [request], options),
    getDeviceKeys: (request, options) => to.read("GetDeviceKeys", [request], options),
    getDispute: (request, options) => to.read("GetDispute", [request], options),
    getMarkets: (options) => to.read("GetMarkets", [], options),
    getMerchantStatus: (options) => to.read("GetMerchantStatus", [], options),
    getMessages: (request, options) => to.read("GetMessages", [request], options),
    getMyLimits: (options) => to.read("GetMyLimits", [], options),
    getNotificationPreferences: (options) => to.read("GetNotificationPreferences", [], options),
    getOrder: (orderId, options) => to.read("GetOrder", [orderId], options),
    getOrderActions: (orderId, options) => to.read("GetOrderActions", [orderId], options),
    getOrderReviews: (orderId, options) => to.read("GetOrderReviews", [orderId], options),
    getPriceHistory: (request, options) => to.read("GetPriceHistory", [request], options),
    getProfile: (request, options) => to.read("GetProfile", [request], options),
    getProfileStats: (request, options) => to.read("GetProfileStats", [request], options),
    getReview: (reviewId, options) => to.read("GetReview", [reviewId], options),
    getRoomEncryption: (orderId, options) => to.read("GetRoomEncryption", [orderId], options),
    getSchedule: (options) => to.read("GetSchedule", [], options),
    getSecondFactor: (options) => to.read("GetSecondFactor", [], options),
    getUnreadCounts: (options) => to.read("GetUnreadCounts", [], options),
    getUnreadNotifications: (options) => to.read("GetUnreadNotifications", [], options),
    getWebPushKey: (options) => to.read("GetWebPushKey", [], options),
    listAds: (request, options) => to.read("ListAds", [request], options),
    listAnnouncements: (options) => to.read("ListAnnouncements", [], options),
    listBlockedUsers: (request, options) => to.read("ListBlockedUsers", [request], options),
    listComplaints: (request, options) => to.read("ListComplaints", [request], options),
    listDisputes: (request, options) => to.read("ListDisputes", [request], options),
    listFavourites: (request, options) => to.read("ListFavourites", [request], options),
    listLedgerEntries: (request, options) => to.read("ListLedgerEntries", [request], options),
    listNotifications: (request, options) => to.read("ListNotifications", [request], options),
    listOrders: (request, options) => to.read("ListOrders", [request], options),
    listPaymentAccounts: (options) => to.read("ListPaymentAccounts", [], options),
    listPaymentMethods: (request, options) => to.read("ListPaymentMethods", [request], options),
    listReviews: (request, options) => to.read("ListReviews", [request], options),
    listRooms: (request, options) => to.read("ListRooms", [request], options),
    listWebPushSubscriptions: (options) => to.read("ListWebPushSubscriptions", [], options),
    listWebhookDeliveries: (request, options) => to.read("ListWebhookDeliveries", [request], options),
    listWebhooks: (options) => to.read("ListWebhooks", [], options),
    listWithdrawals: (request, options) => to.read("ListWithdrawals", [request], options),
    markMessagesDelivered: (request, options) => to.read("MarkMessagesDelivered", [request], options),
    markMessagesRead: (request, options) => to.read("MarkMessagesRead", [request], options),
    markNotificationsRead: (request, options) => to.change("MarkNotificationsRead", request, options),
    myAds: (request, options) => to.read("MyAds", [request], options),
    pauseAd: (request, options) => to.change("PauseAd", request, options),
    pauseWebhook: (request, options) => to.change("PauseWebhook", request, options),
    proposeEncryption: (request, options) => to.change("ProposeEncryption", request, options),
    raiseDispute: (request, options) => to.change("RaiseDispute", request, options),
    registerDevice: (request, options) => to.change("RegisterDevice", request, options),
    registerWebPush: (request, options) => to.change("RegisterWebPush", request, options),
    rekeyRoom: (request, options) => to.change("RekeyRoom", request, options),
    releaseCrypto: (request, options) => to.change("ReleaseCrypto", request, options),
    removeSecondFactor: (request, options) => to.change("RemoveSecondFactor", request, options),
    removeWebPush: (request, options) => to.change("RemoveWebPush", request, options),
    renewRecoveryCodes: (request, options) => to.change("RenewRecoveryCodes", request, options),
    replyToReview: (request, options) => to.change("ReplyToReview", request, options),
    requestCancel: (request, options) => to.change("RequestCancel", request, options),
    requestWithdrawal: (request, options) => to.change("RequestWithdrawal", request, options),
    resumeAd: (request, options) => to.change("ResumeAd", request, options),
    resumeWebhook: (request, options) => to.change("ResumeWebhook", request, options),
    revokeDevice: (request, options) => to.change("RevokeDevice", request, options),
    rotateWebhookSecret: (request, options) => to.change("RotateWebhookSecret", request, options),
    savePaymentAccount: (request, options) => to.change("SavePaymentAccount", request, options),
    searchProfiles: (request, options) => to.read("SearchProfiles", [request], options),
    sendEmailCode: (request, options) => to.change("SendEmailCode", request, options),
    sendMessage: (request, options) => to.change("SendMessage", request, options),
    setNotificationPreferences: (request, options) => to.change("SetNotificationPreferences", request, options),
    setSchedule: (request, options) => to.change("SetSchedule", request, options),
    setTyping: (request, options) => to.read("SetTyping", [request], options),
    setVacation: (request, options) => to.change("SetVacation", request, options),
    submitEvidence: (request, options) => to.change("SubmitEvidence", request, options),
    subscribeAdBook: (market, options) => to.read("SubscribeAdBook", [market], options),
    subscribePrices: (options) => to.read("SubscribePrices", [], options),
    testWebhook: (request, options) => to.change("TestWebhook", request, options),
    unblockUser: (request, options) => to.change("UnblockUser", request, options),
    undoConfirmation: (request, options) => to.change("UndoConfirmation", request, options),
    unfavouriteUser: (request, options) => to.change("UnfavouriteUser", request, options),
    unsubscribeAdBook: (market, options) => to.read("UnsubscribeAdBook", [market], options),
    unsubscribePrices: (options) => to.read("UnsubscribePrices", [], options),
    updateAd: (request, options) => to.change("UpdateAd", request, options),
    updateProfile: (request, options) => to.change("UpdateProfile", request, options),
    useFaucet: (request, options) => to.change("UseFaucet", request, options),
    withdrawMerchantApplication: (request, options) => to.change("WithdrawMerchantApplication", request, options),
  };
}
