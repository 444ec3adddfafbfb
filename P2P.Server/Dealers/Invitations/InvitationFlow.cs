using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using P2P.Contracts;
using P2P.Contracts.Dealers;
using P2P.Contracts.Encryption;
using P2P.Db;
using P2P.Server.Accounts.Keys;
using P2P.Server.Core;
using P2P.Server.Dealers.Connections;
using P2P.Server.Dealers.Peers;
using P2P.Server.Realtime.Events;
using P2P.Server.Realtime.Requests;

namespace P2P.Server.Dealers.Invitations;

/// <summary>Makes, shows, ends and accepts invitations.</summary>
public sealed class InvitationFlow(Database database, RequestLog requests, InvitationTries tries, ConnectionFlow connections)
{
    public Task<InvitationView> Create(Caller caller, CreateInvitationRequest request, CancellationToken cancellation)
    {
        var given = InvitationRules.Read(request);
        return requests.Once(
            caller, nameof(IInvitationCalls.CreateInvitation), request, change => Create(change, caller, given), cancellation);
    }

    public async Task<Page<InvitationView>> List(Caller caller, ListInvitationsRequest request, CancellationToken cancellation)
    {
        var limit = ListPage.Size(request.Limit);
        var (at, id) = ListPage.Moment(request.Cursor);
        var (rows, now) = await database.Read(
            async tx =>
            {
                _ = await PeerSql.Find(tx, caller.UserId) ?? throw PeerRules.NotAPeer();
                return ((await InvitationSql.List(tx, caller.UserId, at, id, limit + 1)).ToList(), await RequestSql.Now(tx));
            },
            cancellation);
        return new Page<InvitationView>
        {
            Items = [.. rows.Take(limit).Select(row => View(row, now))],
            NextCursor = rows.Count > limit ? ListPage.After(rows[limit - 1].CreatedAt, rows[limit - 1].Id) : null,
        };
    }

    public Task<InvitationView> Revoke(Caller caller, RevokeInvitationRequest request, CancellationToken cancellation) => requests.Once(
        caller,
        nameof(IInvitationCalls.RevokeInvitation),
        request,
        async change =>
        {
            _ = await PeerSql.Find(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
            _ = await Own(change.Tx, caller, request.InvitationId);
            var now = await change.Now();
            if (await InvitationSql.Revoke(change.Tx, request.InvitationId, caller.UserId, now) == 0)
            {
                throw new Refused(ErrorCodes.AlreadyDone, "This invitation waits no longer.");
            }

            var row = await Own(change.Tx, caller, request.InvitationId);
            Tell(change, row, now);
            return View(row, now);
        },
        cancellation);

    public Task<InvitationOffer> Open(Caller caller, IPAddress network, OpenInvitationRequest request, CancellationToken cancellation)
    {
        var (locator, hash) = (InvitationRules.Locator(request.Locator), InvitationRules.TokenHash(request.Token));
        return tries.Run(
            caller,
            network,
            TryKind.Secret,
            Ids.New(),
            () => database.Read(
                async tx =>
                {
                    var row = await Usable(tx, caller, locator, hash);
                    var inviter = await PeerSql.Find(tx, row.InviterId) ?? throw InvitationRules.NotFound();
                    return new InvitationOffer
                    {
                        PeerId = PeerRules.Spell(inviter.PeerId),
                        ProfileId = inviter.UserId,
                        Name = inviter.Name,
                        Access = row.Access,
                        Nonce = Base64Url.EncodeToString(row.Nonce),
                        ExpiresAt = row.ExpiresAt,
                    };
                },
                cancellation),
            cancellation);
    }

    public Task<ConnectionView> Accept(Caller caller, IPAddress network, AcceptInvitationRequest request, CancellationToken cancellation)
    {
        var given = InvitationRules.Read(request);
        return tries.Run(
            caller,
            network,
            TryKind.Secret,
            request.RequestId,
            () => requests.Once(
                caller, nameof(IInvitationCalls.AcceptInvitation), request, change => Accept(change, caller, given), cancellation),
            cancellation);
    }

    /// <summary>An invitation that the caller can use, found by its locator. Whatever is wrong, the answer is the same.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="caller">Who wants to use it.</param>
    /// <param name="locator">The eight symbols.</param>
    /// <param name="tokenHash">What must be kept of the token; null when the locator is all that the caller has.</param>
    internal static async Task<Invitation> Usable(Tx tx, Caller caller, string locator, byte[]? tokenHash)
    {
        var row = await InvitationSql.ByLocator(tx, locator);
        var isRight = tokenHash is null
            || CryptographicOperations.FixedTimeEquals(row?.TokenHash ?? SHA256.HashData([]), tokenHash);
        return row is not null && isRight && row.InviterId != caller.UserId
            && InvitationRules.StateOf(row, await RequestSql.Now(tx)) == InvitationState.Pending
            && !await InvitationSql.IsBlocked(tx, row.InviterId, caller.UserId)
            ? row
            : throw InvitationRules.NotFound();
    }

    /// <summary>Uses the invitation up and connects the two; the inviter hears who it was and what proves the keys.</summary>
    internal static async Task Use(
        Change change, Invitation row, long accepterId, AccessLevel accepterGrants, GivenAcceptance? proven)
    {
        await ConnectionSql.Lock(change.Tx, row.InviterId, [accepterId]);
        var at = await InvitationSql.Use(change.Tx, row.Id, accepterId, proven?.KeyLink, proven?.Nonce, proven?.Proof)
            ?? throw InvitationRules.NotFound();
        if (await InvitationSql.IsBlocked(change.Tx, row.InviterId, accepterId))
        {
            throw InvitationRules.NotFound();
        }

        await ConnectionFlow.Connect(change, row.InviterId, row.Access, accepterId, accepterGrants, at);
        var now = await change.Now();
        Tell(change, await InvitationSql.Find(change.Tx, row.Id) ?? throw InvitationRules.NotFound(), now);
    }

    private static async Task<InvitationView> Create(Change change, Caller caller, GivenInvitation given)
    {
        _ = await PeerSql.Lock(change.Tx, caller.UserId) ?? throw PeerRules.NotAPeer();
        if (!(await KeySql.Devices(change.Tx, [caller.UserId])).Any(device => device.IsActive))
        {
            throw new Refused(ErrorCodes.KeysRequired, "You have no device whose keys count: register one first.");
        }

        if (await InvitationSql.CountPending(change.Tx, caller.UserId) >= Limits.InvitationsPendingMax)
        {
            throw InvitationRules.Quota("invitations", Limits.InvitationsPendingMax);
        }

        var now = await change.Now();
        while (true)
        {
            var row = new Invitation
            {
                Id = Ids.New(),
                InviterId = caller.UserId,
                Locator = RandomNumberGenerator.GetString(InvitationCode.Alphabet, InvitationCode.LocatorSymbols),
                TokenHash = given.TokenHash,
                Nonce = given.Nonce,
                Access = given.Access,
                CreatedAt = now,
                ExpiresAt = now.AddHours(given.Hours),
            };
            if (await InvitationSql.Insert(change.Tx, row) == 1)
            {
                Tell(change, row, now);
                return View(row, now);
            }
        }
    }

    private async Task<ConnectionView> Accept(Change change, Caller caller, GivenAcceptance given)
    {
        var row = await Usable(change.Tx, caller, given.Locator, given.TokenHash);
        await Use(change, row, caller.UserId, given.Grants, given);
        return await connections.View(change.Tx, caller.UserId, row.InviterId);
    }

    private static async Task<Invitation> Own(Tx tx, Caller caller, Guid id) =>
        await InvitationSql.Find(tx, id) is { } row && row.InviterId == caller.UserId
            ? row
            : throw new Refused(ErrorCodes.NotFound, "You made no such invitation.");

    private static void Tell(Change change, Invitation row, DateTimeOffset now) => change.Tell(PendingEvent.For(
        row.InviterId,
        Audience.Dealer,
        nameof(IDealerClient.InvitationChanged),
        new InvitationChanged { InvitationId = row.Id, State = InvitationRules.StateOf(row, now), Use = UseOf(row) }));

    private static InvitationView View(Invitation row, DateTimeOffset now) => new()
    {
        InvitationId = row.Id,
        Locator = InvitationCode.Show(row.Locator),
        State = InvitationRules.StateOf(row, now),
        Access = row.Access,
        Nonce = Base64Url.EncodeToString(row.Nonce),
        CreatedAt = row.CreatedAt,
        ExpiresAt = row.ExpiresAt,
        Use = UseOf(row),
    };

    private static InvitationUse? UseOf(Invitation row) => row is { UsedAt: { } at, UsedBy: { } userId, UsedPeerId: { } peerId }
        ? new InvitationUse
        {
            PeerId = PeerRules.Spell(peerId),
            ProfileId = userId,
            At = at,
            KeyLink = Text(row.UsedKeyLink),
            Nonce = Text(row.UsedNonce),
            Proof = Text(row.UsedProof),
        }
        : null;

    private static string? Text(byte[]? bytes) => bytes is null ? null : Base64Url.EncodeToString(bytes);
}
