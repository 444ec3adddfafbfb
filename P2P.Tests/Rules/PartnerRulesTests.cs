using P2P.Contracts.Trading;
using P2P.Server.Trading.CryptoOrders;
using static P2P.Tests.Rules.OrderFixtures;

namespace P2P.Tests.Rules;

/// <summary>What calls for care with a partner, and whether two names are one person's.</summary>
public sealed class PartnerRulesTests
{
    [TestCase("Alice Wanjiru", "ALICE  WANJIRU", true)]
    [TestCase("Wanjiru, Alice", "Alice Wanjiru", true)]
    [TestCase("Mrs. Alice Wanjiru", "alice wanjiru", true)]
    [TestCase("José Ángel Muñoz", "Jose Angel Munoz", true)]
    [TestCase("Jürgen Groß", "JURGEN GROSS", true)]
    [TestCase("Søren Łukasz", "Soren Lukasz", true)]
    [TestCase("Sinéad O'Brien", "Sinead OBrien", true)]
    [TestCase("Alice Njeri Wanjiru", "Alice Wanjiru", true)]
    [TestCase("Alice N. Wanjiru", "Alice Njeri Wanjiru", true)]
    [TestCase("Cher", "CHER", true)]
    [TestCase("Shop 9", "shop_9", true)]
    [TestCase("Shop 9", "Shop 8", false)]
    [TestCase("Анна Петрова", "АННА ПЕТРОВА", true)]
    [TestCase("Alice Wanjiru", "Alice Kamau", false)]
    [TestCase("Alice", "Alice Wanjiru", false)]
    [TestCase("A Wanjiru", "Alice Wanjiru", false)]
    [TestCase("A W", "Alice Wanjiru", false)]
    [TestCase("Alice B. Wanjiru", "Alice Njeri Wanjiru", false)]
    [TestCase("Alice Njeri", "Njeri Wanjiru", false)]
    [TestCase("Mr", "Mr", false)]
    [TestCase("...", "...", false)]
    [TestCase("", "", false)]
    [TestCase("Acme Ltd", "Acme Limited", false)]
    public void Names_agree_but_for_spelling(string one, string other, bool same)
    {
        PayerNameRules.AreSame(one, other).ShouldBe(same);
        PayerNameRules.AreSame(other, one).ShouldBe(same);
    }

    [Test]
    public void The_payer_is_compared_with_every_account_of_the_buyer()
    {
        string[] known = ["Bob Otieno", "Alice Wanjiru"];
        PayerNameRules.Compare("WANJIRU ALICE", known)
            .ShouldBe(new PayerView { Name = "WANJIRU ALICE", KnownName = "Alice Wanjiru", Match = PayerMatch.Matches });
        PayerNameRules.Compare("Carol Mwangi", known)
            .ShouldBe(new PayerView { Name = "Carol Mwangi", KnownName = "Bob Otieno", Match = PayerMatch.Differs });
        PayerNameRules.Compare(null, known).ShouldBe(new PayerView { KnownName = "Bob Otieno", Match = PayerMatch.NotTold });
        PayerNameRules.Compare("Bob", []).ShouldBe(new PayerView { Name = "Bob", Match = PayerMatch.NothingKnown });
    }

    [Test]
    public void Each_fact_is_told_up_to_its_own_edge_whatever_the_others_are()
    {
        var limits = new PartnerLimits();
        var told = 0;
        foreach (var traded in new[] { true, false })
        {
            foreach (var age in new[] { TimeSpan.FromDays(30) - Microsecond, TimeSpan.FromDays(30) })
            {
                foreach (var trades in new[] { 4, 5 })
                {
                    foreach (var name in new TimeSpan?[] { null, TimeSpan.FromDays(30) - Microsecond, TimeSpan.FromDays(30) })
                    {
                        foreach (var disputes in new[] { 0, 2 })
                        {
                            var facts = new PartnerFacts
                            {
                                HaveTraded = traded,
                                JoinedAt = Now - age,
                                Completed = trades,
                                UsernameChangedAt = Now - name,
                                Disputes = disputes,
                                Now = Now,
                            };
                            var kinds = PartnerRules.Warnings(facts, limits).ToDictionary(warning => warning.Kind);
                            kinds.ContainsKey(PartnerWarningKind.FirstTradeTogether).ShouldBe(!traded);
                            kinds.ContainsKey(PartnerWarningKind.NewAccount).ShouldBe(age < TimeSpan.FromDays(30));
                            kinds.ContainsKey(PartnerWarningKind.FewTrades).ShouldBe(trades < 5);
                            kinds.ContainsKey(PartnerWarningKind.NameChanged).ShouldBe(name < TimeSpan.FromDays(30));
                            kinds.ContainsKey(PartnerWarningKind.RecentlyDisputed).ShouldBe(disputes > 0);
                            told += kinds.Count;
                        }
                    }
                }
            }
        }

        told.ShouldBe((48 / 2 * 4) + (48 / 3));
    }
}
