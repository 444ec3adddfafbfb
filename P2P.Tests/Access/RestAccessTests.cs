using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using P2P.Client.Sdk;
using P2P.Contracts.Admin;
using P2P.Tests.Files;
using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>
/// T15: every path by every kind of caller, on what is theirs, another's and nobody's. A path without a request here fails. (S11, S12, S34)
/// </summary>
public sealed class RestAccessTests : AccessFixture
{
    private static readonly string[] Columns =
    [
        "anonymous", "expired", "revoked", "not joined", "without consent", "suspended", "stranger", "arbitrator", "assigned arbitrator",
        "admin", "former party", "taker", "maker",
    ];

    private readonly AccessTable _table = new("rest", Columns);
    private P2PAdminClient _admin = null!; // Set before the first test.
    private (TradeWorld World, Guid File) _elsewhere;
    private int _cells;

    [OneTimeSetUp]
    public async Task Make_the_worlds()
    {
        _admin = await Admin();
        var elsewhere = await MakeWorld();
        _elsewhere = (elsewhere, await Attach(elsewhere.Buyer, elsewhere.Disputed));
    }

    [OneTimeTearDown]
    public void Tell()
    {
        _table.End();
        TestContext.Progress.WriteLine($"access of the paths: {_cells} cells");
    }

    [Test]
    public async Task Who_may_call()
    {
        var calls = Paths();
        calls.Count.ShouldBeGreaterThan(20);
        _table.Calls.Except(calls.Select(call => $"{call.Method} {call.Path}")).ShouldBeEmpty();
        await Assert.MultipleAsync(async () =>
        {
            foreach (var (method, path) in calls)
            {
                await Who_may_call(method, path);
            }
        });
    }

    private async Task Who_may_call(string method, string path)
    {
        var world = await MakeWorld();
        var cast = await MakeCast(world, _admin);
        var mine = world.Disputed;
        var file = await Attach(world.Buyer, mine);
        await PutPicture(world.Seller);
        var callers = await Callers(world, cast);
        var cells = new List<string>();
        foreach (var column in Columns)
        {
            using var http = new HttpClient { BaseAddress = Market.AddressOf() };
            http.DefaultRequestHeaders.Authorization = callers[column] is { } token ? new("Bearer", token) : null;
            if (path.Contains('{', StringComparison.Ordinal))
            {
                var nobodys = await Ask(
                    http, method, Filled(path, Guid.CreateVersion7(), Guid.CreateVersion7(), NobodysProfile), column, mine);
                var (other, otherFile) = _elsewhere;
                var anothers = await Ask(http, method, Filled(path, other.Disputed, otherFile, Id(other.Buyer)), column, mine);
                anothers.Status.ShouldBe(nobodys.Status, $"{method} {path} by {column}");
                anothers.Body.ShouldBe(nobodys.Body, $"{method} {path} by {column}");
            }

            cells.Add((await Ask(http, method, Filled(path, mine, file, Id(world.Seller)), column, mine)).Cell);
            _cells += 3;
        }

        if (path is not ("/p2p/health" or "/health/live" or "/health/ready"))
        {
            cells[..3].ShouldAllBe(cell => cell == "401");
        }

        _table.Holds($"{method} {path}", cells);
    }

    private async Task<Dictionary<string, string?>> Callers(TradeWorld world, Cast cast)
    {
        var (joined, suspended, withdrawn) = (NewName("outsider"), await Buyer(), await Buyer());
        await Suspend(suspended);
        await Forget(withdrawn);
        var revoked = Market.Token((await Buyer()).Name);
        await SignOut(revoked);
        return new()
        {
            ["anonymous"] = null,
            ["expired"] = Market.TokenOf(DateTimeOffset.UtcNow.AddDays(-2), world.Buyer.Name),
            ["revoked"] = revoked,
            ["not joined"] = Market.Token(joined),
            ["without consent"] = Market.Token(withdrawn.Name),
            ["suspended"] = Market.Token(suspended.Name),
            ["stranger"] = Market.Token(cast.Stranger.Name),
            ["arbitrator"] = Market.Token(cast.Unassigned.Name, StaffRoles.Arbitrator),
            ["assigned arbitrator"] = Market.Token(cast.Assigned.Name, StaffRoles.Arbitrator),
            ["admin"] = Market.Token(cast.Admin.Name, StaffRoles.Admin),
            ["former party"] = Market.Token(world.Former.Name),
            ["taker"] = Market.Token(world.Buyer.Name),
            ["maker"] = Market.Token(world.Seller.Name),
        };
    }

    private static async Task<(int Status, string Body, string Cell)> Ask(
        HttpClient http, string method, string path, string column, Guid order)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = BodyOf(method, path, column, order) };
        if (request.Content is StreamContent)
        {
            request.Headers.Add("X-File-Name", "receipt.png");
        }

        using var response = await http.SendAsync(request, Bounded);
        var body = await response.Content.ReadAsStringAsync();
        var status = (int)response.StatusCode;
        return (status, body, status < 400 || status == 401 ? $"{status}" : $"{status} {CodeOf(body)}".TrimEnd());
    }

    private static HttpContent? BodyOf(string method, string path, string column, Guid order) => (method, path) switch
    {
        ("POST", "/api/p2p/profile/consent") => JsonContent.Create(new { terms_version = 1 }),
        ("POST", "/api/p2p/profile/create") =>
            JsonContent.Create(new { username = $"u_{Guid.NewGuid():N}"[..20], has_consent = true }),
        ("PUT", "/api/p2p/profile") => JsonContent.Create(new { auto_reply_message = "Hello" }),
        ("POST", "/api/p2p/suspension/statement") => JsonContent.Create(new { order_id = order, text = "I paid." }),
        ("POST", "/api/p2p/privacy/delete") => JsonContent.Create(new { }),
        ("POST", "/api/custody/deposits") => JsonContent.Create(new { external_ref = column, user_id = 1, asset = "BTC", amount = "1" }),
        ("POST", _) when path.StartsWith("/api/custody/", StringComparison.Ordinal) => JsonContent.Create(new { external_ref = "x" }),
        ("POST", _) when path.EndsWith("/files", StringComparison.Ordinal) => Picture(),
        ("PUT", "/api/p2p/profile/picture") => Picture(),
        ("POST", _) when path.EndsWith("/images", StringComparison.Ordinal) => Picture(),
        ("POST", _) when path.StartsWith("/api/p2p/items/", StringComparison.Ordinal) => new StringContent("name"),
        ("GET" or "DELETE", _) or ("POST", "/api/p2p/ticket" or "/api/p2p/sign-out") => null,
        _ => throw new InvalidOperationException($"Say here what {method} {path} is sent."),
    };

    private static string Filled(string path, Guid order, Guid file, long profile) => path switch
    {
        "/api/p2p/items/import" => path + "?dryRun=true",
        "/api/p2p/sales.csv" or "/api/p2p/stock-turnover.csv" => path + "?from=2026-01-01&to=2026-01-02",
        "/api/admin/analytics.csv" => path + "?from=2026-01-01&to=2026-01-02&group_by=day",
        _ => path.Replace("{orderId:guid}", $"{order}", StringComparison.Ordinal)
            .Replace("{itemId:guid}", $"{order}", StringComparison.Ordinal)
            .Replace("{id:guid}", $"{file}", StringComparison.Ordinal)
            .Replace("{id:long}", $"{profile}", StringComparison.Ordinal),
    };

    private static string CodeOf(string body)
    {
        if (body.Length == 0)
        {
            return "";
        }

        var root = JsonElement.Parse(body);
        return root.TryGetProperty("code", out var code) ? code.GetString() ?? ""
            : "";
    }

    private async Task PutPicture(Trader trader)
    {
        using var http = Market.Http(trader.Name);
        using var body = Picture();
        (await http.PutAsync("/api/p2p/profile/picture", body, Bounded)).IsSuccessStatusCode.ShouldBeTrue();
    }

    private static StreamContent Picture()
    {
        var content = new StreamContent(new MemoryStream(Pictures.Png()));
        content.Headers.ContentType = new("image/png");
        return content;
    }

    /// <summary>Every path of the server that is no hub.</summary>
    private List<(string Method, string Path)> Paths() => [.. ((IEndpointRouteBuilder)Market.Nodes[0]).DataSources
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText is { } path && !path.StartsWith("/hubs/", StringComparison.Ordinal))
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/')))) // Asked for above.
        .OrderBy(call => call.Item2, StringComparer.Ordinal).ThenBy(call => call.method, StringComparer.Ordinal)];
}
