using System.Diagnostics;
using Dapper;
using P2P.Contracts;
using P2P.Tests.Support;

namespace P2P.Tests.Engine;

/// <summary>What an ad offers is sold once, however many want it at once.</summary>
public sealed class StockRaceTests
{
    private const int Capacity = 10;
    private const int Takers = 200;

    [Test]
    public async Task An_ad_of_ten_taken_by_two_hundred_at_once_sells_ten()
    {
        var rounds = Properties.IsNightly ? 2_000 : 100;
        var random = Properties.Randomness("stock race");
        var clock = Stopwatch.StartNew();
        await using var market = await EngineMarket.Create(engines: 2);
        var takers = await market.Users(Takers);
        var sellers = await market.Users(rounds, bitcoin: 20);
        var ads = await market.Ads(sellers, Capacity);
        var answers = new Dictionary<string, int>();
        for (var round = 0; round < rounds; round++)
        {
            var ad = ads[round];
            random.Shuffle(takers);
            var codes = await MarketSeed.All(
                Enumerable.Range(0, Takers), i => market.CodeOf(EngineMarket.Place(takers[i], ad, 1), engine: i));
            codes.Count(code => code is null).ShouldBe(Capacity, $"round {round}");
            foreach (var code in codes)
            {
                answers[code ?? "taken"] = answers.GetValueOrDefault(code ?? "taken") + 1;
            }
        }

        TestContext.Out.WriteLine(
            $"{rounds} rounds of {Takers} in {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", answers.Select(a => $"{a.Value} {a.Key}"))}.");
        answers.Keys.Order().ShouldBe(new[] { "taken", ErrorCodes.NotEnoughRemaining }.Order());
        answers.Values.Sum().ShouldBe(rounds * Takers);
        await using var connection = await market.Open();
        (await connection.ExecuteScalarAsync<long>("select count(*) from offers where remaining = 0")).ShouldBe(rounds);
        (await connection.ExecuteScalarAsync<long>("select count(*) from orders")).ShouldBe(rounds * Capacity);
        (await EngineInvariants.Deadlocks(market)).ShouldBe(0);
        market.Warnings.ShouldBeEmpty();
        await EngineInvariants.Check(market);
    }
}
