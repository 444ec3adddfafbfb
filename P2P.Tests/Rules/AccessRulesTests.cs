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
        var seen = 0;
        foreach (var isConnected in Both)
        foreach (var grants in Enum.GetValues<AccessLevel>())
        foreach (var ownerBlocks in Both)
        foreach (var otherBlocks in Both)
        {
            var access = AccessRules.Of(new AccessFacts(isConnected, grants, ownerBlocks, otherBlocks));
            access.ShouldBe(isConnected && !ownerBlocks && !otherBlocks && grants != AccessLevel.Unknown ? grants : null);
            seen++;
        }

        seen.ShouldBe(32);
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
