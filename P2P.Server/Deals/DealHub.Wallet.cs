using P2P.Contracts;
using P2P.Contracts.Deals;

namespace P2P.Server.Deals;

/// <summary>The caller's balances.</summary>
public abstract partial class DealHub<TClient>
{
    public Task<IReadOnlyList<Balance>> GetBalances() => deals.Wallet.Balances(Caller, Aborted);

    public Task<Page<LedgerEntryView>> ListLedgerEntries(ListLedgerEntriesRequest request) =>
        deals.Wallet.Entries(Caller, request, Aborted);

    public Task<WalletReply> UseFaucet(UseFaucetRequest request) => deals.Wallet.UseFaucet(Caller, request, Aborted);

    public Task<WalletReply> RequestWithdrawal(RequestWithdrawalRequest request) => deals.Wallet.Withdraw(Caller, request, Aborted);

    public Task<Page<WithdrawalView>> ListWithdrawals(ListWithdrawalsRequest request) => deals.Wallet.Withdrawals(Caller, request, Aborted);
}
