using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<IReadOnlyList<PaymentMethod>> ListPaymentMethods(ListPaymentMethodsRequest request) =>
        desk.Flows.PaymentMethods.List(request, Aborted);

    public Task<IReadOnlyList<PaymentAccount>> ListPaymentAccounts() => desk.Flows.PaymentAccounts.List(Caller, Aborted);

    public Task<PaymentAccountReply> SavePaymentAccount(SavePaymentAccountRequest request) =>
        desk.Flows.PaymentAccounts.Save(Caller, request, Aborted);

    public Task<PaymentAccountReply> DeletePaymentAccount(DeletePaymentAccountRequest request) =>
        desk.Flows.PaymentAccounts.Delete(Caller, request, Aborted);
}
