using System.Text.RegularExpressions;
using P2P.Contracts;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Accounts.Profiles;

/// <summary>What a profile may hold, and what is computed from a record.</summary>
public static partial class ProfileRules
{
    private const string DomainLabel = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /// <summary>Completed of total in percent, two decimals, half to even; 0 without trades.</summary>
    public static decimal CompletionRate(int completed, int total) =>
        total == 0 ? 0 : Math.Round(100m * completed / total, 2, MidpointRounding.ToEven);

    /// <summary>The changes as they are stored: cleaned, an empty text being none. Refuses what has the wrong shape.</summary>
    public static ProfileChanges Check(ProfileChanges changes)
    {
        if (changes.Username.IsGiven && !(changes.Username.Value is { } name && UsernameRules.HasRightShape(name)))
        {
            throw Bad("username", "A username has 3 to 30 of the characters A-Z a-z 0-9 _");
        }

        return changes with
        {
            PhoneNumber = Checked(changes.PhoneNumber, IsPhone, "phone_number", "A phone number is + and 7 to 15 digits"),
            Email = Checked(changes.Email, IsEmail, "email", "The e-mail address has not the shape of one"),
            ProfilePictureUrl = Checked(
                changes.ProfilePictureUrl,
                IsPictureUrl,
                "profile_picture_url",
                "A picture's address begins with https and has at most 500 characters"),
            PreferredCurrency = Checked(
                changes.PreferredCurrency, IsCurrency, "preferred_currency", "A currency has three capital letters, such as USD"),
            PreferredPaymentMethods = CheckedMethods(changes.PreferredPaymentMethods),
            AutoReplyMessage = CheckedAutoReply(changes.AutoReplyMessage),
        };
    }

    public static bool IsPhone(string text) => PhoneShape().IsMatch(text);

    public static bool IsEmail(string text) => text.Length <= Limits.EmailCharsMax && EmailShape().IsMatch(text);

    public static bool IsCurrency(string text) => CurrencyShape().IsMatch(text);

    /// <summary>Stored as text and never fetched; still it must be an https address without a user's name in it.</summary>
    public static bool IsPictureUrl(string text) =>
        text.Length <= Limits.PictureUrlCharsMax
        && CleanText.Line(text) == text
        && !text.Contains(' ', StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.Host.Length > 0
        && uri.UserInfo.Length == 0;

    private static Given<string> Checked(Given<string> given, Func<string, bool> isGood, string path, string otherwise)
    {
        if (string.IsNullOrWhiteSpace(given.Value))
        {
            return given with { Value = null };
        }

        var text = given.Value.Trim();
        return isGood(text) ? given with { Value = text } : throw Bad(path, otherwise);
    }

    private static Given<IReadOnlyList<long>> CheckedMethods(Given<IReadOnlyList<long>> given)
    {
        var distinct = given.Value?.Distinct().ToList();
        return distinct?.Count > Limits.PaymentMethodsMax
            ? throw Bad("preferred_payment_methods", $"A profile prefers at most {Limits.PaymentMethodsMax} payment methods")
            : given with { Value = distinct };
    }

    private static Given<string> CheckedAutoReply(Given<string> given)
    {
        var text = CleanText.Block(given.Value);
        return text?.Length > Limits.AutoReplyCharsMax
            ? throw Bad("auto_reply_message", $"An auto-reply has at most {Limits.AutoReplyCharsMax} characters")
            : given with { Value = text };
    }

    private static Refused Bad(string path, string message) => new(ErrorCodes.BadInput, message, ("path", path));

    [GeneratedRegex(@"\A\+[0-9]{7,15}\z")]
    private static partial Regex PhoneShape();

    [GeneratedRegex(
        @"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + DomainLabel + @"(?:\." + DomainLabel + @")+\z")]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    private static partial Regex CurrencyShape();
}
