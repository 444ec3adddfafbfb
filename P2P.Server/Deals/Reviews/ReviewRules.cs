using System.Buffers.Text;
using System.Globalization;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Deals;
using P2P.Server.Core;
using P2P.Server.Core.Text;

namespace P2P.Server.Deals.Reviews;

/// <summary>What a review says, checked and cleaned.</summary>
public sealed record ReviewWords(int Stars, string[] Tags, string? Body);

/// <summary>Pure decisions about reviews: their shape, who may write and edit them, the pages of their lists.</summary>
public static class ReviewRules
{
    /// <summary>Refuses what has the wrong shape.</summary>
    public static ReviewWords Words(int stars, IReadOnlyList<ReviewTag>? tags, string? text)
    {
        CheckStars(stars);
        var distinct = (tags ?? []).Distinct().Order().ToList();
        if (distinct.Count > Limits.ReviewTagsMax || distinct.Any(tag => tag == ReviewTag.Unknown || !Enum.IsDefined(tag)))
        {
            throw Bad("tags", $"A review has at most {Limits.ReviewTagsMax} tags, each of the list.");
        }

        var body = CleanText.Block(text);
        return body?.Length > Limits.ReviewCharsMax
            ? throw Bad("text", $"A review has at most {Limits.ReviewCharsMax} characters.")
            : new ReviewWords(stars, [.. distinct.Select(tag => tag.ToString())], body);
    }

    /// <summary>Refuses an answer that says nothing, or too much.</summary>
    public static string Reply(string text) =>
        CleanText.Block(text) is { Length: <= Limits.ReviewCharsMax } clean
            ? clean
            : throw Bad("text", $"A reply has 1 to {Limits.ReviewCharsMax} characters.");

    /// <summary>An order can be reviewed once it was released, or ended after a dispute: what merely came to nothing cannot.</summary>
    public static bool IsFinished(OrderStatus status, bool wasDisputed) =>
        status is OrderStatus.Released or OrderStatus.Completed || (wasDisputed && status is OrderStatus.Cancelled or OrderStatus.Expired);

    /// <summary>Why the order cannot be reviewed, in the documented order; null when it can.</summary>
    public static Reason? CannotReview(ReviewedOrder order, bool isReviewed) =>
        !IsFinished(order.Status, order.WasDisputed)
            ? Refused.Because(
                ErrorCodes.WrongStatus,
                "An order is reviewed after its release, or after a dispute about it was decided.",
                ("status", JsonNamed(order.Status)))
            : isReviewed
                ? Refused.Because(ErrorCodes.AlreadyDone, "You have reviewed this order.")
                : null;

    /// <summary>Why its author cannot edit a review, in the documented order; null when they can.</summary>
    public static Reason? CannotEdit(Review review, int? expectedVersion, DateTimeOffset now, ReviewLimits limits) =>
        expectedVersion is { } expected && expected != review.Version
            ? Refused.Because(
                ErrorCodes.StaleVersion,
                "The review has changed meanwhile.",
                ("version", review.Version.ToString(CultureInfo.InvariantCulture)))
            : review.IsHidden
                ? Hidden()
                : now > EditableUntil(review.CreatedAt, limits)
                    ? Refused.Because(
                        ErrorCodes.DeadlinePassed,
                        "The time to edit this review is over.",
                        ("deadline", WireJson.Spell(EditableUntil(review.CreatedAt, limits))))
                    : null;

    /// <summary>Why this user cannot answer a review, in the documented order; null when they can.</summary>
    public static Reason? CannotReply(Review review, long userId) =>
        userId != review.SubjectId
            ? Refused.Because(ErrorCodes.WrongParty, "The answer is for the other party to give.", ("by", JsonNamed(Other(review.WrittenBy))))
            : review.IsHidden
                ? Hidden()
                : review.Reply is not null
                    ? Refused.Because(ErrorCodes.AlreadyDone, "You have answered this review.")
                    : null;

    /// <summary>Hidden reviews are there for their two parties only.</summary>
    public static bool CanSee(Review review, long userId) => !review.IsHidden || IsParty(review, userId);

    public static bool IsParty(Review review, long userId) => userId == review.AuthorId || userId == review.SubjectId;

    public static DateTimeOffset EditableUntil(DateTimeOffset createdAt, ReviewLimits limits) =>
        createdAt + TimeSpan.FromHours(limits.ReviewEditHours);

    public static void CheckStars(int stars)
    {
        if (stars is < 1 or > Limits.StarsMax)
        {
            throw Bad("stars", $"A review has 1 to {Limits.StarsMax} stars.");
        }
    }

    /// <summary>A cursor is good for the same profile and stars only.</summary>
    public static string Cursor(long subjectId, int? stars, Guid last) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"reviews|{subjectId}|{stars}|{last:N}")));

    /// <summary>Id of the last row seen; null on the first page.</summary>
    public static Guid? Before(long subjectId, int? stars, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        return cursor.Length <= Limits.CursorCharsMax
            && Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|') is ["reviews", var subject, var filter, var id]
            && subject == subjectId.ToString(CultureInfo.InvariantCulture)
            && filter == (stars?.ToString(CultureInfo.InvariantCulture) ?? "")
            && Guid.TryParseExact(id, "N", out var before)
            ? before
            : throw Bad("cursor", "The cursor belongs to another list: begin again without one.");
    }

    private static Reason Hidden() => Refused.Because(ErrorCodes.ReviewHidden, "Staff hid this review.");

    private static Party Other(Party party) => party == Party.Buyer ? Party.Seller : Party.Buyer;

    private static string JsonNamed<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static Refused Bad(string path, string sentence) => new(ErrorCodes.BadInput, sentence, ("path", path));
}
