using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Contracts.Trading;
using P2P.Tests.Encryption;
using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>What a right request of each call looks like.</summary>
internal static class TradeRequests
{
    /// <summary>A request that is right in every member, and who could send it.</summary>
    public static (Trader Caller, JsonObject Request) Of(string method, TradeWorld world)
    {
        var id = Guid.CreateVersion7();
        var terms = TestMarket.Terms() with { Conditions = new TakerConditions { CompletedTradesMin = 0, CompletionRateMin = 0 } };
        return method switch
        {
            nameof(ITradeHub.GetProfile) or nameof(ITradeHub.GetProfileStats) =>
                (world.Buyer, Json(new GetProfileRequest { ProfileId = IdOf(world.Seller) })),
            nameof(ITradeHub.UpdateProfile) => (world.Buyer, Json(new UpdateProfileRequest { RequestId = id, Clear = [] })),
            nameof(ITradeHub.SearchProfiles) => (world.Buyer, Json(new SearchProfilesRequest { Limit = 5 })),
            nameof(ITradeHub.ListPaymentMethods) => (world.Buyer, Json(new ListPaymentMethodsRequest { Country = "KE", Currency = "KES" })),
            nameof(ITradeHub.SavePaymentAccount) => (world.Buyer, Json(new SavePaymentAccountRequest
            {
                RequestId = id,
                PaymentMethodId = TestMarket.MpesaKenya,
                Fields = new Dictionary<string, string> { ["holder"] = "B", ["phone"] = "+254712345678" },
            })),
            nameof(ITradeHub.DeletePaymentAccount) => (world.Buyer, Json(new DeletePaymentAccountRequest
            {
                RequestId = id,
                PaymentAccountId = AccountOf(world.Buyer),
            })),
            nameof(ITradeHub.ListNotifications) => (world.Seller, Json(new ListNotificationsRequest { UnreadOnly = true })),
            nameof(ITradeHub.MarkNotificationsRead) => (world.Seller, Json(new MarkNotificationsReadRequest
            {
                RequestId = id,
                UpTo = world.Seller.Client.Notifications.ListAsync(cancellationToken: TestMarket.Bounded()).GetAwaiter().GetResult().Items[0].Id,
            })),
            nameof(ITradeHub.SetNotificationPreferences) => (world.Buyer, Json(new SetNotificationPreferencesRequest
            {
                RequestId = id,
                Language = NotificationLanguage.French,
                Rhythm = EmailRhythm.Hourly,
                QuietHours = new QuietHours { FromMinute = 60, ToMinute = 120, UtcOffsetMinutes = 60 },
                Kinds = [],
            })),
            nameof(ITradeHub.SendEmailCode) => (world.Buyer, Json(new SendEmailCodeRequest { RequestId = id })),
            nameof(ITradeHub.ConfirmEmail) => (world.Buyer, Json(new ConfirmEmailRequest { RequestId = id, Code = "123456" })),
            nameof(ITradeHub.ApplyForMerchant) => (world.Buyer, Json(new ApplyForMerchantRequest
            {
                RequestId = id,
                BusinessName = "Shop",
                Country = "KE",
                Text = "We sell.",
            })),
            nameof(ITradeHub.WithdrawMerchantApplication) => (world.Buyer, Json(new WithdrawMerchantApplicationRequest { RequestId = id })),
            nameof(ITradeHub.BeginSecondFactor) => (world.Buyer, Json(new BeginSecondFactorRequest { RequestId = id })),
            nameof(ITradeHub.ConfirmSecondFactor) => (world.Buyer, Json(new ConfirmSecondFactorRequest { RequestId = id, Code = "123456" })),
            nameof(ITradeHub.RenewRecoveryCodes) => (world.Buyer, Json(new RenewRecoveryCodesRequest { RequestId = id })),
            nameof(ITradeHub.RemoveSecondFactor) => (world.Buyer, Json(new RemoveSecondFactorRequest { RequestId = id })),
            nameof(ITradeHub.CreateAd) => (world.Seller, Json(new CreateAdRequest
            {
                RequestId = id,
                Side = AdSide.Sell,
                Asset = "BTC",
                Fiat = "KES",
                Total = 1,
                Terms = terms,
            })),
            nameof(ITradeHub.CheckCreateAd) => (world.Seller, Json(new CheckCreateAdRequest
            {
                Side = AdSide.Sell,
                Asset = "BTC",
                Fiat = "KES",
                Total = 1,
                Terms = terms,
            })),
            nameof(ITradeHub.UpdateAd) => (world.Seller, Json(new UpdateAdRequest { RequestId = id, AdId = world.Ad, Terms = terms })),
            nameof(ITradeHub.ChangeAdTotal) => (world.Seller, Json(new ChangeAdTotalRequest { RequestId = id, AdId = world.Ad, Total = 6 })),
            nameof(ITradeHub.PauseAd) or nameof(ITradeHub.ResumeAd) or nameof(ITradeHub.DeleteAd) =>
                (world.Seller, Json(new AdRequest { RequestId = id, AdId = world.Ad })),
            nameof(ITradeHub.SetSchedule) => (world.Seller, Json(new SetScheduleRequest
            {
                RequestId = id,
                TimeZone = "Africa/Nairobi",
                Windows = [new ScheduleWindow { Day = Weekday.Monday, FromMinute = 0, ToMinute = 15 }],
            })),
            nameof(ITradeHub.SetVacation) => (world.Seller, Json(new SetVacationRequest { RequestId = id })),
            nameof(ITradeHub.ListAds) => (world.Buyer, Json(new ListAdsRequest { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" })),
            nameof(ITradeHub.GetAd) => (world.Buyer, Json(new GetAdRequest { AdId = world.Ad })),
            nameof(ITradeHub.MyAds) => (world.Seller, Json(new MyAdsRequest())),
            nameof(ITradeHub.SubscribeAdBook) or nameof(ITradeHub.UnsubscribeAdBook) =>
                (world.Buyer, Json(new Market { Side = AdSide.Sell, Asset = "BTC", Fiat = "KES" })),
            nameof(ITradeHub.CreateOrder) => (world.Buyer, Json(new CreateOrderRequest
            {
                RequestId = id,
                AdId = world.Ad,
                PaymentMethodId = TestMarket.MpesaKenya,
                FiatAmount = 100,
                ExpectedPrice = 1_000,
            })),
            nameof(ITradeHub.CheckCreateOrder) => (world.Buyer, Json(new CheckCreateOrderRequest
            {
                AdId = world.Ad,
                PaymentMethodId = TestMarket.MpesaKenya,
                FiatAmount = 100,
                ExpectedPrice = 1_000,
            })),
            nameof(ITradeHub.ListOrders) => (world.Buyer, Json(new ListOrdersRequest())),
            nameof(ITradeHub.CancelOrder) => (world.Buyer, Json(new OrderRequest { RequestId = id, OrderId = world.Unpaid })),
            nameof(ITradeHub.ConfirmPayment) => (world.Buyer, Json(new ConfirmPaymentRequest { RequestId = id, OrderId = world.Unpaid })),
            nameof(ITradeHub.ExtendPaymentWindow) =>
                (world.Seller, Json(new ExtendPaymentWindowRequest { RequestId = id, OrderId = world.Unpaid, Minutes = 10 })),
            nameof(ITradeHub.UndoConfirmation) or nameof(ITradeHub.RequestCancel) or nameof(ITradeHub.AcceptCancel)
                or nameof(ITradeHub.DeclineCancel) => (world.Buyer, Json(new OrderRequest { RequestId = id, OrderId = world.Confirmed })),
            nameof(ITradeHub.ReleaseCrypto) => (world.Seller, Json(new OrderRequest { RequestId = id, OrderId = world.Confirmed })),
            nameof(ITradeHub.RaiseDispute) => (world.Buyer, Json(new RaiseDisputeRequest
            {
                RequestId = id,
                OrderId = world.Confirmed,
                Reason = DisputeReason.NotReleased,
                Text = "paid",
            })),
            nameof(ITradeHub.GetDispute) => (world.Buyer, Json(new GetDisputeRequest { DisputeId = world.Dispute })),
            nameof(ITradeHub.ListDisputes) => (world.Buyer, Json(new ListDisputesRequest())),
            nameof(ITradeHub.SubmitEvidence) => (world.Buyer, Json(new SubmitEvidenceRequest { RequestId = id, DisputeId = world.Dispute, Text = "seen" })),
            nameof(ITradeHub.EscalateDispute) or nameof(ITradeHub.AcceptRuling) =>
                (world.Buyer, Json(new DisputeRequest { RequestId = id, DisputeId = world.Dispute })),
            nameof(ITradeHub.AppealRuling) => (world.Buyer, Json(new AppealRulingRequest { RequestId = id, DisputeId = world.Dispute, Text = "again" })),
            nameof(ITradeHub.FileComplaint) => (world.Former, Json(new FileComplaintRequest
            {
                RequestId = id,
                OrderId = world.Released,
                Reason = ComplaintReason.Abuse,
                Text = "threats",
            })),
            nameof(ITradeHub.GetComplaint) => (world.Seller, Json(new GetComplaintRequest { ComplaintId = world.Complaint })),
            nameof(ITradeHub.ListComplaints) => (world.Seller, Json(new ListComplaintsRequest())),
            nameof(ITradeHub.AddComplaintEvidence) =>
                (world.Seller, Json(new AddComplaintEvidenceRequest { RequestId = id, ComplaintId = world.Complaint, Text = "seen" })),
            nameof(ITradeHub.RegisterDevice) => (world.Buyer, Json(new RegisterDeviceRequest
            {
                RequestId = id,
                Statement = SealedThings.Statement(IdOf(world.Buyer), KeyStatementKind.Add),
                Name = "phone",
            })),
            nameof(ITradeHub.RevokeDevice) => (world.Buyer, Json(new RevokeDeviceRequest
            {
                RequestId = id,
                Statement = SealedThings.Statement(IdOf(world.Buyer), KeyStatementKind.Revoke),
            })),
            nameof(ITradeHub.GetDeviceKeys) => (world.Buyer, Json(new GetDeviceKeysRequest { ProfileId = IdOf(world.Seller) })),
            nameof(ITradeHub.ProposeEncryption) => (world.Buyer, Json(SealedThings.Request(id, world.Unpaid, EnvelopeKind.Propose))),
            nameof(ITradeHub.AcceptEncryption) => (world.Buyer, Json(SealedThings.Request(id, world.Unpaid, EnvelopeKind.Accept))),
            nameof(ITradeHub.RekeyRoom) => (world.Buyer, Json(SealedThings.Request(id, world.Unpaid, EnvelopeKind.Rekey))),
            nameof(ITradeHub.DeclineEncryption) => (world.Buyer, Json(new DeclineEncryptionRequest { RequestId = id, OrderId = world.Unpaid })),
            nameof(ITradeHub.SendMessage) => (world.Buyer, Json(new SendMessageRequest { RequestId = id, OrderId = world.Unpaid, Text = "Hello" })),
            nameof(ITradeHub.GetMessages) => (world.Buyer, Json(new GetMessagesRequest { OrderId = world.Unpaid })),
            nameof(ITradeHub.ListRooms) => (world.Buyer, Json(new ListRoomsRequest())),
            nameof(ITradeHub.MarkMessagesRead) or nameof(ITradeHub.MarkMessagesDelivered) =>
                (world.Buyer, Json(new ReceiptRequest { OrderId = world.Unpaid, UpToSeq = 1 })),
            nameof(ITradeHub.SetTyping) => (world.Buyer, Json(new SetTypingRequest { OrderId = world.Unpaid })),
            nameof(ITradeHub.ListLedgerEntries) => (world.Seller, Json(new ListLedgerEntriesRequest { Asset = "BTC" })),
            nameof(ITradeHub.UseFaucet) => (world.Seller, Json(new UseFaucetRequest { RequestId = id, Asset = "BTC", Amount = 0.1m })),
            nameof(ITradeHub.RequestWithdrawal) => (world.Seller, Json(new RequestWithdrawalRequest
            {
                RequestId = id,
                Asset = "BTC",
                Amount = 0.1m,
                Destination = "bc1q",
            })),
            nameof(ITradeHub.BlockUser) or nameof(ITradeHub.UnblockUser) or nameof(ITradeHub.FavouriteUser) or nameof(ITradeHub.UnfavouriteUser) =>
                (world.Buyer, Json(new ContactRequest { RequestId = id, ProfileId = IdOf(world.Seller) })),
            nameof(ITradeHub.ListBlockedUsers) or nameof(ITradeHub.ListFavourites) => (world.Buyer, Json(new ListContactsRequest())),
            nameof(ITradeHub.CreateReview) => (world.Former, Json(new CreateReviewRequest
            {
                RequestId = id,
                OrderId = world.Released,
                Stars = 5,
                Tags = [ReviewTag.Fast],
                Text = "good",
            })),
            nameof(ITradeHub.EditReview) => (world.Seller, Json(new EditReviewRequest { RequestId = id, ReviewId = world.Review, Stars = 5 })),
            nameof(ITradeHub.ReplyToReview) => (world.Former, Json(new ReplyToReviewRequest { RequestId = id, ReviewId = world.Review, Text = "yes" })),
            nameof(ITradeHub.ListReviews) => (world.Buyer, Json(new ListReviewsRequest { ProfileId = IdOf(world.Seller) })),
            nameof(ITradeHub.GetPriceHistory) => (world.Buyer, Json(new GetPriceHistoryRequest
            {
                Asset = "BTC",
                Fiat = "KES",
                From = DateTimeOffset.UtcNow.AddHours(-1),
                Bucket = PriceBucket.Minute,
            })),
            nameof(ITradeHub.ListWithdrawals) => (world.Seller, Json(new ListWithdrawalsRequest())),
            _ when HookRequests.Of(method, id, world.Webhook, world.Browser) is { } request => (world.Seller, Json(request)),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Say here what a good request looks like."),
        };
    }

    private static long IdOf(Trader trader) =>
        trader.Client.Me?.Id ?? throw new InvalidOperationException($"{trader.Name} never connected.");

    private static Guid AccountOf(Trader trader) =>
        trader.Client.Profiles.ListPaymentAccountsAsync(TestMarket.Bounded()).GetAwaiter().GetResult()[0].Id;

    private static JsonObject Json<T>(T request) =>
        JsonSerializer.SerializeToNode(request, request!.GetType(), WireJson.Client)!.AsObject(); // Not null: a request is none.
}
