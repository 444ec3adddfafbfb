using P2P.Contracts;
using P2P.Db;
using P2P.Server.Accounts.Suspensions;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Accounts.Staff;

/// <summary>Who acts on others' accounts, for the audit log.</summary>
public sealed record StaffActor(string Name, string? Ip);

/// <summary>
/// What the operator does to accounts by command. NAME is a username or a token's subject; <c>name:</c> or <c>sub:</c> before it says which.
/// Each act is one transaction with its audit row and its event.
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

    /// <summary>Says that the user's identity was checked.</summary>
    public Task<StaffTarget> Verify(StaffActor actor, string name, CancellationToken cancellation) =>
        Act(name, (change, target) => StaffActs.Verify(change, actor, target, null), cancellation);

    /// <summary>Makes the user a merchant.</summary>
    public Task<StaffTarget> GrantMerchant(StaffActor actor, string name, CancellationToken cancellation) =>
        Act(name, (change, target) => StaffActs.SetMerchant(change, actor, target, true, null), cancellation);

    /// <summary>Takes the user's profile picture away, for a reason; harmless when there is none.</summary>
    public Task<StaffTarget> RemovePicture(StaffActor actor, string name, string reason, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(reason, "The reason");
        return Act(name, (change, target) => StaffActs.RemovePicture(change, actor, target, why), cancellation);
    }

    /// <summary>Suspends the user, or gives a suspension another reason and end.</summary>
    public async Task<StaffTarget> Suspend(
        StaffActor actor, string name, string reason, DateTimeOffset? until, CancellationToken cancellation)
    {
        var why = StaffActs.Reason(reason, "A suspension's reason");
        var target = await Act(name, (change, target) => StaffActs.Suspend(change, actor, target, why, until), cancellation);
        await Apply(target, suspended: true, cancellation);
        return target;
    }

    /// <summary>Ends the user's suspension.</summary>
    public async Task<StaffTarget> Lift(StaffActor actor, string name, string? reason, CancellationToken cancellation)
    {
        var why = reason is null ? null : StaffActs.Reason(reason, "The reason");
        var target = await Act(name, (change, target) => StaffActs.Lift(change, actor, target, why), cancellation);
        await Apply(target, suspended: false, cancellation);
        return target;
    }

    /// <summary>Publishes a new version of the terms: everyone must consent again.</summary>
    public Task<int> PublishTerms(StaffActor actor, string text, string language, CancellationToken cancellation)
    {
        var terms = StaffActs.Terms(text, language);
        return changes.Run(change => StaffActs.PublishTerms(change, actor, terms, null), cancellation);
    }

    private Task<StaffTarget> Act(string name, Func<Change, StaffTarget, Task<StaffTarget>> act, CancellationToken cancellation) =>
        changes.Run(async change => await act(change, await Find(change.Tx, name.Trim())), cancellation);

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
}
