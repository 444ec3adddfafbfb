using P2P.Contracts.Admin;
using P2P.Db;

namespace P2P.Server.Admin.Moderation;

/// <summary>Reads of reviews and ads for staff, hidden ones too.</summary>
internal static class ModerationSql
{
    public static Task<IEnumerable<StaffReviewRow>> Reviews(Tx tx, SearchStaffReviewsRequest search, Guid? before, int rowsMax) =>
        tx.Query<StaffReviewRow>(
            """
            select r.id as review_id, r.order_id, r.author_id, pa.username as author_name, r.subject_id, ps.username as subject_name,
                   cast(r.stars as integer) as stars, r.body as text, r.reply, r.version, r.created_at, r.hidden_at, r.hidden_by,
                   r.hidden_reason as hidden_because
              from reviews r
              left join profiles pa on pa.user_id = r.author_id
              left join profiles ps on ps.user_id = r.subject_id
             where (cast(@before as uuid) is null or r.id < @before)
               and (cast(@AuthorId as bigint) is null or r.author_id = @AuthorId)
               and (cast(@SubjectId as bigint) is null or r.subject_id = @SubjectId)
               and (cast(@OrderId as uuid) is null or r.order_id = @OrderId)
               and (cast(@Hidden as boolean) is null or (r.hidden_at is not null) = @Hidden)
             order by r.id desc
             limit @rowsMax
            """,
            new { search.AuthorId, search.SubjectId, search.OrderId, search.Hidden, before, rowsMax });

    public static Task<IEnumerable<StaffAdRow>> Ads(Tx tx, SearchStaffAdsRequest search, string? status, Guid? before, int rowsMax) =>
        tx.Query<StaffAdRow>(
            """
            select a.id as ad_id, a.owner_id, p.username as owner_name, a.side, a.asset, a.fiat, a.visibility, a.terms, a.auto_reply, o.remaining,
                   x.status, o.version, a.created_at, a.hidden_at, a.hidden_by, a.hidden_reason as hidden_because,
                   cast((select count(*)
                           from orders q
                          where q.offer_id = a.id
                            and q.is_open) as integer) as open_orders
              from ads a
              join offers o on o.id = a.id
              left join profiles p on p.user_id = a.owner_id
              cross join lateral (
                   select case when a.closed_at is not null then 'Closed' when o.open then 'Active' else 'Paused' end as status) x
             where (cast(@before as uuid) is null or a.id < @before)
               and (cast(@OwnerId as bigint) is null or a.owner_id = @OwnerId)
               and (cast(@Asset as text) is null or a.asset = @Asset)
               and (cast(@Fiat as text) is null or a.fiat = @Fiat)
               and (cast(@status as text) is null or x.status = @status)
               and (cast(@Hidden as boolean) is null or (a.hidden_at is not null) = @Hidden)
             order by a.id desc
             limit @rowsMax
            """,
            new { search.OwnerId, search.Asset, search.Fiat, status, search.Hidden, before, rowsMax });
}
