using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;
using P2P.Server.Accounts.Consent;
using P2P.Server.Accounts.Files;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Accounts.SignIn;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Staff;

/// <summary>Who acts on others' accounts, for the audit log.</summary>
public sealed record StaffActor(string Name, string? Ip);

/// <summary>
/// What staff do to accounts. NAME is a username or a token's subject; <c>name:</c> or <c>sub:</c> before it says which. Each act is one
/// transaction with its audit row and its event.
/// </summary>
/// <param name="changes">Runs the transactions.</param>
/// <param name="apply">
/// Brings standing and orders in line at once; null where no engine runs, as in the operator's command: a server's timers do it within a
/// second.
/// </param>
public sealed class StaffFlow(AccountChanges changes, ApplySuspension? apply = null)
{
    private const string ByName = "name:";
    private const string BySub = "sub:";
    private const int ReasonCharsMax = 1_000;
    private const int TermsCharsMax = 200_000;
    private const int LanguageCharsMax = 10;

    /// <summary>Says that the user's identity was checked.</summary>
    public Task<StaffTarget> Verify(StaffActor actor, string name, CancellationToken cancellation) =>
        Act(
            name,
            async (change, target) =>
            {
                EnsureJoined(target);
                if (await StaffSql.SetVerified(change.Tx, target.UserId, await change.Now()) == 1)
                {
                    await StaffSql.Audit(change.Tx, actor, "user.verify", TargetOf(target), "not verified", "verified", null);
                    change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.Verified));
                }
            },
            cancellation);

    /// <summary>Makes the user a merchant.</summary>
    public Task<StaffTarget> GrantMerchant(StaffActor actor, string name, CancellationToken cancellation) =>
        Act(
            name,
            async (change, target) =>
            {
                EnsureJoined(target);
                if (await StaffSql.SetMerchant(change.Tx, target.UserId, await change.Now()) == 1)
                {
                    await StaffSql.Audit(change.Tx, actor, "user.merchant", TargetOf(target), "no merchant", "merchant", null);
                    change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.MerchantGranted));
                }
            },
            cancellation);

    /// <summary>Takes the user's profile picture away, for a reason; harmless when there is none.</summary>
    public Task<StaffTarget> RemovePicture(StaffActor actor, string name, string reason, CancellationToken cancellation)
    {
        var why = Text(reason, ReasonCharsMax, "The reason");
        return Act(
            name,
            async (change, target) =>
            {
                var picture = await FileSql.PictureOf(change.Tx, target.UserId);
                if (picture is not null && await FileSql.RemovePicture(change.Tx, target.UserId) == 1)
                {
                    var before = $"picture {picture.Id} {Convert.ToHexStringLower(picture.Sha256)}";
                    await StaffSql.Audit(change.Tx, actor, "user.remove_picture", TargetOf(target), before, "no picture", why);
                    await change.Now();
                    change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.Updated));
                }
            },
            cancellation);
    }

    /// <summary>Suspends the user, or gives a suspension another reason and end.</summary>
    public async Task<StaffTarget> Suspend(
        StaffActor actor, string name, string reason, DateTimeOffset? until, CancellationToken cancellation)
    {
        var why = Text(reason, ReasonCharsMax, "A suspension's reason");
        var target = await Act(
            name,
            async (change, target) =>
            {
                var at = await change.Now();
                if (until <= at)
                {
                    throw new Refused(ErrorCodes.BadInput, "The end of a suspension lies in the future", ("path", "until"));
                }

                var before = await SuspensionSql.Live(change.Tx, target.UserId);
                await SuspensionSql.Lift(change.Tx, target.UserId, actor.Name, at);
                await SuspensionSql.Insert(change.Tx, Ids.New(), target.UserId, why, actor.Name, at, until);
                await RevocationSql.Insert(change.Tx, target.Sub, Revocation.Suspended);
                await StaffSql.Audit(
                    change.Tx, actor, "user.suspend", TargetOf(target), Spell(before?.Until, before), Spell(until, why), why);
                change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.Suspended));
            },
            cancellation);
        await Apply(target, suspended: true, cancellation);
        return target with { IsSuspended = true };
    }

    /// <summary>Ends the user's suspension.</summary>
    public async Task<StaffTarget> Lift(StaffActor actor, string name, string? reason, CancellationToken cancellation)
    {
        var why = reason is null ? null : Text(reason, ReasonCharsMax, "The reason");
        var target = await Act(
            name,
            async (change, target) =>
            {
                var before = await SuspensionSql.Live(change.Tx, target.UserId);
                if (await SuspensionSql.Lift(change.Tx, target.UserId, actor.Name, await change.Now()) == 0)
                {
                    throw new Refused(ErrorCodes.NotFound, "This user is not suspended");
                }

                await StaffSql.Audit(change.Tx, actor, "user.lift", TargetOf(target), Spell(before?.Until, before), "not suspended", why);
                change.Tell(ProfileEvents.Of(target.UserId, ProfileChange.SuspensionLifted));
            },
            cancellation);
        await Apply(target, suspended: false, cancellation);
        return target with { IsSuspended = false };
    }

    /// <summary>Publishes a new version of the terms: everyone must consent again.</summary>
    public Task<int> PublishTerms(StaffActor actor, string text, string language, CancellationToken cancellation)
    {
        var body = CleanText.Block(text);
        if (body is null || body.Length > TermsCharsMax)
        {
            throw new Refused(ErrorCodes.BadInput, $"Terms have 1 to {TermsCharsMax} characters", ("path", "text"));
        }

        if (language.Length is < 2 or > LanguageCharsMax || !language.All(c => char.IsAsciiLetter(c) || c == '-'))
        {
            throw new Refused(ErrorCodes.BadInput, "A language is a short tag such as en or pt-BR", ("path", "language"));
        }

        return changes.Run(
            async change =>
            {
                var version = await ConsentSql.Publish(change.Tx, language, body);
                var name = version.ToString(CultureInfo.InvariantCulture);
                await StaffSql.Audit(change.Tx, actor, "terms.publish", "terms", null, name, null);
                return version;
            },
            cancellation);
    }

    private Task<StaffTarget> Act(string name, Func<Change, StaffTarget, Task> act, CancellationToken cancellation) =>
        changes.Run(
            async change =>
            {
                var target = await Find(change.Tx, name.Trim());
                await act(change, target);
                return target;
            },
            cancellation);

    private static async Task<StaffTarget> Find(Tx tx, string name)
    {
        var found = name.StartsWith(ByName, StringComparison.Ordinal) ? await StaffSql.Find(tx, name[ByName.Length..], null)
            : name.StartsWith(BySub, StringComparison.Ordinal) ? await StaffSql.Find(tx, null, name[BySub.Length..])
            : await StaffSql.Find(tx, name, name);
        return found.ToList() switch
        {
            [var one] => one,
            [] => throw new Refused(ErrorCodes.NotFound, $"No user has the name or the subject {CleanText.Line(name)}"),
            _ => throw new Refused(
                ErrorCodes.BadInput,
                $"{CleanText.Line(name)} is one user's name and another's subject: write {ByName} or {BySub} before it"),
        };
    }

    private Task Apply(StaffTarget target, bool suspended, CancellationToken cancellation) =>
        apply?.Invoke(target.UserId, suspended, cancellation) ?? Task.CompletedTask;

    private static void EnsureJoined(StaffTarget target)
    {
        if (target.IsVerified is null)
        {
            throw new Refused(ErrorCodes.NotJoinedP2P, "This user has no profile yet");
        }
    }

    private static string TargetOf(StaffTarget target) => string.Create(CultureInfo.InvariantCulture, $"user:{target.UserId}");

    private static string Spell(DateTimeOffset? until, object? suspension) =>
        suspension is null ? "not suspended" : until is { } end ? $"suspended until {WireJson.Spell(end)}" : "suspended";

    private static string Text(string text, int charsMax, string what) =>
        CleanText.Block(text) is { } clean && clean.Length <= charsMax
            ? clean
            : throw new Refused(ErrorCodes.BadInput, $"{what} has 1 to {charsMax} characters", ("path", "reason"));
}
