using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Audit;

/// <summary>Reads of the audit log.</summary>
internal static class AuditSql
{
    public static Task<IEnumerable<AuditEntry>> List(Tx tx, string? actor, string? target, string? action, AuditTimes times, long? before, int rowsMax) =>
        tx.Query<AuditEntry>(
            """
            select seq, at, actor, action, target, before, after, reason, ip, encode(hash, 'hex') as hash
              from audit_log
             where seq < coalesce(@before, 9223372036854775807)
               and (cast(@actor as text) is null or actor = @actor)
               and (cast(@target as text) is null or target = @target)
               and (cast(@action as text) is null or action = @action)
               and (cast(@From as timestamptz) is null or at >= @From)
               and (cast(@To as timestamptz) is null or at < @To)
             order by seq desc
             limit @rowsMax
            """,
            new { actor, target, action, times.From, times.To, before, rowsMax });
}

/// <summary>Between which times.</summary>
internal sealed record AuditTimes(DateTimeOffset? From, DateTimeOffset? To);
