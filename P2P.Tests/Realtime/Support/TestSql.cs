using P2P.Db;
using P2P.Tests.Support;

namespace P2P.Tests.Realtime.Support;

/// <summary>Rows that tests need.</summary>
internal static class TestSql
{
    public static Task<int> AddUser(Tx tx, long userId) =>
        tx.Execute(
            """
            with usr as (
                insert into users (id, sub) values (@userId, 'sub-' || @userId))
            insert into streams (user_id, audience) values (@userId, 'trade')
            """,
            new { userId });

    /// <summary>Fails when it was done before: an effect that must not happen twice.</summary>
    public static Task<int> AddConsent(Tx tx, long userId, DateTimeOffset at) =>
        tx.Execute("insert into consents (user_id, version, at) values (@userId, 1, @at)", new { userId, at });

    public static Task<int> CountConsents(Tx tx, long userId) =>
        tx.Scalar<int>("select count(*)::int from consents where user_id = @userId", new { userId });

    /// <summary>Has an effect, then takes long.</summary>
    public static async Task Sleep(Tx tx, long userId)
    {
        await AddConsent(tx, userId, DateTimeOffset.UtcNow);
        await tx.Execute("select pg_sleep(1.9)");
    }

    public static Task<int> CountSleepers(Tx tx) =>
        tx.Scalar<int>(
            """
            select count(*)::int
              from pg_stat_activity
             where query like '%pg_sleep%'
               and state = 'active'
               and pid <> pg_backend_pid()
            """);

    public static Task<int> CountRequests(Tx tx, long userId) =>
        tx.Scalar<int>("select count(*)::int from requests where user_id = @userId", new { userId });

    public static Task<IEnumerable<long>> Seqs(Tx tx, long userId) =>
        tx.Query<long>("select seq from events where user_id = @userId order by seq", new { userId });

    /// <summary>As the superuser: the application's role may not.</summary>
    public static Task AgeRequests(TestDatabase database, long userId, int days) =>
        TestPostgres.Execute(database.Superuser, $"update requests set at = at - make_interval(days => {days}) where user_id = {userId}");

    public static Task<int> Revoke(Tx tx, long userId, string reason) =>
        tx.Execute(
            "insert into revocations (sub, not_before, reason) values ('sub-' || @userId, clock_timestamp(), @reason)",
            new { userId, reason });
}
