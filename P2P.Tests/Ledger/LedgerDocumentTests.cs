using System.Text.RegularExpressions;
using Dapper;
using P2P.Tests.Engine;

namespace P2P.Tests.Ledger;

/// <summary>The statements of docs/ledger.md do what the page says.</summary>
public sealed partial class LedgerDocumentTests
{
    private static readonly string[] Statements = [.. Blocks().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value)];

    [Test]
    public async Task They_find_nothing_in_a_good_database_and_each_finds_what_it_is_for()
    {
        await using var market = await LedgerMarket.Create();
        Statements.Length.ShouldBe(6);
        foreach (var statement in Statements)
        {
            (await Found(market, statement)).ShouldBe(0, statement);
        }

        await market.Tamper(
            "update entries set amount = amount + 0.00000001 where (account_id, seq) = (select account_id, seq from entries limit 1)");
        await market.Tamper("update order_history set actor_id = 1 where version = 1");
        await market.Tamper("update audit_log set actor = 'nobody' where seq = 2");

        foreach (var statement in Statements)
        {
            (await Found(market, statement)).ShouldBePositive(statement);
        }
    }

    private static async Task<int> Found(EngineMarket market, string statement)
    {
        await using var connection = await market.Open();
        return (await connection.QueryAsync(statement)).Count();
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "P2P.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The solution's folder was not found.");
        }

        return Path.Combine(folder.FullName, "docs", "ledger.md");
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
