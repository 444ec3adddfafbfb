using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Merchants;

/// <summary>A user's way to being a merchant.</summary>
public sealed class MerchantFlow(Database database, RequestLog requests, MerchantSettings settings)
{
    private const int RowsMax = 500;

    public Task<MerchantStatus> Status(Caller caller, CancellationToken cancellation) =>
        database.Read(tx => Status(tx, caller.UserId), cancellation);

    public Task<MerchantStatus> Apply(Caller caller, ApplyForMerchantRequest request, CancellationToken cancellation)
    {
        var clean = MerchantRules.Clean(request);
        return Once(caller, nameof(IMerchantCalls.ApplyForMerchant), request, async change =>
        {
            var (user, newest) = await Read(change.Tx, caller.UserId);
            if (MerchantRules.CannotApply(user, newest, settings).FirstOrDefault() is { } reason)
            {
                throw new Refused(reason);
            }

            var id = Ids.New();
            await MerchantSql.Insert(change.Tx, id, caller.UserId, clean, await change.Now());
            change.Tell(MerchantEvents.Of(caller.UserId, id, MerchantApplicationStatus.Open));
        }, cancellation);
    }

    public Task<MerchantStatus> Withdraw(Caller caller, WithdrawMerchantApplicationRequest request, CancellationToken cancellation) =>
        Once(caller, nameof(IMerchantCalls.WithdrawMerchantApplication), request, async change =>
        {
            var (_, newest) = await Read(change.Tx, caller.UserId);
            if (newest is not { Status: MerchantApplicationStatus.Open })
            {
                throw new Refused(ErrorCodes.NotFound, "There is no open application.");
            }

            await MerchantSql.End(change.Tx, newest.Id, nameof(MerchantApplicationStatus.Withdrawn), null, null, await change.Now());
            change.Tell(MerchantEvents.Of(caller.UserId, newest.Id, MerchantApplicationStatus.Withdrawn));
        }, cancellation);

    /// <summary>Proposes to look at merchants who no longer meet the requirements, and takes back what needs no look any more.</summary>
    public Task Sweep(CancellationToken cancellation) => database.Write(
        async tx =>
        {
            var (proposed, last) = (0, 0L);
            if (!await MerchantSql.TryLead(tx))
            {
                return proposed;
            }

            while (true)
            {
                var rows = (await MerchantSql.Merchants(tx, last, RowsMax)).ToList();
                var due = rows.ToLookup(row => row.IsMerchant && !MerchantRules.MeetsAll(row, settings));
                proposed += await MerchantSql.Propose(tx, [.. due[true].Where(row => row.ProposedAt is null).Select(row => row.UserId)]);
                await MerchantSql.TakeBack(tx, [.. due[false].Where(row => row.ProposedAt is not null).Select(row => row.UserId)]);
                if (rows.Count < RowsMax)
                {
                    return proposed;
                }

                last = rows[^1].UserId;
            }
        },
        cancellation);

    private Task<MerchantStatus> Once(Caller caller, string call, IChange request, Func<Change, Task> work, CancellationToken cancellation) =>
        requests.Once(
            caller,
            call,
            request,
            async change =>
            {
                if (!await MerchantSql.Lock(change.Tx, caller.UserId))
                {
                    throw NotJoined();
                }

                await work(change);
                return await Status(change.Tx, caller.UserId);
            },
            cancellation);

    private async Task<MerchantStatus> Status(Tx tx, long userId)
    {
        var (user, newest) = await Read(tx, userId);
        return new MerchantStatus
        {
            IsMerchant = user.IsMerchant,
            Requirements = MerchantRules.Requirements(user, settings),
            CannotApplyBecause = [.. MerchantRules.CannotApply(user, newest, settings)],
            Application = newest?.View,
        };
    }

    private static async Task<(MerchantFacts User, MerchantApplicationRow? Newest)> Read(Tx tx, long userId) =>
        (await MerchantSql.FactsOf(tx, userId) ?? throw NotJoined(), await MerchantSql.Newest(tx, userId));

    private static Refused NotJoined() => new(ErrorCodes.NotJoinedP2P, "You have not joined P2P trading yet.");
}
