using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Accounts.PaymentMethods;

/// <summary>What a payment account may hold.</summary>
public static class PaymentAccountRules
{
    /// <summary>
    /// The fields as they are stored, in the method's order. Refuses what its method does not ask for, or asks for otherwise.
    /// </summary>
    public static SortedDictionary<string, string> Check(PaymentMethod method, IReadOnlyDictionary<string, string> given)
    {
        var unknown = given.Keys.FirstOrDefault(key => method.Fields.All(field => field.Key != key));
        if (unknown is not null)
        {
            throw Invalid(CleanText.Line(unknown) ?? "", "is no field of this payment method");
        }

        var stored = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in method.Fields)
        {
            var value = given.GetValueOrDefault(field.Key);
            if (string.IsNullOrWhiteSpace(value))
            {
                if (field.Required)
                {
                    throw Invalid(field.Key, "is missing");
                }

                continue;
            }

            stored.Add(field.Key, PaymentFormats.Check(field.Format, value) ?? throw Invalid(field.Key, "is wrong"));
        }

        return stored;
    }

    /// <summary>The label as it is stored.</summary>
    public static string? Label(string? given)
    {
        var label = CleanText.Line(given);
        return label?.Length > Limits.PaymentFieldCharsMax
            ? throw new Refused(ErrorCodes.BadInput, $"A label has at most {Limits.PaymentFieldCharsMax} characters", ("path", "label"))
            : label;
    }

    private static Refused Invalid(string field, string what)
    {
        var name = field.Length <= Limits.PaymentFieldCharsMax ? field : field[..Limits.PaymentFieldCharsMax];
        return new Refused(ErrorCodes.PaymentAccountInvalid, $"The field {name} {what}", ("field", name));
    }
}
