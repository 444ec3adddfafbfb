using System.Globalization;
using System.Text.RegularExpressions;

namespace P2P.Tests.Observing;

/// <summary>What <c>/metrics</c> answered.</summary>
internal sealed partial class Scrape
{
    private readonly List<Sample> _samples = [];
    private readonly Dictionary<string, string> _kinds = [];

    public Scrape(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                _kinds[words[2]] = words[3];
            }
            else if (line[0] != '#')
            {
                var parts = SampleLine().Match(line);
                parts.Success.ShouldBeTrue(line);
                _samples.Add(new Sample(
                    parts.Groups["name"].Value,
                    Label().Matches(parts.Groups["labels"].Value).ToDictionary(one => one.Groups[1].Value, one => one.Groups[2].Value),
                    double.Parse(parts.Groups["value"].Value, CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>Names with their kinds.</summary>
    public IReadOnlyDictionary<string, string> Kinds => _kinds;

    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>The sum of all series of a name whose labels are these.</summary>
    public double Sum(string name, params (string Label, string Value)[] labels) => _samples
        .Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Label) == label.Value))
        .Sum(sample => sample.Value);

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)""")]
    private static partial Regex Label();

    internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
}
