using P2P.Db;
using P2P.Server.Accounts.Profiles;

namespace P2P.Server.Deals.Reviews;

/// <summary>Keeps the reputations true, and reads what orders tell of a user.</summary>
public sealed class ReputationFlow(Database database)
{
    private const int UsersMax = 50;
    private const int RoundsMax = 20;
    private const int RecordOrdersMax = 2_000;

    // The longest time of an order (payment window, extension, release, dispute) on top of the 90 days.
    private static readonly TimeSpan RecordSpan = TimeSpan.FromDays(90 + 30);

    /// <summary>Computes every score anew that an order or a review made stale; what is left over comes with the next sweep.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Sweep(CancellationToken cancellation)
    {
        var (all, last) = (0, UsersMax);
        for (var round = 0; round < RoundsMax && last == UsersMax; round++)
        {
            last = await database.Write(Round, cancellation);
            all += last;
        }

        return all;
    }

    /// <summary>What a user's orders tell.</summary>
    public async Task<TradeRecord> Record(long userId, CancellationToken cancellation) =>
        await database.Read(
            tx => ReputationSql.Record(tx, userId, Guid.CreateVersion7(DateTimeOffset.UtcNow - RecordSpan), RecordOrdersMax), cancellation)
        ?? throw new InvalidOperationException("An aggregate has no row.");

    /// <summary>
    /// The rows are locked before the orders and reviews are read: a review that is not seen here waits for the lock and makes the score stale again.
    /// </summary>
    private static async Task<int> Round(Tx tx)
    {
        if (!await ReputationSql.TryLead(tx))
        {
            return 0;
        }

        var due = (await ReputationSql.Due(tx, UsersMax)).OrderBy(one => one.UserId).ToList();
        if (due.Count == 0)
        {
            return 0;
        }

        long[] userIds = [.. due.Select(one => one.UserId)];
        await ReputationSql.Lock(tx, userIds);
        var trades = (await ReputationSql.Trades(tx, userIds, ReputationRules.OrdersMax)).ToLookup(row => row.UserId, row => row.Group);
        Reputation[] scores = [.. userIds.Select(userId => ReputationRules.Of(trades[userId]))];
        await ReputationSql.Save(
            tx,
            userIds,
            [.. scores.Select(one => one.Score)],
            [.. scores.Select(one => one.Partners)],
            [.. due.Select(one => one.Counted)]);
        return due.Count;
    }
}
