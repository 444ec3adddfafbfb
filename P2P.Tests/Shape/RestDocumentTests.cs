using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using P2P.Codegen;
using P2P.Contracts;
using P2P.Tests.Support;

namespace P2P.Tests.Shape;

/// <summary>docs/api/openapi.json names what the server answers, and nothing else.</summary>
public sealed partial class RestDocumentTests
{
    [Test]
    public async Task Every_path_of_the_server_is_documented_and_no_other()
    {
        await using var market = await TestMarket.Create();
        var served = ((IEndpointRouteBuilder)market.Nodes[0]).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => !$"{endpoint.RoutePattern.RawText}".StartsWith("/hubs/", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => $"{method} {Constraint().Replace(endpoint.RoutePattern.RawText ?? "", "}")}"));
        RestPaths.All.Select(path => $"{path.Method} {path.Path}").ShouldBe(served, ignoreOrder: true);
    }

    [Test]
    public void Every_code_of_the_document_is_one_of_the_contract()
    {
        var known = typeof(ErrorCodes).GetFields().Select(field => $"{field.GetRawConstantValue()}").ToHashSet();
        var named = RestPaths.All.SelectMany(path => path.Codes.Split(", ", StringSplitOptions.RemoveEmptyEntries));
        named.Where(code => !known.Contains(code)).ShouldBeEmpty();
        RestPaths.All.Count(path => path.Codes.Length > 0).ShouldBeGreaterThan(10);
    }

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();
}
