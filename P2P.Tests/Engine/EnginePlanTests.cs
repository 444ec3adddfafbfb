using System.Text.RegularExpressions;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>
/// The engine finds every row by its key, although its plans were first made while the tables were nearly empty: PostgreSQL itself says how it ran
/// each statement (auto_explain), those inside functions included.
/// </summary>
public sealed partial class EnginePlanTests
{
    /// <summary>Tables of a few rows, and those that are as good as empty here.</summary>
    private static readonly HashSet<string> Small = ["switches", "assets", "currencies", "prices", "ad_viewers", "contacts", "disputes"];

    [Test]
    public async Task No_statement_reads_a_whole_table()
    {
        await using var market = await EngineMarket.Create();
        var sellers = await market.Users(3);
        var buyers = await market.Users(3);
        var ads = await market.Ads(sellers, 10);
        await market.AsSuperuser("analyze ;");
        foreach (var setting in new[]
        {
            "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0", "auto_explain.log_nested_statements = on",
        })
        {
            await market.AsSuperuser($"alter database {market.Database.Name} set {setting}");
        }

        foreach (var seller in sellers)
        {
            await market.RunRaw(EngineMarket.Deposit(seller, 10));
        }

        var server = await TestPostgres.Server;
        var log = Path.Combine(server.Folder, "postgres.log");
        await Trade(market, sellers[0], buyers[0], ads[0]);
        await Grow(market);
        await Task.Delay(TimeSpan.FromSeconds(1.1)); // The first plans live a second.
        var from = new FileInfo(log).Length;
        await Trade(market, sellers[1], buyers[1], ads[1]);

        var plans = await PlansSince(log, from);

        plans.Count.ShouldBeGreaterThan(50);
        plans.SelectMany(WholeReads).Distinct().ShouldBeEmpty();
    }

    /// <summary>Thousands of users with ads, hundreds with orders.</summary>
    private static async Task Grow(EngineMarket market)
    {
        await market.Ads(await market.Users(4_000), 10);
        var sellers = await market.Users(400, bitcoin: 5);
        var buyers = await market.Users(400);
        var ads = await market.Ads(sellers, 10);
        await MarketSeed.All(Enumerable.Range(0, 400), i => market.RunRaw(EngineMarket.Place(buyers[i], ads[i], 1)));
    }

    /// <summary>One order released, one cancelled, one disputed and ruled, one expired.</summary>
    private static async Task Trade(EngineMarket market, long seller, long buyer, Guid ad)
    {
        async Task<Guid> Place() => (await market.Run(EngineMarket.Place(buyer, ad, 1))).OrderId;

        var released = await Place();
        await market.RunRaw(EngineMarket.Move(buyer, released, OrderAction.ConfirmPayment));
        await market.RunRaw(EngineMarket.Move(seller, released, OrderAction.Release));
        var cancelled = await Place();
        await market.RunRaw(EngineMarket.Move(buyer, cancelled, OrderAction.Cancel));
        var disputed = await Place();
        await market.RunRaw(EngineMarket.Move(buyer, disputed, OrderAction.ConfirmPayment));
        await market.Disputed([(disputed, buyer)], appealed: false);
        await market.RunRaw(MarketSeed.TimeOver(disputed));
        var expired = await Place();
        await market.AsSuperuser("update orders set deadline = clock_timestamp() where id = @expired", new { expired });
        await market.RunRaw(EngineMarket.Move(0, expired, OrderAction.Expire));
    }

    /// <summary>The plans of the engine's sessions, each as its lines; the log is written behind the answer.</summary>
    private static async Task<List<string[]>> PlansSince(string log, long from)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Seek(from, SeekOrigin.Begin);
            var text = await new StreamReader(file).ReadToEndAsync();
            var plans = Entries().Split(text).Where(entry => entry.Contains("  plan:\n", StringComparison.Ordinal)).ToList();
            if (plans.Count > 50)
            {
                return [.. plans.Select(plan => plan.Split('\n'))];
            }

            await Task.Delay(100);
        }

        return [];
    }

    /// <summary>The scans of a plan without a condition on an index.</summary>
    private static IEnumerable<string> WholeReads(string[] plan)
    {
        for (var i = 0; i < plan.Length; i++)
        {
            if (Scans().Match(plan[i]) is not { Success: true } scan || Small.Contains(scan.Groups["table"].Value))
            {
                continue;
            }

            var ownLines = plan.Skip(i + 1).TakeWhile(line => !line.Contains("->", StringComparison.Ordinal) && !line.Contains("Plan", StringComparison.Ordinal));
            if (scan.Groups["kind"].Value == "Seq Scan" || !ownLines.Any(line => line.Contains("Index Cond:", StringComparison.Ordinal)))
            {
                yield return string.Join('\n', plan.Where(line => line.Trim().Length > 0).Take(60));
            }
        }
    }

    [GeneratedRegex(@"^(?=\d{4}-\d\d-\d\d )", RegexOptions.Multiline)]
    private static partial Regex Entries();

    [GeneratedRegex(@"(?<kind>Seq Scan|Index Scan|Index Only Scan)\b.* on (?<table>\w+)")]
    private static partial Regex Scans();
}
