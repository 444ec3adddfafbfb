namespace P2P.Server.Deals.Reviews;

/// <summary>Ended orders of one user with one partner that went equally well.</summary>
public sealed record TradeGroup
{
    public required long PartnerId { get; init; }

    /// <summary>What the partner gave, 1 to 5; 0 for an order that the user let come to nothing; null when the partner said nothing.</summary>
    public int? Stars { get; init; }

    /// <summary>The orders were released.</summary>
    public required bool IsCompleted { get; init; }

    public required int Count { get; init; }
}

/// <summary>A user's reputation.</summary>
/// <param name="Score">0 to 100 with two decimals; null before three distinct partners.</param>
/// <param name="Partners">Distinct partners of completed orders.</param>
public readonly record struct Reputation(decimal? Score, int Partners);

/// <summary>
/// The published formula of docs/reputation.md. An order is worth 0 (came to nothing by the user's doing, or one star) to 1 (five stars, or no
/// complaint). With each partner the orders are taken worst first, and the k-th counts 1/k², so that no number of orders with one partner counts
/// more than 1.65, and praise never covers up a complaint of the same partner. An order of which the partner said nothing counts a quarter. The
/// score is the mean, in percent, of all these and of five imagined orders worth 0.6. There is none before three distinct partners.
/// </summary>
public static class ReputationRules
{
    /// <summary>Distinct partners before there is a score.</summary>
    public const int PartnersMin = 3;

    /// <summary>The newest ended orders that count.</summary>
    public const int OrdersMax = 1_000;

    private const decimal PriorWeight = 5;
    private const decimal PriorWorth = 0.6m;
    private const decimal SilentWeight = 0.25m;
    private const int StarsMax = 5;

    public static Reputation Of(IEnumerable<TradeGroup> orders)
    {
        var (weights, worth, partners) = (PriorWeight, PriorWeight * PriorWorth, 0);
        foreach (var partner in orders.GroupBy(order => order.PartnerId))
        {
            partners += partner.Any(order => order.IsCompleted) ? 1 : 0;
            var k = 0;

            // Five stars and silence are worth the same; the one that weighs more comes first.
            foreach (var group in partner.OrderBy(order => WorthOf(order.Stars)).ThenByDescending(order => WeightOf(order.Stars)))
            {
                for (var i = 0; i < group.Count; i++)
                {
                    k++;
                    var weight = WeightOf(group.Stars) / ((decimal)k * k);
                    weights += weight;
                    worth += weight * WorthOf(group.Stars);
                }
            }
        }

        return new Reputation(
            partners < PartnersMin ? null : decimal.Round(100 * worth / weights, 2, MidpointRounding.ToEven), partners);
    }

    private static decimal WorthOf(int? stars) => stars switch
    {
        null => 1,
        <= 1 => 0,
        { } given => (given - 1m) / (StarsMax - 1),
    };

    private static decimal WeightOf(int? stars) => stars is null ? SilentWeight : 1;
}
