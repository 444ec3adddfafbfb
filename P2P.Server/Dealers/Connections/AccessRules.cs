using P2P.Contracts.Dealers;

namespace P2P.Server.Dealers.Connections;

/// <summary>What stands between an owner and another peer.</summary>
/// <param name="IsConnected">A connection was made and not revoked.</param>
/// <param name="Grants">What the owner grants.</param>
/// <param name="OwnerBlocks">The owner blocks the other.</param>
/// <param name="OtherBlocks">The other blocks the owner.</param>
public sealed record AccessFacts(bool IsConnected, AccessLevel Grants, bool OwnerBlocks, bool OtherBlocks);

/// <summary>The one place that says what access one peer has at another. Lists, searches, orders and events ask here.</summary>
public static class AccessRules
{
    /// <summary>Null for none: the two are strangers.</summary>
    public static AccessLevel? Of(AccessFacts? facts) =>
        facts is { IsConnected: true, OwnerBlocks: false, OtherBlocks: false }
            && facts.Grants is AccessLevel.View or AccessLevel.Order or AccessLevel.Manage
            ? facts.Grants
            : null;

    /// <summary>True when the access that one has is enough for what is asked.</summary>
    public static bool Allows(AccessLevel? held, AccessLevel asked) =>
        held is { } level && asked != AccessLevel.Unknown && level >= asked;
}
