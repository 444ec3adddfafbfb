using P2P.Contracts.Encryption;
using P2P.Db;

namespace P2P.Server.Accounts.Keys;

/// <summary>A device that is or was a user's.</summary>
public sealed record DeviceRow
{
    public required long UserId { get; init; }

    public required byte[] KeyId { get; init; }

    public required byte[] SigningKey { get; init; }

    public required bool IsActive { get; init; }
}

/// <summary>An entry of a key log.</summary>
public sealed record KeyLogRow
{
    public required int Seq { get; init; }

    public required byte[] Statement { get; init; }

    public required byte[] Link { get; init; }

    public string? Name { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Statements on the key log.</summary>
public static class KeySql
{
    /// <summary>Locks the user's own profile: a key log grows by one transaction at a time. Null without a profile.</summary>
    public static Task<long?> LockOwner(Tx tx, long userId) =>
        tx.Scalar<long?>(
            """
            select user_id
              from profiles
             where user_id = @userId
               for no key update
            """,
            new { userId });

    /// <summary>A whole log.</summary>
    public static Task<IEnumerable<KeyLogRow>> Log(Tx tx, long userId) =>
        tx.Query<KeyLogRow>(
            """
            select seq, statement, link, name, at
              from key_log
             where user_id = @userId
             order by seq
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

    /// <summary>Every device that users ever had.</summary>
    public static Task<IEnumerable<DeviceRow>> Devices(Tx tx, long[] userIds) =>
        tx.Query<DeviceRow>(
            """
            select a.user_id, a.key_id, a.signing_key,
                   not exists (select 1
                                 from key_log r
                                where r.key_id = a.key_id
                                  and r.kind = 'Revoke') as is_active
              from key_log a
             where a.user_id = any(@userIds)
               and a.kind = 'Add'
            """,
            new { userIds });

    /// <summary>True when a device is in anybody's log.</summary>
    public static Task<bool> IsKnown(Tx tx, byte[] keyId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from key_log
                            where key_id = @keyId
                              and kind = 'Add')
            """,
            new { keyId });

    public static Task Append(Tx tx, KeyStatement statement, string? name, DateTimeOffset at) =>
        tx.Execute(
            """
            select key_append(@UserId, @Seq, @kind, @KeyId, @SigningKey, @AgreementKey, @SignerId, @Bytes, @Link, @name, @at)
            """,
            new
            {
                statement.UserId,
                statement.Seq,
                kind = statement.Kind.ToString(),
                statement.KeyId,
                statement.SigningKey,
                statement.AgreementKey,
                statement.SignerId,
                statement.Bytes,
                statement.Link,
                name,
                at,
            });
}
