using P2P.Contracts.Accounts;
using P2P.Db;

namespace P2P.Server.Accounts.Merchants;

/// <summary>What requirements are compared with.</summary>
public sealed record MerchantFacts
{
    public required long UserId { get; init; }
    public string? Username { get; init; }
    public required bool IsVerified { get; init; }
    public required bool IsMerchant { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public required int Completed { get; init; }
    public required int Cancelled { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Staff should look at this merchant since then; null when nobody proposed it.</summary>
    public DateTimeOffset? ProposedAt { get; init; }

    public DateTimeOffset? KeptUntil { get; init; }
}

/// <summary>An application's row.</summary>
public sealed record MerchantApplicationRow
{
    public required Guid Id { get; init; }
    public required long UserId { get; init; }
    public required string BusinessName { get; init; }
    public required string Country { get; init; }
    public string? RegistrationNumber { get; init; }
    public string? Website { get; init; }
    public required string Body { get; init; }
    public required MerchantApplicationStatus Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedReason { get; init; }

    public MerchantApplication View => new()
    {
        Id = Id,
        BusinessName = BusinessName,
        Country = Country,
        RegistrationNumber = RegistrationNumber,
        Website = Website,
        Text = Body,
        Status = Status,
        CreatedAt = CreatedAt,
        DecidedAt = DecidedAt,
        DecidedReason = DecidedReason,
    };
}

/// <summary>Statements on applications and on merchants to look at.</summary>
internal static class MerchantSql
{
    private const long SweepLock = 7016222;

    private const string Facts =
        """
        select p.user_id, p.username, p.is_verified, p.is_merchant, p.joined_at, s.completed, s.cancelled, clock_timestamp() as now,
               r.proposed_at, r.kept_until
          from profiles p
          join standings s on s.user_id = p.user_id
          left join merchant_reviews r on r.user_id = p.user_id
        """;

    private const string Applications =
        """
        select a.id, a.user_id, a.business_name, a.country, a.registration_number, a.website, a.body, a.status, a.created_at, a.decided_at,
               a.decided_by, a.decided_reason
          from merchant_applications a
        """;

    /// <summary>Locks the profile: whoever applies, takes back or decides does so one after the other. False without a profile.</summary>
    public static async Task<bool> Lock(Tx tx, long userId) => await tx.Scalar<long?>(
        """
        select user_id
          from profiles
         where user_id = @userId
           for no key update
        """,
        new { userId }) is not null;

    public static Task<MerchantFacts?> FactsOf(Tx tx, long userId) => tx.One<MerchantFacts>(
        $"""
        {Facts}
         where p.user_id = @userId
        """,
        new { userId });

    public static Task<IEnumerable<MerchantFacts>> FactsOf(Tx tx, long[] userIds) => tx.Query<MerchantFacts>(
        $"""
        {Facts}
         where p.user_id = any(@userIds)
        """,
        new { userIds });

    /// <summary>Merchants, and who is not one any more but should be looked at, after a user.</summary>
    public static Task<IEnumerable<MerchantFacts>> Merchants(Tx tx, long after, int rowsMax) => tx.Query<MerchantFacts>(
        $"""
        {Facts}
         where p.user_id = any(array(
               select x.user_id
                 from ((select m.user_id from profiles m where m.is_merchant and m.user_id > @after order by m.user_id limit @rowsMax)
                        union
                       (select v.user_id from merchant_reviews v where v.user_id > @after order by v.user_id limit @rowsMax)) x
                order by x.user_id
                limit @rowsMax))
         order by p.user_id
        """,
        new { after, rowsMax });

    public static Task<MerchantApplicationRow?> Newest(Tx tx, long userId) => tx.One<MerchantApplicationRow>(
        $"""
        {Applications}
         where a.user_id = @userId
         order by a.id desc
         limit 1
        """,
        new { userId });

    public static Task<MerchantApplicationRow?> Find(Tx tx, Guid id) => tx.One<MerchantApplicationRow>(
        $"""
        {Applications}
         where a.id = @id
        """,
        new { id });

    public static Task<IEnumerable<MerchantApplicationRow>> List(Tx tx, string status, Guid? after, int rowsMax) => tx.Query<MerchantApplicationRow>(
        $"""
        {Applications}
         where a.status = @status
           and (cast(@after as uuid) is null or a.id > @after)
         order by a.id
         limit @rowsMax
        """,
        new { status, after, rowsMax });

    public static Task<int> Insert(Tx tx, Guid id, long userId, ApplyForMerchantRequest request, DateTimeOffset at) => tx.Execute(
        """
        insert into merchant_applications (id, user_id, business_name, country, registration_number, website, body, status, created_at)
        values (@id, @userId, @BusinessName, @Country, @RegistrationNumber, @Website, @Text, 'Open', @at)
        """,
        new { id, userId, request.BusinessName, request.Country, request.RegistrationNumber, request.Website, request.Text, at });

    public static Task<int> End(Tx tx, Guid id, string status, string? by, string? reason, DateTimeOffset at) => tx.Execute(
        """
        update merchant_applications
           set status = @status, decided_by = @by, decided_reason = @reason, decided_at = @at
         where id = @id
           and status = 'Open'
        """,
        new { id, status, by, reason, at });

    /// <summary>One node at a time sweeps; the lock ends with the transaction.</summary>
    public static Task<bool> TryLead(Tx tx) => tx.Scalar<bool>("select pg_try_advisory_xact_lock(@SweepLock)", new { SweepLock });

    public static Task<int> Propose(Tx tx, long[] userIds) => tx.Execute(
        """
        insert into merchant_reviews (user_id, proposed_at)
        select x.user_id, clock_timestamp()
          from unnest(@userIds) x(user_id)
         order by x.user_id
            on conflict (user_id) do nothing
        """,
        new { userIds });

    public static Task<int> TakeBack(Tx tx, long[] userIds) => tx.Execute(
        """
        delete from merchant_reviews
         where user_id = any(@userIds)
        """,
        new { userIds });

    /// <summary>Merchants to look at now, longest first.</summary>
    public static Task<IEnumerable<MerchantFacts>> ToReview(Tx tx, long? after, int rowsMax) => tx.Query<MerchantFacts>(
        $"""
        {Facts}
         where p.is_merchant
           and r.proposed_at is not null
           and (r.kept_until is null or r.kept_until <= clock_timestamp())
           and (cast(@after as bigint) is null
                or (r.proposed_at, r.user_id) > (select w.proposed_at, w.user_id from merchant_reviews w where w.user_id = @after))
         order by r.proposed_at, r.user_id
         limit @rowsMax
        """,
        new { after, rowsMax });

    /// <summary>0 when nobody proposed to look at this user.</summary>
    public static Task<int> Keep(Tx tx, long userId, DateTimeOffset until) => tx.Execute(
        """
        update merchant_reviews
           set kept_until = @until
         where user_id = @userId
        """,
        new { userId, until });
}
