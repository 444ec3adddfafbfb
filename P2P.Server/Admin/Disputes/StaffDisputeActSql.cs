using P2P.Db;

namespace P2P.Server.Admin.Disputes;

/// <summary>Statements on helpers and watch lists.</summary>
internal static class StaffDisputeActSql
{
    public static Task<int> CountHelpers(Tx tx, Guid disputeId) =>
        tx.Scalar<int>("select cast(count(*) as integer) from dispute_helpers h where h.dispute_id = @disputeId", new { disputeId });

    /// <summary>0 when they help already.</summary>
    public static Task<int> AddHelper(Tx tx, Guid disputeId, long userId, long addedBy, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into dispute_helpers (dispute_id, user_id, added_by, at)
            values (@disputeId, @userId, @addedBy, @at)
                on conflict (dispute_id, user_id) do nothing
            """,
            new { disputeId, userId, addedBy, at });

    public static Task<int> RemoveHelper(Tx tx, Guid disputeId, long userId) =>
        tx.Execute(
            """
            delete from dispute_helpers
             where dispute_id = @disputeId
               and user_id = @userId
            """,
            new { disputeId, userId });

    public static Task<int> CountWatched(Tx tx, long userId) =>
        tx.Scalar<int>("select cast(count(*) as integer) from dispute_watches w where w.user_id = @userId", new { userId });

    public static Task<int> Watch(Tx tx, long userId, Guid disputeId, string? note, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into dispute_watches (user_id, dispute_id, note, at)
            values (@userId, @disputeId, @note, @at)
                on conflict (user_id, dispute_id) do update
               set note = excluded.note,
                   at = excluded.at
            """,
            new { userId, disputeId, note, at });

    public static Task<int> Unwatch(Tx tx, long userId, Guid disputeId) =>
        tx.Execute(
            """
            delete from dispute_watches
             where user_id = @userId
               and dispute_id = @disputeId
            """,
            new { userId, disputeId });
}
