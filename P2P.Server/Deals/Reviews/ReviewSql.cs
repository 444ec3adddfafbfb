using P2P.Db;

namespace P2P.Server.Deals.Reviews;

/// <summary>Statements on reviews. Whatever changes one holds the lock of the reviewed profile, whose figures change with it.</summary>
public static class ReviewSql
{
    private const string Columns =
        """
        r.id, r.order_id, o.kind, r.author_id, a.username as author_name, r.subject_id, r.written_by, r.stars, r.tags, r.body, r.version, r.reply,
               r.replied_at, r.hidden_at, r.hidden_reason, r.created_at, r.edited_at
          from reviews r
          join orders o on o.id = r.order_id
          join profiles a on a.user_id = r.author_id
        """;

    /// <summary>An order of the user; null for anyone else's. What a review asks of it changes no more once it has ended.</summary>
    public static Task<ReviewedOrder?> Order(Tx tx, long userId, Guid orderId) =>
        tx.One<ReviewedOrder>(
            """
            select o.id, o.kind, o.buyer_id, o.seller_id, o.status,
                   exists (select 1
                             from order_history h
                            where h.order_id = o.id
                              and h.from_status = 'Disputed') as was_disputed
              from orders o
             where o.id = @orderId
               and @userId in (o.buyer_id, o.seller_id)
            """,
            new { userId, orderId });

    public static Task LockSubject(Tx tx, long userId) =>
        tx.Execute(
            """
            select 1
              from profiles
             where user_id = @userId
               for no key update
            """,
            new { userId });

    public static Task<Review?> Find(Tx tx, Guid id) =>
        tx.One<Review>(
            $"""
            select {Columns}
             where r.id = @id
            """,
            new { id });

    public static Task<IEnumerable<Review>> OfOrder(Tx tx, Guid orderId) =>
        tx.Query<Review>(
            $"""
            select {Columns}
             where r.order_id = @orderId
            """,
            new { orderId });

    public static Task<bool> Exists(Tx tx, Guid orderId, long authorId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from reviews
                            where order_id = @orderId
                              and author_id = @authorId)
            """,
            new { orderId, authorId });

    /// <summary>Reviews of a user that are not hidden, before an id, newest first.</summary>
    public static Task<IEnumerable<Review>> List(Tx tx, long subjectId, int? stars, Guid? before, int rowsMax) =>
        tx.Query<Review>(
            $"""
            select {Columns}
             where r.subject_id = @subjectId
               and r.hidden_at is null
               and (@stars::integer is null or r.stars = @stars::integer)
               and (@before::uuid is null or r.id < @before::uuid)
             order by r.id desc
             limit @rowsMax
            """,
            new { subjectId, stars, before, rowsMax });

    public static Task<int> Count(Tx tx, long subjectId, int stars, int countMax) =>
        tx.Scalar<int>(
            """
            select count(*)
              from (select 1
                      from reviews r
                     where r.subject_id = @subjectId
                       and r.hidden_at is null
                       and r.stars = @stars
                     limit @countMax) found
            """,
            new { subjectId, stars, countMax });

    public static Task<Rating?> Rating(Tx tx, long userId) =>
        tx.One<Rating>(
            """
            select total_reviews, avg_rating
              from profiles
             where user_id = @userId
            """,
            new { userId });

    public static Task Insert(Tx tx, Review review) =>
        tx.Execute(
            """
            insert into reviews (id, order_id, author_id, subject_id, written_by, stars, tags, body, version, created_at)
            values (@Id, @OrderId, @AuthorId, @SubjectId, @WrittenBy, @Stars, @Tags, @Body, @Version, @CreatedAt)
            """,
            new
            {
                review.Id,
                review.OrderId,
                review.AuthorId,
                review.SubjectId,
                WrittenBy = review.WrittenBy.ToString(),
                review.Stars,
                review.Tags,
                review.Body,
                review.Version,
                review.CreatedAt,
            });

    public static Task SaveWords(Tx tx, Guid id, ReviewWords words, int version, DateTimeOffset at) =>
        tx.Execute(
            """
            update reviews
               set stars = @Stars,
                   tags = @Tags,
                   body = @Body,
                   version = @version,
                   edited_at = @at
             where id = @id
            """,
            new { id, words.Stars, words.Tags, words.Body, version, at });

    public static Task SaveReply(Tx tx, Guid id, string reply, int version, DateTimeOffset at) =>
        tx.Execute(
            """
            update reviews
               set reply = @reply,
                   replied_at = @at,
                   version = @version
             where id = @id
            """,
            new { id, reply, version, at });

    /// <summary>Hides a review, or shows it again when no reason is given.</summary>
    public static Task SaveHidden(Tx tx, Guid id, string? by, string? reason, int version, DateTimeOffset at) =>
        tx.Execute(
            """
            update reviews
               set hidden_at = case when @reason::text is null then null else @at end,
                   hidden_by = case when @reason::text is null then null else @by::text end,
                   hidden_reason = @reason::text,
                   version = @version
             where id = @id
            """,
            new { id, by, reason, version, at });

    /// <summary>Adds to the figures of the reviewed profile, which is locked.</summary>
    public static Task AddRating(Tx tx, long userId, int reviews, int stars) =>
        tx.Execute(
            """
            update profiles
               set total_reviews = total_reviews + @reviews,
                   stars_sum = stars_sum + @stars,
                   avg_rating = coalesce(round((stars_sum + @stars) / nullif(total_reviews + @reviews, 0)::numeric, 2), 0)
             where user_id = @userId
            """,
            new { userId, reviews, stars });
}
