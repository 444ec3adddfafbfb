using P2P.Db;

namespace P2P.Server.Accounts.PaymentMethods;

/// <summary>A saved payment account.</summary>
internal sealed record PaymentAccountRow
{
    public required Guid Id { get; init; }
    public required long PaymentMethodId { get; init; }
    public string? Label { get; init; }
    public required string Fields { get; init; }
}

/// <summary>Statements on payment accounts: what is saved never changes.</summary>
internal static class PaymentAccountSql
{
    public static Task<IEnumerable<PaymentAccountRow>> OfUser(Tx tx, long userId, int rowsMax) =>
        tx.Query<PaymentAccountRow>(
            """
            select id, payment_method_id, label, cast(fields as text) as fields
              from payment_accounts
             where user_id = @userId
               and deleted_at is null
             order by id
             limit @rowsMax
            """,
            new { userId, rowsMax });

    /// <summary>
    /// Locks the user's profile, so that two who save at once cannot both be the last one that fits. Null without a profile.
    /// </summary>
    public static Task<long?> LockOwner(Tx tx, long userId) =>
        tx.Scalar<long?>(
            """
            select user_id
              from profiles
             where user_id = @userId
               for no key update
            """,
            new { userId });

    public static Task<int> Count(Tx tx, long userId) =>
        tx.Scalar<int>(
            """
            select count(*)
              from payment_accounts
             where user_id = @userId
               and deleted_at is null
            """,
            new { userId });

    public static Task<int> Insert(Tx tx, Guid id, long userId, long paymentMethodId, string? label, string fields, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into payment_accounts (id, user_id, payment_method_id, label, fields, created_at)
            values (@id, @userId, @paymentMethodId, @label, cast(@fields as jsonb), @at)
            """,
            new { id, userId, paymentMethodId, label, fields, at });

    /// <summary>0 when the user has no such account.</summary>
    public static Task<int> Delete(Tx tx, Guid id, long userId, DateTimeOffset at) =>
        tx.Execute(
            """
            update payment_accounts
               set deleted_at = @at
             where id = @id
               and user_id = @userId
               and deleted_at is null
            """,
            new { id, userId, at });
}
