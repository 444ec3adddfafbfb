using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Client.Sdk;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Server.Admin;
using P2P.Server.Core.Hubs;
using P2P.Tests.Realtime.Support;

namespace P2P.Tests.Access;

/// <summary>
/// T15: every call of the admin hub that is staff's own by every kind of caller, on what is theirs, another's and nobody's. (S16, S17)
/// </summary>
public sealed class AdminAccessTests : AccessFixture
{
    private static readonly string[] Columns = ["read-only", "support", "arbitrator", "assigned arbitrator", "admin"];
    private static readonly string[] Ids =
    [
        "disputeId", "orderId", "complaintId", "reviewId", "adId", "userId", "applicationId", "findingId", "announcementId",
        "paymentMethodId",
    ];

    /// <summary>Filters: what is nobody's is an empty page.</summary>
    private static readonly HashSet<string> Lists =
        [nameof(IStaffUserCalls.SearchUsers), nameof(IStaffOrderCalls.SearchOrders)];

    /// <summary>What everybody feels comes last.</summary>
    private static readonly string[] Last = [nameof(ICatalogueCalls.PublishTerms)];

    private readonly AccessTable _table = new("admin", Columns);
    private P2PAdminClient _admin = null!; // Set before the first test.
    private StaffWorld _still = null!; // Set before the first test.
    private StaffWorld _elsewhere = null!; // Set before the first test.
    private Dictionary<string, (string Name, string Role)> _staff = null!; // Set before the first test.
    private Guid _verification;
    private int _cells;

    [OneTimeSetUp]
    public async Task Make_the_worlds()
    {
        _admin = await Admin();
        _staff = new()
        {
            ["read-only"] = (NewName("staff"), StaffRoles.ReadOnly),
            ["support"] = (NewName("staff"), StaffRoles.Support),
            ["arbitrator"] = (NewName("staff"), StaffRoles.Arbitrator),
            ["assigned arbitrator"] = (NewName("staff"), StaffRoles.Arbitrator),
            ["admin"] = (NewName("staff"), StaffRoles.Admin),
        };
        foreach (var (name, role) in _staff.Values)
        {
            await Staff(name, role).ConnectAsync(Bounded);
        }

        _verification = (await _admin.Ledger.BeginVerificationAsync("r", Bounded)).Id;
        (_still, _elsewhere) = (await MakeStaffWorld("assigned arbitrator"), await MakeStaffWorld("arbitrator"));
    }

    [OneTimeTearDown]
    public void Tell()
    {
        _table.End();
        TestContext.Progress.WriteLine($"access of the admin hub: {_cells} cells");
    }

    private static IEnumerable<string> Calls() => Methods().Select(method => method.Name).OrderBy(name => Last.Contains(name));

    [TestCaseSource(nameof(Calls))]
    public async Task Who_may_call(string name)
    {
        var method = Methods().Single(one => one.Name == name);
        var isChange = method.GetParameters() is [{ ParameterType: { } type }] && type.IsAssignableTo(typeof(IChange));
        var cells = new List<string>();
        foreach (var column in Columns)
        {
            var world = isChange && Serves(name, _staff[column].Role) ? await MakeStaffWorld("assigned arbitrator", name) : _still;
            await using var client = await Raw(column);
            await client.Hears("Connected");
            var own = Asked(method, world);
            await Nobodys(client, method, own, column);
            cells.Add(Said(await client.CallRaw(name, own)));
            _cells += 3;
            (cells[^1] == ErrorCodes.Forbidden || Serves(name, _staff[column].Role)).ShouldBeTrue($"{name} does not serve {column}");
        }

        _table.Holds(name, cells);
        await _admin.House.ResumeTradingAsync("The test is over", Bounded);
        await _admin.House.ResumeReleasesAsync("The test is over", Bounded);
    }

    [Test]
    public void Every_row_belongs_to_a_call() => _table.Calls.Except(Calls()).ShouldBeEmpty();

    [TestCase("anonymous")]
    [TestCase("expired")]
    [TestCase("revoked")]
    [TestCase("trader")]
    [TestCase("custody")]
    [TestCase("suspended")]
    public async Task Who_does_not_get_in_calls_nothing(string who)
    {
        var (authorization, code) = await Outsider(who);
        var heard = 0;
        foreach (var method in Methods())
        {
            if (code is null)
            {
                (await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => RawClient.Connect(Address, authorization))).Message
                    .ShouldContain("401");
            }
            else
            {
                await using var client = await RawClient.Connect(Address, authorization);
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

    [Test]
    public async Task An_arbitrator_acts_on_no_case_but_their_own()
    {
        // S17: the cases elsewhere were given to the other one.
        await using var client = await Raw("assigned arbitrator");
        await client.Hears("Connected");
        foreach (var name in new[]
        {
            nameof(IStaffDisputeCalls.RuleDispute), nameof(IStaffDisputeCalls.AssignDispute), nameof(IStaffDisputeCalls.AddDisputeHelper),
            nameof(IStaffDisputeCalls.RemoveDisputeHelper), nameof(IStaffDisputeCalls.GetCaseMessages),
            nameof(IStaffComplaintCalls.AssignComplaint), nameof(IStaffComplaintCalls.DecideComplaint),
        })
        {
            var method = Methods().Single(one => one.Name == name);
            var said = Said(await client.CallRaw(name, Asked(method, _elsewhere)));
            said.ShouldBe(ErrorCodes.NotAssigned, name);
        }
    }

    private Uri Address => new UriBuilder(Market.AddressOf()) { Scheme = "ws", Path = AdminHub.Path }.Uri;

    /// <summary>What is nobody's is not found by whom the call serves, and tells the others nothing.</summary>
    private async Task Nobodys(RawClient client, MethodInfo method, string own, string column)
    {
        if (IdOf(own) is not { } key || Lists.Contains(method.Name))
        {
            return;
        }

        var answer = await client.CallRaw(method.Name, With(own, key));
        var expected = Serves(method.Name, _staff[column].Role)
            ? new[] { ErrorCodes.NotFound, ErrorCodes.PaymentMethodUnknown }
            : [ErrorCodes.Forbidden];
        Said(answer).ShouldBeOneOf(expected, $"{method.Name} of nobody's by {column}");
    }

    private static bool Serves(string call, string role) =>
        typeof(AdminHub).GetMethod(call)?.GetCustomAttribute<RolesAttribute>()?.Roles.Contains(role) ?? false;

    private async Task<RawClient> Raw(string column) =>
        await RawClient.Connect(Address, $"Bearer {Market.Token(_staff[column].Name, _staff[column].Role)}");

    private async Task<StaffWorld> MakeStaffWorld(string arbitrator, string call = "")
    {
        var trade = await MakeWorld();
        await _admin.Disputes.AssignAsync(trade.Dispute, _staff[arbitrator].Name, "yours", Bounded);
        await _admin.Complaints.AssignAsync(trade.Complaint, _staff[arbitrator].Name, "yours", Bounded);
        // What is open stands in everybody's way, so there is one only where it is asked for.
        var finding = call == nameof(ILedgerWatchCalls.AcknowledgeFinding);
        var announcement = call == nameof(IStaffAnnouncementCalls.EndAnnouncement);
        return new StaffWorld
        {
            User = Id(trade.Seller),
            Ad = trade.Ad,
            Order = trade.Disputed,
            Dispute = trade.Dispute,
            Arbitrator = _staff["arbitrator"].Name,
            Complaint = trade.Complaint,
            Review = trade.Review,
            Application = await StaffWorld.Apply(Market, Id(trade.Former)),
            Finding = finding ? await StaffWorld.Find(Market) : Guid.CreateVersion7(),
            Announcement = announcement ? await StaffWorld.Announce(_admin) : Guid.CreateVersion7(),
            Verification = _verification,
        };
    }

    private async Task<(string Authorization, string? Code)> Outsider(string who)
    {
        var name = NewName("outsider");
        switch (who)
        {
            case "anonymous":
                return ("", null);
            case "expired":
                return ($"Bearer {Market.TokenOf(DateTimeOffset.UtcNow.AddDays(-2), name, StaffRoles.Admin)}", null);
            case "trader":
                await Market.Trader(name);
                return ($"Bearer {Market.Token(name)}", ErrorCodes.Forbidden);
            case "custody":
                return ($"Bearer {Market.Token(name, "custody")}", ErrorCodes.Forbidden);
            case "suspended":
                await Suspend(await Market.Trader(name));
                return ($"Bearer {Market.Token(name, StaffRoles.Admin)}", ErrorCodes.Suspended);
            default:
                await Market.Trader(name);
                var token = Market.Token(name, StaffRoles.Admin);
                await SignOut(token);
                return ($"Bearer {token}", null);
        }
    }

    private static string Asked(MethodInfo method, StaffWorld world) => method.GetParameters() switch
    {
        [] => "[]",
        [{ ParameterType: { IsClass: true } }] => $"[{AdminRequests.Of(method.Name, world).ToJsonString()}]",
        [{ Name: "orderId" }] => $"[\"{world.Order}\"]",
        [{ Name: "verificationId" }] => $"[\"{world.Verification}\"]",
        _ => throw new InvalidOperationException($"Say here what {method.Name} is asked."),
    };

    private static string Said(JsonElement answer) => answer.TryGetProperty("error", out _) ? RawClient.Refusal(answer).Code : "yes";

    private static string? IdOf(string arguments) => JsonNode.Parse(arguments)!.AsArray().FirstOrDefault() switch // Not null: it is a list.
    {
        JsonObject request => Ids.FirstOrDefault(request.ContainsKey),
        JsonValue => "",
        _ => null,
    };

    private static string With(string arguments, string key)
    {
        if (key.Length == 0)
        {
            return $"[\"{Guid.CreateVersion7()}\"]";
        }

        var changed = JsonNode.Parse(arguments)!.AsArray(); // Not null: it is a list.
        var request = changed[0]!.AsObject(); // IdOf found the member in it.
        request[key] = key is "userId" or "paymentMethodId" ? NobodysProfile : Guid.CreateVersion7().ToString();
        if (request.ContainsKey("requestId"))
        {
            request["requestId"] = Guid.CreateVersion7().ToString();
        }

        return changed.ToJsonString();
    }

    /// <summary>Staff's own calls; what is everybody's stands in the table of the trade hub.</summary>
    private static IEnumerable<MethodInfo> Methods() => typeof(IAdminHub).GetInterfaces()
        .Where(part => part.Namespace == typeof(IAdminHub).Namespace)
        .SelectMany(part => part.GetMethods())
        .OrderBy(method => method.Name, StringComparer.Ordinal);
}
