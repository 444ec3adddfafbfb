namespace P2P.Contracts.Trading;

/// <summary>How much the caller may trade.</summary>
public interface ILimitCalls
{
    /// <summary>The caller's limits as a taker of ads, what is used of them, and when it frees.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<MyLimits> GetMyLimits();
}
