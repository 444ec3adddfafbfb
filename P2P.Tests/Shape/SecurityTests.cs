using System.Text.RegularExpressions;

namespace P2P.Tests.Shape;

/// <summary>docs/security.md: every requirement has a test that exists and knows of it, or a reason why there is none.</summary>
public sealed partial class SecurityTests
{
    private const int Requirements = 64;
    private static readonly string Document = Path.Combine(Sources.Root, "docs", "security.md");

    private static IEnumerable<(string Id, string What, string Shown)> Rows() =>
        File.ReadAllLines(Document).Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => (row.Groups["id"].Value, row.Groups["what"].Value, row.Groups["shown"].Value));

    [Test]
    public void Every_requirement_has_a_row() => Rows().Select(row => row.Id).ShouldBe(
        Enumerable.Range(1, Requirements).Select(number => $"S{number:00}"));

    [Test]
    public void Every_requirement_has_a_test_that_knows_of_it_or_a_reason()
    {
        var fixtures = typeof(SecurityTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        var sources = Sources.Of("P2P.Tests")
            .ToLookup(source => Path.GetFileNameWithoutExtension(source.Path), source => source.Text);
        var wrong = new List<string>();
        foreach (var (id, what, shown) in Rows())
        {
            what.ShouldNotBeNullOrWhiteSpace(id);
            if (Reason().IsMatch(shown))
            {
                continue;
            }

            var named = Name().Matches(shown).Select(name => name.Groups[1].Value).ToList();
            wrong.AddRange(named.Count == 0 ? [$"{id} names neither a test nor a reason"] : []);
            wrong.AddRange(named.Where(name => !fixtures.Contains(name)).Select(name => $"{id} names {name}, which is no fixture"));
            wrong.AddRange(named.Where(name => fixtures.Contains(name) && !sources[name].Any(text => text.Contains(id, StringComparison.Ordinal)))
                .Select(name => $"{name} does not know of {id}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Test]
    public void What_a_test_knows_of_stands_in_the_table()
    {
        var shown = Rows().ToDictionary(row => row.Id, row => row.Shown);
        var missing = Sources.Of("P2P.Tests")
            .Where(source => source.Path.EndsWith("Tests.cs", StringComparison.Ordinal))
            .SelectMany(source => Known().Matches(source.Text).Select(known => (known.Value, Fixture: Path.GetFileNameWithoutExtension(source.Path))))
            .Distinct()
            .Where(known => !shown.GetValueOrDefault(known.Value, "").Contains($"`{known.Fixture}`", StringComparison.Ordinal))
            .Select(known => $"{known.Fixture} shows {known.Value}");
        missing.ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\| (?<id>S\d\d) \| (?<what>[^|]+) \| (?<shown>[^|]+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("^not (yet|needed): .{10,}")]
    private static partial Regex Reason();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bS[0-9]{2}\b")]
    private static partial Regex Known();
}
