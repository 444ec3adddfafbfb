using System.Text.Json;
using System.Text.Json.Nodes;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Admin;
using P2P.Contracts.Deals;
using P2P.Tests.Support;

namespace P2P.Tests.Access;

/// <summary>What a right request of each call of staff looks like.</summary>
internal static class AdminRequests
{
    /// <summary>A request that is right in every member.</summary>
    public static JsonObject Of(string method, StaffWorld world)
    {
        var id = Guid.CreateVersion7();
        object request = method switch
        {
            nameof(IStaffDisputeCalls.ListDisputeQueue) => new ListDisputeQueueRequest { DueWithinMinutes = 60 },
            nameof(IStaffDisputeCalls.GetDisputeForStaff) => new GetStaffDisputeRequest { DisputeId = world.Dispute },
            nameof(IStaffDisputeCalls.ListStaff) => new ListStaffRequest { Role = StaffRoles.Arbitrator },
            nameof(IStaffDisputeCalls.AssignDispute) =>
                new AssignDisputeRequest { RequestId = id, DisputeId = world.Dispute, AssigneeSub = world.Arbitrator, Reason = "r" },
            nameof(IStaffDisputeCalls.RuleDispute) => new RuleDisputeRequest
            {
                RequestId = id,
                DisputeId = world.Dispute,
                Decision = RulingDecision.Split,
                BuyerPercent = 50,
                Text = "both",
                Reason = "r",
            },
            nameof(IStaffDisputeCalls.CheckRuling) =>
                new CheckRulingRequest { DisputeId = world.Dispute, Decision = RulingDecision.Split, BuyerPercent = 50 },
            nameof(IStaffDisputeCalls.ConfirmRuling) => new StaffDisputeRequest { RequestId = id, DisputeId = world.Dispute, Reason = "r" },
            nameof(IStaffDisputeCalls.AddDisputeHelper) or nameof(IStaffDisputeCalls.RemoveDisputeHelper) =>
                new DisputeHelperRequest { RequestId = id, DisputeId = world.Dispute, HelperSub = world.Arbitrator, Reason = "r" },
            nameof(IStaffDisputeCalls.WatchDispute) =>
                new WatchDisputeRequest { RequestId = id, DisputeId = world.Dispute, Watch = true, Note = "n" },
            nameof(IStaffDisputeCalls.GetCaseMessages) => new GetCaseMessagesRequest { OrderId = world.Order, Reason = "r" },
            nameof(IStaffComplaintCalls.ListComplaintQueue) => new ListComplaintQueueRequest { Reason = ComplaintReason.Abuse },
            nameof(IStaffComplaintCalls.GetComplaintForStaff) => new GetStaffComplaintRequest { ComplaintId = world.Complaint },
            nameof(IStaffComplaintCalls.AssignComplaint) =>
                new AssignComplaintRequest { RequestId = id, ComplaintId = world.Complaint, AssigneeSub = world.Arbitrator, Reason = "r" },
            nameof(IStaffComplaintCalls.DecideComplaint) => new DecideComplaintRequest
            {
                RequestId = id,
                ComplaintId = world.Complaint,
                Outcome = ComplaintOutcome.Warning,
                Against = Party.Buyer,
                Text = "do not",
                Reason = "r",
            },
            nameof(IModerationCalls.SearchReviews) => new SearchStaffReviewsRequest { Hidden = true },
            nameof(IModerationCalls.HideReview) or nameof(IModerationCalls.RestoreReview) =>
                new ModerateReviewRequest { RequestId = id, ReviewId = world.Review, Reason = "r" },
            nameof(IModerationCalls.SearchAds) => new SearchStaffAdsRequest { Hidden = true },
            nameof(IModerationCalls.HideAd) or nameof(IModerationCalls.RestoreAd) or nameof(IModerationCalls.CloseAd) =>
                new ModerateAdRequest { RequestId = id, AdId = world.Ad, Reason = "r" },
            nameof(IModerationCalls.RemoveUserPicture) => new StaffUserRequest { RequestId = id, UserId = world.User, Reason = "r" },
            nameof(IAnalyticsCalls.GetAnalytics) => new GetAnalyticsRequest
            {
                From = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-3)),
                To = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-1)),
                GroupBy = AnalyticsGrouping.Day,
            },
            nameof(IAuditCalls.ListAudit) => new ListAuditRequest { Limit = 5 },
            nameof(IAuditCalls.VerifyAudit) => new VerifyAuditRequest(),
            nameof(ICatalogueCalls.AddPaymentMethod) => new AddPaymentMethodRequest
            {
                RequestId = id,
                Code = $"bank-{Unique()}".ToLowerInvariant(),
                Name = "A bank",
                Kind = PaymentMethodKind.BankTransfer,
                Country = "KE",
                Currency = "KES",
                Fields = [new PaymentField { Key = "holder", Label = "Holder", Required = true, Format = PaymentFieldFormat.Text }],
                Reason = "r",
            },
            nameof(ICatalogueCalls.ChangePaymentMethod) =>
                new ChangePaymentMethodRequest { RequestId = id, PaymentMethodId = TestMarket.MpesaKenya, Name = "M-Pesa", Reason = "r" },
            nameof(ICatalogueCalls.AddAsset) =>
                new AddAssetRequest { RequestId = id, Code = $"X{Unique()}", Name = "A coin", Scale = 8, FeeRate = 0, Reason = "r" },
            nameof(ICatalogueCalls.ChangeAsset) => new ChangeAssetRequest { RequestId = id, Code = "BTC", Name = "Bitcoin", Reason = "r" },
            nameof(ICatalogueCalls.AddCurrency) =>
                new AddCurrencyRequest { RequestId = id, Code = Letters(), Name = "A currency", Scale = 2, Reason = "r" },
            nameof(ICatalogueCalls.ChangeLimits) => new ChangeLimitsRequest
            {
                RequestId = id,
                Currency = "ZAR",
                Merchant = new LevelLimits { PerOrder = 1_000_000, PerDay = 10_000_000 },
                Reason = "r",
            },
            nameof(ICatalogueCalls.PublishTerms) =>
                new PublishTermsRequest { RequestId = id, Text = "New terms", Language = "en", Reason = "r" },
            nameof(IHouseCalls.PauseTrading) or nameof(IHouseCalls.ResumeTrading) or nameof(IHouseCalls.PauseReleases)
                or nameof(IHouseCalls.ResumeReleases) => new SwitchRequest { RequestId = id, Reason = "r" },
            nameof(ILedgerWatchCalls.ListFindings) => new ListFindingsRequest { OpenOnly = true },
            nameof(ILedgerWatchCalls.AcknowledgeFinding) =>
                new AcknowledgeFindingRequest { RequestId = id, FindingId = world.Finding, Reason = "r" },
            nameof(ILedgerWatchCalls.VerifyLedger) => new VerifyLedgerRequest { RequestId = id, Reason = "r" },
            nameof(IStaffAnnouncementCalls.Announce) => new AnnounceRequest
            {
                RequestId = id,
                Severity = AnnouncementSeverity.Information,
                Texts = [new AnnouncementText { Language = NotificationLanguage.English, Title = "News", Text = "Good news." }],
                Until = DateTimeOffset.UtcNow.AddHours(1),
                Reason = "r",
            },
            nameof(IStaffAnnouncementCalls.EndAnnouncement) =>
                new EndAnnouncementRequest { RequestId = id, AnnouncementId = world.Announcement, Reason = "r" },
            nameof(IStaffAnnouncementCalls.ListAllAnnouncements) => new ListAllAnnouncementsRequest(),
            nameof(IStaffMerchantCalls.ListMerchantApplications) =>
                new ListMerchantApplicationsRequest { Status = MerchantApplicationStatus.Open },
            nameof(IStaffMerchantCalls.DecideMerchantApplication) =>
                new DecideMerchantApplicationRequest { RequestId = id, ApplicationId = world.Application, Approve = true, Reason = "r" },
            nameof(IStaffMerchantCalls.ListMerchantReviews) => new ListMerchantReviewsRequest(),
            nameof(IStaffOrderCalls.SearchOrders) => new SearchOrdersRequest { UserId = world.User },
            nameof(IStaffPriceCalls.SetPriceOverride) =>
                new SetPriceOverrideRequest { RequestId = id, Asset = "BTC", Fiat = "KES", Price = 1_000, Reason = "r" },
            nameof(IStaffPriceCalls.LiftPriceOverride) =>
                new LiftPriceOverrideRequest { RequestId = id, Asset = "BTC", Fiat = "KES", Reason = "r" },
            nameof(IStaffUserCalls.SearchUsers) => new SearchUsersRequest { UserId = world.User },
            nameof(IStaffUserCalls.GetUser) => new GetUserRequest { UserId = world.User },
            nameof(IStaffUserCalls.SuspendUser) => new SuspendUserRequest { RequestId = id, UserId = world.User, Reason = "r" },
            nameof(IStaffUserCalls.LiftSuspension) or nameof(IStaffUserCalls.VerifyUser) or nameof(IStaffUserCalls.SetMerchant)
                or nameof(IStaffUserCalls.RevokeMerchant) or nameof(IStaffUserCalls.RevokeTokens)
                or nameof(IStaffUserCalls.ResetSecondFactor) or nameof(IStaffMerchantCalls.KeepMerchant) => new StaffUserRequest { RequestId = id, UserId = world.User, Reason = "r" },
            _ => throw new InvalidOperationException($"{method} has no good request here: write one."),
        };
        return JsonSerializer.SerializeToNode(request, WireJson.Client)!.AsObject(); // Not null: a record becomes an object.
    }

    private static string Unique() => Guid.NewGuid().ToString("N")[..6].ToUpperInvariant();

    /// <summary>A code of three letters that no currency has.</summary>
    private static string Letters() => "Q" + (char)('A' + Random.Shared.Next(26)) + (char)('A' + Random.Shared.Next(26));
}
