using System.Buffers.Text;
using System.Text;
using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger;

namespace P2P.Tests.Rules;

/// <summary>What requests of the wallet may say, to the last of each.</summary>
public sealed class WalletRulesTests
{
    private static readonly AssetRow Bitcoin = new() { Code = "BTC", Scale = 8, FaucetMax = 10 };

    [TestCase("0.00000001", true)]
    [TestCase("1000000000000", true)]
    [TestCase("1000000000000.00000001", false)]
    [TestCase("0", false)]
    [TestCase("-1", false)]
    [TestCase("0.000000001", false)]
    public void An_amount_is_positive_bounded_and_not_too_fine(string amount, bool isGood) =>
        Says(() => WalletRules.CheckAmount(Amount(amount)), isGood ? null : "amount");

    [TestCase("0.01", true)]
    [TestCase("0.001", false)]
    public void An_amount_is_not_finer_than_its_asset(string amount, bool isGood) =>
        Says(() => WalletRules.CheckScale(Amount(amount), Bitcoin with { Scale = 2 }), isGood ? null : "amount");

    [Test]
    public void A_code_is_short_and_printed()
    {
        Says(() => WalletRules.CheckCode("BTC"), null);
        Says(() => WalletRules.CheckCode(""), "asset");
        Says(() => WalletRules.CheckCode("B\u0001C"), "asset");
    }

    [Test]
    public void A_destination_has_a_length()
    {
        var longest = new string('x', Limits.DestinationCharsMax);
        WalletRules.Destination(longest).ShouldBe(longest);
        WalletRules.Destination("x").ShouldBe("x");
        Says(() => WalletRules.Destination(longest + "x"), "destination");
        Says(() => WalletRules.Destination(""), "destination");
        Says(() => WalletRules.Destination(null), "destination");
    }

    [Test]
    public void Play_money_has_a_limit_and_an_open_door()
    {
        WalletRules.FaucetRefusal(10, Bitcoin).ShouldBeNull();
        WalletRules.FaucetRefusal(10.00000001m, Bitcoin).ShouldNotBeNull().ShouldSatisfyAllConditions(
            reason => reason.Code.ShouldBe(ErrorCodes.AmountTooLarge), reason => reason.Details!["max"].ShouldBe("10"));
        WalletRules.FaucetRefusal(1, Bitcoin with { TakesDeposits = false }).ShouldNotBeNull().Code.ShouldBe(ErrorCodes.AssetClosed);
    }

    [Test]
    public void An_unknown_asset_is_named_as_long_as_it_could_be_one()
    {
        WalletRules.UnknownAsset("ABCDEFGHIJ").Details!["asset"].ShouldBe("ABCDEFGHIJ");
        WalletRules.UnknownAsset("ABCDEFGHIJK").Details!["asset"].ShouldBe("");
    }

    [Test]
    public void A_cursor_is_good_for_its_own_list()
    {
        WalletRules.EntriesBefore(null, "BTC").ShouldBeNull();
        WalletRules.EntriesBefore(WalletRules.EntryCursor("BTC", 7), "BTC").ShouldBe(7);
        var id = Guid.CreateVersion7();
        WalletRules.WithdrawalsBefore(null).ShouldBeNull();
        WalletRules.WithdrawalsBefore(WalletRules.WithdrawalCursor(id)).ShouldBe(id);
        foreach (var wrong in new[]
        {
            WalletRules.EntryCursor("ETH", 7), WalletRules.WithdrawalCursor(id), Spelled("entries|BTC|-7"), Spelled("entries|BTC"), Spelled("entries|BTC|7|8"),
            Spelled("others|BTC|7"), Spelled("entries|BTC|x"), "!", new string('A', Limits.CursorCharsMax + 4),
        })
        {
            Says(() => WalletRules.EntriesBefore(wrong, "BTC"), "cursor");
        }

        Says(() => WalletRules.WithdrawalsBefore(WalletRules.EntryCursor("", 7)), "cursor");
        Says(() => WalletRules.WithdrawalsBefore(Spelled("withdrawals||x")), "cursor");
        // As long as a cursor may be: asset names are no longer than that in truth.
        var asset = new string('a', 64);
        var longest = WalletRules.EntryCursor(asset, 7);
        longest.Length.ShouldBeLessThanOrEqualTo(Limits.CursorCharsMax);
        WalletRules.EntriesBefore(longest, asset).ShouldBe(7);
    }

    private static string Spelled(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void Says(Action check, string? path)
    {
        if (path is null)
        {
            Should.NotThrow(check);
            return;
        }

        var refused = Should.Throw<Refused>(check);
        (refused.Reason.Code, refused.Reason.Details!["path"]).ShouldBe((ErrorCodes.BadInput, path));
    }
}
