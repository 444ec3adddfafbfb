using System.Text.RegularExpressions;
using P2P.Contracts.Deals;
using P2P.Server.Deals.Engine;
using P2P.Server.Trading.CryptoOrders;

namespace P2P.Tests.Shape;

/// <summary>What the documents say is what the code does. With P2P_WRITE=1 the generated parts are written anew.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Path.Combine(Sources.Root, "README.md");

    private static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(Path.Combine(Sources.Root, "docs"), "*.md", SearchOption.AllDirectories).Prepend(Readme);

    [Test]
    public void The_snippet_is_the_sample()
    {
        var sample = File.ReadAllLines(Path.Combine(Sources.Root, "samples", "PlaceOrder", "Program.cs"));
        sample[0].ShouldStartWith("// ");
        Holds("csharp", string.Join('\n', sample.Skip(1)));
    }

    [Test]
    public void The_picture_of_an_orders_states_is_the_table() => Holds("mermaid", Diagram(CryptoOrderTable.Rows));

    [Test]
    public void The_map_names_every_folder()
    {
        var readme = File.ReadAllText(Readme);
        var folders = Directory.EnumerateDirectories(Sources.Root).Select(Path.GetFileName).OfType<string>()
            .Where(name => name is "db-scripts" or "docs" or "samples" || name.StartsWith("P2P.", StringComparison.Ordinal))
            .Where(name => !readme.Contains($"| `{name}` |", StringComparison.Ordinal));
        folders.ShouldBeEmpty();
    }

    [Test]
    public void Every_link_between_documents_leads_somewhere()
    {
        var broken = Documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(match => match.Groups["to"].Value)
            .Where(to => !to.StartsWith("http", StringComparison.Ordinal))
            .Where(to => !Path.Exists(Path.Combine(Path.GetDirectoryName(document) ?? ".", to.Split('#')[0])))
            .Select(to => $"{Path.GetRelativePath(Sources.Root, document)}: {to}"));
        broken.ShouldBeEmpty();
    }

    /// <summary>One arrow a row; rows that differ by the party alone share one.</summary>
    private static string Diagram(IReadOnlyList<Transition> rows)
    {
        var arrows = rows.GroupBy(row => (row.From, row.Action, row.To, row.Escrow)).Select(group =>
            $"    {group.Key.From} --> {group.Key.To} : {group.Key.Action} by "
            + $"{string.Join(" or ", group.Select(row => Words(row.By)))}{Words(group.Key.Escrow)}");
        var ends = rows.Select(row => row.To).Distinct().Where(to => rows.All(row => row.From != to)).Select(to => $"    {to} --> [*]");
        return string.Join('\n', [
            "stateDiagram-v2",
            $"    [*] --> {OrderStatus.AwaitingPayment} : {OrderAction.Place} by the taker{Words(EscrowEffect.Hold)}",
            .. arrows,
            .. ends,
        ]);
    }

    private static string Words(Party party) => party == Party.System ? "the server" : $"the {party}".ToLowerInvariant();

    private static string Words(EscrowEffect effect) => effect switch
    {
        EscrowEffect.None => "",
        EscrowEffect.Hold => ", escrow is held",
        EscrowEffect.Release => ", escrow goes to the buyer",
        EscrowEffect.Refund => ", escrow goes back",
        EscrowEffect.Split => ", escrow is divided",
        _ => throw new ArgumentOutOfRangeException(nameof(effect)),
    };

    /// <summary>The first block of this language holds this text.</summary>
    private static void Holds(string language, string text)
    {
        var readme = File.ReadAllText(Readme);
        var start = readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        var end = readme.IndexOf("```\n", start, StringComparison.Ordinal);
        var should = text.TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("P2P_WRITE") == "1")
        {
            File.WriteAllText(Readme, readme[..start] + should + readme[end..]);
            return;
        }

        readme[start..end].ShouldBe(should, "run the tests of the README once with P2P_WRITE=1");
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
