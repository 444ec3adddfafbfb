using P2P.Db;

namespace P2P.Server.Accounts.Profiles;

/// <summary>The filters of a search, ready for its statements; null does not matter.</summary>
internal sealed record ProfileSearch
{
    /// <summary>A LIKE pattern over small letters.</summary>
    public string? Pattern { get; init; }
    public bool? IsVerified { get; init; }
    public bool? IsMerchant { get; init; }
    public decimal? MinRating { get; init; }

    /// <summary>The last row of the former page.</summary>
    public int? AfterCompleted { get; init; }
    public long? AfterUserId { get; init; }

    public required int RowsMax { get; init; }
    public required int CountMax { get; init; }
}

/// <summary>Statements that find profiles.</summary>
internal static class ProfileSearchSql
{
    private const string Filters =
        """
               (cast(@Pattern as text) is null or lower(p.username) like @Pattern escape '\')
           and (cast(@IsVerified as boolean) is null or p.is_verified = @IsVerified)
           and (cast(@IsMerchant as boolean) is null or p.is_merchant = @IsMerchant)
           and (cast(@MinRating as numeric) is null or p.avg_rating >= @MinRating)
        """;

    public static Task<IEnumerable<Profile>> Page(Tx tx, ProfileSearch search) =>
        tx.Query<Profile>(
            $"""
            select {ProfileSql.Columns}
             where {Filters}
               and (cast(@AfterUserId as bigint) is null or (-s.completed, p.user_id) > (-@AfterCompleted, @AfterUserId))
             order by s.completed desc, p.user_id
             limit @RowsMax
            """,
            search);

    public static Task<int> Count(Tx tx, ProfileSearch search) =>
        tx.Scalar<int>(
            $"""
            select count(*)
              from (select 1
                      from profiles p
                     where {Filters}
                     limit @CountMax) found
            """,
            search);
}
