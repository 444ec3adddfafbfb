using P2P.Db;

namespace P2P.Server.Accounts.SignIn;

/// <summary>Statements on users: a row a token subject; only a deletion changes one.</summary>
internal static class UserSql
{
    public static Task<long?> FindId(Tx tx, string sub) =>
        tx.Scalar<long?>(
            """
            select id
              from users
             where sub = @sub
            """,
            new { sub });

    /// <summary>0 when the subject (or, by a chance of one in 2^52, the id) is there already.</summary>
    public static Task<int> Insert(Tx tx, long id, string sub) =>
        tx.Execute(
            """
            insert into users (id, sub)
            values (@id, @sub)
                on conflict do nothing
            """,
            new { id, sub });
}
