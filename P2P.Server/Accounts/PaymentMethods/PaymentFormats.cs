using System.Collections.Frozen;
using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core.Text;

namespace P2P.Server.Accounts.PaymentMethods;

/// <summary>How the fields of payment accounts are checked; each answers the value as it is stored, or null when it is wrong.</summary>
public static class PaymentFormats
{
    private const int BicShort = 8;
    private const int BicLong = 11;
    private const int AccountCharsMin = 4;
    private const int AccountCharsMax = 34;
    private const int IbanCharsMin = 15;
    private const int IbanCharsMax = 34;

    /// <summary>Lengths by country (the IBAN registry); a country that is not named here is checked by its sum alone.</summary>
    private static readonly FrozenDictionary<string, int> IbanLengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 "
        + "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
        + "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 "
        + "SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20")
        .Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry[2..], CultureInfo.InvariantCulture));

    public static string? Check(PaymentFieldFormat format, string value)
    {
        var text = CleanText.Line(value);
        return text is null || text.Length > Limits.PaymentFieldCharsMax
            ? null
            : format switch
            {
                PaymentFieldFormat.Text => text,
                PaymentFieldFormat.Phone => Phone(text),
                PaymentFieldFormat.Email => Email(text),
                PaymentFieldFormat.PhoneOrEmail => Phone(text) ?? Email(text),
                PaymentFieldFormat.Iban => Iban(text),
                PaymentFieldFormat.Bic => Bic(text),
                PaymentFieldFormat.AccountNumber => AccountNumber(text),
                PaymentFieldFormat.RoutingNumber => RoutingNumber(text),
                PaymentFieldFormat.SortCode => SortCode(text),
                PaymentFieldFormat.Unknown => null,
                _ => throw new ArgumentOutOfRangeException(nameof(format)),
            };
    }

    /// <summary>ISO 7064, mod 97-10, over the number with its first four characters moved to the end and letters as 10 to 35.</summary>
    public static string? Iban(string text)
    {
        var iban = Without(text, ' ').ToUpperInvariant();
        if (iban.Length is < IbanCharsMin or > IbanCharsMax
            || !iban.All(char.IsAsciiLetterOrDigit)
            || !char.IsAsciiLetter(iban[0]) || !char.IsAsciiLetter(iban[1])
            || !char.IsAsciiDigit(iban[2]) || !char.IsAsciiDigit(iban[3])
            || (IbanLengths.TryGetValue(iban[..2], out var length) && iban.Length != length))
        {
            return null;
        }

        var remainder = 0;
        foreach (var c in iban[4..] + iban[..4])
        {
            remainder = char.IsAsciiDigit(c)
                ? ((remainder * 10) + (c - '0')) % 97
                : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        // Check digits 00, 01 and 99 would fit the sum of another number, too.
        return remainder == 1 && iban[2..4] is not ("00" or "01" or "99") ? iban : null;
    }

    /// <summary>ISO 9362: four letters of the bank, two of the country, two of the place, three of the branch or none.</summary>
    public static string? Bic(string text)
    {
        var bic = Without(text, ' ').ToUpperInvariant();
        return bic.Length is BicShort or BicLong && bic.All(char.IsAsciiLetterOrDigit) && bic[..6].All(char.IsAsciiLetter) ? bic : null;
    }

    /// <summary>ABA: the digits weighted 3, 7, 1 sum to a multiple of ten.</summary>
    public static string? RoutingNumber(string text)
    {
        ReadOnlySpan<int> weights = [3, 7, 1];
        if (text.Length != 9 || !text.All(char.IsAsciiDigit))
        {
            return null;
        }

        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            sum += (text[i] - '0') * weights[i % weights.Length];
        }

        return sum > 0 && sum % 10 == 0 ? text : null;
    }

    public static string? SortCode(string text)
    {
        var digits = Without(text, '-', ' ');
        return digits.Length == 6 && digits.All(char.IsAsciiDigit) ? $"{digits[..2]}-{digits[2..4]}-{digits[4..]}" : null;
    }

    public static string? AccountNumber(string text) =>
        text.Length is >= AccountCharsMin and <= AccountCharsMax
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-')
            && text.Count(char.IsAsciiLetterOrDigit) >= AccountCharsMin
            ? text
            : null;

    public static string? Phone(string text) =>
        Without(text, ' ', '-', '(', ')') is var phone && ProfileRules.IsPhone(phone) ? phone : null;

    public static string? Email(string text) => ProfileRules.IsEmail(text) ? text : null;

    private static string Without(string text, params ReadOnlySpan<char> unwanted)
    {
        var result = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!unwanted.Contains(c))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
