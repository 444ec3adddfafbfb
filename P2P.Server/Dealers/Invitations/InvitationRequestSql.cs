using P2P.Contracts.Dealers;
using P2P.Db;

namespace P2P.Server.Dealers.Invitations;

/// <summary>Somebody who asks to connect.</summary>
public sealed record AskedInvitation
{
    public required Guid Id { get; init; }

    public required Guid InvitationId { get; init; }

    public required long InviterId { get; init; }

    public required long RequesterId { get; init; }

    public required byte[] PeerId { get; init; }

    public required string Name { get; init; }

    public required AccessLevel Grants { get; init; }

    public required InvitationRequestState State { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Statements on requests to connect.</summary>
public static class InvitationRequestSql
{
    private const string Columns =
        """
        select q.id, q.invitation_id, i.inviter_id, q.requester_id, p.peer_id, p.name, q.grants, q.state, q.at
          from invitation_requests q
          join invitations i on i.id = q.invitation_id
          join peers p on p.user_id = q.requester_id and p.name is not null
        """;

    public static Task<AskedInvitation?> Find(Tx tx, Guid id) =>
        tx.One<AskedInvitation>(
            Columns +
            """

             where q.id = @id
            """,
            new { id });

    /// <summary>Those that wait for a user's answer, from a place on, newest first.</summary>
    public static Task<IEnumerable<AskedInvitation>> Waiting(Tx tx, long inviterId, DateTimeOffset? afterAt, Guid? afterId, int rowsMax) =>
        tx.Query<AskedInvitation>(
            Columns +
            """

             where i.inviter_id = @inviterId
               and q.state = 'Pending'
               and i.used_at is null
               and i.revoked_at is null
               and i.expires_at > clock_timestamp()
               and (@afterAt::timestamptz is null or (q.at, q.id) < (@afterAt::timestamptz, @afterId::uuid))
             order by q.at desc, q.id desc
             limit @rowsMax
            """,
            new { inviterId, afterAt, afterId, rowsMax });

    public static Task<int> CountPending(Tx tx, long requesterId) =>
        tx.Scalar<int>(
            """
            select count(*)
              from invitation_requests q
              join invitations i on i.id = q.invitation_id
             where q.requester_id = @requesterId
               and q.state = 'Pending'
               and i.used_at is null
               and i.revoked_at is null
               and i.expires_at > clock_timestamp()
            """,
            new { requesterId });

    /// <summary>0 when the user asked by this invitation before.</summary>
    public static Task<int> Insert(Tx tx, Guid id, Guid invitationId, long requesterId, AccessLevel grants, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into invitation_requests (id, invitation_id, requester_id, grants, state, at)
            values (@id, @invitationId, @requesterId, @grants, 'Pending', @at)
                on conflict (invitation_id, requester_id) do nothing
            """,
            new { id, invitationId, requesterId, grants = grants.ToString(), at });

    /// <summary>0 when it was answered before.</summary>
    public static Task<int> Answer(Tx tx, Guid id, InvitationRequestState state, DateTimeOffset at) =>
        tx.Execute(
            """
            update invitation_requests
               set state = @state,
                   decided_at = @at
             where id = @id
               and state = 'Pending'
            """,
            new { id, state = state.ToString(), at });
}
