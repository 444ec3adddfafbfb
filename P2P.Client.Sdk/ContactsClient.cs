using P2P.Client.Sdk.Generated;
using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Client.Sdk;

/// <summary>
/// Whom the user blocks or favours; nobody is told of it. What changes something does so once, because every repeat carries the same request
/// id, and doing it twice changes nothing.
/// </summary>
public sealed class ContactsClient
{
    private readonly IDealHubProxy _hub;

    internal ContactsClient(IDealHubProxy hub) => _hub = hub;

    /// <summary>Blocks a user: neither of the two finds, sees or takes the other's ads any more. Open orders go on.</summary>
    /// <param name="profileId">Whom.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ContactReply> BlockAsync(long profileId, CancellationToken cancellationToken = default) =>
        _hub.BlockUser(For(profileId), cancellationToken);

    /// <summary>Ends a block; without one it does nothing.</summary>
    /// <param name="profileId">Whose.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ContactReply> UnblockAsync(long profileId, CancellationToken cancellationToken = default) =>
        _hub.UnblockUser(For(profileId), cancellationToken);

    /// <summary>Whom the user blocks, newest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<ContactView>> ListBlockedAsync(int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListBlockedUsers(new ListContactsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Makes a user a favourite, by whose ads <see cref="Contracts.Trading.ListAdsRequest.FavouritesOnly"/> filters.</summary>
    /// <param name="profileId">Whom.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ContactReply> FavouriteAsync(long profileId, CancellationToken cancellationToken = default) =>
        _hub.FavouriteUser(For(profileId), cancellationToken);

    /// <summary>Ends a favourite; without one it does nothing.</summary>
    /// <param name="profileId">Whose.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change happened is then unknown.</param>
    public Task<ContactReply> UnfavouriteAsync(long profileId, CancellationToken cancellationToken = default) =>
        _hub.UnfavouriteUser(For(profileId), cancellationToken);

    /// <summary>The user's favourites, newest first.</summary>
    /// <param name="limit">Rows on the page, 1 to 100; 20 when left out.</param>
    /// <param name="cursor">The former page's <see cref="Page{T}.NextCursor"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Page<ContactView>> ListFavouritesAsync(
        int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _hub.ListFavourites(new ListContactsRequest { Limit = limit, Cursor = cursor }, cancellationToken);

    private static ContactRequest For(long profileId) => new() { RequestId = Guid.CreateVersion7(), ProfileId = profileId };
}
