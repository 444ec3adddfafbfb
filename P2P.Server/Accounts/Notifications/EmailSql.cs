using P2P.Db;

namespace P2P.Server.Accounts.Notifications;

/// <summary>Statements on addresses and their codes.</summary>
internal static class EmailSql
{
    /// <summary>The profile's address; whoever changes it waits. Null when there is none.</summary>
    public static Task<string?> LockProfile(Tx tx, long userId) =>
        tx.Scalar<string?>(
            """
            select email
              from profiles
             where user_id = @userId
               for no key update
            """,
            new { userId });

    public static Task<EmailState?> Find(Tx tx, long userId) =>
        tx.One<EmailState>(
            """
            select email, code_salt, code_hash, code_ends_at, tries, asked, asked_since, confirmed_at
              from email_addresses
             where user_id = @userId
            """,
            new { userId });

    /// <summary>Counts within the hour that began with the first; another address keeps the count and loses the code.</summary>
    public static Task<int> Ask(Tx tx, long userId, string email, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into email_addresses as a (user_id, email, asked, asked_since)
            values (@userId, @email, 1, @at)
                on conflict (user_id) do update
               set email = excluded.email,
                   code_salt = null,
                   code_hash = null,
                   code_ends_at = null,
                   confirmed_at = null,
                   asked = case when a.asked_since > @at - interval '1 hour' then a.asked + 1 else 1 end,
                   asked_since = case when a.asked_since > @at - interval '1 hour' then a.asked_since else @at end
            """,
            new { userId, email, at });

    /// <summary>A code that is about to be sent; 0 when the address is no longer the one that asked.</summary>
    public static Task<int> SetCode(Tx tx, long userId, string email, byte[] salt, byte[] hash, int minutes) =>
        tx.Execute(
            """
            update email_addresses a
               set code_salt = @salt,
                   code_hash = @hash,
                   code_ends_at = clock_timestamp() + make_interval(mins => @minutes),
                   tries = 0
             where a.user_id = @userId
               and a.email = @email
               and a.confirmed_at is null
               and exists (select 1
                             from profiles p
                            where p.user_id = a.user_id
                              and p.email = a.email)
            """,
            new { userId, email, salt, hash, minutes });

    public static Task<int> CountTry(Tx tx, long userId) =>
        tx.Execute(
            """
            update email_addresses
               set tries = tries + 1
             where user_id = @userId
            """,
            new { userId });

    public static Task<int> Confirm(Tx tx, long userId, DateTimeOffset at) =>
        tx.Execute(
            """
            update email_addresses
               set confirmed_at = @at,
                   code_salt = null,
                   code_hash = null,
                   code_ends_at = null
             where user_id = @userId
            """,
            new { userId, at });
}
