using System.Buffers.Text;
using System.Globalization;
using System.Text;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Server.Core;
using P2P.Server.Core.Text;
using P2P.Server.Realtime.Replica;

namespace P2P.Server.Accounts.Profiles;

/// <summary>Finds users by name and standing.</summary>
public sealed class ProfileSearchFlow(ReplicaReads reads)
{
    private const int CountMax = 10_000;
    private const decimal RatingMax = 5;

    public async Task<ProfilePage> Search(Caller caller, SearchProfilesRequest request, CancellationToken cancellation)
    {
        var limit = request.Limit ?? Limits.PageSizeDefault;
        if (limit is < 1 or > Limits.PageSizeMax)
        {
            throw Bad("limit", $"A page has 1 to {Limits.PageSizeMax} rows");
        }

        if (request.MinRating is < 0 or > RatingMax)
        {
            throw Bad("minRating", "A rating is between 0 and 5");
        }

        var after = request.Cursor is null ? null : Read(request.Cursor);
        var search = new ProfileSearch
        {
            Pattern = Pattern(request.Search),
            IsVerified = request.IsVerified,
            IsMerchant = request.IsMerchant,
            MinRating = request.MinRating,
            AfterCompleted = after?.Completed,
            AfterUserId = after?.UserId,
            // One more than asked for tells whether there is a next page.
            RowsMax = limit + 1,
            CountMax = CountMax,
        };
        var (rows, total) = await reads.Snapshot(
            caller,
            async tx => ((await ProfileSearchSql.Page(tx, search)).ToList(), await ProfileSearchSql.Count(tx, search)),
            cancellation);
        return new ProfilePage
        {
            Profiles = [.. rows.Take(limit).Select(ProfileViews.Public)],
            Total = total,
            NextCursor = rows.Count > limit ? Write(rows[limit - 1]) : null,
        };
    }

    /// <summary>A part of a name as a LIKE pattern in which nothing of the caller's is a wildcard.</summary>
    internal static string? Pattern(string? search)
    {
        var text = CleanText.Line(search);
        if (text is null)
        {
            return null;
        }

        if (text.Length > Limits.SearchCharsMax)
        {
            throw Bad("search", $"A search has at most {Limits.SearchCharsMax} characters");
        }

        var escaped = text.ToLowerInvariant()
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        return $"%{escaped}%";
    }

    private static string Write(Profile last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.Completed}:{last.UserId}")));

    private static Position Read(string cursor)
    {
        Span<byte> bytes = stackalloc byte[Limits.CursorCharsMax];
        if (cursor.Length <= Limits.CursorCharsMax
            && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && Encoding.UTF8.GetString(bytes[..length]).Split(':') is [var completed, var userId]
            && int.TryParse(completed, NumberStyles.None, CultureInfo.InvariantCulture, out var completedNumber)
            && long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var userIdNumber))
        {
            return new Position(completedNumber, userIdNumber);
        }

        throw Bad("cursor", "The cursor is none of this list");
    }

    private static Refused Bad(string path, string message) => new(ErrorCodes.BadInput, message, ("path", path));

    private sealed record Position(int Completed, long UserId);
}
