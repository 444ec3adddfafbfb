using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Accounts.Consent;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.SecondFactor;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Staff;

/// <summary>
/// What staff do to accounts, the same by the operator's command and by the admin hub: each act writes its audit row and tells its event in
/// the change that it is given. After <see cref="Suspend"/> and <see cref="Lift"/> the caller applies the suspension to orders.
/// </summary>
public static class StaffActs
{
    private const int TermsCharsMax = 200_000;
    private const int LanguageCharsMax = 10;

    /// <summary>Says that the user's identity was checked.</summary>
    public static async Task<StaffTarget> Verify(Change change, StaffActor actor, StaffTarget target, string? reason)
    {
        EnsureJoined(target);
        if (await StaffSql.SetVerified(change.Tx, target.UserId, await change.Now()) == 1)
        {
            await StaffSql.Audit(change.Tx, actor, "user.verify", target.Name, "not verified", "verified", reason);
            change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.Verified));
        }

        return target with { IsVerified = true };
    }

    /// <summary>Makes the user a merchant, or one no longer.</summary>
    public static async Task<StaffTarget> SetMerchant(Change change, StaffActor actor, StaffTarget target, bool merchant, string? reason)
    {
        EnsureJoined(target);
        if (await StaffSql.SetMerchant(change.Tx, target.UserId, merchant, await change.Now()) == 1)
        {
            var (before, after) = merchant ? ("no merchant", "merchant") : ("merchant", "no merchant");
            await StaffSql.Audit(change.Tx, actor, "user.merchant", target.Name, before, after, reason);
            change.Tell(ProfileEvents.Of(target.UserId, merchant ? ProfileChange.MerchantGranted : ProfileChange.MerchantRevoked));
        }

        return target with { IsMerchant = merchant };
    }

    /// <summary>Takes the user's profile picture away; harmless when there is none.</summary>
    public static async Task<StaffTarget> RemovePicture(Change change, StaffActor actor, StaffTarget target, string reason)
    {
        var picture = await FileSql.PictureOf(change.Tx, target.UserId);
        if (picture is not null && await FileSql.RemovePicture(change.Tx, target.UserId) == 1)
        {
            var before = $"picture {picture.Id} {Convert.ToHexStringLower(picture.Sha256)}";
            await StaffSql.Audit(change.Tx, actor, "user.remove_picture", target.Name, before, "no picture", reason);
            await change.Now();
            change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.Updated));
        }

        return target;
    }

    /// <summary>Suspends the user, or gives a suspension another reason and end.</summary>
    public static async Task<StaffTarget> Suspend(Change change, StaffActor actor, StaffTarget target, string reason, DateTimeOffset? until)
    {
        var at = await change.Now();
        if (until <= at)
        {
            throw new Refused(ErrorCodes.BadInput, "The end of a suspension lies in the future", ("path", "until"));
        }

        var before = await SuspensionSql.Live(change.Tx, target.UserId);
        await SuspensionSql.Lift(change.Tx, target.UserId, actor.Name, at);
        await SuspensionSql.Insert(change.Tx, Ids.New(), target.UserId, reason, actor.Name, at, until);
        await RevocationSql.Insert(change.Tx, target.Sub, Revocation.Suspended);
        change.TellRevoked();
        await StaffSql.Audit(
            change.Tx, actor, "user.suspend", target.Name, Spell(before?.Until, before), Spell(until, reason), reason);
        change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.Suspended));
        return target with { IsSuspended = true };
    }

    /// <summary>Ends the user's suspension.</summary>
    public static async Task<StaffTarget> Lift(Change change, StaffActor actor, StaffTarget target, string? reason)
    {
        var before = await SuspensionSql.Live(change.Tx, target.UserId);
        if (await SuspensionSql.Lift(change.Tx, target.UserId, actor.Name, await change.Now()) == 0)
        {
            throw new Refused(ErrorCodes.NotFound, "This user is not suspended");
        }

        await StaffSql.Audit(change.Tx, actor, "user.lift", target.Name, Spell(before?.Until, before), "not suspended", reason);
        change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.SuspensionLifted));
        return target with { IsSuspended = false };
    }

    /// <summary>Refuses every token that the user was given until now, and closes their connections.</summary>
    public static async Task<StaffTarget> RevokeTokens(Change change, StaffActor actor, StaffTarget target, string reason)
    {
        await RevocationSql.Insert(change.Tx, target.Sub, Revocation.Revoked);
        change.TellRevoked();
        await StaffSql.Audit(change.Tx, actor, "user.revoke_tokens", target.Name, null, "all tokens until now", reason);
        return target;
    }

    /// <summary>Removes the second factor of a user who has lost it.</summary>
    public static async Task<StaffTarget> ResetSecondFactor(Change change, StaffActor actor, StaffTarget target, string reason)
    {
        if (await SecondFactorSql.Remove(change.Tx, target.UserId) == 0)
        {
            throw new Refused(ErrorCodes.SecondFactorNotSet, "This user has no second factor");
        }

        await change.Now();
        await StaffSql.Audit(change.Tx, actor, "user.second_factor.reset", target.Name, "set", "none", reason);
        change.Tell(SecondFactorEvents.Of(target.UserId, SecondFactorChange.Reset, isSet: false));
        return target;
    }

    /// <summary>Publishes a new version of the terms; the version.</summary>
    public static async Task<int> PublishTerms(Change change, StaffActor actor, (string Text, string Language) terms, string? reason)
    {
        var version = await ConsentSql.Publish(change.Tx, terms.Language, terms.Text);
        await StaffSql.Audit(
            change.Tx, actor, "terms.publish", "terms", null, version.ToString(CultureInfo.InvariantCulture), reason);
        return version;
    }

    /// <summary>Terms as they are published.</summary>
    public static (string Text, string Language) Terms(string text, string language) =>
        CleanText.Block(text) is not { } body || body.Length > TermsCharsMax
            ? throw new Refused(ErrorCodes.BadInput, $"Terms have 1 to {TermsCharsMax} characters", ("path", "text"))
            : language.Length is < 2 or > LanguageCharsMax || !language.All(c => char.IsAsciiLetter(c) || c == '-')
                ? throw new Refused(ErrorCodes.BadInput, "A language is a short tag such as en or pt-BR", ("path", "language"))
                : (body, language);

    /// <summary>A reason as it is kept.</summary>
    public static string Reason(string text, string what) =>
        CleanText.Block(text) is { } clean && clean.Length <= Limits.StaffReasonCharsMax
            ? clean
            : throw new Refused(ErrorCodes.BadInput, $"{what} has 1 to {Limits.StaffReasonCharsMax} characters", ("path", "reason"));

    private static void EnsureJoined(StaffTarget target)
    {
        if (target.IsVerified is null)
        {
            throw new Refused(ErrorCodes.NotJoinedP2P, "This user has no profile yet");
        }
    }

    private static string Spell(DateTimeOffset? until, object? suspension) =>
        suspension is null ? "not suspended" : until is { } end ? $"suspended until {WireJson.Spell(end)}" : "suspended";
}
