using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Accounts.Merchants;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Admin.Merchants;

/// <summary>What staff do about merchants: each act once, with its audit row and its events in one transaction.</summary>
public sealed class StaffMerchantFlow(Database database, RequestLog requests, MerchantSettings settings)
{
    /// <summary>Reads what applicants say of their business, and says so in the audit log in the same transaction.</summary>
    public Task<Page<StaffMerchantApplication>> Applications(
        StaffCaller staff, ListMerchantApplicationsRequest request, CancellationToken cancellation)
    {
        var status = request.Status ?? MerchantApplicationStatus.Open;
        if (status == MerchantApplicationStatus.Unknown)
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such status.", ("path", "status"));
        }

        var size = ListPage.Size(request.Limit);
        var after = ListPage.Id(request.Cursor);
        return database.Write(
            async tx =>
            {
                var rows = (await MerchantSql.List(tx, status.ToString(), after, size + 1)).ToList();
                var users = (await MerchantSql.FactsOf(tx, [.. rows.Select(row => row.UserId).Distinct()])).ToDictionary(user => user.UserId);
                await StaffSql.Audit(tx, staff.Actor, "merchant.read", "applications", null, null, null);
                return new Page<StaffMerchantApplication>
                {
                    Items = [.. rows.Take(size).Select(row => View(row, users[row.UserId]))],
                    NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Id) : null,
                };
            },
            cancellation);
    }

    public Task<MerchantDecisionReply> Decide(StaffCaller staff, DecideMerchantApplicationRequest request, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A decision's reason");
        return requests.Once(staff.Caller, nameof(IStaffMerchantCalls.DecideMerchantApplication), request, async change =>
        {
            var application = await MerchantSql.Find(change.Tx, request.ApplicationId) ?? throw NotFound("application");
            RefuseOwn(staff, application.UserId);

            // The profile's lock comes first, as when its owner applies or takes back; only then the status is good.
            await MerchantSql.Lock(change.Tx, application.UserId);
            var (status, at) = (request.Approve ? MerchantApplicationStatus.Approved : MerchantApplicationStatus.Declined, await change.Now());
            if (await MerchantSql.End(change.Tx, application.Id, status.ToString(), staff.Actor.Name, why, at) == 0)
            {
                throw new Refused(ErrorCodes.WrongStatus, "This application is not open any more.");
            }

            var target = await Target(change.Tx, application.UserId);
            if (request.Approve)
            {
                target = await StaffActs.SetMerchant(change, staff.Actor, target, true, why);
            }
            else
            {
                await StaffSql.Audit(change.Tx, staff.Actor, "merchant.decline", target.Name, "applied", "declined", why);
            }

            change.Tell(MerchantEvents.Of(application.UserId, application.Id, status));
            return new MerchantDecisionReply
            {
                ApplicationId = application.Id,
                Status = status,
                UserId = application.UserId,
                IsMerchant = target.IsMerchant == true,
            };
        }, cancellation);
    }

    public async Task<Page<MerchantReview>> Reviews(ListMerchantReviewsRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var after = ListPage.Number(request.Cursor);
        var rows = (await database.Read(tx => MerchantSql.ToReview(tx, after, size + 1), cancellation)).ToList();
        return new Page<MerchantReview>
        {
            Items =
            [
                .. rows.Take(size).Select(row => new MerchantReview
                {
                    UserId = row.UserId,
                    Username = row.Username,
                    Requirements = MerchantRules.Requirements(row, settings),
                    ProposedAt = row.ProposedAt ?? row.Now,
                }),
            ],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].UserId) : null,
        };
    }

    public Task<StaffUserReply> Keep(StaffCaller staff, StaffUserRequest request, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(request.Reason, "A reason");
        return requests.Once(staff.Caller, nameof(IStaffMerchantCalls.KeepMerchant), request, async change =>
        {
            var target = await Target(change.Tx, request.UserId);
            RefuseOwn(staff, target.UserId);
            var until = (await change.Now()).AddDays(settings.KeptDays);
            if (target.IsMerchant != true || await MerchantSql.Keep(change.Tx, target.UserId, until) == 0)
            {
                throw NotFound("merchant to look at");
            }

            await StaffSql.Audit(change.Tx, staff.Actor, "merchant.keep", target.Name, null, $"kept until {WireJson.Spell(until)}", why);
            return new StaffUserReply
            {
                UserId = target.UserId,
                IsVerified = target.IsVerified == true,
                IsMerchant = true,
                IsSuspended = target.IsSuspended,
            };
        }, cancellation);
    }

    private StaffMerchantApplication View(MerchantApplicationRow row, MerchantFacts user) => new()
    {
        Application = row.View,
        UserId = row.UserId,
        Username = user.Username,
        IsMerchant = user.IsMerchant,
        Requirements = MerchantRules.Requirements(user, settings),
        DecidedBy = row.DecidedBy,
    };

    private static async Task<StaffTarget> Target(Tx tx, long userId) => await StaffSql.FindById(tx, userId) ?? throw NotFound("user");

    private static void RefuseOwn(StaffCaller staff, long userId)
    {
        if (userId == staff.Caller.UserId)
        {
            throw new Refused(ErrorCodes.OwnAccount, "Nobody acts on their own account: ask a colleague.");
        }
    }

    private static Refused NotFound(string what) => new(ErrorCodes.NotFound, $"There is no such {what}.");
}
