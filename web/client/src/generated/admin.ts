// Written by P2P.Codegen from P2P.Contracts; changes here are lost.

import type { CallOptions, Invoker } from "../calls.js";
import type * as t from "./types.js";

/**
 * Everything that staff can call, at `/hubs/admin`. A connection needs one of `StaffRoles` and no profile; without a role it is refused
 * with FORBIDDEN.
 * Every call can also be refused with FORBIDDEN (the caller has no role that the call names), TIMEOUT, UNAVAILABLE, DRAINING and INTERNAL.
 * Every act is a row of the audit log with its reason, and so is every read of private data.
 */
export interface AdminCalls {
  /**
   * Takes note of a finding. It pauses nothing again as long as it is seen again within seven days; releases stay paused until
   * `resumeReleases`. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, ALREADY_DONE.
   */
  acknowledgeFinding(request: t.AcknowledgeFindingRequest, options?: CallOptions): Promise<t.LedgerFinding>;
  /**
   * Adds an asset. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CODE_TAKEN, QUOTA_EXCEEDED.
   */
  addAsset(request: t.AddAssetRequest, options?: CallOptions): Promise<t.CatalogueAsset>;
  /**
   * Adds a currency. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CODE_TAKEN, QUOTA_EXCEEDED.
   */
  addCurrency(request: t.AddCurrencyRequest, options?: CallOptions): Promise<t.CatalogueCurrency>;
  /**
   * Lets a member of staff read the room of a case and its files, and nothing more. For the arbitrator who has the case, and admins. Roles:
   * admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the helper), WRONG_STATUS,
   * CONFLICT_OF_INTEREST, NOT_ASSIGNED, QUOTA_EXCEEDED.
   */
  addDisputeHelper(request: t.DisputeHelperRequest, options?: CallOptions): Promise<t.StaffDisputeReply>;
  /**
   * Adds a payment method. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CURRENCY_UNKNOWN, CODE_TAKEN, QUOTA_EXCEEDED.
   */
  addPaymentMethod(request: t.AddPaymentMethodRequest, options?: CallOptions): Promise<t.CatalogueMethod>;
  /**
   * Tells everybody something, on every node within seconds. Roles: admin, support.
   * Codes: BAD_INPUT (also an end that has passed), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, QUOTA_EXCEEDED (5 that have not
   * ended).
   */
  announce(request: t.AnnounceRequest, options?: CallOptions): Promise<t.StaffAnnouncement>;
  /**
   * Asks to be a merchant; staff decide.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_JOINED_P2P, ALREADY_MERCHANT, APPLICATION_OPEN,
   * DEADLINE_NOT_REACHED (after a declined application), REQUIREMENTS_UNMET.
   */
  applyForMerchant(request: t.ApplyForMerchantRequest, options?: CallOptions): Promise<t.MerchantStatus>;
  /**
   * Gives a complaint to an arbitrator, or takes it from everybody. An arbitrator takes one that nobody has, or hands on their own; an
   * admin does either with any. Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the assignee, who must have been connected as
   * an arbitrator or admin), STALE_VERSION, WRONG_STATUS, CONFLICT_OF_INTEREST, NOT_ASSIGNED.
   */
  assignComplaint(request: t.AssignComplaintRequest, options?: CallOptions): Promise<t.StaffComplaintReply>;
  /**
   * Gives a case to an arbitrator, or takes it from everybody; one that is being negotiated is staff's from then on. An arbitrator takes a
   * case that nobody has, or hands on their own; an admin does either with any. Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND (also of the assignee, who must have been
   * connected as an arbitrator or admin), STALE_VERSION, WRONG_STATUS, CONFLICT_OF_INTEREST, NOT_ASSIGNED, SAME_PERSON.
   */
  assignDispute(request: t.AssignDisputeRequest, options?: CallOptions): Promise<t.StaffDisputeReply>;
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
   * Changes an asset's name, fee and bounds, closes it or opens it again. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ASSET_UNKNOWN.
   */
  changeAsset(request: t.ChangeAssetRequest, options?: CallOptions): Promise<t.CatalogueAsset>;
  /**
   * Changes how much takers may trade in a currency, for orders that are placed from now on. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CURRENCY_UNKNOWN.
   */
  changeLimits(request: t.ChangeLimitsRequest, options?: CallOptions): Promise<t.CatalogueLimits>;
  /**
   * Changes a payment method, offers it no longer, or offers it again. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, PAYMENT_METHOD_UNKNOWN.
   */
  changePaymentMethod(request: t.ChangePaymentMethodRequest, options?: CallOptions): Promise<t.CatalogueMethod>;
  /**
   * What `ruleDispute` would do now, or every first reason against it; nothing is changed. Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  checkRuling(request: t.CheckRulingRequest, options?: CallOptions): Promise<t.RulingCheck>;
  /**
   * Closes an ad for good. Open orders go on. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, AD_CLOSED, OWN_ACCOUNT.
   */
  closeAd(request: t.ModerateAdRequest, options?: CallOptions): Promise<t.ModerateAdReply>;
  /**
   * Confirms the profile's address with the code; changing the address needs it anew.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, EMAIL_MISSING, CODE_EXPIRED, CODE_WRONG.
   */
  confirmEmail(request: t.ConfirmEmailRequest, options?: CallOptions): Promise<t.EmailReply>;
  /**
   * Agrees, as a second person, to a ruling on a high amount. Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS,
   * CONFLICT_OF_INTEREST, NOT_REQUESTED, SAME_PERSON.
   */
  confirmRuling(request: t.StaffDisputeRequest, options?: CallOptions): Promise<t.StaffDisputeReply>;
  /**
   * Sets the second factor with a code of the secret; answers the recovery codes.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED,
   * SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_SET, SECOND_FACTOR_NOT_SET (there is no secret to confirm, or it has expired).
   */
  confirmSecondFactor(request: t.ConfirmSecondFactorRequest, options?: CallOptions): Promise<t.RecoveryCodes>;
  /**
   * Registers a webhook and tells its secret.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEBHOOKS_NOT_OFFERED, NOT_JOINED_P2P, QUOTA_EXCEEDED, NOT_FOUND
   * (the caller has no events of this audience), BAD_INPUT (`afterSeq` above the newest number), RESYNC (`afterSeq` before the oldest).
   */
  createWebhook(request: t.CreateWebhookRequest, options?: CallOptions): Promise<t.WebhookSecretReply>;
  /**
   * Decides a complaint that is the caller's, or as an admin any. A suspension, and the hiding of a review, happen in the same transaction.
   * Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the review), STALE_VERSION, WRONG_STATUS,
   * CONFLICT_OF_INTEREST, NOT_ASSIGNED.
   */
  decideComplaint(request: t.DecideComplaintRequest, options?: CallOptions): Promise<t.StaffComplaintReply>;
  /**
   * Approves an application, which makes the applicant a merchant whether all requirements are met or not, or declines it. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, WRONG_STATUS (it is not open any more).
   */
  decideMerchantApplication(request: t.DecideMerchantApplicationRequest, options?: CallOptions): Promise<t.MerchantDecisionReply>;
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
   * Takes an announcement back before its time. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also one that has ended).
   */
  endAnnouncement(request: t.EndAnnouncementRequest, options?: CallOptions): Promise<t.StaffAnnouncement>;
  /**
   * Makes a user a favourite, by whose ads lists can be filtered.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, USER_BLOCKED, QUOTA_EXCEEDED.
   */
  favouriteUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Volume, orders, completion, disputes, time to release and retention of some days. The same stands at `GET
   * /api/admin/analytics.csv?from=2026-01-01&to=2026-01-31&groupBy=day` as a table for spreadsheets. Roles: admin, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  getAnalytics(request: t.GetAnalyticsRequest, options?: CallOptions): Promise<t.AnalyticsView>;
  /**
   * Messages of the room of an order whose open case the caller has, or helps with. The read is a row of the audit log, and the parties see
   * it after the case is closed. Roles: admin, arbitrator, support.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND, NOT_ASSIGNED.
   */
  getCaseMessages(request: t.GetCaseMessagesRequest, options?: CallOptions): Promise<t.MessagePage>;
  /**
   * The whole catalogue. Roles: admin, arbitrator, support, readonly.
   * Codes: RATE_LIMITED.
   */
  getCatalogue(options?: CallOptions): Promise<t.CatalogueView>;
  /**
   * A complaint whole; the read is a row of the audit log. Roles: admin, arbitrator, support.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND, CONFLICT_OF_INTEREST (the caller is a party).
   */
  getComplaintForStaff(request: t.GetStaffComplaintRequest, options?: CallOptions): Promise<t.StaffComplaintView>;
  /**
   * The counters, at most a few seconds old; `CountersChanged` tells them live. Roles: admin, arbitrator, support, readonly.
   * Codes: RATE_LIMITED.
   */
  getCounters(options?: CallOptions): Promise<t.HouseCounters>;
  /**
   * A user's key log.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getDeviceKeys(request: t.GetDeviceKeysRequest, options?: CallOptions): Promise<t.DeviceKeyLog>;
  /**
   * A case whole: order, parties, what they said and showed, rulings, and their past cases. The read is a row of the audit log. Roles:
   * admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND, CONFLICT_OF_INTEREST (the caller is a party).
   */
  getDisputeForStaff(request: t.GetStaffDisputeRequest, options?: CallOptions): Promise<t.StaffDisputeView>;
  /**
   * How the switches stand. Roles: admin, arbitrator, support, readonly.
   * Codes: RATE_LIMITED.
   */
  getHouse(options?: CallOptions): Promise<t.HouseStatus>;
  /**
   * How the watch stands. Roles: admin, support, readonly.
   * Codes: RATE_LIMITED.
   */
  getLedgerWatch(options?: CallOptions): Promise<t.LedgerWatchView>;
  /**
   * Whether the caller is a merchant, what is asked of one, what the caller has of it, and the newest application.
   * Codes: RATE_LIMITED, NOT_JOINED_P2P (staff without a profile).
   */
  getMerchantStatus(options?: CallOptions): Promise<t.MerchantStatus>;
  /**
   * How the caller is notified.
   * Codes: RATE_LIMITED.
   */
  getNotificationPreferences(options?: CallOptions): Promise<t.NotificationPreferences>;
  /**
   * An order with every change and every movement of its escrow; where the buyer pays to is not shown. Roles: admin, arbitrator, support,
   * readonly.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getOrderForStaff(orderId: t.Uuid, options?: CallOptions): Promise<t.StaffOrderView>;
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
   * How the caller's second factor stands.
   * Codes: RATE_LIMITED.
   */
  getSecondFactor(options?: CallOptions): Promise<t.SecondFactorStatus>;
  /**
   * How many of them are unread.
   * Codes: RATE_LIMITED.
   */
  getUnreadNotifications(options?: CallOptions): Promise<t.UnreadNotifications>;
  /**
   * All that is known of a user, private fields included: the read itself is a row of the audit log. Roles: admin, arbitrator, support.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getUser(request: t.GetUserRequest, options?: CallOptions): Promise<t.UserDossier>;
  /**
   * A verification. Roles: admin, support, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED, NOT_FOUND.
   */
  getVerification(verificationId: t.Uuid, options?: CallOptions): Promise<t.LedgerVerification>;
  /**
   * The server's key for subscriptions.
   * Codes: RATE_LIMITED.
   */
  getWebPushKey(options?: CallOptions): Promise<t.WebPushKey>;
  /**
   * Hides an ad: nobody can take it, and its owner cannot show it again before `restoreAd`. Open orders go on. Hidden already, it takes the
   * new reason. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, AD_CLOSED, OWN_ACCOUNT.
   */
  hideAd(request: t.ModerateAdRequest, options?: CallOptions): Promise<t.ModerateAdReply>;
  /**
   * Hides a review: it counts in no figure, and only its two parties see it, with the reason. Hidden already, it stays so. Roles: admin,
   * support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, CONFLICT_OF_INTEREST.
   */
  hideReview(request: t.ModerateReviewRequest, options?: CallOptions): Promise<t.ModerateReviewReply>;
  /**
   * Lets a merchant stay one although requirements are not met: for 30 days the server proposes no other look (`Merchants:KeptDays`).
   * Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also a user whom nobody should look at), OWN_ACCOUNT.
   */
  keepMerchant(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
  /**
   * Ends an override: from the answer on the price is computed from the sources again, and without enough of them there is none. Roles:
   * admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ASSET_UNKNOWN, CURRENCY_UNKNOWN, NOT_FOUND.
   */
  liftPriceOverride(request: t.LiftPriceOverrideRequest, options?: CallOptions): Promise<t.StaffMarketPrice>;
  /**
   * Ends a user's suspension. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also a user who is not suspended), OWN_ACCOUNT.
   */
  liftSuspension(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
  /**
   * All announcements that ever were, newest first. Roles: admin, arbitrator, support, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listAllAnnouncements(request: t.ListAllAnnouncementsRequest, options?: CallOptions): Promise<t.Page<t.StaffAnnouncement>>;
  /**
   * All announcements that are shown now, the newest first; at most 5. Call it after connecting: `AnnouncementsChanged` tells of later ones
   * only.
   * Codes: RATE_LIMITED.
   */
  listAnnouncements(options?: CallOptions): Promise<readonly t.AnnouncementView[]>;
  /**
   * What staff and the operator did, newest first. Roles: admin, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listAudit(request: t.ListAuditRequest, options?: CallOptions): Promise<t.Page<t.AuditEntry>>;
  /**
   * Whom the caller blocks, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listBlockedUsers(request: t.ListContactsRequest, options?: CallOptions): Promise<t.Page<t.ContactView>>;
  /**
   * Complaints: undecided ones oldest first, decided ones newest first. Roles: admin, arbitrator, support, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listComplaintQueue(request: t.ListComplaintQueueRequest, options?: CallOptions): Promise<t.Page<t.StaffComplaintRow>>;
  /**
   * Disputes: open ones with the nearest deadline first, ended ones newest first. Roles: admin, arbitrator, support, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listDisputeQueue(request: t.ListDisputeQueueRequest, options?: CallOptions): Promise<t.Page<t.StaffDisputeRow>>;
  /**
   * The caller's favourites, newest first.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listFavourites(request: t.ListContactsRequest, options?: CallOptions): Promise<t.Page<t.ContactView>>;
  /**
   * What was found, newest first. Roles: admin, support, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listFindings(request: t.ListFindingsRequest, options?: CallOptions): Promise<t.Page<t.LedgerFinding>>;
  /**
   * Applications, oldest first, with what the applicants have of what is asked; the read is a row of the audit log. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listMerchantApplications(request: t.ListMerchantApplicationsRequest, options?: CallOptions): Promise<t.Page<t.StaffMerchantApplication>>;
  /**
   * Merchants who no longer meet the requirements, longest first. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listMerchantReviews(request: t.ListMerchantReviewsRequest, options?: CallOptions): Promise<t.Page<t.MerchantReview>>;
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
   * Every source with its last prices, its last success and its last error, and every market with its price and the override in force.
   * Roles: admin, arbitrator, support, readonly.
   * Codes: RATE_LIMITED.
   */
  listPriceSources(options?: CallOptions): Promise<t.PriceSourcesView>;
  /**
   * To whom a case can be given: members of staff, as their last connections said. Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  listStaff(request: t.ListStaffRequest, options?: CallOptions): Promise<t.Page<t.StaffMemberView>>;
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
   * Marks notifications as read; answers how many are still unread.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (`upTo`).
   */
  markNotificationsRead(request: t.MarkNotificationsReadRequest, options?: CallOptions): Promise<t.UnreadNotifications>;
  /**
   * Stops every release: from the answer on no escrow goes to a buyer. Confirmed payments stay confirmed. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  pauseReleases(request: t.SwitchRequest, options?: CallOptions): Promise<t.HouseStatus>;
  /**
   * Stops new orders: from the answer on none is placed, and those that stand go on. Paused already, it takes the new reason. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  pauseTrading(request: t.SwitchRequest, options?: CallOptions): Promise<t.HouseStatus>;
  /**
   * Stops deliveries: after the answer at most the one that is on its way arrives. Paused already, nothing changes.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  pauseWebhook(request: t.WebhookRequest, options?: CallOptions): Promise<t.WebhookView>;
  /**
   * Publishes a new version of the terms: everyone must consent before connecting again. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  publishTerms(request: t.PublishTermsRequest, options?: CallOptions): Promise<t.PublishedTerms>;
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
   * Takes that away again; harmless when there is nothing to take. Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND (also of the helper), CONFLICT_OF_INTEREST,
   * NOT_ASSIGNED.
   */
  removeDisputeHelper(request: t.DisputeHelperRequest, options?: CallOptions): Promise<t.StaffDisputeReply>;
  /**
   * Removes the second factor. Whoever has lost app and recovery codes asks staff.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_NOT_OFFERED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG,
   * REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, SECOND_FACTOR_NOT_SET.
   */
  removeSecondFactor(request: t.RemoveSecondFactorRequest, options?: CallOptions): Promise<t.SecondFactorStatus>;
  /**
   * Takes a user's profile picture away; harmless when there is none. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT.
   */
  removeUserPicture(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
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
   * Removes the second factor of a user who has lost app and recovery codes; the user is told of it. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, SECOND_FACTOR_NOT_SET.
   */
  resetSecondFactor(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
  /**
   * Lets the owner show a hidden ad again; it stays paused until then. One that is not hidden stays as it is. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, AD_CLOSED, OWN_ACCOUNT.
   */
  restoreAd(request: t.ModerateAdRequest, options?: CallOptions): Promise<t.ModerateAdReply>;
  /**
   * Shows a hidden review again; one that is shown stays so. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, CONFLICT_OF_INTEREST.
   */
  restoreReview(request: t.ModerateReviewRequest, options?: CallOptions): Promise<t.ModerateReviewReply>;
  /**
   * Lets escrows be released again, once every finding of the ledger's watch is acknowledged. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, FINDINGS_OPEN.
   */
  resumeReleases(request: t.SwitchRequest, options?: CallOptions): Promise<t.HouseStatus>;
  /**
   * Lets orders be placed again. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  resumeTrading(request: t.SwitchRequest, options?: CallOptions): Promise<t.HouseStatus>;
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
   * Makes the user a merchant no longer. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, NOT_JOINED_P2P (the user has no
   * profile).
   */
  revokeMerchant(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
  /**
   * Refuses every token that the user was given until now and closes their connections within two seconds. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT.
   */
  revokeTokens(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
  /**
   * Makes a new secret and tells it; for a while deliveries are signed by both.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, WEBHOOKS_NOT_OFFERED, NOT_FOUND.
   */
  rotateWebhookSecret(request: t.RotateWebhookSecretRequest, options?: CallOptions): Promise<t.WebhookSecretReply>;
  /**
   * Decides a case that is the caller's, or as an admin any; of an appealed one this is the last word and takes effect at once. On more
   * than the configured amount the ruling waits for `confirmRuling`. Roles: admin, arbitrator.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, NOT_FOUND, STALE_VERSION, WRONG_STATUS,
   * CONFLICT_OF_INTEREST, NOT_ASSIGNED, SAME_PERSON, AMOUNT_TOO_SMALL, RELEASES_PAUSED.
   */
  ruleDispute(request: t.RuleDisputeRequest, options?: CallOptions): Promise<t.StaffDisputeReply>;
  /**
   * Saves where one can be paid.
   * Codes: BAD_INPUT, RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED, SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED,
   * REQUEST_ID_REUSED, PAYMENT_METHOD_UNKNOWN, PAYMENT_ACCOUNT_INVALID, QUOTA_EXCEEDED.
   */
  savePaymentAccount(request: t.SavePaymentAccountRequest, options?: CallOptions): Promise<t.PaymentAccountReply>;
  /**
   * Ads of whatever status and visibility, newest first. Roles: admin, arbitrator, support.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  searchAds(request: t.SearchStaffAdsRequest, options?: CallOptions): Promise<t.Page<t.StaffAdRow>>;
  /**
   * Finds orders, newest first. Roles: admin, arbitrator, support, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  searchOrders(request: t.SearchOrdersRequest, options?: CallOptions): Promise<t.Page<t.StaffOrderRow>>;
  /**
   * Finds users by name and standing.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  searchProfiles(request: t.SearchProfilesRequest, options?: CallOptions): Promise<t.ProfilePage>;
  /**
   * Reviews, hidden ones too, newest first. Roles: admin, arbitrator, support.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  searchReviews(request: t.SearchStaffReviewsRequest, options?: CallOptions): Promise<t.Page<t.StaffReviewRow>>;
  /**
   * Finds users, newest id last; nothing private is shown. Roles: admin, arbitrator, support, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  searchUsers(request: t.SearchUsersRequest, options?: CallOptions): Promise<t.Page<t.StaffUserRow>>;
  /**
   * Sends a code of six digits, good for 15 minutes and 5 tries, to the profile's address. A later one replaces it.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, EMAIL_NOT_OFFERED, EMAIL_MISSING, ALREADY_DONE, QUOTA_EXCEEDED
   * (5 an hour).
   */
  sendEmailCode(request: t.SendEmailCodeRequest, options?: CallOptions): Promise<t.EmailReply>;
  /**
   * Makes the user a merchant. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, NOT_JOINED_P2P (the user has no
   * profile).
   */
  setMerchant(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
  /**
   * Replaces the caller's preferences.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED.
   */
  setNotificationPreferences(request: t.SetNotificationPreferencesRequest, options?: CallOptions): Promise<t.NotificationPreferences>;
  /**
   * Puts a price in the place of the computed one, until a time or until it is lifted; floating ads follow it at once. One that is in force
   * is replaced. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, ASSET_UNKNOWN, CURRENCY_UNKNOWN.
   */
  setPriceOverride(request: t.SetPriceOverrideRequest, options?: CallOptions): Promise<t.StaffMarketPrice>;
  /**
   * Suspends a user, or gives a suspension another reason and end. Every connection of theirs closes within two seconds. Roles: admin,
   * support.
   * Codes: BAD_INPUT (also an end that has passed), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT.
   */
  suspendUser(request: t.SuspendUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
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
   * Ends a favourite; without one it does nothing.
   * Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.
   */
  unfavouriteUser(request: t.ContactRequest, options?: CallOptions): Promise<t.ContactReply>;
  /**
   * Changes one's own profile; what is left out stays.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, CURRENCY_UNKNOWN, PAYMENT_METHOD_UNKNOWN, USERNAME_TAKEN.
   */
  updateProfile(request: t.UpdateProfileRequest, options?: CallOptions): Promise<t.ProfileView>;
  /**
   * Checks the chain of the audit log, 10,000 rows a call: whether a row was changed, removed or put in. The row at which a part begins is
   * taken as sound. Roles: admin, readonly.
   * Codes: BAD_INPUT, RATE_LIMITED.
   */
  verifyAudit(request: t.VerifyAuditRequest, options?: CallOptions): Promise<t.AuditVerification>;
  /**
   * Begins a verification of everything and answers at once; `getVerification` tells how far it is. What it finds becomes a finding and
   * pauses releases, late timers (I10) aside. Trading goes on meanwhile. Roles: admin.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, VERIFICATION_RUNNING (one at a time in the house).
   */
  verifyLedger(request: t.VerifyLedgerRequest, options?: CallOptions): Promise<t.LedgerVerification>;
  /**
   * Says that the user's identity was checked. Roles: admin, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, OWN_ACCOUNT, NOT_JOINED_P2P (the user has no
   * profile).
   */
  verifyUser(request: t.StaffUserRequest, options?: CallOptions): Promise<t.StaffUserReply>;
  /**
   * Puts a case on the caller's own watch list, or off it. Roles: admin, arbitrator, support.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, QUOTA_EXCEEDED.
   */
  watchDispute(request: t.WatchDisputeRequest, options?: CallOptions): Promise<t.StaffDisputeReply>;
  /**
   * Takes the open application back.
   * Codes: BAD_INPUT, RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_JOINED_P2P, NOT_FOUND (there is no open application).
   */
  withdrawMerchantApplication(request: t.WithdrawMerchantApplicationRequest, options?: CallOptions): Promise<t.MerchantStatus>;
}

/** Durable events of a client of the admin hub: heard once each, in order. */
export interface AdminEvents {
  /** Durable: a case was given to the caller, taken away, wants their signature, or ended. */
  CaseChanged: t.CaseChanged;
  /** Durable: keys of the user's own devices changed, or those of the other party of an open room. */
  KeysChanged: t.KeysChanged;
  /** Durable: an application to be a merchant was made, taken back or decided; read it with `GetMerchantStatus`. */
  MerchantApplicationChanged: t.MerchantApplicationChanged;
  /** Durable: the user has one notification more. */
  NotificationAdded: t.NotificationAdded;
  /** Durable: the user's profile changed; read it with `GetProfile`. */
  ProfileChanged: t.ProfileChanged;
  /** Durable: the user's second factor was set, removed or changed. */
  SecondFactorChanged: t.SecondFactorChanged;
  /** Durable: a switch was moved, by staff or by the server itself. */
  SwitchChanged: t.SwitchChanged;
}

/** What a client of the admin hub hears at once or never: the newest alone counts. */
export interface AdminSignals {
  /** Lossy: there are other announcements than before; heard within seconds. */
  AnnouncementsChanged: t.AnnouncementsChanged;
  /** Lossy: the counters now, every few seconds. */
  CountersChanged: t.HouseCounters;
  /** Lossy: there are other open findings of the ledger's watch than before; heard within seconds. */
  FindingsChanged: t.FindingsChanged;
}

export const adminEvents = [
  "CaseChanged",
  "KeysChanged",
  "MerchantApplicationChanged",
  "NotificationAdded",
  "ProfileChanged",
  "SecondFactorChanged",
  "SwitchChanged",
] as const;

export const adminSignals = [
  "AnnouncementsChanged",
  "CountersChanged",
  "FindingsChanged",
] as const;

/** Sends each call through an invoker. */
export function adminCalls(to: Invoker): AdminCalls {
  return {
    acknowledgeFinding: (request, options) => to.change("AcknowledgeFinding", request, options),
    addAsset: (request, options) => to.change("AddAsset", request, options),
    addCurrency: (request, options) => to.change("AddCurrency", request, options),
    addDisputeHelper: (request, options) => to.change("AddDisputeHelper", request, options),
    addPaymentMethod: (request, options) => to.change("AddPaymentMethod", request, options),
    announce: (request, options) => to.change("Announce", request, options),
    applyForMerchant: (request, options) => to.change("ApplyForMerchant", request, options),
    assignComplaint: (request, options) => to.change("AssignComplaint", request, options),
    assignDispute: (request, options) => to.change("AssignDispute", request, options),
    beginSecondFactor: (request, options) => to.change("BeginSecondFactor", request, options),
    blockUser: (request, options) => to.change("BlockUser", request, options),
    changeAsset: (request, options) => to.change("ChangeAsset", request, options),
    changeLimits: (request, options) => to.change("ChangeLimits", request, options),
    changePaymentMethod: (request, options) => to.change("ChangePaymentMethod", request, options),
    checkRuling: (request, options) => to.read("CheckRuling", [request], options),
    closeAd: (request, options) => to.change("CloseAd", request, options),
    confirmEmail: (request, options) => to.change("ConfirmEmail", request, options),
    confirmRuling: (request, options) => to.change("ConfirmRuling", request, options),
    confirmSecondFactor: (request, options) => to.change("ConfirmSecondFactor", request, options),
    createWebhook: (request, options) => to.change("CreateWebhook", request, options),
    decideComplaint: (request, options) => to.change("DecideComplaint", request, options),
    decideMerchantApplication: (request, options) => to.change("DecideMerchantApplication", request, options),
    deletePaymentAccount: (request, options) => to.change("DeletePaymentAccount", request, options),
    deleteWebhook: (request, options) => to.change("DeleteWebhook", request, options),
    endAnnouncement: (request, options) => to.change("EndAnnouncement", request, options),
    favouriteUser: (request, options) => to.change("FavouriteUser", request, options),
    getAnalytics: (request, options) => to.read("GetAnalytics", [request], options),
    getCaseMessages: (request, options) => to.read("GetCaseMessages", [request], options),
    getCatalogue: (options) => to.read("GetCatalogue", [], options),
    getComplaintForStaff: (request, options) => to.read("GetComplaintForStaff", [request], options),
    getCounters: (options) => to.read("GetCounters", [], options),
    getDeviceKeys: (request, options) => to.read("GetDeviceKeys", [request], options),
    getDisputeForStaff: (request, options) => to.read("GetDisputeForStaff", [request], options),
    getHouse: (options) => to.read("GetHouse", [], options),
    getLedgerWatch: (options) => to.read("GetLedgerWatch", [], options),
    getMerchantStatus: (options) => to.read("GetMerchantStatus", [], options),
    getNotificationPreferences: (options) => to.read("GetNotificationPreferences", [], options),
    getOrderForStaff: (orderId, options) => to.read("GetOrderForStaff", [orderId], options),
    getProfile: (request, options) => to.read("GetProfile", [request], options),
    getProfileStats: (request, options) => to.read("GetProfileStats", [request], options),
    getSecondFactor: (options) => to.read("GetSecondFactor", [], options),
    getUnreadNotifications: (options) => to.read("GetUnreadNotifications", [], options),
    getUser: (request, options) => to.read("GetUser", [request], options),
    getVerification: (verificationId, options) => to.read("GetVerification", [verificationId], options),
    getWebPushKey: (options) => to.read("GetWebPushKey", [], options),
    hideAd: (request, options) => to.change("HideAd", request, options),
    hideReview: (request, options) => to.change("HideReview", request, options),
    keepMerchant: (request, options) => to.change("KeepMerchant", request, options),
    liftPriceOverride: (request, options) => to.change("LiftPriceOverride", request, options),
    liftSuspension: (request, options) => to.change("LiftSuspension", request, options),
    listAllAnnouncements: (request, options) => to.read("ListAllAnnouncements", [request], options),
    listAnnouncements: (options) => to.read("ListAnnouncements", [], options),
    listAudit: (request, options) => to.read("ListAudit", [request], options),
    listBlockedUsers: (request, options) => to.read("ListBlockedUsers", [request], options),
    listComplaintQueue: (request, options) => to.read("ListComplaintQueue", [request], options),
    listDisputeQueue: (request, options) => to.read("ListDisputeQueue", [request], options),
    listFavourites: (request, options) => to.read("ListFavourites", [request], options),
    listFindings: (request, options) => to.read("ListFindings", [request], options),
    listMerchantApplications: (request, options) => to.read("ListMerchantApplications", [request], options),
    listMerchantReviews: (request, options) => to.read("ListMerchantReviews", [request], options),
    listNotifications: (request, options) => to.read("ListNotifications", [request], options),
    listPaymentAccounts: (options) => to.read("ListPaymentAccounts", [], options),
    listPaymentMethods: (request, options) => to.read("ListPaymentMethods", [request], options),
    listPriceSources: (options) => to.read("ListPriceSources", [], options),
    listStaff: (request, options) => to.read("ListStaff", [request], options),
    listWebPushSubscriptions: (options) => to.read("ListWebPushSubscriptions", [], options),
    listWebhookDeliveries: (request, options) => to.read("ListWebhookDeliveries", [request], options),
    listWebhooks: (options) => to.read("ListWebhooks", [], options),
    markNotificationsRead: (request, options) => to.change("MarkNotificationsRead", request, options),
    pauseReleases: (request, options) => to.change("PauseReleases", request, options),
    pauseTrading: (request, options) => to.change("PauseTrading", request, options),
    pauseWebhook: (request, options) => to.change("PauseWebhook", request, options),
    publishTerms: (request, options) => to.change("PublishTerms", request, options),
    registerDevice: (request, options) => to.change("RegisterDevice", request, options),
    registerWebPush: (request, options) => to.change("RegisterWebPush", request, options),
    removeDisputeHelper: (request, options) => to.change("RemoveDisputeHelper", request, options),
    removeSecondFactor: (request, options) => to.change("RemoveSecondFactor", request, options),
    removeUserPicture: (request, options) => to.change("RemoveUserPicture", request, options),
    removeWebPush: (request, options) => to.change("RemoveWebPush", request, options),
    renewRecoveryCodes: (request, options) => to.change("RenewRecoveryCodes", request, options),
    resetSecondFactor: (request, options) => to.change("ResetSecondFactor", request, options),
    restoreAd: (request, options) => to.change("RestoreAd", request, options),
    restoreReview: (request, options) => to.change("RestoreReview", request, options),
    resumeReleases: (request, options) => to.change("ResumeReleases", request, options),
    resumeTrading: (request, options) => to.change("ResumeTrading", request, options),
    resumeWebhook: (request, options) => to.change("ResumeWebhook", request, options),
    revokeDevice: (request, options) => to.change("RevokeDevice", request, options),
    revokeMerchant: (request, options) => to.change("RevokeMerchant", request, options),
    revokeTokens: (request, options) => to.change("RevokeTokens", request, options),
    rotateWebhookSecret: (request, options) => to.change("RotateWebhookSecret", request, options),
    ruleDispute: (request, options) => to.change("RuleDispute", request, options),
    savePaymentAccount: (request, options) => to.change("SavePaymentAccount", request, options),
    searchAds: (request, options) => to.read("SearchAds", [request], options),
    searchOrders: (request, options) => to.read("SearchOrders", [request], options),
    searchProfiles: (request, options) => to.read("SearchProfiles", [request], options),
    searchReviews: (request, options) => to.read("SearchReviews", [request], options),
    searchUsers: (request, options) => to.read("SearchUsers", [request], options),
    sendEmailCode: (request, options) => to.change("SendEmailCode", request, options),
    setMerchant: (request, options) => to.change("SetMerchant", request, options),
    setNotificationPreferences: (request, options) => to.change("SetNotificationPreferences", request, options),
    setPriceOverride: (request, options) => to.change("SetPriceOverride", request, options),
    suspendUser: (request, options) => to.change("SuspendUser", request, options),
    testWebhook: (request, options) => to.change("TestWebhook", request, options),
    unblockUser: (request, options) => to.change("UnblockUser", request, options),
    unfavouriteUser: (request, options) => to.change("UnfavouriteUser", request, options),
    updateProfile: (request, options) => to.change("UpdateProfile", request, options),
    verifyAudit: (request, options) => to.read("VerifyAudit", [request], options),
    verifyLedger: (request, options) => to.change("VerifyLedger", request, options),
    verifyUser: (request, options) => to.change("VerifyUser", request, options),
    watchDispute: (request, options) => to.change("WatchDispute", request, options),
    withdrawMerchantApplication: (request, options) => to.change("WithdrawMerchantApplication", request, options),
  };
}
