using System.Globalization;
using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Accounts.Merchants;

/// <summary>Pure decisions about who may ask to be a merchant, and who meets what is asked of one.</summary>
public static class MerchantRules
{
    private const int BusinessNameCharsMax = 100;
    private const int RegistrationCharsMax = 50;
    private const int TextCharsMax = 2_000;

    /// <summary>Every requirement, in a fixed order, whether it is met or not.</summary>
    public static IReadOnlyList<MerchantRequirement> Requirements(MerchantFacts user, MerchantSettings settings)
    {
        List<MerchantRequirement> all = [];
        if (settings.VerifiedOnly)
        {
            all.Add(new MerchantRequirement { Kind = MerchantRequirementKind.Verified, IsMet = user.IsVerified });
        }

        var total = user.Completed + user.Cancelled;
        decimal? rate = total == 0 ? null : ProfileRules.CompletionRate(user.Completed, total);
        all.Add(AtLeast(MerchantRequirementKind.CompletedTrades, settings.CompletedTradesMin, user.Completed));
        all.Add(AtLeast(MerchantRequirementKind.CompletionRate, settings.CompletionRateMin, rate));
        all.Add(AtLeast(MerchantRequirementKind.AccountAgeDays, settings.AccountAgeDaysMin, (user.Now - user.JoinedAt).Days));
        return all;
    }

    public static bool MeetsAll(MerchantFacts user, MerchantSettings settings) => Requirements(user, settings).All(one => one.IsMet);

    /// <summary>Why the user cannot apply now; a command takes the first, the status tells all.</summary>
    public static IEnumerable<Reason> CannotApply(MerchantFacts user, MerchantApplicationRow? newest, MerchantSettings settings)
    {
        if (user.IsMerchant)
        {
            yield return Refused.Because(ErrorCodes.AlreadyMerchant, "You are a merchant already.");
        }

        if (newest?.Status == MerchantApplicationStatus.Open)
        {
            yield return Refused.Because(ErrorCodes.ApplicationOpen, "Staff have not decided on your application yet.");
        }

        if (newest is { Status: MerchantApplicationStatus.Declined, DecidedAt: { } declined }
            && declined.AddDays(settings.ReapplyDays) is var again && user.Now < again)
        {
            yield return Refused.Because(
                ErrorCodes.DeadlineNotReached,
                $"{settings.ReapplyDays} days after a declined application you can apply again.",
                ("deadline", WireJson.Spell(again)));
        }

        var unmet = Requirements(user, settings).Where(one => !one.IsMet).Select(one => JsonNamingPolicy.CamelCase.ConvertName(one.Kind.ToString()));
        if (string.Join(',', unmet) is { Length: > 0 } names)
        {
            yield return Refused.Because(ErrorCodes.RequirementsUnmet, "You do not meet what is asked of merchants yet.", ("unmet", names));
        }
    }

    /// <summary>The request as it is stored. Throws BAD_INPUT.</summary>
    public static ApplyForMerchantRequest Clean(ApplyForMerchantRequest request)
    {
        var (name, number) = (CleanText.Line(request.BusinessName), CleanText.Line(request.RegistrationNumber));
        var (website, text) = (CleanText.Line(request.Website), CleanText.Block(request.Text));
        if (name is not { Length: <= BusinessNameCharsMax })
        {
            throw Bad("businessName", string.Create(CultureInfo.InvariantCulture, $"A business has a name of 1 to {BusinessNameCharsMax} characters."));
        }

        if (request.Country is not { Length: 2 } country || !country.All(char.IsAsciiLetterUpper))
        {
            throw Bad("country", "A country is two letters (ISO 3166).");
        }

        if (number is { Length: > RegistrationCharsMax })
        {
            throw Bad("registrationNumber", $"A registration number has at most {RegistrationCharsMax} characters.");
        }

        if (website is not null && !ProfileRules.IsPictureUrl(website))
        {
            throw Bad("website", $"A website is an https address of at most {Limits.PictureUrlCharsMax} characters.");
        }

        return text is { Length: <= TextCharsMax }
            ? request with { BusinessName = name, RegistrationNumber = number, Website = website, Text = text }
            : throw Bad("text", $"An application has a text of 1 to {TextCharsMax} characters.");
    }

    private static MerchantRequirement AtLeast(MerchantRequirementKind kind, decimal needed, decimal? have) =>
        new() { Kind = kind, Needed = needed, Have = have, IsMet = have >= needed };

    private static Refused Bad(string path, string sentence) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
