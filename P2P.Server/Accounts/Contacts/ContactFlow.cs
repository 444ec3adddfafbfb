using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Contacts;

/// <summary>Whom a user blocks or favours.</summary>
public sealed class ContactFlow(Database database, RequestLog requests)
{
    /// <summary>Holds the other so from now on, whatever held before.</summary>
    public Task<ContactReply> Hold(Caller caller, string call, ContactRequest request, ContactKind kind, CancellationToken cancellation)
    {
        ContactRules.Check(caller, request);
        return requests.Once(caller, call, request, change => Hold(change, caller, request.ProfileId, kind), cancellation);
    }

    /// <summary>Ends it, if the other is held so.</summary>
    public Task<ContactReply> End(Caller caller, string call, ContactRequest request, ContactKind kind, CancellationToken cancellation)
    {
        ContactRules.Check(caller, request);
        return requests.Once(caller, call, request, change => End(change, caller, request.ProfileId, kind), cancellation);
    }

    public async Task<Page<ContactView>> List(
        Caller caller, ListContactsRequest request, ContactKind kind, CancellationToken cancellation)
    {
        var limit = ListPage.Size(request.Limit);
        var after = ContactRules.After(kind, request.Cursor);
        var rows = (await database.Read(tx => ContactSql.List(tx, caller.UserId, kind, after, limit + 1), cancellation)).ToList();
        return new Page<ContactView>
        {
            Items = [.. rows.Take(limit).Select(ViewOf)],
            NextCursor = rows.Count > limit ? ContactRules.Cursor(kind, rows[limit - 1]) : null,
        };
    }

    private static async Task<ContactReply> Hold(Change change, Caller caller, long otherId, ContactKind kind)
    {
        var present = await Present(change.Tx, caller, otherId);
        if (ContactRules.CannotHold(kind, present, await ContactSql.Count(change.Tx, caller.UserId, kind)) is { } reason)
        {
            throw new Refused(reason);
        }

        if (present != kind)
        {
            await ContactSql.Save(change.Tx, caller.UserId, otherId, kind, await change.Now());
        }

        return new ContactReply { ProfileId = otherId, Kind = kind };
    }

    private static async Task<ContactReply> End(Change change, Caller caller, long otherId, ContactKind kind)
    {
        var present = await Present(change.Tx, caller, otherId);
        if (present == kind)
        {
            await ContactSql.Delete(change.Tx, caller.UserId, otherId);
            present = null;
        }

        return new ContactReply { ProfileId = otherId, Kind = present };
    }

    /// <summary>How the caller holds the other, under the lock of the caller's own profile.</summary>
    private static async Task<ContactKind?> Present(Tx tx, Caller caller, long otherId)
    {
        _ = await ContactSql.LockOwner(tx, caller.UserId) ?? throw new Refused(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined);
        return await ContactSql.ProfileExists(tx, otherId)
            ? await ContactSql.Kind(tx, caller.UserId, otherId)
            : throw new Refused(ErrorCodes.NotFound, "There is no such profile.");
    }

    private static ContactView ViewOf(ContactRow row) => new()
    {
        ProfileId = row.OtherId,
        Username = row.Username,
        IsVerified = row.IsVerified,
        IsMerchant = row.IsMerchant,
        Since = row.At,
    };
}
