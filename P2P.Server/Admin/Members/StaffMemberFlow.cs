using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Admin.Members;

/// <summary>Who can be given a case.</summary>
public sealed class StaffMemberFlow(Database database)
{
    /// <summary>The roles that decide cases.</summary>
    public static IReadOnlyList<string> Deciding { get; } = [StaffRoles.Admin, StaffRoles.Arbitrator];

    /// <summary>The roles that may read a room as a helper.</summary>
    public static IReadOnlyList<string> Helping { get; } = [StaffRoles.Admin, StaffRoles.Arbitrator, StaffRoles.Support];

    public async Task<Page<StaffMemberView>> List(ListStaffRequest request, CancellationToken cancellation)
    {
        if (request.Role is { } role && !StaffRoles.All.Contains(role))
        {
            throw new Refused(ErrorCodes.BadInput, "There is no such role.", ("path", "role"));
        }

        var size = ListPage.Size(request.Limit);
        var after = ListPage.Number(request.Cursor);
        var rows = (await database.Read(tx => StaffMemberSql.List(tx, request.Role, after, size + 1), cancellation)).ToList();
        return new Page<StaffMemberView>
        {
            Items = [.. rows.Take(size).Select(row => row.View())],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].UserId) : null,
        };
    }

    /// <summary>A member of staff with one of the roles, by id or by subject.</summary>
    internal static async Task<StaffMemberRow> Find(Tx tx, long? userId, string? sub, IReadOnlyList<string> roles) =>
        await StaffMemberSql.Find(tx, userId, sub) is { } member && member.Roles.Intersect(roles).Any()
            ? member
            : throw new Refused(ErrorCodes.NotFound, "Nobody of the staff who could do this was ever connected under that name.");
}
