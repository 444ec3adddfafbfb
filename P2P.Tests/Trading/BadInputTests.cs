using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Trading;
using P2P.Server.Deals.Reviews;
using P2P.Tests.Access;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>
/// Every call of the trade hub with every member wrong in every way, as raw frames: each is refused with its code, changes nothing and
/// leaves the connection usable. (S15, S23)
/// </summary>
public sealed class BadInputTests : MarketFixture
{
    private readonly Dictionary<string, int> _counts = [];
    private Trader _seller = null!; // Set before the first test.
    private Trader _buyer = null!; // Set before the first test.
    private Trader _stranger = null!; // Set before the first test.
    private Guid _ad;
    private Guid _unpaid;
    private Guid _confirmed;
    private Guid _disputed;
    private Guid _dispute;
    private Guid _released;
    private Guid _review;
    private Guid _complaint;
    private Guid _webhook;
    private Guid _browser;

    protected override Dictionary<string, string?>? Settings => HookSettings.All;

    private TradeWorld World => new()
    {
        Seller = _seller,
        Buyer = _buyer,
        Former = _buyer,
        Ad = _ad,
        Unpaid = _unpaid,
        Confirmed = _confirmed,
        Disputed = _disputed,
        Dispute = _dispute,
        Released = _released,
        Review = _review,
        Complaint = _complaint,
        Webhook = _webhook,
        Browser = _browser,
    };

    [OneTimeSetUp]
    public async Task Make_what_could_be_changed()
    {
        (_seller, _buyer, _stranger) = (await Seller(), await Buyer(), await Seller());
        _ad = await TestMarket.Ad(_seller, total: 5);
        _unpaid = await Place(_buyer, _ad);
        _confirmed = await Place(_buyer, _ad);
        await _buyer.Client.Orders.ConfirmPaymentAsync(_confirmed, cancellationToken: Bounded);
        _disputed = await Place(_buyer, _ad);
        await _buyer.Client.Orders.ConfirmPaymentAsync(_disputed, cancellationToken: Bounded);
        _dispute = (await _buyer.Client.Disputes.RaiseAsync(_disputed, DisputeReason.NotReleased, "paid", Bounded)).DisputeId;
        _released = await Place(_buyer, _ad);
        await _buyer.Client.Orders.ConfirmPaymentAsync(_released, cancellationToken: Bounded);
        await _seller.Client.Orders.ReleaseAsync(_released, cancellationToken: Bounded);
        _complaint = (await _seller.Client.Complaints.FileAsync(_released, ComplaintReason.NotPaid, "nothing came", Bounded)).ComplaintId;
        _review = (await _seller.Client.Reviews.CreateAsync(_released, 4, cancellationToken: Bounded)).ReviewId;

        // No later sweep has anything to write.
        await Eventually(async () =>
        {
            await Market.Service<ReputationFlow>().Sweep(Bounded);
            return await Sql<long>("select count(*) from reputations where not is_stale and counted = 1") == 2;
        });

        // Paused, and registered last: nothing is on its way to them while the rows are compared.
        _webhook = (await _seller.Client.Webhooks.CreateAsync(new Uri(HookSettings.NowhereUrl), cancellationToken: Bounded)).Webhook.Id;
        await _seller.Client.Webhooks.PauseAsync(_webhook, Bounded);
        await NotificationsAreMade();
        _browser = (await _seller.Client.WebPush.RegisterAsync(
            new Uri(HookSettings.NowhereUrl), HookSettings.P256dh, HookSettings.Auth, Bounded)).Id;
    }

    [OneTimeTearDown]
    public void Tell_how_many() => TestContext.Progress.WriteLine(
        $"{_counts.Values.Sum()} wrong calls: {string.Join(", ", _counts.Select(count => $"{count.Key} {count.Value}"))}");

    private static IEnumerable<string> MethodsWithARequest() => Methods()
        .Where(method => method.GetParameters() is [{ ParameterType: { IsClass: true } type }] && type != typeof(string))
        .Select(method => method.Name);

    [TestCaseSource(nameof(MethodsWithARequest))]
    public async Task A_wrong_request_is_refused_and_changes_nothing(string method)
    {
        var type = Methods().Single(one => one.Name == method).GetParameters()[0].ParameterType;
        var (caller, good) = TradeRequests.Of(method, World);
        await using var client = await Raw(caller.Name);
        await client.Hears("Connected");
        var before = await Everything();
        var id = good["requestId"]?.GetValue<string>();

        var calls = BadCalls.OfCall(method, type, good.ToJsonString()).Concat(BadCalls.OfMembers(method, type, good)).ToList();
        var wrong = new List<string>();
        foreach (var call in calls)
        {
            // Each has a request id of its own: what is decided is remembered under it.
            var arguments = id is null ? call.Arguments
                : call.Arguments.Replace(id, $"{Guid.CreateVersion7()}", StringComparison.Ordinal);
            var fresh = call with { Arguments = arguments };
            if (await Fault(client, fresh) is { } fault)
            {
                wrong.Add(fault);
            }
        }

        wrong.ShouldBeEmpty();
        await IsOfUse(client);
        (await Everything()).ShouldBe(before);
        calls.Count.ShouldBeGreaterThan(12);
        _counts[method] = calls.Count;
    }

    [TestCase("GetOrder")]
    [TestCase("GetOrderActions")]
    [TestCase("GetReview")]
    [TestCase("GetOrderReviews")]
    [TestCase("GetRoomEncryption")]
    [TestCase("EventsSince")]
    [TestCase("GetBalances")]
    [TestCase("GetMarkets")]
    [TestCase("GetUnreadCounts")]
    [TestCase("SubscribePrices")]
    [TestCase("UnsubscribePrices")]
    [TestCase("ListPaymentAccounts")]
    [TestCase("ListWebhooks")]
    [TestCase("ListWebPushSubscriptions")]
    [TestCase("GetWebPushKey")]
    [TestCase("ListAnnouncements")]
    [TestCase("GetSecondFactor")]
    public async Task Wrong_plain_arguments_are_refused(string method)
    {
        await using var client = await Raw(_buyer.Name);
        var info = (await client.Hears("Connected"))[0][0];
        var epoch = info.GetProperty("epoch").GetGuid();
        (string Arguments, string Code)[] calls = method switch
        {
            "EventsSince" =>
            [
                ($"[\"{epoch}\"]", ErrorCodes.BadInput),
                ($"[\"{epoch}\",\"0\"]", ErrorCodes.BadInput),
                ($"[\"{epoch}\",-1]", ErrorCodes.BadInput),
                ($"[\"{epoch}\",1.5]", ErrorCodes.BadInput), ($"[\"{epoch}\",9223372036854775808]", ErrorCodes.BadInput),
                ($"[\"{epoch}\",9223372036854775807]", ErrorCodes.Resync), ($"[\"{Guid.Empty}\",0]", ErrorCodes.Resync),
                ("[null,0]", ErrorCodes.BadInput), ("[\"x\",0]", ErrorCodes.BadInput), ($"[\"{epoch}\",0,0]", ErrorCodes.BadInput),
            ],
            "GetOrder" or "GetOrderActions" or "GetReview" or "GetOrderReviews" or "GetRoomEncryption" =>
            [
                ("[]", ErrorCodes.BadInput), ("[null]", ErrorCodes.BadInput), ("[1]", ErrorCodes.BadInput),
                ("[\"x\"]", ErrorCodes.BadInput),
                ("[{}]", ErrorCodes.BadInput), ($"[\"{_unpaid}\",1]", ErrorCodes.BadInput), ($"[\"{Guid.Empty}\"]", ErrorCodes.NotFound),
                ($"[\"{_ad}\"]", ErrorCodes.NotFound), ($"[\"{Guid.CreateVersion7()}\"]", ErrorCodes.NotFound),
            ],
            _ =>
            [
                ("[1]", ErrorCodes.BadInput), ("[null]", ErrorCodes.BadInput), ("[{}]", ErrorCodes.BadInput), ("{}", ErrorCodes.BadInput),
            ],
        };
        foreach (var (arguments, code) in calls)
        {
            (await Fault(client, new BadCall(method, arguments, arguments, [code]))).ShouldBeNull();
        }

        await IsOfUse(client);

        _counts[method] = calls.Length;
    }

    [Test]
    public async Task Another_persons_things_are_not_there()
    {
        // S12: what exists and is another's answers as what does not exist.
        await using var client = await Raw(_stranger.Name);
        await client.Hears("Connected");
        var before = await Everything();
        var count = 0;
        foreach (var method in MethodsWithARequest())
        {
            var (_, good) = TradeRequests.Of(method, World);
            var id = good.ContainsKey("orderId") ? "orderId"
                : good.ContainsKey("reviewId") ? "reviewId"
                : good.ContainsKey("webhookId") ? "webhookId"
                : good.ContainsKey("subscriptionId") ? "subscriptionId"
                : good.ContainsKey("complaintId") ? "complaintId"
                : good.ContainsKey("adId") && method is not ("GetAd" or "CreateOrder" or "CheckCreateOrder") ? "adId"
                : good.ContainsKey("paymentAccountId") && method == nameof(ITradeHub.DeletePaymentAccount) ? "paymentAccountId"
                : null;
            if (id is null)
            {
                continue;
            }

            var foreign = await client.Call(method, good);
            var missing = JsonNode.Parse(good.ToJsonString())!.AsObject(); // Not null: it was an object before.
            missing[id] = Guid.CreateVersion7().ToString();
            if (missing.ContainsKey("requestId"))
            {
                missing["requestId"] = Guid.CreateVersion7().ToString();
            }

            var random = await client.Call(method, missing);
            foreign.GetProperty("error").GetString().ShouldBe(random.GetProperty("error").GetString(), method);
            RawClient.Refusal(foreign).Code.ShouldBe(ErrorCodes.NotFound, method);
            count++;
        }

        count.ShouldBeGreaterThan(13);
        (await Everything()).ShouldBe(before);
        _counts["foreign"] = count * 2;
    }

    /// <summary>What was wrong with the answer; null when it was right.</summary>
    private static async Task<string?> Fault(RawClient client, BadCall call)
    {
        var answer = await client.CallRaw(call.Method, call.Arguments);
        if (!answer.TryGetProperty("error", out _))
        {
            // A check answers with reasons what a command refuses.
            return answer.TryGetProperty("result", out var result)
                && result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty("reasons", out var reasons)
                && reasons.EnumerateArray().Select(reason => reason.GetProperty("code").GetString()).FirstOrDefault() is { } reason
                && call.Codes.Contains(reason) ? null
                : $"{call} succeeded: {answer}";
        }

        var (code, details) = RawClient.Refusal(answer);
        if (!call.Codes.Contains(code))
        {
            return $"{call} was {code}, not {string.Join(" or ", call.Codes)}: {answer.GetProperty("error")}";
        }

        var path = details.TryGetProperty("path", out var value) ? value.GetString() : null;
        if (call.Path is not null && path != call.Path)
        {
            return $"{call} named {path ?? "nothing"}, not {call.Path}";
        }

        // No stack, no statement, no path of ours (S39).
        var text = answer.GetProperty("error").GetString() ?? "";
        return text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Npgsql", StringComparison.Ordinal)
            ? $"{call} told {text}"
            : null;
    }

    /// <summary>Each wrong call was answered after the one before; the last one, too, left the connection usable.</summary>
    private static async Task IsOfUse(RawClient client) =>
        (await client.Call("GetProfileStats", new GetProfileRequest())).TryGetProperty("result", out _).ShouldBeTrue();

    /// <summary>Every row of every table but the request log, in one figure a table; who comes and goes is active, whatever they call.</summary>
    private async Task<string> Everything()
    {
        var tables = await Sql<string[]>(
            """
            select array_agg(tablename::text order by tablename)
              from pg_tables
             where schemaname = 'public'
               and tablename <> 'requests'
            """);
        var parts = tables.Select(table =>
            $"""
            select '{table}' || ' ' || count(*) || ' ' || coalesce(md5(string_agg(x.row, '' order by x.row)), '') as line
              from (select (to_jsonb(t) - 'last_active_at')::text as row from {table} t) x
            """);
        return await Sql<string>($"select string_agg(line, E'\\n' order by line) from ({string.Join(" union all ", parts)}) x");
    }

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(ITradeHub).GetInterfaces().SelectMany(one => one.GetMethods()).OrderBy(method => method.Name, StringComparer.Ordinal);
}
