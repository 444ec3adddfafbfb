using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Core;

namespace P2P.Server.Admin.Audit;

/// <summary>Reads the audit log.</summary>
public sealed class AuditFlow(Database database)
{
    public async Task<Page<AuditEntry>> List(ListAuditRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Number(request.Cursor);
        var (actor, target, action) =
            (AdminText.Key(request.Actor, "actor"), AdminText.Key(request.Target, "target"), AdminText.Key(request.Action, "action"));
        var rows = (await database.Read(tx => AuditSql.List(tx, actor, target, action, before, size + 1), cancellation)).ToList();
        return new Page<AuditEntry>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Seq) : null,
        };
    }
}
