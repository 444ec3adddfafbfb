using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Trading;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>
/// T15: every call of the trade hub by every kind of caller, on what is the caller's, on what is another's and on what is nobody's. The
/// calls come from the contract: one without a good request or without a row in docs/access.md fails. (S12, S16) (S04, S46)
/// </summary>
public sealed class TradeAccessTests : AccessFixture
{
    private static readonly string[] Columns = ["stranger", "arbitrator", "assigned arbitrator", "admin", "former party", "taker", "maker"];

    /// <summary>The members by which a request names what belongs to somebody.</summary>
    private static readonly string[] Ids =
        ["orderId", "disputeId", "adId", "reviewId", "complaintId", "webhookId", "subscriptionId", "paymentAccountId", "profileId"];

    /// <summary>What whoever has joined may look at or take: a public ad, a profile, and the reviews of one.</summary>
    private static readonly HashSet<string> Public =
    [
        nameof(ITradeHub.GetAd), nameof(ITradeHub.CreateOrder), nameof(ITradeHub.CheckCreateOrder), nameof(ITradeHub.GetProfile),
        nameof(ITradeHub.GetProfileStats), nameof(ITradeHub.ListReviews), nameof(ITradeHub.GetDeviceKeys), nameof(ITradeHub.BlockUser),
        nameof(ITradeHub.UnblockUser), nameof(ITradeHub.FavouriteUser), nameof(ITradeHub.UnfavouriteUser), nameof(ITradeHub.GetReview),
    ];

    private readonly AccessTable _table = new("trade", Columns);
    private P2PAdminClient _admin = null!; // Set before the first test.
    private TradeWorld _elsewhere = null!; // Set before the first test.
    private TradeWorld _still = null!; // Set before the first test.
    private Cast _cast = null!; // Set before the first test.
    private string _before = "";
    private int _cells;

    [OneTimeSetUp]
    public async Task Make_the_worlds()
    {
        _admin = await Admin();
        (_elsewhere, _still) = (await MakeWorld(), await MakeWorld());
        _cast = await MakeCast(_still, _admin);
        _before = await Elsewhere();
    }

    [OneTimeTearDown]
    public async Task What_is_another_s_was_never_touched()
    {
        _table.End();
        (await Elsewhere()).ShouldBe(_before);
        TestContext.Progress.WriteLine($"access of the trade hub: {_cells} cells");
    }

    private static IEnumerable<string> Calls() => Methods().Select(method => method.Name);

    [TestCaseSource(nameof(Calls))]
    public async Task Who_may_call(string name)
    {
        var method = Methods().Single(one => one.Name == name);
        var isChange = method.GetParameters() is [{ ParameterType: { } type }] && type.IsAssignableTo(typeof(IChange));
        var (world, cast) = (_still, _cast);
        var isOnes = isChange && IdOf(Asked(method, _still)) is not null;
        if (isChange)
        {
            world = await MakeWorld();
            cast = isOnes ? _cast : await MakeCast(world, _admin);
        }

        Trader[] callers = [cast.Stranger, cast.Unassigned, cast.Assigned, cast.Admin, world.Former, world.Buyer, world.Seller];
        var cells = new List<string>();
        foreach (var caller in callers)
        {
            // Taker and maker meet the same thing in the same state, so the second of them finds a world of its own.
            var met = isOnes && caller == world.Seller ? await MakeWorld() : world;
            await using var client = await Raw((met == world ? caller : met.Seller).Name);
            await client.Hears("Connected");
            await NobodysAndAnothers(client, method, met, caller.Name);
            cells.Add(Said(await client.CallRaw(name, Asked(method, met))));
            _cells += 3;
        }

        if (IdOf(Asked(method, _still)) is not null && !Public.Contains(name))
        {
            cells[..4].ShouldAllBe(cell => cell == ErrorCodes.NotFound);
        }

        _table.Holds(name, cells);
    }

    [Test]
    public void Every_row_belongs_to_a_call() => _table.Calls.Except(Calls()).ShouldBeEmpty();

    [TestCase("anonymous")]
    [TestCase("expired")]
    [TestCase("revoked")]
    [TestCase("without consent")]
    [TestCase("suspended")]
    [TestCase("not joined")]
    public async Task Who_does_not_get_in_calls_nothing(string who)
    {
        var (authorization, code) = await Outsider(who);
        var heard = 0;
        foreach (var method in Methods())
        {
            var address = new UriBuilder(Market.AddressOf()) { Scheme = "ws", Path = P2P.Server.Trading.TradeHub.Path }.Uri;
            if (code is null)
            {
                (await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => RawClient.Connect(address, authorization))).Message
                    .ShouldContain("401");
            }
            else
            {
                // The call is sent before the refusal can have been heard.
                await using var client = await RawClient.Connect(address, authorization);
                (await Should.ThrowAsync<InvalidOperationException>(() => client.CallRaw(method.Name, Asked(method, _still)))).Message
                    .ShouldContain("closed");
                var refusals = client.Arguments("ConnectionRefused");
                refusals.ShouldAllBe(refusal => refusal[0].GetString() == code);
                heard += refusals.Count;
            }

            _cells++;
        }

        // A call that is under way while the server closes can cost the caller the reason, but not as a rule.
        if (code is not null)
        {
            heard.ShouldBeGreaterThan(Methods().Count() * 8 / 10);
        }
    }

    /// <summary>What is another's answers as what is nobody's, to the letter; what is public is NOT_FOUND when it is nobody's.</summary>
    private async Task NobodysAndAnothers(RawClient client, MethodInfo method, TradeWorld world, string caller)
    {
        var own = Asked(method, world);
        if (IdOf(own) is not { } key)
        {
            return;
        }

        var nobodys = await client.CallRaw(method.Name, With(own, key, Nobodys(key)));
        if (Public.Contains(method.Name))
        {
            return;
        }

        var anothers = await client.CallRaw(method.Name, With(own, key, IdOf(JsonNode.Parse(Asked(method, _elsewhere))!, key)));
        anothers.GetProperty("error").GetString().ShouldBe(nobodys.GetProperty("error").GetString(), caller);
        RawClient.Refusal(anothers).Code.ShouldBe(ErrorCodes.NotFound, caller);
    }

    /// <summary>The authorization header of somebody whom the hub does not let in, and the code that they hear; null for 401.</summary>
    private async Task<(string Authorization, string? Code)> Outsider(string who)
    {
        var name = NewName("outsider");
        switch (who)
        {
            case "anonymous":
                return ("", null);
            case "expired":
                return ($"Bearer {Market.TokenOf(DateTimeOffset.UtcNow.AddDays(-2), name)}", null);
            case "not joined":
                return ($"Bearer {Market.Token(name)}", ErrorCodes.NotJoinedP2P);
            case "without consent":
                await Forget(await Market.Trader(name));
                return ($"Bearer {Market.Token(name)}", ErrorCodes.ConsentRequired);
            case "suspended":
                await Suspend(await Market.Trader(name));
                return ($"Bearer {Market.Token(name)}", ErrorCodes.Suspended);
            default:
                await Market.Trader(name);
                var token = Market.Token(name);
                await SignOut(token);
                return ($"Bearer {token}", null);
        }
    }

    private Task<string> Elsewhere() => Sql<string>(
        $"""
        select concat((select jsonb_agg(to_jsonb(o) order by o.id) from orders o where o.offer_id = '{_elsewhere.Ad}'),
                      (select to_jsonb(a) from ads a where a.id = '{_elsewhere.Ad}'),
                      (select to_jsonb(f) from offers f where f.id = '{_elsewhere.Ad}'),
                      (select to_jsonb(d) from disputes d where d.id = '{_elsewhere.Dispute}'),
                      (select to_jsonb(c) from complaints c where c.id = '{_elsewhere.Complaint}'),
                      (select to_jsonb(r) from reviews r where r.id = '{_elsewhere.Review}'),
                      (select w.url from webhook_endpoints w where w.id = '{_elsewhere.Webhook}'),
                      (select b.id from web_push_subscriptions b where b.id = '{_elsewhere.Browser}'))
        """);

    /// <summary>The arguments of a good call in this world, as text.</summary>
    private static string Asked(MethodInfo method, TradeWorld world) => method.GetParameters() switch
    {
        [] => "[]",
        [{ ParameterType: { IsClass: true } }] => $"[{TradeRequests.Of(method.Name, world).Request.ToJsonString()}]",
        [{ Name: "orderId" }] => $"[\"{world.Unpaid}\"]",
        [{ Name: "reviewId" }] => $"[\"{world.Review}\"]",
        [{ ParameterType: { } type, Name: "seq" }] when type == typeof(long) => "[0]",
        [_, { Name: "seq" }] => $"[\"{Guid.Empty}\",0]",
        _ => throw new InvalidOperationException($"Say here what {method.Name} is asked."),
    };

    private static string Said(JsonElement answer) => answer.TryGetProperty("error", out _) ? RawClient.Refusal(answer).Code : "yes";

    /// <summary>Where the request names what belongs to somebody; null when it names nothing of that kind.</summary>
    private static string? IdOf(string arguments)
    {
        var first = JsonNode.Parse(arguments)!.AsArray().FirstOrDefault(); // Not null: it is a list.
        return first is JsonObject request ? Ids.FirstOrDefault(request.ContainsKey)
            : first is JsonValue value && value.TryGetValue<Guid>(out var id) && id != Guid.Empty ? "" : null;
    }

    private static JsonNode IdOf(JsonNode arguments, string key) =>
        (key.Length == 0 ? arguments[0] : arguments[0]![key])!; // Asked for by its name.

    private static JsonValue Nobodys(string key) =>
        key == "profileId" ? JsonValue.Create(NobodysProfile) : JsonValue.Create(Guid.CreateVersion7());

    private static string With(string arguments, string key, JsonNode id)
    {
        var changed = JsonNode.Parse(arguments)!.AsArray(); // Not null: it is a list.
        if (key.Length == 0)
        {
            changed[0] = id.DeepClone();
            return changed.ToJsonString();
        }

        var request = changed[0]!.AsObject(); // IdOf found the member in it.
        request[key] = id.DeepClone();
        if (request.ContainsKey("requestId"))
        {
            request["requestId"] = Guid.CreateVersion7().ToString();
        }

        return changed.ToJsonString();
    }

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(ITradeHub).GetInterfaces().SelectMany(one => one.GetMethods()).OrderBy(method => method.Name, StringComparer.Ordinal);
}
