using System.Globalization;
using System.Text.RegularExpressions;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Admin.Catalogue;

/// <summary>What the catalogue may hold, and how the audit log spells it.</summary>
public static partial class CatalogueRules
{
    public const int PaymentMethodsMax = 1_000;
    public const int AssetsMax = 200;
    public const int CurrenciesMax = 200;

    private const int NameCharsMax = 60;
    private const int FieldsMax = 10;
    private const int CurrencyScaleMax = 4;
    private const decimal FeeRateBelow = 0.1m;

    /// <summary>A name as it is kept.</summary>
    public static string Name(string text, string path = "name") =>
        CleanText.Line(text) is { Length: <= NameCharsMax } name ? name : throw Bad($"A name has 1 to {NameCharsMax} characters.", path);

    /// <summary>A method with its texts as they are kept.</summary>
    public static AddPaymentMethodRequest Clean(AddPaymentMethodRequest request)
    {
        Check(MethodCode().IsMatch(request.Code), "A payment method's code has 2 to 40 small letters, digits and dashes.", "code");
        Check(request.Kind != PaymentMethodKind.Unknown, "There is no such kind of payment.", "kind");
        Check(request.Country is null || Country().IsMatch(request.Country), "A country has two capital letters, such as KE.", "country");
        CheckCurrency(request.Currency, "currency");
        return request with { Name = Name(request.Name), Fields = Fields(request.Fields) };
    }

    /// <summary>Fields with their labels as they are kept.</summary>
    public static IReadOnlyList<PaymentField> Fields(IReadOnlyList<PaymentField> fields)
    {
        Check(fields.Count is >= 1 and <= FieldsMax, $"A payment method has 1 to {FieldsMax} fields.", "fields");
        Check(fields.All(field => FieldKey().IsMatch(field.Key)), "A field's key has small letters, digits and underscores.", "fields");
        Check(fields.Select(field => field.Key).Distinct().Count() == fields.Count, "Each field has a key of its own.", "fields");
        Check(fields.All(field => field.Format != PaymentFieldFormat.Unknown), "There is no such format of a field.", "fields");
        return [.. fields.Select(field => field with { Label = Name(field.Label, "fields") })];
    }

    /// <summary>A new asset, open for trade and deposits.</summary>
    public static CatalogueAsset AssetOf(AddAssetRequest request)
    {
        Check(AssetCode().IsMatch(request.Code), "An asset's code has 2 to 10 capital letters and digits.", "code");
        Check(request.Scale is >= 0 and <= Limits.ScaleMax, $"An asset has 0 to {Limits.ScaleMax} decimals.", "scale");
        return Checked(new CatalogueAsset
        {
            Code = request.Code,
            Name = Name(request.Name),
            Scale = request.Scale,
            FeeRate = request.FeeRate,
            OrderMin = request.OrderMin,
            OrderMax = request.OrderMax,
            IsTraded = true,
            TakesDeposits = true,
        });
    }

    /// <summary>The asset after a change.</summary>
    public static CatalogueAsset Changed(CatalogueAsset asset, ChangeAssetRequest change) => Checked(asset with
    {
        Name = change.Name is { } name ? Name(name) : asset.Name,
        FeeRate = change.FeeRate ?? asset.FeeRate,
        OrderMin = change.OrderMin is { } least ? NullForZero(least) : asset.OrderMin,
        OrderMax = change.OrderMax is { } most ? NullForZero(most) : asset.OrderMax,
        IsTraded = change.IsTraded ?? asset.IsTraded,
        TakesDeposits = change.TakesDeposits ?? asset.TakesDeposits,
    });

    /// <summary>A new currency.</summary>
    public static CatalogueCurrency CurrencyOf(AddCurrencyRequest request)
    {
        CheckCurrency(request.Code, "code");
        Check(request.Scale is >= 0 and <= CurrencyScaleMax, $"A currency has 0 to {CurrencyScaleMax} decimals.", "scale");
        return new CatalogueCurrency { Code = request.Code, Name = Name(request.Name), Scale = request.Scale };
    }

    /// <summary>Refuses what cannot be a currency's code.</summary>
    public static void CheckCurrency(string code, string path) =>
        Check(CurrencyCode().IsMatch(code), "A currency has three capital letters, such as KES.", path);

    /// <summary>A currency in which everybody trades as much as they like.</summary>
    public static CatalogueLimits NoLimits(string currency) =>
        new() { Currency = currency, New = new LevelLimits(), Verified = new LevelLimits(), Merchant = new LevelLimits() };

    /// <summary>A currency's limits after a change.</summary>
    /// <param name="limits">Those that stand.</param>
    /// <param name="change">What is to change.</param>
    /// <param name="scale">Digits of the currency's minor unit.</param>
    public static CatalogueLimits Changed(CatalogueLimits limits, ChangeLimitsRequest change, int scale) => limits with
    {
        New = Checked(change.New, scale, "new") ?? limits.New,
        Verified = Checked(change.Verified, scale, "verified") ?? limits.Verified,
        Merchant = Checked(change.Merchant, scale, "merchant") ?? limits.Merchant,
    };

    /// <summary>How the audit log tells of limits.</summary>
    public static string Spell(CatalogueLimits limits) =>
        $"new {Spell(limits.New)}; verified {Spell(limits.Verified)}; merchants {Spell(limits.Merchant)}";

    /// <summary>How the audit log tells of an asset.</summary>
    public static string Spell(CatalogueAsset asset) => string.Create(
        CultureInfo.InvariantCulture,
        $"{asset.Name}, fee {WireJson.Spell(asset.FeeRate)}, orders {Bound(asset.OrderMin)} to {Bound(asset.OrderMax)}, {(asset.IsTraded
            ? "traded" : "not traded")}, {(asset.TakesDeposits ? "takes deposits" : "takes no deposits")}");

    /// <summary>How the audit log tells of a payment method.</summary>
    public static string Spell(CatalogueMethod method)
    {
        var fields = string.Join(", ", method.Method.Fields.Select(field => $"{field.Key} ({field.Format})"));
        return $"{method.Method.Name}, {fields}, {(method.IsOffered ? "offered" : "not offered")}";
    }

    private static string Spell(LevelLimits limits) => $"{Bound(limits.PerOrder)} an order, {Bound(limits.PerDay)} a day";

    private static LevelLimits? Checked(LevelLimits? limits, int scale, string path)
    {
        if (limits is null)
        {
            return null;
        }

        Check(IsBound(limits.PerOrder, scale), "The most of an order is above zero and no finer than the currency.", $"{path}.perOrder");
        Check(IsBound(limits.PerDay, scale), "The most of a day is above zero and no finer than the currency.", $"{path}.perDay");
        Check(
            limits.PerOrder is null || limits.PerDay is null || limits.PerOrder <= limits.PerDay,
            "The most of a day is not below the most of an order.",
            $"{path}.perDay");
        return limits;
    }

    private static CatalogueAsset Checked(CatalogueAsset asset)
    {
        Check(
            asset.FeeRate is >= 0 and < FeeRateBelow && !Money.IsFinerThan(asset.FeeRate, Limits.ScaleMax),
            "A fee is a part from 0 to below 0.1 with at most 8 decimals.",
            "feeRate");
        Check(IsBound(asset.OrderMin, asset.Scale), "The least amount is above zero and no finer than the asset.", "orderMin");
        Check(IsBound(asset.OrderMax, asset.Scale), "The greatest amount is above zero and no finer than the asset.", "orderMax");
        Check(
            asset.OrderMin is null || asset.OrderMax is null || asset.OrderMin <= asset.OrderMax,
            "The least amount is not above the greatest.",
            "orderMin");
        return asset;
    }

    private static bool IsBound(decimal? amount, int scale) =>
        amount is null || (amount is > 0 and <= Limits.AmountMax && !Money.IsFinerThan(amount.Value, scale));

    private static decimal? NullForZero(decimal amount) => amount == 0 ? null : amount;

    private static string Bound(decimal? amount) => amount is { } bound ? WireJson.Spell(bound) : "any";

    private static void Check(bool holds, string sentence, string path)
    {
        if (!holds)
        {
            throw Bad(sentence, path);
        }
    }

    private static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}\\z")]
    private static partial Regex MethodCode();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,29}\\z")]
    private static partial Regex FieldKey();

    [GeneratedRegex("^[A-Z0-9]{2,10}\\z")]
    private static partial Regex AssetCode();

    [GeneratedRegex("^[A-Z]{3}\\z")]
    private static partial Regex CurrencyCode();

    [GeneratedRegex("^[A-Z]{2}\\z")]
    private static partial Regex Country();
}
