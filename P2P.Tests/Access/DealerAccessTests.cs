using System.Buffers.Text;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Access;

/// <summary>
/// Every call of the dealer hub's own by every kind of caller, and everybody who does not get in. What accounts and deals have stands once
/// in the hubs'
/// bases and is tested on the trade hub. (S12, S16) (S04)
/// </summary>
public sealed class DealerAccessTests : DealerWorldFixture
{
    private static readonly string[] Columns = ["stranger", "peer", "blocked peer", "connected peer", "owner"];
    private static readonly string[] Ids = ["itemId", "orderId", "peerId", "invitationId", "invitationRequestId"];
    private static readonly Type[] Own =
    [
        typeof(IPeerCalls), typeof(IInvitationCalls), typeof(IPeerConnectionCalls), typeof(IItemCalls), typeof(IGoodsOrderCalls), typeof(ISalesCalls),
        typeof(ISignalCalls),
    ];

    private readonly AccessTable _table = new("dealer", Columns);

    [OneTimeTearDown]
    public void Write() => _table.End();

    [TestCaseSource(nameof(Calls))]
    public async Task Who_may_call(string name)
    {
        var world = await MakeWorld();
        var cells = new List<string>();
        foreach (var caller in new[] { world.Stranger, world.Peer, world.Blocked, world.Connected, world.Owner })
        {
            // An invitation can be accepted once, so each finds one of its own.
            var met = name is nameof(IDealerHub.AcceptInvitation) ? await WithInvitation(world) : world;
            await using var client = await RawDealer($"Bearer {Market.Token(caller.Name)}");
            await client.Hears("Connected");
            if (caller == world.Peer || caller == world.Blocked)
            {
                await NobodysAndAnothers(client, name, met);
            }

            cells.Add(Said(await client.CallRaw(name, Arguments(name, met))));
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
        var world = await MakeWorld();
        foreach (var name in Calls())
        {
            if (code is null)
            {
                (await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => RawDealer(authorization))).Message
                    .ShouldContain("401");
                continue;
            }

            await using var client = await RawDealer(authorization);
            var arguments = Arguments(name, world);
            (await Should.ThrowAsync<InvalidOperationException>(() => client.CallRaw(name, arguments))).Message.ShouldContain("closed");
            client.Arguments("ConnectionRefused").ShouldAllBe(refusal => refusal[0].GetString() == code);
        }
    }

    private static IEnumerable<string> Calls() =>
        Own.SelectMany(one => one.GetMethods(BindingFlags.Public | BindingFlags.Instance)).Select(method => method.Name)
            .Order(StringComparer.Ordinal);

    /// <summary>Whoever was not let in on a thing hears the same, to the letter, as if it did not exist.</summary>
    private static async Task NobodysAndAnothers(RawClient client, string name, DealerWorld world)
    {
        if (!IsOfOrder(name) && (DealerRequests.Of(name, world) is not { } request || !Ids.Any(id => request[id] is not null)))
        {
            return;
        }

        var (one, other) = (await client.CallRaw(name, Arguments(name, world)), await client.CallRaw(name, Nobodys(name, world)));
        if (name == nameof(IDealerHub.CheckCreateGoodsOrder))
        {
            // A check answers what the command would be refused with.
            one.GetProperty("result").GetRawText().ShouldBe(other.GetProperty("result").GetRawText());
            one.GetProperty("result").GetProperty("reasons")[0].GetProperty("code").GetString().ShouldBe(ErrorCodes.NotFound);
            return;
        }

        one.GetProperty("error").GetString().ShouldBe(other.GetProperty("error").GetString());
        RawClient.Refusal(one).Code.ShouldBe(ErrorCodes.NotFound);
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
                var trader = await Market.Trader(name);
                await Sql($"update profiles set consented_version = null, consented_at = null where user_id = {Id(trader)}");
                return ($"Bearer {Market.Token(name)}", ErrorCodes.ConsentRequired);
            case "suspended":
                await Suspend(await Market.Trader(name));
                return ($"Bearer {Market.Token(name)}", ErrorCodes.Suspended);
            default:
                await Market.Trader(name);
                var token = Market.Token(name);
                using (var http = new HttpClient { BaseAddress = Market.AddressOf() })
                {
                    http.DefaultRequestHeaders.Authorization = new("Bearer", token);
                    (await http.PostAsync("/api/p2p/sign-out", null, Bounded)).IsSuccessStatusCode.ShouldBeTrue();
                }

                return ($"Bearer {token}", null);
        }
    }

    private static string Arguments(string name, DealerWorld world) => IsOfOrder(name) ? $"[\"{world.Order}\"]" : Arguments(DealerRequests.Of(name, world));

    private static string Arguments(JsonObject? request) => request is null ? "[]" : $"[{request.ToJsonString()}]";

    /// <summary>The same about what nobody has.</summary>
    private static string Nobodys(string name, DealerWorld world)
    {
        if (IsOfOrder(name))
        {
            return Arguments(name, world with { Order = Guid.CreateVersion7() });
        }

        var request = DealerRequests.Of(name, world)!; // It names something.
        var key = Ids.First(id => request[id] is not null);
        request[key] = key == "peerId" ? Base64Url.EncodeToString(Guid.NewGuid().ToByteArray().Concat(new byte[16]).ToArray())
            : Guid.CreateVersion7().ToString();
        return Arguments(request);
    }

    /// <summary>The call takes an order's id and no record.</summary>
    private static bool IsOfOrder(string name) => name is nameof(IDealerHub.GetGoodsOrder) or nameof(IDealerHub.GetGoodsOrderActions);

    private static string Said(JsonElement answer) => answer.TryGetProperty("error", out _) ? RawClient.Refusal(answer).Code : "yes";
}
