using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Shape;

/// <summary>
/// Programs that were written against an earlier contract, which is kept as a file: whatever they may say is still understood, and whatever
/// they may wait for still comes. That file changes when a version is no longer served, and for no other reason.
/// </summary>
public sealed class FormerContractTests
{
    private static readonly JsonObject Former = Read("contract-former.json");
    private static readonly Dictionary<string, Type> Types =
        typeof(Limits).Assembly.GetExportedTypes().Where(type => !type.IsGenericType).DistinctBy(type => type.Name).ToDictionary(type => type.Name);

    [Test]
    public void What_was_agreed_then_holds_now()
    {
        var now = Read("contract.json");
        List<string> broken = [];
        var compared = 0;
        foreach (var part in new[] { "Hubs", "Clients", "Messages" })
        {
            foreach (var (type, members) in Objects(Former[part]))
            {
                foreach (var (name, then) in members)
                {
                    compared++;
                    if (now[part]?[type]?[name]?.ToString() != then?.ToString())
                    {
                        broken.Add($"{type}.{name} was {then}");
                    }
                }
            }
        }

        // A request may have become longer, but only by what need not be said.
        broken.AddRange(Requests().SelectMany(type => Object(now["Messages"]?[type])
            .Where(member => $"{member.Value}".StartsWith("required ", StringComparison.Ordinal) && Former["Messages"]?[type]?[member.Key] is null)
            .Select(member => $"{type}.{member.Key} is required now")));
        broken.AddRange(Object(Former["Enums"]).SelectMany(pair => Names(pair.Value).Except(Names(now["Enums"]?[pair.Key]))
            .Select(value => $"{pair.Key}.{value} is gone")));
        broken.AddRange(Names(Former["Codes"]).Except(Names(now["Codes"])).Select(code => $"{code} is gone"));
        broken.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(700);
    }

    [Test]
    public void Every_request_of_then_is_read_now_with_all_its_members_and_with_the_needed_ones_alone()
    {
        var read = 0;
        foreach (var name in Requests())
        {
            foreach (var all in new[] { true, false })
            {
                var json = Message(name, all).ToJsonString();
                var request = System.Text.Json.JsonSerializer.Deserialize(json, Types[name], WireJson.Server);
                request.ShouldNotBeNull(json);
                read++;
            }
        }

        TestContext.Progress.WriteLine($"{read} requests of the earlier contract were read");
        read.ShouldBeGreaterThan(100);
    }

    [Test]
    public async Task A_client_of_then_trades_on_a_server_of_now()
    {
        await using var market = await TestMarket.Create();
        var (seller, buyer) = (await market.Trader("seller", bitcoin: 10), await market.Trader("buyer"));
        var ad = await TestMarket.Ad(seller);
        await buyer.Client.DisposeAsync();
        await using var raw = await RawClient.Connect(
            new UriBuilder(market.AddressOf()) { Scheme = "ws", Path = "/hubs/trade", Query = "v=1" }.Uri, $"Bearer {market.Token("buyer")}");
        await raw.Hears(nameof(IConnectionClient.Connected));

        var placed = await Call("CreateOrder", $$"""{"adId":"{{ad}}","fiatAmount":"100","paymentMethodId":{{TestMarket.MpesaKenya}}}""");
        var order = placed.GetProperty("orderId").GetString();
        (await Call("ConfirmPayment", $$"""{"orderId":"{{order}}"}""")).GetProperty("orderId").GetString().ShouldBe(order);
        await seller.Client.Orders.ReleaseAsync(Guid.Parse(order.ShouldNotBeNull()), cancellationToken: TestMarket.Bounded());
        await raw.Hears("OrderChanged", count: 3);

        async Task<System.Text.Json.JsonElement> Call(string method, string members)
        {
            var request = members.Insert(1, $"\"requestId\":\"{Guid.CreateVersion7()}\",");
            var answer = await raw.CallRaw(method, $"[{request}]");
            return answer.TryGetProperty("result", out var result) ? result : throw new AssertionException(answer.GetRawText());
        }
    }

    /// <summary>The messages that calls of then take.</summary>
    private static IEnumerable<string> Requests() =>
        Objects(Former["Hubs"])
            .SelectMany(hub => hub.Members.Select(member => $"{member.Value}"))
            .SelectMany(signature => signature[1..signature.IndexOf(')', StringComparison.Ordinal)].Split(", "))
            .Select(parameter => parameter.Split(' ')[0])
            .Where(type => Former["Messages"]?[type] is not null)
            .Distinct();

    private static JsonObject Message(string name, bool all)
    {
        var message = new JsonObject();
        foreach (var (member, spelled) in Object(Former["Messages"]?[name]))
        {
            var type = $"{spelled}";
            if (all || type.StartsWith("required ", StringComparison.Ordinal))
            {
                message[member] = Value(type.Replace("required ", "", StringComparison.Ordinal).TrimEnd('?'), all);
            }
        }

        return message;
    }

    private static JsonNode Value(string type, bool all) => type switch
    {
        "String" => "text",
        "Boolean" => true,
        "Int32" or "Int64" => 1,
        "Decimal" => "1.5",
        "Guid" => $"{Guid.CreateVersion7()}",
        "DateTimeOffset" => "2026-01-31T12:00:00Z",
        "IReadOnlyDictionary<String, String>" => new JsonObject { ["key"] = "value" },
        _ when type.StartsWith("IReadOnlyList<", StringComparison.Ordinal) => new JsonArray(Value(type[14..^1].TrimEnd('?'), all)),
        _ when Former["Enums"]?[type] is { } values => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(Names(values).Last()),
        _ when Former["Messages"]?[type] is not null => Message(type, all),
        _ => throw new InvalidOperationException($"{type} has no example."),
    };

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? [];

    private static IEnumerable<(string Type, JsonObject Members)> Objects(JsonNode? node) =>
        Object(node).Select(pair => (pair.Key, Object(pair.Value)));

    private static IEnumerable<string> Names(JsonNode? node) => (node as JsonArray ?? []).Select(name => $"{name}");

    private static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Sources.Root, "P2P.Tests", "Shape", name))) as JsonObject
        ?? throw new InvalidOperationException($"{name} is no object.");
}
