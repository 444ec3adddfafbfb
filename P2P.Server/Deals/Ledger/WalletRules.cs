using System.Buffers.Text;
using System.Globalization;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Deals.Ledger;

/// <summary>The shape of the wallet's requests, and the cursors of its lists.</summary>
public static class WalletRules
{
    private const char CursorSeparator = '|';

    /// <summary>Positive and not beyond what any call takes; how fine it may be, the asset says.</summary>
    public static void CheckAmount(decimal amount)
    {
        if (amount is <= 0 or > Limits.AmountMax || Money.IsFinerThan(amount, Limits.ScaleMax))
        {
            throw Bad($"An amount is positive, at most 1,000,000,000,000 and has at most {Limits.ScaleMax} decimals.", "amount");
        }
    }

    /// <summary>Refuses what cannot be a code, before it is looked up.</summary>
    public static void CheckCode(string asset)
    {
        if (!CleanText.IsCode(asset))
        {
            throw Bad("An asset's code is short and without control characters.", "asset");
        }
    }

    /// <summary>Not finer than the asset is counted.</summary>
    public static void CheckScale(decimal amount, AssetRow asset)
    {
        if (Money.IsFinerThan(amount, asset.Scale))
        {
            throw Bad($"{asset.Code} has at most {asset.Scale} decimals.", "amount");
        }
    }

    /// <summary>What a destination is stored as; its meaning is the wallet service's affair.</summary>
    /// <param name="cleaned">As it was cleaned; null when nothing was left.</param>
    public static string Destination(string? cleaned) =>
        cleaned is { Length: > 0 and <= Limits.DestinationCharsMax }
            ? cleaned
            : throw Bad($"A destination has 1 to {Limits.DestinationCharsMax} characters.", "destination");

    /// <summary>Why play money is refused; null when it is given.</summary>
    public static Reason? FaucetRefusal(decimal amount, AssetRow asset) =>
        !asset.TakesDeposits ? DepositsClosed(asset.Code) : amount <= asset.FaucetMax ? null : Refused.Because(
            ErrorCodes.AmountTooLarge,
            $"One call gives at most {WireJson.Spell(asset.FaucetMax)} {asset.Code}.",
            ("max", WireJson.Spell(asset.FaucetMax)));

    public static Reason DepositsClosed(string asset) =>
        Refused.Because(ErrorCodes.AssetClosed, $"{asset} takes no deposits.", ("asset", asset));

    public static Reason UnknownAsset(string asset) =>
        Refused.Because(ErrorCodes.AssetUnknown, "There is no such asset.", ("asset", asset.Length <= AssetCharsMax ? asset : ""));

    /// <summary>A cursor is good for the list that it came from and for no other.</summary>
    public static string EntryCursor(string asset, long seq) => Write("entries", asset, seq.ToString(CultureInfo.InvariantCulture));

    /// <summary>Number of the last row seen; null on the first page.</summary>
    public static long? EntriesBefore(string? cursor, string asset) =>
        cursor is null ? null
            : Read(cursor, "entries", asset) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
                ? seq
            : throw BadCursor();

    public static string WithdrawalCursor(Guid id) => Write("withdrawals", "", id.ToString("N"));

    /// <summary>Id of the last row seen; null on the first page.</summary>
    public static Guid? WithdrawalsBefore(string? cursor) =>
        cursor is null ? null
            : Read(cursor, "withdrawals", "") is { } text && Guid.TryParseExact(text, "N", out var id) ? id
            : throw BadCursor();

    internal static Refused Bad(string sentence, string path) => new(ErrorCodes.BadInput, sentence, ("path", path));

    private const int AssetCharsMax = 10;

    private static string Write(string list, string filter, string place) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(CursorSeparator, list, filter, place)));

    private static string? Read(string cursor, string list, string filter)
    {
        if (cursor.Length > Limits.CursorCharsMax || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(CursorSeparator);
        return parts.Length == 3 && parts[0] == list && parts[1] == filter ? parts[2] : null;
    }

    private static Refused BadCursor() => Bad("The cursor belongs to another list: begin again without one.", "cursor");
}
