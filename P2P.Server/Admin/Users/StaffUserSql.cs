using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Users;

/// <summary>The filters of a search; null does not matter.</summary>
internal sealed record UserSearch
{
    /// <summary>A LIKE pattern over small letters.</summary>
    public string? Pattern { get; init; }
    public long? UserId { get; init; }
    public string? Sub { get; init; }
    public bool? IsVerified { get; init; }
    public bool? IsMerchant { get; init; }
    public bool? IsSuspended { get; init; }

    /// <summary>The last row of the former page.</summary>
    public long? After { get; init; }
    public required int RowsMax { get; init; }
}

/// <summary>Reads of users for staff.</summary>
internal static class StaffUserSql
{
    private const string Rows =
        """
        select u.id as user_id, u.sub, p.username, p.user_id is not null as has_profile, coalesce(p.is_verified, false) as is_verified,
               coalesce(p.is_merchant, false) as is_merchant, x.user_id is not null as is_suspended, coalesce(s.completed, 0) as completed,
               coalesce(s.cancelled, 0) as cancelled, u.created_at
          from users u
          left join profiles p on p.user_id = u.id
          left join standings s on s.user_id = u.id
          left join suspensions x on x.user_id = u.id
                                 and x.lifted_at is null
        """;

    public static Task<IEnumerable<StaffUserRow>> Search(Tx tx, UserSearch search) =>
        tx.Query<StaffUserRow>(
            $"""
            {Rows}
             where u.id > coalesce(@After, 0)
               and (cast(@UserId as bigint) is null or u.id = @UserId)
               and (cast(@Sub as text) is null or u.sub = @Sub)
               and (cast(@Pattern as text) is null or lower(p.username) like @Pattern escape '\')
               and (cast(@IsVerified as boolean) is null or coalesce(p.is_verified, false) = @IsVerified)
               and (cast(@IsMerchant as boolean) is null or coalesce(p.is_merchant, false) = @IsMerchant)
               and (cast(@IsSuspended as boolean) is null or (x.user_id is not null) = @IsSuspended)
             order by u.id
             limit @RowsMax
            """,
            search);

    public static Task<StaffUserRow?> Find(Tx tx, long userId) =>
        tx.One<StaffUserRow>(
            $"""
            {Rows}
             where u.id = @userId
               and u.id <> 0
            """,
            new { userId });

    public static Task<IEnumerable<SuspensionView>> Suspensions(Tx tx, long userId, int rowsMax) =>
        tx.Query<SuspensionView>(
            """
            select reason, suspended_by as by, at, until, lifted_at, lifted_by
              from suspensions
             where user_id = @userId
             order by at desc
             limit @rowsMax
            """,
            new { userId, rowsMax });
}
