using System.Net;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Core;
using P2P.Server.Dealers.Connections;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Invitations;

/// <summary>Who has a locator alone asks; the inviter answers.</summary>
public sealed class InvitationRequestFlow(Database database, RequestLog requests, InvitationTries tries, ConnectionFlow connections)
{
    public Task<InvitationRequestReply> Ask(
        Caller caller, IPAddress network, RequestInvitationRequest request, CancellationToken cancellation)
    {
        var (locator, grants) = (InvitationRules.Locator(request.Locator), PeerRules.Level(request.Grants, "grants"));
        return tries.Run(
            caller,
            network,
            TryKind.Locator,
            request.RequestId,
            () => requests.Once(
                caller, nameof(IInvitationCalls.RequestInvitation), request, change => Ask(change, caller, locator, grants), cancellation),
            cancellation);
    }

    public async Task<Page<InvitationRequestView>> List(Caller caller, ListInvitationsRequest request, CancellationToken cancellation)
    {
        var limit = ListPage.Size(request.Limit);
        var (at, id) = ListPage.Moment(request.Cursor);
        var rows = await database.Read(
            async tx =>
            {
                _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                return (await InvitationRequestSql.Waiting(tx, caller.UserId, at, id, limit + 1)).ToList();
            },
            cancellation);
        return new Page<InvitationRequestView>
        {
            Items = [.. rows.Take(limit).Select(View)],
            NextCursor = rows.Count > limit ? ListPage.After(rows[limit - 1].At, rows[limit - 1].Id) : null,
        };
    }

    public Task<ConnectionView> Approve(Caller caller, AnswerInvitationRequest request, CancellationToken cancellation) => requests.Once(
        caller,
        nameof(IInvitationCalls.ApproveInvitationRequest),
        request,
        async change =>
        {
            var asked = await Answer(change, caller, request.InvitationRequestId, InvitationRequestState.Approved);
            var row = await InvitationSql.Find(change.Tx, asked.InvitationId) ?? throw InvitationRules.NotFound();
            await InvitationFlow.Use(change, row, asked.RequesterId, asked.Grants, proven: null);
            return await connections.View(change.Tx, caller.UserId, asked.RequesterId);
        },
        cancellation);

    public Task<InvitationRequestReply> Decline(Caller caller, AnswerInvitationRequest request, CancellationToken cancellation) =>
        requests.Once(
            caller,
            nameof(IInvitationCalls.DeclineInvitationRequest),
            request,
            async change => Reply(
                (await Answer(change, caller, request.InvitationRequestId, InvitationRequestState.Declined)).Id,
                InvitationRequestState.Declined),
            cancellation);

    private static async Task<InvitationRequestReply> Ask(Change change, Caller caller, string locator, AccessLevel grants)
    {
        _ = await PeerSql.Lock(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
        var row = await InvitationFlow.Usable(change.Tx, caller, locator, tokenHash: null);
        var present = await ConnectionSql.Find(change.Tx, caller.UserId, row.InviterId);
        if (present is { IsEnded: false })
        {
            throw new Refused(ErrorCodes.AlreadyConnected, "You are connected already.");
        }

        if (await InvitationRequestSql.CountPending(change.Tx, caller.UserId) >= Limits.InvitationRequestsPendingMax)
        {
            throw InvitationRules.Quota("invitationRequests", Limits.InvitationRequestsPendingMax);
        }

        var id = Ids.New();
        if (await InvitationRequestSql.Insert(change.Tx, id, row.Id, caller.UserId, grants, await change.Now()) == 0)
        {
            throw new Refused(ErrorCodes.AlreadyDone, "You asked by this invitation before.");
        }

        Tell(change, [row.InviterId, caller.UserId], id, InvitationRequestState.Pending);
        return Reply(id, InvitationRequestState.Pending);
    }

    private static async Task<AskedInvitation> Answer(Change change, Caller caller, Guid id, InvitationRequestState state)
    {
        _ = await PeerSql.Find(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
        var asked = await InvitationRequestSql.Find(change.Tx, id) is { } row && row.InviterId == caller.UserId
            ? row
            : throw new Refused(ErrorCodes.NotFound, "Nobody asked you so.");
        if (await InvitationRequestSql.Answer(change.Tx, id, state, await change.Now()) == 0)
        {
            throw new Refused(ErrorCodes.AlreadyDone, "You answered this before.");
        }

        Tell(change, [asked.InviterId, asked.RequesterId], id, state);
        return asked;
    }

    private static void Tell(Change change, IEnumerable<long> userIds, Guid id, InvitationRequestState state) =>
        change.Tell(PendingEvent.ForAll(
            userIds,
            Audience.Dealer,
            nameof(IDealerClient.InvitationRequestChanged),
            new InvitationRequestChanged { InvitationRequestId = id, State = state }));

    private static InvitationRequestReply Reply(Guid id, InvitationRequestState state) => new() { InvitationRequestId = id, State = state };

    private static InvitationRequestView View(AskedInvitation row) => new()
    {
        InvitationRequestId = row.Id,
        InvitationId = row.InvitationId,
        PeerId = PeerRules.Spell(row.PeerId),
        ProfileId = row.RequesterId,
        Name = row.Name,
        Granted = row.Grants,
        At = row.At,
    };
}
