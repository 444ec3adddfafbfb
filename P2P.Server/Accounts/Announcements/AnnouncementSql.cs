using P2P.Db;

namespace P2P.Server.Accounts.Announcements;

/// <summary>An announcement as the database keeps it.</summary>
public sealed record AnnouncementRow
{
    public required Guid Id { get; init; }

    public required string Severity { get; init; }

    public required string Texts { get; init; }

    public required DateTimeOffset FromAt { get; init; }

    public required DateTimeOffset UntilAt { get; init; }

    public required string MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Statements on announcements.</summary>
internal static class AnnouncementSql
{
    /// <summary>Two who announce at once wait for each other.</summary>
    public static Task Lock(Tx tx) => tx.Execute("select pg_advisory_xact_lock(7016233)");

    /// <summary>What is shown now, the newest first.</summary>
    public static Task<IEnumerable<AnnouncementRow>> Shown(Tx tx, int rowsMax) =>
        tx.Query<AnnouncementRow>(
            """
            select a.id, a.severity, cast(a.texts as text) as texts, a.from_at, a.until_at, a.made_by, a.made_at, a.ended_at
              from announcements a
             where a.ended_at is null
               and a.until_at > clock_timestamp()
               and a.from_at <= clock_timestamp()
             order by a.from_at desc, a.id desc
             limit @rowsMax
            """,
            new { rowsMax });

    /// <summary>How many are shown now or later.</summary>
    public static Task<int> CountLive(Tx tx) =>
        tx.Scalar<int>(
            """
            select count(*)::integer
              from announcements a
             where a.ended_at is null
               and a.until_at > clock_timestamp()
            """);

    public static Task<IEnumerable<AnnouncementRow>> List(Tx tx, Guid? before, int rowsMax) =>
        tx.Query<AnnouncementRow>(
            """
            select a.id, a.severity, cast(a.texts as text) as texts, a.from_at, a.until_at, a.made_by, a.made_at, a.ended_at
              from announcements a
             where a.id < coalesce(@before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
             order by a.id desc
             limit @rowsMax
            """,
            new { before, rowsMax });

    public static Task<int> Insert(Tx tx, AnnouncementRow row) =>
        tx.Execute(
            """
            insert into announcements (id, severity, texts, from_at, until_at, made_by, made_at)
            values (@Id, @Severity, cast(@Texts as jsonb), @FromAt, @UntilAt, @MadeBy, @MadeAt)
            """,
            row);

    /// <summary>Null when there is none, or it has ended.</summary>
    public static Task<AnnouncementRow?> End(Tx tx, Guid id) =>
        tx.One<AnnouncementRow>(
            """
            update announcements as a
               set ended_at = clock_timestamp()
             where a.id = @id
               and a.ended_at is null
               and a.until_at > clock_timestamp()
            returning a.id, a.severity, cast(a.texts as text) as texts, a.from_at, a.until_at, a.made_by, a.made_at, a.ended_at
            """,
            new { id });
}
