using P2P.Contracts.Dealers;
using P2P.Db;

namespace P2P.Server.Dealers.Invitations;

/// <summary>An invitation, with who accepted it.</summary>
public sealed record Invitation
{
    public required Guid Id { get; init; }

    public required long InviterId { get; init; }

    public required string Locator { get; init; }

    public required byte[] TokenHash { get; init; }

    public required byte[] Nonce { get; init; }

    public required AccessLevel Access { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public long? UsedBy { get; init; }

    public byte[]? UsedPeerId { get; init; }

    public byte[]? UsedKeyLink { get; init; }

    public byte[]? UsedNonce { get; init; }

    public byte[]? UsedProof { get; init; }
}

/// <summary>Statements on invitations.</summary>
public static class InvitationSql
{
    private const string Columns =
        """
        select i.id, i.inviter_id, i.locator, i.token_hash, i.nonce, i.access, i.created_at, i.expires_at, i.revoked_at, i.used_at,
               i.used_by, p.peer_id as used_peer_id, i.used_key_link, i.used_nonce, i.used_proof
          from invitations i
          left join peers p on p.user_id = i.used_by
        """;

    public static Task<Invitation?> ByLocator(Tx tx, string locator) =>
        tx.One<Invitation>(
            Columns +
            """

             where i.locator = @locator
            """,
            new { locator });

    public static Task<Invitation?> Find(Tx tx, Guid id) =>
        tx.One<Invitation>(
            Columns +
            """

             where i.id = @id
            """,
            new { id });

    /// <summary>A user's own from a place on, newest first.</summary>
    public static Task<IEnumerable<Invitation>> List(Tx tx, long userId, DateTimeOffset? afterAt, Guid? afterId, int rowsMax) =>
        tx.Query<Invitation>(
            Columns +
            """

             where i.inviter_id = @userId
               and (@afterAt::timestamptz is null or (i.created_at, i.id) < (@afterAt::timestamptz, @afterId::uuid))
             order by i.created_at desc, i.id desc
             limit @rowsMax
            """,
            new { userId, afterAt, afterId, rowsMax });

    public static Task<int> CountPending(Tx tx, long userId) =>
        tx.Scalar<int>(
            """
            select count(*)
              from invitations
             where inviter_id = @userId
               and used_at is null
               and revoked_at is null
               and expires_at > clock_timestamp()
            """,
            new { userId });

    /// <summary>0 when another invitation has the locator.</summary>
    public static Task<int> Insert(Tx tx, Invitation row) =>
        tx.Execute(
            """
            insert into invitations (id, inviter_id, locator, token_hash, nonce, access, created_at, expires_at)
            values (@Id, @InviterId, @Locator, @TokenHash, @Nonce, @access, @CreatedAt, @ExpiresAt)
                on conflict (locator) do nothing
            """,
            new
            {
                row.Id,
                row.InviterId,
                row.Locator,
                row.TokenHash,
                row.Nonce,
                access = row.Access.ToString(),
                row.CreatedAt,
                row.ExpiresAt,
            });

    /// <summary>
    /// Uses up an invitation that waits: whoever comes second, or too late by the database's clock, finds nothing. Null then.
    /// </summary>
    public static Task<DateTimeOffset?> Use(Tx tx, Guid id, long userId, byte[]? keyLink, byte[]? nonce, byte[]? proof) =>
        tx.Scalar<DateTimeOffset?>(
            """
            update invitations
               set used_at = clock_timestamp(),
                   used_by = @userId,
                   used_key_link = @keyLink,
                   used_nonce = @nonce,
                   used_proof = @proof
             where id = @id
               and used_at is null
               and revoked_at is null
               and expires_at > clock_timestamp()
            returning used_at
            """,
            new { id, userId, keyLink, nonce, proof });

    /// <summary>Ends an invitation of the user's that waits; 0 when it waits no longer.</summary>
    public static Task<int> Revoke(Tx tx, Guid id, long userId, DateTimeOffset at) =>
        tx.Execute(
            """
            update invitations
               set revoked_at = @at
             where id = @id
               and inviter_id = @userId
               and used_at is null
               and revoked_at is null
               and expires_at > clock_timestamp()
            """,
            new { id, userId, at });

    /// <summary>True when one of the two blocks the other, as a peer or as a user.</summary>
    public static Task<bool> IsBlocked(Tx tx, long oneId, long otherId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from peer_connections c
                            where c.is_blocked
                              and ((c.owner_id = @oneId and c.other_id = @otherId) or (c.owner_id = @otherId and c.other_id = @oneId)))
                or exists (select 1
                             from contacts b
                            where b.kind = 'Blocked'
                              and ((b.user_id = @oneId and b.other_id = @otherId) or (b.user_id = @otherId and b.other_id = @oneId)))
            """,
            new { oneId, otherId });
}
