using P2P.Contracts;
using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<ContactReply> BlockUser(ContactRequest request) =>
        desk.Flows.Contacts.Hold(Caller, nameof(BlockUser), request, ContactKind.Blocked, Aborted);

    public Task<ContactReply> UnblockUser(ContactRequest request) =>
        desk.Flows.Contacts.End(Caller, nameof(UnblockUser), request, ContactKind.Blocked, Aborted);

    public Task<Page<ContactView>> ListBlockedUsers(ListContactsRequest request) =>
        desk.Flows.Contacts.List(Caller, request, ContactKind.Blocked, Aborted);

    public Task<ContactReply> FavouriteUser(ContactRequest request) =>
        desk.Flows.Contacts.Hold(Caller, nameof(FavouriteUser), request, ContactKind.Favourite, Aborted);

    public Task<ContactReply> UnfavouriteUser(ContactRequest request) =>
        desk.Flows.Contacts.End(Caller, nameof(UnfavouriteUser), request, ContactKind.Favourite, Aborted);

    public Task<Page<ContactView>> ListFavourites(ListContactsRequest request) =>
        desk.Flows.Contacts.List(Caller, request, ContactKind.Favourite, Aborted);
}
