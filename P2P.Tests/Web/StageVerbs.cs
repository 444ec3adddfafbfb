using System.Text.Json.Nodes;
using P2P.Tests.Files;
using P2P.Tests.Support;
using static P2P.Tests.Web.WebStage;

namespace P2P.Tests.Web;

/// <summary>What tests ask of the market: people, ads, tokens, pictures and what the server makes of them; and where they tell what they saw.</summary>
internal static class StageVerbs
{
    public static IEnumerable<(string Verb, Func<JsonObject, Task<JsonNode?>> Play)> All(WebStage stage)
    {
        yield return Verb("trader", async with =>
        {
            var trader = await stage.NewTrader(Text(with, "role"), with["bitcoin"]?.GetValue<decimal>() ?? 0);
            return new JsonObject { ["name"] = trader.Name, ["id"] = trader.Client.Me?.Id, ["token"] = stage.Market.Token(trader.Name) };
        });
        yield return Verb("token", with => Done(new JsonObject
        {
            ["token"] = stage.Market.Token(Text(with, "name"), [.. (with["roles"] as JsonArray ?? []).Select(role => $"{role}")]),
        }));
        yield return Verb("id", _ => Done(new JsonObject { ["id"] = Guid.CreateVersion7() }));
        yield return Verb("ad", async with => new JsonObject { ["id"] = await TestMarket.Ad(stage.TraderOf(with)) });
        yield return Verb("order", async with =>
        {
            var ad = await TestMarket.Ad(stage.TraderOf(new JsonObject { ["name"] = Text(with, "seller") }));
            var buyer = stage.TraderOf(new JsonObject { ["name"] = Text(with, "buyer") });
            var order = await buyer.Client.Orders.CreateAsync(ad, TestMarket.MpesaKenya, cryptoAmount: 0.5m, cancellationToken: TestMarket.Bounded());
            return new JsonObject { ["id"] = order.OrderId };
        });
        yield return Verb("release", async with => Json(await Released(stage, with)));
        yield return Verb("revoke", async with =>
        {
            using var http = stage.Market.Http(Text(with, "name"));
            (await http.PostAsync("/api/p2p/sign-out", null)).EnsureSuccessStatusCode();
            return null;
        });
        yield return Verb("pictures", _ =>
        {
            var files = Pictures.Good().Select(one => (byte[])one.Arguments[0]!); // Each has a file.
            return Done(new JsonArray([.. files.Select(file => (JsonNode)new JsonObject
            {
                ["file"] = Convert.ToBase64String(file),
                ["rewritten"] = Convert.ToBase64String(Pictures.Rewritten(file)),
            })]));
        });
        yield return Verb("observed", with =>
        {
            lock (stage.Observed)
            {
                stage.Observed[Text(with, "session")] = (JsonArray)with["observations"]!.DeepClone(); // The client always tells them.
            }

            return Done(null);
        });
    }

    public static Task<JsonNode?> Done(JsonNode? answer) => Task.FromResult(answer);

    private static Task<P2P.Contracts.Deals.OrderReply> Released(WebStage stage, JsonObject with) =>
        stage.TraderOf(with).Client.Orders.ReleaseAsync(Guid.Parse(Text(with, "order")), cancellationToken: TestMarket.Bounded());
}
