using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Server.Core;
using P2P.Server.Dealers.Connections;

namespace P2P.Server.Dealers.Items;

/// <summary>What decides about one peer and one item.</summary>
public sealed record ItemFacts
{
    public required bool IsOwner { get; init; }

    public required bool IsClosed { get; init; }

    public required bool OwnerIsSuspended { get; init; }

    public required ItemVisibility Visibility { get; init; }

    /// <summary>What the visibility gives.</summary>
    public required AccessLevel Gives { get; init; }

    /// <summary>What stands between owner and peer; null for strangers.</summary>
    public AccessFacts? Connection { get; init; }

    /// <summary>Since when they are connected; null for strangers.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>One of them blocks the other as a user.</summary>
    public required bool IsBlockedAsContact { get; init; }

    /// <summary>What a share of the item with this peer gives; null without one.</summary>
    public AccessLevel? Shared { get; init; }

    public DateTimeOffset? SharedAt { get; init; }
}

/// <summary>
/// The one place that says who may see an item, and what they may do with it: get, list, search, order and events ask here. What statements leave out
/// beforehand is what these rules refuse in any case.
/// </summary>
public static class ItemRules
{
    /// <summary>What the peer may do with the item; null for nothing, not even see it.</summary>
    public static AccessLevel? AccessOf(ItemFacts facts)
    {
        if (facts.IsClosed)
        {
            return null;
        }

        if (facts.IsOwner)
        {
            return AccessLevel.Manage;
        }

        if (facts.OwnerIsSuspended || facts.IsBlockedAsContact || facts.Connection is { OwnerBlocks: true } or { OtherBlocks: true })
        {
            return null;
        }

        var granted = AccessRules.Of(facts.Connection);
        // A share is good for the connection in which it was made: whoever was sent away and invited again begins without it.
        var shared = granted is not null && facts.SharedAt >= facts.ConnectedSince ? facts.Shared : null;
        return Most(ByVisibility(facts, granted), shared);
    }

    public static bool CanSee(ItemFacts facts) => AccessOf(facts) is not null;

    /// <summary>Refuses, as if there were no such item, whoever does not see it, and whoever may do less than is asked.</summary>
    public static void Require(ItemFacts? facts, AccessLevel asked)
    {
        var held = facts is null ? null : AccessOf(facts);
        if (held is null)
        {
            throw NotFound();
        }

        if (!AccessRules.Allows(held, asked))
        {
            throw new Refused(
                ErrorCodes.AccessRequired,
                "The owner has not given you enough access for this.",
                ("access", asked == AccessLevel.Manage ? "manage" : "order"));
        }
    }

    /// <summary>Refuses whoever is not the owner, as if there were no such item.</summary>
    public static void RequireOwner(ItemFacts? facts)
    {
        if (facts is not { IsOwner: true, IsClosed: false })
        {
            throw NotFound();
        }
    }

    public static Refused NotFound() => new(ErrorCodes.NotFound, "There is no such item.");

    private static AccessLevel? ByVisibility(ItemFacts facts, AccessLevel? granted) => facts.Visibility switch
    {
        // Strangers never change anything.
        ItemVisibility.Public => facts.Gives == AccessLevel.Manage && granted != AccessLevel.Manage ? AccessLevel.Order : facts.Gives,
        ItemVisibility.Customers when granted is { } level => level < facts.Gives ? level : facts.Gives,
        _ => null,
    };

    private static AccessLevel? Most(AccessLevel? one, AccessLevel? other) =>
        one is null ? other : other is null ? one : one > other ? one : other;
}
