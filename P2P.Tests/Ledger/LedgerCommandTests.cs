using P2P.Server.Deals.Ledger.Checkpoints;
using P2P.Tests.Support;

namespace P2P.Tests.Ledger;

/// <summary>`ledger verify`, as an operator runs it.</summary>
public sealed class LedgerCommandTests
{
    [Test]
    public async Task It_says_what_it_checked_and_fails_when_something_is_wrong()
    {
        await using var market = await LedgerMarket.Create();
        using var folder = new TestFolder();
        CheckpointKey.Ensure(folder["ledger.key"]);
        using (var key = CheckpointKey.Read(folder["ledger.key"]))
        {
            await using var connection = await market.Open();
            await CheckpointWriter.Append(connection, new CheckpointFile(folder["checkpoints.jsonl"]), key, TimeSpan.Zero, default);
        }

        string[] command = ["ledger", "verify", "--checkpoints", "checkpoints.jsonl", "--public-key", "ledger.pub"];
        var good = ServerProcess.Run(folder.Path, command, ("P2P__Db__App", market.App));
        good.Code.ShouldBe(0, string.Join('\n', good.Errors));
        good.Output[^1].ShouldBe("All is as it must be.");
        good.Output[^2].ShouldContain("1 checkpoints");

        await market.Tamper(
            "update entries set amount = amount + 0.00000001 where (account_id, seq) = (select account_id, seq from entries limit 1)");
        var bad = ServerProcess.Run(folder.Path, command, ("P2P__Db__App", market.App));
        bad.Code.ShouldBe(1);
        bad.Output[0].ShouldMatch("^I9: Entry \\d+ of account .* was changed");
        bad.Errors[^1].ShouldContain("checks failed");
    }

    [Test]
    public void It_needs_a_database_and_a_key()
    {
        using var folder = new TestFolder();

        var (code, _, errors) = ServerProcess.Run(folder.Path, ["ledger", "verify"]);

        code.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain("Db:App is not set");
    }
}
