using P2P.Client.Sdk.Generated;
using P2P.Codegen;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;

namespace P2P.Tests.Sdk;

/// <summary>What is generated is what the contracts say now.</summary>
[TestFixture]
internal sealed class GeneratedCodeTests
{
    [Test]
    public void No_generated_file_is_stale()
    {
        var files = Outputs.All();
        files.ShouldNotBeEmpty();
        OutputFiles.FirstStale(OutputFiles.RepositoryRoot(), files).ShouldBeNull("run 'dotnet run --project P2P.Codegen'");
    }

    [Test]
    public void A_method_that_begins_with_a_head_is_durable_and_any_other_is_not()
    {
        var methods = TradeClientMethods.All.ToDictionary(method => method.Name);
        methods[nameof(ITradeClient.OrderChanged)].BodyType.ShouldBe(typeof(OrderChanged));
        methods[nameof(ITradeClient.AdBookChanged)].BodyType.ShouldBeNull();
        methods[nameof(ITradeClient.Head)].BodyType.ShouldBeNull();
    }
}
