using System.Globalization;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Accounts;
using P2P.Server.Accounts.Staff;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Deals.Reviews;

/// <summary>
/// Staff hide reviews and show them again. A hidden one counts in no figure and only its two parties see it, with the reason. Each act is one
/// transaction with its audit row and its events; doing it twice changes nothing.
/// </summary>
public sealed class ReviewModerationFlow(AccountChanges changes)
{
    private const int ReasonCharsMax = 1_000;

    /// <summary>Hides a review.</summary>
    /// <returns>Its version afterwards.</returns>
    public Task<int> Hide(StaffActor actor, Guid reviewId, string reason, CancellationToken cancellation)
    {
        var why = Text(reason);
        return changes.Run(change => Hide(change, actor, reviewId, why), cancellation);
    }

    /// <summary>Shows a hidden review again.</summary>
    /// <returns>Its version afterwards.</returns>
    public Task<int> Restore(StaffActor actor, Guid reviewId, string reason, CancellationToken cancellation)
    {
        var why = Text(reason);
        return changes.Run(change => Restore(change, actor, reviewId, why), cancellation);
    }

    /// <inheritdoc cref="Hide(StaffActor, Guid, string, CancellationToken)"/>
    public static async Task<int> Hide(Change change, StaffActor actor, Guid reviewId, string reason)
    {
        var review = await Find(change, reviewId);
        if (review.IsHidden)
        {
            return review.Version;
        }

        await StaffSql.Audit(change.Tx, actor, "review.hide", TargetOf(review), Spell(review), "hidden", reason);
        return await Save(change, review, actor.Name, reason, ReviewChange.Hidden, sign: -1);
    }

    /// <inheritdoc cref="Restore(StaffActor, Guid, string, CancellationToken)"/>
    public static async Task<int> Restore(Change change, StaffActor actor, Guid reviewId, string reason)
    {
        var review = await Find(change, reviewId);
        if (!review.IsHidden)
        {
            return review.Version;
        }

        await StaffSql.Audit(change.Tx, actor, "review.restore", TargetOf(review), $"hidden: {review.HiddenReason}", Spell(review), reason);
        return await Save(change, review, null, null, ReviewChange.Restored, sign: 1);
    }

    private static async Task<int> Save(Change change, Review review, string? by, string? reason, ReviewChange what, int sign)
    {
        var (tx, at) = (change.Tx, await change.Now());
        var changed = review with { Version = review.Version + 1 };
        await ReviewSql.SaveHidden(tx, review.Id, by, reason, changed.Version, at);
        await ReviewSql.AddRating(tx, review.SubjectId, sign, sign * review.Stars);
        await ReputationSql.MarkStale(tx, review.SubjectId, at);
        change.Tell(ReviewEvents.Changed(changed, what, review.AuthorId, review.SubjectId));
        return changed.Version;
    }

    private static async Task<Review> Find(Change change, Guid reviewId) =>
        await ReviewFlow.Locked(change.Tx, reviewId) ?? throw new Refused(ErrorCodes.NotFound, "There is no such review.");

    private static string TargetOf(Review review) => $"review:{review.Id}";

    private static string Spell(Review review) => string.Create(CultureInfo.InvariantCulture, $"shown, {review.Stars} stars");

    private static string Text(string reason) =>
        CleanText.Block(reason) is { Length: <= ReasonCharsMax } clean
            ? clean
            : throw new Refused(ErrorCodes.BadInput, $"A reason has 1 to {ReasonCharsMax} characters.", ("path", "reason"));
}
