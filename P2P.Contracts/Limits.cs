namespace P2P.Contracts;

/// <summary>Bounds of the contract itself. Rates and quotas are the operator's settings and not named here.</summary>
public static class Limits
{
    /// <summary>The contract's version, sent as <c>?v=</c> when connecting.</summary>
    public const int ContractVersion = 1;

    /// <summary>The oldest version that is still served.</summary>
    public const int ContractVersionOldest = 1;

    /// <summary>Rows on one page of a list.</summary>
    public const int PageSizeMax = 100;

    /// <summary>Rows on a page when the caller names no number.</summary>
    public const int PageSizeDefault = 20;

    /// <summary>Characters of a cursor.</summary>
    public const int CursorCharsMax = 200;

    /// <summary>Unacknowledged events that a connection is sent.</summary>
    public const int EventWindow = 256;

    /// <summary>Events on one page of <c>EventsSince</c>.</summary>
    public const int EventPageEventsMax = 500;

    /// <summary>Bytes of event bodies on one page of <c>EventsSince</c>.</summary>
    public const int EventPageBytesMax = 256 * 1024;

    /// <summary>Bytes of one frame from a client.</summary>
    public const int FrameBytesMax = 32 * 1024;

    /// <summary>Levels of nesting in JSON.</summary>
    public const int JsonDepthMax = 16;

    /// <summary>Characters of a username.</summary>
    public const int UsernameCharsMin = 3;

    /// <summary>Characters of a username.</summary>
    public const int UsernameCharsMax = 30;

    /// <summary>Characters of a phone number.</summary>
    public const int PhoneCharsMax = 20;

    /// <summary>Characters of an e-mail address.</summary>
    public const int EmailCharsMax = 254;

    /// <summary>Characters of a picture's address.</summary>
    public const int PictureUrlCharsMax = 500;

    /// <summary>Characters of an auto-reply.</summary>
    public const int AutoReplyCharsMax = 1_000;

    /// <summary>Payment methods in a profile's preferences, and on an ad.</summary>
    public const int PaymentMethodsMax = 20;

    /// <summary>Saved payment accounts of one user.</summary>
    public const int PaymentAccountsMax = 20;

    /// <summary>Characters of one field of a payment account, and of its label.</summary>
    public const int PaymentFieldCharsMax = 200;

    /// <summary>Characters of a search text.</summary>
    public const int SearchCharsMax = 50;

    /// <summary>Characters of an ad's terms.</summary>
    public const int AdTermsCharsMax = 2_000;

    /// <summary>Users to whom one ad is shown when it is for chosen users.</summary>
    public const int AdViewersMax = 100;

    /// <summary>Windows of a maker's week.</summary>
    public const int ScheduleWindowsMax = 28;

    /// <summary>Characters of a time zone's name.</summary>
    public const int TimeZoneCharsMax = 50;

    /// <summary>The longest vacation.</summary>
    public const int VacationDaysMax = 365;

    /// <summary>The shortest payment window.</summary>
    public const int PaymentWindowMinutesMin = 10;

    /// <summary>The longest payment window.</summary>
    public const int PaymentWindowMinutesMax = 24 * 60;

    /// <summary>Characters of a payment reference.</summary>
    public const int PaymentReferenceCharsMax = 140;

    /// <summary>Characters of the name of who paid.</summary>
    public const int PayerNameCharsMax = 200;

    /// <summary>Characters of a chat message.</summary>
    public const int ChatTextCharsMax = 4_000;

    /// <summary>Files on one chat message.</summary>
    public const int ChatAttachmentsMax = 10;

    /// <summary>Unread messages of one room are counted to this number.</summary>
    public const int UnreadMax = 999;

    /// <summary>Characters of a statement by a suspended user.</summary>
    public const int StatementCharsMax = 4_000;

    /// <summary>Characters of a withdrawal's destination.</summary>
    public const int DestinationCharsMax = 200;

    /// <summary>Characters of an external reference of the custody service.</summary>
    public const int ExternalReferenceCharsMax = 200;

    /// <summary>Characters of the reason that staff give for an act.</summary>
    public const int StaffReasonCharsMax = 1_000;

    /// <summary>Characters of a review's text, and of the reply to it.</summary>
    public const int ReviewCharsMax = 1_000;

    /// <summary>Tags of a review.</summary>
    public const int ReviewTagsMax = 5;

    /// <summary>The most stars of a review; the least is one.</summary>
    public const int StarsMax = 5;

    /// <summary>Users whom one user blocks, and as many favourites.</summary>
    public const int ContactsMax = 1_000;

    /// <summary>Candles that one call answers.</summary>
    public const int PriceCandlesMax = 500;

    /// <summary>Digits after the point in any amount.</summary>
    public const int ScaleMax = 8;

    /// <summary>The greatest amount that any call takes.</summary>
    public const decimal AmountMax = 1_000_000_000_000m;

    /// <summary>Bytes of an attachment.</summary>
    public const int FileBytesMax = 10 * 1024 * 1024;

    /// <summary>Bytes of a profile picture.</summary>
    public const int PictureBytesMax = 2 * 1024 * 1024;

    /// <summary>Pixels of a picture: its width times its height.</summary>
    public const int PicturePixelsMax = 40_000_000;

    /// <summary>Characters of a file's name.</summary>
    public const int FileNameCharsMax = 200;

    /// <summary>Notifications that one call marks as read by id.</summary>
    public const int NotificationIdsMax = 100;

    /// <summary>Up to here unread notifications are counted.</summary>
    public const int UnreadCountMax = 1_000;

    /// <summary>Digits of a code that is sent by e-mail.</summary>
    public const int EmailCodeDigits = 6;

    /// <summary>How long such a code is good.</summary>
    public const int EmailCodeMinutes = 15;

    /// <summary>How often one may be tried.</summary>
    public const int EmailCodeTriesMax = 5;

    /// <summary>Codes that a user is sent within an hour.</summary>
    public const int EmailCodesPerHour = 5;

    /// <summary>Characters of a webhook's address.</summary>
    public const int WebhookUrlCharsMax = 2_000;

    /// <summary>Types of events that a webhook chooses.</summary>
    public const int WebhookTypesMax = 50;

    /// <summary>How long deliveries are signed by a former secret too.</summary>
    public const int WebhookOverlapHoursMax = 72;

    /// <summary>How old a delivery's signature may be: a receiver refuses older ones, so that none can be replayed later.</summary>
    public const int WebhookToleranceSeconds = 300;

    /// <summary>The shortest time between two tests of a webhook.</summary>
    public const int WebhookTestSeconds = 10;

    /// <summary>Characters of a push subscription's endpoint.</summary>
    public const int WebPushEndpointCharsMax = 1_000;

    /// <summary>Devices of a user whose keys count at one time.</summary>
    public const int DevicesMax = 8;

    /// <summary>Entries of a user's key log; the last of them are kept for revoking.</summary>
    public const int KeyLogEntriesMax = 200;

    /// <summary>Characters of a device's name.</summary>
    public const int DeviceNameCharsMax = 50;

    /// <summary>Bytes of an envelope of an encrypted room.</summary>
    public const int EnvelopeBytesMax = 12_288;

    /// <summary>Bytes of what a message of an encrypted room says, in UTF-8.</summary>
    public const int SealedTextBytesMax = 12_000;

    /// <summary>Characters of envelopes on one page of <c>GetMessages</c>.</summary>
    public const int MessagePageCharsMax = 256 * 1024;

    /// <summary>Digits of a code of an authenticator app.</summary>
    public const int SecondFactorDigits = 6;

    /// <summary>How long such a code is shown; the one before and the one after are taken, too.</summary>
    public const int SecondFactorStepSeconds = 30;

    /// <summary>Characters of a code as it is sent, spaces and dashes included.</summary>
    public const int SecondFactorCodeCharsMax = 64;

    /// <summary>Wrong codes within <see cref="SecondFactorLockMinutes"/> after which none is taken.</summary>
    public const int SecondFactorTriesMax = 5;

    /// <summary>How long wrong codes count.</summary>
    public const int SecondFactorLockMinutes = 15;

    /// <summary>How long a secret can be confirmed.</summary>
    public const int SecondFactorSetupMinutes = 15;

    /// <summary>Recovery codes of one user.</summary>
    public const int RecoveryCodesMax = 10;

    /// <summary>Characters of a peer's name.</summary>
    public const int PeerNameCharsMax = 50;

    /// <summary>The longest time in which an invitation can be accepted.</summary>
    public const int InvitationHoursMax = 720;

    /// <summary>Invitations of one user that wait.</summary>
    public const int InvitationsPendingMax = 20;

    /// <summary>Requests to connect of one user that wait.</summary>
    public const int InvitationRequestsPendingMax = 20;

    /// <summary>Tries with a secret that fail within an hour, after which none is taken.</summary>
    public const int InvitationSecretTriesMax = 5;

    /// <summary>Tries with a locator alone that fail within an hour, after which none is taken.</summary>
    public const int InvitationLocatorTriesMax = 10;

    /// <summary>Bytes of each party's nonce.</summary>
    public const int InvitationNonceBytes = 16;

    /// <summary>Items of one peer that are not deleted.</summary>
    public const int ItemsMax = 1_000;

    /// <summary>Pictures of one item.</summary>
    public const int ItemImagesMax = 10;

    /// <summary>Peers with whom one item is shared.</summary>
    public const int ItemSharesMax = 200;

    /// <summary>Characters of an item's name.</summary>
    public const int ItemNameCharsMax = 120;

    /// <summary>Characters of an item's description.</summary>
    public const int ItemDescriptionCharsMax = 4_000;

    /// <summary>Characters of an item's category.</summary>
    public const int ItemCategoryCharsMax = 50;

    /// <summary>Characters of an item's unit.</summary>
    public const int ItemUnitCharsMax = 20;

    /// <summary>Fields of the owner's own making.</summary>
    public const int ItemFieldsMax = 20;

    /// <summary>Characters of a field's name.</summary>
    public const int ItemFieldNameCharsMax = 40;

    /// <summary>Characters of a field's value.</summary>
    public const int ItemFieldCharsMax = 200;

    /// <summary>Bytes of what a sealed item says.</summary>
    public const int SealedItemBytesMax = 16 * 1024;

    /// <summary>Keys of a sealed item in one call.</summary>
    public const int ItemKeysMax = 100;

    /// <summary>Decimals of an item's stock.</summary>
    public const int ItemStockScale = 3;

    /// <summary>The greatest stock.</summary>
    public const decimal ItemStockMax = 1_000_000_000m;

    /// <summary>Items of one table that is imported.</summary>
    public const int ItemImportLinesMax = 200;

    /// <summary>Bytes of a table that is imported.</summary>
    public const int ItemImportBytesMax = 1024 * 1024;

    /// <summary>Characters of the notes that a goods order begins with.</summary>
    public const int GoodsNotesCharsMax = 1_000;

    /// <summary>Characters of a carrier's name.</summary>
    public const int CarrierCharsMax = 60;

    /// <summary>Characters of a tracking number.</summary>
    public const int TrackingCharsMax = 100;

    /// <summary>Characters of a note on a shipment.</summary>
    public const int ShipmentNoteCharsMax = 500;

    /// <summary>Shipments of one goods order.</summary>
    public const int ShipmentsMax = 20;

    /// <summary>The most days that a seller gives themselves to fulfil.</summary>
    public const int FulfilDaysMax = 60;

    /// <summary>The days to fulfil of a seller who names none.</summary>
    public const int FulfilDays = 7;

    /// <summary>Goods orders of one export.</summary>
    public const int GoodsExportMax = 5_000;

    /// <summary>Characters of a signal's payload.</summary>
    public const int SignalCharsMax = 16_384;

    /// <summary>Seconds after its beginning in which a session can be agreed on.</summary>
    public const int SignalSeconds = 60;

    /// <summary>Seconds by which clocks may differ.</summary>
    public const int ClockSkewSeconds = 30;

    /// <summary>Candidates of one side of one session.</summary>
    public const int CandidatesMax = 50;

    /// <summary>Characters of a relayed frame.</summary>
    public const int RelayCharsMax = 26_000;
}
