using System.Diagnostics;
using System.Globalization;
using P2P.Tests.Shape;

namespace P2P.Tests.Support;

/// <summary>What tests of reliability saw: told while they run, and with P2P_WRITE=1 at night written to docs/reliability.md.</summary>
internal static class ReliabilityReport
{
    private const string Begin = "<!-- figures -->\n";
    private const string End = "<!-- end of figures -->";

    private static readonly SortedDictionary<string, string> Seen = new(StringComparer.Ordinal);

    /// <param name="id">What is shown, and under what: T7, or T9 with a state of Redis.</param>
    /// <param name="figures">One sentence with its figures.</param>
    public static void Tell(string id, string figures)
    {
        TestContext.Progress.WriteLine($"{id}: {figures}");
        lock (Seen)
        {
            Seen[id] = figures;
        }
    }

    /// <summary>At the end of the run.</summary>
    public static void Write()
    {
        if (Environment.GetEnvironmentVariable("P2P_WRITE") != "1" || !Tier.IsNightly || Seen.Count == 0)
        {
            return;
        }

        var path = Path.Combine(Sources.Root, "docs", "reliability.md");
        var text = File.ReadAllText(path);
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in text[start..end].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2))
        {
            // What this run did not look at stays as it was seen, with its own day and commit.
            rows[row.Split(" | ")[0][2..]] = row;
        }

        var day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var (id, figures) in Seen)
        {
            rows[id] = $"| {id} | {figures} | {day}, {Commit()} |";
        }

        File.WriteAllText(path, $"{text[..start]}| test | seen | day, commit |\n| --- | --- | --- |\n{string.Concat(rows.Values.Select(row => row + "\n"))}{text[end..]}");
    }

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "--short", "HEAD"])
        {
            WorkingDirectory = Sources.Root,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("git cannot be started.");
        var commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return commit;
    }
}
