using P2P.Db;

namespace P2P.Server.Accounts.Staff;

/// <summary>The user that staff act on.</summary>
public sealed record StaffTarget
{
    public required long UserId { get; init; }
    public required string Sub { get; init; }
    public string? Username { get; init; }
    public bool? IsVerified { get; init; }
    public bool? IsMerchant { get; init; }
    public required bool IsSuspended { get; init; }

    /// <summary>What the audit log calls this user.</summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"user:{UserId}");
}

/// <summary>Statements of staff's flows.</summary>
internal static class StaffSql
{
    /// <summary>Users whose username (in any case) or subject this is: two at most.</summary>
    public static Task<IEnumerable<StaffTarget>> Find(Tx tx, string? username, string? sub) =>
        tx.Query<StaffTarget>(
            """
            select u.id as user_id, u.sub, p.username, p.is_verified, p.is_merchant, x.user_id is not null as is_suspended
              from users u
              left join profiles p on p.user_id = u.id
              left join suspensions x on x.user_id = u.id
                                     and x.lifted_at is null
             where u.id <> 0
               and u.id in (select c.id
                              from users c
                             where c.sub = @sub
                             union
                            select n.user_id
                              from profiles n
                             where lower(n.username) = lower(@username))
             order by u.id
            """,
            new { username, sub });

    public static Task<StaffTarget?> FindById(Tx tx, long userId) =>
        tx.One<StaffTarget>(
            """
            select u.id as user_id, u.sub, p.username, p.is_verified, p.is_merchant, x.user_id is not null as is_suspended
              from users u
              left join profiles p on p.user_id = u.id
              left join suspensions x on x.user_id = u.id
                                     and x.lifted_at is null
             where u.id = @userId
               and u.id <> 0
            """,
            new { userId });

    public static Task<int> SetVerified(Tx tx, long userId, DateTimeOffset at) =>
        tx.Execute(
            """
            update profiles
               set is_verified = true,
                   updated_at = @at
             where user_id = @userId
               and not is_verified
            """,
            new { userId, at });

    public static Task<int> SetMerchant(Tx tx, long userId, bool merchant, DateTimeOffset at) =>
        tx.Execute(
            """
            update profiles
               set is_merchant = @merchant,
                   updated_at = @at
             where user_id = @userId
               and is_merchant <> @merchant
            """,
            new { userId, merchant, at });

    /// <summary>Everyone who was ever connected as staff.</summary>
    public static Task<IEnumerable<long>> StaffStreams(Tx tx, string audience) =>
        tx.Query<long>(
            """
            select user_id
              from streams
             where audience = @audience
             order by user_id
            """,
            new { audience });

    public static Task<long> Audit(
        Tx tx, StaffActor actor, string action, string target, string? before, string? after, string? reason) =>
        tx.Scalar<long>(
            "select audit_append(@name, @action, @target, @before, @after, @reason, @ip)",
            new { name = actor.Name, action, target, before, after, reason, ip = actor.Ip });
}
