using System.Text.Json.Nodes;
using P2P.Client.Sdk;
using P2P.Contracts.Deals;
using P2P.Tests.Support;
using static P2P.Tests.Web.WebStage;

namespace P2P.Tests.Web;

/// <summary>What the other party of an encrypted room does, by the .NET SDK.</summary>
internal static class RoomVerbs
{
    public static IEnumerable<(string Verb, Func<JsonObject, Task<JsonNode?>> Play)> All(WebStage stage)
    {
        yield return Verb("register", async with => Json(await stage.TraderOf(with).Client.Keys.RegisterAsync("laptop", Bounded)));
        yield return Verb("propose", async with => Json(await Chat(stage, with).ProposeEncryptionAsync(Order(with), Bounded)));
        yield return Verb("accept", async with => Json(await Chat(stage, with).AcceptEncryptionAsync(Order(with), Bounded)));
        yield return Verb("say", async with => Json(await Chat(stage, with).SendAsync(Order(with), Text(with, "text"), Bounded)));
        yield return Verb("read", async with =>
        {
            var page = await Chat(stage, with).GetMessagesAsync(Order(with), afterSeq: 0, limit: 100, cancellationToken: Bounded);
            return new JsonArray([.. page.Messages.Where(message => message.Kind != MessageKind.System).Select(message => (JsonNode)message.Text)]);
        });
        yield return Verb("sendFile", async with =>
        {
            using var content = new MemoryStream(Convert.FromBase64String(Text(with, "file")));
            return Json(await Chat(stage, with).SendFilesAsync(
                Order(with), Text(with, "text"), [new RoomFile(content, Text(with, "fileName"))], cancellationToken: Bounded));
        });
        yield return Verb("openFiles", async with =>
        {
            var page = await Chat(stage, with).GetMessagesAsync(Order(with), afterSeq: 0, limit: 100, cancellationToken: Bounded);
            var opened = new JsonArray();
            foreach (var message in page.Messages)
            {
                foreach (var view in message.Attachments)
                {
                    var file = await Chat(stage, with).OpenFileAsync(Order(with), message, view.Id, Bounded);
                    opened.Add(new JsonObject
                    {
                        ["name"] = file.Name,
                        ["contentType"] = file.ContentType,
                        ["content"] = Convert.ToBase64String(file.Content),
                        ["text"] = message.Text,
                    });
                }
            }

            return opened;
        });
        yield return Verb("disclose", async with => new JsonObject
        {
            ["bundle"] = (await Chat(stage, with).DiscloseAsync(Order(with), Bounded)).ToJson(),
        });
        yield return Verb("verify", with =>
        {
            var transcript = TranscriptVerifier.Verify(TranscriptBundle.FromJson(Text(with, "bundle")));
            return StageVerbs.Done(new JsonObject
            {
                ["fault"] = $"{transcript.Fault}",
                ["lines"] = new JsonArray([.. transcript.Lines.Select(line => (JsonNode?)line.Text)]),
            });
        });
        yield return Verb("safety", async with =>
        {
            var number = await stage.TraderOf(with).Client.Keys.SafetyNumberAsync(with["profileId"]!.GetValue<long>(), Bounded); // The test gives it.
            return new JsonObject { ["digits"] = number.Digits };
        });
    }

    private static CancellationToken Bounded => TestMarket.Bounded();

    private static ChatClient Chat(WebStage stage, JsonObject with) => stage.TraderOf(with).Client.Chat;

    private static Guid Order(JsonObject with) => Guid.Parse(Text(with, "order"));
}
