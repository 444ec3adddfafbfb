namespace P2P.Server.Core.Hubs;

/// <summary>How much each user has called lately, on all connections to this node together.</summary>
public sealed class UserRates(LimitSettings limits)
{
    private readonly RateTable<(long UserId, RateClass Class)> _calls = new(key => RateOf(limits, key.Class));

    /// <summary>Counts a call: 0 when it is within the rate, else the milliseconds after which it would be.</summary>
    public int Take(long userId, RateClass rateClass) => rateClass == RateClass.Free ? 0 : _calls.Take((userId, rateClass));

    private static Rate RateOf(LimitSettings limits, RateClass rateClass) => rateClass switch
    {
        RateClass.Change => limits.Changes,
        RateClass.Search => limits.Searches,
        RateClass.Events => limits.Events,
        RateClass.Messages => limits.Messages,
        RateClass.Receipts => limits.Receipts,
        RateClass.Signals => limits.Signals,
        RateClass.Relay => limits.Relay,
        RateClass.Read or RateClass.Free => limits.Reads,
        _ => throw new ArgumentOutOfRangeException(nameof(rateClass)),
    };
}
