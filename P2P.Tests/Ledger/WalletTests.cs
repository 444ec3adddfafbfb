using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Ledger;

/// <summary>Balances, movements, play money and withdrawals, through the SDK. (S23)</summary>
public sealed class WalletTests : MarketFixture
{
    [Test]
    public async Task Balances_have_a_row_for_each_asset_and_show_what_is_held()
    {
        var seller = await Market.Trader(NewName("sam"), bitcoin: 3);
        var buyer = await Market.Trader(NewName("bea"));
        var ad = await TestMarket.Ad(seller, total: 2);
        await buyer.Client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, cryptoAmount: 0.5m, cancellationToken: Bounded);
        await seller.Client.Wallet.RequestWithdrawalAsync("BTC", 0.25m, "bc1q", Bounded);

        var balances = await seller.Client.Wallet.GetBalancesAsync(Bounded);

        balances.Select(balance => balance.Asset).ShouldBe(["BTC", "ETH", "LTC", "SOL", "USDC", "USDT", "XMR"]);
        balances[0].ShouldBe(new Balance { Asset = "BTC", Available = 2.25m, InEscrow = 0.5m, InWithdrawal = 0.25m });
        balances[1].ShouldBe(new Balance { Asset = "ETH", Available = 0, InEscrow = 0, InWithdrawal = 0 });
        (await buyer.Client.Wallet.GetBalancesAsync(Bounded))[0].Available.ShouldBe(0);
        await Invariants.Check(Market.Database.App);
    }

    [Test]
    public async Task Many_who_ask_at_once_each_get_their_own_balances()
    {
        var traders = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Market.Trader(NewName("user"), bitcoin: i)));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(async i =>
                (i % 4, (await traders[i % 4].Client.Wallet.GetBalancesAsync(Bounded))[0].Available)));

        answers.ShouldAllBe(answer => answer.Available == answer.Item1 + 1);
    }

    [Test]
    public async Task Movements_come_newest_first_in_pages_without_gaps()
    {
        var user = await Market.Trader(NewName("una"));
        for (var i = 1; i <= 5; i++)
        {
            await user.Client.Wallet.UseFaucetAsync("ETH", i, Bounded);
        }

        var first = await user.Client.Wallet.ListLedgerEntriesAsync("ETH", limit: 3, cancellationToken: Bounded);
        await user.Client.Wallet.UseFaucetAsync("ETH", 6, Bounded);
        var second = await user.Client.Wallet.ListLedgerEntriesAsync("ETH", limit: 3, first.NextCursor, Bounded);

        first.Items.Concat(second.Items).Select(entry => entry.Seq).ShouldBe([5L, 4, 3, 2, 1]);
        first.Items[0].ShouldSatisfyAllConditions(
            entry => entry.Amount.ShouldBe(5), entry => entry.Kind.ShouldBe(TransferKind.Deposit), entry => entry.Hash.Length.ShouldBe(64));
        second.NextCursor.ShouldBeNull();
        (await CodeOf(user.Client.Wallet.ListLedgerEntriesAsync("BTC", 3, first.NextCursor, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await CodeOf(user.Client.Wallet.ListLedgerEntriesAsync("DOGE", cancellationToken: Bounded))).ShouldBe(ErrorCodes.AssetUnknown);
        (await CodeOf(user.Client.Wallet.ListLedgerEntriesAsync("BTC", 101, cancellationToken: Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    [Test]
    public async Task The_faucet_gives_once_for_each_request_and_not_beyond_its_limit()
    {
        var user = await Market.Trader(NewName("una"));
        var request = new UseFaucetRequest { RequestId = Guid.CreateVersion7(), Asset = "USDT", Amount = 100 };

        var first = await user.Client.Wallet.UseFaucetAsync(request, Bounded);
        (await user.Client.Wallet.UseFaucetAsync(request, Bounded)).ShouldBe(first);

        first.Available.ShouldBe(100);
        (await CodeOf(user.Client.Wallet.UseFaucetAsync(request with { Amount = 99 }, Bounded))).ShouldBe(ErrorCodes.RequestIdReused);
        (await CodeOf(user.Client.Wallet.UseFaucetAsync("BTC", 10.00000001m, Bounded))).ShouldBe(ErrorCodes.AmountTooLarge);
        (await CodeOf(user.Client.Wallet.UseFaucetAsync("USDT", 0.0000001m, Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await CodeOf(user.Client.Wallet.UseFaucetAsync("DOGE", 1, Bounded))).ShouldBe(ErrorCodes.AssetUnknown);
    }

    [Test]
    public async Task A_refused_faucet_request_is_remembered_like_any_decided_refusal()
    {
        var user = await Market.Trader(NewName("una"));
        var request = new UseFaucetRequest { RequestId = Guid.CreateVersion7(), Asset = "BTC", Amount = 11 };

        (await CodeOf(user.Client.Wallet.UseFaucetAsync(request, Bounded))).ShouldBe(ErrorCodes.AmountTooLarge);

        (await CodeOf(user.Client.Wallet.UseFaucetAsync(request, Bounded))).ShouldBe(ErrorCodes.AmountTooLarge);
        (await CodeOf(user.Client.Wallet.UseFaucetAsync(request with { Amount = 1 }, Bounded))).ShouldBe(ErrorCodes.RequestIdReused);
    }

    [TestCase("0", ErrorCodes.BadInput)]
    [TestCase("-1", ErrorCodes.BadInput)]
    [TestCase("0.000000001", ErrorCodes.BadInput)]
    [TestCase("1000000000001", ErrorCodes.BadInput)]
    [TestCase("2.00000001", ErrorCodes.InsufficientBalance)]
    public async Task A_withdrawal_that_cannot_be_is_refused_and_moves_nothing(string amount, string code)
    {
        var user = await Market.Trader(NewName("una"), bitcoin: 2);

        var refused = CodeOf(user.Client.Wallet.RequestWithdrawalAsync(
            "BTC", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "bc1q", Bounded));

        (await refused).ShouldBe(code);
        (await user.Client.Wallet.GetBalancesAsync(Bounded))[0].Available.ShouldBe(2);
        (await user.Client.Wallet.ListWithdrawalsAsync(cancellationToken: Bounded)).Items.ShouldBeEmpty();
    }

    [Test]
    public async Task A_withdrawal_s_destination_is_cleaned_and_bounded()
    {
        var user = await Market.Trader(NewName("una"), bitcoin: 2);

        (await CodeOf(user.Client.Wallet.RequestWithdrawalAsync("BTC", 1, " \u200b ", Bounded))).ShouldBe(ErrorCodes.BadInput);
        (await CodeOf(user.Client.Wallet.RequestWithdrawalAsync("BTC", 1, new string('a', 201), Bounded))).ShouldBe(ErrorCodes.BadInput);
        await user.Client.Wallet.RequestWithdrawalAsync("BTC", 1, " bc1q\u202e\n", Bounded);

        var page = await user.Client.Wallet.ListWithdrawalsAsync(cancellationToken: Bounded);
        page.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            row => row.Destination.ShouldBe("bc1q"), row => row.Status.ShouldBe(WithdrawalStatus.Requested), row => row.Amount.ShouldBe(1));
    }

    [Test]
    public async Task Withdrawals_come_newest_first_in_pages()
    {
        var user = await Market.Trader(NewName("una"), bitcoin: 5);
        var ids = new List<Guid?>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await user.Client.Wallet.RequestWithdrawalAsync("BTC", 1, $"bc1q{i}", Bounded)).WithdrawalId);
        }

        var first = await user.Client.Wallet.ListWithdrawalsAsync(2, cancellationToken: Bounded);
        var second = await user.Client.Wallet.ListWithdrawalsAsync(2, first.NextCursor, Bounded);

        first.Items.Concat(second.Items).Select(row => (Guid?)row.Id).ShouldBe(Enumerable.Reverse(ids));
        second.NextCursor.ShouldBeNull();
        (await CodeOf(user.Client.Wallet.ListWithdrawalsAsync(2, "nonsense!", Bounded))).ShouldBe(ErrorCodes.BadInput);
    }

    private static async Task<string?> CodeOf(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (P2PException e)
        {
            return e.Code;
        }
    }
}
