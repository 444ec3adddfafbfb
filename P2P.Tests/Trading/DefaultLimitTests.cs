using System.Net.WebSockets;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Trading;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>The limits as they are when the operator says nothing of them.</summary>
[NonParallelizable]
public sealed class DefaultLimitTests : MarketFixture
{
    // The fixture's own settings raise these; null takes a raised one back to the default.
    protected override Dictionary<string, string?>? Settings => new()
    {
        ["Limits:Reads:PerSecond"] = "30",
        ["Limits:Reads:Burst"] = "30",
        ["Limits:Changes:PerSecond"] = "5",
        ["Limits:Changes:Burst"] = "20",
        ["Limits:Searches:PerSecond"] = "5",
        ["Limits:Searches:Burst"] = "5",
        ["Limits:Frames:PerSecond"] = "50",
        ["Limits:Frames:Burst"] = "200",
        ["Limits:ConnectionsPerAddress"] = "32",
        ["Limits:OpenOrdersMax"] = "20",
        ["Limits:UnpaidOrdersMax"] = "5",
    };

    [Test]
    public void The_defaults_are_those_that_are_tested_here()
    {
        var limits = new P2P.Server.Core.LimitSettings();
        (limits.Reads.PerSecond, limits.Changes.PerSecond, limits.Changes.Burst, limits.Searches.PerSecond).ShouldBe((30, 5, 20, 5));
        (limits.Frames.PerSecond, limits.Frames.Burst, limits.ConnectionsPerUser, limits.ConnectionsPerAddress).ShouldBe((50, 200, 8, 32));
        new P2P.Server.Trading.CryptoOrders.OrderLimits().OpenOrdersMax.ShouldBe(20);
    }

    [Test]
    public async Task Twenty_changes_pass_at_once_then_five_a_second()
    {
        var ann = await Buyer();
        await using var raw = await Raw(ann.Name);
        await raw.Hears("Connected");
        await Task.Delay(1_000); // What joining used comes back.
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Change(raw)));
        var refused = answers.Where(answer => answer.TryGetProperty("error", out _)).Select(RawClient.Refusal).ToList();
        (40 - refused.Count).ShouldBeInRange(20, 26);
        refused.ShouldAllBe(refusal => refusal.Code == ErrorCodes.RateLimited);
        var retryAfterMs = refused[^1].Details.GetProperty("retryAfterMs").GetInt32();
        retryAfterMs.ShouldBeInRange(1, 1_000);
        await Task.Delay(retryAfterMs + 300);
        (await Change(raw)).TryGetProperty("result", out _).ShouldBeTrue();
        (await Read(raw)).TryGetProperty("result", out _).ShouldBeTrue("Reads are counted by themselves.");

        // Another user is not slowed.
        var bob = await Buyer();
        await using var other = await Raw(bob.Name);
        await other.Hears("Connected");
        (await Change(other)).TryGetProperty("result", out _).ShouldBeTrue();
    }

    [Test]
    public async Task A_rate_is_a_users_and_not_a_connections()
    {
        var ann = await Buyer();
        await using var one = await Raw(ann.Name);
        await using var two = await Raw(ann.Name);
        await one.Hears("Connected");
        await two.Hears("Connected");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Change(i % 2 == 0 ? one : two)));
        answers.Count(answer => answer.TryGetProperty("result", out _)).ShouldBeInRange(10, 26);
    }

    [Test]
    public async Task Searches_are_five_a_second()
    {
        var ann = await Buyer();
        await using var raw = await Raw(ann.Name);
        await raw.Hears("Connected");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => raw.Call("SearchProfiles", new SearchProfilesRequest { Search = "a" })));
        var refused = answers.Where(answer => answer.TryGetProperty("error", out _)).Select(RawClient.Refusal).ToList();
        (20 - refused.Count).ShouldBeInRange(5, 9);
        refused.ShouldAllBe(refusal => refusal.Code == ErrorCodes.RateLimited);
    }

    [Test]
    public async Task A_user_has_eight_connections()
    {
        // S41
        var ann = await Buyer();
        var connections = new List<RawClient>();
        try
        {
            for (var i = 0; i < 7; i++)
            {
                connections.Add(await Raw(ann.Name));
                await connections[^1].Hears("Connected");
            }

            var refused = await Should.ThrowAsync<WebSocketException>(() => Raw(ann.Name));
            refused.Message.ShouldContain("429");
            using var http = Market.Http(ann.Name);
            (await http.GetAsync(TradeHub.Path)).StatusCode.ShouldBe(System.Net.HttpStatusCode.TooManyRequests);

            await connections[0].DisposeAsync();
            connections.RemoveAt(0);
            await Eventually(async () => await TryConnect(ann.Name, connections));
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    [Test]
    public async Task A_flood_of_unknown_calls_is_closed_within_250_frames()
    {
        // S30
        var ann = await Buyer();
        await using var raw = await Raw(ann.Name);
        await raw.Hears("Connected");
        var sent = 0;
        try
        {
            for (; sent < 2_000 && !raw.Closed.IsCompleted; sent++)
            {
                await raw.Send($$"""{"type":1,"invocationId":"f{{sent}}","target":"Nothing{{sent}}","arguments":[]}""");
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            // Closed while it was sending: what the test waits for.
        }

        await raw.Closed;
        var closing = raw.Arguments("ConnectionClosing");
        closing.Count.ShouldBe(1);
        closing[0][0].GetString().ShouldBe(ErrorCodes.RateLimited);
        raw.AnsweredUnknown.ShouldBeInRange(150, 250);
    }

    [Test]
    public async Task A_frame_beyond_32_KB_closes_the_connection_with_a_reason()
    {
        var ann = await Buyer();
        await using (var within = await Raw(ann.Name))
        {
            await within.Hears("Connected");
            var text = new string('x', Limits.FrameBytesMax - 200);
            RawClient.Refusal(await within.CallRaw("SearchProfiles", $$"""[{"search":"{{text}}"}]""")).Code.ShouldBe(ErrorCodes.BadInput);
            (await Read(within)).TryGetProperty("result", out _).ShouldBeTrue();
        }

        await using var beyond = await Raw(ann.Name);
        await beyond.Hears("Connected");
        var large = new string('x', Limits.FrameBytesMax);
        await beyond.Send($$"""{"type":1,"invocationId":"1","target":"SearchProfiles","arguments":[{"search":"{{large}}"}]}""");
        (await beyond.Hears("ConnectionClosing"))[0][0].GetString().ShouldBe(ErrorCodes.BadInput);
        await beyond.Closed;
    }

    private async Task<bool> TryConnect(string name, List<RawClient> connections)
    {
        try
        {
            connections.Add(await Raw(name));
            return true;
        }
        catch (WebSocketException)
        {
            // The closed connection still counts: asked again.
            return false;
        }
    }

    private static Task<JsonElement> Change(RawClient client) =>
        client.Call("UpdateProfile", new UpdateProfileRequest { RequestId = Guid.CreateVersion7(), AutoReplyMessage = "x" });

    private static Task<JsonElement> Read(RawClient client) => client.Call("GetProfile", new GetProfileRequest());
}
