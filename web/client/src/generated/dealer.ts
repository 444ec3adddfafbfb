// Written by P2P.Codegen from P2P.Contracts; changes here are lost.

import type { CallOptions, Invoker } from "../calls.js";
import type * as t from "./types.js";

/**
 * Everything that a dealer can call, at `/hubs/dealer`. A server whose operator switched the dealers' network off has no such path.
 * Every call can also be refused with NOT_JOINED_P2P, CONSENT_REQUIRED, SUSPENDED, TIMEOUT, UNAVAILABLE, DRAINING and INTERNAL.
 */
export interface DealerCalls {
  /**
   * Accepts the other party's proposal: an envelope of kind Accept that follows it. The room is encrypted for good.
   * Codes: as `proposeEncryption`; but NOT_REQUESTED (no proposal of the other party's waits) in place of ALREADY_DONE when the room is not
   * encrypted.
   */
  acceptEncryption(request: t.SealRoomRequest, options?: CallOptions): Promise<t.RoomEncryption>;
  /**
   * Agrees to the other party's proposal: the order is cancelled.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
   */
  acceptGoodsCancel(request: t.GoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * The seller takes the order, and says in how many days it will be fulfilled once it is paid.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
   * DEADLINE_PASSED.
   */
  acceptGoodsOrder(request: t.AcceptGoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Accepts an invitation, which connects both at once. It can be accepted once, whoever tries at the same time.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES (5 that failed within an hour), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
   * INVITATION_NOT_FOUND, ALREADY_CONNECTED.
   */
  acceptInvitation(request: t.AcceptInvitationRequest, options?: CallOptions): Promise<t.ConnectionView>;
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
   * Connects the caller with who asked; the invitation is used by it.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (nobody asked the caller so), ALREADY_DONE
   * (it was answered), INVITATION_NOT_FOUND (it waits no longer), ALREADY_CONNECTED.
   */
  approveInvitationRequest(request: t.AnswerInvitationRequest, options?: CallOptions): Promise<t.ConnectionView>;
  /**
   * Says which of an item's pictures stay, and in which order; the others are removed. `POST /api/p2p/items/{itemId}/images` adds one.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's, or no such
   * picture of it), STALE_VERSION.
   */
  arrangeItemImages(request: t.ArrangeItemImagesRequest, options?: CallOptions): Promise<t.ItemReply>;
  /**
   * Makes a secret for the caller's app. Nothing is guarded by it before it is confirmed, within 15 minutes.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_SET.
   */
  beginSecondFactor(request: t.BeginSecondFactorRequest, options?: CallOptions): Promise<t.SecondFactorSetup>;
  /**
   * Blocks a connected peer: neither has access at the other, until it is ended. Blocking twice changes nothing.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.
   */
  blockPeer(request: t.PeerRequest, options?: CallOptions): Promise<t.ConnectionReply>;
  /**
   * Blocks a user: neither of the two finds, sees or takes the other's ads any more; to both they are as if they were not there. Open
   * orders go on. A live book is the same for everyone and still names them. Blocking ends a favourite; blocking twice changes nothing.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, QUOTA_EXCEEDED.
   */
  blockUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Calls an order off: the buyer's right until it is paid (a suspended buyer's order is the seller's to call off, too), and the seller's
   * as long as nothing was sent; what was paid into escrow goes back. Without escrow the buyer may, too, once the time to fulfil is over.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
   * ALREADY_SENT.
   */
  cancelGoodsOrder(request: t.GoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Whether `createGoodsOrder` would succeed now, with every reason why not, and the amounts.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  checkCreateGoodsOrder(request: t.CheckCreateGoodsOrderRequest, options?: CallOptions): Promise<t.GoodsOrderCheck>;
  /**
   * Confirms the profile's address with the code; changing the address needs it anew.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, EMAIL_MISSING, CODE_EXPIRED, CODE_WRONG.
   */
  confirmEmail(request: t.ConfirmEmailRequest, options?: CallOptions): Promise<t.EmailReply>;
  /**
   * The buyer says that the goods arrived: the seller has the money, but for what was refunded. This cannot be undone.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, SUSPENDED, RELEASES_PAUSED.
   */
  confirmGoodsReceipt(request: t.GoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Sets the second factor with a code of the secret; answers the recovery codes.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
   * SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_SET, SECOND_FACTOR_NOT_SET (there is no secret to confirm, or it has expired).
   */
  confirmSecondFactor(request: t.ConfirmSecondFactorRequest, options?: CallOptions): Promise<t.RecoveryCodes>;
  /**
   * Requests goods: fixes the price and reserves the stock until the order ends.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, BUSY, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, TRADING_PAUSED, NOT_FOUND, ACCESS_REQUIRED
   * (the caller sees the item and may not order it), OWN_ITEM, SUSPENDED, PRICE_REQUIRED (the item is sealed, and no price was said),
   * PRICE_CHANGED, NO_ESCROW, AMOUNT_TOO_SMALL (the price of so little is nothing), AMOUNT_TOO_LARGE, QUOTA_EXCEEDED, NOT_ENOUGH_REMAINING.
   */
  createGoodsOrder(request: t.CreateGoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Makes an invitation; at most 20 wait at one time.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, KEYS_REQUIRED, QUOTA_EXCEEDED.
   */
  createInvitation(request: t.CreateInvitationRequest, options?: CallOptions): Promise<t.InvitationView>;
  /**
   * Puts an item in; at most 1,000 a peer.
   * Codes: BAD_INPUT (also: the item's id is taken, or no device of the caller's signed what is sealed), RATE_LIMITED, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, NOT_A_PEER, CURRENCY_UNKNOWN, QUOTA_EXCEEDED.
   */
  createItem(request: t.CreateItemRequest, options?: CallOptions): Promise<t.ItemReply>;
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
   * Ends the caller's connections with a peer whom the caller invited, with everybody whom that peer invited, and so on. Connections of
   * others are left alone.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (the caller invited no such peer).
   */
  cutBranch(request: t.PeerRequest, options?: CallOptions): Promise<t.CutBranchReply>;
  /**
   * Declines the other party's proposal, or takes the caller's own back. Another may follow.
   * Codes: BAD_INPUT, RATE_LIMITED (that of messages), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, NOT_REQUESTED.
   */
  declineEncryption(request: t.DeclineEncryptionRequest, options?: CallOptions): Promise<t.RoomEncryption>;
  /**
   * Declines the other party's proposal, or takes one's own back.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, NOT_REQUESTED.
   */
  declineGoodsCancel(request: t.GoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * The seller does not take the order: the stock is free again.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY.
   */
  declineGoodsOrder(request: t.GoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Says no to who asked; the invitation waits on.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (nobody asked the caller so), ALREADY_DONE
   * (it was answered).
   */
  declineInvitationRequest(request: t.AnswerInvitationRequest, options?: CallOptions): Promise<t.InvitationRequestReply>;
  /**
   * Takes an item out for good.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's), STALE_VERSION.
   */
  deleteItem(request: t.ItemRequest, options?: CallOptions): Promise<t.ItemReply>;
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
   * The last of the order is on its way: all that is left, or less. What was ordered and will not come is back in stock, and its price is
   * the buyer's when the order ends.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also a proof that is no file of the caller's in
   * this order), STALE_VERSION, WRONG_STATUS, WRONG_PARTY, NOT_ENOUGH_REMAINING (more than is left), QUOTA_EXCEEDED.
   */
  fulfilGoodsOrder(request: t.FulfilRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * A part of the order is on its way, and more will follow: the seller's, at most 20 shipments an order.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also a proof that is no file of the caller's in
   * this order), STALE_VERSION, WRONG_STATUS, WRONG_PARTY, NOT_ENOUGH_REMAINING (no less than all that is left), QUOTA_EXCEEDED.
   */
  fulfilGoodsOrderPart(request: t.FulfilPartRequest, options?: CallOptions): Promise<t.OrderReply>;
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
   * One connection.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.
   */
  getConnection(request: t.GetConnectionRequest, options?: CallOptions): Promise<t.ConnectionView>;
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
   * One of the caller's own goods orders, with its shipments.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.
   */
  getGoodsOrder(orderId: t.Uuid, options?: CallOptions): Promise<t.GoodsOrderView>;
  /**
   * Each action that a party could take, allowed or with every reason why not.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.
   */
  getGoodsOrderActions(orderId: t.Uuid, options?: CallOptions): Promise<readonly t.GoodsActionCheck[]>;
  /**
   * Which relays the caller may use, with credentials that are good for ten minutes.
   * Codes: RATE_LIMITED, NOT_A_PEER.
   */
  getIceServers(options?: CallOptions): Promise<t.IceServers>;
  /**
   * One item that the caller may see.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND.
   */
  getItem(request: t.GetItemRequest, options?: CallOptions): Promise<t.ItemView>;
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
   * How the caller is notified.
   * Codes: RATE_LIMITED.
   */
  getNotificationPreferences(options?: CallOptions): Promise<t.NotificationPreferences>;
  /**
   * Both reviews of one of the caller's own orders.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getOrderReviews(orderId: t.Uuid, options?: CallOptions): Promise<t.OrderReviews>;
  /**
   * The caller as a peer.
   * Codes: RATE_LIMITED, NOT_A_PEER.
   */
  getPeer(options?: CallOptions): Promise<t.PeerView>;
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
   * The caller's sales of some days by item, by peer or by day: orders that were completed, and what was earned with them. The same stands
   * at `GET /api/p2p/sales.csv?from=2026-01-01&to=2026-01-31&by=item`.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  getSales(request: t.GetSalesRequest, options?: CallOptions): Promise<t.SalesView>;
  /**
   * How the caller's second factor stands.
   * Codes: RATE_LIMITED.
   */
  getSecondFactor(options?: CallOptions): Promise<t.SecondFactorStatus>;
  /**
   * How often the stock of each of the caller's items was sold within some days. The same stands at `GET
   * /api/p2p/stock-turnover.csv?from=2026-01-01&to=2026-01-31`.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  getStockTurnover(request: t.GetStockTurnoverRequest, options?: CallOptions): Promise<t.StockTurnoverView>;
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
   * The seller gives a part of the held money back: it is agreed at once, adds to what was given before, and the order's end pays it out.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY,
   * NO_ESCROW, AMOUNT_TOO_LARGE (more than is held beside what was given already), AMOUNT_TOO_SMALL (finer than the asset).
   */
  giveGoodsRefund(request: t.GiveRefundRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Makes the caller a peer, under the keys of one of the caller's devices (`RegisterDevice` before it). The peer id is that device's id:
   * SHA-256 of its public keys, so that nobody can bind it to other keys. It stays when further devices come and this one goes.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ALREADY_DONE (the caller is a peer), NOT_FOUND (the caller has
   * no such device), DEVICE_REVOKED.
   */
  joinNetwork(request: t.JoinNetworkRequest, options?: CallOptions): Promise<t.PeerView>;
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
   * Whom the caller is connected with, or blocks; newest first.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  listConnections(request: t.ListConnectionsRequest, options?: CallOptions): Promise<t.Page<t.ConnectionView>>;
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
   * The caller's own goods orders, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  listGoodsOrders(request: t.ListGoodsOrdersRequest, options?: CallOptions): Promise<t.Page<t.GoodsOrderView>>;
  /**
   * Who asks the caller to connect and waits for an answer, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  listInvitationRequests(request: t.ListInvitationsRequest, options?: CallOptions): Promise<t.Page<t.InvitationRequestView>>;
  /**
   * The caller's invitations, newest first: those that wait, and what became of the others.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  listInvitations(request: t.ListInvitationsRequest, options?: CallOptions): Promise<t.Page<t.InvitationView>>;
  /**
   * What was done to an item and by whom, newest first: for the owner, and for peers with manage.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND, ACCESS_REQUIRED (the caller sees it and may not manage it).
   */
  listItemHistory(request: t.ItemPageRequest, options?: CallOptions): Promise<t.Page<t.ItemHistoryEntry>>;
  /**
   * For whom a sealed item's key is, and which devices have it: the owner first, then by profile. Those who have it and see the item no
   * longer are among them: the item then needs a new key.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND (no sealed item of the caller's).
   */
  listItemReaders(request: t.ItemPageRequest, options?: CallOptions): Promise<t.Page<t.ItemReader>>;
  /**
   * With whom an item of the caller's is shared, oldest share first.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, NOT_FOUND (no item of the caller's).
   */
  listItemShares(request: t.ItemPageRequest, options?: CallOptions): Promise<t.Page<t.ItemShareView>>;
  /**
   * Items that the caller may see, newest first. A peer who does not exist has none.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  listItems(request: t.ListItemsRequest, options?: CallOptions): Promise<t.Page<t.ItemView>>;
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
   * Who invites, for a program that has the whole link: what it needs to check the inviter's keys before it accepts.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES, INVITATION_NOT_FOUND.
   */
  openInvitation(request: t.OpenInvitationRequest, options?: CallOptions): Promise<t.InvitationOffer>;
  /**
   * Stops deliveries: after the answer at most the one that is on its way arrives. Paused already, nothing changes.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  pauseWebhook(request: t.WebhookRequest, options?: CallOptions): Promise<t.WebhookView>;
  /**
   * The buyer pays: the price goes from the buyer's wallet into the order's escrow. Without escrow the buyer says that it was paid, and by
   * what reference.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, WRONG_PARTY, DEADLINE_PASSED, SUSPENDED, INSUFFICIENT_BALANCE.
   */
  payGoodsOrder(request: t.PayGoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
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
   * Passes a frame of a session on to all of a peer's connections; the peers' own counters find out what is lost.
   * Codes: BAD_INPUT (also more than 26,000 characters), RATE_LIMITED (200 a second, and 2 MB a second a session), NOT_A_PEER, NOT_FOUND
   * (as `sendSignal`; a connection that ends is noticed within a second).
   */
  relay(request: t.RelayRequest, options?: CallOptions): Promise<void>;
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
   * Proposes to call a paid order off; both must agree. What was paid into escrow then goes back.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS, ALREADY_DONE.
   */
  requestGoodsCancel(request: t.GoodsOrderRequest, options?: CallOptions): Promise<t.OrderReply>;
  /**
   * Asks an inviter whose locator alone was told, by phone for instance: the inviter approves or declines. Nothing proves the keys then;
   * both compare their safety number.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, TOO_MANY_TRIES (10 that failed within an hour), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
   * INVITATION_NOT_FOUND, ALREADY_CONNECTED, ALREADY_DONE (asked before), QUOTA_EXCEEDED.
   */
  requestInvitation(request: t.RequestInvitationRequest, options?: CallOptions): Promise<t.InvitationRequestReply>;
  /**
   * Holds an amount until the operator's wallet service has sent it.
   * Codes: BAD_INPUT (also an amount finer than the asset), RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED,
   * SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, ASSET_UNKNOWN, SUSPENDED, RELEASES_PAUSED, INSUFFICIENT_BALANCE.
   */
  requestWithdrawal(request: t.RequestWithdrawalRequest, options?: CallOptions): Promise<t.WalletReply>;
  /**
   * Goes on from the position at which deliveries stopped. Active already, it tries again at once.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  resumeWebhook(request: t.ResumeWebhookRequest, options?: CallOptions): Promise<t.WebhookView>;
  /**
   * Ends a connection for both. Only another invitation connects the two again; a block stays.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.
   */
  revokeConnection(request: t.PeerRequest, options?: CallOptions): Promise<t.ConnectionReply>;
  /**
   * Ends that a device speaks for the caller. Whoever is concerned hears of it as of a new device.
   * Codes: BAD_INPUT (also a statement whose shape or signature is wrong, or that is another's), RATE_LIMITED, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, CHAIN_STALE, NOT_FOUND (the caller has no such device), ALREADY_DONE (it is revoked), DEVICE_REVOKED (the signer
   * is).
   */
  revokeDevice(request: t.RevokeDeviceRequest, options?: CallOptions): Promise<t.DeviceReply>;
  /**
   * Ends an invitation that waits.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no invitation of the caller's),
   * ALREADY_DONE (it waits no longer).
   */
  revokeInvitation(request: t.RevokeInvitationRequest, options?: CallOptions): Promise<t.InvitationView>;
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
   * Items that the caller may see and that hold all the words, newest first. What is sealed is not found by words.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  searchItems(request: t.SearchItemsRequest, options?: CallOptions): Promise<t.Page<t.ItemView>>;
  /**
   * The directory: peers who want to be found, the newest first. Whoever blocks the caller, or is blocked, is not in it.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER.
   */
  searchPeers(request: t.SearchPeersRequest, options?: CallOptions): Promise<t.Page<t.PeerEntry>>;
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
   * Passes a signal to all of a peer's connections: a connected peer's, or that of the other party of an open order. The server says from
   * whom it comes.
   * Codes: BAD_INPUT (also a payload of more than 16,384 characters), RATE_LIMITED (20 a second), NOT_A_PEER, NOT_FOUND (also a peer with
   * whom there is neither a connection nor an open order), DEADLINE_PASSED (the session began more than 60 seconds ago), QUOTA_EXCEEDED (50
   * candidates a session).
   */
  sendSignal(request: t.SendSignalRequest, options?: CallOptions): Promise<void>;
  /**
   * Changes what a connected peer may do with the caller's inventory.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.
   */
  setAccess(request: t.SetAccessRequest, options?: CallOptions): Promise<t.ConnectionView>;
  /**
   * Brings a sealed item's key to devices of those who may see it, the caller's own too; whoever gets one hears `ItemChanged`. A content
   * with a higher key version (`UpdateItem`) takes all keys away that were there.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no sealed item of the caller's),
   * STALE_VERSION (the item has another key by now).
   */
  setItemKeys(request: t.SetItemKeysRequest, options?: CallOptions): Promise<t.ItemReply>;
  /**
   * Changes the price: for the owner, and for peers with manage. A sealed item's price stands in what is sealed.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND, ACCESS_REQUIRED (the caller sees it and
   * may not manage it), STALE_VERSION, ITEM_SEALED.
   */
  setItemPrice(request: t.SetItemPriceRequest, options?: CallOptions): Promise<t.ItemReply>;
  /**
   * Says how many there are: for the owner, and for peers with manage.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_A_PEER, BUSY, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, ACCESS_REQUIRED (the caller sees it
   * and may not manage it), STALE_VERSION.
   */
  setItemStock(request: t.SetItemStockRequest, options?: CallOptions): Promise<t.ItemReply>;
  /**
   * Replaces the caller's preferences.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  setNotificationPreferences(request: t.SetNotificationPreferencesRequest, options?: CallOptions): Promise<t.NotificationPreferences>;
  /**
   * The caller is writing: say so every few seconds while it lasts. The other party hears it at once or never; nothing is kept.
   * Codes: BAD_INPUT, RATE_LIMITED (a rate of its own), NOT_FOUND.
   */
  setTyping(request: t.SetTypingRequest, options?: CallOptions): Promise<void>;
  /**
   * Shares an item with a connected peer, or changes what that peer may do with it; at most 200 an item. The share ends with the
   * connection.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's, or no connected
   * peer), QUOTA_EXCEEDED.
   */
  shareItem(request: t.ShareItemRequest, options?: CallOptions): Promise<t.ItemReply>;
  /**
   * Shows something to the other party and to staff, at most 20 times a party.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, WRONG_STATUS, QUOTA_EXCEEDED.
   */
  submitEvidence(request: t.SubmitEvidenceRequest, options?: CallOptions): Promise<t.EvidenceReply>;
  /**
   * Sends a delivery without events, also while the webhook is paused. It is tried once; the log says what became of it.
   * Codes: BAD_INPUT, RATE_LIMITED (by rate, and within 10 seconds of the last test), REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
   * WEBHOOKS_NOT_OFFERED, NOT_FOUND.
   */
  testWebhook(request: t.WebhookRequest, options?: CallOptions): Promise<t.WebhookTestReply>;
  /**
   * Ends a block; without one it does nothing. What was granted before holds again, unless the connection was revoked meanwhile.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND.
   */
  unblockPeer(request: t.PeerRequest, options?: CallOptions): Promise<t.ConnectionReply>;
  /**
   * Ends a block; without one it does nothing.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  unblockUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Ends a favourite; without one it does nothing.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  unfavouriteUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Ends a share; without one it does nothing.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's, or no such
   * peer).
   */
  unshareItem(request: t.UnshareItemRequest, options?: CallOptions): Promise<t.ItemReply>;
  /**
   * Replaces what the owner says of an item. Whoever saw it and does so no longer hears that it is gone.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER, NOT_FOUND (no item of the caller's), STALE_VERSION,
   * CURRENCY_UNKNOWN, ITEM_SEALED (it has pictures, which are open or sealed as the item was: remove them first).
   */
  updateItem(request: t.UpdateItemRequest, options?: CallOptions): Promise<t.ItemReply>;
  /**
   * Changes what is given, and leaves the rest.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_A_PEER.
   */
  updatePeer(request: t.UpdatePeerRequest, options?: CallOptions): Promise<t.PeerView>;
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

/** Durable events of a client of the dealer hub: heard once each, in order. */
export interface DealerEvents {
  /** Durable: an available balance moved. */
  BalanceChanged: t.BalanceChanged;
  /** Durable: a complaint about one of the caller's orders was filed, added to, looked into or decided. */
  ComplaintChanged: t.ComplaintChanged;
  /** Durable: a connection of the caller's began, changed or ended, as the caller sees it. */
  ConnectionChanged: t.ConnectionChanged;
  /** Durable: a dispute of the caller's changed. */
  DisputeChanged: t.DisputeChanged;
  /** Durable: a room's encryption was proposed, accepted or declined, or it has a new key. Both parties hear it. */
  EncryptionChanged: t.EncryptionChanged;
  /** Durable: evidence was submitted to a dispute of the caller's. */
  EvidenceSubmitted: t.EvidenceSubmitted;
  /** Durable: a goods order was placed or changed. */
  GoodsOrderChanged: t.GoodsOrderChanged;
  /** Durable: an invitation of the caller's was made, accepted or revoked. */
  InvitationChanged: t.InvitationChanged;
  /** Durable: somebody asks the caller to connect, or was answered; both of them hear it. */
  InvitationRequestChanged: t.InvitationRequestChanged;
  /**
   * Durable: an item that the caller sees or saw changed. Heard by the owner and by connected peers; who sees a public item without a
   * connection reads it.
   */
  ItemChanged: t.ItemChanged;
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
  /** Durable: the caller's own name or choices changed; read them with `GetPeer`. */
  PeerChanged: t.PeerChanged;
  /** Durable: the user's profile changed; read it with `GetProfile`. */
  ProfileChanged: t.ProfileChanged;
  /** Durable: a review that the user wrote or received changed. */
  ReviewChanged: t.ReviewChanged;
  /** Durable: the other party of an order reviewed the user. */
  ReviewReceived: t.ReviewReceived;
  /** Durable: the user's second factor was set, removed or changed. */
  SecondFactorChanged: t.SecondFactorChanged;
}

/** What a client of the dealer hub hears at once or never: the newest alone counts. */
export interface DealerSignals {
  /** Lossy: there are other announcements than before; heard within seconds. */
  AnnouncementsChanged: t.AnnouncementsChanged;
  /** Lossy: frames of sessions, the oldest first. */
  FramesReceived: t.FramesReceived;
  /** Lossy: a connected peer came or went; heard within seconds, and never of one who hides it. */
  PeerStatusChanged: t.PeerStatusChanged;
  /** Lossy: signals of other peers, the oldest first. */
  SignalsReceived: t.SignalsReceived;
  /** Not durable: the other party is writing; the newest only. */
  Typing: t.TypingSignal;
}

export const dealerEvents = [
  "BalanceChanged",
  "ComplaintChanged",
  "ConnectionChanged",
  "DisputeChanged",
  "EncryptionChanged",
  "EvidenceSubmitted",
  "GoodsOrderChanged",
  "InvitationChanged",
  "InvitationRequestChanged",
  "ItemChanged",
  "KeysChanged",
  "MerchantApplicationChanged",
  "MessageSent",
  "MessagesDelivered",
  "MessagesRead",
  "NotificationAdded",
  "PeerChanged",
  "ProfileChanged",
  "ReviewChanged",
  "ReviewReceived",
  "SecondFactorChanged",
] as const;

export const dealerSignals = [
  "AnnouncementsChanged",
  "FramesReceived",
  "PeerStatusChanged",
  "SignalsReceived",
  "Typing",
] as const;

/** Sends each call through an invoker. */
export function dealerCalls(to: Invoker): DealerCalls {
  return {
    acceptEncryption: (request, options) => to.change("AcceptEncryption", request, options),
    acceptGoodsCancel: (request, options) => to.change("AcceptGoodsCancel", request, options),
    acceptGoodsOrder: (request, options) => to.change("AcceptGoodsOrder", request, options),
    acceptInvitation: (request, options) => to.change("AcceptInvitation", request, options),
    acceptRuling: (request, options) => to.change("AcceptRuling", request, options),
    addComplaintEvidence: (request, options) => to.change("AddComplaintEvidence", request, options),
    appealRuling: (request, options) => to.change("AppealRuling", request, options),
    applyForMerchant: (request, options) => to.change("ApplyForMerchant", request, options),
    approveInvitationRequest: (request, options) => to.change("ApproveInvitationRequest", request, options),
    arrangeItemImages: (request, options) => to.change("ArrangeItemImages", request, options),
    beginSecondFactor: (request, options) => to.change("BeginSecondFactor", request, options),
    blockPeer: (request, options) => to.change("BlockPeer", request, options),
    blockUser: (request, options) => to.change("BlockUser", request, options),
    cancelGoodsOrder: (request, options) => to.change("CancelGoodsOrder", request, options),
    checkCreateGoodsOrder: (request, options) => to.read("CheckCreateGoodsOrder", [request], options),
    confirmEmail: (request, options) => to.change("ConfirmEmail", request, options),
    confirmGoodsReceipt: (request, options) => to.change("ConfirmGoodsReceipt", request, options),
    confirmSecondFactor: (request, options) => to.change("ConfirmSecondFactor", request, options),
    createGoodsOrder: (request, options) => to.change("CreateGoodsOrder", request, options),
    createInvitation: (request, options) => to.change("CreateInvitation", request, options),
    createItem: (request, options) => to.change("CreateItem", request, options),
    createReview: (request, options) => to.change("CreateReview", request, options),
    createWebhook: (request, options) => to.change("CreateWebhook", request, options),
    cutBranch: (request, options) => to.change("CutBranch", request, options),
    declineEncryption: (request, options) => to.change("DeclineEncryption", request, options),
    declineGoodsCancel: (request, options) => to.change("DeclineGoodsCancel", request, options),
    declineGoodsOrder: (request, options) => to.change("DeclineGoodsOrder", request, options),
    declineInvitationRequest: (request, options) => to.change("DeclineInvitationRequest", request, options),
    deleteItem: (request, options) => to.change("DeleteItem", request, options),
    deletePaymentAccount: (request, options) => to.change("DeletePaymentAccount", request, options),
    deleteWebhook: (request, options) => to.change("DeleteWebhook", request, options),
    editReview: (request, options) => to.change("EditReview", request, options),
    escalateDispute: (request, options) => to.change("EscalateDispute", request, options),
    favouriteUser: (request, options) => to.change("FavouriteUser", request, options),
    fileComplaint: (request, options) => to.change("FileComplaint", request, options),
    fulfilGoodsOrder: (request, options) => to.change("FulfilGoodsOrder", request, options),
    fulfilGoodsOrderPart: (request, options) => to.change("FulfilGoodsOrderPart", request, options),
    getBalances: (options) => to.read("GetBalances", [], options),
    getComplaint: (request, options) => to.read("GetComplaint", [request], options),
    getConnection: (request, options) => to.read("GetConnection", [request], options),
    getDeviceKeys: (request, options) => to.read("GetDeviceKeys", [request], options),
    getDispute: (request, options) => to.read("GetDispute", [request], options),
    getGoodsOrder: (orderId, options) => to.read("GetGoodsOrder", [orderId], options),
    getGoodsOrderActions: (orderId, options) => to.read("GetGoodsOrderActions", [orderId], options),
    getIceServers: (options) => to.read("GetIceServers", [], options),
    getItem: (request, options) => to.read("GetItem", [request], options),
    getMerchantStatus: (options) => to.read("GetMerchantStatus", [], options),
    getMessages: (request, options) => to.read("GetMessages", [request], options),
    getNotificationPreferences: (options) => to.read("GetNotificationPreferences", [], options),
    getOrderReviews: (orderId, options) => to.read("GetOrderReviews", [orderId], options),
    getPeer: (options) => to.read("GetPeer", [], options),
    getProfile: (request, options) => to.read("GetProfile", [request], options),
    getProfileStats: (request, options) => to.read("GetProfileStats", [request], options),
    getReview: (reviewId, options) => to.read("GetReview", [reviewId], options),
    getRoomEncryption: (orderId, options) => to.read("GetRoomEncryption", [orderId], options),
    getSales: (request, options) => to.read("GetSales", [request], options),
    getSecondFactor: (options) => to.read("GetSecondFactor", [], options),
    getStockTurnover: (request, options) => to.read("GetStockTurnover", [request], options),
    getUnreadCounts: (options) => to.read("GetUnreadCounts", [], options),
    getUnreadNotifications: (options) => to.read("GetUnreadNotifications", [], options),
    getWebPushKey: (options) => to.read("GetWebPushKey", [], options),
    giveGoodsRefund: (request, options) => to.change("GiveGoodsRefund", request, options),
    joinNetwork: (request, options) => to.change("JoinNetwork", request, options),
    listAnnouncements: (options) => to.read("ListAnnouncements", [], options),
    listBlockedUsers: (request, options) => to.read("ListBlockedUsers", [request], options),
    listComplaints: (request, options) => to.read("ListComplaints", [request], options),
    listConnections: (request, options) => to.read("ListConnections", [request], options),
    listDisputes: (request, options) => to.read("ListDisputes", [request], options),
    listFavourites: (request, options) => to.read("ListFavourites", [request], options),
    listGoodsOrders: (request, options) => to.read("ListGoodsOrders", [request], options),
    listInvitationRequests: (request, options) => to.read("ListInvitationRequests", [request], options),
    listInvitations: (request, options) => to.read("ListInvitations", [request], options),
    listItemHistory: (request, options) => to.read("ListItemHistory", [request], options),
    listItemReaders: (request, options) => to.read("ListItemReaders", [request], options),
    listItemShares: (request, options) => to.read("ListItemShares", [request], options),
    listItems: (request, options) => to.read("ListItems", [request], options),
    listLedgerEntries: (request, options) => to.read("ListLedgerEntries", [request], options),
    listNotifications: (request, options) => to.read("ListNotifications", [request], options),
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
    openInvitation: (request, options) => to.read("OpenInvitation", [request], options),
    pauseWebhook: (request, options) => to.change("PauseWebhook", request, options),
    payGoodsOrder: (request, options) => to.change("PayGoodsOrder", request, options),
    proposeEncryption: (request, options) => to.change("ProposeEncryption", request, options),
    raiseDispute: (request, options) => to.change("RaiseDispute", request, options),
    registerDevice: (request, options) => to.change("RegisterDevice", request, options),
    registerWebPush: (request, options) => to.change("RegisterWebPush", request, options),
    rekeyRoom: (request, options) => to.change("RekeyRoom", request, options),
    relay: (request, options) => to.read("Relay", [request], options),
    removeSecondFactor: (request, options) => to.change("RemoveSecondFactor", request, options),
    removeWebPush: (request, options) => to.change("RemoveWebPush", request, options),
    renewRecoveryCodes: (request, options) => to.change("RenewRecoveryCodes", request, options),
    replyToReview: (request, options) => to.change("ReplyToReview", request, options),
    requestGoodsCancel: (request, options) => to.change("RequestGoodsCancel", request, options),
    requestInvitation: (request, options) => to.change("RequestInvitation", request, options),
    requestWithdrawal: (request, options) => to.change("RequestWithdrawal", request, options),
    resumeWebhook: (request, options) => to.change("ResumeWebhook", request, options),
    revokeConnection: (request, options) => to.change("RevokeConnection", request, options),
    revokeDevice: (request, options) => to.change("RevokeDevice", request, options),
    revokeInvitation: (request, options) => to.change("RevokeInvitation", request, options),
    rotateWebhookSecret: (request, options) => to.change("RotateWebhookSecret", request, options),
    savePaymentAccount: (request, options) => to.change("SavePaymentAccount", request, options),
    searchItems: (request, options) => to.read("SearchItems", [request], options),
    searchPeers: (request, options) => to.read("SearchPeers", [request], options),
    searchProfiles: (request, options) => to.read("SearchProfiles", [request], options),
    sendEmailCode: (request, options) => to.change("SendEmailCode", request, options),
    sendMessage: (request, options) => to.change("SendMessage", request, options),
    sendSignal: (request, options) => to.read("SendSignal", [request], options),
    setAccess: (request, options) => to.change("SetAccess", request, options),
    setItemKeys: (request, options) => to.change("SetItemKeys", request, options),
    setItemPrice: (request, options) => to.change("SetItemPrice", request, options),
    setItemStock: (request, options) => to.change("SetItemStock", request, options),
    setNotificationPreferences: (request, options) => to.change("SetNotificationPreferences", request, options),
    setTyping: (request, options) => to.read("SetTyping", [request], options),
    shareItem: (request, options) => to.change("ShareItem", request, options),
    submitEvidence: (request, options) => to.change("SubmitEvidence", request, options),
    testWebhook: (request, options) => to.change("TestWebhook", request, options),
    unblockPeer: (request, options) => to.change("UnblockPeer", request, options),
    unblockUser: (request, options) => to.change("UnblockUser", request, options),
    unfavouriteUser: (request, options) => to.change("UnfavouriteUser", request, options),
    unshareItem: (request, options) => to.change("UnshareItem", request, options),
    updateItem: (request, options) => to.change("UpdateItem", request, options),
    updatePeer: (request, options) => to.change("UpdatePeer", request, options),
    updateProfile: (request, options) => to.change("UpdateProfile", request, options),
    useFaucet: (request, options) => to.change("UseFaucet", request, options),
    withdrawMerchantApplication: (request, options) => to.change("WithdrawMerchantApplication", request, options),
  };
}
