namespace P2P.Contracts;

/// <summary>
/// Every code that a refusal can carry. The list only grows; a code never changes its meaning.
/// </summary>
/// <remarks>
/// A refused hub call fails with the text <c>CODE|message|details</c> (see <see cref="RefusalText"/>). Three kinds:
/// <list type="bullet">
/// <item><b>Door</b>: decided before the rules; not stored. Correct the call, then send it again.</item>
/// <item><b>Transient</b>: not stored; the details carry <c>retryAfterMs</c>. Repeat under the same request id.</item>
/// <item><b>Decided</b>: decided by the rules under lock and stored: a repeat of the request gets the same refusal for 30 days.</item>
/// </list>
/// </remarks>
public static partial class ErrorCodes
{
    // Door.

    /// <summary>The input has the wrong shape, type or range. Details: <c>path</c>, where known.</summary>
    public const string BadInput = "BAD_INPUT";

    /// <summary>The hub has no such method.</summary>
    public const string UnknownMethod = "UNKNOWN_METHOD";

    /// <summary>No token, or one that is not (or no longer) good.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The caller's role does not allow this.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>The caller has no trading profile yet.</summary>
    public const string NotJoinedP2P = "NOT_JOINED_P2P";

    /// <summary>The caller has not consented to the present version of the terms. Details: <c>termsVersion</c>.</summary>
    public const string ConsentRequired = "CONSENT_REQUIRED";

    /// <summary>The caller is suspended. Details: <c>reason</c>, <c>until</c>.</summary>
    public const string Suspended = "SUSPENDED";

    /// <summary>The client's contract version is no longer served. Details: <c>oldest</c>.</summary>
    public const string ClientTooOld = "CLIENT_TOO_OLD";

    /// <summary>The request id was used before with another body.</summary>
    public const string RequestIdReused = "REQUEST_ID_REUSED";

    /// <summary>The request id's time lies more than 24 hours back or 10 minutes ahead.</summary>
    public const string RequestIdExpired = "REQUEST_ID_EXPIRED";

    /// <summary>This call exists on development servers only.</summary>
    public const string NotInProduction = "NOT_IN_PRODUCTION";

    // Transient.

    /// <summary>Too much waits already. Details: <c>retryAfterMs</c>.</summary>
    public const string Busy = "BUSY";

    /// <summary>The caller sends too much. Details: <c>retryAfterMs</c>.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The call took longer than allowed: its outcome is unknown until it is repeated. Details: <c>retryAfterMs</c>.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The database cannot be reached: the outcome is unknown until the call is repeated. Details: <c>retryAfterMs</c>.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>The server is about to stop; connect again. Details: <c>retryAfterMs</c>.</summary>
    public const string Draining = "DRAINING";

    /// <summary>A fault of the server. Details: <c>correlationId</c>, by which its log names the fault.</summary>
    public const string Internal = "INTERNAL";

    // Connection.

    /// <summary>The token's time is over; connect with a new one.</summary>
    public const string TokenExpired = "TOKEN_EXPIRED";

    /// <summary>The user signed out everywhere.</summary>
    public const string SignedOut = "SIGNED_OUT";

    /// <summary>The user's roles changed; connect with a new token.</summary>
    public const string RoleChanged = "ROLE_CHANGED";

    /// <summary>The stream cannot continue from the given position: reload the lists and go on from the head. Details: <c>epoch</c>, <c>headSeq</c>, <c>firstSeq</c>.</summary>
    public const string Resync = "RESYNC";

    // Decided: anything.

    /// <summary>There is no such thing, or none that the caller may know of: a stranger cannot tell the two apart.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>The thing has changed meanwhile. Details: <c>version</c>, the present one.</summary>
    public const string StaleVersion = "STALE_VERSION";

    /// <summary>A quota is used up. Details: <c>quota</c>, <c>limit</c>.</summary>
    public const string QuotaExceeded = "QUOTA_EXCEEDED";

    // Decided: accounts.

    /// <summary>The user has a profile already.</summary>
    public const string AlreadyJoined = "ALREADY_JOINED";

    /// <summary>Another user has this name, or one that looks like it.</summary>
    public const string UsernameTaken = "USERNAME_TAKEN";

    /// <summary>Another version of the terms is the present one. Details: <c>termsVersion</c>.</summary>
    public const string TermsOutdated = "TERMS_OUTDATED";

    /// <summary>There is no such payment method, or none for this currency.</summary>
    public const string PaymentMethodUnknown = "PAYMENT_METHOD_UNKNOWN";

    /// <summary>The payment account's fields do not fit its method. Details: <c>field</c>.</summary>
    public const string PaymentAccountInvalid = "PAYMENT_ACCOUNT_INVALID";

    // Decided: ledger.

    /// <summary>The asset is not known here.</summary>
    public const string AssetUnknown = "ASSET_UNKNOWN";

    /// <summary>The currency is not known here.</summary>
    public const string CurrencyUnknown = "CURRENCY_UNKNOWN";

    /// <summary>The available balance does not suffice. Details: <c>asset</c>, <c>available</c>, <c>needed</c>.</summary>
    public const string InsufficientBalance = "INSUFFICIENT_BALANCE";

    /// <summary>The external reference was used before with another body.</summary>
    public const string ExternalReferenceReused = "EXTERNAL_REFERENCE_REUSED";

    // Decided: ads and placing.

    /// <summary>Nobody takes their own ad.</summary>
    public const string OwnAd = "OWN_AD";

    /// <summary>
    /// The ad is paused, closed or sold out, or its maker cannot trade now. Details: <c>reason</c>; for <c>outsideHours</c> and <c>vacation</c>
    /// also <c>opensAt</c>.
    /// </summary>
    public const string AdUnavailable = "AD_UNAVAILABLE";

    /// <summary>The floating price has no reference price to follow.</summary>
    public const string NoReferencePrice = "NO_REFERENCE_PRICE";

    /// <summary>The price is no longer the one that the caller expected. Details: <c>price</c>, the present one.</summary>
    public const string PriceChanged = "PRICE_CHANGED";

    /// <summary>The amount is below the minimum, or finer than can be counted. Details: <c>min</c>.</summary>
    public const string AmountTooSmall = "AMOUNT_TOO_SMALL";

    /// <summary>The amount is above the maximum. Details: <c>max</c>.</summary>
    public const string AmountTooLarge = "AMOUNT_TOO_LARGE";

    /// <summary>The ad, the item or the goods order has less left than this. Details: <c>remaining</c>.</summary>
    public const string NotEnoughRemaining = "NOT_ENOUGH_REMAINING";

    /// <summary>The ad does not take this payment method.</summary>
    public const string PaymentMethodNotAccepted = "PAYMENT_METHOD_NOT_ACCEPTED";

    /// <summary>The seller has no saved payment account of this method.</summary>
    public const string PaymentAccountRequired = "PAYMENT_ACCOUNT_REQUIRED";

    /// <summary>The ad asks for more completed trades. Details: <c>needed</c>, <c>have</c>.</summary>
    public const string TooFewTrades = "TOO_FEW_TRADES";

    /// <summary>The ad asks for a higher completion rate. Details: <c>needed</c>, <c>have</c>.</summary>
    public const string CompletionRateTooLow = "COMPLETION_RATE_TOO_LOW";

    /// <summary>The ad asks for an older account. Details: <c>neededDays</c>, <c>haveDays</c>.</summary>
    public const string AccountTooYoung = "ACCOUNT_TOO_YOUNG";

    /// <summary>The ad asks for a verified account.</summary>
    public const string NotVerified = "NOT_VERIFIED";

    /// <summary>Too many orders of the caller came to nothing lately. Details: <c>until</c>.</summary>
    public const string CoolingDown = "COOLING_DOWN";

    /// <summary>The ad is closed for good.</summary>
    public const string AdClosed = "AD_CLOSED";

    /// <summary>The new total is less than what open and finished orders have taken. Details: <c>min</c>.</summary>
    public const string TotalBelowTaken = "TOTAL_BELOW_TAKEN";

    // Decided: orders.

    /// <summary>The order's status does not allow this action. Details: <c>status</c>.</summary>
    public const string WrongStatus = "WRONG_STATUS";

    /// <summary>This action belongs to the other party. Details: <c>by</c>.</summary>
    public const string WrongParty = "WRONG_PARTY";

    /// <summary>The time for this action is over. Details: <c>deadline</c>.</summary>
    public const string DeadlinePassed = "DEADLINE_PASSED";

    /// <summary>It is too early for this action. Details: <c>deadline</c>.</summary>
    public const string DeadlineNotReached = "DEADLINE_NOT_REACHED";

    /// <summary>This can be done once in an order, and was done.</summary>
    public const string AlreadyDone = "ALREADY_DONE";

    /// <summary>The seller has acted since the payment was confirmed, so the confirmation stands.</summary>
    public const string SellerActed = "SELLER_ACTED";

    /// <summary>The other party has not asked for this.</summary>
    public const string NotRequested = "NOT_REQUESTED";

    // Decided: disputes.

    /// <summary>The dispute is somebody else's to decide.</summary>
    public const string NotAssigned = "NOT_ASSIGNED";

    /// <summary>A second person has to decide this.</summary>
    public const string SamePerson = "SAME_PERSON";

    /// <summary>The decider is a party of the order.</summary>
    public const string ConflictOfInterest = "CONFLICT_OF_INTEREST";

    // Decided: chat.

    /// <summary>The order ended too long ago for messages. Details: <c>closedAt</c>.</summary>
    public const string RoomClosed = "ROOM_CLOSED";

    // Files: door.

    /// <summary>The content is none of the kinds that are taken here, or another than the one it is said to be.</summary>
    public const string FileTypeRefused = "FILE_TYPE_REFUSED";

    /// <summary>The file has too many bytes. Details: <c>max</c>.</summary>
    public const string FileTooLarge = "FILE_TOO_LARGE";

    /// <summary>The file is broken, cut off or empty.</summary>
    public const string FileMalformed = "FILE_MALFORMED";

    /// <summary>The picture has too many pixels. Details: <c>max</c>.</summary>
    public const string TooManyPixels = "TOO_MANY_PIXELS";

    // Conditions of the house: door, since they pass without a change of the request.

    /// <summary>Staff have stopped new orders for a while. Details: <c>reason</c>, <c>since</c>.</summary>
    public const string TradingPaused = "TRADING_PAUSED";

    /// <summary>Nothing leaves escrow for a while, by staff's hand or because the ledger does not add up. Details: <c>since</c>.</summary>
    public const string ReleasesPaused = "RELEASES_PAUSED";

    // Decided: staff.

    /// <summary>Staff do not act on their own account.</summary>
    public const string OwnAccount = "OWN_ACCOUNT";

    /// <summary>Another one has this code already.</summary>
    public const string CodeTaken = "CODE_TAKEN";

    // Decided: notifications.

    /// <summary>This server sends no e-mails.</summary>
    public const string EmailNotOffered = "EMAIL_NOT_OFFERED";

    /// <summary>The profile has no e-mail address.</summary>
    public const string EmailMissing = "EMAIL_MISSING";

    /// <summary>The code is not the one that was sent. Details: <c>triesLeft</c>.</summary>
    public const string CodeWrong = "CODE_WRONG";

    /// <summary>There is no code that is still good: ask for another.</summary>
    public const string CodeExpired = "CODE_EXPIRED";

    // Decided: reviews and contacts.

    /// <summary>Staff hid this review: it stays as it is.</summary>
    public const string ReviewHidden = "REVIEW_HIDDEN";

    /// <summary>The caller blocks this user: end the block first.</summary>
    public const string UserBlocked = "USER_BLOCKED";

    // Decided: prices.

    /// <summary>
    /// The reference price that the floating price follows is too old to trade at. Details: <c>since</c>, when it became so.
    /// </summary>
    public const string PriceStale = "PRICE_STALE";

    // Decided: webhooks and web push.

    /// <summary>This server sends no webhooks.</summary>
    public const string WebhooksNotOffered = "WEBHOOKS_NOT_OFFERED";

    /// <summary>This server sends no web pushes.</summary>
    public const string WebPushNotOffered = "WEB_PUSH_NOT_OFFERED";

    // Decided: moderation.

    /// <summary>Staff hid this ad: it is shown again only after they have restored it. Details: <c>reason</c>.</summary>
    public const string AdHidden = "AD_HIDDEN";

    // The house: the first two pass without a change of the request and are door, the others are decided.

    /// <summary>Findings of the ledger's watch are not acknowledged yet. Details: <c>open</c>.</summary>
    public const string FindingsOpen = "FINDINGS_OPEN";

    /// <summary>Another verification of the ledger runs: wait for its end. Details: <c>verificationId</c>.</summary>
    public const string VerificationRunning = "VERIFICATION_RUNNING";

    /// <summary>The asset is not traded any more, or takes no deposits. Details: <c>asset</c>.</summary>
    public const string AssetClosed = "ASSET_CLOSED";

    /// <summary>One order of this asset is at least so large here. Details: <c>asset</c>, <c>min</c>.</summary>
    public const string OrderTooSmall = "ORDER_TOO_SMALL";

    /// <summary>One order of this asset is at most so large here. Details: <c>asset</c>, <c>max</c>.</summary>
    public const string OrderTooLarge = "ORDER_TOO_LARGE";

    // Decided: limits on what a person trades.

    /// <summary>One order of this taker may not be so large. Details: <c>level</c>, <c>currency</c>, <c>limit</c>.</summary>
    public const string OrderLimitExceeded = "ORDER_LIMIT_EXCEEDED";

    /// <summary>
    /// With this order the taker would take more within a day than allowed. Details: <c>level</c>, <c>currency</c>, <c>limit</c>, <c>used</c>, and
    /// <c>freesAt</c>: when enough frees (absent when the amount alone is above the limit).
    /// </summary>
    public const string DayLimitExceeded = "DAY_LIMIT_EXCEEDED";

    // Decided: merchants.

    /// <summary>The caller is a merchant already.</summary>
    public const string AlreadyMerchant = "ALREADY_MERCHANT";

    /// <summary>An application of the caller waits for staff.</summary>
    public const string ApplicationOpen = "APPLICATION_OPEN";

    /// <summary>The caller does not meet what is asked. Details: <c>unmet</c>, the kinds of the requirements, parted by commas.</summary>
    public const string RequirementsUnmet = "REQUIREMENTS_UNMET";

    // Encryption. Those whose remedy is to read and send again are door: nothing is stored.

    /// <summary>
    /// The chain has gone on since the caller read it: read what is new and sign again. Details: <c>seq</c> (entries that the chain has),
    /// <c>head</c> (the link of the newest, base64url).
    /// </summary>
    public const string ChainStale = "CHAIN_STALE";

    /// <summary>The room's key is not for exactly the devices that both parties have now: read their keys and bring the room a new one.</summary>
    public const string KeysChanged = "KEYS_CHANGED";

    /// <summary>This room is encrypted: it takes neither plain text nor files.</summary>
    public const string RoomEncrypted = "ROOM_ENCRYPTED";

    /// <summary>This room is not encrypted.</summary>
    public const string RoomNotEncrypted = "ROOM_NOT_ENCRYPTED";

    /// <summary>A party has no device whose keys count. Details: <c>profileId</c>.</summary>
    public const string KeysRequired = "KEYS_REQUIRED";

    /// <summary>The device that signed speaks for the caller no longer.</summary>
    public const string DeviceRevoked = "DEVICE_REVOKED";

    // Second factor: door, since they pass with another code or after a while.

    /// <summary>The call needs a code of the caller's second factor: repeat it under the same request id with one.</summary>
    public const string SecondFactorRequired = "SECOND_FACTOR_REQUIRED";

    /// <summary>
    /// The code is wrong, or was used for something else. Details: <c>triesLeft</c>, or <c>used</c> (true: a right code, which counts once).
    /// </summary>
    public const string SecondFactorWrong = "SECOND_FACTOR_WRONG";

    /// <summary>Too many wrong codes. Details: <c>until</c>.</summary>
    public const string SecondFactorLocked = "SECOND_FACTOR_LOCKED";

    /// <summary>This server offers no second factor, or lacks the key to check this one.</summary>
    public const string SecondFactorNotOffered = "SECOND_FACTOR_NOT_OFFERED";

    // Decided: second factor.

    /// <summary>A second factor is set already: remove it first.</summary>
    public const string SecondFactorSet = "SECOND_FACTOR_SET";

    /// <summary>There is no second factor, and none that waits to be confirmed.</summary>
    public const string SecondFactorNotSet = "SECOND_FACTOR_NOT_SET";

    // Deletion of an account: decided, and its reasons.

    /// <summary>The account cannot be deleted yet. Details: <c>reasons</c>, some of the next four, parted by commas.</summary>
    public const string DeletionBlocked = "DELETION_BLOCKED";

    /// <summary>The user has orders that have not ended.</summary>
    public const string OpenOrders = "OPEN_ORDERS";

    /// <summary>The user has ads that are not deleted.</summary>
    public const string OpenAds = "OPEN_ADS";

    /// <summary>A dispute of the user's goes on.</summary>
    public const string OpenDisputes = "OPEN_DISPUTES";

    /// <summary>The user has a balance, or a withdrawal on its way.</summary>
    public const string BalanceNotZero = "BALANCE_NOT_ZERO";
}
