// Written by P2P.Codegen from P2P.Contracts; changes here are lost.

import type { Decimal } from "../decimal.js";

/** An id: a UUID as text. */
export type Uuid = string;

/** A time in UTC: `2026-01-31T12:00:00Z`, with a fraction of six digits where it has one. */
export type Timestamp = string;

/** A day: `2026-01-31`. */
export type Day = string;

/** Takes a goods order. */
export interface AcceptGoodsOrderRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own goods orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** Days from the payment until everything is on its way, 1 to 60; 7 when left out. */
  readonly fulfilDays?: number | null;
}

/** Accepts an invitation. */
export interface AcceptInvitationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The locator, with or without `AD-` and dashes. */
  readonly locator: string;
  /** The token that is derived from the secret, base64url. */
  readonly token: string;
  /** What the inviter may do with the caller's inventory. */
  readonly grants: AccessLevel;
  /** The newest link of the caller's key log, base64url. */
  readonly keyLink: string;
  /** 16 bytes by chance, base64url. */
  readonly nonce: string;
  /** What proves both parties' keys to the inviter, base64url. */
  readonly proof: string;
}

/** What a peer may do with another's inventory; each level includes those before it. */
export type AccessLevel =
  /** A value that this version does not know. */
  | "unknown"
  /** See it. */
  | "view"
  /** Order from it. */
  | "order"
  /** Change stock and price. */
  | "manage";

/** Takes note of a finding. */
export interface AcknowledgeFindingRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which. */
  readonly findingId: Uuid;
  /** What it was and what was done about it, 1 to 1,000 characters. */
  readonly reason: string;
}

/** All public ads of one side of a market, best price first; at most 500. */
export interface AdBook {
  /** Which market. */
  readonly market: Market;
  /** The number that the first change after it follows on. */
  readonly version: number;
  /** The ads. */
  readonly rows: readonly BookRow[];
}

/** What changed in a book since the version before: the newest state of each ad, whatever happened in between. */
export interface AdBookChanged {
  /** Which market. */
  readonly market: Market;
  /** Follows on this version; a client that has another subscribes again. */
  readonly afterVersion: number;
  /** The book's version now. */
  readonly version: number;
  /** Ads that are new or different. */
  readonly set: readonly BookRow[];
  /** Ids of ads that are no longer there. */
  readonly removed: readonly Uuid[];
}

/** One of the caller's own ads changed. */
export interface AdChanged {
  /** The ad's id. */
  readonly adId: Uuid;
  /** True: staff hid, restored or closed it; `MyAds` says why it is hidden. Null: the caller or an order changed it. */
  readonly byStaff?: boolean | null;
  /** Whether it can be taken. */
  readonly status: AdStatus;
  /** Its version now. */
  readonly version: number;
}

/** What a check of an ad answers. */
export interface AdCheck {
  /** True when `CreateAd` would succeed now. */
  readonly allowed: boolean;
  /** Every reason why not, in the order in which the command checks them. */
  readonly reasons: readonly Reason[];
  /** Why the ad would not be shown once it exists (see `AdView.hiddenBecause`). */
  readonly hiddenBecause: readonly Reason[];
  /** The price that it would have now; null without a fresh reference price. */
  readonly price?: Decimal | null;
  /** The maker's fee as a part of the traded amount (0.001 is 0.1 %). */
  readonly feeRate: Decimal;
}

/** In which order ads are listed. */
export type AdOrder =
  /** A value that this version does not know. */
  | "unknown"
  /** Best price for the taker first. */
  | "price"
  /** Best reputation first (makers without one last), then most completed trades. */
  | "reputation";

/** An ad's price: fiat for one unit of the asset. */
export interface AdPrice {
  /** Fixed or floating. */
  readonly kind: PriceKind;
  /** The fixed price; null for a floating one. */
  readonly fixed?: Decimal | null;
  /** Percent of the reference price, 50 to 200 with two decimals (101.5 is 1.5 % above it); null for a fixed price. */
  readonly percent?: Decimal | null;
  /** A floating price never falls below this; null without a floor. */
  readonly floor?: Decimal | null;
  /** A floating price never rises above this; null without a ceiling. */
  readonly ceiling?: Decimal | null;
}

/** What every change of an ad answers. */
export interface AdReply {
  /** The ad's id. */
  readonly adId: Uuid;
  /** Whether it can be taken. */
  readonly status: AdStatus;
  /** Its version now. */
  readonly version: number;
  /**
   * The secret of an ad by link, told once, by the change that made it: 128 bits, base64url. A repeat of the request does not tell it
   * again.
   */
  readonly linkSecret?: string | null;
}

/** Pauses, resumes or deletes an ad. */
export interface AdRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own. */
  readonly adId: Uuid;
  /** Refuse with STALE_VERSION when the ad has another version. */
  readonly expectedVersion?: number | null;
}

/** What the maker of an ad does. */
export type AdSide =
  /** A value that this version does not know. */
  | "unknown"
  /** The maker buys the asset: whoever takes the ad sells. */
  | "buy"
  /** The maker sells the asset: whoever takes the ad buys. */
  | "sell";

/** Whether an ad can be taken at all. */
export type AdStatus =
  /** A value that this version does not know. */
  | "unknown"
  /** Open. */
  | "active"
  /** Hidden until its maker resumes it. */
  | "paused"
  /** Deleted; its orders go on. */
  | "closed";

/** What the maker of an ad may change at any time. Open orders keep what they were placed under. */
export interface AdTerms {
  /** Fiat for one unit of the asset. */
  readonly price: AdPrice;
  /** Least fiat for one order. */
  readonly amountMin: Decimal;
  /** Most fiat for one order. */
  readonly amountMax: Decimal;
  /** Accepted payment methods, 1 to 20, all of the ad's currency; a seller has saved an account for each. */
  readonly paymentMethodIds: readonly number[];
  /** Minutes in which the buyer pays, 10 to 1,440. */
  readonly paymentWindowMinutes: number;
  /** Who finds the ad. */
  readonly visibility: AdVisibility;
  /** Profile ids for `AdVisibility.chosen`, at most 100; only the maker sees them. */
  readonly viewerIds?: readonly number[] | null;
  /** What the maker wants a taker to know, at most 2,000 characters. */
  readonly terms?: string | null;
  /** What the order's chat begins with, at most 1,000 characters; shown to a taker only. */
  readonly autoReply?: string | null;
  /** What is asked of a taker. */
  readonly conditions?: TakerConditions | null;
}

/** An ad as the caller sees it. */
export interface AdView {
  /** The ad's id. */
  readonly id: Uuid;
  /** Who put it up. */
  readonly maker: TraderView;
  /** What the maker does. */
  readonly side: AdSide;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Whether it can be taken. */
  readonly status: AdStatus;
  /** Grows by one with each change of the ad (not with its orders). */
  readonly version: number;
  /** The price now; null when a floating one has no fresh reference price. */
  readonly price?: Decimal | null;
  /** Where the reference price comes from; null for a fixed price. */
  readonly priceSource?: string | null;
  /** The terms; viewers and auto-reply are left out for everyone but the maker. */
  readonly terms: AdTerms;
  /** How much of the asset in all. */
  readonly total: Decimal;
  /** How much is left. */
  readonly remaining: Decimal;
  /** The most fiat that one order can have now: bounded by the terms and by what is left. */
  readonly amountMaxNow?: Decimal | null;
  /** Why the caller could not take it now; empty when they could. Always empty on the caller's own ads. */
  readonly cannotTakeBecause: readonly Reason[];
  /** Why the ad is shown to nobody; only on the caller's own ads, empty when it is shown. */
  readonly hiddenBecause?: readonly Reason[] | null;
  /** Why staff hid it; only on the caller's own ads, null when they did not. */
  readonly hiddenByStaffBecause?: string | null;
  /** When it was put up. */
  readonly createdAt: Timestamp;
}

/** Who finds an ad. */
export type AdVisibility =
  /** A value that this version does not know. */
  | "unknown"
  /** Everyone. */
  | "public"
  /** Whoever has its link: a secret that `CreateAd` tells once. The ad's id alone opens nothing. */
  | "link"
  /** The users named in `AdTerms.viewerIds`. */
  | "chosen";

/** Adds an asset. */
export interface AddAssetRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Its code, 2 to 10 capital letters and digits; it never changes. */
  readonly code: string;
  /** Its name, 1 to 60 characters. */
  readonly name: string;
  /** Digits after the point, 0 to 8; they never change. */
  readonly scale: number;
  /** The maker's fee as a part of the traded amount, from 0 to below 0.1. */
  readonly feeRate: Decimal;
  /** The least amount of one order; null for none. */
  readonly orderMin?: Decimal | null;
  /** The greatest amount of one order; null for none. */
  readonly orderMax?: Decimal | null;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** Shows something to the other party and to staff. */
export interface AddComplaintEvidenceRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** A complaint about one of the caller's own orders, by either party. */
  readonly complaintId: Uuid;
  /** What it shows, 1 to 4,000 characters. */
  readonly text: string;
}

/** Adds a currency. */
export interface AddCurrencyRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** ISO 4217 code; it never changes. */
  readonly code: string;
  /** Its name, 1 to 60 characters. */
  readonly name: string;
  /** Digits of its minor unit, 0 to 4; they never change. */
  readonly scale: number;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** Adds a payment method, offered at once. */
export interface AddPaymentMethodRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** A stable short name of 2 to 40 small letters, digits and dashes. */
  readonly code: string;
  /** What people call it, 1 to 60 characters. */
  readonly name: string;
  /** What kind of payment it is. */
  readonly kind: PaymentMethodKind;
  /** ISO 3166 code of the country; null where it spans several. */
  readonly country?: string | null;
  /** ISO 4217 code. */
  readonly currency: string;
  /** What a payer must know, 1 to 10 fields with keys of their own. */
  readonly fields: readonly PaymentField[];
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** What the rows of analytics are. */
export type AnalyticsGrouping =
  /** A value that this version does not know. */
  | "unknown"
  /** One row a day (UTC) and market. */
  | "day"
  /** One row a market. */
  | "market"
  /** One row a market and payment method. */
  | "paymentMethod";

/** Trading of one group. */
export interface AnalyticsRow {
  /** The day; null when days are put together. */
  readonly day?: Day | null;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** The payment method's id; null when methods are put together. */
  readonly paymentMethodId?: number | null;
  /** Its name. */
  readonly paymentMethod?: string | null;
  /** Orders that were placed. */
  readonly placed: number;
  /** Orders that ended with a release. */
  readonly completed: number;
  /** Orders that ended cancelled. */
  readonly cancelled: number;
  /** Orders that ended because nobody paid in time. */
  readonly expired: number;
  /** Disputes that were raised. */
  readonly disputed: number;
  /** Completed of all ended orders in percent, two decimals; null when none ended. */
  readonly completionRate?: Decimal | null;
  /** How much of the asset was released to buyers or divided. */
  readonly cryptoVolume: Decimal;
  /** For how much of the currency. */
  readonly fiatVolume: Decimal;
  /** The middle of the times from a confirmed payment to the release, within 5 %, in seconds; null when nothing was released. */
  readonly releaseSecondsMedian?: number | null;
  /** Users who completed an order, once for each day, market and payment method; of days whose next 30 days are over. */
  readonly traders: number;
  /** Those of them who completed another one on a later day within 30 days. */
  readonly returned: number;
  /** Returned of traders in percent, two decimals; null while no day is old enough. */
  readonly retentionRate?: Decimal | null;
}

/** Some days of trading in numbers. */
export interface AnalyticsView {
  /** Its rows, in the order of their day, market and payment method; at most 5,000. */
  readonly rows: readonly AnalyticsRow[];
  /** Days of the range that are not rolled up yet and so are missing; empty but after a long stop. */
  readonly missingDays: readonly Day[];
}

/** Tells everybody something. */
export interface AnnounceRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** How much it matters. */
  readonly severity: AnnouncementSeverity;
  /** What it says, once in each language; English must be among them. */
  readonly texts: readonly AnnouncementText[];
  /** Since when it is shown; at once when left out. */
  readonly from?: Timestamp | null;
  /** Until when it is shown, at most 90 days from now. */
  readonly until: Timestamp;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** How much an announcement matters. */
export type AnnouncementSeverity =
  /** A value that this version does not know. */
  | "unknown"
  /** Good to know. */
  | "information"
  /** Something to beware of. */
  | "warning"
  /** Something to act on at once. */
  | "critical";

/** An announcement in one language. */
export interface AnnouncementText {
  /** Which. */
  readonly language: NotificationLanguage;
  /** In a few words, 1 to 100 characters. */
  readonly title: string;
  /** In full, 1 to 1,000 characters. */
  readonly text: string;
}

/** What the house tells everybody. */
export interface AnnouncementView {
  /** Its id. */
  readonly id: Uuid;
  /** How much it matters. */
  readonly severity: AnnouncementSeverity;
  /** What it says, in each language that it has; English is always among them. */
  readonly texts: readonly AnnouncementText[];
  /** Since when it is shown. */
  readonly from: Timestamp;
  /** Until when it is shown. */
  readonly until: Timestamp;
}

/** There are other announcements than before. */
export interface AnnouncementsChanged {
  /** All that are shown now, the newest first. */
  readonly items: readonly AnnouncementView[];
}

/** Answers a request that somebody made to the caller. */
export interface AnswerInvitationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The request to connect. */
  readonly invitationRequestId: Uuid;
}

/** Appeals against a ruling. */
export interface AppealRulingRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** A dispute of one of the caller's own orders. */
  readonly disputeId: Uuid;
  /** What the ruling did not see, 1 to 4,000 characters. */
  readonly text: string;
  /** Refuse with STALE_VERSION when the dispute has another version. */
  readonly expectedVersion?: number | null;
}

/** Asks to be a merchant. */
export interface ApplyForMerchantRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The name of the business, 1 to 100 characters. */
  readonly businessName: string;
  /** Where it is registered: ISO 3166 code of two letters. */
  readonly country: string;
  /** Its number in that country's register, at most 50 characters. */
  readonly registrationNumber?: string | null;
  /** Its page: an https address of at most 500 characters. */
  readonly website?: string | null;
  /** What staff should know, 1 to 2,000 characters. */
  readonly text: string;
}

/** Says which pictures an item has, and in which order. */
export interface ArrangeItemImagesRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item. */
  readonly itemId: Uuid;
  /** Refuses with STALE_VERSION when the item has another version. */
  readonly expectedVersion?: number | null;
  /** Pictures that it has, each once; the first is shown in lists. What is not named is removed. */
  readonly imageIds: readonly Uuid[];
}

/** An amount of an asset. */
export interface AssetAmount {
  /** The asset's code. */
  readonly asset: string;
  /** How much. */
  readonly amount: Decimal;
}

/** An asset of the ledger. */
export interface AssetView {
  /** Its code, such as `BTC`. */
  readonly code: string;
  /** Its name. */
  readonly name: string;
  /** Digits after the point, at most 8. */
  readonly scale: number;
  /** The maker's fee as a part of the traded amount (0.001 is 0.1 %). */
  readonly feeRate: Decimal;
  /** The least amount of one order; null for none. */
  readonly orderMin?: Decimal | null;
  /** The greatest amount of one order; null for none. */
  readonly orderMax?: Decimal | null;
  /** False: there are no new ads and no new orders of it. */
  readonly isTraded?: boolean | null;
  /** False: nothing is credited. */
  readonly takesDeposits?: boolean | null;
}

/** Gives a complaint to somebody. By id or by subject; by neither it is taken from everybody. */
export interface AssignComplaintRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The complaint. */
  readonly complaintId: Uuid;
  /** The arbitrator's user id. */
  readonly assigneeId?: number | null;
  /** The subject of the arbitrator's tokens. */
  readonly assigneeSub?: string | null;
  /** Why, 1 to 1,000 characters; for the audit log. */
  readonly reason: string;
  /** Refuse with STALE_VERSION when the complaint has another version. */
  readonly expectedVersion?: number | null;
}

/** Gives a case to somebody. By id or by subject; by neither it is taken from everybody. */
export interface AssignDisputeRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The dispute. */
  readonly disputeId: Uuid;
  /** The arbitrator's user id. */
  readonly assigneeId?: number | null;
  /** The subject of the arbitrator's tokens. */
  readonly assigneeSub?: string | null;
  /** Why, 1 to 1,000 characters; for the audit log. */
  readonly reason: string;
  /** Refuse with STALE_VERSION when the dispute has another version. */
  readonly expectedVersion?: number | null;
}

/** A row of the audit log. */
export interface AuditEntry {
  /** Its place in the chain: 1, 2, 3 ... without gaps. */
  readonly seq: number;
  /** When. */
  readonly at: Timestamp;
  /** Who: a subject behind `staff:`, or the operator's command behind `operator:`. */
  readonly actor: string;
  /** What was done, such as `user.suspend`. */
  readonly action: string;
  /** On whom or what. */
  readonly target: string;
  /** How it stood. */
  readonly before?: string | null;
  /** How it stands since. */
  readonly after?: string | null;
  /** Why. */
  readonly reason?: string | null;
  /** From which address. */
  readonly ip?: string | null;
  /** Its link in the chain, in hex. */
  readonly hash: string;
}

/** What a check of the audit log found. */
export interface AuditVerification {
  /** How many rows were checked. */
  readonly rows: number;
  /** The number of the last of them: where the next part begins. */
  readonly lastSeq: number;
  /** Whether there are more rows. */
  readonly more: boolean;
  /** The first thing that is wrong; null when every row is what was written. */
  readonly violation?: string | null;
}

/** How nodes reach each other. */
export type BackplaneStatus =
  /** This client is older than the value. */
  | "unknown"
  /** No Redis is configured: one node, or each finds what others record by itself, within about a second. */
  | "absent"
  /** Redis or a node is not heard: nothing is lost, events of other nodes come within about a second. */
  | "degraded"
  /** Events of other nodes come at once. */
  | "up";

/** What a user has of one asset. */
export interface Balance {
  /** The asset's code, such as `BTC`. */
  readonly asset: string;
  /** Free to be used. */
  readonly available: Decimal;
  /** Held for open orders in which the user is the seller. */
  readonly inEscrow: Decimal;
  /** Held for withdrawals that are not settled yet. */
  readonly inWithdrawal: Decimal;
}

/** A user's available balance moved. */
export interface BalanceChanged {
  /** The asset's code. */
  readonly asset: string;
  /** Why. */
  readonly kind: TransferKind;
  /** Positive when the balance grew. */
  readonly amount: Decimal;
  /** The available balance afterwards. */
  readonly available: Decimal;
  /** The order, where there is one. */
  readonly orderId?: Uuid | null;
  /** The withdrawal, where there is one. */
  readonly withdrawalId?: Uuid | null;
}

/** Asks for the secret of a new second factor. */
export interface BeginSecondFactorRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
}

/** One public ad in the live book. */
export interface BookRow {
  /** The ad's id. */
  readonly adId: Uuid;
  /** Profile id of its maker. */
  readonly makerId: number;
  /** The maker's name. */
  readonly makerName?: string | null;
  /** The price now. */
  readonly price: Decimal;
  /** Least fiat for one order. */
  readonly amountMin: Decimal;
  /** Most fiat for one order now. */
  readonly amountMax: Decimal;
  /** How much of the asset is left. */
  readonly remaining: Decimal;
  /** Accepted payment methods. */
  readonly paymentMethodIds: readonly number[];
}

/** A case changed in a way that concerns the hearer. Either a dispute or a complaint is named. */
export interface CaseChanged {
  /** The dispute's id. */
  readonly disputeId?: Uuid | null;
  /** The complaint's id. */
  readonly complaintId?: Uuid | null;
  /** The order's id. */
  readonly orderId: Uuid;
  /** What it is about. */
  readonly news: CaseNews;
  /** The case's version. */
  readonly version: number;
  /** When a rule acts if nobody does; null for an ended case and for a complaint. */
  readonly deadline?: Timestamp | null;
}

/** What a member of staff is told of a case. */
export type CaseNews =
  /** A value that this version does not know. */
  | "unknown"
  /** The case is the hearer's to decide. */
  | "assignedToYou"
  /** It is no longer: somebody else has it, a deadline passed, or a party appealed. */
  | "takenFromYou"
  /** A ruling on a high amount waits for a second person, who can be the hearer. */
  | "secondSignatureWanted"
  /** The hearer may read the room of the case. */
  | "helperAdded"
  /** The hearer may do so no longer. */
  | "helperRemoved"
  /** A case of the hearer's has ended. */
  | "ended";

/** A party of a case. */
export interface CaseParty {
  /** The user's id. */
  readonly userId: number;
  /** The name. */
  readonly username?: string | null;
  /** Whether staff have checked the identity. */
  readonly isVerified: boolean;
  /** Whether the user is a merchant. */
  readonly isMerchant: boolean;
  /** Whether the user is suspended now. */
  readonly isSuspended: boolean;
  /** Suspensions until now. */
  readonly suspensions: number;
  /** Orders that ended with a release. */
  readonly completed: number;
  /** Orders that came to nothing by this user's doing. */
  readonly cancelled: number;
  /** Complaints that staff decided against this user. */
  readonly complaintsAgainst: number;
  /** The score of docs/reputation.md; null before three partners. */
  readonly reputation?: Decimal | null;
}

/** An asset. */
export interface CatalogueAsset {
  /** Its code. */
  readonly code: string;
  /** Its name. */
  readonly name: string;
  /** Digits after the point, 0 to 8. */
  readonly scale: number;
  /** The maker's fee as a part of the traded amount (0.001 is 0.1 %). */
  readonly feeRate: Decimal;
  /** The least amount of one order; null for none. */
  readonly orderMin?: Decimal | null;
  /** The greatest amount of one order; null for none. */
  readonly orderMax?: Decimal | null;
  /** False: no new ads and no new orders; orders that stand go on. */
  readonly isTraded: boolean;
  /** False: nothing is credited; withdrawals go on. */
  readonly takesDeposits: boolean;
}

/** A currency. */
export interface CatalogueCurrency {
  /** ISO 4217 code. */
  readonly code: string;
  /** Its name. */
  readonly name: string;
  /** Digits of its minor unit, 0 to 4. */
  readonly scale: number;
}

/** How much takers may trade in one currency, by their level. */
export interface CatalogueLimits {
  /** ISO 4217 code. */
  readonly currency: string;
  /** For those whose identity nobody checked. */
  readonly new: LevelLimits;
  /** For those whose identity staff checked. */
  readonly verified: LevelLimits;
  /** For merchants. */
  readonly merchant: LevelLimits;
}

/** A payment method. */
export interface CatalogueMethod {
  /** The method as users see it. */
  readonly method: PaymentMethod;
  /** False: new ads and new orders do not take it; orders that stand go on. */
  readonly isOffered: boolean;
}

/** What can be traded here and how it is paid, as staff see it. */
export interface CatalogueView {
  /** All payment methods, also those that are offered no longer, by name. */
  readonly paymentMethods: readonly CatalogueMethod[];
  /** All assets, by code. */
  readonly assets: readonly CatalogueAsset[];
  /** All currencies, by code. */
  readonly currencies: readonly CatalogueCurrency[];
  /** How much whoever takes ads may trade, one row for each currency that has limits, by code. */
  readonly limits: readonly CatalogueLimits[];
  /** The present version of the terms. */
  readonly termsVersion: number;
}

/** Changes how much an ad trades in all. */
export interface ChangeAdTotalRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own. */
  readonly adId: Uuid;
  /** Refuse with STALE_VERSION when the ad has another version. */
  readonly expectedVersion?: number | null;
  /** The new total, at least what open and released orders have taken. */
  readonly total: Decimal;
}

/** Changes an asset for what is placed from now on; what is left out stays. */
export interface ChangeAssetRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which. */
  readonly code: string;
  /** Its name, 1 to 60 characters. */
  readonly name?: string | null;
  /** The maker's fee as a part of the traded amount, from 0 to below 0.1. */
  readonly feeRate?: Decimal | null;
  /** The least amount of one order; 0 for none. */
  readonly orderMin?: Decimal | null;
  /** The greatest amount of one order; 0 for none. */
  readonly orderMax?: Decimal | null;
  /** Whether there are new ads and new orders. */
  readonly isTraded?: boolean | null;
  /** Whether anything is credited. */
  readonly takesDeposits?: boolean | null;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** Changes how much takers may trade in a currency; a level that is left out stays as it is. */
export interface ChangeLimitsRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Both limits of those whose identity nobody checked. */
  readonly new?: LevelLimits | null;
  /** Both limits of those whose identity staff checked. */
  readonly verified?: LevelLimits | null;
  /** Both limits of merchants. */
  readonly merchant?: LevelLimits | null;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** Changes a payment method; what is left out stays. */
export interface ChangePaymentMethodRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which. */
  readonly paymentMethodId: number;
  /** What people call it, 1 to 60 characters. */
  readonly name?: string | null;
  /** What a payer must know: for accounts that are saved from now on. */
  readonly fields?: readonly PaymentField[] | null;
  /** Whether new ads and new orders take it. */
  readonly isOffered?: boolean | null;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** The same as `CreateAdRequest`, to be checked only. */
export interface CheckCreateAdRequest {
  /** What the maker does. */
  readonly side: AdSide;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** How much of the asset in all. */
  readonly total: Decimal;
  /** The rest. */
  readonly terms: AdTerms;
}

/** The same as `CreateGoodsOrderRequest`, to be checked only. */
export interface CheckCreateGoodsOrderRequest {
  /** An item. */
  readonly itemId: Uuid;
  /** How many of the item's unit. */
  readonly quantity: Decimal;
  /** Refuse with PRICE_CHANGED when one unit costs something else; needed for a sealed item. */
  readonly expectedPrice?: Decimal | null;
  /** Whether what is paid is to lie in escrow. */
  readonly escrow?: boolean | null;
}

/** The same as `CreateOrderRequest`, to be checked only. */
export interface CheckCreateOrderRequest {
  /** The ad. */
  readonly adId: Uuid;
  /** The secret of an ad by link. */
  readonly linkSecret?: string | null;
  /** How much fiat; exactly one of this and `CheckCreateOrderRequest.cryptoAmount`. */
  readonly fiatAmount?: Decimal | null;
  /** How much of the asset; exactly one of this and `CheckCreateOrderRequest.fiatAmount`. */
  readonly cryptoAmount?: Decimal | null;
  /** One of the ad's payment methods. */
  readonly paymentMethodId: number;
  /** When the taker sells: which of the taker's own payment accounts is paid into. */
  readonly paymentAccountId?: Uuid | null;
  /** Refuse with PRICE_CHANGED when the price is another. */
  readonly expectedPrice?: Decimal | null;
}

/** A decision that is only looked at. */
export interface CheckRulingRequest {
  /** The dispute. */
  readonly disputeId: Uuid;
  /** What would happen with the escrow. */
  readonly decision: RulingDecision;
  /** The buyer's part in percent; for a split, and for nothing else. */
  readonly buyerPercent?: Decimal | null;
}

/** What was done to a complaint. */
export type ComplaintChange =
  /** A value that this version does not know. */
  | "unknown"
  /** It was filed. */
  | "filed"
  /** A party showed something. */
  | "evidenceAdded"
  /** Staff look into it, or no longer. */
  | "assigned"
  /** Staff decided. */
  | "decided";

/** A complaint changed; `GetComplaint` has what was said. */
export interface ComplaintChanged {
  /** The complaint's id. */
  readonly complaintId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Profile id of the buyer. */
  readonly buyerId: number;
  /** Profile id of the seller. */
  readonly sellerId: number;
  /** What was done. */
  readonly change: ComplaintChange;
  /** By whom. */
  readonly by: Party;
  /** Where it stands now. */
  readonly status: ComplaintStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** What staff did; null before they decided. */
  readonly outcome?: ComplaintOutcome | null;
}

/** What staff did about a complaint. The order and its escrow stay as they ended. */
export type ComplaintOutcome =
  /** A value that this version does not know. */
  | "unknown"
  /** Nothing was to be done. */
  | "closed"
  /** A party was warned. */
  | "warning"
  /** A party was suspended. */
  | "suspension"
  /** A party's review of the order was hidden. */
  | "reviewRemoved";

/** What a party holds against the other one. */
export type ComplaintReason =
  /** A value that this version does not know. */
  | "unknown"
  /** The caller paid, but too late: the order had ended already. */
  | "paidLate"
  /** The money never came, or not all of it, although the asset was released. */
  | "notPaid"
  /** The payment was called back after the release. */
  | "paymentReversed"
  /** The money that came is too little or too much. */
  | "wrongAmount"
  /** The money came from an account in another name. */
  | "payerNameMismatch"
  /** Insults, threats, or a demand to trade elsewhere. */
  | "abuse"
  /** The other party's review tells what is not so. */
  | "falseReview"
  /** Something else; the text says what. */
  | "other";

/** What every change of a complaint by a party answers. */
export interface ComplaintReply {
  /** The complaint's id. */
  readonly complaintId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Where it stands now. */
  readonly status: ComplaintStatus;
  /** Its version now. */
  readonly version: number;
  /** The evidence that was added; null where none was. */
  readonly evidenceId?: Uuid | null;
}

/** Where a complaint stands. */
export type ComplaintStatus =
  /** A value that this version does not know. */
  | "unknown"
  /** It was filed; nobody of the staff has it yet. */
  | "open"
  /** Somebody of the staff has it. */
  | "underReview"
  /** Staff decided; it changes no more. */
  | "decided";

/** A complaint as a party of its order sees it. */
export interface ComplaintView {
  /** The complaint's id. */
  readonly id: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Profile id of the buyer. */
  readonly buyerId: number;
  /** Profile id of the seller. */
  readonly sellerId: number;
  /** Who filed it. */
  readonly filedBy: Party;
  /** When. */
  readonly filedAt: Timestamp;
  /** What it is about. */
  readonly reason: ComplaintReason;
  /** What happened, by the one who filed it. */
  readonly text: string;
  /** Where it stands. */
  readonly status: ComplaintStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** What staff did; null before they decided. */
  readonly outcome?: ComplaintOutcome | null;
  /** To which party; null where nothing was to be done. */
  readonly against?: Party | null;
  /** The reasons of the decision. */
  readonly outcomeText?: string | null;
  /** When it was decided. */
  readonly decidedAt?: Timestamp | null;
  /** What was shown, oldest first; a list of complaints leaves it empty. */
  readonly evidence: readonly EvidenceView[];
  /** Which messages and files of the order's room staff read, oldest first, at most 100; only once it was decided, and not in a list. */
  readonly staffReads?: readonly StaffReadView[] | null;
}

/** Shows that the profile's e-mail address is the caller's. */
export interface ConfirmEmailRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The six digits that were sent. */
  readonly code: string;
}

/** Says that the money is sent. */
export interface ConfirmPaymentRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** What the seller finds the money by, at most 140 characters. */
  readonly paymentReference?: string | null;
  /**
   * The holder of the account that was paid from, at most 200 characters: the seller compares it with the money that came. At most one of
   * this and `ConfirmPaymentRequest.payerAccountId`.
   */
  readonly payerName?: string | null;
  /** One of the caller's own payment accounts, also a deleted one, if the money came from there: its holder is told. */
  readonly payerAccountId?: Uuid | null;
}

/** Shows that the caller's app has the secret. */
export interface ConfirmSecondFactorRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The six digits that the app shows now. */
  readonly code: string;
}

/** What a connection hears first. */
export interface ConnectedInfo {
  /** The caller's own profile; null for staff without one. */
  readonly profile?: ProfileView | null;
  /** Names the history of this database. After a restore it is another: positions of the former one mean nothing. */
  readonly epoch: Uuid;
  /** The number of the stream's newest event, 0 for none. */
  readonly headSeq: number;
  /** The number of the oldest event that is still kept. */
  readonly firstSeq: number;
  /** The version of this contract that the server speaks. */
  readonly contractVersion: number;
  /** The database's clock; countdowns are computed from it. */
  readonly serverTime: Timestamp;
}

/** A connection began, changed or ended, as the one who hears this sees it. */
export interface ConnectionChanged {
  /** The other peer. */
  readonly peerId: string;
  /** The other's profile. */
  readonly profileId: number;
  /** How it stands. */
  readonly state: ConnectionState;
  /** What the other may do; null unless the two are connected. */
  readonly grants?: AccessLevel | null;
  /** What the one who hears this may do; null unless the two are connected. */
  readonly granted?: AccessLevel | null;
}

/** What a change of a connection answers. */
export interface ConnectionReply {
  /** The other peer. */
  readonly peerId: string;
  /** How the connection stands now, as the caller sees it. */
  readonly state: ConnectionState;
}

/** How a connection stands, as one side sees it. */
export type ConnectionState =
  /** A value that this version does not know. */
  | "unknown"
  /** Each has the access that the other grants. */
  | "connected"
  /** The one who sees this blocks the other. */
  | "blocked"
  /** There is none: the two are strangers. */
  | "ended";

/** A connection as one side sees it. */
export interface ConnectionView {
  /** The other peer. */
  readonly peerId: string;
  /** The other's profile. */
  readonly profileId: number;
  /** What the other is called. */
  readonly name: string;
  /** How it stands. */
  readonly state: ConnectionState;
  /** What the other may do with the caller's inventory; null while blocked. */
  readonly grants?: AccessLevel | null;
  /** What the caller may do with the other's inventory; null while blocked. */
  readonly granted?: AccessLevel | null;
  /** True when the caller invited the other. */
  readonly isInvitedByMe: boolean;
  /** Since when the two are connected. */
  readonly since: Timestamp;
  /** True when the other is connected to the server; null when the other hides it, or is blocked. */
  readonly isOnline?: boolean | null;
  /** When the other was last connected, to within seconds; null as before, and when that is not known. */
  readonly lastSeenAt?: Timestamp | null;
}

/** How a user holds another. */
export type ContactKind =
  /** A value that this version does not know. */
  | "unknown"
  /** Neither of the two sees or takes the other's ads. */
  | "blocked"
  /** The user found this one good to trade with. */
  | "favourite";

/** What every change of a contact answers. */
export interface ContactReply {
  /** The other's profile. */
  readonly profileId: number;
  /** How the caller holds the other now; null for neither blocked nor favourite. */
  readonly kind?: ContactKind | null;
}

/** Blocks, favours, or ends either. */
export interface ContactRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Another user's profile. */
  readonly profileId: number;
}

/** A blocked or a favourite user. */
export interface ContactView {
  /** The profile's id. */
  readonly profileId: number;
  /** The name; null until one is chosen. */
  readonly username?: string | null;
  /** Identity was checked by staff. */
  readonly isVerified: boolean;
  /** Trades as a business. */
  readonly isMerchant: boolean;
  /** Since when. */
  readonly since: Timestamp;
}

/** Puts up an ad. */
export interface CreateAdRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** What the maker does. */
  readonly side: AdSide;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** How much of the asset in all. */
  readonly total: Decimal;
  /** The rest. */
  readonly terms: AdTerms;
}

/** Requests goods. */
export interface CreateGoodsOrderRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** An item that the caller may order. */
  readonly itemId: Uuid;
  /** How many of the item's unit, at most 3 decimals. */
  readonly quantity: Decimal;
  /**
   * Refuse with PRICE_CHANGED when one unit costs something else. Without it the order is placed at whatever the price is. The server does
   * not know a sealed item's price: there it is needed, the order is placed at it, and its seller, who does know, accepts or declines.
   */
  readonly expectedPrice?: Decimal | null;
  /**
   * Whether what is paid lies in escrow until the goods arrived. True is refused with NO_ESCROW where the item's currency is no asset of
   * the ledger; left out, there is one wherever there can be.
   */
  readonly escrow?: boolean | null;
  /** What the seller should know: an address, a wish; at most 1,000 characters. */
  readonly notes?: string | null;
}

/** Makes an invitation. */
export interface CreateInvitationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** What whoever accepts may do with the caller's inventory. */
  readonly access: AccessLevel;
  /** How long it can be accepted, 1 to 720. */
  readonly hours: number;
  /** SHA-256 of the token that is derived from the secret, base64url. */
  readonly tokenHash: string;
  /** 16 bytes by chance, base64url. */
  readonly nonce: string;
}

/** Puts an item in. */
export interface CreateItemRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item's id, a fresh UUID of version 7: a sealed item names it. Made by the server when left out. */
  readonly itemId?: Uuid | null;
  /** What it is. */
  readonly terms: ItemTerms;
  /** How many there are: not below zero, at most 1,000,000,000, at most 3 decimals. */
  readonly stock: Decimal;
  /** What is counted (piece, kg), 1 to 20 characters; it stays. */
  readonly unit: string;
  /** A sealed item's key, for at least one device of the caller's, so that it cannot get lost. `SetItemKeys` brings it to others. */
  readonly keys?: readonly ItemKey[] | null;
}

/** Takes an ad. */
export interface CreateOrderRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The ad. */
  readonly adId: Uuid;
  /** The secret of an ad by link. */
  readonly linkSecret?: string | null;
  /** How much fiat; exactly one of this and `CreateOrderRequest.cryptoAmount`. */
  readonly fiatAmount?: Decimal | null;
  /** How much of the asset; exactly one of this and `CreateOrderRequest.fiatAmount`. */
  readonly cryptoAmount?: Decimal | null;
  /** One of the ad's payment methods. */
  readonly paymentMethodId: number;
  /** When the taker sells: which of the taker's own payment accounts is paid into; the oldest of the method when left out. */
  readonly paymentAccountId?: Uuid | null;
  /** Refuse with PRICE_CHANGED when the price is another. Without it the order is placed at whatever the price is. */
  readonly expectedPrice?: Decimal | null;
}

/** Says how a finished order went. A tag counts once, however often it is named. */
export interface CreateReviewRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own orders. */
  readonly orderId: Uuid;
  /** 1 (bad) to 5 (good). */
  readonly stars: number;
  /** At most 5. */
  readonly tags?: readonly ReviewTag[] | null;
  /** At most 1,000 characters; everyone can read it. */
  readonly text?: string | null;
}

/**
 * Registers an address that is told the user's events. Its position is a number of the stream, so nothing is lost while the receiver is
 * down.
 */
export interface CreateWebhookRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /**
   * Where deliveries go: an https address of at most 2,000 ASCII characters, without user and fragment, on port 443 or one above 1,023,
   * whose name leads to public addresses only.
   */
  readonly url: string;
  /** Whose events. */
  readonly audience: WebhookAudience;
  /** Names of events that are told (`OrderChanged`, `MessageSent` ...), 1 to 50; all when left out. */
  readonly types?: readonly string[] | null;
  /** The number of the last event that the receiver already has; the stream's newest when left out. */
  readonly afterSeq?: number | null;
}

/** The caller's limits in one currency. */
export interface CurrencyLimit {
  /** The currency's code. */
  readonly currency: string;
  /** The most of one order; null for no limit. */
  readonly perOrder?: Decimal | null;
  /** The most of all orders that the caller takes within 24 hours; null for no limit. */
  readonly perDay?: Decimal | null;
  /** What counts now: orders taken in the last 24 to 25 hours that did not come to nothing. */
  readonly usedToday: Decimal;
  /** What is left of the day's limit; null for no limit. */
  readonly leftToday?: Decimal | null;
  /** When parts of what counts stop counting, soonest first. */
  readonly frees: readonly LimitFreeing[];
}

/** A fiat currency. */
export interface CurrencyView {
  /** ISO 4217 code. */
  readonly code: string;
  /** Its name. */
  readonly name: string;
  /** Digits of its minor unit. */
  readonly scale: number;
}

/** What was cut. */
export interface CutBranchReply {
  /** Peers with whom a connection ended. */
  readonly peerIds: readonly string[];
}

/** Decides a complaint. */
export interface DecideComplaintRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The complaint. */
  readonly complaintId: Uuid;
  /** What is done. */
  readonly outcome: ComplaintOutcome;
  /** To which party: of a review, who wrote it. Left out for `ComplaintOutcome.closed`, needed otherwise. */
  readonly against?: Party | null;
  /** When a suspension ends by itself; left out when staff must lift it, and for other outcomes. */
  readonly suspendedUntil?: Timestamp | null;
  /** The decision, 1 to 1,000 characters; both parties read it, and of a suspension or hidden review it is the reason. */
  readonly text: string;
  /** Why, 1 to 1,000 characters; for the audit log. */
  readonly reason: string;
  /** Refuse with STALE_VERSION when the complaint has another version. */
  readonly expectedVersion?: number | null;
}

/** Decides on an application. */
export interface DecideMerchantApplicationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The application. */
  readonly applicationId: Uuid;
  /** True makes the applicant a merchant, false declines. */
  readonly approve: boolean;
  /** Why, 1 to 1,000 characters; the applicant reads it, and it stands in the audit log. */
  readonly reason: string;
}

/** Declines a proposal, or takes it back. */
export interface DeclineEncryptionRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which order's room. */
  readonly orderId: Uuid;
}

/** Deletes a payment account. Live orders that are paid into it keep showing it. */
export interface DeletePaymentAccountRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own. */
  readonly paymentAccountId: Uuid;
}

/** One entry of a key log. */
export interface DeviceKeyEntry {
  /** Its place: 1, 2, 3 ... */
  readonly seq: number;
  /** The `KeyStatement` as the device signed it, base64url. */
  readonly statement: string;
  /** What the caller calls the device; null in others' logs. */
  readonly name?: string | null;
  /** When the server wrote it. */
  readonly at: Timestamp;
}

/** A user's key log from its beginning: trust what its signatures and links prove, nothing else. */
export interface DeviceKeyLog {
  /** Whose. */
  readonly profileId: number;
  /** All entries in their order; none for a user without keys, at most 200. */
  readonly entries: readonly DeviceKeyEntry[];
}

/** What every change of a key log answers. */
export interface DeviceReply {
  /** The device's id, base64url. */
  readonly keyId: string;
  /** The entry's place in the log. */
  readonly seq: number;
  /** The entry's link, base64url: the log's head now. */
  readonly head: string;
  /** When it was written. */
  readonly at: Timestamp;
}

/** What is done to a dispute. */
export type DisputeAction =
  /** A value that this version does not know. */
  | "unknown"
  /** It is opened. */
  | "raise"
  /** A party asks for staff. */
  | "escalate"
  /** Staff take the case, or give it to somebody. */
  | "assign"
  /** Staff decide. */
  | "rule"
  /** A second of the staff agrees to a decision on a high amount. */
  | "confirmRuling"
  /** A party accepts the ruling. */
  | "accept"
  /** A party appeals against the ruling. */
  | "appeal"
  /** A deadline was over: the rule that is named acted. */
  | "timeOver"
  /** The parties settled: the order was released or cancelled by themselves. */
  | "settle";

/** A dispute changed. */
export interface DisputeChanged {
  /** The dispute's id. */
  readonly disputeId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Where it stands now. */
  readonly status: DisputeStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** What was done. */
  readonly action: DisputeAction;
  /** By whom. */
  readonly by: Party;
  /** The rule that acted when a deadline was over; null otherwise. */
  readonly rule?: string | null;
  /** What the present ruling says; null without one. */
  readonly decision?: RulingDecision | null;
  /** When a rule acts if nobody does; null when it has ended. */
  readonly deadline?: Timestamp | null;
}

/** A helper of a case: exactly one of the id and the subject names them. */
export interface DisputeHelperRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The dispute. */
  readonly disputeId: Uuid;
  /** The helper's user id. */
  readonly helperId?: number | null;
  /** The subject of the helper's tokens. */
  readonly helperSub?: string | null;
  /** Why, 1 to 1,000 characters; for the audit log. */
  readonly reason: string;
}

/** Why an order is disputed. */
export type DisputeReason =
  /** A value that this version does not know. */
  | "unknown"
  /** The buyer paid and the seller does not release. */
  | "notReleased"
  /** The seller got no money. */
  | "notPaid"
  /** The money that came is too little or too much. */
  | "wrongAmount"
  /** The money came from an account in another name. */
  | "payerNameMismatch"
  /** Something else; the text says what. */
  | "other"
  /** By the server: the seller's time to release is over; with goods, the time to send them, or to say that they arrived. */
  | "overdue"
  /** By the server: a party was suspended. */
  | "partySuspended"
  /** Goods did not arrive. */
  | "notReceived"
  /** Goods are other than was agreed, or broken. */
  | "notAsDescribed";

/** What every change of a dispute answers. */
export interface DisputeReply {
  /** The dispute's id. */
  readonly disputeId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Where it stands now. */
  readonly status: DisputeStatus;
  /** Its version now. */
  readonly version: number;
  /** When a rule acts if nobody does; null when it has ended. */
  readonly deadline?: Timestamp | null;
}

/** Acts on a dispute. */
export interface DisputeRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** A dispute of one of the caller's own orders. */
  readonly disputeId: Uuid;
  /** Refuse with STALE_VERSION when the dispute has another version. */
  readonly expectedVersion?: number | null;
}

/** Where a dispute stands. */
export type DisputeStatus =
  /** A value that this version does not know. */
  | "unknown"
  /** The parties may settle; both show what they have. */
  | "negotiating"
  /** Staff look into it; the parties may still settle. */
  | "awaitingStaff"
  /** There is a ruling; until the deadline a party may appeal once. */
  | "decisionPending"
  /** A party appealed; somebody else of the staff decides, and that is final. */
  | "appealed"
  /** Ended: the parties settled by release or cancellation. */
  | "settled"
  /** Ended: the ruling took effect. */
  | "decided";

/** One change of a dispute. */
export interface DisputeStepView {
  /** The dispute's version after it. */
  readonly version: number;
  /** What was done. */
  readonly action: DisputeAction;
  /** By whom. */
  readonly by: Party;
  /** Where the dispute stood then. */
  readonly status: DisputeStatus;
  /** The rule that acted; null when people did. */
  readonly rule?: string | null;
  /** When. */
  readonly at: Timestamp;
}

/** A dispute as a party of its order sees it. */
export interface DisputeView {
  /** The dispute's id. */
  readonly id: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Profile id of the buyer. */
  readonly buyerId: number;
  /** Profile id of the seller. */
  readonly sellerId: number;
  /** Where it stands. */
  readonly status: DisputeStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** Why the order is disputed. */
  readonly reason: DisputeReason;
  /** What the one who raised it wrote; empty when the server did. */
  readonly text: string;
  /** Who raised it. */
  readonly raisedBy: Party;
  /** When. */
  readonly raisedAt: Timestamp;
  /** When a rule acts if nobody does; null when it has ended. */
  readonly deadline?: Timestamp | null;
  /** Somebody of the staff has the case. */
  readonly isAssigned: boolean;
  /** The buyer accepts the present ruling. */
  readonly buyerAccepts: boolean;
  /** The seller accepts the present ruling. */
  readonly sellerAccepts: boolean;
  /** Who appealed; null when nobody did. */
  readonly appealedBy?: Party | null;
  /** All rulings, oldest first; the last one counts. */
  readonly rulings: readonly RulingView[];
  /** What was shown, oldest first; a list of disputes leaves it empty. */
  readonly evidence: readonly EvidenceView[];
  /** What was done, oldest first; a list of disputes leaves it empty. */
  readonly steps: readonly DisputeStepView[];
  /**
   * Which messages and files of the order's room staff read, oldest first, at most 100; only once the dispute has ended, and not in a list
   * of disputes.
   */
  readonly staffReads?: readonly StaffReadView[] | null;
}

/** Who owes what while an order is open. */
export type Duty =
  /** A value that this version does not know. */
  | "unknown"
  /** Nobody owes anything: the order has ended. */
  | "none"
  /** The buyer pays and confirms. */
  | "buyerPays"
  /** The seller checks the money's arrival and releases. */
  | "sellerReleases"
  /** The order's dispute says who owes what until when. */
  | "disputeEnds"
  /** Goods: the seller accepts or declines. */
  | "sellerAccepts"
  /** Goods: the seller fulfils. */
  | "sellerFulfils"
  /** Goods: the buyer says that they arrived. */
  | "buyerReceives";

/** Replaces what a review says. */
export interface EditReviewRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own reviews. */
  readonly reviewId: Uuid;
  /** Refuse with STALE_VERSION when the review has another version. */
  readonly expectedVersion?: number | null;
  /** 1 (bad) to 5 (good). */
  readonly stars: number;
  /** At most 5. */
  readonly tags?: readonly ReviewTag[] | null;
  /** At most 1,000 characters; everyone can read it. */
  readonly text?: string | null;
}

/** What becomes of an address. */
export interface EmailReply {
  /** The address is confirmed. */
  readonly confirmed: boolean;
}

/** How often e-mails are sent. */
export type EmailRhythm =
  /** A value that this version does not know. */
  | "unknown"
  /** Each notification at once, in an e-mail of its own. */
  | "immediate"
  /** What there is at each full hour, in one e-mail. */
  | "hourly"
  /** What there is at eight in the morning (by the quiet hours' offset, else UTC), in one e-mail. */
  | "daily";

/** A room's encryption was proposed, accepted or declined, or it has a new key. */
export interface EncryptionChanged {
  /** Which order's room. */
  readonly orderId: Uuid;
  /** How it stands now. */
  readonly state: EncryptionState;
  /** Profile id of whose doing it is. */
  readonly by: number;
  /** The number of the newest key. */
  readonly epoch: number;
  /** The number of the room's system message that tells of it. */
  readonly seq: number;
}

/** How a room stands to encryption. */
export type EncryptionState =
  /** A value that this version does not know. */
  | "unknown"
  /** Nobody proposed it. */
  | "off"
  /** A party proposed it; the other has not answered. */
  | "proposed"
  /** The last proposal was declined or taken back. */
  | "declined"
  /** The room is encrypted, for good. */
  | "on";

/** Takes an announcement back. */
export interface EndAnnouncementRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which. */
  readonly announcementId: Uuid;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** What stands before every durable event. */
export interface EventHead {
  /** The event itself: the same in all audiences of one user, so that an app on two hubs shows it once. */
  readonly eventId: Uuid;
  /** Its place in the user's stream of this hub: 1, 2, 3 ... without gaps. */
  readonly seq: number;
  /** When it was recorded. */
  readonly at: Timestamp;
}

/** A piece of a user's stream. */
export interface EventPage {
  /** The events after the given number, in order; at most 500, or 256 KB. */
  readonly events: readonly StoredEvent[];
  /** The number of the newest event. */
  readonly headSeq: number;
  /** True when the stream goes on after this page. */
  readonly more: boolean;
}

/** What the answer to `SubmitEvidence` is. */
export interface EvidenceReply {
  /** The evidence's id. */
  readonly evidenceId: Uuid;
  /** Its dispute's id. */
  readonly disputeId: Uuid;
}

/** A party showed something; `GetDispute` has it. */
export interface EvidenceSubmitted {
  /** The dispute's id. */
  readonly disputeId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** The evidence's id. */
  readonly evidenceId: Uuid;
  /** Who showed it. */
  readonly by: Party;
}

/** What a party showed. */
export interface EvidenceView {
  /** The evidence's id. */
  readonly id: Uuid;
  /** Who showed it. */
  readonly by: Party;
  /** What it shows. */
  readonly text: string;
  /** When. */
  readonly at: Timestamp;
}

/** Gives the buyer more time. */
export interface ExtendPaymentWindowRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** Minutes to add to the present deadline, 10 to 1,440. */
  readonly minutes: number;
}

/** Files a complaint. */
export interface FileComplaintRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own orders, which has ended. */
  readonly orderId: Uuid;
  /** What it is about. */
  readonly reason: ComplaintReason;
  /** What happened, 1 to 4,000 characters; both parties and staff read it. */
  readonly text: string;
}

/**
 * A file that a party sent into an order's room.
 * `POST /api/p2p/orders/{orderId}/files` takes it (the body is the file; `Content-Type`, and `X-File-Name` percent-encoded), `GET
 * /api/p2p/files/{id}` gives it back to the parties. A file that no message names is removed after 24 hours.
 */
export interface FileView {
  /** The file's id. */
  readonly id: Uuid;
  /** What its sender called it, at most 200 characters; never a path. */
  readonly name: string;
  /**
   * What the content is, by the content itself: `image/jpeg`, `image/png`, `image/webp`, `application/pdf`, or `application/octet-stream`
   * for an encrypted one.
   */
  readonly contentType: string;
  /** Its length as it is stored: without what was removed from it. */
  readonly bytes: number;
  /** Pixels from left to right; null for what is no picture. */
  readonly width?: number | null;
  /** Pixels from top to bottom; null for what is no picture. */
  readonly height?: number | null;
  /** SHA-256 of the stored bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  /** The sender encrypted it for the other party: the server knows its length and nothing else. */
  readonly encrypted: boolean;
}

/** Who found something. */
export type FindingSource =
  /** A value that this version does not know. */
  | "unknown"
  /** The server's own watch. */
  | "watch"
  /** A verification that a member of staff asked for. */
  | "verification";

/** There are other open findings than before. */
export interface FindingsChanged {
  /** Findings that nobody has acknowledged. */
  readonly open: number;
  /** The newest of them; null for none. */
  readonly newest?: LedgerFinding | null;
}

/** Frames of sessions. */
export interface FramesReceived {
  /** The oldest first. */
  readonly frames: readonly ReceivedFrame[];
}

/** Says that a part is on its way. */
export interface FulfilPartRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own goods orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** How many; less than what is left. */
  readonly quantity: Decimal;
  /** Who carries it, at most 60 characters. */
  readonly carrier?: string | null;
  /** What the carrier calls it, at most 100 characters. */
  readonly tracking?: string | null;
  /** More about it, at most 500 characters. */
  readonly note?: string | null;
  /** A file of the caller's in this order that proves it. */
  readonly proofId?: Uuid | null;
}

/** Says that the last part is on its way. */
export interface FulfilRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own goods orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** How many; all that is left when left out. What is missing then is refunded. */
  readonly quantity?: Decimal | null;
  /** Who carries it, at most 60 characters. */
  readonly carrier?: string | null;
  /** What the carrier calls it, at most 100 characters. */
  readonly tracking?: string | null;
  /** More about it, at most 500 characters. */
  readonly note?: string | null;
  /** A file of the caller's in this order that proves it. */
  readonly proofId?: Uuid | null;
}

/** Which ad. */
export interface GetAdRequest {
  /** The ad's id. */
  readonly adId: Uuid;
  /** The secret of an ad by link. */
  readonly linkSecret?: string | null;
}

/** Which days, and how they are put together. */
export interface GetAnalyticsRequest {
  /** The first day (UTC). */
  readonly from: Day;
  /** The last day (UTC), at most 366 days after the first; today is counted up to now. */
  readonly to: Day;
  /** What the rows are. */
  readonly groupBy: AnalyticsGrouping;
}

/** Which messages of the room of a case. Before a number, after one, or the newest. */
export interface GetCaseMessagesRequest {
  /** The order whose case the caller has or helps with. */
  readonly orderId: Uuid;
  /** Messages before this number, newest first. */
  readonly beforeSeq?: number | null;
  /** Messages after this number, oldest first. */
  readonly afterSeq?: number | null;
  /** Messages on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** Why, 1 to 1,000 characters; for the audit log, and for the parties after the case is closed. */
  readonly reason: string;
}

/** Which complaint. */
export interface GetComplaintRequest {
  /** A complaint about one of the caller's own orders, by either party. */
  readonly complaintId: Uuid;
}

/** Asks for one connection. */
export interface GetConnectionRequest {
  /** The other peer. */
  readonly peerId: string;
}

/** Asks for a user's key log. */
export interface GetDeviceKeysRequest {
  /** Whose; the caller's own when left out. */
  readonly profileId?: number | null;
}

/** Which dispute: by its own id or by its order's. */
export interface GetDisputeRequest {
  /** The dispute. */
  readonly disputeId?: Uuid | null;
  /** Its order. */
  readonly orderId?: Uuid | null;
}

/** Asks for one item. */
export interface GetItemRequest {
  /** The item. */
  readonly itemId: Uuid;
}

/** Asks for a piece of a room: the newest messages, or those before a number (newest first), or those after a number (oldest first). */
export interface GetMessagesRequest {
  /** Which order's room. */
  readonly orderId: Uuid;
  /** Only messages before this number. Not together with `GetMessagesRequest.afterSeq`. */
  readonly beforeSeq?: number | null;
  /** Only messages after this number. Not together with `GetMessagesRequest.beforeSeq`. */
  readonly afterSeq?: number | null;
  /** Messages on the page, 1 to 100; 20 when left out. Fewer come when their envelopes have more than 256 KB. */
  readonly limit?: number | null;
}

/** Which part of a market's history. */
export interface GetPriceHistoryRequest {
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** The first moment: the candle that covers it is the first. Years 2000 to 2199. */
  readonly from: Timestamp;
  /** How much time one candle covers. */
  readonly bucket: PriceBucket;
}

/** Whose profile. */
export interface GetProfileRequest {
  /** The profile's id; left out for one's own. */
  readonly profileId?: number | null;
}

/** Which days of sales, and how they are put together. */
export interface GetSalesRequest {
  /** The first day (UTC). */
  readonly from: Day;
  /** The last day (UTC), at most 366 days after the first; today is counted up to now. */
  readonly to: Day;
  /** What the rows are. */
  readonly by: SalesGrouping;
}

/** Which complaint. */
export interface GetStaffComplaintRequest {
  /** The complaint. */
  readonly complaintId: Uuid;
}

/** Which case: by the dispute's own id or by its order's. */
export interface GetStaffDisputeRequest {
  /** The dispute. */
  readonly disputeId?: Uuid | null;
  /** Its order. */
  readonly orderId?: Uuid | null;
}

/** Which days of stock. */
export interface GetStockTurnoverRequest {
  /** The first day (UTC). */
  readonly from: Day;
  /** The last day (UTC), at most 366 days after the first; today is counted up to now. */
  readonly to: Day;
}

/** Whose dossier. */
export interface GetUserRequest {
  /** The user's id. */
  readonly userId: number;
}

/** Gives a part of the held money back. */
export interface GiveRefundRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own goods orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** How much more than was given before. */
  readonly amount: Decimal;
}

/** One action on a goods order, as the caller finds it now. */
export interface GoodsActionCheck {
  /** The action. */
  readonly action: OrderAction;
  /** True when it would succeed now. */
  readonly allowed: boolean;
  /** Every reason why not, in the order in which the command checks them. */
  readonly reasons: readonly Reason[];
  /** The status afterwards; null where it is not allowed. */
  readonly statusAfter?: OrderStatus | null;
  /** The deadline afterwards; null without one. */
  readonly deadlineAfter?: Timestamp | null;
}

/** A goods order changed. */
export interface GoodsOrderChanged {
  /** The order after the change. */
  readonly order: GoodsOrderState;
  /** What was done. */
  readonly action: OrderAction;
  /** By whom. */
  readonly by: Party;
}

/** What a check of a goods order answers. */
export interface GoodsOrderCheck {
  /** True when `CreateGoodsOrder` would succeed now. */
  readonly allowed: boolean;
  /** Every reason why not, in the order in which the command checks them. */
  readonly reasons: readonly Reason[];
  /** What the order would look like; null when the caller sees no such item, or says no price of a sealed one. */
  readonly quote?: GoodsQuote | null;
}

/** Acts on a goods order. `ConfirmGoodsReceipt` alone asks for a second factor; the other calls do not look at the code. */
export interface GoodsOrderRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own goods orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor. */
  readonly secondFactorCode?: string | null;
}

/** A goods order's state, as events tell it. */
export interface GoodsOrderState {
  /** The order's id. */
  readonly id: Uuid;
  /** What is exchanged. */
  readonly kind: OrderKind;
  /** The item that is ordered. */
  readonly itemId: Uuid;
  /** Profile id of the buyer. */
  readonly buyerId: number;
  /** Profile id of the seller. */
  readonly sellerId: number;
  /** Where it stands. */
  readonly status: OrderStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** How many. */
  readonly quantity: Decimal;
  /** What is counted. */
  readonly unit: string;
  /** The price of one unit, fixed when the order was placed. */
  readonly price: Decimal;
  /** A currency, or an asset of the ledger. */
  readonly currency: string;
  /** What the buyer pays. */
  readonly total: Decimal;
  /** What is paid lies in escrow until the goods arrived; without, the parties pay each other outside. */
  readonly escrow: boolean;
  /** How many are on their way or there. */
  readonly fulfilled: Decimal;
  /** What the buyer gets back of what is held when the order ends as agreed. */
  readonly refund: Decimal;
  /** Who owes what. */
  readonly duty: Duty;
  /** Until when; null while it is disputed (the dispute has a deadline of its own) and when it has ended. */
  readonly deadline?: Timestamp | null;
  /** Somebody has let the time pass. */
  readonly overdue: boolean;
  /** Who proposes to call the order off; null when nobody does. */
  readonly cancelRequestedBy?: Party | null;
}

/** A goods order as one of its parties sees it. */
export interface GoodsOrderView {
  /** The order's state. */
  readonly state: GoodsOrderState;
  /** Which party the caller is. */
  readonly you: Party;
  /** What the item was called when it was ordered; empty for a sealed item. */
  readonly itemName: string;
  /** The buyer. */
  readonly buyerPeerId: string;
  /** What the buyer is called; empty for one who is gone. */
  readonly buyerName: string;
  /** The seller. */
  readonly sellerPeerId: string;
  /** What the seller is called; empty for one who is gone. */
  readonly sellerName: string;
  /** What the buyer wrote to it. */
  readonly notes?: string | null;
  /** What the seller finds the money by, where it was paid without escrow. */
  readonly paymentReference?: string | null;
  /** In how many days the seller fulfils; null before the order is accepted. */
  readonly fulfilDays?: number | null;
  /** What was sent, first part first; empty in lists. */
  readonly shipments: readonly ShipmentView[];
  /** When it was placed. */
  readonly createdAt: Timestamp;
  /** When it changed last. */
  readonly updatedAt: Timestamp;
}

/** The amounts of a goods order that is not placed yet. */
export interface GoodsQuote {
  /** The price of one unit. */
  readonly price: Decimal;
  /** A currency, or an asset of the ledger. */
  readonly currency: string;
  /** What the buyer pays, rounded half to even to the currency's decimals. */
  readonly total: Decimal;
  /** What is paid lies in escrow until the goods arrived. */
  readonly escrow: boolean;
}

/** How the house stands, in numbers. */
export interface HouseCounters {
  /** When they were read. */
  readonly at: Timestamp;
  /** Hub connections of all nodes that the answering one hears; of itself alone without a backplane. */
  readonly connections: number;
  /** Users who are connected to any of them. */
  readonly users: number;
  /** Commands that wait for the answering node's engine. */
  readonly engineQueue: number;
  /** Orders that have not ended, by where they stand. */
  readonly openOrders: readonly OrderCount[];
  /** Orders that ended within 24 hours, by how; at most a minute old. */
  readonly endedOrders24h: readonly OrderCount[];
  /** What was released within 24 hours, by market, the busiest 20; at most a minute old. */
  readonly volume24h: readonly MarketVolume[];
  /** What escrows hold, by asset; at most a minute old. */
  readonly escrow: readonly AssetAmount[];
  /** How late the timers are, in milliseconds: the oldest deadline that has passed without an act; 0 for none. */
  readonly timerLagMs: number;
  /** What waits to be sent by e-mail and is due. */
  readonly outboxDepth: number;
  /** Findings of the ledger's watch that nobody has acknowledged. */
  readonly openFindings: number;
  /** The nodes, the answering one first. */
  readonly nodes?: readonly NodeCount[] | null;
  /** How the answering node and the others reach each other. */
  readonly backplane?: BackplaneStatus | null;
}

/** How the house stands. */
export interface HouseStatus {
  /** One row for each switch. */
  readonly switches: readonly SwitchView[];
}

/** What can be stopped. */
export type HouseSwitch =
  /** A value that this version does not know. */
  | "unknown"
  /** New orders. */
  | "trading"
  /** Whatever gives an escrow to a buyer. */
  | "releases";

/** A relay. */
export interface IceServer {
  /** Its addresses, as `turn:relay.example:3478?transport=udp`. */
  readonly urls: readonly string[];
  /** Who the caller is there; null for servers that ask for nothing. */
  readonly username?: string | null;
  /** The password; null for servers that ask for nothing. */
  readonly credential?: string | null;
}

/** Relays for direct channels. */
export interface IceServers {
  /** As WebRTC's `iceServers`; empty where the operator runs no relay. */
  readonly servers: readonly IceServer[];
  /** The operator asks clients to use relays only, so that peers do not learn each other's addresses. */
  readonly relayOnly: boolean;
  /** Until when the credentials are good; null without any. */
  readonly expiresAt?: Timestamp | null;
}

/** An invitation of the caller's was made, accepted or revoked. */
export interface InvitationChanged {
  /** The invitation. */
  readonly invitationId: Uuid;
  /** How it stands. */
  readonly state: InvitationState;
  /** Who accepted it; null until then. */
  readonly use?: InvitationUse | null;
}

/** Who invites. */
export interface InvitationOffer {
  /** The inviter. */
  readonly peerId: string;
  /** The inviter's profile, whose key log has the link's fingerprint. */
  readonly profileId: number;
  /** What the inviter is called. */
  readonly name: string;
  /** What it grants. */
  readonly access: AccessLevel;
  /** The inviter's nonce, base64url. */
  readonly nonce: string;
  /** Until when it can be accepted. */
  readonly expiresAt: Timestamp;
}

/** A request to connect was made or answered. */
export interface InvitationRequestChanged {
  /** The request to connect. */
  readonly invitationRequestId: Uuid;
  /** How it stands. */
  readonly state: InvitationRequestState;
}

/** What every change of a request answers. */
export interface InvitationRequestReply {
  /** The request to connect. */
  readonly invitationRequestId: Uuid;
  /** How it stands. */
  readonly state: InvitationRequestState;
}

/** How a request stands. */
export type InvitationRequestState =
  /** A value that this version does not know. */
  | "unknown"
  /** The inviter has not answered. */
  | "pending"
  /** The two are connected. */
  | "approved"
  /** The inviter said no. */
  | "declined";

/** Somebody asks the caller to connect. */
export interface InvitationRequestView {
  /** The request to connect. */
  readonly invitationRequestId: Uuid;
  /** By which invitation of the caller's. */
  readonly invitationId: Uuid;
  /** Who asks. */
  readonly peerId: string;
  /** The profile of who asks. */
  readonly profileId: number;
  /** What the one who asks is called. */
  readonly name: string;
  /** What the caller may do with the other's inventory. */
  readonly granted: AccessLevel;
  /** When it was asked. */
  readonly at: Timestamp;
}

/** How an invitation stands. */
export type InvitationState =
  /** A value that this version does not know. */
  | "unknown"
  /** It can be accepted. */
  | "pending"
  /** It was accepted, or a request by it was approved. */
  | "used"
  /** The inviter ended it. */
  | "revoked"
  /** Its time is over. */
  | "expired";

/** Who accepted an invitation, and what proves that the keys are theirs. */
export interface InvitationUse {
  /** The peer. */
  readonly peerId: string;
  /** The peer's profile. */
  readonly profileId: number;
  /** When. */
  readonly at: Timestamp;
  /** The newest link of the accepter's key log at that time, base64url; null when the inviter approved a request. */
  readonly keyLink?: string | null;
  /** The accepter's nonce, base64url; null as before. */
  readonly nonce?: string | null;
  /** The proof, base64url; null as before. */
  readonly proof?: string | null;
}

/** An invitation as its inviter sees it. */
export interface InvitationView {
  /** Its id. */
  readonly invitationId: Uuid;
  /** What is shown and typed: `AD-7X9K-2M4P`. */
  readonly locator: string;
  /** How it stands. */
  readonly state: InvitationState;
  /** What it grants. */
  readonly access: AccessLevel;
  /** The inviter's nonce, base64url. */
  readonly nonce: string;
  /** When it was made. */
  readonly createdAt: Timestamp;
  /** Until when it can be accepted. */
  readonly expiresAt: Timestamp;
  /** Who accepted it; null until then. */
  readonly use?: InvitationUse | null;
}

/** What was done to an item. */
export type ItemAction =
  /** A value that this version does not know. */
  | "unknown"
  /** It was put in. */
  | "created"
  /** Its text, its currency or who sees it. */
  | "changed"
  /** Its price. */
  | "priced"
  /** Its stock. */
  | "stocked"
  /** It was taken out for good. */
  | "deleted"
  /** Its pictures. */
  | "pictured";

/** An item that the one who hears this sees, or saw, changed: read it with `GetItem`. */
export interface ItemChanged {
  /** The item. */
  readonly itemId: Uuid;
  /** Its version now; 0 for one that is gone. */
  readonly version: number;
  /** True when the one who hears this sees it no longer. */
  readonly isGone: boolean;
}

/** A field of the owner's own making: a name and a value. */
export interface ItemField {
  /** What it is called, 1 to 40 characters; each name once an item. */
  readonly name: string;
  /** What stands in it, 1 to 200 characters. */
  readonly value: string;
}

/** One change of an item. */
export interface ItemHistoryEntry {
  /** The version that it made. */
  readonly version: number;
  /** What was done. */
  readonly action: ItemAction;
  /** By whom: the owner, or a peer with manage. */
  readonly peerId: string;
  /** The price afterwards. */
  readonly price: Decimal;
  /** The stock afterwards. */
  readonly stock: Decimal;
  /** When. */
  readonly at: Timestamp;
}

/** A sealed item's key, for one device. */
export interface ItemKey {
  /** The device, base64url. */
  readonly keyId: string;
  /** The key as only that device opens it, 113 bytes in base64url. */
  readonly wrapped: string;
}

/** Asks for a page of what belongs to an item. */
export interface ItemPageRequest {
  /** The item. */
  readonly itemId: Uuid;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Who may read a sealed item, or could before. */
export interface ItemReader {
  /** Whose devices. */
  readonly profileId: number;
  /** The peer; the owner is the first. */
  readonly peerId: string;
  /** True when the peer sees the item now. One who does not and has the key is a reason for a new one. */
  readonly sees: boolean;
  /** Devices that have the present key, revoked ones too. */
  readonly keyIds: readonly string[];
}

/** What a change of an item answers. */
export interface ItemReply {
  /** The item. */
  readonly itemId: Uuid;
  /** Its version now. */
  readonly version: number;
}

/** Names an item to be changed. */
export interface ItemRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item. */
  readonly itemId: Uuid;
  /** Refuses with STALE_VERSION when the item has another version. */
  readonly expectedVersion?: number | null;
}

/** A peer with whom an item is shared. */
export interface ItemShareView {
  /** With whom. */
  readonly peerId: string;
  /** What the peer is called. */
  readonly name: string;
  /** What the peer may do with it. */
  readonly access: AccessLevel;
  /** Since when. */
  readonly at: Timestamp;
}

/** All that an owner says of an item, stock and unit aside. */
export interface ItemTerms {
  /** What it is, 1 to 120 characters; empty for a sealed item. */
  readonly name: string;
  /** More about it, at most 4,000 characters. */
  readonly description?: string | null;
  /** What it is filed under, at most 50 characters. */
  readonly category?: string | null;
  /** The price of one unit, above zero and no finer than the currency; 0 for a sealed item. */
  readonly price: Decimal;
  /** A currency, or an asset of the ledger. It stays open in a sealed item, too: escrow depends on it. */
  readonly currency: string;
  /** At most 20. */
  readonly fields?: readonly ItemField[] | null;
  /**
   * What the item is, for the eyes of those who may see it (docs/encryption.md has the bytes), base64url, at most 16 KB: then name,
   * description, category, price and fields stand in it and nowhere else. Not for public items. The client libraries make it.
   */
  readonly sealed?: string | null;
  /** Who sees it. */
  readonly visibility: ItemVisibility;
  /**
   * What those may do by `ItemTerms.visibility`. Of a public item, manage counts for connected peers to whom manage is granted; for others
   * it is order.
   */
  readonly gives: AccessLevel;
}

/** An item as one peer sees it. */
export interface ItemView {
  /** The item. */
  readonly itemId: Uuid;
  /** Whose it is. */
  readonly ownerPeerId: string;
  /** What the owner is called. */
  readonly ownerName: string;
  /** What it is; empty for a sealed item that was not opened. */
  readonly name: string;
  /** More about it. */
  readonly description?: string | null;
  /** What it is filed under. */
  readonly category?: string | null;
  /** The price of one unit; 0 for a sealed item that was not opened. */
  readonly price: Decimal;
  /** A currency, or an asset of the ledger. */
  readonly currency: string;
  /** What the item is, as its owner's device sealed it; null for one that is not sealed. */
  readonly sealed?: string | null;
  /** Whose profile shows the keys by which a sealed item is checked; null for an item that is not sealed. */
  readonly ownerProfileId?: number | null;
  /** The number of the key under which it is sealed, or was last; 0 for one that never was. */
  readonly keyVersion: number;
  /**
   * The sealed item's key for devices of the caller's; empty until the owner's program has made it for them. Null for an item that is not
   * sealed.
   */
  readonly keys?: readonly ItemKey[] | null;
  /** How many are left. */
  readonly stock: Decimal;
  /** What is counted. */
  readonly unit: string;
  /** The owner's own fields. */
  readonly fields: readonly ItemField[];
  /**
   * Its pictures, at most 10, the first one first: `GET /api/p2p/items/{itemId}/images/{id}` has each. Their owner adds one by `POST
   * /api/p2p/items/{itemId}/images` (JPEG, PNG or WebP, at most 10 MB).
   */
  readonly images: readonly FileView[];
  /** What the caller may do with it. */
  readonly access: AccessLevel;
  /** Who sees it; told to the owner alone. */
  readonly visibility?: ItemVisibility | null;
  /** What those may do; told to the owner alone. */
  readonly gives?: AccessLevel | null;
  /** Grows with every change. */
  readonly version: number;
  /** Since when it is there. */
  readonly createdAt: Timestamp;
  /** When it was last changed. */
  readonly updatedAt: Timestamp;
}

/** Who sees an item, besides its owner and those with whom it is shared. */
export type ItemVisibility =
  /** A value that this version does not know. */
  | "unknown"
  /** Every peer whom the owner does not block. */
  | "public"
  /** Nobody: it is shared with single peers. */
  | "private"
  /** Connected peers, each at most with what the connection grants. */
  | "customers";

/** Makes the caller a peer. */
export interface JoinNetworkRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** What others read, 1 to 50 characters. */
  readonly name: string;
  /** True to be in the directory. */
  readonly isDiscoverable: boolean;
  /** The device of the caller's whose keys are the identity, base64url; its id becomes the peer id. */
  readonly keyId: string;
}

/** What an entry of a key log says. */
export type KeyStatementKind =
  /** A value that this version does not know. */
  | "unknown"
  /** The user has one device more. */
  | "add"
  /** A device of the user speaks for the user no longer. */
  | "revoke";

/** A user's keys changed: what was verified before has to be verified again. */
export interface KeysChanged {
  /** Whose. */
  readonly profileId: number;
  /** How. */
  readonly change: KeyStatementKind;
  /** The device, base64url. */
  readonly keyId: string;
  /** The entry's place in the user's key log. */
  readonly seq: number;
}

/** By which channels one kind is told. */
export interface KindPreference {
  /** The kind. */
  readonly kind: NotificationKind;
  /** In lists, counts and events. */
  readonly inApp: boolean;
  /** By e-mail, once the address is confirmed. */
  readonly email: boolean;
  /** By Web Push to registered browsers; the kind's default when left out. Always told by the server. */
  readonly push?: boolean | null;
}

/** One movement of a user's available balance. */
export interface LedgerEntryView {
  /** Its number in the account of this asset: 1, 2, 3 ... without gaps. */
  readonly seq: number;
  /** The transfer that it belongs to. */
  readonly transferId: Uuid;
  /** Why value moved. */
  readonly kind: TransferKind;
  /** The order, where there is one. */
  readonly orderId?: Uuid | null;
  /** The asset's code. */
  readonly asset: string;
  /** Positive when the balance grew. */
  readonly amount: Decimal;
  /** When. */
  readonly at: Timestamp;
  /** SHA-256 of this entry and the one before, in hexadecimal. */
  readonly hash: string;
}

/** Something that must hold of the ledger and does not. */
export interface LedgerFinding {
  /** The finding's id. */
  readonly id: Uuid;
  /** Which rule is broken: I1 to I9, as the ledger's documentation names them. */
  readonly rule: string;
  /** What was found, and where. */
  readonly sentence: string;
  /** Who found it. */
  readonly source: FindingSource;
  /** When it was found first. */
  readonly foundAt: Timestamp;
  /** When it was seen last. */
  readonly seenAt: Timestamp;
  /** Who has acknowledged it; null for nobody. */
  readonly acknowledgedBy?: string | null;
  /** When. */
  readonly acknowledgedAt?: Timestamp | null;
  /** What they wrote about it. */
  readonly note?: string | null;
}

/** What a verification checked and found. */
export interface LedgerReport {
  /** When its snapshot was taken. */
  readonly at: Timestamp;
  /** Accounts. */
  readonly accounts: number;
  /** Entries. */
  readonly entries: number;
  /** Transfers. */
  readonly transfers: number;
  /** Orders. */
  readonly orders: number;
  /** Changes of orders. */
  readonly historyRows: number;
  /** Event streams. */
  readonly streams: number;
  /** Events. */
  readonly events: number;
  /** Rows of the audit log. */
  readonly auditRows: number;
  /** The first violation of each check, as `rule: sentence`; empty when all is well. */
  readonly violations: readonly string[];
}

/** A verification of everything. */
export interface LedgerVerification {
  /** Its id. */
  readonly id: Uuid;
  /** How it stands. One whose node has gone is Failed. */
  readonly state: VerificationState;
  /** Who asked for it. */
  readonly askedBy: string;
  /** When. */
  readonly askedAt: Timestamp;
  /** What it reads now, or read last. */
  readonly stage?: string | null;
  /** When it ended; null while it runs. */
  readonly endedAt?: Timestamp | null;
  /** What was checked and found; null before the end. */
  readonly report?: LedgerReport | null;
}

/** How the ledger's watch stands. */
export interface LedgerWatchView {
  /** Whether the answering node takes part in the watch. */
  readonly isOn: boolean;
  /** Seconds between two rounds. */
  readonly everySeconds: number;
  /** When the last round ended; null before the first. */
  readonly checkedAt?: Timestamp | null;
  /** Everything that changed until then was checked. */
  readonly checkedUntil: Timestamp;
  /** How long the last round took, in milliseconds. */
  readonly tookMs: number;
  /** When the slow sweep came to the end of all accounts last; null for never. */
  readonly sweptAt?: Timestamp | null;
  /** Findings that nobody has acknowledged. */
  readonly openFindings: number;
}

/** How much takers of one level may trade, in the currency's units. */
export interface LevelLimits {
  /** The most of one order; null for no limit. */
  readonly perOrder?: Decimal | null;
  /** The most of a day, not below that of one order; null for no limit. */
  readonly perDay?: Decimal | null;
}

/** Ends an override. */
export interface LiftPriceOverrideRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Why, 1 to 1,000 characters. */
  readonly reason: string;
}

/** An amount that stops counting. */
export interface LimitFreeing {
  /** When. */
  readonly at: Timestamp;
  /** How much. */
  readonly amount: Decimal;
}

/** Which ads. */
export interface ListAdsRequest {
  /** What the maker does: `sell` lists what the caller can buy. */
  readonly side: AdSide;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Ads that take an order of so much fiat. */
  readonly amount?: Decimal | null;
  /** Ads that take this payment method. */
  readonly paymentMethodId?: number | null;
  /** Ads that take a payment method of this country (ISO 3166). */
  readonly country?: string | null;
  /** Ads of verified makers. */
  readonly verifiedOnly?: boolean | null;
  /** Ads of merchants. */
  readonly merchantsOnly?: boolean | null;
  /** Ads of the caller's favourites. */
  readonly favouritesOnly?: boolean | null;
  /** Ads that the caller could take now. */
  readonly eligibleOnly?: boolean | null;
  /** Price when left out. */
  readonly orderBy?: AdOrder | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`; good for the same filters and order only. */
  readonly cursor?: string | null;
}

/** Which announcements. */
export interface ListAllAnnouncementsRequest {
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which rows; what is left out does not matter. */
export interface ListAuditRequest {
  /** Who acted, exactly as the log names them. */
  readonly actor?: string | null;
  /** On whom or what, exactly as the log names it, such as `user:42`. */
  readonly target?: string | null;
  /** What was done, such as `user.suspend`. */
  readonly action?: string | null;
  /** At this time or later. */
  readonly from?: Timestamp | null;
  /** Before this time. */
  readonly to?: Timestamp | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which complaints; what is left out does not matter. */
export interface ListComplaintQueueRequest {
  /** Decided complaints instead of undecided ones. */
  readonly decided?: boolean | null;
  /** Those that the caller has. */
  readonly assignedToMe?: boolean | null;
  /** Those that nobody has. */
  readonly unassigned?: boolean | null;
  /** What they are about. */
  readonly reason?: ComplaintReason | null;
  /** The id of a party. */
  readonly userId?: number | null;
  /** The order. */
  readonly orderId?: Uuid | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`; good for undecided, or for decided ones. */
  readonly cursor?: string | null;
}

/** Which complaints about the caller's own orders. */
export interface ListComplaintsRequest {
  /** Those about this order. */
  readonly orderId?: Uuid | null;
  /** Undecided ones, or decided ones; both when left out. */
  readonly open?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** A page of connections. */
export interface ListConnectionsRequest {
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** A page of contacts. */
export interface ListContactsRequest {
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which disputes; what is left out does not matter. */
export interface ListDisputeQueueRequest {
  /** Ended disputes instead of open ones. */
  readonly ended?: boolean | null;
  /** Where they stand. */
  readonly status?: DisputeStatus | null;
  /** Those that the caller has. */
  readonly assignedToMe?: boolean | null;
  /** Those that nobody has. */
  readonly unassigned?: boolean | null;
  /** Those whose ruling waits for a second person. */
  readonly secondWanted?: boolean | null;
  /** Those on the caller's watch list. */
  readonly watched?: boolean | null;
  /** Those whose deadline is over within so many minutes, 1 to 100,000; open ones only. */
  readonly dueWithinMinutes?: number | null;
  /** The id of a party. */
  readonly userId?: number | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`; good for open, or for ended disputes. */
  readonly cursor?: string | null;
}

/** Which of the caller's disputes. */
export interface ListDisputesRequest {
  /** Open ones, or ended ones; both when left out. */
  readonly open?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which findings; what is left out does not matter. */
export interface ListFindingsRequest {
  /** Only those that nobody has acknowledged. */
  readonly openOnly?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which goods orders. */
export interface ListGoodsOrdersRequest {
  /** Open ones, or ended ones; both when left out. */
  readonly open?: boolean | null;
  /** Those of one status. */
  readonly status?: OrderStatus | null;
  /** Those in which the caller is buyer or seller. */
  readonly you?: Party | null;
  /** Those of one item. */
  readonly itemId?: Uuid | null;
  /** Those with one peer. */
  readonly peerId?: string | null;
  /** Those placed at this time or later. */
  readonly from?: Timestamp | null;
  /** Those placed before this time. */
  readonly until?: Timestamp | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** A page of invitations, or of requests. */
export interface ListInvitationsRequest {
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Asks for a page of items. */
export interface ListItemsRequest {
  /** Those of one peer, the caller too; all that the caller sees when left out. */
  readonly peerId?: string | null;
  /** Those filed under this. */
  readonly category?: string | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which movements. */
export interface ListLedgerEntriesRequest {
  /** The asset's code. */
  readonly asset: string;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which applications; what is left out does not matter. */
export interface ListMerchantApplicationsRequest {
  /** Where they stand; those that are open when left out. */
  readonly status?: MerchantApplicationStatus | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** A page of merchants to look at again. */
export interface ListMerchantReviewsRequest {
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which notifications. */
export interface ListNotificationsRequest {
  /** Those that were not read yet; all when left out. */
  readonly unreadOnly?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which orders. */
export interface ListOrdersRequest {
  /** Open ones, or ended ones; both when left out. */
  readonly open?: boolean | null;
  /** Those of one status. */
  readonly status?: OrderStatus | null;
  /** Those in which the caller is buyer or seller. */
  readonly you?: Party | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Filters of the catalogue. */
export interface ListPaymentMethodsRequest {
  /** ISO 3166 code; methods that span several countries are always listed. */
  readonly country?: string | null;
  /** ISO 4217 code. */
  readonly currency?: string | null;
}

/** Whose reviews. */
export interface ListReviewsRequest {
  /** The profile that is reviewed; left out for one's own. */
  readonly profileId?: number | null;
  /** Reviews with so many stars only, 1 to 5. */
  readonly stars?: number | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`; good for the same profile and stars only. */
  readonly cursor?: string | null;
}

/** Asks for the caller's rooms. */
export interface ListRoomsRequest {
  /** True for rooms of open orders only, false for those of ended ones, null for all. */
  readonly open?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `Page.nextCursor`. */
  readonly cursor?: string | null;
}

/** Which members of staff. */
export interface ListStaffRequest {
  /** Those with this role, one of `StaffRoles`. */
  readonly role?: string | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** A page of the log of deliveries. */
export interface ListWebhookDeliveriesRequest {
  /** Which webhook. */
  readonly webhookId: Uuid;
  /** Those that failed; all when left out. */
  readonly failedOnly?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which withdrawals. */
export interface ListWithdrawalsRequest {
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** When a maker's ads are open. */
export interface MakerSchedule {
  /** By whose clock; null without windows. */
  readonly timeZone?: string | null;
  /** The windows in the order of the week; none when ads are open always. */
  readonly windows: readonly ScheduleWindow[];
  /** When the vacation ends; null when there is none. */
  readonly vacationUntil?: Timestamp | null;
  /** Whether ads are open now. */
  readonly isOpen: boolean;
  /** When they open next; null when they are open. */
  readonly opensAt?: Timestamp | null;
  /** When they close next; null when they are not open, or do not close within two weeks. */
  readonly closesAt?: Timestamp | null;
}

/** Marks notifications as read. Exactly one of `ids`, `upTo` and `all` is given. */
export interface MarkNotificationsReadRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** These, 1 to 100; one that is not there (any more) does no harm. */
  readonly ids?: readonly Uuid[] | null;
  /** This one and all before it. */
  readonly upTo?: Uuid | null;
  /** True: all that are there now. */
  readonly all?: boolean | null;
}

/** One side of one market. */
export interface Market {
  /** What the makers do. */
  readonly side: AdSide;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
}

/** What was traded on one market. */
export interface MarketVolume {
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Orders that were released. */
  readonly orders: number;
  /** How much of the asset. */
  readonly cryptoAmount: Decimal;
  /** For how much of the currency. */
  readonly fiatAmount: Decimal;
}

/** What can be traded here. */
export interface MarketsView {
  /** By code. */
  readonly assets: readonly AssetView[];
  /** By code. */
  readonly currencies: readonly CurrencyView[];
  /** The reference prices that floating ads follow. */
  readonly prices: readonly ReferencePrice[];
  /** Staff have stopped new orders for a while. */
  readonly tradingPaused?: boolean;
  /** Nothing is released from escrow for a while. */
  readonly releasesPaused?: boolean;
}

/** An application, as its applicant and staff see it. */
export interface MerchantApplication {
  /** Its id; later ones sort after earlier ones. */
  readonly id: Uuid;
  /** The name of the business. */
  readonly businessName: string;
  /** Where it is registered: ISO 3166 code. */
  readonly country: string;
  /** Its number in that country's register. */
  readonly registrationNumber?: string | null;
  /** Its page. */
  readonly website?: string | null;
  /** What the applicant says. */
  readonly text: string;
  /** Where it stands. */
  readonly status: MerchantApplicationStatus;
  /** When it was made. */
  readonly createdAt: Timestamp;
  /** When it ended; null while it is open. */
  readonly decidedAt?: Timestamp | null;
  /** Why staff decided so; null before, and for one that was taken back. */
  readonly decidedReason?: string | null;
}

/** An application of the caller's changed. */
export interface MerchantApplicationChanged {
  /** Which. */
  readonly applicationId: Uuid;
  /** Where it stands now. */
  readonly status: MerchantApplicationStatus;
}

/** Where an application stands. */
export type MerchantApplicationStatus =
  /** A value that this version does not know. */
  | "unknown"
  /** Staff have not decided yet. */
  | "open"
  /** Staff made the applicant a merchant. */
  | "approved"
  /** Staff declined; the reason says why. */
  | "declined"
  /** The applicant took it back. */
  | "withdrawn";

/** How an application stands after a decision. */
export interface MerchantDecisionReply {
  /** The application. */
  readonly applicationId: Uuid;
  /** Where it stands. */
  readonly status: MerchantApplicationStatus;
  /** The applicant. */
  readonly userId: number;
  /** Whether the applicant is a merchant now. */
  readonly isMerchant: boolean;
}

/** One requirement, and how a user stands to it. */
export interface MerchantRequirement {
  /** Which. */
  readonly kind: MerchantRequirementKind;
  /** At least so much; null where there is no number. */
  readonly needed?: Decimal | null;
  /** What the user has; null where there is no number, or none yet. */
  readonly have?: Decimal | null;
  /** Whether that is enough. */
  readonly isMet: boolean;
}

/** What is asked of a merchant. */
export type MerchantRequirementKind =
  /** A value that this version does not know. */
  | "unknown"
  /** Staff have checked the identity. Without numbers. */
  | "verified"
  /** So many orders that ended with a release. */
  | "completedTrades"
  /** Completed of all ended orders, in percent. */
  | "completionRate"
  /** A profile so many days old. */
  | "accountAgeDays";

/** A merchant who no longer meets the requirements. */
export interface MerchantReview {
  /** The merchant. */
  readonly userId: number;
  /** The merchant's name; null without one. */
  readonly username?: string | null;
  /** What is asked of merchants, and what this one has of it now. */
  readonly requirements: readonly MerchantRequirement[];
  /** Since when the server proposes to look. */
  readonly proposedAt: Timestamp;
}

/** How the caller stands to being a merchant. */
export interface MerchantStatus {
  /** Whether the caller is one. */
  readonly isMerchant: boolean;
  /** What is asked of merchants, and what the caller has of it. */
  readonly requirements: readonly MerchantRequirement[];
  /** Why the caller could not apply now, in the order in which `ApplyForMerchant` checks it; empty when they could. */
  readonly cannotApplyBecause: readonly Reason[];
  /** The caller's newest application; null before the first one. */
  readonly application?: MerchantApplication | null;
}

/** What a message is. */
export type MessageKind =
  /** A value that this version does not know. */
  | "unknown"
  /** Written by a person. */
  | "text"
  /** Written by the server: something happened to the order. */
  | "system"
  /** Written beforehand by the ad's maker and sent when the order was placed. */
  | "autoReply"
  /** Written by a person in an encrypted room: what it says is in its envelope. */
  | "encrypted";

/** A piece of a room. */
export interface MessagePage {
  /** The messages, newest first; oldest first when those after a number were asked for. */
  readonly messages: readonly MessageView[];
  /** True when the room goes on behind the last one, in the same direction. */
  readonly more: boolean;
}

/** Where a message was placed. */
export interface MessageReply {
  /** The message's id. */
  readonly messageId: Uuid;
  /** The order whose room it is in. */
  readonly orderId: Uuid;
  /** Its place in the room. */
  readonly seq: number;
  /** When it was written. */
  readonly at: Timestamp;
}

/** A message was written. What it says is no part of the event: it is told live, and read with `GetMessages`. */
export interface MessageSent {
  /** The order whose room it is in. */
  readonly orderId: Uuid;
  /** The message's id. */
  readonly messageId: Uuid;
  /** Its place in the room. */
  readonly seq: number;
  /** Profile id of the writer. */
  readonly senderId: number;
  /** What it is; never a system message, of which `OrderChanged` tells. */
  readonly kind: MessageKind;
  /** How many files hang on it. */
  readonly attachments: number;
}

/** One message of a room. */
export interface MessageView {
  /** The message's id. */
  readonly id: Uuid;
  /** The order whose room it is in. */
  readonly orderId: Uuid;
  /** Its place in the room: 1, 2, 3 ... without gaps. */
  readonly seq: number;
  /** Profile id of the writer; 0 for the server. */
  readonly senderId: number;
  /** What it is. */
  readonly kind: MessageKind;
  /** What it says; of a system message in English. May be empty when there are attachments. */
  readonly text: string;
  /**
   * Of a system message: what happened, for clients that say it in another language. A change of the order is `order.` with the name of its
   * `OrderAction` as on the wire: `order.confirmPayment`. Null for all else.
   */
  readonly code?: string | null;
  /**
   * Of a system message: what its code speaks of. A change of the order names `by` (`Party`), `status` (`OrderStatus`) and `version`, as on
   * the wire. Null for all else.
   */
  readonly args?: Readonly<Record<string, string>> | null;
  /**
   * Of an encrypted message, and of a system message that tells of the room's encryption: the `Envelope` as the sender's device signed it,
   * base64url. Null for all else.
   */
  readonly envelope?: string | null;
  /** The files that hang on it, in the order of their ids. */
  readonly attachments: readonly FileView[];
  /** When it was written. */
  readonly at: Timestamp;
}

/** A party has received a room's messages up to one. */
export interface MessagesDelivered {
  /** The order whose room it is. */
  readonly orderId: Uuid;
  /** Profile id of who has received. */
  readonly receiverId: number;
  /** Up to this number. */
  readonly upToSeq: number;
}

/** A party has read a room up to a message. */
export interface MessagesRead {
  /** The order whose room it is. */
  readonly orderId: Uuid;
  /** Profile id of who has read. */
  readonly readerId: number;
  /** Up to this number. */
  readonly upToSeq: number;
}

/** How an ad stands after an act of staff. */
export interface ModerateAdReply {
  /** The ad's id. */
  readonly adId: Uuid;
  /** Whether it can be taken. */
  readonly status: AdStatus;
  /** Staff hide it. */
  readonly hidden: boolean;
  /** Its version now. */
  readonly version: number;
}

/** Hides, restores or closes an ad. */
export interface ModerateAdRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The ad. */
  readonly adId: Uuid;
  /** Why, 1 to 1,000 characters; the owner reads it. */
  readonly reason: string;
}

/** How a review stands after an act of staff. */
export interface ModerateReviewReply {
  /** The review's id. */
  readonly reviewId: Uuid;
  /** Whether it is hidden now. */
  readonly hidden: boolean;
  /** Its version now. */
  readonly version: number;
}

/** Hides a review, or shows it again. */
export interface ModerateReviewRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The review. */
  readonly reviewId: Uuid;
  /** Why, 1 to 1,000 characters; of a hidden review both parties read it. */
  readonly reason: string;
}

/** Which of one's own ads. */
export interface MyAdsRequest {
  /** Closed ones too. */
  readonly includeClosed?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** How much the caller may trade by taking ads, and what is used of it. */
export interface MyLimits {
  /** The caller's level. */
  readonly level: TraderLevel;
  /** One row for each currency that has limits, by code. */
  readonly currencies: readonly CurrencyLimit[];
  /** Open orders that the caller took. */
  readonly openOrders: number;
  /** How many there may be. */
  readonly openOrdersMax: number;
  /** Those of them in which the caller has to pay. */
  readonly unpaidOrders: number;
  /** How many there may be. */
  readonly unpaidOrdersMax: number;
  /** Until when the caller may take no ad, because too many orders came to nothing; null when there is no cool-down. */
  readonly coolingDownUntil?: Timestamp | null;
  /** How long the next cool-down would be: each that follows soon on another is longer. */
  readonly nextCoolDownHours: number;
}

/** One node of the service. */
export interface NodeCount {
  /** Its name; another at each start. */
  readonly node: string;
  /** Hub connections that stand there. */
  readonly connections: number;
}

/** A notification was added. */
export interface NotificationAdded {
  /** The notification. */
  readonly notification: NotificationView;
}

/** What a notification tells of. */
export type NotificationKind =
  /** A value that this version does not know. */
  | "unknown"
  /** Somebody placed an order with the user. Args: those of an order. */
  | "orderPlaced"
  /** The buyer says that the money is sent. Args: those of an order. */
  | "paymentConfirmed"
  /** The buyer took a mistaken confirmation back. Args: those of an order. */
  | "confirmationUndone"
  /** The seller gave more time to pay. Args: those of an order. */
  | "paymentWindowExtended"
  /** The asset arrived. Args: those of an order. */
  | "orderReleased"
  /** An order was called off. Args: those of an order. */
  | "orderCancelled"
  /** An order was not paid in time. Args: those of an order. */
  | "orderExpired"
  /** The seller has let the time to release pass. Args: those of an order. */
  | "orderOverdue"
  /** The other party proposes to call an order off. Args: those of an order. */
  | "cancelRequested"
  /** The other party declined to call an order off. Args: those of an order. */
  | "cancelDeclined"
  /** The other party wrote. Args: `orderId`. */
  | "messageReceived"
  /** A dispute was opened. Args: `orderId`, `disputeId`. */
  | "disputeOpened"
  /** A dispute goes on: something is to be done or to be known. Args: `orderId`, `disputeId`. */
  | "disputeChanged"
  /** A dispute was decided. Args: `orderId`, `disputeId`. */
  | "disputeDecided"
  /** A review was written of the user. Args: `orderId`. */
  | "reviewReceived"
  /** Staff suspended the account. */
  | "accountSuspended"
  /** The suspension ended. */
  | "suspensionLifted"
  /** Staff verified the account. */
  | "accountVerified"
  /** Staff made the user a merchant. */
  | "merchantGranted"
  /** The operator tells everybody. Args: `text`. */
  | "announcement"
  /** Something that protects the account changed. Args: `what`. Sent in quiet hours, too. */
  | "securityNotice"
  /** A webhook was stopped because its deliveries fail. Args: `webhookId`, `host`. */
  | "webhookStopped"
  /** Staff hid, restored or closed an ad of the user's. Args: `adId`, `status`. */
  | "adModerated"
  /** Staff hid a review that the user wrote. Args: `orderId`. */
  | "reviewHidden"
  /** The other party of an order that has ended filed a complaint, or added to one. Args: `orderId`, `complaintId`. */
  | "complaintFiled"
  /** Staff decided a complaint. Args: `orderId`, `complaintId`, `outcome`. */
  | "complaintDecided"
  /** Staff declined the user's application to be a merchant; the application says why. */
  | "merchantDeclined"
  /** The user is no merchant any more. */
  | "merchantRevoked"
  /** A peer requests goods. Args: those of a goods order. */
  | "goodsRequested"
  /** The seller accepted a goods order. Args: those of a goods order. */
  | "goodsAccepted"
  /** The seller declined a goods order. Args: those of a goods order. */
  | "goodsDeclined"
  /** The buyer paid a goods order. Args: those of a goods order. */
  | "goodsPaid"
  /** Goods are on their way. Args: those of a goods order. */
  | "goodsSent"
  /** The seller gave a part of the money back. Args: those of a goods order. */
  | "goodsRefunded"
  /** The buyer says that the goods arrived. Args: those of a goods order. */
  | "goodsReceived"
  /** A goods order was called off, or was not answered or paid in time. Args: those of a goods order. */
  | "goodsCancelled"
  /** The other party proposes to call a goods order off, or declined it. Args: those of a goods order. */
  | "goodsCancelRequested"
  /** Something is overdue in a goods order without escrow. Args: those of a goods order. */
  | "goodsOverdue";

/** In which language e-mails are written. */
export type NotificationLanguage =
  /** A value that this version does not know. */
  | "unknown"
  /** English. */
  | "english"
  /** Swahili. */
  | "swahili"
  /** French. */
  | "french"
  /** Spanish. */
  | "spanish";

/** How the caller is notified. */
export interface NotificationPreferences {
  /** The language of e-mails. */
  readonly language: NotificationLanguage;
  /** How often e-mails are sent. */
  readonly rhythm: EmailRhythm;
  /** When nothing is sent; null for never. */
  readonly quietHours?: QuietHours | null;
  /** Every kind with its channels. */
  readonly kinds: readonly KindPreference[];
  /** The profile's address is confirmed: without it nothing but its code is sent there. */
  readonly emailConfirmed: boolean;
  /** This server sends e-mails. */
  readonly emailOffered: boolean;
  /** This server sends web pushes. */
  readonly pushOffered?: boolean | null;
}

/** A notification. */
export interface NotificationView {
  /** Its id; later ones sort after earlier ones. */
  readonly id: Uuid;
  /** What it tells of. */
  readonly kind: NotificationKind;
  /** Ids and amounts, by name; of an order: `orderId`, `asset`, `cryptoAmount`, `fiat`, `fiatAmount`. */
  readonly args: Readonly<Record<string, string>>;
  /** When it happened. */
  readonly at: Timestamp;
  /** When the user read it; null before. */
  readonly readAt?: Timestamp | null;
}

/** Asks who invites. */
export interface OpenInvitationRequest {
  /** The locator, with or without `AD-` and dashes. */
  readonly locator: string;
  /** The token that is derived from the secret, base64url. */
  readonly token: string;
}

/** What can be done to an order. */
export type OrderAction =
  /** A value that this version does not know. */
  | "unknown"
  /** The order is made and its escrow held. */
  | "place"
  /** Called off by the buyer while payment is awaited (by the seller only when the buyer is suspended). */
  | "cancel"
  /** The buyer says that the money is sent. */
  | "confirmPayment"
  /** The buyer takes a mistaken confirmation back, within two minutes, once. */
  | "undoConfirmation"
  /** The seller gives the buyer more time, once. */
  | "extendPaymentWindow"
  /** The seller gives the asset to the buyer. */
  | "release"
  /** A party proposes to call the order off after payment was confirmed. */
  | "requestCancel"
  /** The other party agrees: the order is cancelled. */
  | "acceptCancel"
  /** The other party declines, or the first one takes the proposal back. */
  | "declineCancel"
  /** The payment window is over. */
  | "expire"
  /**
   * A party disagrees after payment was confirmed; or the server does it, when the seller's time to release is over or a party was
   * suspended.
   */
  | "dispute"
  /** A ruling took effect: the buyer gets the asset; with goods, the seller the money. */
  | "resolveRelease"
  /** A ruling took effect: the seller has the asset back; with goods, the buyer the money. */
  | "resolveRefund"
  /** A ruling took effect: the buyer gets a part of what is held, the seller the rest. */
  | "resolveSplit"
  /** Goods: the seller takes the order. */
  | "accept"
  /** Goods: the seller does not take the order; the stock is free again. */
  | "decline"
  /** Goods: the buyer pays: into escrow, or, without one, by saying that it was paid. */
  | "pay"
  /** Goods: a part is on its way, more follows. */
  | "fulfilPart"
  /** Goods: the last part is on its way. What was ordered and will not come is refunded. */
  | "fulfil"
  /** Goods: the seller gives a part of the held money back, which the order's end then pays. */
  | "giveRefund"
  /** Goods: the buyer says that they arrived, and the seller has the money. */
  | "confirmReceipt"
  /** Goods without escrow: the time to say that they arrived is over, and the order ends. */
  | "assumeReceipt"
  /** Goods without escrow: the seller has let the time to fulfil pass; the buyer may call the order off from now on. */
  | "markOverdue";

/** One action on an order, as the caller finds it now. */
export interface OrderActionCheck {
  /** The action. */
  readonly action: OrderAction;
  /** True when it would succeed now. */
  readonly allowed: boolean;
  /** Every reason why not, in the order in which the command checks them. */
  readonly reasons: readonly Reason[];
  /** The status afterwards; null where it is not allowed. */
  readonly statusAfter?: OrderStatus | null;
  /** The fee that it would take, in the asset. */
  readonly fee: Decimal;
  /** The deadline afterwards; null without one. */
  readonly deadlineAfter?: Timestamp | null;
}

/** An order changed. */
export interface OrderChanged {
  /** The order after the change. */
  readonly order: OrderState;
  /** What was done. */
  readonly action: OrderAction;
  /** By whom. */
  readonly by: Party;
}

/** What a check of an order answers. */
export interface OrderCheck {
  /** True when `CreateOrder` would succeed now. */
  readonly allowed: boolean;
  /** Every reason why not, in the order in which the command checks them. */
  readonly reasons: readonly Reason[];
  /** What the order would look like; null when there is no such ad or it has no price. */
  readonly quote?: OrderQuote | null;
  /** What calls for care with this maker; empty for nothing, null when there is no such ad. */
  readonly partnerWarnings?: readonly PartnerWarning[] | null;
}

/** Orders of one status. */
export interface OrderCount {
  /** The status. */
  readonly status: OrderStatus;
  /** How many. */
  readonly orders: number;
}

/** A change of an order. */
export interface OrderHistoryView {
  /** The version that it made. */
  readonly version: number;
  /** Where the order stood; null before the first. */
  readonly from?: OrderStatus | null;
  /** Where it stands since. */
  readonly to: OrderStatus;
  /** What was done. */
  readonly action: OrderAction;
  /** By which party. */
  readonly by: Party;
  /** By whom; 0 for the server itself. */
  readonly actorId: number;
  /** When. */
  readonly at: Timestamp;
  /** Its link in the order's chain, in hex. */
  readonly hash: string;
}

/** What is exchanged. */
export type OrderKind =
  /** A value that this version does not know. */
  | "unknown"
  /** A crypto asset for fiat money. */
  | "crypto"
  /** Goods between dealers. */
  | "goods";

/**
 * What the price of an order on a floating ad was made of. The reference price is the median of the inputs that were kept (of an even
 * number the mean of the middle two, 8 decimals, half to even); the order's price is that x `OrderPriceQuote.percent` / 100, 8 decimals,
 * half to even, not below `OrderPriceQuote.floor` and not above `OrderPriceQuote.ceiling`.
 */
export interface OrderPriceQuote {
  /** The id of the stored rate, which is kept as long as the order. */
  readonly rateId: Uuid;
  /** The reference price. */
  readonly referencePrice: Decimal;
  /** When it was computed. */
  readonly at: Timestamp;
  /** How old it was when the order was placed, in whole seconds. */
  readonly ageSeconds: number;
  /** The ad's percentage: 101.5 is 1.5 % above the reference. */
  readonly percent: Decimal;
  /** The ad's floor; null without one. */
  readonly floor?: Decimal | null;
  /** The ad's ceiling; null without one. */
  readonly ceiling?: Decimal | null;
  /** What each source said, by name: those that counted and those that did not. */
  readonly inputs: readonly PriceInput[];
}

/** The amounts of an order that is not placed yet. */
export interface OrderQuote {
  /** Fiat for one unit of the asset. */
  readonly price: Decimal;
  /** How much of the asset. */
  readonly cryptoAmount: Decimal;
  /** How much fiat. */
  readonly fiatAmount: Decimal;
  /** The maker's fee in the asset. */
  readonly fee: Decimal;
  /** Minutes in which the buyer pays. */
  readonly paymentWindowMinutes: number;
}

/** What every change of an order answers. */
export interface OrderReply {
  /** The order's id. */
  readonly orderId: Uuid;
  /** Where it stands now. */
  readonly status: OrderStatus;
  /** Its version now. */
  readonly version: number;
  /** Until when somebody owes something; null when nobody does or it is disputed. */
  readonly deadline?: Timestamp | null;
}

/** Acts on an order. `ReleaseCrypto` alone asks for a second factor; the other calls do not look at the code. */
export interface OrderRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor. */
  readonly secondFactorCode?: string | null;
}

/** Both reviews of one order. */
export interface OrderReviews {
  /** What the caller wrote; null when nothing yet. */
  readonly given?: ReviewView | null;
  /** What the other party wrote; null when nothing yet. */
  readonly received?: ReviewView | null;
  /** Whether the caller could write one now. */
  readonly canReview: boolean;
}

/** An order's state, as events tell it. */
export interface OrderState {
  /** The order's id. */
  readonly id: Uuid;
  /** What is exchanged. */
  readonly kind: OrderKind;
  /** The ad that it answers. */
  readonly adId: Uuid;
  /** Profile id of the buyer. */
  readonly buyerId: number;
  /** Profile id of the seller. */
  readonly sellerId: number;
  /** Where it stands. */
  readonly status: OrderStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** The asset's code. */
  readonly asset: string;
  /** How much of it. */
  readonly cryptoAmount: Decimal;
  /** The currency's code. */
  readonly fiat: string;
  /** How much the buyer pays. */
  readonly fiatAmount: Decimal;
  /** Fiat for one unit of the asset, fixed when the order was placed. */
  readonly price: Decimal;
  /** The maker's fee in the asset, taken at release only. */
  readonly fee: Decimal;
  /** Who owes what. */
  readonly duty: Duty;
  /** Until when; null while it is disputed (the dispute has a deadline of its own) and when it has ended. */
  readonly deadline?: Timestamp | null;
  /** The seller has let the time to release pass. */
  readonly overdue: boolean;
  /** Who proposes to call the order off; null when nobody does. */
  readonly cancelRequestedBy?: Party | null;
}

/** Where an order stands. */
export type OrderStatus =
  /** A value that this version does not know. */
  | "unknown"
  /** The escrow is held; the buyer pays. */
  | "awaitingPayment"
  /** The buyer says that the money is sent; the seller releases. */
  | "paymentConfirmed"
  /** The parties disagree: they settle it, or its dispute is decided. */
  | "disputed"
  /** Ended: the buyer has the asset, or the part of it that a dispute gave. */
  | "released"
  /** Ended: called off; the seller has the asset back. */
  | "cancelled"
  /** Ended: not paid in time (goods: not answered or not paid in time); the seller has the asset, or the goods, back. */
  | "expired"
  /** Goods: the stock is reserved; the seller accepts or declines. */
  | "requested"
  /** Goods: the seller agreed; the buyer pays. */
  | "accepted"
  /** Goods: paid, into escrow where there is one; the seller fulfils. */
  | "paid"
  /** Goods: all that will come is on its way; the buyer says when it arrived. */
  | "fulfilled"
  /** Goods, ended: the buyer has received them, the seller the money. */
  | "completed"
  /** Goods, ended: the seller did not take the order. */
  | "declined";

/** One side of a movement of an order's escrow. */
export interface OrderTransferView {
  /** The transfer's id: its entries sum to zero. */
  readonly transferId: Uuid;
  /** Why. */
  readonly kind: TransferKind;
  /** Which account, as the ledger keeps it: Available, Escrow or Fees. */
  readonly account: string;
  /** Whose; null for escrow and fees. */
  readonly userId?: number | null;
  /** The asset's code. */
  readonly asset: string;
  /** Positive when the account grew. */
  readonly amount: Decimal;
  /** When. */
  readonly at: Timestamp;
}

/** An order as one of its parties sees it. */
export interface OrderView {
  /** The order's state. */
  readonly state: OrderState;
  /** Which party the caller is. */
  readonly you: Party;
  /** Which party put up the ad. */
  readonly maker: Party;
  /** Who pays fiat. */
  readonly buyer: TraderView;
  /** Who gives the asset. */
  readonly seller: TraderView;
  /** Where the price came from. */
  readonly priceSource: string;
  /** What a floating price was made of; null for a fixed one. */
  readonly priceQuote?: OrderPriceQuote | null;
  /** The payment method's id. */
  readonly paymentMethodId: number;
  /** The payment method's name. */
  readonly paymentMethodName: string;
  /** Where the buyer pays to; shown to both while the order is open, null afterwards. */
  readonly paymentAccount?: PaymentAccount | null;
  /** What the buyer wrote when confirming the payment. */
  readonly paymentReference?: string | null;
  /** From whose account the buyer paid; while a confirmed order is open, null otherwise. */
  readonly payer?: PayerView | null;
  /** What calls for care with the other party; empty for nothing. Null in lists and once the order has ended. */
  readonly partnerWarnings?: readonly PartnerWarning[] | null;
  /** The ad's terms as they were when the order was placed. */
  readonly terms?: string | null;
  /** Minutes in which the buyer pays. */
  readonly paymentWindowMinutes: number;
  /** The seller has extended the window. */
  readonly paymentWindowExtended: boolean;
  /** When it was placed. */
  readonly createdAt: Timestamp;
  /** When it changed last. */
  readonly updatedAt: Timestamp;
}

/** One page of a list in a fixed order. Pages are taken by position of the last row, so rows that come or go meanwhile shift nothing. */
export interface Page<T> {
  /** The rows, at most as many as asked for. */
  readonly items: readonly T[];
  /** What to give as `cursor` for the next page; null on the last one. Its contents mean nothing to a client. */
  readonly nextCursor?: string | null;
}

/** One such fact. */
export interface PartnerWarning {
  /** Which. */
  readonly kind: PartnerWarningKind;
  /** A number that belongs to it; null without one. */
  readonly count?: number | null;
  /** A time that belongs to it; null without one. */
  readonly at?: Timestamp | null;
}

/** A fact about the other party that calls for care. None of them is a reproach. */
export type PartnerWarningKind =
  /** A value that this version does not know. */
  | "unknown"
  /** The two have completed no order with each other yet. */
  | "firstTradeTogether"
  /** The other's profile is young. `PartnerWarning.at`: when it was made. */
  | "newAccount"
  /** The other has completed few orders. `PartnerWarning.count`: how many. */
  | "fewTrades"
  /** The other took another name lately. `PartnerWarning.at`: when. */
  | "nameChanged"
  /** Orders of the other were disputed lately, by whomever. `PartnerWarning.count`: how many. */
  | "recentlyDisputed";

/** Who. */
export type Party =
  /** A value that this version does not know. */
  | "unknown"
  /** Pays fiat, gets the asset; pays for goods, gets them. */
  | "buyer"
  /** Gives the asset, gets fiat; gives the goods, gets what was paid. */
  | "seller"
  /** The server itself: a timer. */
  | "system"
  /** Whoever decides disputes; never a party. */
  | "staff";

/** Another dispute that has to do with a case. */
export interface PastCase {
  /** The dispute's id. */
  readonly disputeId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** The buyer's id there. */
  readonly buyerId: number;
  /** The seller's id there. */
  readonly sellerId: number;
  /** Where it stands. */
  readonly status: DisputeStatus;
  /** Why that order was disputed. */
  readonly reason: DisputeReason;
  /** Who raised it. */
  readonly raisedBy: Party;
  /** When. */
  readonly raisedAt: Timestamp;
  /** What the last ruling says; null without one. */
  readonly decision?: RulingDecision | null;
  /** It is the same two people. */
  readonly isSamePair: boolean;
  /** The buyer of the case is a party there. */
  readonly ofBuyer: boolean;
  /** The seller of the case is a party there. */
  readonly ofSeller: boolean;
  /** Money went to the same payment account, whoever had saved it. */
  readonly isSamePaymentAccount: boolean;
}

/** Pays a goods order. */
export interface PayGoodsOrderRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own goods orders. */
  readonly orderId: Uuid;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
  /** What the seller finds the money by, where it is paid without escrow; at most 140 characters. */
  readonly paymentReference?: string | null;
  /** Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor. */
  readonly secondFactorCode?: string | null;
}

/** How the name that the buyer paid under compares with the names of the buyer's own accounts. */
export type PayerMatch =
  /** A value that this version does not know. */
  | "unknown"
  /** The buyer did not say whose account it was. */
  | "notTold"
  /** It is the name of one of the buyer's accounts, but for spelling. */
  | "matches"
  /** It is another: ask, and do not release money of a third person. It is a reason for a dispute. */
  | "differs"
  /** The buyer had saved no account before the order was placed. */
  | "nothingKnown";

/** From whose account the buyer paid. */
export interface PayerView {
  /** The account's holder, as the buyer told; null when not told. */
  readonly name?: string | null;
  /** The holder of the buyer's own account that comes closest, as saved before the order was placed; null without one. */
  readonly knownName?: string | null;
  /** How the two compare. */
  readonly match: PayerMatch;
}

/** Where a user can be paid. Shown to its owner, and to the counterparty of a live order that is paid into it. */
export interface PaymentAccount {
  /** The account's id. */
  readonly id: Uuid;
  /** Its method. */
  readonly paymentMethodId: number;
  /** The method's name. */
  readonly paymentMethodName: string;
  /** What the owner calls it. */
  readonly label?: string | null;
  /** The method's fields, by key. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a change of a payment account answers. */
export interface PaymentAccountReply {
  /** The account's id. */
  readonly paymentAccountId: Uuid;
}

/** One thing that a payer must know. */
export interface PaymentField {
  /** Its key in `PaymentAccount.fields`. */
  readonly key: string;
  /** What people call it. */
  readonly label: string;
  /** Must be given. */
  readonly required: boolean;
  /** How it is checked. */
  readonly format: PaymentFieldFormat;
}

/** How a field of a payment account is checked. */
export type PaymentFieldFormat =
  /** A value that this version does not know. */
  | "unknown"
  /** 1 to 200 characters. */
  | "text"
  /** `+` and 7 to 15 digits. */
  | "phone"
  /** An e-mail address. */
  | "email"
  /** A phone number or an e-mail address. */
  | "phoneOrEmail"
  /** An IBAN with a right check sum (ISO 7064, mod 97-10). */
  | "iban"
  /** 8 or 11 letters and digits (ISO 9362). */
  | "bic"
  /** 4 to 34 digits, letters, spaces and dashes. */
  | "accountNumber"
  /** Nine digits with a right check sum (ABA). */
  | "routingNumber"
  /** Six digits (sort code), dashes allowed. */
  | "sortCode";

/** A way in which fiat money can be sent. */
export interface PaymentMethod {
  /** The method's id. */
  readonly id: number;
  /** A stable short name, such as `mpesa-ke`. */
  readonly code: string;
  /** What people call it. */
  readonly name: string;
  /** What kind of payment it is. */
  readonly kind: PaymentMethodKind;
  /** ISO 3166 code of the country; null where it spans several. */
  readonly country?: string | null;
  /** ISO 4217 code. */
  readonly currency: string;
  /** What a payer must know. */
  readonly fields: readonly PaymentField[];
}

/** Kinds of payment methods. */
export type PaymentMethodKind =
  /** A value that this version does not know. */
  | "unknown"
  /** From bank to bank. */
  | "bankTransfer"
  /** From phone to phone. */
  | "mobileMoney"
  /** A wallet at a payment provider. */
  | "wallet";

/** The caller's own name or choices changed. */
export interface PeerChanged {
  /** The peer's id. */
  readonly peerId: string;
}

/** A peer of the directory. */
export interface PeerEntry {
  /** The peer's id. */
  readonly peerId: string;
  /** The profile, whose key log proves the id. */
  readonly profileId: number;
  /** What the peer is called. */
  readonly name: string;
}

/** Names a peer. */
export interface PeerRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The peer. */
  readonly peerId: string;
}

/** Whether a peer is connected. */
export interface PeerStatus {
  /** The peer's id. */
  readonly peerId: string;
  /** True when the peer is connected to any hub of the server. */
  readonly isOnline: boolean;
}

/** A connected peer came or went. */
export interface PeerStatusChanged {
  /** Those who came or went since the last message, each once. */
  readonly peers: readonly PeerStatus[];
}

/** The caller as a peer. */
export interface PeerView {
  /** SHA-256 of the identity's public keys, signing key and agreement key one after the other: base64url, 43 characters. */
  readonly peerId: string;
  /** What others read. */
  readonly name: string;
  /** True in the directory. */
  readonly isDiscoverable: boolean;
  /** True when connected peers do not see whether the caller is connected. */
  readonly hidesStatus: boolean;
  /** Since when. */
  readonly joinedAt: Timestamp;
}

/** How much time one candle of a chart covers. */
export type PriceBucket =
  /** A value that this version does not know. */
  | "unknown"
  /** One minute. */
  | "minute"
  /** Five minutes. */
  | "fiveMinutes"
  /** Fifteen minutes. */
  | "fifteenMinutes"
  /** One hour. */
  | "hour"
  /** Four hours. */
  | "fourHours"
  /** One day, in UTC. */
  | "day";

/** The reference prices of one stretch of time. */
export interface PriceCandle {
  /** When it begins. */
  readonly at: Timestamp;
  /** The first price. */
  readonly open: Decimal;
  /** The highest price. */
  readonly high: Decimal;
  /** The lowest price. */
  readonly low: Decimal;
  /** The last price. */
  readonly close: Decimal;
  /** How many rates were computed in it. */
  readonly rates: number;
}

/** Why a source's price did not count. */
export type PriceDropReason =
  /** A value that this version does not know. */
  | "unknown"
  /** It was too old. */
  | "stale"
  /** It lay too far from the middle of the others. */
  | "outlier";

/** A part of a market's history. */
export interface PriceHistory {
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** How much time one candle covers. */
  readonly bucket: PriceBucket;
  /** Oldest first, none for a time without a rate; at most `limits.priceCandlesMax`. */
  readonly candles: readonly PriceCandle[];
  /** Where the next part begins: everything before it was looked at. */
  readonly next: Timestamp;
}

/** One source's part in a reference price. */
export interface PriceInput {
  /** The source's name. */
  readonly source: string;
  /** What it said: fiat for one unit of the asset. */
  readonly price: Decimal;
  /** When it said so. */
  readonly at: Timestamp;
  /** From when on it would have been too old. */
  readonly freshUntil: Timestamp;
  /** Whether it counted. */
  readonly kept: boolean;
  /** Why it did not; null when it did. */
  readonly droppedBecause?: PriceDropReason | null;
}

/** How an ad's price is made. */
export type PriceKind =
  /** A value that this version does not know. */
  | "unknown"
  /** A price that stays until the maker changes it. */
  | "fixed"
  /** A percentage of the reference price. */
  | "floating";

/** A price that staff put in the place of the computed one. */
export interface PriceOverrideView {
  /** Fiat for one unit of the asset. */
  readonly price: Decimal;
  /** Why. */
  readonly reason: string;
  /** By whom. */
  readonly by: string;
  /** Since when. */
  readonly at: Timestamp;
  /** Until when; null until it is lifted. */
  readonly until?: Timestamp | null;
}

/** Where a price comes from. */
export type PriceSourceKind =
  /** A value that this version does not know. */
  | "unknown"
  /** Asked of a web service at an interval. */
  | "http"
  /** Read from a file of the operator's. */
  | "file"
  /** Set by the operator's command. */
  | "manual"
  /** Set by staff in the place of all others. */
  | "override";

/** What a source said last of one market. */
export interface PriceSourceQuote {
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Fiat for one unit of the asset. */
  readonly price: Decimal;
  /** When it said so. */
  readonly at: Timestamp;
  /** False when it is too old to count. */
  readonly isFresh: boolean;
}

/** How a source does. */
export interface PriceSourceView {
  /** Its name. */
  readonly name: string;
  /** What it is. */
  readonly kind: PriceSourceKind;
  /** When it last answered well; null for never and for what is set by hand. */
  readonly lastSuccessAt?: Timestamp | null;
  /** When it last failed; null for never. */
  readonly lastFailureAt?: Timestamp | null;
  /** What went wrong then. */
  readonly lastError?: string | null;
  /** Failures since it last answered well. */
  readonly failures: number;
  /** What it said last, by market; at most 1,000. */
  readonly quotes: readonly PriceSourceQuote[];
}

/** Where prices come from, and what has become of them. */
export interface PriceSourcesView {
  /** By name. */
  readonly sources: readonly PriceSourceView[];
  /** By asset and currency. */
  readonly markets: readonly StaffMarketPrice[];
}

/** Reference prices that changed. */
export interface PricesChanged {
  /** The newest state of each. */
  readonly prices: readonly ReferencePrice[];
}

/** Every reference price. */
export interface PricesView {
  /** By asset and currency. */
  readonly prices: readonly ReferencePrice[];
}

/** The part of a profile that is shown to its owner alone. */
export interface PrivateProfile {
  /** The owner's subject in tokens. */
  readonly userId: string;
  /** Phone number in the international form (+254712345678). */
  readonly phoneNumber?: string | null;
  /** E-mail address. */
  readonly email?: string | null;
  /** Address of a picture, as given; others see uploaded pictures only. */
  readonly profilePictureUrl?: string | null;
  /** ISO 4217 code of the currency that lists begin with. */
  readonly preferredCurrency?: string | null;
  /** Ids of payment methods that lists begin with. */
  readonly preferredPaymentMethods: readonly number[];
  /** What a new order's chat begins with when the owner is its maker. */
  readonly autoReplyMessage?: string | null;
  /** The version of the terms that the owner consented to. */
  readonly consentedTermsVersion?: number | null;
  /** When. */
  readonly consentedAt?: Timestamp | null;
  /** Orders that the user, as their buyer, cancelled or let expire. What both agreed to call off counts for nobody. */
  readonly cancelledTrades: number;
  /** No new order before this time, because too many came to nothing. */
  readonly coolingDownUntil?: Timestamp | null;
  /** When the profile was changed last. */
  readonly updatedAt: Timestamp;
}

/** Why a profile changed. */
export type ProfileChange =
  /** A value that this version does not know. */
  | "unknown"
  /** The owner changed it. */
  | "updated"
  /** The owner consented to the terms. */
  | "consented"
  /** Staff verified the owner. */
  | "verified"
  /** Staff made the owner a merchant. */
  | "merchantGranted"
  /** Staff suspended the owner. */
  | "suspended"
  /** A suspension ended. */
  | "suspensionLifted"
  /** The owner is no merchant any more. */
  | "merchantRevoked"
  /** The owner asked for the account's deletion. */
  | "deletionAsked"
  /** The owner called the deletion off. */
  | "deletionCalledOff";

/** The caller's profile changed. */
export interface ProfileChanged {
  /** Whose. */
  readonly profileId: number;
  /** What kind of change. */
  readonly change: ProfileChange;
}

/** A part of the profile that can be emptied. */
export type ProfileField =
  /** A value that this version does not know. */
  | "unknown"
  /** The phone number. */
  | "phoneNumber"
  /** The e-mail address. */
  | "email"
  /** The picture's address. */
  | "profilePictureUrl"
  /** The preferred currency. */
  | "preferredCurrency"
  /** The preferred payment methods. */
  | "preferredPaymentMethods"
  /** The auto-reply. */
  | "autoReplyMessage";

/** One page of found profiles, by completed trades (most first), then by id. */
export interface ProfilePage {
  /** The profiles. */
  readonly profiles: readonly ProfileView[];
  /** How many there are on all pages, counted up to 10,000. */
  readonly total: number;
  /** What to give for the next page; null on the last one. */
  readonly nextCursor?: string | null;
}

/** A user's record in numbers. */
export interface ProfileStats {
  /** Whose. */
  readonly profileId: number;
  /** Completed and cancelled trades together. */
  readonly totalTrades: number;
  /** Orders that ended with a release. */
  readonly completedTrades: number;
  /** Orders that the user, as their buyer, cancelled or let expire. What both agreed to call off counts for nobody. */
  readonly cancelledTrades: number;
  /** Completed of total in percent, two decimals, half to even; 0 without trades. */
  readonly completionRate: Decimal;
  /** Mean of the reviews' stars, two decimals; 0 without reviews. */
  readonly avgRating: Decimal;
  /** Number of reviews. */
  readonly totalReviews: number;
  /** When the first order was released; null before. */
  readonly firstTradeAt?: Timestamp | null;
  /**
   * The reputation, 0 to 100 with two decimals: docs/reputation.md has the formula. Null before three distinct partners. Computed anew
   * within seconds after an order or a review.
   */
  readonly reputation?: Decimal | null;
  /** With how many different people orders were completed, among the newest 1,000 orders; null before the first one. */
  readonly distinctPartners?: number | null;
  /** The completion rate of orders that ended in the last 30 days; null when none did. */
  readonly completionRate30Days?: Decimal | null;
  /** Median time from an order to the confirmation of its payment, as buyer, over 90 days; null without such an order. */
  readonly medianPaymentSeconds?: number | null;
  /** Median time from the confirmation of a payment to the release, as seller, over 90 days; null without such an order. */
  readonly medianReleaseSeconds?: number | null;
}

/** What anyone signed in may know of a user. */
export interface ProfileView {
  /** The profile's id. */
  readonly id: number;
  /** The name that others see; null until one is chosen. */
  readonly username?: string | null;
  /** Identity was checked by staff. */
  readonly isVerified: boolean;
  /** Trades as a business. */
  readonly isMerchant: boolean;
  /** Completed and cancelled trades together. */
  readonly totalTrades: number;
  /** Orders that ended with a release. */
  readonly completedTrades: number;
  /** Completed of total in percent, two decimals; null before the first trade ended. */
  readonly completionRate?: Decimal | null;
  /** Mean of the reviews' stars, two decimals; 0 without reviews. */
  readonly avgRating: Decimal;
  /** Number of reviews. */
  readonly totalReviews: number;
  /** When the profile was made. */
  readonly joinedAt: Timestamp;
  /** The uploaded picture, at `GET /api/p2p/profiles/{id}/picture`; another id is another picture. Null when there is none. */
  readonly pictureId?: Uuid | null;
  /** What only its owner sees; null in everyone else's answer. */
  readonly private?: PrivateProfile | null;
}

/** Publishes terms. */
export interface PublishTermsRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The terms; a frame holds 32 KB, and longer ones are published with the operator's command. */
  readonly text: string;
  /** Their language, a tag such as `en`. */
  readonly language: string;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** Terms that were published. */
export interface PublishedTerms {
  /** Their version. */
  readonly version: number;
}

/** A time of day in which no e-mails and no pushes are sent; they go when it ends. Security notices go at once. */
export interface QuietHours {
  /** Minute of the day at which it begins, 0 to 1,439. */
  readonly fromMinute: number;
  /** Minute of the day at which it ends, 0 to 1,439; before its begin when it lies on the next day. */
  readonly toMinute: number;
  /** The user's time less UTC in minutes, -840 to 840 in steps of 15. */
  readonly utcOffsetMinutes: number;
}

/** Opens a dispute. */
export interface RaiseDisputeRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own orders, its payment confirmed. */
  readonly orderId: Uuid;
  /** Why; not one of the server's own reasons. */
  readonly reason: DisputeReason;
  /** What happened, 1 to 4,000 characters; both parties and staff read it. */
  readonly text: string;
  /** Refuse with STALE_VERSION when the order has another version. */
  readonly expectedVersion?: number | null;
}

/** One reason why something is refused, as a check tells it. */
export interface Reason {
  /** One of `ErrorCodes`. */
  readonly code: string;
  /** A sentence for people. */
  readonly message: string;
  /** What the code's doc names; null without any. */
  readonly details?: Readonly<Record<string, string>> | null;
}

/** How far it stands now: at least as far as was said. */
export interface ReceiptReply {
  /** Which order's room. */
  readonly orderId: Uuid;
  /** The number up to which it is received or read. It never goes back. */
  readonly upToSeq: number;
}

/** Says how far the caller has received or read a room. */
export interface ReceiptRequest {
  /** Which order's room. */
  readonly orderId: Uuid;
  /** The number of the newest message that the caller has received or read: every one before it counts, too. */
  readonly upToSeq: number;
}

/** A frame of a session. */
export interface ReceivedFrame {
  /** From whom, as the server knows it. */
  readonly from: string;
  /** The session. */
  readonly sessionId: Uuid;
  /** The frame. */
  readonly data: string;
}

/** A signal of another peer. */
export interface ReceivedSignal {
  /** From whom, as the server knows it. */
  readonly from: string;
  /** The sender's profile. */
  readonly profileId: number;
  /** The session. */
  readonly sessionId: Uuid;
  /** What it is for. */
  readonly kind: SignalKind;
  /** What it says. */
  readonly payload: string;
}

/** Recovery codes: each stands in for the app once. They are shown here and never again. */
export interface RecoveryCodes {
  /** Ten codes of 128 random bits each. */
  readonly codes: readonly string[];
}

/** A reference price. */
export interface ReferencePrice {
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Fiat for one unit of the asset. */
  readonly price: Decimal;
  /** Who says so. */
  readonly source: string;
  /** When it was set or computed. */
  readonly at: Timestamp;
  /** Until when floating ads can be traded at it; null for one without an end. */
  readonly freshUntil?: Timestamp | null;
  /** True when that time is over: floating ads of the market are not shown (PRICE_STALE). */
  readonly isStale?: boolean;
}

/** Adds the keys of a device of the caller's. */
export interface RegisterDeviceRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The next entry of the caller's key log, base64url without padding: a `KeyStatement` of kind Add, signed by the new device itself. */
  readonly statement: string;
  /** What the caller calls the device, at most 50 characters; only the caller reads it. */
  readonly name?: string | null;
}

/** Registers a browser's push subscription; the same endpoint again replaces its keys. */
export interface RegisterWebPushRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The subscription's `endpoint`: an https address of at most 1,000 characters. */
  readonly endpoint: string;
  /** Its key `p256dh`: 65 bytes in base64url. */
  readonly p256dh: string;
  /** Its key `auth`: 16 bytes in base64url. */
  readonly auth: string;
}

/** Passes a frame on. */
export interface RelayRequest {
  /** To whom. */
  readonly peerId: string;
  /** The session. */
  readonly sessionId: Uuid;
  /** The frame, encrypted by its sender, in base64url; at most 26,000 characters. */
  readonly data: string;
}

/** Removes the caller's second factor. */
export interface RemoveSecondFactorRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor. */
  readonly secondFactorCode?: string | null;
}

/** Ends a push subscription. */
export interface RemoveWebPushRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which. */
  readonly subscriptionId: Uuid;
}

/** Replaces the recovery codes. */
export interface RenewRecoveryCodesRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor. */
  readonly secondFactorCode?: string | null;
}

/** Answers a review. */
export interface ReplyToReviewRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** A review of the caller. */
  readonly reviewId: Uuid;
  /** 1 to 1,000 characters; everyone can read it. */
  readonly text: string;
}

/** Asks an inviter to connect. */
export interface RequestInvitationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The locator, with or without `AD-` and dashes. */
  readonly locator: string;
  /** What the inviter may do with the caller's inventory. */
  readonly grants: AccessLevel;
}

/** Asks for value to be sent to the outside. */
export interface RequestWithdrawalRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The asset's code. */
  readonly asset: string;
  /** At most as fine as the asset. */
  readonly amount: Decimal;
  /** Where to: an address as the operator's wallet service understands it, at most 200 characters. */
  readonly destination: string;
  /** Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor. */
  readonly secondFactorCode?: string | null;
}

/** Lets a webhook go on. */
export interface ResumeWebhookRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which webhook. */
  readonly webhookId: Uuid;
  /** True: what happened while it was paused is never told. Left out, everything since its position is. */
  readonly skipMissed?: boolean | null;
}

/** How a review changed. */
export type ReviewChange =
  /** A value that this version does not know. */
  | "unknown"
  /** Its author edited it; told to the reviewed. */
  | "edited"
  /** The reviewed answered; told to the author. */
  | "replied"
  /** Staff hid it; told to both. */
  | "hidden"
  /** Staff show it again; told to both. */
  | "restored";

/** A review that the user wrote or received changed. */
export interface ReviewChanged {
  /** The review's id. */
  readonly reviewId: Uuid;
  /** The order. */
  readonly orderId: Uuid;
  /** What was done. */
  readonly change: ReviewChange;
  /** Its stars now. */
  readonly stars: number;
  /** Its version now. */
  readonly version: number;
}

/** One page of reviews, newest first. What staff hid is not counted. */
export interface ReviewPage {
  /** The reviews. */
  readonly reviews: readonly ReviewView[];
  /** How many there are on all pages; with a filter by stars counted up to 10,000. */
  readonly total: number;
  /** Mean of the stars of all reviews of this profile, whatever the filter; 0 without any. */
  readonly average: Decimal;
  /** What to give for the next page; null on the last one. */
  readonly nextCursor?: string | null;
}

/** The other party of an order reviewed the user. */
export interface ReviewReceived {
  /** The review's id. */
  readonly reviewId: Uuid;
  /** The order. */
  readonly orderId: Uuid;
  /** Profile id of who wrote it. */
  readonly authorId: number;
  /** 1 (bad) to 5 (good). */
  readonly stars: number;
}

/** What every change of a review answers. */
export interface ReviewReply {
  /** The review's id. */
  readonly reviewId: Uuid;
  /** Its version now. */
  readonly version: number;
  /** Until when its author may edit it. */
  readonly editableUntil: Timestamp;
}

/** What a review says in a word. */
export type ReviewTag =
  /** A value that this version does not know. */
  | "unknown"
  /** Did their part quickly. */
  | "fast"
  /** Answered, and clearly. */
  | "goodCommunication"
  /** Was friendly. */
  | "friendly"
  /** The terms were clear, and were kept. */
  | "clearTerms"
  /** Let the other wait. */
  | "slow"
  /** Did not answer. */
  | "noAnswer"
  /** Was rude. */
  | "rude"
  /** Asked for more than the terms said. */
  | "changedTerms"
  /** Paid from, or asked to pay into, an account in another name. */
  | "otherName";

/** A review as anyone may read it. */
export interface ReviewView {
  /** The review's id. */
  readonly id: Uuid;
  /** The order; told to its parties only. */
  readonly orderId?: Uuid | null;
  /** Profile id of who wrote it. */
  readonly authorId: number;
  /** The author's name; null until one is chosen. */
  readonly authorName?: string | null;
  /** What the author was in the order. */
  readonly writtenBy: Party;
  /** Profile id of who is reviewed. */
  readonly subjectId: number;
  /** 1 (bad) to 5 (good). */
  readonly stars: number;
  /** What it says in words of a list. */
  readonly tags: readonly ReviewTag[];
  /** What it says in the author's own words. */
  readonly text?: string | null;
  /** Grows by one with each change. */
  readonly version: number;
  /** What the reviewed answered. */
  readonly reply?: string | null;
  /** When. */
  readonly repliedAt?: Timestamp | null;
  /** When it was written. */
  readonly createdAt: Timestamp;
  /** When its author edited it last; null when never. */
  readonly editedAt?: Timestamp | null;
  /** Until when its author may edit it; told to the author only. */
  readonly editableUntil?: Timestamp | null;
  /** Why staff hid it; such a review counts nowhere and only its two parties see it. */
  readonly hiddenBecause?: string | null;
}

/** Ends that a device speaks for the caller. */
export interface RevokeDeviceRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /**
   * The next entry of the caller's key log, base64url without padding: a `KeyStatement` of kind Revoke, signed by a device of the caller's
   * whose keys count.
   */
  readonly statement: string;
}

/** Names an invitation of the caller's. */
export interface RevokeInvitationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The invitation. */
  readonly invitationId: Uuid;
}

/** How a room stands to encryption, and where its chain stands. */
export interface RoomEncryption {
  /** Which order's room. */
  readonly orderId: Uuid;
  /** How it stands. */
  readonly state: EncryptionState;
  /** Profile id of who made the last proposal; null when there was none. */
  readonly proposedBy?: number | null;
  /** The number of the newest key; 0 for none. */
  readonly epoch: number;
  /** Envelopes of the chain. */
  readonly length: number;
  /** The link of the newest envelope, base64url; of an empty chain its anchor. */
  readonly head: string;
}

/** How far a party has come in a room. */
export interface RoomMarks {
  /** Received up to this number. */
  readonly deliveredSeq: number;
  /** Read up to this number. */
  readonly readSeq: number;
}

/** How much waits in one room. */
export interface RoomUnread {
  /** The order whose room it is. */
  readonly orderId: Uuid;
  /** Messages of the other party that the caller has not read; counted to 999. */
  readonly unread: number;
}

/** A room as its list shows it. */
export interface RoomView {
  /** The order whose room it is. */
  readonly orderId: Uuid;
  /** Where the order stands. */
  readonly status: OrderStatus;
  /** Profile id of the other party. */
  readonly otherId: number;
  /** Until when messages can be written; null while the order is open. */
  readonly closesAt?: Timestamp | null;
  /** How it stands to encryption; null for off. */
  readonly encryption?: EncryptionState | null;
  /** The number of the newest message; 0 for none. */
  readonly lastSeq: number;
  /** How far the caller has come. */
  readonly you: RoomMarks;
  /** How far the other party has come. */
  readonly other: RoomMarks;
  /** Messages of the other party that the caller has not read; counted to 999. */
  readonly unread: number;
  /** The newest message; null when there is none. */
  readonly last?: MessageView | null;
}

/** Makes a new secret. */
export interface RotateWebhookSecretRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which webhook. */
  readonly webhookId: Uuid;
  /** For how many hours deliveries carry a signature by the former secret too, 0 to 72; 24 when left out. */
  readonly overlapHours?: number | null;
}

/** Decides a case. */
export interface RuleDisputeRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The dispute. */
  readonly disputeId: Uuid;
  /** What happens with the escrow. */
  readonly decision: RulingDecision;
  /** The buyer's part, more than 0 and less than 100 percent with two decimals; for a split, and for nothing else. */
  readonly buyerPercent?: Decimal | null;
  /** The written ruling, 1 to 4,000 characters; both parties read it. */
  readonly text: string;
  /** Why, 1 to 1,000 characters; for the audit log. */
  readonly reason: string;
  /** Refuse with STALE_VERSION when the dispute has another version. */
  readonly expectedVersion?: number | null;
}

/** What a ruling would do. */
export interface RulingCheck {
  /** Whether the caller may rule so now. */
  readonly allowed: boolean;
  /** The first reason against it; empty when it is allowed. */
  readonly reasons: readonly Reason[];
  /** What the buyer would get. */
  readonly buyerGets: Decimal;
  /** What the seller would have back. */
  readonly sellerGets: Decimal;
  /** The fee that would be taken. */
  readonly fee: Decimal;
  /** It would wait for a second person. */
  readonly needsSecond: boolean;
  /** It would take effect at once: an appeal is decided by it. */
  readonly isFinal: boolean;
}

/** What a ruling does with the escrow. */
export type RulingDecision =
  /** A value that this version does not know. */
  | "unknown"
  /** The buyer gets the asset; the fee is taken as at any release. */
  | "release"
  /** The seller has the asset back, the fee too. */
  | "refund"
  /** The buyer gets a part, rounded down to the asset's scale, the seller the rest; no fee is taken. */
  | "split";

/** A ruling, as both parties read it. */
export interface RulingView {
  /** What it does with the escrow. */
  readonly decision: RulingDecision;
  /** The buyer's part in percent; for a split only. */
  readonly buyerPercent?: Decimal | null;
  /** The automated rule that decided; null when people did. */
  readonly rule?: string | null;
  /** The reasons. */
  readonly text: string;
  /** No appeal is left. */
  readonly isFinal: boolean;
  /** When. */
  readonly at: Timestamp;
}

/** What the rows of sales are. */
export type SalesGrouping =
  /** A value that this version does not know. */
  | "unknown"
  /** One row an item and currency, those that earned most first. */
  | "item"
  /** One row a buyer and currency, those who paid most first. */
  | "peer"
  /** One row a day (UTC) and currency. */
  | "day";

/** Sales of one item, to one peer or of one day, in one currency. */
export interface SalesRow {
  /** The item; null unless the rows are items. */
  readonly itemId?: Uuid | null;
  /** What it is called now. */
  readonly itemName?: string | null;
  /** What its quantities count. */
  readonly unit?: string | null;
  /** How much of it was sent; null unless the rows are items, because units differ. */
  readonly quantity?: Decimal | null;
  /** The buyer; null unless the rows are peers. */
  readonly peerId?: string | null;
  /** What the buyer is called. */
  readonly peerName?: string | null;
  /** The day (UTC) on which the orders ended; null unless the rows are days. */
  readonly day?: Day | null;
  /** The currency's code. */
  readonly currency: string;
  /** Orders that were completed. */
  readonly orders: number;
  /** The price of what was ordered in them. */
  readonly ordered: Decimal;
  /**
   * What the caller got for them: from escrow what the ledger paid out, after refunds and rulings; without escrow the price of what was
   * sent.
   */
  readonly earned: Decimal;
}

/** A dealer's sales of some days. */
export interface SalesView {
  /** Currency by currency; at most 5,000. */
  readonly rows: readonly SalesRow[];
  /** True when there are more rows than these: ask for fewer days. */
  readonly isCut: boolean;
}

/** Saves a payment account. What is saved never changes: to correct one, save another and delete the first. */
export interface SavePaymentAccountRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the catalogue. */
  readonly paymentMethodId: number;
  /** What the owner calls it, at most 200 characters. */
  readonly label?: string | null;
  /** The method's fields, by key. */
  readonly fields: Readonly<Record<string, string>>;
  /** Six digits of the user's app, or a recovery code; spaces and dashes do not matter. Left out by users without a second factor. */
  readonly secondFactorCode?: string | null;
}

/** A part of a day in which a maker's ads are open, by the local clock. One that lasts past midnight is two windows. */
export interface ScheduleWindow {
  /** Which day. */
  readonly day: Weekday;
  /** Its first minute since midnight: 0 to 1,425, a multiple of 15. */
  readonly fromMinute: number;
  /** The minute after its last: 15 to 1,440, a multiple of 15. */
  readonly toMinute: number;
}

/** Proposes encryption, accepts it, or brings an encrypted room a new key. */
export interface SealRoomRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which order's room. */
  readonly orderId: Uuid;
  /** The next `Envelope` of the room's chain, base64url without padding, of the kind that the call says. */
  readonly envelope: string;
}

/** Asks for items by words. */
export interface SearchItemsRequest {
  /** What name, category or description hold: every word must be the beginning of one of theirs. 1 to 50 characters. */
  readonly text: string;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which orders; what is left out does not matter. */
export interface SearchOrdersRequest {
  /** The id of a party. */
  readonly userId?: number | null;
  /** Where the orders stand. */
  readonly status?: OrderStatus | null;
  /** The asset's code. */
  readonly asset?: string | null;
  /** Placed at this time or later. */
  readonly from?: Timestamp | null;
  /** Placed before this time. */
  readonly to?: Timestamp | null;
  /** Only those whose seller has let the time to release pass. */
  readonly overdue?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Asks for a page of the directory. */
export interface SearchPeersRequest {
  /** What names begin with, in small or capital letters; all names when left out. */
  readonly text?: string | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Filters of a search; what is left out does not matter. */
export interface SearchProfilesRequest {
  /** A part of the username, at most 50 characters, in any case. */
  readonly search?: string | null;
  /** Verified ones, or the others. */
  readonly isVerified?: boolean | null;
  /** Merchants, or the others. */
  readonly isMerchant?: boolean | null;
  /** Lowest average rating, 0 to 5. */
  readonly minRating?: Decimal | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which ads; what is left out does not matter. */
export interface SearchStaffAdsRequest {
  /** Whose. */
  readonly ownerId?: number | null;
  /** The asset's code. */
  readonly asset?: string | null;
  /** The currency's code. */
  readonly fiat?: string | null;
  /** Whether it can be taken, is paused, or closed. */
  readonly status?: AdStatus | null;
  /** Whether staff hid it. */
  readonly hidden?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which reviews; what is left out does not matter. */
export interface SearchStaffReviewsRequest {
  /** Who wrote it. */
  readonly authorId?: number | null;
  /** Of whom it is. */
  readonly subjectId?: number | null;
  /** About which order. */
  readonly orderId?: Uuid | null;
  /** Whether staff hid it. */
  readonly hidden?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** Which users; what is left out does not matter. */
export interface SearchUsersRequest {
  /** A part of the username, in any case. */
  readonly search?: string | null;
  /** The user's id. */
  readonly userId?: number | null;
  /** The subject of the user's tokens, exactly. */
  readonly sub?: string | null;
  /** Whether staff have checked the user's identity. */
  readonly isVerified?: boolean | null;
  /** Whether the user is a merchant. */
  readonly isMerchant?: boolean | null;
  /** Whether the user is suspended. */
  readonly isSuspended?: boolean | null;
  /** Rows on the page, 1 to 100; 20 when left out. */
  readonly limit?: number | null;
  /** The former page's `nextCursor`. */
  readonly cursor?: string | null;
}

/** What became of a second factor. */
export type SecondFactorChange =
  /** A value that this version does not know. */
  | "unknown"
  /** The user set one. */
  | "set"
  /** The user removed it. */
  | "removed"
  /** Staff removed it. */
  | "reset"
  /** The user has new recovery codes; the former ones are void. */
  | "recoveryCodesRenewed"
  /** A recovery code was used in the app's place. */
  | "recoveryCodeUsed";

/** The user's second factor changed. */
export interface SecondFactorChanged {
  /** How. */
  readonly change: SecondFactorChange;
  /** It is set now. */
  readonly isSet: boolean;
}

/** A second factor that is about to be set: it counts once a code of it was confirmed. */
export interface SecondFactorSetup {
  /** The secret in base32 (RFC 4648, without padding), to be typed into an app. */
  readonly secret: string;
  /** The same as an `otpauth://totp/` address, to be shown as a QR code: SHA-1, 6 digits, 30 seconds (RFC 6238). */
  readonly uri: string;
  /** Until when it can be confirmed. */
  readonly expiresAt: Timestamp;
}

/** How the caller's second factor stands. */
export interface SecondFactorStatus {
  /** This server offers a second factor. */
  readonly offered: boolean;
  /** The caller has set one: guarded calls need a code. */
  readonly isSet: boolean;
  /** Since when; null while none is set. */
  readonly setAt?: Timestamp | null;
  /** Recovery codes that were not used yet. */
  readonly recoveryCodesLeft: number;
  /** Until when no code is taken, after too many wrong ones; null when codes are taken. */
  readonly lockedUntil?: Timestamp | null;
}

/** Asks for a code to be sent to the profile's e-mail address. */
export interface SendEmailCodeRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
}

/** Writes into an order's room. */
export interface SendMessageRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which order's room. */
  readonly orderId: Uuid;
  /**
   * At most 4,000 characters. It is stored in Unicode's composed form, without control characters and without those that turn the direction
   * of what follows or that nobody can see; line breaks become `\n`. Something must be left, or a file hang on it.
   */
  readonly text?: string | null;
  /**
   * Files that the caller uploaded for this order and that hang on no message yet, at most 10: from then on the other party can read them.
   * In an encrypted room they were encrypted (`X-File-Encrypted: 1`), and their keys are in the envelope; in other rooms they were not.
   */
  readonly attachmentIds?: readonly Uuid[] | null;
  /** In an encrypted room, in place of a text: the next `Envelope` of the room's chain, of kind Message, base64url without padding. */
  readonly envelope?: string | null;
}

/** Passes a signal on. */
export interface SendSignalRequest {
  /** To whom. */
  readonly peerId: string;
  /** The session, a UUID of version 7 that its beginner makes; its time is when it began. */
  readonly sessionId: Uuid;
  /** What it is for. */
  readonly kind: SignalKind;
  /** What it says, at most 16,384 characters. The server does not read it. */
  readonly payload: string;
}

/** Changes what a connected peer may do. */
export interface SetAccessRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The other peer. */
  readonly peerId: string;
  /** What the other may do with the caller's inventory from now on. */
  readonly grants: AccessLevel;
}

/** Brings a sealed item's key to devices. */
export interface SetItemKeysRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** A sealed item of the caller's. */
  readonly itemId: Uuid;
  /** Which of the item's keys it is: the one that its content names now. */
  readonly keyVersion: number;
  /** 1 to 100. Those for devices whose users may not see the item are passed over. */
  readonly keys: readonly ItemKey[];
}

/** Changes an item's price. */
export interface SetItemPriceRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item. */
  readonly itemId: Uuid;
  /** Refuses with STALE_VERSION when the item has another version. */
  readonly expectedVersion?: number | null;
  /** The price of one unit, above zero and no finer than the currency. */
  readonly price: Decimal;
}

/** Changes how many there are. */
export interface SetItemStockRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item. */
  readonly itemId: Uuid;
  /** Refuses with STALE_VERSION when the item has another version: stock that is counted up or down wants it. */
  readonly expectedVersion?: number | null;
  /** How many there are: not below zero, at most 1,000,000,000, at most 3 decimals. */
  readonly stock: Decimal;
}

/** Replaces the preferences as a whole. */
export interface SetNotificationPreferencesRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The language of e-mails. */
  readonly language: NotificationLanguage;
  /** How often e-mails are sent. */
  readonly rhythm: EmailRhythm;
  /** When nothing is sent; left out for never. */
  readonly quietHours?: QuietHours | null;
  /** Kinds that differ from the defaults, each once. */
  readonly kinds: readonly KindPreference[];
}

/** Puts a price in the place of the computed one. */
export interface SetPriceOverrideRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Fiat for one unit of the asset, at most 8 decimals. */
  readonly price: Decimal;
  /** When it ends; without it it lasts until it is lifted. */
  readonly until?: Timestamp | null;
  /** Why, 1 to 1,000 characters. */
  readonly reason: string;
}

/** Sets the week in which the caller's ads are open. */
export interface SetScheduleRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** By whose clock, as an IANA name (`Africa/Nairobi`): windows follow it when the clock is moved. */
  readonly timeZone: string;
  /** At most 28; those that touch are joined. None: ads are open always. */
  readonly windows: readonly ScheduleWindow[];
}

/** Says that the caller is writing. */
export interface SetTypingRequest {
  /** Which order's room. */
  readonly orderId: Uuid;
}

/** Begins or ends a vacation. */
export interface SetVacationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** When the caller is back, at most 365 days ahead; left out to be back at once. */
  readonly until?: Timestamp | null;
}

/** Shares an item with one connected peer. */
export interface ShareItemRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item. */
  readonly itemId: Uuid;
  /** With whom. */
  readonly peerId: string;
  /** What that peer may do with it. */
  readonly access: AccessLevel;
}

/** A part of a goods order that was sent. */
export interface ShipmentView {
  /** How many. */
  readonly quantity: Decimal;
  /** Who carries it. */
  readonly carrier?: string | null;
  /** What the carrier calls it. */
  readonly tracking?: string | null;
  /** More about it. */
  readonly note?: string | null;
  /** The file that proves it. */
  readonly proofId?: Uuid | null;
  /** When. */
  readonly at: Timestamp;
}

/** What a signal is for. */
export type SignalKind =
  /** A value that this version does not know. */
  | "unknown"
  /** Proposes a session. */
  | "offer"
  /** Takes a proposal. */
  | "answer"
  /** A way by which the sender can perhaps be reached directly. */
  | "candidate"
  /** Ends a session. */
  | "hangUp";

/** Signals of other peers. */
export interface SignalsReceived {
  /** The oldest first. */
  readonly signals: readonly ReceivedSignal[];
}

/** An ad as staff see it. */
export interface StaffAdRow {
  /** The ad's id. */
  readonly adId: Uuid;
  /** Whose. */
  readonly ownerId: number;
  /** The owner's name. */
  readonly ownerName?: string | null;
  /** What the owner does. */
  readonly side: AdSide;
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** Who sees it. */
  readonly visibility: AdVisibility;
  /** The owner's conditions in words. */
  readonly terms?: string | null;
  /** What takers read at first. */
  readonly autoReply?: string | null;
  /** How much of the asset is left. */
  readonly remaining: Decimal;
  /** Whether it can be taken. */
  readonly status: AdStatus;
  /** Its version. */
  readonly version: number;
  /** Orders of it that have not ended. */
  readonly openOrders: number;
  /** When it was put up. */
  readonly createdAt: Timestamp;
  /** When staff hid it; null when they did not. */
  readonly hiddenAt?: Timestamp | null;
  /** Who did. */
  readonly hiddenBy?: string | null;
  /** Why. */
  readonly hiddenBecause?: string | null;
}

/** An announcement as staff see it. */
export interface StaffAnnouncement {
  /** The announcement as users see it. */
  readonly announcement: AnnouncementView;
  /** Who made it. */
  readonly by: string;
  /** When. */
  readonly at: Timestamp;
  /** When it was taken back; null when it was not. */
  readonly endedAt?: Timestamp | null;
}

/** What every act of staff on a complaint answers. */
export interface StaffComplaintReply {
  /** The complaint's id. */
  readonly complaintId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Where it stands now. */
  readonly status: ComplaintStatus;
  /** Its version now. */
  readonly version: number;
  /** User id of whoever has it. */
  readonly assigneeId?: number | null;
}

/** A complaint in the queue. */
export interface StaffComplaintRow {
  /** The complaint's id. */
  readonly complaintId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** What it is about. */
  readonly reason: ComplaintReason;
  /** Who filed it. */
  readonly filedBy: Party;
  /** When. */
  readonly filedAt: Timestamp;
  /** Where it stands. */
  readonly status: ComplaintStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** User id of whoever has it; null when nobody has. */
  readonly assigneeId?: number | null;
  /** The subject of whoever has it. */
  readonly assigneeSub?: string | null;
  /** What staff did; null before they decided. */
  readonly outcome?: ComplaintOutcome | null;
  /** To which party. */
  readonly against?: Party | null;
  /** The buyer's id. */
  readonly buyerId: number;
  /** The buyer's name. */
  readonly buyerName?: string | null;
  /** The seller's id. */
  readonly sellerId: number;
  /** The seller's name. */
  readonly sellerName?: string | null;
  /** How the order ended. */
  readonly orderStatus: OrderStatus;
}

/** A complaint whole. */
export interface StaffComplaintView {
  /** What the queue shows, too. */
  readonly complaint: StaffComplaintRow;
  /** What happened, by the one who filed it. */
  readonly text: string;
  /** The decision as both parties read it; null before there is one. */
  readonly outcomeText?: string | null;
  /** Who decided. */
  readonly deciderId?: number | null;
  /** When. */
  readonly decidedAt?: Timestamp | null;
  /** The order with every change and every movement of its escrow. */
  readonly order: StaffOrderView;
  /** The dispute that the order had; null without one. */
  readonly disputeId?: Uuid | null;
  /** The buyer. */
  readonly buyer: CaseParty;
  /** The seller. */
  readonly seller: CaseParty;
  /** What was shown, oldest first. */
  readonly evidence: readonly EvidenceView[];
  /** Reviews of the order. */
  readonly reviews: readonly StaffReviewRow[];
  /** Other complaints by or against either party, newest first, at most 50. */
  readonly pastComplaints: readonly StaffComplaintRow[];
}

/** What every act on a case answers. */
export interface StaffDisputeReply {
  /** The dispute's id. */
  readonly disputeId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** Where it stands now. */
  readonly status: DisputeStatus;
  /** Its version now. */
  readonly version: number;
  /** When a rule acts if nobody does; null when it has ended. */
  readonly deadline?: Timestamp | null;
}

/** Acts on a case. */
export interface StaffDisputeRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The dispute. */
  readonly disputeId: Uuid;
  /** Why, 1 to 1,000 characters; for the audit log. */
  readonly reason: string;
  /** Refuse with STALE_VERSION when the dispute has another version. */
  readonly expectedVersion?: number | null;
}

/** A dispute in the queue. */
export interface StaffDisputeRow {
  /** The dispute's id. */
  readonly disputeId: Uuid;
  /** Its order's id. */
  readonly orderId: Uuid;
  /** What is exchanged. */
  readonly kind: OrderKind;
  /** Where it stands. */
  readonly status: DisputeStatus;
  /** Grows by one with each change. */
  readonly version: number;
  /** Why the order is disputed. */
  readonly reason: DisputeReason;
  /** Who raised it. */
  readonly raisedBy: Party;
  /** When. */
  readonly raisedAt: Timestamp;
  /** When a rule acts if nobody does; null when it has ended. */
  readonly deadline?: Timestamp | null;
  /** Deadlines that staff let pass at this step. */
  readonly rounds: number;
  /** User id of whoever has it; null when nobody has. */
  readonly assigneeId?: number | null;
  /** The subject of whoever has it. */
  readonly assigneeSub?: string | null;
  /** A ruling waits for a second person. */
  readonly secondWanted: boolean;
  /** Who appealed; null when nobody did. */
  readonly appealedBy?: Party | null;
  /** The buyer's id. */
  readonly buyerId: number;
  /** The buyer's name. */
  readonly buyerName?: string | null;
  /** The seller's id. */
  readonly sellerId: number;
  /** The seller's name. */
  readonly sellerName?: string | null;
  /** The asset's code. */
  readonly asset: string;
  /** What the escrow holds, or held. */
  readonly held: Decimal;
  /** The currency's code; null for an order that is not for fiat. */
  readonly fiat?: string | null;
  /** How much the buyer pays. */
  readonly fiatAmount?: Decimal | null;
  /** It is on the caller's watch list. */
  readonly isWatched: boolean;
  /** What the caller wrote on the watch list. */
  readonly watchNote?: string | null;
}

/** One change of a dispute as staff read it. */
export interface StaffDisputeStep {
  /** The dispute's version after it. */
  readonly version: number;
  /** What was done. */
  readonly action: DisputeAction;
  /** By which party. */
  readonly by: Party;
  /** By whom; 0 for the server itself. */
  readonly actorId: number;
  /** Where the dispute stood then. */
  readonly status: DisputeStatus;
  /** The rule that acted; null when people did. */
  readonly rule?: string | null;
  /** When. */
  readonly at: Timestamp;
}

/** A case whole. */
export interface StaffDisputeView {
  /** What the queue shows, too. */
  readonly dispute: StaffDisputeRow;
  /** What the one who raised it wrote; empty when the server did. */
  readonly text: string;
  /** The order with every change (also from before the dispute) and every movement of its escrow. */
  readonly order: StaffOrderView;
  /** The reference that the buyer gave with the payment. */
  readonly paymentReference?: string | null;
  /** The buyer. */
  readonly buyer: CaseParty;
  /** The seller. */
  readonly seller: CaseParty;
  /** What the parties showed, and what a suspended one stated, oldest first. */
  readonly evidence: readonly EvidenceView[];
  /** All rulings that the parties were shown, oldest first. */
  readonly rulings: readonly StaffRulingView[];
  /** The ruling that waits for a second person; null without one. */
  readonly waiting?: StaffRulingView | null;
  /** The reasons of the appeal; null without one. */
  readonly appealText?: string | null;
  /** What was done, oldest first. */
  readonly steps: readonly StaffDisputeStep[];
  /** Who may read the room besides the one who has the case. */
  readonly helpers: readonly StaffMemberView[];
  /** Other disputes of either party, of both, or about the same payment account; newest first, at most 50. */
  readonly pastCases: readonly PastCase[];
}

/** A market's reference price as staff see it. */
export interface StaffMarketPrice {
  /** The asset's code. */
  readonly asset: string;
  /** The currency's code. */
  readonly fiat: string;
  /** The last price; null before there was one. */
  readonly price?: Decimal | null;
  /** Where it came from. */
  readonly source?: string | null;
  /** When it was computed. */
  readonly at?: Timestamp | null;
  /** Until when it can be traded at; null for a price that was never computed, and for one without an end. */
  readonly freshUntil?: Timestamp | null;
  /** True when floating ads of the market can be traded now. */
  readonly isFresh: boolean;
  /** The override in force; null without one. */
  readonly override?: PriceOverrideView | null;
}

/** A member of staff. */
export interface StaffMemberView {
  /** The user's id. */
  readonly userId: number;
  /** The subject of the user's tokens. */
  readonly sub: string;
  /** The roles of the last connection. */
  readonly roles: readonly string[];
  /** When that was. */
  readonly seenAt: Timestamp;
  /** Open disputes and complaints that are assigned to them. */
  readonly openCases: number;
}

/** An application and how its applicant stands now. */
export interface StaffMerchantApplication {
  /** The application. */
  readonly application: MerchantApplication;
  /** The applicant. */
  readonly userId: number;
  /** The applicant's name; null without one. */
  readonly username?: string | null;
  /** Whether the applicant is a merchant now. */
  readonly isMerchant: boolean;
  /** What is asked of merchants, and what the applicant has of it now. */
  readonly requirements: readonly MerchantRequirement[];
  /** Who of the staff decided; null before. */
  readonly decidedBy?: string | null;
}

/** An order in a list. */
export interface StaffOrderRow {
  /** The order's id. */
  readonly orderId: Uuid;
  /** What is exchanged. */
  readonly kind: OrderKind;
  /** The ad that it answers. */
  readonly adId: Uuid;
  /** The buyer's id. */
  readonly buyerId: number;
  /** The buyer's name. */
  readonly buyerName?: string | null;
  /** The seller's id. */
  readonly sellerId: number;
  /** The seller's name. */
  readonly sellerName?: string | null;
  /** Where it stands. */
  readonly status: OrderStatus;
  /** Its version. */
  readonly version: number;
  /** The asset's code. */
  readonly asset: string;
  /** What the escrow holds, or held. */
  readonly held: Decimal;
  /** The maker's fee within it. */
  readonly fee: Decimal;
  /** The currency's code; null for an order that is not for fiat. */
  readonly fiat?: string | null;
  /** How much the buyer pays. */
  readonly fiatAmount?: Decimal | null;
  /** Until when somebody owes something; null when nobody does or the clock stands still. */
  readonly deadline?: Timestamp | null;
  /** The seller has let the time to release pass. */
  readonly overdue: boolean;
  /** When it was placed. */
  readonly createdAt: Timestamp;
  /** When it changed last. */
  readonly updatedAt: Timestamp;
}

/** An order as staff see it. */
export interface StaffOrderView {
  /** What lists show, too. */
  readonly order: StaffOrderRow;
  /** Every change, oldest first. */
  readonly history: readonly OrderHistoryView[];
  /** Every movement of its escrow, oldest first. */
  readonly transfers: readonly OrderTransferView[];
}

/** One read of a private room by staff, as its parties see it after the case is closed. */
export interface StaffReadView {
  /** When. */
  readonly at: Timestamp;
  /** As what. */
  readonly by: StaffReader;
  /** The first message that was read; null for a file, and where the room had none to show. */
  readonly fromSeq?: number | null;
  /** The last one. */
  readonly toSeq?: number | null;
  /** The file that was read; null for messages. */
  readonly fileId?: Uuid | null;
  /** Why. */
  readonly reason: string;
}

/** As what somebody of the staff read. */
export type StaffReader =
  /** A value that this version does not know. */
  | "unknown"
  /** As the one who had the case. */
  | "arbitrator"
  /** As a helper. */
  | "helper";

/** A review as staff see it. */
export interface StaffReviewRow {
  /** The review's id. */
  readonly reviewId: Uuid;
  /** The order's id. */
  readonly orderId: Uuid;
  /** Who wrote it. */
  readonly authorId: number;
  /** The author's name. */
  readonly authorName?: string | null;
  /** Of whom it is. */
  readonly subjectId: number;
  /** That user's name. */
  readonly subjectName?: string | null;
  /** 1 (bad) to 5 (good). */
  readonly stars: number;
  /** What it says; null when it is stars alone. */
  readonly text?: string | null;
  /** The answer to it. */
  readonly reply?: string | null;
  /** Its version. */
  readonly version: number;
  /** When it was written. */
  readonly createdAt: Timestamp;
  /** When it was hidden; null while it is shown. */
  readonly hiddenAt?: Timestamp | null;
  /** By whom, as the audit log names them. */
  readonly hiddenBy?: string | null;
  /** Why. */
  readonly hiddenBecause?: string | null;
}

/** A ruling as staff read it. */
export interface StaffRulingView {
  /** What it does with the escrow. */
  readonly decision: RulingDecision;
  /** The buyer's part in percent; for a split only. */
  readonly buyerPercent?: Decimal | null;
  /** The automated rule that decided; null when people did. */
  readonly rule?: string | null;
  /** Who ruled; 0 for a rule. */
  readonly rulerId: number;
  /** Who confirmed it; null where nobody had to. */
  readonly secondId?: number | null;
  /** The written ruling. */
  readonly text: string;
  /** No appeal is left. */
  readonly isFinal: boolean;
  /** When; null for one that waits. */
  readonly at?: Timestamp | null;
}

/** How the user stands after an act. */
export interface StaffUserReply {
  /** The user's id. */
  readonly userId: number;
  /** Whether staff have checked the user's identity. */
  readonly isVerified: boolean;
  /** Whether the user is a merchant. */
  readonly isMerchant: boolean;
  /** Whether the user is suspended. */
  readonly isSuspended: boolean;
}

/** An act on one user. */
export interface StaffUserRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The user's id. */
  readonly userId: number;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** A user in a list. */
export interface StaffUserRow {
  /** The user's id, which is the profile's id too. */
  readonly userId: number;
  /** The subject of the user's tokens. */
  readonly sub: string;
  /** The username; null for one without a name or a profile. */
  readonly username?: string | null;
  /** Whether there is a profile. */
  readonly hasProfile: boolean;
  /** Whether staff have checked the user's identity. */
  readonly isVerified: boolean;
  /** Whether the user is a merchant. */
  readonly isMerchant: boolean;
  /** Whether the user is suspended. */
  readonly isSuspended: boolean;
  /** Orders that ended with a release. */
  readonly completed: number;
  /** Orders that came to nothing by this user's doing. */
  readonly cancelled: number;
  /** When the user was seen first. */
  readonly createdAt: Timestamp;
}

/** How an item's stock went. */
export interface StockTurnoverRow {
  /** The item. */
  readonly itemId: Uuid;
  /** What it is called now. */
  readonly itemName: string;
  /** What its quantities count. */
  readonly unit: string;
  /** Free stock when the first day began, 0 for an item that was not there yet. What open orders reserve is not free. */
  readonly opening: Decimal;
  /** Free stock when the last day ended, or now. */
  readonly closing: Decimal;
  /** What was sent in orders that were completed within these days. */
  readonly sold: Decimal;
  /**
   * `StockTurnoverRow.sold` by the mean of `StockTurnoverRow.opening` and `StockTurnoverRow.closing`, four decimals, half to even; null
   * when both are 0.
   */
  readonly turnover?: Decimal | null;
}

/** A dealer's stock within some days. */
export interface StockTurnoverView {
  /** One row an item that was there within these days, those that were sold most often first; at most 5,000. */
  readonly rows: readonly StockTurnoverRow[];
  /** True when there are more rows than these. */
  readonly isCut: boolean;
}

/** An event as the stream keeps it. */
export interface StoredEvent {
  /** Its id, number and time. */
  readonly head: EventHead;
  /** The name of the client method that tells it live. */
  readonly type: string;
  /** That method's second argument. */
  readonly body: unknown;
}

/** Shows something to the other party and to staff. */
export interface SubmitEvidenceRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** A dispute of one of the caller's own orders. */
  readonly disputeId: Uuid;
  /** What it shows, 1 to 4,000 characters. */
  readonly text: string;
}

/** Suspends a user. */
export interface SuspendUserRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The user's id. */
  readonly userId: number;
  /** Why, 1 to 1,000 characters; the user reads it. */
  readonly reason: string;
  /** When it ends by itself; null when staff must lift it. */
  readonly until?: Timestamp | null;
}

/** A suspension. */
export interface SuspensionView {
  /** Why; the user reads it. */
  readonly reason: string;
  /** Who suspended the user. */
  readonly by: string;
  /** Since when. */
  readonly at: Timestamp;
  /** When it ends by itself; null when staff must lift it. */
  readonly until?: Timestamp | null;
  /** When it ended; null while it holds. */
  readonly liftedAt?: Timestamp | null;
  /** Who ended it. */
  readonly liftedBy?: string | null;
}

/** A switch was moved. */
export interface SwitchChanged {
  /** The switch afterwards. */
  readonly switch: SwitchView;
}

/** Moves a switch. */
export interface SwitchRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Why, 1 to 1,000 characters; for trading, users read it. */
  readonly reason: string;
}

/** A switch. */
export interface SwitchView {
  /** What it stops. */
  readonly switch: HouseSwitch;
  /** Whether that is stopped now. */
  readonly paused: boolean;
  /** Why it was moved last; null for never. */
  readonly reason?: string | null;
  /** By whom. */
  readonly by?: string | null;
  /** When. */
  readonly at?: Timestamp | null;
}

/** What a maker asks of a taker. */
export interface TakerConditions {
  /** At least so many completed trades. */
  readonly completedTradesMin?: number | null;
  /** At least so many percent completed, 0 to 100; who never traded passes. */
  readonly completionRateMin?: Decimal | null;
  /** A profile at least so many days old. */
  readonly accountAgeDaysMin?: number | null;
  /** Verified users only. */
  readonly verifiedOnly?: boolean | null;
}

/** By which limits a user trades. */
export type TraderLevel =
  /** A value that this version does not know. */
  | "unknown"
  /** Whose identity nobody checked. */
  | "new"
  /** Staff checked the identity. */
  | "verified"
  /** Trades as a business. */
  | "merchant";

/** The maker of an ad, or a party of an order, as others see them. */
export interface TraderView {
  /** The profile's id. */
  readonly profileId: number;
  /** The name; null until one is chosen. */
  readonly username?: string | null;
  /** Identity was checked by staff. */
  readonly isVerified: boolean;
  /** Trades as a business. */
  readonly isMerchant: boolean;
  /** Orders that ended with a release. */
  readonly completedTrades: number;
  /** Completed of total in percent, two decimals; null before the first trade ended. */
  readonly completionRate?: Decimal | null;
  /** The reputation, 0 to 100; null before three distinct partners, and in orders. */
  readonly reputation?: Decimal | null;
}

/** Why value moved. */
export type TransferKind =
  /** A value that this version does not know. */
  | "unknown"
  /** From outside into a user's available balance. */
  | "deposit"
  /** From a seller's available balance into an order's escrow. */
  | "hold"
  /** From an order's escrow to its buyer, and the fee to the operator. */
  | "release"
  /** From an order's escrow back to its seller. */
  | "refund"
  /** From an order's escrow to both parties, by a ruling. */
  | "split"
  /** From a user's available balance into a withdrawal's hold. */
  | "withdrawalHold"
  /** From a withdrawal's hold to outside. */
  | "withdrawalSettled"
  /** From a withdrawal's hold back to the user. */
  | "withdrawalReturned";

/** The other party is writing; forget it after five seconds without another one. */
export interface TypingSignal {
  /** The order in whose room. */
  readonly orderId: Uuid;
  /** Profile id of who writes. */
  readonly userId: number;
}

/** How much waits to be read. */
export interface UnreadCounts {
  /** Unread messages in all rooms of open orders that are looked at: the sum over `UnreadCounts.rooms`. */
  readonly total: number;
  /** The rooms of open orders in which something is unread, newest order first; the newest 100 open orders are looked at. */
  readonly rooms: readonly RoomUnread[];
}

/** How many notifications are unread. */
export interface UnreadNotifications {
  /** Counted up to 1,000. */
  readonly unread: number;
}

/** Ends a share. */
export interface UnshareItemRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item. */
  readonly itemId: Uuid;
  /** With whom it was shared. */
  readonly peerId: string;
}

/** Replaces an ad's terms as a whole. */
export interface UpdateAdRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** One of the caller's own. */
  readonly adId: Uuid;
  /** Refuse with STALE_VERSION when the ad has another version. */
  readonly expectedVersion?: number | null;
  /** All of the terms. */
  readonly terms: AdTerms;
}

/** Replaces what an owner says of an item. */
export interface UpdateItemRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The item. */
  readonly itemId: Uuid;
  /** Refuses with STALE_VERSION when the item has another version. */
  readonly expectedVersion?: number | null;
  /** What it is from now on. */
  readonly terms: ItemTerms;
  /** A sealed item's new key, for at least one device of the caller's; needed when the key's version is new. */
  readonly keys?: readonly ItemKey[] | null;
}

/** Changes what is given, and leaves the rest. */
export interface UpdatePeerRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** What others read, 1 to 50 characters. */
  readonly name?: string | null;
  /** True to be in the directory. */
  readonly isDiscoverable?: boolean | null;
  /** True: connected peers do not see whether the caller is connected, nor when the caller was. */
  readonly hidesStatus?: boolean | null;
}

/** Changes of one's own profile: what is left out stays as it is. */
export interface UpdateProfileRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** 3 to 30 of A-Z a-z 0-9 _; unique, also among names that look alike. */
  readonly username?: string | null;
  /** `+` and 7 to 15 digits. */
  readonly phoneNumber?: string | null;
  /** At most 254 characters. */
  readonly email?: string | null;
  /** An https address of at most 500 characters. */
  readonly profilePictureUrl?: string | null;
  /** ISO 4217 code. */
  readonly preferredCurrency?: string | null;
  /** Ids of payment methods, at most 20. */
  readonly preferredPaymentMethods?: readonly number[] | null;
  /** At most 1,000 characters. */
  readonly autoReplyMessage?: string | null;
  /** What to empty. A field that is also given a value is BAD_INPUT. */
  readonly clear?: readonly ProfileField[] | null;
}

/** Asks for play money; development servers only. */
export interface UseFaucetRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The asset's code. */
  readonly asset: string;
  /** At most what one call gives (10 BTC, 100 ETH, 100,000 USDT and the like). */
  readonly amount: Decimal;
}

/** All that is known of a user. */
export interface UserDossier {
  /** What lists show, too. */
  readonly user: StaffUserRow;
  /** Private. */
  readonly phoneNumber?: string | null;
  /** Private. */
  readonly email?: string | null;
  /** The version of the terms to which the user consented last; null for none. */
  readonly consentedVersion?: number | null;
  /** When the user connected, left or changed the profile last; null without a profile. */
  readonly lastActiveAt?: Timestamp | null;
  /** True while the user is connected to any node. */
  readonly isOnline?: boolean;
  /** Until when the user may take no ad, after too many orders that came to nothing. */
  readonly coolingDownUntil?: Timestamp | null;
  /** When the user's first order was placed. */
  readonly firstTradeAt?: Timestamp | null;
  /** The newest 20, newest first. */
  readonly suspensions: readonly SuspensionView[];
  /** The newest 100 that have not ended, newest first. */
  readonly openOrders: readonly StaffOrderRow[];
  /** One row for each asset, by code. */
  readonly balances: readonly Balance[];
}

/** How a verification stands. */
export type VerificationState =
  /** A value that this version does not know. */
  | "unknown"
  /** It is about to begin. */
  | "waiting"
  /** It reads. */
  | "running"
  /** It has ended: all is as it must be. */
  | "clean"
  /** It has ended and found something. */
  | "violated"
  /** It could not be brought to an end: ask again. */
  | "failed";

/** Which part of the audit log is checked. */
export interface VerifyAuditRequest {
  /** The number of the last row that was checked; the first part when left out. */
  readonly afterSeq?: number | null;
}

/** Asks for a verification of everything. */
export interface VerifyLedgerRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Why, 1 to 1,000 characters, for the audit log. */
  readonly reason: string;
}

/** What a change of the wallet answers. */
export interface WalletReply {
  /** The asset's code. */
  readonly asset: string;
  /** The available balance afterwards. */
  readonly available: Decimal;
  /** The withdrawal, where one was made. */
  readonly withdrawalId?: Uuid | null;
}

/** Puts a case on the caller's watch list, or off it. */
export interface WatchDisputeRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** The dispute. */
  readonly disputeId: Uuid;
  /** True: on the list. False: off it. */
  readonly watch: boolean;
  /** What the caller wants to remember of it, at most 1,000 characters; nobody else reads it. */
  readonly note?: string | null;
}

/** What a browser needs to subscribe. */
export interface WebPushKey {
  /**
   * The server's public key (P-256, uncompressed, base64url): `applicationServerKey` of `pushManager.subscribe`. Null when this server
   * sends no web pushes.
   */
  readonly publicKey?: string | null;
}

/** What removing a subscription answers. */
export interface WebPushReply {
  /** Which subscription. */
  readonly subscriptionId: Uuid;
}

/** A push subscription as its owner sees it; its endpoint is told to nobody. */
export interface WebPushSubscription {
  /** Its id. */
  readonly id: Uuid;
  /** The push service by which it is reached. */
  readonly service: string;
  /** When it was registered. */
  readonly createdAt: Timestamp;
  /** When the push service last took a message for it; null before the first. */
  readonly sentAt?: Timestamp | null;
}

/** Whose events a webhook tells: the user's stream of one hub. */
export type WebhookAudience =
  /** A value that this version does not know. */
  | "unknown"
  /** The stream of the trade hub. */
  | "trade"
  /** The stream of the dealer hub. */
  | "dealer";

/** What a delivery carried. */
export type WebhookDeliveryKind =
  /** A value that this version does not know. */
  | "unknown"
  /** Events. */
  | "events"
  /** No events: its owner asked for a test. */
  | "test";

/** One attempt to deliver. */
export interface WebhookDeliveryView {
  /** Its id; later ones sort after earlier ones. */
  readonly id: Uuid;
  /** What it carried. */
  readonly kind: WebhookDeliveryKind;
  /** The number of its first event; null for a test. */
  readonly firstSeq?: number | null;
  /** The number of its last event; null for a test. */
  readonly lastSeq?: number | null;
  /** How many events it carried. */
  readonly events: number;
  /** Which attempt it was: 1 for the first. */
  readonly attempt: number;
  /** The receiver answered 2xx in time. */
  readonly succeeded: boolean;
  /** The HTTP status of the answer; null when there was none. */
  readonly httpStatus?: number | null;
  /** How long it took, in milliseconds. */
  readonly latencyMs: number;
  /** Why it failed, in a sentence; null when it succeeded. */
  readonly error?: string | null;
  /** When. */
  readonly at: Timestamp;
}

/** What deleting a webhook answers. */
export interface WebhookReply {
  /** Which webhook. */
  readonly webhookId: Uuid;
}

/** Names a webhook that is to be changed. */
export interface WebhookRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
  /** Which webhook. */
  readonly webhookId: Uuid;
}

/** A webhook with its new secret, which no other call tells. */
export interface WebhookSecretReply {
  /** The webhook. */
  readonly webhook: WebhookView;
  /**
   * `whsec_` and 32 bytes in base64. Keep it where the receiver alone can read it: whoever has it can forge deliveries. A repeat of the
   * same request gets it again.
   */
  readonly secret: string;
}

/** Whether a webhook works. */
export type WebhookStatus =
  /** A value that this version does not know. */
  | "unknown"
  /** Events are delivered. */
  | "active"
  /** Its owner paused it. */
  | "paused"
  /** The server stopped it, because every delivery failed for days or the receiver answered 410. Resume it when it works again. */
  | "failed";

/** A test that is on its way. */
export interface WebhookTestReply {
  /** Its place in the list of deliveries, once it was sent. */
  readonly deliveryId: Uuid;
}

/** A webhook as its owner sees it. */
export interface WebhookView {
  /** Its id. */
  readonly id: Uuid;
  /** Where deliveries go. */
  readonly url: string;
  /** Whose events. */
  readonly audience: WebhookAudience;
  /** Which events; null for all. */
  readonly types?: readonly string[] | null;
  /** Whether it works. */
  readonly status: WebhookStatus;
  /** Since when it has this status. */
  readonly statusSince: Timestamp;
  /** Up to here every event was delivered or is of a type that is not told. */
  readonly seq: number;
  /** The number of the newest event of its stream. */
  readonly headSeq: number;
  /** Since when every delivery fails; null while they succeed. */
  readonly failingSince?: Timestamp | null;
  /** Until when deliveries are signed by the former secret too; null when there is none. */
  readonly formerSecretEndsAt?: Timestamp | null;
  /** When it was registered. */
  readonly createdAt: Timestamp;
}

/** A day of the week. */
export type Weekday =
  /** A value that this version does not know. */
  | "unknown"
  /** The first day. */
  | "monday"
  /** The second day. */
  | "tuesday"
  /** The third day. */
  | "wednesday"
  /** The fourth day. */
  | "thursday"
  /** The fifth day. */
  | "friday"
  /** The sixth day. */
  | "saturday"
  /** The last day. */
  | "sunday";

/** Takes the open application back. */
export interface WithdrawMerchantApplicationRequest {
  /**
   * A UUID of version 7, made by the client for this one wish and kept for its retries. Its time may lie at most 24 hours back and 10
   * minutes ahead.
   * Made by the client when it is left out.
   */
  readonly requestId?: Uuid;
}

/** How a withdrawal stands. */
export type WithdrawalStatus =
  /** A value that this version does not know. */
  | "unknown"
  /** Held; the wallet service has not answered yet. */
  | "requested"
  /** Sent. */
  | "settled"
  /** Could not be sent; the amount is available again. */
  | "returned";

/** A withdrawal. */
export interface WithdrawalView {
  /** The withdrawal's id. */
  readonly id: Uuid;
  /** The asset's code. */
  readonly asset: string;
  /** How much. */
  readonly amount: Decimal;
  /** Where to; shown to its owner. */
  readonly destination: string;
  /** How it stands. */
  readonly status: WithdrawalStatus;
  /** The wallet service's reference, such as a transaction id. */
  readonly externalReference?: string | null;
  /** When it was asked for. */
  readonly createdAt: Timestamp;
}
