using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Presence;
using P2P.Server.Realtime.Push;

namespace P2P.Server.Dealers.Connections;

/// <summary>
/// Tells the dealers who are connected to this node which of their connected peers came and went, on whichever node, and notes when users
/// of this node went. Lossy: whoever lists connections reads the present.
/// </summary>
public sealed class StatusFeed(Database database, PresenceBoard board, HubLinks links, ILogger<StatusFeed> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly LossyBroadcast<PeerStatusChanged> _changes = new(nameof(IDealerClient.PeerStatusChanged), Merge);
    private HashSet<long> _online = [];
    private HashSet<long> _here = [];
    private volatile HashSet<long> _shown = [];

    /// <summary>
    /// True when the user is connected to any node, as of the last look: who reads this and is connected to the user is told of the next
    /// change, however short.
    /// </summary>
    public bool IsOnline(long userId) => _shown.Contains(userId);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Pause, Look, log, stoppingToken);

    private async Task Look(CancellationToken cancellation)
    {
        var (online, here) = (board.Online(), links.Streams.Select(stream => stream.UserId).ToHashSet());
        long[] changed = [.. online.Except(_online), .. _online.Except(online)];
        _shown = online; // Before it is read who is told: whoever still saw the former state is among them.
        long[] left = [.. _here.Where(userId => !online.Contains(userId))];
        if (left.Length > 0)
        {
            await database.Write(tx => StatusSql.Seen(tx, left), cancellation);
        }

        long[] watchers = [.. links.Streams.Where(stream => stream.Audience == Audience.Dealer).Select(stream => stream.UserId)];
        if (changed.Length > 0 && watchers.Length > 0)
        {
            var rows = await database.Read(tx => StatusSql.Watchers(tx, changed, watchers), cancellation);
            foreach (var ofOne in rows.GroupBy(row => row.WatcherId))
            {
                _changes.Tell(
                    links.Of(ofOne.Key, Audience.Dealer),
                    new PeerStatusChanged
                    {
                        Peers =
                        [
                            .. ofOne.Select(row => new PeerStatus
                            {
                                PeerId = PeerRules.Spell(row.PeerId),
                                IsOnline = online.Contains(row.UserId),
                            }),
                        ],
                    });
            }
        }

        // A connection ends a moment before its user counts as gone, and until then the user is remembered.
        (_online, _here) = (online, [.. here, .. _here.Where(online.Contains)]);
    }

    /// <summary>Of each peer the newest.</summary>
    private static PeerStatusChanged Merge(PeerStatusChanged waiting, PeerStatusChanged newest) => new()
    {
        Peers = [.. newest.Peers, .. waiting.Peers.Where(peer => newest.Peers.All(other => other.PeerId != peer.PeerId))],
    };
}
