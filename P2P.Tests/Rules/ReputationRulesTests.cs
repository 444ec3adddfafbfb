using FsCheck.Fluent;
using P2P.Server.Deals.Reviews;
using P2P.Tests.Support;

namespace P2P.Tests.Rules;

/// <summary>The formula of docs/reputation.md: what it must never do, whatever the orders.</summary>
public sealed class ReputationRulesTests
{
    private const int Cases = 2_000;

    [Test]
    public void The_examples_of_the_document_are_true()
    {
        var text = File.ReadAllText(Path.Combine(Shape.Sources.Root, "docs", "reputation.md"));
        (string Words, decimal? Score)[] examples =
        [
            ("3 partners, one order each, five stars", Score(Each(partners: 3, orders: 1, stars: 5))),
            ("5 partners, one order each, five stars", Score(Each(partners: 5, orders: 1, stars: 5))),
            ("20 partners, one order each, five stars", Score(Each(partners: 20, orders: 1, stars: 5))),
            ("3 partners, 45 orders each, five stars", Score(Each(partners: 3, orders: 45, stars: 5))),
            ("20 partners, one order each, no reviews", Score(Each(partners: 20, orders: 1, stars: null))),
            ("20 partners, one order each, four stars", Score(Each(partners: 20, orders: 1, stars: 4))),
            ("20 partners with five stars, and 5 lapses with others", Score([.. Each(20, 1, 5), .. Each(5, 1, 0, from: 100)])),
        ];
        foreach (var (words, score) in examples)
        {
            text.ShouldContain(FormattableString.Invariant($"| {words} | {score:0.00} |"));
        }
    }

    [Test]
    public void Nobody_has_a_score_before_three_distinct_partners()
    {
        Score([]).ShouldBeNull();
        Score(Each(partners: 1, orders: 45, stars: 5)).ShouldBeNull();
        Score(Each(partners: 2, orders: 500, stars: 5)).ShouldBeNull();
        Score(Each(partners: 3, orders: 1, stars: 5)).ShouldNotBeNull();
        ReputationRules.Of(Each(partners: 2, orders: 9, stars: 5)).Partners.ShouldBe(2);

        // Who merely let orders come to nothing is no partner.
        Score([.. Each(partners: 2, orders: 1, stars: 5), .. Each(partners: 9, orders: 1, stars: 0, from: 100)]).ShouldBeNull();
    }

    [Test]
    public void Five_partners_are_worth_more_than_forty_five_orders_with_three()
    {
        Score(Each(partners: 3, orders: 45, stars: 5))!.Value.ShouldBeLessThan(Score(Each(partners: 5, orders: 1, stars: 5))!.Value);

        // However many the orders: the sum of 1/k² is bounded.
        Score(Each(partners: 3, orders: 100_000, stars: 5))!.Value.ShouldBeLessThan(Score(Each(partners: 5, orders: 1, stars: 5))!.Value);
    }

    [Test]
    public void A_score_lies_between_0_and_100_and_starts_from_the_prior() => Hold((orders, _) =>
    {
        if (Score(orders) is { } score)
        {
            score.ShouldBeInRange(0, 100);
            decimal.Round(score, 2).ShouldBe(score);
        }
    });

    [Test]
    public void A_better_review_never_lowers_a_score() => Hold((orders, i) =>
    {
        if (orders.Count == 0 || orders[i % orders.Count].Stars is not (> 0 and < 5))
        {
            return;
        }

        var better = orders.ToList();
        better[i % orders.Count] = better[i % orders.Count] with { Stars = better[i % orders.Count].Stars + 1 };
        Compare(orders, better).ShouldBeLessThanOrEqualTo(0);
    });

    [Test]
    public void A_good_order_more_never_lowers_a_score_and_a_bad_one_never_raises_it() => Hold((orders, i) =>
    {
        foreach (var partner in (long[])[i % 6, 1_000])
        {
            Compare(orders, [.. orders, Order(partner, stars: 5)]).ShouldBeLessThanOrEqualTo(0);
            Compare(orders, [.. orders, Order(partner, stars: null)]).ShouldBeLessThanOrEqualTo(0);
            Compare(orders, [.. orders, Order(partner, stars: 1)]).ShouldBeGreaterThanOrEqualTo(0);
            Compare(orders, [.. orders, Order(partner, stars: 0)]).ShouldBeGreaterThanOrEqualTo(0);
        }
    });

    [Test]
    public void A_good_order_with_a_new_partner_is_worth_at_least_as_much_as_one_with_a_former() => Hold((orders, i) =>
        Compare([.. orders, Order(i % 6, stars: 5)], [.. orders, Order(1_000, stars: 5)]).ShouldBeLessThanOrEqualTo(0));

    [Test]
    public void The_order_of_rows_and_how_they_are_grouped_do_not_matter() => Hold((orders, i) =>
    {
        var random = new Random(i);
        var shuffled = orders.OrderBy(_ => random.Next()).ToList();
        var grouped = orders
            .GroupBy(order => (order.PartnerId, order.Stars, order.IsCompleted))
            .Select(group => group.First() with { Count = group.Count() });
        ReputationRules.Of(shuffled).ShouldBe(ReputationRules.Of(orders));
        ReputationRules.Of(grouped).ShouldBe(ReputationRules.Of(orders));
    });

    /// <summary>Below zero when the second is the better; 0 also where one of them has no score yet.</summary>
    private static int Compare(IEnumerable<TradeGroup> one, IEnumerable<TradeGroup> other) =>
        (Score(one), Score(other)) is ({ } first, { } second) ? first.CompareTo(second) : 0;

    private static decimal? Score(IEnumerable<TradeGroup> orders) => ReputationRules.Of(orders).Score;

    private static TradeGroup Order(long partner, int? stars) => new()
    {
        PartnerId = partner,
        Stars = stars,
        IsCompleted = stars != 0,
        Count = 1,
    };

    private static IReadOnlyList<TradeGroup> Each(int partners, int orders, int? stars, int from = 0) =>
        [.. Enumerable.Range(from, partners).Select(partner => Order(partner, stars) with { Count = orders })];

    private static void Hold(Action<IReadOnlyList<TradeGroup>, int> property)
    {
        var order = from partner in Gen.Choose(0, 5)
                    from stars in Gen.Choose(-1, 5)
                    select Order(partner, stars < 0 ? null : stars);
        var cases = from count in Gen.Choose(0, 40)
                    from orders in Gen.ListOf(order, count)
                    from i in Gen.Choose(0, 10_000)
                    select ((IReadOnlyList<TradeGroup>)[.. orders], i);
        Properties.Hold(TestContext.CurrentContext.Test.Name, cases, Cases, one => property(one.Item1, one.i));
    }
}
