using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Db;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.Staff;
using P2P.Server.Admin.Orders;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger;
using P2P.Server.Realtime.Presence;
using P2P.Server.Realtime.Replica;

namespace P2P.Server.Admin.Users;

/// <summary>What staff read of users.</summary>
public sealed class StaffUserFlow(Database database, ReplicaReads reads, PresenceBoard presence)
{
    private const int SuspensionsMax = 20;

    public async Task<Page<StaffUserRow>> Search(Caller caller, SearchUsersRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var search = new UserSearch
        {
            Pattern = ProfileSearchFlow.Pattern(request.Search),
            UserId = request.UserId,
            Sub = AdminText.Key(request.Sub, "sub"),
            IsVerified = request.IsVerified,
            IsMerchant = request.IsMerchant,
            IsSuspended = request.IsSuspended,
            After = ListPage.Number(request.Cursor),
            RowsMax = size + 1,
        };
        var rows = (await reads.Read(caller, tx => StaffUserSql.Search(tx, search), cancellation)).ToList();
        return new Page<StaffUserRow>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].UserId) : null,
        };
    }

    /// <summary>Reads private fields, and says so in the audit log in the same transaction: without the row there is no answer.</summary>
    public Task<UserDossier> Get(StaffCaller staff, GetUserRequest request, CancellationToken cancellation) =>
        database.Write(
            async tx =>
            {
                var user = await StaffUserSql.Find(tx, request.UserId)
                    ?? throw new Refused(ErrorCodes.NotFound, "There is no such user.");
                var profile = await ProfileSql.Find(tx, request.UserId);
                var dossier = new UserDossier
                {
                    User = user,
                    PhoneNumber = profile?.PhoneNumber,
                    Email = profile?.Email,
                    ConsentedVersion = profile?.ConsentedVersion,
                    LastActiveAt = profile?.LastActiveAt,
                    IsOnline = presence.IsOnline(request.UserId),
                    CoolingDownUntil = profile?.CoolingDownUntil,
                    FirstTradeAt = profile?.FirstTradeAt,
                    Suspensions = [.. await StaffUserSql.Suspensions(tx, request.UserId, SuspensionsMax)],
                    OpenOrders = [.. await StaffOrderSql.OpenOf(tx, request.UserId, Limits.PageSizeMax)],
                    Balances = [.. (await WalletSql.Balances(tx, [request.UserId])).Select(BalanceOf)],
                };
                await StaffSql.Audit(tx, staff.Actor, "user.read", $"user:{request.UserId}", null, null, null);
                return dossier;
            },
            cancellation);

    private static Balance BalanceOf(BalanceRow row) => new()
    {
        Asset = row.Asset,
        Available = row.Available,
        InEscrow = row.InEscrow,
        InWithdrawal = row.InWithdrawal,
    };
}
