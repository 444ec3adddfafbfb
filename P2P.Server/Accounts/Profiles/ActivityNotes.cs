using System.Collections.Concurrent;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Accounts.Profiles;

/// <summary>Notes when users leave, some seconds later and many at once: that is when they were seen last. Lossy: a crash notes nothing.</summary>
internal sealed class ActivityNotes(Database database, HubLinks links, ILogger<ActivityNotes> log) : BackgroundService
{
    private const int UsersAtOnceMax = 1_000;
    private const int UsersMax = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, byte> _left = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        links.Removed += Note;
        try
        {
            await Periodic.Run(Pause, Write, log, stoppingToken);
        }
        finally
        {
            links.Removed -= Note;
        }
    }

    private void Note(HubLink link)
    {
        if (_left.Count < UsersMax)
        {
            _left[link.Caller.UserId] = 0;
        }
    }

    private async Task Write(CancellationToken cancellation)
    {
        foreach (var users in _left.Keys.ToArray().Chunk(UsersAtOnceMax))
        {
            await database.Write(tx => ProfileSql.TouchAll(tx, users), cancellation);
            foreach (var user in users)
            {
                _left.TryRemove(user, out _);
            }
        }
    }
}
