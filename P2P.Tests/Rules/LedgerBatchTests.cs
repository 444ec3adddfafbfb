using System.Security.Cryptography;
using System.Text;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger;

namespace P2P.Tests.Rules;

/// <summary>The ledger's own arithmetic: what a transfer may be, and the chain that it makes.</summary>
public sealed class LedgerBatchTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddTicks(1_234_567);
    private static readonly Guid Order = Guid.Parse("0190f3a0-1111-7000-8000-00000000c0de");

    [Test]
    public void An_entry_s_link_is_the_hash_of_the_former_one_and_this_text()
    {
        var (account, transfer) = (Guid.Parse("0190f3a0-2222-7000-8000-000000000001"), Guid.Parse("0190f3a0-3333-7000-8000-000000000002"));
        byte[] previous = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        LedgerHash.Entry(previous, account, 7, transfer, TransferKind.Hold, Order, "BTC", -0.5m, At).ShouldBe(Hash(
            previous, $"|v1|{account}|7|{transfer}|Hold|{Order}|BTC|-0.50000000|1700000000123456"));
        LedgerHash.Entry(LedgerHash.Zero, account, 1, transfer, TransferKind.Deposit, null, "USDT", 12m, At).ShouldBe(Hash(
            new byte[32], $"|v1|{account}|1|{transfer}|Deposit||USDT|12.00000000|1700000000123456"));
    }

    [Test]
    public void A_step_of_an_order_s_link_is_the_hash_of_the_former_one_and_this_text()
    {
        LedgerHash.History(LedgerHash.Zero, Order, 1, null, OrderStatus.AwaitingPayment, OrderAction.Place, Party.Buyer, 4711, At).ShouldBe(Hash(
            new byte[32], $"|v1|{Order}|1||AwaitingPayment|Place|Buyer|4711|1700000000123456"));
        byte[] previous = [.. Enumerable.Repeat((byte)9, 32)];
        LedgerHash.History(previous, Order, 2, OrderStatus.AwaitingPayment, OrderStatus.Cancelled, OrderAction.Cancel, Party.Seller, 5, At).ShouldBe(Hash(
            previous, $"|v1|{Order}|2|AwaitingPayment|Cancelled|Cancel|Seller|5|1700000000123456"));
    }

    [Test]
    public void Each_entry_follows_the_one_before_it_on_its_account()
    {
        var batch = new LedgerBatch();
        batch.Take(Existing(1, "BTC", balance: 5, seq: 3));
        var head = batch.Available(1, "BTC").Head;
        var first = batch.Post(TransferKind.Hold, Order, At, (batch.Available(1, "BTC"), -2m), (batch.Escrow(Order, "BTC"), 2m));
        var second = batch.Post(TransferKind.Refund, Order, At, (batch.Escrow(Order, "BTC"), -2m), (batch.Available(1, "BTC"), 2m));
        first.ShouldNotBe(second);

        var account = batch.Available(1, "BTC");
        var one = LedgerHash.Entry(head, account.Id, 4, first, TransferKind.Hold, Order, "BTC", -2, At);
        var two = LedgerHash.Entry(one, account.Id, 5, second, TransferKind.Refund, Order, "BTC", 2, At);
        (account.Balance, account.Seq).ShouldBe((5m, 5L));
        account.Head.ShouldBe(two);
        (batch.Escrow(Order, "BTC").Balance, batch.Escrow(Order, "BTC").Seq).ShouldBe((0m, 2L));
    }

    [Test]
    public void A_transfer_sums_to_zero_or_is_none()
    {
        var batch = new LedgerBatch();
        batch.Take(Existing(1, "BTC", balance: 5, seq: 3));
        foreach (var given in new[] { 1.99999999m, 2.00000001m, 0m })
        {
            Should.Throw<InvalidOperationException>(
                () => batch.Post(TransferKind.Hold, Order, At, (batch.Available(1, "BTC"), -2m), (batch.Escrow(Order, "BTC"), given)));
        }

        (batch.Available(1, "BTC").Balance, batch.Available(1, "BTC").Seq, batch.Escrow(Order, "BTC").Seq).ShouldBe((5m, 3L, 0L));
    }

    [Test]
    public void An_entry_of_nothing_is_left_out()
    {
        var batch = new LedgerBatch();
        batch.Take(Existing(1, "BTC", balance: 5, seq: 3));
        batch.Post(TransferKind.Release, Order, At, (batch.Available(1, "BTC"), -1m), (batch.Available(2, "BTC"), 1m), (batch.Fees("BTC", 0), 0m));
        batch.Fees("BTC", 0).Seq.ShouldBe(0);
        (batch.Available(2, "BTC").Balance, batch.Available(2, "BTC").Seq).ShouldBe((1m, 1L));
    }

    [Test]
    public void Nothing_falls_below_zero_but_the_outside()
    {
        var batch = new LedgerBatch();
        batch.Take(Existing(1, "BTC", balance: 5, seq: 3));
        Should.Throw<InvalidOperationException>(
            () => batch.Post(TransferKind.Hold, Order, At, (batch.Available(1, "BTC"), -5.00000001m), (batch.Escrow(Order, "BTC"), 5.00000001m)));
        batch.Post(TransferKind.Hold, Order, At, (batch.Available(1, "BTC"), -5m), (batch.Escrow(Order, "BTC"), 5m));
        batch.Available(1, "BTC").Balance.ShouldBe(0);
        batch.Post(TransferKind.Deposit, null, At, (batch.External("BTC"), -7m), (batch.Available(1, "BTC"), 7m));
        (batch.External("BTC").Balance, batch.Available(1, "BTC").Balance).ShouldBe((-7m, 7m));
        Should.Throw<InvalidOperationException>(
            () => batch.Post(TransferKind.WithdrawalSettled, null, At, (batch.Withdrawal(Guid.CreateVersion7(), 1, "BTC"), -1m), (batch.External("BTC"), 1m)));
    }

    [Test]
    public void Accounts_are_named_by_what_they_are_for()
    {
        var batch = new LedgerBatch();
        Is(batch.Available(1, "BTC"), AccountKind.Available, AccountIds.Available(1, "BTC"), userId: 1, slot: null);
        Is(batch.Escrow(Order, "BTC"), AccountKind.Escrow, Order, userId: null, slot: null);
        Is(batch.Withdrawal(Guid.Parse("0190f3a0-2222-7000-8000-000000000001"), 1, "BTC"), AccountKind.Withdrawal,
            Guid.Parse("0190f3a0-2222-7000-8000-000000000001"), userId: 1, slot: null);
        Is(batch.External("BTC"), AccountKind.External, AccountIds.External("BTC"), userId: null, slot: null);
        Is(batch.Fees("BTC", 3), AccountKind.Fees, AccountIds.Fees("BTC", 3), userId: null, slot: 3);
        // Two nodes that make one account at once make the same one; whatever differs makes another.
        AccountIds.Available(1, "BTC").ShouldBe(Ids.Named("available|1|BTC"));
        AccountIds.External("BTC").ShouldBe(Ids.Named("external|BTC"));
        AccountIds.Fees("BTC", 3).ShouldBe(Ids.Named("fees|BTC|3"));
        new[] { AccountIds.Available(1, "BTC"), AccountIds.Available(2, "BTC"), AccountIds.Available(1, "ETH"), AccountIds.External("BTC"),
            AccountIds.Fees("BTC", 0), AccountIds.Fees("BTC", 1), }.ShouldBeUnique();
        batch.Available(1, "BTC").ShouldBeSameAs(batch.Available(1, "BTC"));

        static void Is(Account account, AccountKind kind, Guid id, long? userId, short? slot)
        {
            (account.Kind, account.Id, account.UserId, account.Slot, account.Asset).ShouldBe((kind, id, userId, slot, "BTC"));
            (account.Balance, account.Seq).ShouldBe((0m, 0L));
            account.Head.ShouldBe(new byte[32]);
        }
    }

    private static Account Existing(long userId, string asset, decimal balance, long seq) => new()
    {
        Id = AccountIds.Available(userId, asset),
        Kind = AccountKind.Available,
        UserId = userId,
        Asset = asset,
        Balance = balance,
        Seq = seq,
        Head = [.. Enumerable.Repeat((byte)seq, 32)],
    };

    private static byte[] Hash(byte[] previous, string text) => SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text)]);
}
