using P2P.Db;

namespace P2P.Server.Deals.House;

/// <summary>An emergency switch as the database keeps it.</summary>
public sealed record SwitchRow
{
    /// <summary>No new orders.</summary>
    public const string Trading = "Trading";

    /// <summary>No escrow goes to a buyer.</summary>
    public const string Releases = "Releases";

    public required string Name { get; init; }

    public required bool Paused { get; init; }

    public string? Reason { get; init; }

    public string? SetBy { get; init; }

    public DateTimeOffset? SetAt { get; init; }
}

/// <summary>Statements on the emergency switches; the engine reads them with its batches.</summary>
public static class SwitchSql
{
    public static Task<IEnumerable<SwitchRow>> All(Tx tx) =>
        tx.Query<SwitchRow>(
            """
            select name, paused, reason, set_by, set_at
              from switches
             order by name desc
            """);

    /// <summary>Waits for the batches that run and keeps out the next ones until the end of the transaction. Comes before any other lock.</summary>
    public static Task Lock(Tx tx) => tx.Execute("select pg_advisory_xact_lock(7016220)");

    public static Task<int> Set(Tx tx, string name, bool paused, string reason, string by, DateTimeOffset at) =>
        tx.Execute(
            """
            update switches
               set paused = @paused,
                   reason = @reason,
                   set_by = @by,
                   set_at = @at
             where name = @name
            """,
            new { name, paused, reason, by, at });
}
