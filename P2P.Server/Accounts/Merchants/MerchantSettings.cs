namespace P2P.Server.Accounts.Merchants;

/// <summary>What is asked of merchants (section <c>Merchants</c>); published by <c>GetMerchantStatus</c>.</summary>
public sealed record MerchantSettings
{
    /// <summary>Staff must have checked the identity.</summary>
    public bool VerifiedOnly { get; init; } = true;

    /// <summary>At least so many completed orders.</summary>
    public int CompletedTradesMin { get; init; } = 50;

    /// <summary>At least so many percent of the ended orders completed.</summary>
    public decimal CompletionRateMin { get; init; } = 95;

    /// <summary>A profile at least so many days old.</summary>
    public int AccountAgeDaysMin { get; init; } = 90;

    /// <summary>How long after a declined application there is no other.</summary>
    public int ReapplyDays { get; init; } = 30;

    /// <summary>For how long staff's word keeps a merchant who does not meet the requirements.</summary>
    public int KeptDays { get; init; } = 30;
}
