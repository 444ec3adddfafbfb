using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Tests.Rules;

/// <summary>The transition table over every status, action and party, against a second spelling of it.</summary>
public sealed class TransitionTableTests
{
    private static readonly Dictionary<(OrderStatus From, OrderAction Action, Party By), (OrderStatus To, EscrowEffect Escrow, Duty Duty)> Expected =
        Spelled(
            """
            AwaitingPayment  Cancel              Buyer   -> Cancelled        Refund  None
            AwaitingPayment  Cancel              Seller  -> Cancelled        Refund  None
            AwaitingPayment  ConfirmPayment      Buyer   -> PaymentConfirmed None    SellerReleases
            AwaitingPayment  ExtendPaymentWindow Seller  -> AwaitingPayment  None    BuyerPays
            AwaitingPayment  Expire              System  -> Expired          Refund  None
            PaymentConfirmed UndoConfirmation    Buyer   -> AwaitingPayment  None    BuyerPays
            PaymentConfirmed Release             Seller  -> Released         Release None
            PaymentConfirmed RequestCancel       Buyer   -> PaymentConfirmed None    SellerReleases
            PaymentConfirmed RequestCancel       Seller  -> PaymentConfirmed None    SellerReleases
            PaymentConfirmed AcceptCancel        Buyer   -> Cancelled        Refund  None
            PaymentConfirmed AcceptCancel        Seller  -> Cancelled        Refund  None
            PaymentConfirmed DeclineCancel       Buyer   -> PaymentConfirmed None    SellerReleases
            PaymentConfirmed DeclineCancel       Seller  -> PaymentConfirmed None    SellerReleases
            PaymentConfirmed Dispute             Buyer   -> Disputed         None    DisputeEnds
            PaymentConfirmed Dispute             Seller  -> Disputed         None    DisputeEnds
            PaymentConfirmed Dispute             System  -> Disputed         None    DisputeEnds
            Disputed         Release             Seller  -> Released         Release None
            Disputed         RequestCancel       Buyer   -> Disputed         None    DisputeEnds
            Disputed         RequestCancel       Seller  -> Disputed         None    DisputeEnds
            Disputed         AcceptCancel        Buyer   -> Cancelled        Refund  None
            Disputed         AcceptCancel        Seller  -> Cancelled        Refund  None
            Disputed         DeclineCancel       Buyer   -> Disputed         None    DisputeEnds
            Disputed         DeclineCancel       Seller  -> Disputed         None    DisputeEnds
            Disputed         ResolveRelease      System  -> Released         Release None
            Disputed         ResolveRelease      Staff   -> Released         Release None
            Disputed         ResolveRefund       System  -> Cancelled        Refund  None
            Disputed         ResolveRefund       Staff   -> Cancelled        Refund  None
            Disputed         ResolveSplit        System  -> Released         Split   None
            Disputed         ResolveSplit        Staff   -> Released         Split   None
            """);

    [Test]
    public void Exactly_the_rows_are_allowed_and_all_else_is_refused_by_status_then_party()
    {
        var (allowed, wrongStatus, wrongParty) = (0, 0, 0);
        foreach (var (status, action, by, maker) in All())
        {
            var cell = $"{status} {action} {by}, made by the {maker}";
            var facts = OrderFixtures.Willing(status, action, by, maker);
            var (decision, code) = OrderFixtures.Outcome(() => CryptoOrderRules.Decide(facts));
            code.ShouldBe(CodeOf(status, action, by), cell);
            if (decision is not null)
            {
                var row = Expected[(status, action, by)];
                (decision.Order.Status, decision.Escrow, decision.Order.Duty).ShouldBe(row, cell);
                (decision.Action, decision.By).ShouldBe((action, by), cell);
                decision.Order.ShouldSatisfyAllConditions(
                    order => order.Version.ShouldBe(facts.Order.Version, cell),
                    order => (order.Held, order.Fee, order.Taken).ShouldBe((facts.Order.Held, facts.Order.Fee, facts.Order.Taken), cell),
                    order => (order.BuyerId, order.SellerId, order.Maker).ShouldBe((OrderFixtures.BuyerId, OrderFixtures.SellerId, maker), cell),
                    order => (order.IsOpen || (order.Deadline is null && order.CancelRequestedBy is null)).ShouldBeTrue(cell));
                allowed++;
            }

            wrongStatus += code == ErrorCodes.WrongStatus ? 1 : 0;
            wrongParty += code == ErrorCodes.WrongParty ? 1 : 0;
        }

        var cells = Enum.GetValues<OrderStatus>().Length * Enum.GetValues<OrderAction>().Length * Enum.GetValues<Party>().Length * 2;
        TestContext.Out.WriteLine($"{cells} cells: {allowed} allowed, {wrongStatus} of the wrong status, {wrongParty} of the wrong party.");
        (allowed + wrongStatus + wrongParty).ShouldBe(cells);
        allowed.ShouldBe(Expected.Count * 2);
        wrongParty.ShouldBeGreaterThan(0);
    }

    [Test]
    public void A_check_and_a_command_agree_in_every_cell_whatever_the_guards_say()
    {
        var (cells, refused) = (0, 0);
        foreach (var (status, action, by, maker) in All())
        {
            foreach (var facts in Moods(OrderFixtures.Willing(status, action, by, maker)))
            {
                var reasons = CryptoOrderRules.Reasons(facts).ToList();
                var (decision, code) = OrderFixtures.Outcome(() => CryptoOrderRules.Decide(facts));
                code.ShouldBe(reasons.FirstOrDefault()?.Code, $"{status} {action} {by}");
                (decision is null).ShouldBe(reasons.Count > 0);
                reasons.Select(reason => reason.Message).ShouldAllBe(message => message.Length > 0 && !message.Contains('|'));
                cells++;
                refused += code is null ? 0 : 1;
            }
        }

        TestContext.Out.WriteLine($"{cells} commands compared with their checks, {refused} of them refused.");
        refused.ShouldBeInRange(1, cells - 1);
    }

    [Test]
    public void The_table_has_no_row_twice_and_no_way_out_of_an_ended_order()
    {
        CryptoOrderRules.Table.Select(row => (row.From, row.Action, row.By)).ShouldBeUnique();
        CryptoOrderRules.Table.Count.ShouldBe(Expected.Count);
        CryptoOrderRules.Table.ShouldAllBe(
            row => row.From == OrderStatus.AwaitingPayment || row.From == OrderStatus.PaymentConfirmed || row.From == OrderStatus.Disputed);
        CryptoOrderRules.Table.Where(row => row.By == Party.System && row.From == OrderStatus.PaymentConfirmed)
            .ShouldAllBe(row => row.Escrow == EscrowEffect.None); // Time alone neither releases nor refunds what was paid.
    }

    private static IEnumerable<(OrderStatus Status, OrderAction Action, Party By, Party Maker)> All() =>
        from status in Enum.GetValues<OrderStatus>()
        from action in Enum.GetValues<OrderAction>()
        from party in Enum.GetValues<Party>()
        from maker in new[] { Party.Seller, Party.Buyer }
        select (status, action, party, maker);

    /// <summary>Facts and what else could be: later, suspended, without a clock, undone, extended, proposed by either.</summary>
    private static IEnumerable<MoveFacts> Moods(MoveFacts facts)
    {
        yield return facts;
        yield return facts with { Now = facts.Now.AddDays(2) };
        yield return facts with { Now = facts.Now.AddMinutes(-25) };
        yield return facts with { Buyer = facts.Buyer with { Suspended = true } };
        yield return facts with { Seller = facts.Seller with { Suspended = true } };
        yield return facts with { Order = facts.Order with { Deadline = null } };
        yield return facts with { Order = facts.Order with { Overdue = true } };
        yield return facts with { Order = facts.Order with { CancelRequestedBy = Party.Buyer } };
        yield return facts with { Order = facts.Order with { CancelRequestedBy = Party.Seller } };
        yield return facts with { Detail = facts.Detail with { WindowExtended = true, ConfirmationUndone = true, SellerActed = true } };
    }

    private static string? CodeOf(OrderStatus status, OrderAction action, Party by) =>
        Expected.ContainsKey((status, action, by)) ? null
        : !Expected.Keys.Any(key => key.From == status && key.Action == action) ? ErrorCodes.WrongStatus
        : ErrorCodes.WrongParty;

    private static Dictionary<(OrderStatus, OrderAction, Party), (OrderStatus, EscrowEffect, Duty)> Spelled(string rows) => rows
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(
            row => (Enum.Parse<OrderStatus>(row[0]), Enum.Parse<OrderAction>(row[1]), Enum.Parse<Party>(row[2])),
            row => (Enum.Parse<OrderStatus>(row[4]), Enum.Parse<EscrowEffect>(row[5]), Enum.Parse<Duty>(row[6])));
}
