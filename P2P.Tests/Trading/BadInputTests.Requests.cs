using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Contracts.Encryption;
using P2P.Contracts.Trading;
using P2P.Tests.Encryption;
using P2P.Tests.Support;

namespace P2P.Tests.Trading;

/// <summary>What a right request of each call looks like.</summary>
public sealed partial class BadInputTests
{
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
