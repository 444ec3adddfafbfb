using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using P2P.Contracts;
using static P2P.Tests.Web.StageVerbs;
using static P2P.Tests.Web.WebStage;

namespace P2P.Tests.Web;

/// <summary>How a test makes its peer misbehave, and what the peer heard.</summary>
internal static class PeerVerbs
{
    public static IEnumerable<(string Verb, Func<JsonObject, Task<JsonNode?>> Play)> All(WebStage stage)
    {
        yield return Verb("peer", async _ =>
        {
            var (id, peer) = await stage.NewPeer();
            return new JsonObject { ["peer"] = id, ["url"] = peer.Url.ToString() };
        });
        yield return Verb("peer.record", async with =>
        {
            var order = with["order"] is { } named ? Guid.Parse($"{named}") : Guid.CreateVersion7();
            for (var i = 0; i < (with["count"]?.GetValue<int>() ?? 1); i++)
            {
                await stage.PeerOf(with).RecordAsync(order, with["push"]?.GetValue<bool>() ?? true);
            }

            return null;
        });
        yield return Verb("peer.again", async with =>
        {
            foreach (var seq in (JsonArray)with["seqs"]!) // The test gives them.
            {
                await stage.PeerOf(with).PushAgainAsync(seq!.GetValue<long>());
            }

            return null;
        });
        yield return Verb("peer.cut", with => Do(stage.PeerOf(with).CutAll));
        yield return Verb("peer.restore", with => Do(() => stage.PeerOf(with).State.Restore(with["events"]!.GetValue<int>()))); // The test gives it.
        yield return Verb("peer.forget", with => Do(() => stage.PeerOf(with).State.FirstSeq = with["firstSeq"]!.GetValue<long>())); // And this.
        yield return Verb("peer.refuse", with => Do(() => stage.PeerOf(with).State.RefuseConnections = with["code"]?.GetValue<string>()));
        yield return Verb("peer.refuseToken", with => Do(() => stage.PeerOf(with).State.RefusedTokens.Add($"Bearer {Text(with, "token")}")));
        yield return Verb("peer.next", with => Do(() => stage.PeerOf(with).State.NextCancels.Enqueue(Next(Text(with, "what")))));
        yield return Verb("peer.state", with =>
        {
            var state = stage.PeerOf(with).State;
            return Done(new JsonObject
            {
                ["acks"] = JsonSerializer.SerializeToNode(state.Acks),
                ["asks"] = JsonSerializer.SerializeToNode(state.Asks),
                ["cancels"] = new JsonArray([.. state.Cancels.Select(one => (JsonNode)$"{one.RequestId}")]),
                ["connections"] = state.Connections.Count,
                ["requests"] = new JsonArray([.. state.Requests.Reverse().Select(one => (JsonNode)one)]),
            });
        });
    }

    private static Action<HubCallerContext> Next(string what) => what switch
    {
        "cut" => context => context.Abort(),
        "busy" => _ => throw Refusal(ErrorCodes.Busy, """{"retryAfterMs":"300"}"""),
        "wrongStatus" => _ => throw Refusal(ErrorCodes.WrongStatus, """{"status":"released"}"""),
        "fault" => _ => throw new HubException("Something that is no refusal"),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "The peer cannot do that."),
    };

    private static HubException Refusal(string code, string details) => new(RefusalText.Write(code, "No.", details));

    private static Task<JsonNode?> Do(Action act)
    {
        act();
        return Done(null);
    }
}
