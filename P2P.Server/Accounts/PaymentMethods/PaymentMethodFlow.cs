using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;

namespace P2P.Server.Accounts.PaymentMethods;

/// <summary>Reads the catalogue of payment methods.</summary>
public sealed class PaymentMethodFlow(PaymentCatalogue catalogue)
{
    public async Task<IReadOnlyList<PaymentMethod>> List(ListPaymentMethodsRequest request, CancellationToken cancellation)
    {
        if (request.Country is { } country && !(country.Length == 2 && country.All(char.IsAsciiLetterUpper)))
        {
            throw new Refused(ErrorCodes.BadInput, "A country has two capital letters, such as KE", ("path", "country"));
        }

        if (request.Currency is { } currency && !ProfileRules.IsCurrency(currency))
        {
            throw new Refused(ErrorCodes.BadInput, "A currency has three capital letters, such as KES", ("path", "currency"));
        }

        var all = (await catalogue.Read(cancellation)).Active;
        return
        [
            .. all.Where(method =>
                (request.Country is null || method.Country is null || method.Country == request.Country)
                && (request.Currency is null || method.Currency == request.Currency)),
        ];
    }
}
