using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Server.Admin;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;
using P2P.Tests.Trading;

namespace P2P.Tests.Admin;

/// <summary>Every call on cases and moderation with every member wrong in every way: each is refused with its code and changes nothing.</summary>
public sealed class AdminBadInputTests : DisputeDeskFixture
{
    private static readonly Type[] Parts = [typeof(IStaffDisputeCalls), typeof(IStaffComplaintCalls), typeof(IModerationCalls)];

    private string _admin = null!; // Set before the first test.
    private string _arbitrator = null!; // Set before the first test.
    private Trader _seller = null!; // Set before the first test.
    private Guid _ad;
    private Guid _order;
    private Guid _dispute;
    private Guid _complaint;
    private Guid _review;

    [OneTimeSetUp]
    public async Task Make_what_could_be_changed()
    {
        (_, _seller, _order, _dispute) = await Disputed();
        (_admin, var admin) = await Member(StaffRoles.Admin);
        (_arbitrator, _) = await Arbitrator();
        await admin.Disputes.AssignAsync(_dispute, _admin, "mine", Bounded);
        var (buyer, seller, ended) = await ConfirmedOrder();
        await seller.Client.Orders.ReleaseAsync(ended, cancellationToken: Bounded);
        _complaint = (await seller.Client.Complaints.FileAsync(ended, ComplaintReason.Other, "x", Bounded)).ComplaintId;
        _review = (await buyer.Client.Reviews.CreateAsync(ended, 4, cancellationToken: Bounded)).ReviewId;
        _ad = (await Read(seller, ended)).State.AdId;
    }

    private static IEnumerable<string> Methods() => Parts.SelectMany(part => part.GetMethods()).Select(method => method.Name);

    [TestCaseSource(nameof(Methods))]
    public async Task A_wrong_request_is_refused_and_changes_nothing(string method)
    {
        var type = Parts.SelectMany(part => part.GetMethods()).Single(one => one.Name == method).GetParameters()[0].ParameterType;
        var good = Good(method);
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
        select concat((select jsonb_agg(to_jsonb(t) order by t.id) from disputes t), (select jsonb_agg(to_jsonb(t) order by t.id) from complaints t),
                      (select jsonb_agg(to_jsonb(t) order by t.id) from reviews t), (select jsonb_agg(to_jsonb(t) order by t.id) from ads t),
                      (select count(*) from staff_reads), (select count(*) from dispute_helpers), (select count(*) from dispute_watches),
                      (select count(*) from suspensions))
        """);

    private JsonObject Good(string method)
    {
        var id = Guid.CreateVersion7();
        object request = method switch
        {
            nameof(IStaffDisputeCalls.ListDisputeQueue) => new ListDisputeQueueRequest { DueWithinMinutes = 60 },
            nameof(IStaffDisputeCalls.GetDisputeForStaff) => new GetStaffDisputeRequest { DisputeId = _dispute },
            nameof(IStaffDisputeCalls.ListStaff) => new ListStaffRequest { Role = StaffRoles.Arbitrator },
            nameof(IStaffDisputeCalls.AssignDispute) =>
                new AssignDisputeRequest { RequestId = id, DisputeId = _dispute, AssigneeSub = _arbitrator, Reason = "r" },
            nameof(IStaffDisputeCalls.RuleDispute) => new RuleDisputeRequest
            {
                RequestId = id,
                DisputeId = _dispute,
                Decision = RulingDecision.Split,
                BuyerPercent = 50,
                Text = "both",
                Reason = "r",
            },
            nameof(IStaffDisputeCalls.CheckRuling) =>
                new CheckRulingRequest { DisputeId = _dispute, Decision = RulingDecision.Split, BuyerPercent = 50 },
            nameof(IStaffDisputeCalls.ConfirmRuling) => new StaffDisputeRequest { RequestId = id, DisputeId = _dispute, Reason = "r" },
            nameof(IStaffDisputeCalls.AddDisputeHelper) or nameof(IStaffDisputeCalls.RemoveDisputeHelper) =>
                new DisputeHelperRequest { RequestId = id, DisputeId = _dispute, HelperSub = _arbitrator, Reason = "r" },
            nameof(IStaffDisputeCalls.WatchDispute) => new WatchDisputeRequest { RequestId = id, DisputeId = _dispute, Watch = true, Note = "n" },
            nameof(IStaffDisputeCalls.GetCaseMessages) => new GetCaseMessagesRequest { OrderId = _order, Reason = "r" },
            nameof(IStaffComplaintCalls.ListComplaintQueue) => new ListComplaintQueueRequest { Reason = ComplaintReason.Abuse },
            nameof(IStaffComplaintCalls.GetComplaintForStaff) => new GetStaffComplaintRequest { ComplaintId = _complaint },
            nameof(IStaffComplaintCalls.AssignComplaint) =>
                new AssignComplaintRequest { RequestId = id, ComplaintId = _complaint, AssigneeSub = _arbitrator, Reason = "r" },
            nameof(IStaffComplaintCalls.DecideComplaint) => new DecideComplaintRequest
            {
                RequestId = id,
                ComplaintId = _complaint,
                Outcome = ComplaintOutcome.Warning,
                Against = Party.Buyer,
                Text = "do not",
                Reason = "r",
            },
            nameof(IModerationCalls.SearchReviews) => new SearchStaffReviewsRequest { Hidden = true },
            nameof(IModerationCalls.HideReview) or nameof(IModerationCalls.RestoreReview) =>
                new ModerateReviewRequest { RequestId = id, ReviewId = _review, Reason = "r" },
            nameof(IModerationCalls.SearchAds) => new SearchStaffAdsRequest { Hidden = true },
            nameof(IModerationCalls.HideAd) or nameof(IModerationCalls.RestoreAd) or nameof(IModerationCalls.CloseAd) =>
                new ModerateAdRequest { RequestId = id, AdId = _ad, Reason = "r" },
            nameof(IModerationCalls.RemoveUserPicture) => new StaffUserRequest { RequestId = id, UserId = Id(_seller), Reason = "r" },
            _ => throw new InvalidOperationException($"{method} has no good request here: write one."),
        };
        return JsonSerializer.SerializeToNode(request, WireJson.Client)!.AsObject(); // Not null: a record becomes an object.
    }
}
