using P2P.Contracts.Admin;
using P2P.Server.Admin.Analytics;
using P2P.Server.Admin.Ledger;
using P2P.Server.Core.Text;
using P2P.Server.Deals.Ledger.Verify;
using P2P.Tests.Support;

namespace P2P.Tests.Rules;

/// <summary>Which violations are one finding, what the middle of release times is, and what a cell of a table may hold.</summary>
public sealed class HouseRulesTests
{
    private const string Account = "01997a0e-1111-7222-8333-444455556666";

    [Test]
    public void A_wrong_balance_is_one_finding_whatever_its_amounts()
    {
        var first = new Violation("I2", $"Account {Account} has a balance of 1.5, its entries sum to -0.25.");
        var later = new Violation("I2", $"Account {Account} has a balance of 20, its entries sum to 18.25.");
        var other = new Violation("I2", $"Account {Account.Replace('6', '7')} has a balance of 1.5, its entries sum to -0.25.");

        FindingRules.KeyOf(later).ShouldBe(FindingRules.KeyOf(first));
        FindingRules.KeyOf(other).ShouldNotBe(FindingRules.KeyOf(first));
        FindingRules.KeyOf(first).ShouldContain(Account);
    }

    [Test]
    public void Two_changed_rows_are_two_findings()
    {
        FindingRules.KeyOf(new Violation("I9", "Row 3 of the audit log was changed."))
            .ShouldNotBe(FindingRules.KeyOf(new Violation("I9", "Row 4 of the audit log was changed.")));
    }

    [Test]
    public void A_pause_names_the_first_findings_and_keeps_within_a_reasons_length()
    {
        var many = Enumerable.Range(1, 20).Select(i => new Violation("I9", $"{new string('x', 400)} {i}.")).ToList();
        FindingRules.PauseReason(many[..1]).ShouldStartWith("The ledger does not add up. I9: x");
        FindingRules.PauseReason([.. many.Select(one => one with { Sentence = "Wrong." })]).ShouldEndWith("And 17 more.");
        FindingRules.PauseReason(many).Length.ShouldBe(1_000);
        FindingRules.KeyOf(new Violation("I9", new string('x', 2_000))).Length.ShouldBe(500);
    }

    [Test]
    public void The_middle_is_within_five_percent([Values(1, 2, 17, 240, 3_600, 86_400, 2_000_000)] int seconds, [Values(1, 2, 5)] int orders)
    {
        var bucket = (int)Math.Floor(Math.Log(seconds) / Math.Log(1.1) + 1e-9);
        var median = AnalyticsRules.Median([(bucket, orders), (bucket + 40, orders - 1), (0, 0)]).ShouldNotBeNull();
        ((double)median).ShouldBeInRange((seconds * 0.95) - 1, (seconds * 1.05) + 1);
    }

    [Test]
    public void The_middle_of_nothing_is_none_and_a_part_of_nothing_too()
    {
        AnalyticsRules.Median([]).ShouldBeNull();
        AnalyticsRules.Percent(0, 0).ShouldBeNull();
        AnalyticsRules.Percent(2, 3).ShouldBe(66.67m);
    }

    [Test]
    public void Groups_are_put_together_over_what_is_left_out([Values] AnalyticsGrouping grouping)
    {
        DayFigures[] figures = [Figures("2026-01-01", 1), Figures("2026-01-01", 2), Figures("2026-01-02", 1)];
        var rows = AnalyticsRules.Rows(figures, [], grouping, new Dictionary<long, string> { [1] = "One" });
        rows.Count.ShouldBe(grouping is AnalyticsGrouping.Day or AnalyticsGrouping.PaymentMethod ? 2 : 1);
        rows.Sum(row => row.Placed).ShouldBe(3);
        rows.ShouldAllBe(row => (row.Day != null) == (grouping == AnalyticsGrouping.Day));
    }

    [TestCase("=1+1", "'=1+1")]
    [TestCase("+1", "'+1")]
    [TestCase("-1", "'-1")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\tx", "'\tx")]
    [TestCase("  =x", "'  =x")]
    [TestCase("\uFF1Dx", "'\uFF1Dx")]
    [TestCase("\r=x", "\"'\r=x\"")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("a\"b", "\"a\"\"b\"")]
    [TestCase("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    [TestCase("plain", "plain")]
    [TestCase("a=b", "a=b")]
    [TestCase("", "")]
    [TestCase("   ", "   ")]
    [TestCase(null, "")]
    public void No_cell_is_a_formula(string? text, string cell) => Csv.Cell(text).ShouldBe(cell);

    [Test]
    public void What_is_written_as_cells_is_read_again()
    {
        var random = Properties.Randomness("cells");
        const string Signs = "=+-@'\"\r\n,; \tab\u00e9\u20ac";
        for (var turn = 0; turn < 5_000; turn++)
        {
            string[] row = [.. Enumerable.Range(0, 4).Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Signs[random.Next(Signs.Length)]))), "end"];
            var (line, cells) = Csv.Read(string.Join(',', row.Select(Csv.Cell)) + "\r\nnext").First();
            line.ShouldBe(1);
            cells.ShouldNotBeNull().Select(Csv.Plain).ShouldBe(row);
        }
    }

    [TestCase("\"a", 1)]
    [TestCase("a,b\nc,\"d\"e", 2)]
    [TestCase("\"a\nb\"\n\"", 3)]
    public void What_is_no_row_ends_the_table_and_says_where(string text, int line) => Csv.Read(text).Last().ShouldBe((line, null));

    private static DayFigures Figures(string day, long method) => new()
    {
        Day = day,
        Asset = "BTC",
        Fiat = "KES",
        PaymentMethodId = method,
        Placed = 1,
        Completed = 1,
        Cancelled = 0,
        Expired = 0,
        Disputed = 0,
        CryptoVolume = 1,
        FiatVolume = 1,
    };
}
