namespace P2P.Contracts.Deals;

/// <summary>The caller's balances.</summary>
public interface IWalletCalls
{
    /// <summary>One row for each asset, by code.</summary>
    /// <remarks>Codes: RATE_LIMITED.</remarks>
    Task<IReadOnlyList<Balance>> GetBalances();

    /// <summary>Movements of the available balance, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED, ASSET_UNKNOWN.</remarks>
    Task<Page<LedgerEntryView>> ListLedgerEntries(ListLedgerEntriesRequest request);

    /// <summary>Play money for a development server.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT, RATE_LIMITED, NOT_IN_PRODUCTION, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, ASSET_UNKNOWN, ASSET_CLOSED,
    /// AMOUNT_TOO_LARGE.
    /// </remarks>
    Task<WalletReply> UseFaucet(UseFaucetRequest request);

    /// <summary>Holds an amount until the operator's wallet service has sent it.</summary>
    /// <remarks>
    /// Codes: BAD_INPUT (also an amount finer than the asset), RATE_LIMITED, SECOND_FACTOR_REQUIRED, SECOND_FACTOR_LOCKED,
    /// SECOND_FACTOR_WRONG, REQUEST_ID_EXPIRED, REQUEST_ID_REUSED, BUSY, ASSET_UNKNOWN, SUSPENDED, RELEASES_PAUSED, INSUFFICIENT_BALANCE.
    /// </remarks>
    Task<WalletReply> RequestWithdrawal(RequestWithdrawalRequest request);

    /// <summary>One's own withdrawals, newest first.</summary>
    /// <remarks>Codes: BAD_INPUT, RATE_LIMITED.</remarks>
    Task<Page<WithdrawalView>> ListWithdrawals(ListWithdrawalsRequest request);
}
