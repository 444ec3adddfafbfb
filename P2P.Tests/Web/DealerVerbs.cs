using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Tests.Support;
using static P2P.Tests.Web.WebStage;

namespace P2P.Tests.Web;

/// <summary>What another dealer does, by the .NET SDK.</summary>
internal static class DealerVerbs
{
    public static IEnumerable<(string Verb, Func<JsonObject, Task<JsonNode?>> Play)> All(WebStage stage)
    {
        yield return Verb("dealer", async with =>
        {
            var trader = await stage.NewTrader(Text(with, "role"), 0);
            var dealer = stage.NewDealer(trader.Name);
            await dealer.ConnectAsync(TestMarket.Bounded());
            var peer = await dealer.Peers.JoinAsync(trader.Name, cancellationToken: TestMarket.Bounded());
            return new JsonObject { ["name"] = trader.Name, ["peerId"] = peer.PeerId };
        });
        yield return Verb("dealer.invite", async with =>
        {
            var made = await stage.DealerOf(with).Invitations.CreateAsync(AccessLevel.Order, cancellationToken: TestMarket.Bounded());
            return new JsonObject { ["link"] = made.Link.AbsoluteUri, ["id"] = made.Invitation.InvitationId };
        });
        yield return Verb("dealer.accept", async with =>
        {
            var link = InvitationLink.TryParse(Text(with, "link")) ?? throw new InvalidOperationException("That is no link.");
            var accepted = await stage.DealerOf(with).Invitations.AcceptAsync(link, cancellationToken: TestMarket.Bounded());
            return new JsonObject { ["isVerified"] = accepted.IsVerified, ["peerId"] = accepted.Connection.PeerId };
        });
        yield return Verb("dealer.verify", async with =>
        {
            var invitations = await stage.DealerOf(with).Invitations.ListAsync(cancellationToken: TestMarket.Bounded());
            var used = invitations.Items.Single(one => one.InvitationId == Guid.Parse(Text(with, "id")));
            return new JsonObject
            {
                ["isVerified"] = await stage.DealerOf(with).Invitations.VerifyAsync(
                    used.InvitationId, used.Use ?? throw new InvalidOperationException("Nobody used it."), TestMarket.Bounded()),
            };
        });
        yield return Verb("dealer.item", async with =>
        {
            var terms = JsonSerializer.Deserialize<ItemTerms>(with["terms"], WireJson.Client) ?? throw new InvalidOperationException("No terms.");
            return Json(await stage.DealerOf(with).Items.CreateAsync(terms, 3, cancellationToken: TestMarket.Bounded()));
        });
        yield return Verb("dealer.read", async with => Json(await stage.DealerOf(with).Items.GetAsync(Guid.Parse(Text(with, "id")), TestMarket.Bounded())));
        yield return Verb("dealer.share", async with => Json(await stage.DealerOf(with).Items.ShareAsync(
            Guid.Parse(Text(with, "id")), Text(with, "peerId"), AccessLevel.Order, TestMarket.Bounded())));
        yield return Verb("dealer.addImage", async with =>
        {
            using var content = new MemoryStream(Convert.FromBase64String(Text(with, "file")));
            return Json(await stage.DealerOf(with).Items.AddImageAsync(
                Guid.Parse(Text(with, "id")), content, "front", cancellationToken: TestMarket.Bounded()));
        });
        yield return Verb("dealer.image", async with =>
        {
            await using var file = await stage.DealerOf(with).Items.GetImageAsync(
                Guid.Parse(Text(with, "id")), Guid.Parse(Text(with, "imageId")), TestMarket.Bounded());
            using var content = new MemoryStream();
            await file.Content.CopyToAsync(content);
            return new JsonObject { ["file"] = Convert.ToBase64String(content.ToArray()), ["name"] = file.Name, ["contentType"] = file.ContentType };
        });
        yield return Verb("dealer.price", async with => Json(await stage.DealerOf(with).Items.SetPriceAsync(
            Guid.Parse(Text(with, "id")), 12, cancellationToken: TestMarket.Bounded())));
    }
}
