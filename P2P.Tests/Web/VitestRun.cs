using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using P2P.Tests.Shape;
using P2P.Tests.Support;

namespace P2P.Tests.Web;

/// <summary>How one test of the TypeScript client ended.</summary>
internal sealed record VitestResult(string File, string Name, string Status, string Message);

/// <summary>The tests of the TypeScript client, run once against one stage.</summary>
internal sealed partial class VitestRun
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(280);

    private static readonly Lazy<Task<VitestRun>> Started = new(Run);

    private VitestRun(IReadOnlyList<VitestResult> results, Dictionary<string, JsonArray> observed) =>
        (Results, Observed) = (results, observed);

    /// <summary>Where the client lies.</summary>
    public static string Folder => Path.Combine(Sources.Root, "web", "client");

    /// <summary>The one run; the first who asks starts it.</summary>
    public static Task<VitestRun> Once => Started.Value;

    public IReadOnlyList<VitestResult> Results { get; }

    /// <summary>What the client saw in the recorded sessions.</summary>
    public Dictionary<string, JsonArray> Observed { get; }

    /// <summary>Every test by file and name as they stand in the sources, so that each is a test here before any ran.</summary>
    public static IReadOnlyList<(string File, string Name)> Written() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "test"), "*.test.ts").Order(StringComparer.Ordinal).SelectMany(path =>
            WrittenTest().Matches(File.ReadAllText(path)).Select(match => (Path.GetFileName(path), match.Groups["name"].Value))),
    ];

    private static async Task<VitestRun> Run()
    {
        var vitest = Path.Combine(Folder, "node_modules", "vitest", "vitest.mjs");
        if (!File.Exists(vitest))
        {
            throw new InvalidOperationException("The packages of web/client are missing: ./test installs them, or `npm ci` there.");
        }

        using var folder = new TestFolder();
        await using var stage = await WebStage.Open();
        var report = folder["vitest.json"];
        var start = new ProcessStartInfo("node", [vitest, "run", "--reporter=json", $"--outputFile={report}"])
        {
            WorkingDirectory = Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["P2P_STAGE"] = stage.Address.ToString();
        start.Environment["P2P_URL"] = stage.Market.AddressOf().ToString();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(WaitMax);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return File.Exists(report)
            ? new VitestRun(Read(await File.ReadAllTextAsync(report)), stage.Observed)
            : throw new InvalidOperationException($"The tests of web/client did not end.\n{await output}\n{await errors}");
    }

    private static List<VitestResult> Read(string report)
    {
        using var json = JsonDocument.Parse(report);
        var results = new List<VitestResult>();
        foreach (var file in json.RootElement.GetProperty("testResults").EnumerateArray())
        {
            var name = Path.GetFileName(file.GetProperty("name").GetString() ?? "");
            var message = file.TryGetProperty("message", out var says) ? says.GetString() ?? "" : "";
            var tests = file.GetProperty("assertionResults").EnumerateArray().ToList();
            results.AddRange(tests.Select(test => new VitestResult(
                name,
                test.GetProperty("title").GetString() ?? "",
                test.GetProperty("status").GetString() ?? "",
                string.Join('\n', test.GetProperty("failureMessages").EnumerateArray().Select(one => one.GetString()).Append(message)))));
            if (tests.Count == 0)
            {
                results.Add(new VitestResult(name, "", "failed", message));
            }
        }

        return results;
    }

    [GeneratedRegex("""^\s*test\("(?<name>[^"]+)",""", RegexOptions.Multiline)]
    private static partial Regex WrittenTest();
}
