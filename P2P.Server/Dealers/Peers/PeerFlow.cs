using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Accounts.Keys;
using P2P.Server.Accounts.Profiles;
using P2P.Server.Core;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Peers;

/// <summary>Joining the network, one's own name and choices, and the directory.</summary>
public sealed class PeerFlow(Database database, RequestLog requests)
{
    public Task<PeerView> Join(Caller caller, JoinNetworkRequest request, CancellationToken cancellation)
    {
        var (name, keyId) = (PeerRules.Name(request.Name), PeerRules.Id(request.KeyId, "keyId"));
        return requests.Once(
            caller,
            nameof(IPeerCalls.JoinNetwork),
            request,
            change => Join(change, caller, name, keyId, request.IsDiscoverable),
            cancellation);
    }

    public async Task<PeerView> Get(Caller caller, CancellationToken cancellation) => View(
        await database.Read(tx => PeerSql.Find(tx, caller.UserId), cancellation) ?? throw PeerRules.NotAPeer());

    public Task<PeerView> Update(Caller caller, UpdatePeerRequest request, CancellationToken cancellation)
    {
        var name = request.Name is null ? null : PeerRules.Name(request.Name);
        return requests.Once(
            caller,
            nameof(IPeerCalls.UpdatePeer),
            request,
            async change =>
            {
                var before = await PeerSql.Lock(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                var after = before with
                {
                    Name = name ?? before.Name,
                    IsDiscoverable = request.IsDiscoverable ?? before.IsDiscoverable,
                    HidesStatus = request.HidesStatus ?? before.HidesStatus,
                };
                await PeerSql.Update(change.Tx, after, await change.Now());
                Tell(change, after);
                return View(after);
            },
            cancellation);
    }

    public async Task<Page<PeerEntry>> Search(Caller caller, SearchPeersRequest request, CancellationToken cancellation)
    {
        var (limit, prefix, after) = (ListPage.Size(request.Limit), PeerRules.Prefix(request.Text), PeerRules.After(request.Cursor));
        var rows = await database.Read(
            async tx =>
            {
                _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                return (await PeerSql.Search(tx, caller.UserId, prefix, after, limit + 1)).ToList();
            },
            cancellation);
        return new Page<PeerEntry>
        {
            Items =
            [
                .. rows.Take(limit).Select(peer => new PeerEntry
                {
                    PeerId = PeerRules.Spell(peer.PeerId),
                    ProfileId = peer.UserId,
                    Name = peer.Name,
                }),
            ],
            NextCursor = rows.Count > limit ? PeerRules.Cursor(rows[limit - 1].JoinedAt, rows[limit - 1].UserId) : null,
        };
    }

    private static async Task<PeerView> Join(Change change, Caller caller, string name, byte[] keyId, bool isDiscoverable)
    {
        // Under the lock of the profile a device cannot be revoked meanwhile.
        _ = await KeySql.LockOwner(change.Tx, caller.UserId) ?? throw new Refused(ErrorCodes.NotJoinedP2P, ProfileFlow.NotJoined);
        if (await PeerSql.Find(change.Tx, caller.UserId) is not null)
        {
            throw new Refused(ErrorCodes.AlreadyDone, "You have joined the dealers' network.");
        }

        var device = (await KeySql.Devices(change.Tx, [caller.UserId])).FirstOrDefault(one => one.KeyId.AsSpan().SequenceEqual(keyId))
            ?? throw new Refused(ErrorCodes.NotFound, "You have no such device.");
        if (!device.IsActive)
        {
            throw new Refused(ErrorCodes.DeviceRevoked, "This device is revoked.");
        }

        var peer = new Peer
        {
            UserId = caller.UserId,
            PeerId = keyId,
            Name = name,
            IsDiscoverable = isDiscoverable,
            HidesStatus = false,
            JoinedAt = await change.Now(),
        };
        if (await PeerSql.Insert(change.Tx, peer) == 0)
        {
            throw new Refused(ErrorCodes.AlreadyDone, "You have joined the dealers' network.");
        }

        await ProfileSql.InsertStream(change.Tx, caller.UserId, Audience.Dealer);
        Tell(change, peer);
        return View(peer);
    }

    private static void Tell(Change change, Peer peer) => change.Tell(PendingEvent.For(
        peer.UserId, Audience.Dealer, nameof(IDealerClient.PeerChanged), new PeerChanged { PeerId = PeerRules.Spell(peer.PeerId) }));

    private static PeerView View(Peer peer) => new()
    {
        PeerId = PeerRules.Spell(peer.PeerId),
        Name = peer.Name,
        IsDiscoverable = peer.IsDiscoverable,
        HidesStatus = peer.HidesStatus,
        JoinedAt = peer.JoinedAt,
    };
}
