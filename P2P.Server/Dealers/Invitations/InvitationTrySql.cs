using P2P.Db;

namespace P2P.Server.Dealers.Invitations;

/// <summary>Statements on tries.</summary>
public static class InvitationTrySql
{
    public static Task<int> ForgetBefore(Tx tx, long userId, DateTimeOffset before) =>
        tx.Execute(
            """
            delete from invitation_tries
             where user_id = @userId
               and at <= @before
            """,
            new { userId, before });

    /// <summary>When the other tries of a kind were.</summary>
    public static Task<IEnumerable<DateTimeOffset>> Others(Tx tx, long userId, TryKind kind, Guid id) =>
        tx.Query<DateTimeOffset>(
            """
            select at
              from invitation_tries
             where user_id = @userId
               and kind = @kind
               and id <> @id
            """,
            new { userId, kind = kind.ToString(), id });

    public static Task<int> Insert(Tx tx, long userId, TryKind kind, Guid id, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into invitation_tries (user_id, id, kind, at)
            values (@userId, @id, @kind, @at)
                on conflict (user_id, kind, id) do nothing
            """,
            new { userId, id, kind = kind.ToString(), at });

    public static Task<int> Delete(Tx tx, long userId, TryKind kind, Guid id) =>
        tx.Execute(
            """
            delete from invitation_tries
             where user_id = @userId
               and kind = @kind
               and id = @id
            """,
            new { userId, kind = kind.ToString(), id });
}
