using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<MerchantStatus> GetMerchantStatus() => desk.Flows.Merchants.Status(Caller, Aborted);

    public Task<MerchantStatus> ApplyForMerchant(ApplyForMerchantRequest request) => desk.Flows.Merchants.Apply(Caller, request, Aborted);

    public Task<MerchantStatus> WithdrawMerchantApplication(WithdrawMerchantApplicationRequest request) =>
        desk.Flows.Merchants.Withdraw(Caller, request, Aborted);
}
