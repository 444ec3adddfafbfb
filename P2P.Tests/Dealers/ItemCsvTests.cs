using P2P.Contracts;
using P2P.Contracts.Dealers;

namespace P2P.Tests.Dealers;

/// <summary>Items as tables: out and in again, all or nothing, and every fault by its line.</summary>
public sealed class ItemCsvTests : ItemWorld
{
    private const string Head = "name,price,currency,stock,unit,visibility,gives";

    [Test]
    public async Task What_goes_out_comes_in_at_another_peer_s()
    {
        var (owner, other) = (await Peer(), await Peer());
        await owner.Client.Items.CreateAsync(
            Terms("=SUM(A1), \"the lamp\"\u20ac", ItemVisibility.Private, AccessLevel.View, 1_250.5m) with
            {
                Description = "one\ntwo; three",
                Fields = [new ItemField { Name = "size, in cm", Value = "-12" }, new ItemField { Name = "colour", Value = "'red'" }],
            },
            2.125m,
            "kg",
            isSealed: false,
            Bounded);
        await owner.Client.Items.CreateAsync(Terms("Plain", ItemVisibility.Public, AccessLevel.Manage) with { Description = null, Fields = null }, 0, cancellationToken: Bounded);
        var table = await owner.Client.Items.ExportCsvAsync(Bounded);
        table.ShouldContain("\"'=SUM(A1), \"\"the lamp\"\"");

        // At the owner's nothing is new; at another's every line is, once its id is taken out.
        (await owner.Client.Items.ImportCsvAsync(table, cancellationToken: Bounded)).ShouldSatisfyAllConditions(
            done => done.IsDone.ShouldBeTrue(), done => (done.New, done.Known).ShouldBe((0, 2)));
        var foreign = await other.Client.Items.ImportCsvAsync(table, cancellationToken: Bounded);
        (foreign.IsDone, foreign.Known).ShouldBe((false, 2));
        foreign.Errors.ShouldAllBe(error => error.Column == "item_id");
        var bare = string.Join("\r\n", table.Split("\r\n").Select(line => line.Length > 36 && Guid.TryParse(line[..36], out _) ? line[36..] : line));
        (await other.Client.Items.ImportCsvAsync(bare, cancellationToken: Bounded)).IsDone.ShouldBeTrue();
        var (before, after) = (await All(owner), await All(other));
        after.ShouldBe(before);
    }

    [Test]
    public async Task A_table_with_one_fault_puts_nothing_in_and_a_dry_run_never_does()
    {
        var peer = await Peer();
        var good = $"{Head},description\r\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"Lamp {i},10,KES,5,piece,customers,order,\"two\nlines\"\r\n"));
        var dry = await peer.Client.Items.CheckCsvAsync(good, Bounded);
        (dry.IsDone, dry.New, dry.ErrorCount).ShouldBe((false, 20, 0));
        var bad = await peer.Client.Items.ImportCsvAsync(good + "Lamp 20,10.001,KES,5,piece,customers,order,\r\n", cancellationToken: Bounded);
        (bad.IsDone, bad.New, bad.ErrorCount).ShouldBe((false, 21, 1));
        // Each of the twenty before it takes two lines.
        (bad.Errors.Single().Line, bad.Errors.Single().Column).ShouldBe((42, "price"));
        (await All(peer)).ShouldBeEmpty();

        var requestId = Guid.CreateVersion7();
        var first = await peer.Client.Items.ImportCsvAsync(good, requestId, Bounded);
        (first.IsDone, first.New).ShouldBe((true, 20));
        (await peer.Client.Items.ImportCsvAsync(good, requestId, Bounded)).IsDone.ShouldBeTrue();
        (await All(peer)).Count.ShouldBe(20);
        (await Refused(() => peer.Client.Items.ImportCsvAsync(Head, requestId, Bounded))).ShouldBe(ErrorCodes.RequestIdReused);
    }

    [TestCase("", 1, "")]
    [TestCase("name,price", 1, "currency")]
    [TestCase(Head + ",color", 1, "color")]
    [TestCase(Head + ",name", 1, "name")]
    [TestCase(Head + "\n,1,KES,1,piece,public,view", 2, "name")]
    [TestCase(Head + "\nA,ten,KES,1,piece,public,view", 2, "price")]
    [TestCase(Head + "\nA,0,KES,1,piece,public,view", 2, "price")]
    [TestCase(Head + "\nA,1,XYZ,1,piece,public,view", 2, "currency")]
    [TestCase(Head + "\nA,1,KES,-1,piece,public,view", 2, "stock")]
    [TestCase(Head + "\nA,1,KES,1,,public,view", 2, "unit")]
    [TestCase(Head + "\nA,1,KES,1,piece,everyone,view", 2, "visibility")]
    [TestCase(Head + "\nA,1,KES,1,piece,public,unknown", 2, "gives")]
    [TestCase(Head + "\n\nA,1,KES,1,piece,public,view,more", 3, "")]
    [TestCase(Head + "\n\"A,1,KES,1,piece,public,view", 2, "")]
    [TestCase("item_id," + Head + "\nx,A,1,KES,1,piece,public,view", 2, "item_id")]
    public async Task What_is_wrong_is_told_by_line_and_column(string table, int line, string column)
    {
        var peer = await Peer();
        var checkedTable = await peer.Client.Items.CheckCsvAsync(table, Bounded);
        checkedTable.ErrorCount.ShouldBeGreaterThan(0);
        (checkedTable.Errors[0].Line, checkedTable.Errors[0].Column).ShouldBe((line, column));
        (await peer.Client.Items.ImportCsvAsync(table, cancellationToken: Bounded)).IsDone.ShouldBeFalse();
        (await All(peer)).ShouldBeEmpty();
    }

    [Test]
    public async Task What_is_too_much_is_refused_as_a_whole()
    {
        var peer = await Peer();
        (await Refused(() => peer.Client.Items.CheckCsvAsync(new string('a', Limits.ItemImportBytesMax + 1), Bounded))).ShouldBe(ErrorCodes.FileTooLarge);
        var lines = string.Concat(Enumerable.Range(0, Limits.ItemImportLinesMax + 1).Select(i => $"L{i},1,KES,1,piece,private,view\n"));
        (await peer.Client.Items.CheckCsvAsync($"{Head}\n{lines}", Bounded)).Errors.Single().Line.ShouldBe(Limits.ItemImportLinesMax + 2);
        (await Refused(async () => await (await Stranger()).Client.Items.ExportCsvAsync(Bounded))).ShouldBe(ErrorCodes.NotAPeer);
    }

    /// <summary>All that a peer has, without what every item has of its own.</summary>
    private static async Task<List<string>> All(Dealer peer) =>
    [
        .. (await peer.Client.Items.ListAsync(peer.PeerId, limit: 100, cancellationToken: Bounded)).Items
            .Select(item => string.Join(
                '|',
                [
                    item.Name, item.Description, item.Category, item.Price.ToString("F8"), item.Currency, item.Stock.ToString("F3"), item.Unit, $"{item.Visibility}",
                    $"{item.Gives}", .. item.Fields.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{field.Name}={field.Value}"),
                ]))
            .Order(StringComparer.Ordinal),
    ];
}
