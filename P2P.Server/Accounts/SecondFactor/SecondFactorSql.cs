using P2P.Db;

namespace P2P.Server.Accounts.SecondFactor;

/// <summary>A user's second factor, set or about to be.</summary>
internal sealed record SecondFactorRow
{
    public required string KeyId { get; init; }
    public required byte[] Sealed { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public required DateTime[] WrongAt { get; init; }

    public bool IsSet => ConfirmedAt is not null;

    public IEnumerable<DateTimeOffset> Wrong => WrongAt.Select(at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));
}

/// <summary>Statements on second factors. Whoever writes has locked the user's row.</summary>
internal static class SecondFactorSql
{
    private const string Columns = "key_id, sealed, expires_at, confirmed_at, wrong_at";

    /// <summary>Those of the users who have set a second factor.</summary>
    public static Task<IEnumerable<long>> Guarded(Tx tx, IReadOnlyList<long> userIds) =>
        tx.Query<long>(
            """
            select user_id
              from second_factors
             where user_id = any(@userIds)
               and confirmed_at is not null
            """,
            new { userIds = userIds.ToArray() });

    public static Task<SecondFactorRow?> Find(Tx tx, long userId) =>
        tx.One<SecondFactorRow>(
            $"""
            select {Columns}
              from second_factors
             where user_id = @userId
            """,
            new { userId });

    public static Task<SecondFactorRow?> Lock(Tx tx, long userId) =>
        tx.One<SecondFactorRow>(
            $"""
            select {Columns}
              from second_factors
             where user_id = @userId
               for no key update
            """,
            new { userId });

    /// <summary>What an app may show beside the server's name.</summary>
    public static Task<string?> NameOf(Tx tx, long userId) =>
        tx.Scalar<string?>(
            """
            select username
              from profiles
             where user_id = @userId
            """,
            new { userId });

    /// <summary>A secret that waits to be confirmed, in the place of a former one; 0 when a second factor is set.</summary>
    public static Task<int> Begin(Tx tx, long userId, SealedBytes secret, DateTimeOffset at, DateTimeOffset expiresAt) =>
        tx.Execute(
            """
            insert into second_factors as f (user_id, key_id, sealed, begun_at, expires_at)
            values (@userId, @KeyId, @Bytes, @at, @expiresAt)
                on conflict (user_id) do update
               set key_id = excluded.key_id,
                   sealed = excluded.sealed,
                   begun_at = excluded.begun_at,
                   expires_at = excluded.expires_at
             where f.confirmed_at is null
            """,
            new { userId, secret.KeyId, secret.Bytes, at, expiresAt });

    /// <summary>The codes of a former secret say nothing of a new one.</summary>
    public static Task<int> ForgetUses(Tx tx, long userId) =>
        tx.Execute(
            """
            delete from second_factor_uses
             where user_id = @userId
            """,
            new { userId });

    public static Task<int> Confirm(Tx tx, long userId, DateTimeOffset at) =>
        tx.Execute(
            """
            update second_factors
               set confirmed_at = @at
             where user_id = @userId
               and confirmed_at is null
            """,
            new { userId, at });

    /// <summary>Removes the factor with all that belongs to it; 0 when none is set.</summary>
    public static Task<int> Remove(Tx tx, long userId) =>
        tx.Execute(
            """
            delete from second_factors
             where user_id = @userId
               and confirmed_at is not null
            """,
            new { userId });

    public static Task<int> Reseal(Tx tx, long userId, SealedBytes secret) =>
        tx.Execute(
            """
            update second_factors
               set key_id = @KeyId,
                   sealed = @Bytes
             where user_id = @userId
            """,
            new { userId, secret.KeyId, secret.Bytes });

    /// <summary>Whether the request was decided before: then it has its answer, and no code is looked at.</summary>
    public static Task<bool> IsDecided(Tx tx, long userId, Guid requestId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from requests
                            where user_id = @userId
                              and request_id = @requestId)
            """,
            new { userId, requestId });

    /// <summary>The steps whose codes were used for a request.</summary>
    public static Task<IEnumerable<long>> StepsOf(Tx tx, long userId, Guid requestId) =>
        tx.Query<long>(
            """
            select step
              from second_factor_uses
             where user_id = @userId
               and request_id = @requestId
            """,
            new { userId, requestId });

    /// <summary>Whether a code of any kind was used for a request.</summary>
    public static Task<bool> IsProven(Tx tx, long userId, Guid requestId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from second_factor_uses
                            where user_id = @userId
                              and request_id = @requestId)
                or exists (select 1
                             from recovery_codes
                            where user_id = @userId
                              and used_for = @requestId)
            """,
            new { userId, requestId });

    /// <summary>0 when the step's code was used before.</summary>
    public static Task<int> Use(Tx tx, long userId, long step, Guid requestId, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into second_factor_uses (user_id, step, request_id, at)
            values (@userId, @step, @requestId, @at)
                on conflict (user_id, step) do nothing
            """,
            new { userId, step, requestId, at });

    /// <summary>Removes what no repeat of a request can need any more.</summary>
    public static Task<int> ForgetOldUses(Tx tx, long userId, DateTimeOffset before) =>
        tx.Execute(
            """
            delete from second_factor_uses
             where user_id = @userId
               and at < @before
            """,
            new { userId, before });

    public static Task<bool> RecoveryWasUsedFor(Tx tx, long userId, byte[] hash, Guid requestId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from recovery_codes
                            where user_id = @userId
                              and hash = @hash
                              and used_for = @requestId)
            """,
            new { userId, hash, requestId });

    /// <summary>0 when there is no such code, or it was used before.</summary>
    public static Task<int> UseRecovery(Tx tx, long userId, byte[] hash, Guid requestId, DateTimeOffset at) =>
        tx.Execute(
            """
            update recovery_codes
               set used_at = @at,
                   used_for = @requestId
             where user_id = @userId
               and hash = @hash
               and used_at is null
            """,
            new { userId, hash, requestId, at });

    public static Task<int> CountRecovery(Tx tx, long userId) =>
        tx.Scalar<int>(
            """
            select count(*)
              from recovery_codes
             where user_id = @userId
               and used_at is null
            """,
            new { userId });

    public static Task<int> RemoveRecovery(Tx tx, long userId) =>
        tx.Execute(
            """
            delete from recovery_codes
             where user_id = @userId
            """,
            new { userId });

    public static Task<int> InsertRecovery(Tx tx, long userId, byte[][] hashes) =>
        tx.Execute(
            """
            insert into recovery_codes (user_id, hash)
            select @userId, x.hash
              from unnest(@hashes) x(hash)
            """,
            new { userId, hashes });

    public static Task<int> SetWrong(Tx tx, long userId, DateTime[] wrongAt) =>
        tx.Execute(
            """
            update second_factors
               set wrong_at = @wrongAt
             where user_id = @userId
            """,
            new { userId, wrongAt });
}
