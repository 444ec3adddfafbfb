using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<SecondFactorStatus> GetSecondFactor() => desk.Flows.SecondFactor.Get(Caller, Aborted);

    public Task<SecondFactorSetup> BeginSecondFactor(BeginSecondFactorRequest request) =>
        desk.Flows.SecondFactor.Begin(Caller, request, Aborted);

    public Task<RecoveryCodes> ConfirmSecondFactor(ConfirmSecondFactorRequest request) =>
        desk.Flows.SecondFactor.Confirm(Caller, request, Aborted);

    public Task<RecoveryCodes> RenewRecoveryCodes(RenewRecoveryCodesRequest request) =>
        desk.Flows.SecondFactor.Renew(Caller, request, Aborted);

    public Task<SecondFactorStatus> RemoveSecondFactor(RemoveSecondFactorRequest request) =>
        desk.Flows.SecondFactor.Remove(Caller, request, Aborted);
}
