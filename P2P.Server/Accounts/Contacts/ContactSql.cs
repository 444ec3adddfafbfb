using P2P.Contracts.Accounts;
using P2P.Db;

namespace P2P.Server.Accounts.Contacts;

/// <summary>A contact as its lists show it.</summary>
public sealed record ContactRow
{
    public required long OtherId { get; init; }

    public string? Username { get; init; }

    public required bool IsVerified { get; init; }

    public required bool IsMerchant { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Two users, one of whom blocks the other.</summary>
public sealed record BlockedPair
{
    public required long OneId { get; init; }

    public required long OtherId { get; init; }
}

/// <summary>Statements on contacts.</summary>
public static class ContactSql
{
    /// <summary>Locks the user's own profile: a user's contacts are counted by one transaction at a time. Null without a profile.</summary>
    public static Task<long?> LockOwner(Tx tx, long userId) =>
        tx.Scalar<long?>(
            """
            select user_id
              from profiles
             where user_id = @userId
               for no key update
            """,
            new { userId });

    public static Task<bool> ProfileExists(Tx tx, long userId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from profiles
                            where user_id = @userId)
            """,
            new { userId });

    public static async Task<ContactKind?> Kind(Tx tx, long userId, long otherId) =>
        await tx.Scalar<string?>(
            """
            select kind
              from contacts
             where user_id = @userId
               and other_id = @otherId
            """,
            new { userId, otherId }) is { } kind ? Enum.Parse<ContactKind>(kind) : null;

    public static Task<int> Count(Tx tx, long userId, ContactKind kind) =>
        tx.Scalar<int>(
            """
            select count(*)
              from contacts
             where user_id = @userId
               and kind = @kind
            """,
            new { userId, kind = kind.ToString() });

    public static Task Save(Tx tx, long userId, long otherId, ContactKind kind, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into contacts (user_id, other_id, kind, at)
            values (@userId, @otherId, @kind, @at)
                on conflict (user_id, other_id) do update
               set kind = excluded.kind,
                   at = excluded.at
            """,
            new { userId, otherId, kind = kind.ToString(), at });

    public static Task Delete(Tx tx, long userId, long otherId) =>
        tx.Execute(
            """
            delete from contacts
             where user_id = @userId
               and other_id = @otherId
            """,
            new { userId, otherId });

    /// <summary>Contacts of one kind from a place on, newest first.</summary>
    public static Task<IEnumerable<ContactRow>> List(Tx tx, long userId, ContactKind kind, ContactPlace? after, int rowsMax) =>
        tx.Query<ContactRow>(
            """
            select c.other_id, p.username, p.is_verified, p.is_merchant, c.at
              from contacts c
              join profiles p on p.user_id = c.other_id
             where c.user_id = @userId
               and c.kind = @kind
               and (@afterAt::timestamptz is null or (c.at, c.other_id) < (@afterAt::timestamptz, @afterId::bigint))
             order by c.at desc, c.other_id desc
             limit @rowsMax
            """,
            new { userId, kind = kind.ToString(), afterAt = after?.At, afterId = after?.OtherId, rowsMax });

    /// <summary>Those of the pairs of whom one blocks the other, whichever.</summary>
    public static Task<IEnumerable<BlockedPair>> Blocked(Tx tx, long[] ones, long[] others) =>
        tx.Query<BlockedPair>(
            """
            select k.one_id, k.other_id
              from unnest(@ones, @others) k(one_id, other_id)
             where exists (select 1
                             from contacts c
                            where c.user_id = k.one_id and c.other_id = k.other_id and c.kind = 'Blocked')
                or exists (select 1
                             from contacts c
                            where c.user_id = k.other_id and c.other_id = k.one_id and c.kind = 'Blocked')
            """,
            new { ones, others });
}
