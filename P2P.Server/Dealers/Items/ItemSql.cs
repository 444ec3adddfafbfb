using P2P.Contracts.Dealers;
using P2P.Db;
using P2P.Server.Dealers.Connections;
using P2P.Server.Deals.Engine;
using Script = P2P.Server.Deals.Engine.Script;

namespace P2P.Server.Dealers.Items;

/// <summary>An item, with what decides about one peer and it.</summary>
public sealed record ItemRow
{
    public required Guid Id { get; init; }

    public required long OwnerId { get; init; }

    public required byte[] OwnerPeerId { get; init; }

    public required string OwnerName { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    public required decimal Price { get; init; }

    public required string Currency { get; init; }

    /// <summary>The owner's own fields as JSON.</summary>
    public required string Fields { get; init; }

    public required ItemVisibility Visibility { get; init; }

    public required AccessLevel Gives { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required bool IsClosed { get; init; }

    public required string Unit { get; init; }

    public required decimal Remaining { get; init; }

    public required int Version { get; init; }

    public required bool OwnerIsSuspended { get; init; }

    /// <summary>Whom the following is about.</summary>
    public required long ViewerId { get; init; }

    public required bool IsConnected { get; init; }

    public AccessLevel? Grants { get; init; }

    public DateTimeOffset? ConnectedSince { get; init; }

    public required bool OwnerBlocks { get; init; }

    public required bool OtherBlocks { get; init; }

    public required bool IsBlockedAsContact { get; init; }

    /// <summary>Its pictures as JSON, in order; null where they are not read.</summary>
    public string? Images { get; init; }

    public required bool IsSealed { get; init; }

    /// <summary>The number of the key of what is sealed; 0 for an item that never was.</summary>
    public required int KeyVersion { get; init; }

    /// <summary>What is sealed; null for an open item, and where it is not read.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The item's key for the viewer's devices, as JSON; null where there is none, and where it is not read.</summary>
    public string? Keys { get; init; }

    public AccessLevel? Shared { get; init; }

    public DateTimeOffset? SharedAt { get; init; }

    public ItemFacts Facts => new()
    {
        IsOwner = OwnerId == ViewerId,
        IsClosed = IsClosed,
        OwnerIsSuspended = OwnerIsSuspended,
        Visibility = Visibility,
        Gives = Gives,
        Connection = Grants is { } grants ? new AccessFacts(IsConnected, grants, OwnerBlocks, OtherBlocks) : null,
        ConnectedSince = ConnectedSince,
        IsBlockedAsContact = IsBlockedAsContact,
        Shared = Shared,
        SharedAt = SharedAt,
    };
}

/// <summary>Statements that read items. Each row says all that <see cref="ItemRules"/> decides by.</summary>
public static class ItemSql
{
    /// <summary>What is read of an item <c>i</c> for a viewer <c>v.user_id</c>.</summary>
    private const string Columns =
        """
        i.id, i.owner_id, p.peer_id as owner_peer_id, coalesce(p.name, '') as owner_name, i.name, i.description, i.category, i.price, i.currency,
        i.fields::text as fields, i.visibility, i.gives, i.created_at, o.changed_at as updated_at, i.closed_at is not null or p.name is null as is_closed, o.unit,
        o.remaining, o.version, st.suspended as owner_is_suspended, v.user_id as viewer_id, c.owner_id is not null and c.ended_at is null as is_connected,
        c.grants, c.since as connected_since, coalesce(c.is_blocked, false) as owner_blocks, coalesce(r.is_blocked, false) as other_blocks,
        exists (select 1
                  from contacts k
                 where k.kind = 'Blocked'
                   and ((k.user_id = i.owner_id and k.other_id = v.user_id) or (k.user_id = v.user_id and k.other_id = i.owner_id)))
            as is_blocked_as_contact,
        s.access as shared, s.at as shared_at, i.sealed is not null as is_sealed, i.key_version
        """;

    /// <summary>What only views show: pictures as <c>FileView</c> has them, what is sealed, and its key for the viewer's devices.</summary>
    private const string Shown =
        """
        i.sealed as content,
        (select jsonb_agg(jsonb_build_object('keyId', translate(encode(k.key_id, 'base64'), '+/=' || chr(10), '-_'),
                                             'wrapped', translate(encode(k.wrapped, 'base64'), '+/=' || chr(10), '-_'))
                          order by k.key_id)::text
           from item_keys k
          where k.item_id = i.id
            and k.user_id = v.user_id) as keys,
        (select jsonb_agg(
                    jsonb_build_object(
                        'id', f.id, 'name', f.name, 'contentType', f.content_type, 'bytes', f.bytes, 'width', f.width, 'height', f.height,
                        'sha256', encode(f.sha256, 'hex'), 'encrypted', f.encrypted)
                    order by u.n)::text
           from unnest(i.images) with ordinality u(id, n)
           join files f on f.id = u.id) as images
        """;

    private const string Joins =
        """
          join offers o on o.id = i.id
          join peers p on p.user_id = i.owner_id
          join standings st on st.user_id = i.owner_id
          left join peer_connections c on c.owner_id = i.owner_id and c.other_id = v.user_id
          left join peer_connections r on r.owner_id = v.user_id and r.other_id = i.owner_id
          left join item_shares s on s.item_id = i.id and s.user_id = v.user_id
        """;

    /// <summary>An item, deleted or not, for a peer who may be anybody.</summary>
    public static Task<ItemRow?> Find(Tx tx, long viewerId, Guid id) =>
        tx.One<ItemRow>(
            $"""
            select {Columns}, {Shown}
              from items i
             cross join (select @viewerId::bigint as user_id) v
            {Joins}
             where i.id = @id
            """,
            new { viewerId, id });

    /// <summary>Items that the viewer may see, and perhaps others, newest first from a place on.</summary>
    public static Task<IEnumerable<ItemRow>> List(
        Tx tx, long viewerId, long? ownerId, string? category, string? words, Guid? after, int rowsMax) =>
        tx.Query<ItemRow>(
            $"""
            select {Columns}, {Shown}
              from items i
             cross join (select @viewerId::bigint as user_id) v
            {Joins}
             where i.closed_at is null
               and (i.visibility = 'Public' or i.owner_id = v.user_id or (c.owner_id is not null and c.ended_at is null))
               and (@ownerId::bigint is null or i.owner_id = @ownerId::bigint)
               and (@category::text is null or lower(i.category) = lower(@category::text))
               and (@words::text is null or i.words @@ to_tsquery('simple', @words::text))
               and (@after::uuid is null or i.id < @after::uuid)
             order by i.id desc
             limit @rowsMax
            """,
            new { viewerId, ownerId, category, words, after, rowsMax });

    /// <summary>An item once for each peer whom its owner is connected with.</summary>
    public static Task<IEnumerable<ItemRow>> Viewers(Tx tx, Guid id) => tx.Query<ItemRow>(ViewersText, new { ids = new[] { id } });

    /// <summary>
    /// As <see cref="Viewers"/> for the engine: of items, and of those that orders give back to. Before <see cref="LoadForActors"/>: who is sent away just
    /// now acts no more and is told nothing more, because whoever ends a connection locks the owner's row, too.
    /// </summary>
    public static void LoadViewers(Script script, ICollection<Guid> items, ICollection<Guid> orders, Action<ItemRow> take)
    {
        const string ids = "any($1 || array(select q.offer_id from orders q where q.id = any($2)))";
        script.Read(
            $"""
            select 1
              from peers
             where user_id = any(array(select owner_id from items where id = {ids}))
             order by user_id
               for share
            """,
            _ => { },
            Script.Of(items),
            Script.Of(orders));
        script.Read(ViewersText.Replace("any(@ids)", ids, StringComparison.Ordinal), EngineSql.Each(take), Script.Of(items), Script.Of(orders));
    }

    /// <summary>Items for the engine, each for who acts on it.</summary>
    public static void LoadForActors(Script script, ICollection<Guid> items, ICollection<long> actors, Action<ItemRow> take) => script.Read(
        $"""
        select {Columns}
          from unnest($1, $2) v(item_id, user_id)
          join items i on i.id = v.item_id
        {Joins}
        """,
        EngineSql.Each(take),
        Script.Of(items),
        Script.Of(actors));

    /// <summary>The decimals of a currency or an asset; null when it is unknown.</summary>
    public static Task<int?> ScaleOf(Tx tx, string currency) =>
        tx.Scalar<int?>(
            """
            select scale::integer from currencies where code = @currency
             union all
            select scale::integer from assets where code = @currency
             limit 1
            """,
            new { currency });

    /// <summary>The decimals of those of these currencies and assets that are known.</summary>
    public static Task<IEnumerable<(string Code, int Scale)>> Scales(Tx tx, string[] codes) =>
        tx.Query<(string Code, int Scale)>(
            """
            select code, scale::integer as scale from currencies where code = any(@codes)
             union
            select code, scale::integer from assets where code = any(@codes)
            """,
            new { codes });

    /// <summary>Those of these items that are the owner's and not deleted.</summary>
    public static Task<IEnumerable<Guid>> Own(Tx tx, long ownerId, Guid[] ids) =>
        tx.Query<Guid>(
            """
            select id
              from items
             where owner_id = @ownerId
               and id = any(@ids)
               and closed_at is null
            """,
            new { ownerId, ids });

    /// <summary>True when anything has this id.</summary>
    public static Task<bool> IsTaken(Tx tx, Guid id) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from offers
                            where id = @id)
            """,
            new { id });

    public static Task<int> Count(Tx tx, long ownerId) =>
        tx.Scalar<int>(
            """
            select count(*)::integer
              from items
             where owner_id = @ownerId
               and closed_at is null
            """,
            new { ownerId });

    private const string ViewersText =
        $"""
        select {Columns}
          from items i
          join peer_connections v0 on v0.owner_id = i.owner_id and v0.ended_at is null
         cross join lateral (select v0.other_id as user_id) v
        {Joins}
         where i.id = any(@ids)
        """;
}
