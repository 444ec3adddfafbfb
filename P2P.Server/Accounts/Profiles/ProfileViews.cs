using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts.Profiles;

/// <summary>What is told of a profile, and to whom.</summary>
public static class ProfileViews
{
    /// <summary>What anyone may know.</summary>
    public static ProfileView Public(Profile profile) => new()
    {
        Id = profile.UserId,
        Username = profile.Username,
        IsVerified = profile.IsVerified,
        IsMerchant = profile.IsMerchant,
        TotalTrades = profile.Total,
        CompletedTrades = profile.Completed,
        CompletionRate = profile.Total == 0 ? null : ProfileRules.CompletionRate(profile.Completed, profile.Total),
        AvgRating = profile.AvgRating,
        TotalReviews = profile.TotalReviews,
        JoinedAt = profile.JoinedAt,
        PictureId = profile.PictureId,
    };

    /// <summary>What its owner may know.</summary>
    public static ProfileView Own(Profile profile) => Public(profile) with
    {
        Private = new PrivateProfile
        {
            UserId = profile.Sub,
            PhoneNumber = profile.PhoneNumber,
            Email = profile.Email,
            ProfilePictureUrl = profile.PictureUrl,
            PreferredCurrency = profile.PreferredCurrency,
            PreferredPaymentMethods = profile.PreferredPaymentMethods,
            AutoReplyMessage = profile.AutoReply,
            ConsentedTermsVersion = profile.ConsentedVersion,
            ConsentedAt = profile.ConsentedAt,
            CancelledTrades = profile.Cancelled,
            CoolingDownUntil = profile.CoolingDownUntil,
            UpdatedAt = profile.UpdatedAt,
        },
    };

    public static ProfileStats Stats(Profile profile, TradeRecord record) => new()
    {
        ProfileId = profile.UserId,
        TotalTrades = profile.Total,
        CompletedTrades = profile.Completed,
        CancelledTrades = profile.Cancelled,
        CompletionRate = ProfileRules.CompletionRate(profile.Completed, profile.Total),
        AvgRating = profile.AvgRating,
        TotalReviews = profile.TotalReviews,
        FirstTradeAt = profile.FirstTradeAt,
        Reputation = record.Reputation,
        DistinctPartners = record.DistinctPartners,
        CompletionRate30Days = record.RecentlyCompleted + record.RecentlyLapsed == 0
            ? null
            : ProfileRules.CompletionRate(record.RecentlyCompleted, record.RecentlyCompleted + record.RecentlyLapsed),
        MedianPaymentSeconds = record.MedianPaymentSeconds,
        MedianReleaseSeconds = record.MedianReleaseSeconds,
    };
}
