using P2P.Contracts.Dealers;
using P2P.Db;

namespace P2P.Server.Dealers.Connections;

/// <summary>What stands between a peer and one of several owners.</summary>
public sealed record AccessRow
{
    public required long OwnerId { get; init; }

    public required bool IsConnected { get; init; }

    public required AccessLevel Grants { get; init; }

    public required bool OwnerBlocks { get; init; }

    public required bool OtherBlocks { get; init; }

    public AccessFacts Facts => new(IsConnected, Grants, OwnerBlocks, OtherBlocks);
}

/// <summary>Statements that read what <see cref="AccessRules"/> decides by.</summary>
public static class AccessSql
{
    /// <summary>What stands between a peer and these owners; strangers have no row.</summary>
    public static Task<IEnumerable<AccessRow>> At(Tx tx, long viewerId, long[] ownerIds) =>
        tx.Query<AccessRow>(
            """
            select c.owner_id, c.ended_at is null as is_connected, c.grants, c.is_blocked as owner_blocks, r.is_blocked as other_blocks
              from peer_connections c
              join peer_connections r on r.owner_id = c.other_id and r.other_id = c.owner_id
             where c.owner_id = any(@ownerIds)
               and c.other_id = @viewerId
            """,
            new { viewerId, ownerIds });
}
