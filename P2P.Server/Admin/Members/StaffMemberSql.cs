using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Members;

/// <summary>A member of staff as the statements read one.</summary>
internal sealed record StaffMemberRow
{
    public required long UserId { get; init; }
    public required string Sub { get; init; }
    public required string[] Roles { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
    public required int OpenCases { get; init; }

    public StaffMemberView View() => new() { UserId = UserId, Sub = Sub, Roles = Roles, SeenAt = SeenAt, OpenCases = OpenCases };
}

/// <summary>Statements on who was ever connected as staff.</summary>
internal static class StaffMemberSql
{
    private const string Rows =
        """
        select m.user_id, u.sub, m.roles, m.seen_at,
               cast((select count(*) from disputes d where d.assignee_id = m.user_id and d.deadline is not null)
                  + (select count(*) from complaints c where c.assignee_id = m.user_id and c.status <> 'Decided') as integer) as open_cases
          from staff_members m
          join users u on u.id = m.user_id
        """;

    /// <summary>Somebody is here with these roles.</summary>
    public static Task<int> Seen(Tx tx, long userId, string[] roles) =>
        tx.Execute(
            """
            insert into staff_members (user_id, roles, seen_at)
            values (@userId, @roles, clock_timestamp())
                on conflict (user_id) do update
               set roles = excluded.roles,
                   seen_at = excluded.seen_at
            """,
            new { userId, roles });

    public static Task<StaffMemberRow?> Find(Tx tx, long? userId, string? sub) =>
        tx.One<StaffMemberRow>(
            $"""
            {Rows}
             where (cast(@userId as bigint) is null or m.user_id = @userId)
               and (cast(@sub as text) is null or u.sub = @sub)
               and num_nonnulls(cast(@userId as bigint), cast(@sub as text)) > 0
            """,
            new { userId, sub });

    public static Task<IEnumerable<StaffMemberRow>> List(Tx tx, string? role, long? after, int rowsMax) =>
        tx.Query<StaffMemberRow>(
            $"""
            {Rows}
             where m.user_id > coalesce(@after, 0)
               and (cast(@role as text) is null or @role = any(m.roles))
             order by m.user_id
             limit @rowsMax
            """,
            new { role, after, rowsMax });

    public static Task<IEnumerable<StaffMemberRow>> HelpersOf(Tx tx, Guid disputeId) =>
        tx.Query<StaffMemberRow>(
            $"""
            {Rows}
              join dispute_helpers h on h.user_id = m.user_id
             where h.dispute_id = @disputeId
             order by h.at
            """,
            new { disputeId });
}
