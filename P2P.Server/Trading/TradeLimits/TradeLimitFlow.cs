using P2P.Contracts.Trading;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Server.Trading.TradeLimits;

/// <summary>Tells users how much they may trade, and what they have used of it.</summary>
public sealed class TradeLimitFlow(Database database, OrderLimits limits)
{
    public Task<MyLimits> Mine(Caller caller, CancellationToken cancellation) => database.Snapshot(
        async tx =>
        {
            var facts = await TradeLimitSql.Of(tx, caller.UserId)
                ?? throw new InvalidOperationException($"User {caller.UserId} has no profile or no standing.");
            var level = TradeLimitRules.LevelOf(facts.IsVerified, facts.IsMerchant);
            return new MyLimits
            {
                Level = level,
                Currencies = [.. (await TradeLimitSql.All(tx)).Select(row => TradeLimitRules.Of(row, level, facts.DayVolume, facts.Now))],
                OpenOrders = facts.OpenAsTaker,
                OpenOrdersMax = limits.OpenOrdersMax,
                UnpaidOrders = facts.UnpaidAsTaker,
                UnpaidOrdersMax = limits.UnpaidOrdersMax,
                CoolingDownUntil = facts.CoolingDownUntil > facts.Now ? facts.CoolingDownUntil : null,
                NextCoolDownHours = CoolDownLadder.NextHours(facts.CoolDowns, facts.CoolDownAt, facts.Now, limits),
            };
        },
        cancellation);
}
