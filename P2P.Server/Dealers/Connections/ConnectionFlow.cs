using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Connections;

/// <summary>Connections: listed, changed, blocked, ended. Both sides hear what changes in what they see.</summary>
public sealed class ConnectionFlow(Database database, RequestLog requests, StatusFeed status)
{
    public async Task<Page<ConnectionView>> List(Caller caller, ListConnectionsRequest request, CancellationToken cancellation)
    {
        var (limit, after) = (ListPage.Size(request.Limit), PeerRules.After(request.Cursor));
        var rows = await database.Read(
            async tx =>
            {
                _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                return (await ConnectionSql.List(tx, caller.UserId, after, limit + 1)).ToList();
            },
            cancellation);
        return new Page<ConnectionView>
        {
            Items = [.. rows.Take(limit).Select(View)],
            NextCursor = rows.Count > limit ? PeerRules.Cursor(rows[limit - 1].Since, rows[limit - 1].OtherId) : null,
        };
    }

    public async Task<ConnectionView> Get(Caller caller, GetConnectionRequest request, CancellationToken cancellation)
    {
        var peerId = PeerRules.Id(request.PeerId, "peerId");
        return View(await database.Read(
            async tx => ConnectionRules.Seen(await ConnectionSql.Find(tx, caller.UserId, await Other(tx, caller, peerId))), cancellation));
    }

    public Task<ConnectionView> SetAccess(Caller caller, SetAccessRequest request, CancellationToken cancellation)
    {
        var (peerId, grants) = (PeerRules.Id(request.PeerId, "peerId"), PeerRules.Level(request.Grants, "grants"));
        return requests.Once(
            caller,
            nameof(IPeerConnectionCalls.SetAccess),
            request,
            async change => View(await Alter(change, caller, peerId, async (row, at) =>
            {
                ConnectionRules.Connected(row);
                await ConnectionSql.SetGrants(change.Tx, row.OwnerId, row.OtherId, grants, at);
            })),
            cancellation);
    }

    public Task<ConnectionReply> Block(Caller caller, PeerRequest request, CancellationToken cancellation) =>
        Once(caller, nameof(IPeerConnectionCalls.BlockPeer), request, (tx, row, at) =>
            ConnectionSql.SetBlocked(tx, row.OwnerId, row.OtherId, isBlocked: true, at), cancellation);

    public Task<ConnectionReply> Unblock(Caller caller, PeerRequest request, CancellationToken cancellation) =>
        Once(caller, nameof(IPeerConnectionCalls.UnblockPeer), request, (tx, row, at) =>
            ConnectionSql.SetBlocked(tx, row.OwnerId, row.OtherId, isBlocked: false, at), cancellation);

    public Task<ConnectionReply> Revoke(Caller caller, PeerRequest request, CancellationToken cancellation) =>
        Once(caller, nameof(IPeerConnectionCalls.RevokeConnection), request, (tx, row, at) =>
            ConnectionSql.End(tx, row.OwnerId, [row.OtherId], at), cancellation);

    public Task<CutBranchReply> CutBranch(Caller caller, PeerRequest request, CancellationToken cancellation)
    {
        var peerId = PeerRules.Id(request.PeerId, "peerId");
        return requests.Once(
            caller, nameof(IInvitationCalls.CutBranch), request, change => CutBranch(change, caller, peerId), cancellation);
    }

    /// <summary>
    /// Connects who invited with who was invited, in the change's transaction, after the caller of this has used up the invitation.
    /// </summary>
    public static async Task Connect(
        Change change, long inviterId, AccessLevel inviterGrants, long accepterId, AccessLevel accepterGrants, DateTimeOffset at)
    {
        if (await ConnectionSql.Connect(change.Tx, inviterId, inviterGrants, accepterId, accepterGrants, at) != 2)
        {
            throw new Refused(ErrorCodes.AlreadyConnected, "You are connected already.");
        }

        Tell(change, [], await ConnectionSql.Sides(change.Tx, inviterId, [accepterId]));
    }

    /// <summary>The connection as its owner sees it just now.</summary>
    public async Task<ConnectionView> View(Tx tx, long ownerId, long otherId) =>
        View(ConnectionRules.Seen(await ConnectionSql.Find(tx, ownerId, otherId)));

    /// <summary>Whoever is connected with a peer hears that the peer's keys are others.</summary>
    public static async Task TellKeysChanged(Change change, KeysChanged changed) => change.Tell(PendingEvent.ForAll(
        await ConnectionSql.ConnectedWith(change.Tx, changed.ProfileId), Audience.Dealer, nameof(IAccountClient.KeysChanged), changed));

    private static async Task<CutBranchReply> CutBranch(Change change, Caller caller, byte[] peerId)
    {
        var root = await Other(change.Tx, caller, peerId);
        var branch = (await ConnectionSql.Branch(change.Tx, caller.UserId, root)).ToArray();
        if (branch.Length == 0)
        {
            throw ConnectionRules.NotFound();
        }

        await PeerSql.LockAll(change.Tx, [caller.UserId, .. branch]);
        await ConnectionSql.Lock(change.Tx, caller.UserId, branch);
        var before = (await ConnectionSql.Sides(change.Tx, caller.UserId, branch)).ToList();
        await ConnectionSql.End(change.Tx, caller.UserId, branch, await change.Now());
        Tell(change, before, await ConnectionSql.Sides(change.Tx, caller.UserId, branch));
        return new CutBranchReply
        {
            PeerIds = [.. before.Where(row => row.OwnerId == caller.UserId && !row.IsEnded).Select(row => PeerRules.Spell(row.PeerId))],
        };
    }

    private Task<ConnectionReply> Once(
        Caller caller,
        string call,
        PeerRequest request,
        Func<Tx, ConnectionRow, DateTimeOffset, Task> write,
        CancellationToken cancellation)
    {
        var peerId = PeerRules.Id(request.PeerId, "peerId");
        return requests.Once(
            caller,
            call,
            request,
            async change =>
            {
                var after = await Alter(change, caller, peerId, (row, at) => write(change.Tx, row, at));
                return new ConnectionReply { PeerId = request.PeerId, State = ConnectionRules.Side(after).State };
            },
            cancellation);
    }

    /// <summary>Changes a connection that the caller sees, under its lock; answers how the caller sees it afterwards.</summary>
    private static async Task<ConnectionRow> Alter(
        Change change, Caller caller, byte[] peerId, Func<ConnectionRow, DateTimeOffset, Task> write)
    {
        var otherId = await Other(change.Tx, caller, peerId);
        await PeerSql.LockAll(change.Tx, [caller.UserId, otherId]);
        await ConnectionSql.Lock(change.Tx, caller.UserId, [otherId]);
        var before = (await ConnectionSql.Sides(change.Tx, caller.UserId, [otherId])).ToList();
        await write(ConnectionRules.Seen(before.Find(row => row.OwnerId == caller.UserId)), await change.Now());
        var after = (await ConnectionSql.Sides(change.Tx, caller.UserId, [otherId])).ToList();
        Tell(change, before, after);
        return after.Single(row => row.OwnerId == caller.UserId);
    }

    /// <summary>Each side hears of it when what that side sees is another thing now.</summary>
    private static void Tell(Change change, IReadOnlyCollection<ConnectionRow> before, IEnumerable<ConnectionRow> after)
    {
        foreach (var row in after)
        {
            var seen = ConnectionRules.Side(row);
            if (before.FirstOrDefault(one => one.OwnerId == row.OwnerId && one.OtherId == row.OtherId) is not { } former
                || ConnectionRules.Side(former) != seen)
            {
                change.Tell(PendingEvent.For(
                    row.OwnerId,
                    Audience.Dealer,
                    nameof(IDealerClient.ConnectionChanged),
                    new ConnectionChanged
                    {
                        PeerId = PeerRules.Spell(row.PeerId),
                        ProfileId = row.OtherId,
                        State = seen.State,
                        Grants = seen.Grants,
                        Granted = seen.Granted,
                    }));
            }
        }
    }

    /// <summary>The other's user id; the caller must be a peer. Who is none is as a peer with whom the caller is not connected.</summary>
    private static async Task<long> Other(Tx tx, Caller caller, byte[] peerId)
    {
        _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
        return await PeerSql.UserOf(tx, peerId) ?? throw ConnectionRules.NotFound();
    }

    private ConnectionView View(ConnectionRow row)
    {
        var side = ConnectionRules.Side(row);
        var showsStatus = side.State == ConnectionState.Connected && !row.HidesStatus;
        return new ConnectionView
        {
            PeerId = PeerRules.Spell(row.PeerId),
            ProfileId = row.OtherId,
            Name = row.Name,
            State = side.State,
            Grants = side.Grants,
            Granted = side.Granted,
            IsInvitedByMe = row.IsInviter,
            Since = row.Since,
            IsOnline = showsStatus ? status.IsOnline(row.OtherId) : null,
            LastSeenAt = showsStatus ? row.LastSeenAt : null,
        };
    }
}
