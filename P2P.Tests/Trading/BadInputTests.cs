using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Contracts.Trading;
using P2P.Server.Deals.Reviews;
using P2P.Tests.Encryption;
using P2P.Tests.Realtime.Support;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>
/// Every call of the trade hub with every member wrong in every way, as raw frames: each is refused with its code, changes nothing and
/// leaves the connection usable.
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
    private Guid _dispute;
    private Guid _released;
    private Guid _review;
    private Guid _complaint;
    private Guid _webhook;
    private Guid _browser;

    protected override Dictionary<string, string?>? Settings => HookSettings.All;

    [OneTimeSetUp]
    public async Task Make_what_could_be_changed()
    {
        (_seller, _buyer, _stranger) = (await Seller(), await Buyer(), await Seller());
        _ad = await TestMarket.Ad(_seller, total: 5);
        _unpaid = await Place(_buyer, _ad);
        _confirmed = await Place(_buyer, _ad);
        await _buyer.Client.Orders.ConfirmPaymentAsync(_confirmed, cancellationToken: Bounded);
        var disputed = await Place(_buyer, _ad);
        await _buyer.Client.Orders.ConfirmPaymentAsync(disputed, cancellationToken: Bounded);
        _dispute = (await _buyer.Client.Disputes.RaiseAsync(disputed, DisputeReason.NotReleased, "paid", Bounded)).DisputeId;
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
        var (caller, good) = Good(method);
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
            var (_, good) = Good(method);
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

        // Usable afterwards, and so is a refusal: no stack, no statement, no path of ours (S39).
        var text = answer.GetProperty("error").GetString() ?? "";
        return text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Npgsql", StringComparison.Ordinal)
            ? $"{call} told {text}"
            : (await client.Call("GetProfileStats", new GetProfileRequest())).TryGetProperty("result", out _) ? null
            : $"After {call} the connection was no longer of use.";
    }

    /// <summary>Every row of every table but the request log, in one figure a table.</summary>
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
            select '{table}' || ' ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as line
              from {table} t
            """);
        return await Sql<string>($"select string_agg(line, E'\\n' order by line) from ({string.Join(" union all ", parts)}) x");
    }

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(ITradeHub).GetInterfaces().SelectMany(one => one.GetMethods()).OrderBy(method => method.Name, StringComparer.Ordinal);

    /// <summary>A request that is right in every member, and who could send it.</summary>
    private (Trader Caller, JsonObject Request) Good(string method)
    {
        var id = Guid.CreateVersion7();
        var terms = TestMarket.Terms() with { Conditions = new TakerConditions { CompletedTradesMin = 0, CompletionRateMin = 0 } };
        return method switch
        {
            nameof(ITradeHub.GetProfile) or nameof(ITradeHub.GetProfileStats) =>
                (_buyer, Json(new GetProfileRequest { ProfileId = Id(_seller) })),
            nameof(ITradeHub.UpdateProfile) => (_buyer, Json(new UpdateProfileRequest { RequestId = id, Clear = [] })),
            nameof(ITradeHub.SearchProfiles) => (_buyer, Json(new SearchProfilesRequest { Limit = 5 })),
            nameof(ITradeHub.ListPaymentMethods) => (_buyer, Json(new ListPaymentMethodsRequest { Country = "KE", Currency = "KES" })),
            nameof(ITradeHub.SavePaymentAccount) => (_buyer, Json(new SavePaymentAccountRequest
            {
                RequestId = id,
                PaymentMethodId = TestMarket.MpesaKenya,
                Fields = new Dictionary<string, string> { ["holder"] = "B", ["phone"] = "+254712345678" },
            })),
            nameof(ITradeHub.DeletePaymentAccount) => (_buyer, Json(new DeletePaymentAccountRequest
            {
                RequestId = id,
                PaymentAccountId = AccountOf(_buyer),
            })),
            nameof(ITradeHub.ListNotifications) => (_seller, Json(new ListNotificationsRequest { UnreadOnly = true })),
            nameof(ITradeHub.MarkNotificationsRead) => (_seller, Json(new MarkNotificationsReadRequest
            {
                RequestId = id,
                UpTo = _seller.Client.Notifications.ListAsync(cancellationToken: Bounded).GetAwaiter().GetResult().Items[0].Id,
            })),
            nameof(ITradeHub.SetNotificationPreferences) => (_buyer, Json(new SetNotificationPreferencesRequest
            {
                RequestId = id,
                Language = NotificationLanguage.French,
                Rhythm = EmailRhythm.Hourly,
                QuietHours = new QuietHours { FromMinute = 60, ToMinute = 120, UtcOffsetMinutes = 60 },
                Kinds = [],
            })),
            nameof(ITradeHub.SendEmailCode) => (_buyer, Json(new SendEmailCodeRequest { RequestId = id })),
            nameof(ITradeHub.ConfirmEmail) => (_buyer, Json(new ConfirmEmailRequest { RequestId = id, Code = "123456" })),
            nameof(ITradeHub.ApplyForMerchant) => (_buyer, Json(new ApplyForMerchantRequest
            {
                RequestId = id,
                BusinessName = "Shop",
                Country = "KE",
                Text = "We sell.",
            })),
            nameof(ITradeHub.WithdrawMerchantApplication) => (_buyer, Json(new WithdrawMerchantApplicationRequest { RequestId = id })),
            nameof(ITradeHub.BeginSecondFactor) => (_buyer, Json(new BeginSecondFactorRequest { RequestId = id })),
            nameof(ITradeHub.ConfirmSecondFactor) => (_buyer, Json(new ConfirmSecondFactorRequest { RequestId = id, Code = "123456" })),
            nameof(ITradeHub.RenewRecoveryCodes) => (_buyer, Json(new RenewRecoveryCodesRequest { RequestId = id })),
            nameof(ITradeHub.RemoveSecondFactor) => (_buyer, Json(new RemoveSecondFactorRequest { RequestId = id })),
            nameof(ITradeHub.CreateAd) => (_seller, Json(new CreateAdRequest
            {
                RequestId = id,
                Side = AdSide.Sell,
                Asset = "BTC",
                Fiat = "KES",
                Total = 1,
                Terms = terms,
            })),
            nameof(ITradeHub.CheckCreateAd) => (_seller, Json(new CheckCreateAdRequest
            {
                Side = AdSide.Sell,
                Asset = "BTC",
                Fiat = "KES",
                Total = 1,
                Terms = terms,
            })),
            nameof(ITradeHub.UpdateAd) => (_seller, Json(new UpdateAdRequest { RequestId = id, AdId = _ad, Terms = terms })),
            nameof(ITradeHub.ChangeAdTotal) => (_seller, Json(new ChangeAdTotalRequest { RequestId = id, AdId = _ad, Total = 6 })),
            nameof(ITradeHub.PauseAd) or nameof(ITradeHub.ResumeAd) or nameof(ITradeHub.DeleteAd) =>
                (_seller, Json(new AdRequest { RequestId = id, AdId = _ad })),
            nameof(ITradeHub.SetSchedule) => (_seller, Json(new SetScheduleRequest
            {
                RequestId = id,
                TimeZone = "Africa/Nairobi",
                Windows = [new ScheduleWindow { Day = Weekday.Monday, FromMinute = 0, ToMinute = 15 }],
            })),
            nameof(ITradeHub.SetVacation) => (_seller, Json(new SetVacationRequest { RequestId = id })),
            nameof(ITradeHub.ListAds) => (_buyer, Json(new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" })),
            nameof(ITradeHub.GetAd) => (_buyer, Json(new GetAdRequest { AdId = _ad })),
            nameof(ITradeHub.MyAds) => (_seller, Json(new MyAdsRequest())),
            nameof(ITradeHub.SubscribeAdBook) or nameof(ITradeHub.UnsubscribeAdBook) =>
                (_buyer, Json(new Market { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" })),
            nameof(ITradeHub.CreateOrder) => (_buyer, Json(new CreateOrderRequest
            {
                RequestId = id,
                AdId = _ad,
                PaymentMethodId = TestMarket.MpesaKenya,
                FiatAmount = 100,
                ExpectedPrice = 1_000,
            })),
            nameof(ITradeHub.CheckCreateOrder) => (_buyer, Json(new CheckCreateOrderRequest
            {
                AdId = _ad,
                PaymentMethodId = TestMarket.MpesaKenya,
                FiatAmount = 100,
                ExpectedPrice = 1_000,
            })),
            nameof(ITradeHub.ListOrders) => (_buyer, Json(new ListOrdersRequest())),
            nameof(ITradeHub.CancelOrder) => (_buyer, Json(new OrderRequest { RequestId = id, OrderId = _unpaid })),
            nameof(ITradeHub.ConfirmPayment) => (_buyer, Json(new ConfirmPaymentRequest { RequestId = id, OrderId = _unpaid })),
            nameof(ITradeHub.ExtendPaymentWindow) =>
                (_seller, Json(new ExtendPaymentWindowRequest { RequestId = id, OrderId = _unpaid, Minutes = 10 })),
            nameof(ITradeHub.UndoConfirmation) or nameof(ITradeHub.RequestCancel) or nameof(ITradeHub.AcceptCancel)
                or nameof(ITradeHub.DeclineCancel) => (_buyer, Json(new OrderRequest { RequestId = id, OrderId = _confirmed })),
            nameof(ITradeHub.ReleaseCrypto) => (_seller, Json(new OrderRequest { RequestId = id, OrderId = _confirmed })),
            nameof(ITradeHub.RaiseDispute) => (_buyer, Json(new RaiseDisputeRequest
            {
                RequestId = id,
                OrderId = _confirmed,
                Reason = DisputeReason.NotReleased,
                Text = "paid",
            })),
            nameof(ITradeHub.GetDispute) => (_buyer, Json(new GetDisputeRequest { DisputeId = _dispute })),
            nameof(ITradeHub.ListDisputes) => (_buyer, Json(new ListDisputesRequest())),
            nameof(ITradeHub.SubmitEvidence) => (_buyer, Json(new SubmitEvidenceRequest { RequestId = id, DisputeId = _dispute, Text = "seen" })),
            nameof(ITradeHub.EscalateDispute) or nameof(ITradeHub.AcceptRuling) =>
                (_buyer, Json(new DisputeRequest { RequestId = id, DisputeId = _dispute })),
            nameof(ITradeHub.AppealRuling) => (_buyer, Json(new AppealRulingRequest { RequestId = id, DisputeId = _dispute, Text = "again" })),
            nameof(ITradeHub.FileComplaint) => (_buyer, Json(new FileComplaintRequest
            {
                RequestId = id,
                OrderId = _released,
                Reason = ComplaintReason.Abuse,
                Text = "threats",
            })),
            nameof(ITradeHub.GetComplaint) => (_seller, Json(new GetComplaintRequest { ComplaintId = _complaint })),
            nameof(ITradeHub.ListComplaints) => (_seller, Json(new ListComplaintsRequest())),
            nameof(ITradeHub.AddComplaintEvidence) =>
                (_seller, Json(new AddComplaintEvidenceRequest { RequestId = id, ComplaintId = _complaint, Text = "seen" })),
            nameof(ITradeHub.RegisterDevice) => (_buyer, Json(new RegisterDeviceRequest
            {
                RequestId = id,
                Statement = SealedThings.Statement(Id(_buyer), KeyStatementKind.Add),
                Name = "phone",
            })),
            nameof(ITradeHub.RevokeDevice) => (_buyer, Json(new RevokeDeviceRequest
            {
                RequestId = id,
                Statement = SealedThings.Statement(Id(_buyer), KeyStatementKind.Revoke),
            })),
            nameof(ITradeHub.GetDeviceKeys) => (_buyer, Json(new GetDeviceKeysRequest { ProfileId = Id(_seller) })),
            nameof(ITradeHub.ProposeEncryption) => (_buyer, Json(SealedThings.Request(id, _unpaid, EnvelopeKind.Propose))),
            nameof(ITradeHub.AcceptEncryption) => (_buyer, Json(SealedThings.Request(id, _unpaid, EnvelopeKind.Accept))),
            nameof(ITradeHub.RekeyRoom) => (_buyer, Json(SealedThings.Request(id, _unpaid, EnvelopeKind.Rekey))),
            nameof(ITradeHub.DeclineEncryption) => (_buyer, Json(new DeclineEncryptionRequest { RequestId = id, OrderId = _unpaid })),
            nameof(ITradeHub.SendMessage) => (_buyer, Json(new SendMessageRequest { RequestId = id, OrderId = _unpaid, Text = "Hello" })),
            nameof(ITradeHub.GetMessages) => (_buyer, Json(new GetMessagesRequest { OrderId = _unpaid })),
            nameof(ITradeHub.ListRooms) => (_buyer, Json(new ListRoomsRequest())),
            nameof(ITradeHub.MarkMessagesRead) or nameof(ITradeHub.MarkMessagesDelivered) =>
                (_buyer, Json(new ReceiptRequest { OrderId = _unpaid, UpToSeq = 1 })),
            nameof(ITradeHub.SetTyping) => (_buyer, Json(new SetTypingRequest { OrderId = _unpaid })),
            nameof(ITradeHub.ListLedgerEntries) => (_seller, Json(new ListLedgerEntriesRequest { Asset = "BTC" })),
            nameof(ITradeHub.UseFaucet) => (_seller, Json(new UseFaucetRequest { RequestId = id, Asset = "BTC", Amount = 0.1m })),
            nameof(ITradeHub.RequestWithdrawal) => (_seller, Json(new RequestWithdrawalRequest
            {
                RequestId = id,
                Asset = "BTC",
                Amount = 0.1m,
                Destination = "bc1q",
            })),
            nameof(ITradeHub.BlockUser) or nameof(ITradeHub.UnblockUser) or nameof(ITradeHub.FavouriteUser) or nameof(ITradeHub.UnfavouriteUser) =>
                (_buyer, Json(new ContactRequest { RequestId = id, ProfileId = Id(_seller) })),
            nameof(ITradeHub.ListBlockedUsers) or nameof(ITradeHub.ListFavourites) => (_buyer, Json(new ListContactsRequest())),
            nameof(ITradeHub.CreateReview) => (_buyer, Json(new CreateReviewRequest
            {
                RequestId = id,
                OrderId = _released,
                Stars = 5,
                Tags = [ReviewTag.Fast],
                Text = "good",
            })),
            nameof(ITradeHub.EditReview) => (_seller, Json(new EditReviewRequest { RequestId = id, ReviewId = _review, Stars = 5 })),
            nameof(ITradeHub.ReplyToReview) => (_buyer, Json(new ReplyToReviewRequest { RequestId = id, ReviewId = _review, Text = "yes" })),
            nameof(ITradeHub.ListReviews) => (_buyer, Json(new ListReviewsRequest { ProfileId = Id(_seller) })),
            nameof(ITradeHub.GetPriceHistory) => (_buyer, Json(new GetPriceHistoryRequest
            {
                Asset = "BTC",
                Fiat = "KES",
                From = DateTimeOffset.UtcNow.AddHours(-1),
                Bucket = PriceBucket.Minute,
            })),
            nameof(ITradeHub.ListWithdrawals) => (_seller, Json(new ListWithdrawalsRequest())),
            _ when HookRequests.Of(method, id, _webhook, _browser) is { } request => (_seller, Json(request)),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Say here what a good request looks like."),
        };
    }

    private static Guid AccountOf(Trader trader) =>
        trader.Client.Profiles.ListPaymentAccountsAsync(Bounded).GetAwaiter().GetResult()[0].Id;

    private static JsonObject Json<T>(T request) =>
        JsonSerializer.SerializeToNode(request, request!.GetType(), WireJson.Client)!.AsObject(); // Not null: a request is none.
}
