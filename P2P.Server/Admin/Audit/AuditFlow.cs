using P2P.Contracts;
using P2P.Contracts.Admin;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Deals.Ledger.Verify;

namespace P2P.Server.Admin.Audit;

/// <summary>Reads the audit log.</summary>
public sealed class AuditFlow(Database database)
{
    private const int VerifyRowsMax = 10_000;

    public async Task<Page<AuditEntry>> List(ListAuditRequest request, CancellationToken cancellation)
    {
        var size = ListPage.Size(request.Limit);
        var before = ListPage.Number(request.Cursor);
        var (actor, target, action) =
            (AdminText.Key(request.Actor, "actor"), AdminText.Key(request.Target, "target"), AdminText.Key(request.Action, "action"));
        var times = new AuditTimes(request.From?.ToUniversalTime(), request.To?.ToUniversalTime());
        var rows = (await database.Read(tx => AuditSql.List(tx, actor, target, action, times, before, size + 1), cancellation)).ToList();
        return new Page<AuditEntry>
        {
            Items = [.. rows.Take(size)],
            NextCursor = rows.Count > size ? ListPage.After(rows[size - 1].Seq) : null,
        };
    }

    /// <summary>Checks the next part of the chain.</summary>
    public async Task<AuditVerification> Verify(VerifyAuditRequest request, CancellationToken cancellation)
    {
        var after = request.AfterSeq ?? 0;
        if (after < 0)
        {
            throw new Refused(ErrorCodes.BadInput, "Rows are numbered from 1.", ("path", "afterSeq"));
        }

        var walk = await database.Snapshot(tx => AuditCheck.Walk(tx, after, VerifyRowsMax), cancellation);
        return new AuditVerification
        {
            Rows = walk.Rows,
            LastSeq = walk.LastSeq,
            More = walk.Rows == VerifyRowsMax,
            Violation = walk.First?.ToString(),
        };
    }
}
