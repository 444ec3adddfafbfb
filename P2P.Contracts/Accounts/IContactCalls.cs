namespace P2P.Contracts.Accounts;

/// <summary>Whom a user blocks or favours. Nobody is told of it.</summary>
public interface IContactCalls
{
    /// <summary>
    /// Blocks a user: neither of the two finds, sees or takes the other's ads any more; to both they are as if they were not there. Open orders
    /// go on. A live book is the same for everyone and still names them. Blocking ends a favourite; blocking twice changes nothing.
    /// </summary>
    /// <remarks>Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, QUOTA_EXCEEDED.</remarks>
    Task<ContactReply> BlockUser(ContactRequest request);

    /// <summary>Ends a block; without one it does nothing.</summary>
    /// <remarks>Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.</remarks>
    Task<ContactReply> UnblockUser(ContactRequest request);

    /// <summary>Whom the caller blocks, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<ContactView>> ListBlockedUsers(ListContactsRequest request);

    /// <summary>Makes a user a favourite, by whose ads lists can be filtered.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND, USER_BLOCKED, QUOTA_EXCEEDED.
    /// </remarks>
    Task<ContactReply> FavouriteUser(ContactRequest request);

    /// <summary>Ends a favourite; without one it does nothing.</summary>
    /// <remarks>Codes: BAD_INPUT (also for oneself), RATE_LIMITED, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, NOT_FOUND.</remarks>
    Task<ContactReply> UnfavouriteUser(ContactRequest request);

    /// <summary>The caller's favourites, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<ContactView>> ListFavourites(ListContactsRequest request);
}
