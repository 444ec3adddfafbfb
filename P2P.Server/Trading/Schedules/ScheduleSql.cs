using P2P.Db;

namespace P2P.Server.Trading.Schedules;

/// <summary>A maker's hours as they are stored, with the database's clock.</summary>
public sealed record HoursRow
{
    public string? TimeZone { get; init; }
    public string? Week { get; init; }
    public DateTimeOffset? VacationUntil { get; init; }
    public required DateTimeOffset Now { get; init; }

    public MakerHours Hours => new(TimeZone, Week, VacationUntil);
}

/// <summary>Statements on makers' hours.</summary>
public static class ScheduleSql
{
    /// <summary>One row, also for who never set anything.</summary>
    public static async Task<HoursRow> Of(Tx tx, long userId) => await tx.One<HoursRow>(
        """
        select h.time_zone, cast(h.week as text) as week, h.vacation_until, clock_timestamp() as now
          from (select cast(@userId as bigint) as user_id) u
          left join maker_hours h on h.user_id = u.user_id
        """,
        new { userId }) ?? throw new InvalidOperationException("A row of one value is missing.");

    /// <summary>The database knows the zone: a row with another would break every list that reads it.</summary>
    public static Task<bool> KnowsZone(Tx tx, string zone) => tx.Scalar<bool>("select zone_is_known(@zone)", new { zone });

    public static Task<int> SaveWeek(Tx tx, long userId, string? zone, string? week, DateTimeOffset at) => tx.Execute(
        """
        insert into maker_hours (user_id, time_zone, week, updated_at)
        values (@userId, @zone, cast(@week as int4multirange), @at)
            on conflict (user_id) do update
           set time_zone = excluded.time_zone, week = excluded.week, updated_at = excluded.updated_at
        """,
        new { userId, zone, week, at });

    public static Task<int> SaveVacation(Tx tx, long userId, DateTimeOffset? until, DateTimeOffset at) => tx.Execute(
        """
        insert into maker_hours (user_id, vacation_until, updated_at)
        values (@userId, @until, @at)
            on conflict (user_id) do update
           set vacation_until = excluded.vacation_until, updated_at = excluded.updated_at
        """,
        new { userId, until, at });

    /// <summary>One ad of the maker that is not closed: looking at it a book looks at all of them.</summary>
    public static Task<IEnumerable<Guid>> AnyOffer(Tx tx, long userId) => tx.Query<Guid>(
        """
        select a.id
          from ads a
         where a.owner_id = @userId
           and a.closed_at is null
         limit 1
        """,
        new { userId });
}
