using P2P.Db;

namespace P2P.Server.Accounts.Privacy;

/// <summary>A deletion that was asked for.</summary>
internal sealed record DeletionRow
{
    public required long UserId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>Statements on exports and deletions.</summary>
internal static class PrivacySql
{
    private const int FetchRows = 500;

    /// <summary>Takes the user for this transaction: of two exports at once the second counts the first.</summary>
    public static Task Claim(Tx tx, long userId) =>
        tx.Execute("select pg_advisory_xact_lock(7016230, hashtext(cast(@userId as text)))", new { userId });

    /// <summary>When the newest exports since a time were made, newest first.</summary>
    public static Task<IEnumerable<DateTimeOffset>> ExportsSince(Tx tx, long userId, DateTimeOffset since, int rowsMax) =>
        tx.Query<DateTimeOffset>(
            """
            select at
              from privacy_exports
             where user_id = @userId
               and at > @since
             order by at desc
             limit @rowsMax
            """,
            new { userId, since, rowsMax });

    public static Task<int> CountExport(Tx tx, long userId, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into privacy_exports (user_id, at)
            values (@userId, @at)
            """,
            new { userId, at });

    /// <summary>Each row of a part as JSON, a bounded number at a time. The transaction is a snapshot.</summary>
    public static async Task EachRow(Tx tx, ExportSource source, long userId, Func<string, Task> each)
    {
        await tx.Execute(
            "declare privacy_export no scroll cursor for select cast(row_to_json(x) as text) from (" + source.Sql + ") x", new { userId });
        int read;
        do
        {
            read = 0;
            foreach (var row in await tx.Query<string>("fetch forward " + FetchRows + " from privacy_export"))
            {
                await each(row);
                read++;
            }
        }
        while (read == FetchRows);
        await tx.Execute("close privacy_export");
    }

    /// <summary>A sweep may take longer than a call; this transaction only.</summary>
    public static Task AllowSeconds(Tx tx, int seconds) =>
        tx.Execute("select set_config('statement_timeout', @ms, true)", new { ms = $"{seconds}s" });

    /// <summary>Locks the user's profile; null without one.</summary>
    public static Task<long?> LockProfile(Tx tx, long userId) =>
        tx.Scalar<long?>(
            """
            select user_id
              from profiles
             where user_id = @userId
               for no key update
            """,
            new { userId });

    /// <summary>What stands between a user and the deletion, as codes.</summary>
    public static async Task<string[]> Obstacles(Tx tx, long userId) =>
        await tx.Scalar<string[]>("select privacy_obstacles(@userId)", new { userId }) ?? [];

    public static Task<DeletionRow?> Find(Tx tx, long userId) =>
        tx.One<DeletionRow>(
            """
            select user_id, asked_at, due_at, erased_at
              from deletions
             where user_id = @userId
            """,
            new { userId });

    /// <summary>0 when it was asked for before.</summary>
    public static Task<int> Ask(Tx tx, long userId, DateTimeOffset at, DateTimeOffset dueAt) =>
        tx.Execute(
            """
            insert into deletions (user_id, asked_at, due_at, next_at)
            values (@userId, @at, @dueAt, @dueAt)
                on conflict (user_id) do nothing
            """,
            new { userId, at, dueAt });

    /// <summary>0 when there is none to call off.</summary>
    public static Task<int> CallOff(Tx tx, long userId) =>
        tx.Execute(
            """
            delete from deletions
             where user_id = @userId
               and erased_at is null
            """,
            new { userId });

    /// <summary>Deletions that the sweep has to look at now.</summary>
    public static Task<IEnumerable<DeletionRow>> Due(Tx tx, int rowsMax) =>
        tx.Query<DeletionRow>(
            """
            select user_id, asked_at, due_at, erased_at
              from deletions
             where finished_at is null
               and next_at <= clock_timestamp()
             order by next_at
             limit @rowsMax
            """,
            new { rowsMax });

    /// <summary>Erases; what stood in the way, empty when it is done, null when there was nothing to do.</summary>
    public static Task<string[]?> Erase(Tx tx, long userId) => tx.Scalar<string[]?>("select privacy_erase(@userId)", new { userId });

    /// <summary>Empties what an erased user wrote about orders that are old enough.</summary>
    public static Task<int> EraseWords(Tx tx, long userId, int days) =>
        tx.Execute("select privacy_erase_words(@userId, @days)", new { userId, days });
}
