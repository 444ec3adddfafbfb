using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Core;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.PaymentMethods;

/// <summary>A user's own payment accounts.</summary>
public sealed class PaymentAccountFlow(Database database, RequestLog requests, PaymentCatalogue catalogue, SecondFactorGate gate)
{
    public async Task<IReadOnlyList<PaymentAccount>> List(Caller caller, CancellationToken cancellation)
    {
        var known = await catalogue.Read(cancellation);
        var rows = await database.Read(tx => PaymentAccountSql.OfUser(tx, caller.UserId, Limits.PaymentAccountsMax), cancellation);
        return [.. rows.Select(row => ViewOf(row, known))];
    }

    public async Task<PaymentAccountReply> Save(Caller caller, SavePaymentAccountRequest request, CancellationToken cancellation)
    {
        var label = PaymentAccountRules.Label(request.Label);
        await gate.Ensure(caller, request, cancellation);
        var known = await catalogue.Read(cancellation);
        return await requests.Once(
            caller,
            nameof(IAccountCalls.SavePaymentAccount),
            request with { SecondFactorCode = null },
            change => Save(change, caller, request, label, known),
            cancellation);
    }

    public Task<PaymentAccountReply> Delete(Caller caller, DeletePaymentAccountRequest request, CancellationToken cancellation) =>
        requests.Once(caller, nameof(IAccountCalls.DeletePaymentAccount), request, change => Delete(change, caller, request), cancellation);

    private static async Task<PaymentAccountReply> Save(
        Change change, Caller caller, SavePaymentAccountRequest request, string? label, PaymentCatalogue.Contents known)
    {
        if (!known.IsActive(request.PaymentMethodId))
        {
            throw new Refused(ErrorCodes.PaymentMethodUnknown, "There is no such payment method");
        }

        var fields = PaymentAccountRules.Check(known.ById[request.PaymentMethodId], request.Fields);
        _ = await PaymentAccountSql.LockOwner(change.Tx, caller.UserId)
            ?? throw new Refused(ErrorCodes.NotJoinedP2P, Profiles.ProfileFlow.NotJoined);
        if (await PaymentAccountSql.Count(change.Tx, caller.UserId) >= Limits.PaymentAccountsMax)
        {
            throw new Refused(
                ErrorCodes.QuotaExceeded,
                $"At most {Limits.PaymentAccountsMax} payment accounts are kept",
                ("quota", "paymentAccounts"),
                ("limit", Limits.PaymentAccountsMax.ToString(CultureInfo.InvariantCulture)));
        }

        var id = Ids.New();
        await PaymentAccountSql.Insert(
            change.Tx, id, caller.UserId, request.PaymentMethodId, label, JsonSerializer.Serialize(fields), await change.Now());
        return new PaymentAccountReply { PaymentAccountId = id };
    }

    private static async Task<PaymentAccountReply> Delete(Change change, Caller caller, DeletePaymentAccountRequest request) =>
        await PaymentAccountSql.Delete(change.Tx, request.PaymentAccountId, caller.UserId, await change.Now()) == 1
            ? new PaymentAccountReply { PaymentAccountId = request.PaymentAccountId }
            : throw new Refused(ErrorCodes.NotFound, "There is no such payment account");

    private static PaymentAccount ViewOf(PaymentAccountRow row, PaymentCatalogue.Contents known) => new()
    {
        Id = row.Id,
        PaymentMethodId = row.PaymentMethodId,
        PaymentMethodName = known.ById.TryGetValue(row.PaymentMethodId, out var method) ? method.Name : "",
        Label = row.Label,
        Fields = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Fields)
            ?? throw new InvalidOperationException("A payment account has no fields."),
    };
}
