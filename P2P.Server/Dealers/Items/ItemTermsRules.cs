using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Dealers.Peers;

namespace P2P.Server.Dealers.Items;

/// <summary>Pure decisions about what an owner sends. All of them throw BAD_INPUT with a path.</summary>
public static class ItemTermsRules
{
    /// <summary>The terms as they are stored.</summary>
    public static ItemTerms Clean(ItemTerms terms)
    {
        var clean = terms with
        {
            Name = CleanText.Line(terms.Name) ?? "",
            Description = CleanText.Block(terms.Description),
            Category = CleanText.Line(terms.Category),
            Fields = [.. (terms.Fields ?? []).Select(field => new ItemField { Name = CleanText.Line(field.Name) ?? "", Value = CleanText.Line(field.Value) ?? "" })],
        };
        if (clean.Sealed is not null)
        {
            CheckSealed(clean);
            return clean;
        }

        Check(clean.Name.Length is >= 1 and <= Limits.ItemNameCharsMax, "terms.name", $"An item's name has 1 to {Limits.ItemNameCharsMax} characters.");
        Check(
            (clean.Description?.Length ?? 0) <= Limits.ItemDescriptionCharsMax,
            "terms.description",
            $"A description has at most {Limits.ItemDescriptionCharsMax} characters.");
        Check(
            (clean.Category?.Length ?? 0) <= Limits.ItemCategoryCharsMax,
            "terms.category",
            $"A category has at most {Limits.ItemCategoryCharsMax} characters.");
        CheckWhatIsOpen(clean);
        CheckFields(clean.Fields);
        CheckPrice(clean.Price, null, "terms.price");
        return clean;
    }

    /// <summary>What terms say that are sealed; null for open ones.</summary>
    public static SealedItem? Content(ItemTerms terms, Guid itemId) =>
        terms.Sealed is not { } text ? null
        : KeyRules.Bytes(text, Limits.SealedItemBytesMax) is { } bytes && SealedItem.TryRead(bytes) is { } content && content.ItemId == itemId
            ? content
            : throw PeerRules.Bad("terms.sealed", "What is sealed is malformed, or another item's.");

    /// <summary>An item's id that its owner made is as fresh as a request's.</summary>
    public static void CheckId(Guid id, DateTimeOffset now) => Check(
        Ids.TimeOf(id) is { } at && at > now.AddHours(-24) && at < now.AddMinutes(10), "itemId", "An item's id is a fresh UUID of version 7.");

    /// <summary>Keys of a sealed item, each for one device.</summary>
    public static WrappedKey[] Keys(IReadOnlyList<ItemKey> keys, int keysMin)
    {
        Check(
            keys.Count >= keysMin && keys.Count <= Limits.ItemKeysMax && keys.DistinctBy(key => key.KeyId).Count() == keys.Count,
            "keys",
            $"{keysMin} to {Limits.ItemKeysMax} keys at once, each device once.");
        return
        [
            .. keys.Select((key, i) => new WrappedKey(
                PeerRules.Hash(key.KeyId) ?? throw PeerRules.Bad($"keys[{i}].keyId", "A device's id is 32 bytes in base64url."),
                KeyRules.Bytes(key.Wrapped, SealedItem.WrapBytes) is { Length: SealedItem.WrapBytes } wrapped && P256.IsPoint(wrapped.AsSpan(0, P256.PointBytes))
                    ? wrapped
                    : throw PeerRules.Bad($"keys[{i}].wrapped", $"A wrapped key is {SealedItem.WrapBytes} bytes in base64url."))),
        ];
    }

    /// <param name="price">The price of a unit.</param>
    /// <param name="scale">The currency's decimals; null while they are not known.</param>
    /// <param name="path">Where it stands in the request.</param>
    public static void CheckPrice(decimal price, int? scale, string path) => Check(
        price is > 0 and <= Limits.AmountMax && !Money.IsFinerThan(price, scale ?? Limits.ScaleMax),
        path,
        scale is null ? "A price is above zero and at most 1,000,000,000,000." : $"This currency has {scale} decimals.");

    public static void CheckStock(decimal stock) => Check(
        stock is >= 0 and <= Limits.ItemStockMax && !Money.IsFinerThan(stock, Limits.ItemStockScale),
        "stock",
        $"A stock is from 0 to 1,000,000,000, with at most {Limits.ItemStockScale} decimals.");

    /// <summary>Pictures by their ids, each once.</summary>
    public static Guid[] Images(IReadOnlyList<Guid> ids)
    {
        Check(
            ids.Count <= Limits.ItemImagesMax && ids.Distinct().Count() == ids.Count,
            "imageIds",
            $"An item has at most {Limits.ItemImagesMax} pictures, each once.");
        return [.. ids];
    }

    public static string Unit(string text) => CleanText.Line(text) is { Length: <= Limits.ItemUnitCharsMax } unit
        ? unit
        : throw PeerRules.Bad("unit", $"A unit has 1 to {Limits.ItemUnitCharsMax} characters.");

    /// <summary>What is compared with the category of items; null for every category.</summary>
    public static string? Category(string? text)
    {
        Check((text?.Length ?? 0) <= Limits.ItemCategoryCharsMax, "category", $"A category has at most {Limits.ItemCategoryCharsMax} characters.");
        return CleanText.Line(text);
    }

    /// <summary>The words of a search as PostgreSQL's tsquery, each as the beginning of one. Letters and digits alone get in.</summary>
    public static string Words(string text)
    {
        Check(text.Length <= Limits.SearchCharsMax, "text", $"A search has at most {Limits.SearchCharsMax} characters.");
        var words = CleanText.Bare(CleanText.Line(text) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Check(words.Length > 0, "text", "A search needs a word.");
        return string.Join(" & ", words.Select(word => $"'{word}':*"));
    }

    private static void CheckWhatIsOpen(ItemTerms terms)
    {
        Check(CleanText.IsCode(terms.Currency), "terms.currency", "A currency's code is short and without control characters.");
        Check(
            terms.Visibility is ItemVisibility.Public or ItemVisibility.Private or ItemVisibility.Customers,
            "terms.visibility",
            "An item is public, private or for customers.");
        PeerRules.Level(terms.Gives, "terms.gives");
    }

    /// <summary>What is sealed stands nowhere else, and is not for everybody.</summary>
    private static void CheckSealed(ItemTerms terms)
    {
        CheckWhatIsOpen(terms);
        Check(terms.Visibility != ItemVisibility.Public, "terms.visibility", "A public item is not sealed: everybody may see it.");
        Check(
            terms is { Name.Length: 0, Description: null, Category: null, Price: 0, Fields: null or { Count: 0 } },
            "terms.sealed",
            "Name, description, category, price and fields of a sealed item stand in what is sealed alone.");
    }

    private static void CheckFields(IReadOnlyList<ItemField>? fields)
    {
        Check((fields?.Count ?? 0) <= Limits.ItemFieldsMax, "terms.fields", $"An item has at most {Limits.ItemFieldsMax} fields.");
        for (var i = 0; i < fields?.Count; i++)
        {
            Check(
                fields[i].Name.Length is >= 1 and <= Limits.ItemFieldNameCharsMax,
                $"terms.fields[{i}].name",
                $"A field's name has 1 to {Limits.ItemFieldNameCharsMax} characters.");
            Check(
                fields[i].Value.Length is >= 1 and <= Limits.ItemFieldCharsMax,
                $"terms.fields[{i}].value",
                $"A field's value has 1 to {Limits.ItemFieldCharsMax} characters.");
            Check(
                !fields.Take(i).Any(field => field.Name == fields[i].Name), $"terms.fields[{i}].name", "Each field stands once.");
        }
    }

    private static void Check(bool isGood, string path, string sentence)
    {
        if (!isGood)
        {
            throw PeerRules.Bad(path, sentence);
        }
    }
}
