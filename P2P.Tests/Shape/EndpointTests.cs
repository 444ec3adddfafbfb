using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using P2P.Contracts.Admin;
using P2P.Contracts.Dealers;
using P2P.Contracts.Trading;
using P2P.Server;
using P2P.Server.Admin;
using P2P.Server.Dealers;
using P2P.Server.Trading;
using P2P.Tests.Support;

namespace P2P.Tests.Shape;

/// <summary>What the server opens to whom.</summary>
public sealed class EndpointTests
{
    // The only paths that a stranger may call; /metrics, which asks for no user, asks for an operator (HealthTests).
    private static readonly string[] Public = ["/p2p/health", "/health/live", "/health/ready", "/metrics"];

    private TestMarket _market = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Start() => _market = await TestMarket.Create(settings: new() { ["Metrics:Enabled"] = "true" });

    [OneTimeTearDown]
    public ValueTask Stop() => _market.DisposeAsync();

    private List<RouteEndpoint> Endpoints => [.. ((IEndpointRouteBuilder)_market.Nodes[0]).DataSources
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    private static IEnumerable<Type> HubTypes => typeof(ServerApp).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Hub)));

    [Test]
    public void Every_path_says_who_may_call_it()
    {
        // S11: what says nothing is denied by the fallback policy; still each one must say it.
        Endpoints.Count.ShouldBeGreaterThan(10);
        Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText).ShouldBeEmpty();
        Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText).ShouldBe(Public);
    }

    [Test]
    public async Task Without_any_policy_a_path_is_denied()
    {
        var policies = _market.Service<IAuthorizationPolicyProvider>();
        (await policies.GetFallbackPolicyAsync()).ShouldNotBeNull().Requirements.ShouldNotBeEmpty();
    }

    [Test]
    public void Every_hub_is_closed_to_strangers_and_opens_nothing_but_its_contract()
    {
        HubTypes.ShouldBe([typeof(TradeHub), typeof(DealerHub), typeof(AdminHub)], ignoreOrder: true);
        foreach (var hub in HubTypes)
        {
            hub.GetCustomAttributes<AuthorizeAttribute>(inherit: true).ShouldNotBeEmpty();
            hub.GetCustomAttributes<AllowAnonymousAttribute>(inherit: true).ShouldBeEmpty();
        }

        CallableOf(typeof(TradeHub)).ShouldBeSubsetOf(NamesOf(typeof(ITradeHub)));
        CallableOf(typeof(DealerHub)).ShouldBeSubsetOf(NamesOf(typeof(IDealerHub)));
        CallableOf(typeof(AdminHub)).ShouldBeSubsetOf(NamesOf(typeof(IAdminHub)));

        static IEnumerable<string> NamesOf(Type contract) =>
            contract.GetInterfaces().Append(contract).SelectMany(one => one.GetMethods()).Select(method => method.Name);
    }

    [Test]
    public async Task Without_a_token_every_path_answers_401()
    {
        using var http = new HttpClient { BaseAddress = _market.AddressOf() };
        foreach (var endpoint in Endpoints.Where(endpoint => !Public.Contains(endpoint.RoutePattern.RawText)))
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), endpoint.RoutePattern.RawText?.Replace("{id}", "1"));
                using var response = await http.SendAsync(request, TestMarket.Bounded());
                response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {endpoint.RoutePattern.RawText}");
            }
        }
    }

    [TestCase("text/event-stream")]
    [TestCase("application/octet-stream")]
    public async Task A_hub_speaks_WebSockets_only(string accept)
    {
        // S08: neither server-sent events nor long polling.
        using var http = _market.Http("zoe");
        var negotiated = await http.PostAsync($"{TradeHub.Path}/negotiate?negotiateVersion=1", null, TestMarket.Bounded());
        var text = await negotiated.Content.ReadAsStringAsync();
        text.ShouldContain("WebSockets");
        text.ShouldNotContain("ServerSentEvents");
        text.ShouldNotContain("LongPolling");
        var token = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("connectionToken").GetString();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, $"{TradeHub.Path}?id={token}");
            request.Headers.Accept.ParseAdd(accept);
            using var response = await http.SendAsync(request, TestMarket.Bounded());
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {accept}");
        }
    }

    [Test]
    public async Task What_changes_something_cannot_be_fetched()
    {
        // S08: GET on a path that changes state.
        using var http = _market.Http("zoe");
        foreach (var endpoint in Endpoints)
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            var path = endpoint.RoutePattern.RawText ?? "";
            var isReadToo = Endpoints.Any(other => other.RoutePattern.RawText == path
                && (other.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Contains("GET"));
            if (methods.Count > 0 && !isReadToo)
            {
                using var response = await http.GetAsync(path, TestMarket.Bounded());
                response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, path);
            }
        }
    }

    /// <summary>What SignalR lets a client call: public methods that are neither the hub base's nor an object's.</summary>
    private static IEnumerable<string> CallableOf(Type hub) => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType is { } origin
            && origin != typeof(object)
            && origin != typeof(Hub)
            && !(origin.IsGenericType && origin.GetGenericTypeDefinition() == typeof(Hub<>))
            && origin != typeof(IDisposable))
        .Select(method => method.Name)
        .Distinct();
}
