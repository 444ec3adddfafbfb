using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Admin;
using P2P.Tests.Access;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Trading;

namespace P2P.Tests.Admin;

/// <summary>Every call of staff with every member wrong in every way: each is refused with its code and changes nothing. (S15)</summary>
public sealed class AdminBadInputTests : DisputeDeskFixture
{
    private static readonly Type[] Parts =
        [.. typeof(IAdminHub).GetInterfaces().Where(part => part.Namespace == typeof(IAdminHub).Namespace)];

    private string _admin = null!; // Set before the first test.
    private StaffWorld _world = null!; // Set before the first test.

    [OneTimeSetUp]
    public async Task Make_what_could_be_changed()
    {
        var (_, seller, order, dispute) = await Disputed();
        (_admin, var admin) = await Member(StaffRoles.Admin);
        var (arbitrator, _) = await Arbitrator();
        await admin.Disputes.AssignAsync(dispute, _admin, "mine", Bounded);
        var (buyer, maker, ended) = await ConfirmedOrder();
        await maker.Client.Orders.ReleaseAsync(ended, cancellationToken: Bounded);
        _world = new StaffWorld
        {
            User = Id(seller),
            Order = order,
            Dispute = dispute,
            Arbitrator = arbitrator,
            Complaint = (await maker.Client.Complaints.FileAsync(ended, ComplaintReason.Other, "x", Bounded)).ComplaintId,
            Review = (await buyer.Client.Reviews.CreateAsync(ended, 4, cancellationToken: Bounded)).ReviewId,
            Ad = (await Read(maker, ended)).State.AdId,
            Application = await StaffWorld.Apply(Market, Id(maker)),
            Finding = await StaffWorld.Find(Market),
            Announcement = await StaffWorld.Announce(admin),
            Verification = (await admin.Ledger.BeginVerificationAsync("r", Bounded)).Id,
        };
    }

    private static IEnumerable<string> Methods() => Parts.SelectMany(part => part.GetMethods())
        .Where(method => method.GetParameters() is [{ ParameterType.IsClass: true }])
        .Select(method => method.Name);

    [TestCaseSource(nameof(Methods))]
    public async Task A_wrong_request_is_refused_and_changes_nothing(string method)
    {
        var type = Parts.SelectMany(part => part.GetMethods()).Single(one => one.Name == method).GetParameters()[0].ParameterType;
        var good = AdminRequests.Of(method, _world);
        var address = new UriBuilder(Market.AddressOf()) { Scheme = "ws", Path = AdminHub.Path }.Uri;
        await using var client = await RawClient.Connect(address, $"Bearer {Market.Token(_admin, StaffRoles.Admin)}");
        await client.Hears("Connected");
        var before = await Everything();
        var id = good["requestId"]?.GetValue<string>();
        var wrong = new List<string>();
        foreach (var call in BadCalls.OfCall(method, type, good.ToJsonString()).Concat(BadCalls.OfMembers(method, type, good)))
        {
            // Each has a request id of its own: what is decided is remembered under it.
            var answer = await client.CallRaw(
                call.Method, id is null ? call.Arguments : call.Arguments.Replace(id, $"{Guid.CreateVersion7()}", StringComparison.Ordinal));
            if (!answer.TryGetProperty("error", out _))
            {
                wrong.Add($"{call} succeeded: {answer}");
                continue;
            }

            var (code, details) = RawClient.Refusal(answer);
            var path = details.TryGetProperty("path", out var value) ? value.GetString() : null;
            if (!call.Codes.Contains(code) || (call.Path is not null && call.Path != path))
            {
                wrong.Add($"{call} was {code} at {path}, not {string.Join(" or ", call.Codes)} at {call.Path}");
            }
        }

        wrong.ShouldBeEmpty();
        (await Everything()).ShouldBe(before);
        (await client.CallRaw(nameof(IHouseCalls.GetHouse), "[]")).TryGetProperty("result", out _).ShouldBeTrue("the connection is of use");
    }

    private Task<string> Everything() => Sql<string>(
        """
        select concat((select jsonb_agg(to_jsonb(t) order by t.id) from disputes t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from complaints t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from reviews t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from ads t),
                      (select jsonb_agg(to_jsonb(t) order by t.code) from assets t),
                      (select jsonb_agg(to_jsonb(t) order by t.code) from currencies t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from payment_methods t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from announcements t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from merchant_applications t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from ledger_findings t),
                      (select jsonb_agg(to_jsonb(t)) from switches t), (select count(*) from price_overrides),
                      (select count(*) from terms), (select count(*) from revocations), (select count(*) from ledger_verifications),
                      (select count(*) from staff_reads), (select count(*) from dispute_helpers), (select count(*) from dispute_watches),
                      (select count(*) from suspensions))
        """);
}
