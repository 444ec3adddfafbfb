using P2P.Contracts.Dealers;
using P2P.Server.Dealers.Connections;

namespace P2P.Tests.Rules;

/// <summary>What access one peer has at another, over all that can stand between them.</summary>
public sealed class AccessRulesTests
{
    private static readonly bool[] Both = [false, true];

    [Test]
    public void Access_is_what_the_owner_grants_and_nothing_unless_the_two_are_connected_without_a_block()
    {
        var all = from isConnected in Both
                  from grants in Enum.GetValues<AccessLevel>()
                  from ownerBlocks in Both
                  from otherBlocks in Both
                  select new AccessFacts(isConnected, grants, ownerBlocks, otherBlocks);
        all.Count().ShouldBe(32);
        foreach (var facts in all)
        {
            AccessRules.Of(facts).ShouldBe(
                facts is { IsConnected: true, OwnerBlocks: false, OtherBlocks: false } && facts.Grants != AccessLevel.Unknown
                    ? facts.Grants
                    : null);
        }

        AccessRules.Of(null).ShouldBeNull();
        AccessRules.Of(new AccessFacts(true, (AccessLevel)9, false, false)).ShouldBeNull();
    }

    [TestCase(AccessLevel.View, AccessLevel.View, true)]
    [TestCase(AccessLevel.View, AccessLevel.Order, false)]
    [TestCase(AccessLevel.View, AccessLevel.Manage, false)]
    [TestCase(AccessLevel.Order, AccessLevel.View, true)]
    [TestCase(AccessLevel.Order, AccessLevel.Order, true)]
    [TestCase(AccessLevel.Order, AccessLevel.Manage, false)]
    [TestCase(AccessLevel.Manage, AccessLevel.View, true)]
    [TestCase(AccessLevel.Manage, AccessLevel.Order, true)]
    [TestCase(AccessLevel.Manage, AccessLevel.Manage, true)]
    [TestCase(null, AccessLevel.View, false)]
    [TestCase(AccessLevel.Manage, AccessLevel.Unknown, false)]
    public void Each_level_includes_those_before(AccessLevel? held, AccessLevel asked, bool allowed) =>
        AccessRules.Allows(held, asked).ShouldBe(allowed);
}
