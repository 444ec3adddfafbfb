using P2P.Contracts;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Backplane;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Realtime.Revocations;

/// <summary>
/// Closes, every second, the connections whose token was revoked on any node, whose user was suspended, or whose time is over. A node that
/// commits a revocation looks at once and asks the others to do so; what they then do is read from the rows, whoever asked.
/// </summary>
public sealed class ConnectionRevoker(Database database, HubLinks links, EventPush push, ClusterBus bus, ILogger<ConnectionRevoker> log)
    : BackgroundService
{
    private const string Channel = "revocations";
    private const string Suspended = "suspended";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A row is seen when its transaction commits, which is later than its time says.
    private static readonly TimeSpan CommitMax = TimeSpan.FromSeconds(10);

    // The database's time of the last round that was done: whatever came since is read, however long there was no database.
    private DateTimeOffset? _readAt;

    // A suspension closes what stands when it is read first; it may be lifted while its row is still recent.
    private readonly HashSet<long> _suspensionsDone = [];

    private readonly Wake _wake = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        push.Revoked += Nudge;
        _ = bus.Join(Channel, _ => _wake.Set());
        try
        {
            await Periodic.Run(() => Pause, _wake, Revoke, log, stoppingToken);
        }
        finally
        {
            push.Revoked -= Nudge;
        }
    }

    private void Nudge()
    {
        _wake.Set();
        bus.Publish(Channel, []);
    }

    private async Task Revoke(CancellationToken cancellation)
    {
        // SignalR closes them by itself at the last moment, but does not say why.
        var ending = DateTimeOffset.UtcNow + Pause;
        foreach (var link in links.All.Where(link => link.Expires <= ending))
        {
            link.Close(ErrorCodes.TokenExpired, "The token's time is over. Connect with a new one.");
        }

        var (now, recent) = await database.Read(Read, cancellation);
        var bySub = recent
            .Where(revocation => revocation.Reason != Suspended || _suspensionsDone.Add(revocation.Id))
            .ToLookup(revocation => revocation.Sub, StringComparer.Ordinal);
        foreach (var link in bySub.Count == 0 ? [] : links.All)
        {
            if (bySub[link.Caller.Sub].FirstOrDefault(revocation => Hits(revocation, link)) is { } hit)
            {
                var (code, message) = Why(hit.Reason);
                link.Close(code, message);
            }
        }

        _suspensionsDone.IntersectWith(recent.Select(revocation => revocation.Id));
        _readAt = now;
    }

    private async Task<(DateTimeOffset Now, List<RecentRevocation> Recent)> Read(Tx tx)
    {
        var now = await RecentRevocationSql.Now(tx);
        return (now, (await RecentRevocationSql.Since(tx, (_readAt ?? now) - CommitMax)).ToList());
    }

    private static bool Hits(RecentRevocation revocation, HubLink link) =>
        revocation.Reason == Suspended || link.IssuedAt < revocation.NotBefore;

    private static (string Code, string Message) Why(string reason) => reason switch
    {
        Suspended => (ErrorCodes.Suspended, "The account is suspended."),
        "role_changed" => (ErrorCodes.RoleChanged, "The user's roles changed. Connect with a new token."),
        _ => (ErrorCodes.SignedOut, "The user signed out everywhere."),
    };
}
