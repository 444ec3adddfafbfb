using System.Collections.Concurrent;
using P2P.Db;

namespace P2P.Server.Accounts.SignIn;

/// <summary>
/// Which tokens are no longer good. The database decides; what was revoked lately is kept in memory, so that a flood costs no reads.
/// </summary>
/// <remarks>
/// <c>iat</c> has a resolution of one second, a revocation of a microsecond. A token issued in the second of the revocation may be older or
/// younger than it; it is refused, and a sign-in right afterwards needs a token of the next second.
/// </remarks>
public sealed class Revocations(Database database)
{
    private const int RecentSeconds = 10;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset NotBefore, long KeptUntilMs)> _recent = new(StringComparer.Ordinal);

    /// <summary>True when a token of this subject, issued then, is revoked.</summary>
    public async Task<bool> Refuse(string sub, DateTimeOffset issuedAt, CancellationToken cancellation) =>
        RefuseFromMemory(sub, issuedAt)
        || (await database.Read(tx => RevocationSql.NotBefore(tx, sub), cancellation) is { } notBefore && issuedAt < notBefore);

    /// <summary>As <see cref="Refuse"/>, from what this node has read: at most a second old, and no older than ten minutes.</summary>
    public bool RefuseFromMemory(string sub, DateTimeOffset issuedAt) =>
        _recent.TryGetValue(sub, out var recent) && issuedAt < recent.NotBefore;

    /// <summary>Reads what was revoked lately; called once a second.</summary>
    public async Task<IReadOnlyList<Revocation>> Refresh(CancellationToken cancellation)
    {
        var rows = (await database.Read(tx => RevocationSql.Recent(tx, RecentSeconds), cancellation)).ToList();
        var now = Environment.TickCount64;
        foreach (var row in rows.Where(row => row.Reason != Revocation.Suspended))
        {
            var keptUntil = now + (long)Kept.TotalMilliseconds;
            _recent.AddOrUpdate(
                row.Sub,
                (row.NotBefore, keptUntil),
                (_, known) => (row.NotBefore > known.NotBefore ? row.NotBefore : known.NotBefore, keptUntil));
        }

        foreach (var (sub, recent) in _recent.Where(pair => pair.Value.KeptUntilMs < now))
        {
            _recent.TryRemove(KeyValuePair.Create(sub, recent));
        }

        return rows;
    }
}
