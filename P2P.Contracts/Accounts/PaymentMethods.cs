using System.Text.Json.Serialization;

namespace P2P.Contracts.Accounts;

/// <summary>A way in which fiat money can be sent.</summary>
public sealed record PaymentMethod
{
    /// <summary>The method's id.</summary>
    public required long Id { get; init; }

    /// <summary>A stable short name, such as <c>mpesa-ke</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of payment it is.</summary>
    public required PaymentMethodKind Kind { get; init; }

    /// <summary>ISO 3166 code of the country; null where it spans several.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>What a payer must know.</summary>
    public required IReadOnlyList<PaymentField> Fields { get; init; }
}

/// <summary>Kinds of payment methods.</summary>
public enum PaymentMethodKind
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>From bank to bank.</summary>
    BankTransfer,

    /// <summary>From phone to phone.</summary>
    MobileMoney,

    /// <summary>A wallet at a payment provider.</summary>
    Wallet,
}

/// <summary>One thing that a payer must know.</summary>
public sealed record PaymentField
{
    /// <summary>Its key in <see cref="PaymentAccount.Fields"/>.</summary>
    public required string Key { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; init; }

    /// <summary>Must be given.</summary>
    public required bool Required { get; init; }

    /// <summary>How it is checked.</summary>
    public required PaymentFieldFormat Format { get; init; }
}

/// <summary>How a field of a payment account is checked.</summary>
public enum PaymentFieldFormat
{
    /// <summary>A value that this version does not know.</summary>
    Unknown,

    /// <summary>1 to 200 characters.</summary>
    Text,

    /// <summary><c>+</c> and 7 to 15 digits.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A phone number or an e-mail address.</summary>
    PhoneOrEmail,

    /// <summary>An IBAN with a right check sum (ISO 7064, mod 97-10).</summary>
    Iban,

    /// <summary>8 or 11 letters and digits (ISO 9362).</summary>
    Bic,

    /// <summary>4 to 34 digits, letters, spaces and dashes.</summary>
    AccountNumber,

    /// <summary>Nine digits with a right check sum (ABA).</summary>
    RoutingNumber,

    /// <summary>Six digits (sort code), dashes allowed.</summary>
    SortCode,
}

/// <summary>Filters of the catalogue.</summary>
public sealed record ListPaymentMethodsRequest
{
    /// <summary>ISO 3166 code; methods that span several countries are always listed.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }
}

/// <summary>Where a user can be paid. Shown to its owner, and to the counterparty of a live order that is paid into it.</summary>
public sealed record PaymentAccount
{
    /// <summary>The account's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its method.</summary>
    public required long PaymentMethodId { get; init; }

    /// <summary>The method's name.</summary>
    public required string PaymentMethodName { get; init; }

    /// <summary>What the owner calls it.</summary>
    public string? Label { get; init; }

    /// <summary>The method's fields, by key.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
}

/// <summary>Saves a payment account. What is saved never changes: to correct one, save another and delete the first.</summary>
public sealed record SavePaymentAccountRequest : IGuardedChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the catalogue.</summary>
    public required long PaymentMethodId { get; init; }

    /// <summary>What the owner calls it, at most 200 characters.</summary>
    public string? Label { get; init; }

    /// <summary>The method's fields, by key.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <inheritdoc/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondFactorCode { get; init; }
}

/// <summary>Deletes a payment account. Live orders that are paid into it keep showing it.</summary>
public sealed record DeletePaymentAccountRequest : IChange
{
    /// <inheritdoc/>
    public required Guid RequestId { get; init; }

    /// <summary>One of the caller's own.</summary>
    public required Guid PaymentAccountId { get; init; }
}

/// <summary>What a change of a payment account answers.</summary>
public sealed record PaymentAccountReply
{
    /// <summary>The account's id.</summary>
    public required Guid PaymentAccountId { get; init; }
}
