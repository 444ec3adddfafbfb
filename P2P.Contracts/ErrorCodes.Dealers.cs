namespace P2P.Contracts;

/// <content>Codes of the dealers' network.</content>
public static partial class ErrorCodes
{
    /// <summary>The caller has not joined the dealers' network: call <c>JoinNetwork</c>. Door: nothing is stored.</summary>
    public const string NotAPeer = "NOT_A_PEER";

    /// <summary>
    /// No invitation can be used like that: there is none with this locator, the secret is another, it was used or revoked, its time is over, or one
    /// of the two blocks the other. All of them read the same.
    /// </summary>
    public const string InvitationNotFound = "INVITATION_NOT_FOUND";

    /// <summary>Too many wrong locators or secrets. Details: <c>until</c>. Door: nothing is stored.</summary>
    public const string TooManyTries = "TOO_MANY_TRIES";

    /// <summary>The two are connected already.</summary>
    public const string AlreadyConnected = "ALREADY_CONNECTED";

    /// <summary>The caller sees this, and the access that the caller has is not enough for it. Details: <c>access</c>.</summary>
    public const string AccessRequired = "ACCESS_REQUIRED";

    /// <summary>The item's currency is no asset of the ledger: nothing can be held in escrow, and nothing disputed or refunded here.</summary>
    public const string NoEscrow = "NO_ESCROW";

    /// <summary>
    /// The item is sealed: its price is changed by its owner with all the rest (<c>UpdateItem</c>); or it has pictures, which are open or sealed as the
    /// item was.
    /// </summary>
    public const string ItemSealed = "ITEM_SEALED";

    /// <summary>The item is sealed, so that the server does not know its price: say at which one it is ordered.</summary>
    public const string PriceRequired = "PRICE_REQUIRED";

    /// <summary>Nobody orders their own item.</summary>
    public const string OwnItem = "OWN_ITEM";

    /// <summary>Something was sent already: it is no longer one party's to call off.</summary>
    public const string AlreadySent = "ALREADY_SENT";
}
