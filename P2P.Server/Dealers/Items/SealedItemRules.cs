using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Encryption;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Items;

/// <summary>Pure decisions about sealed items: what the server can hold them to without reading them.</summary>
public static class SealedItemRules
{
    /// <summary>Refuses what no present device of the owner's signed.</summary>
    public static void CheckSigner(SealedItem content, IEnumerable<DeviceRow> own)
    {
        if (!own.Any(device => device.IsActive && device.KeyId.AsSpan().SequenceEqual(content.KeyId) && content.IsSignedBy(device.SigningKey)))
        {
            throw PeerRules.Bad("terms.sealed", "What is sealed is not signed by a device of yours.");
        }
    }

    /// <summary>
    /// What an item is replaced by. A key's number never goes down, and pictures stay what they are: open for all who see the item, or sealed.
    /// </summary>
    public static void CheckContent(ItemRow item, SealedItem? content)
    {
        if (content is not null && content.KeyVersion < item.KeyVersion)
        {
            throw Stale(item);
        }

        if (item.IsSealed != content is not null && ItemReadFlow.ImagesOf(item).Length > 0)
        {
            throw new Refused(
                ErrorCodes.ItemSealed, "The item's pictures are open or sealed as the item was: remove them, and add them again afterwards.");
        }
    }

    /// <summary>Refuses what is sealed with the rest.</summary>
    public static void RequireOpen(ItemRow item)
    {
        if (item.IsSealed)
        {
            throw new Refused(ErrorCodes.ItemSealed, "The item is sealed: its owner changes the price with all the rest of it.");
        }
    }

    /// <summary>Refuses whoever is not the owner of a sealed item, as if there were no such item.</summary>
    public static void RequireSealed(ItemRow? item)
    {
        ItemRules.RequireOwner(item?.Facts);
        if (!item!.IsSealed) // Required above.
        {
            throw ItemRules.NotFound();
        }
    }

    /// <summary>Refuses keys that are not the present one.</summary>
    public static void RequireKey(ItemRow item, int keyVersion)
    {
        if (item.KeyVersion != keyVersion)
        {
            throw Stale(item);
        }
    }

    private static Refused Stale(ItemRow item) => new(
        ErrorCodes.StaleVersion,
        "The item has another key by now: read it again, then decide.",
        ("keyVersion", item.KeyVersion.ToString(CultureInfo.InvariantCulture)));
}
