using P2P.Db;

namespace P2P.Server.Accounts.Profiles;

/// <summary>Statements on profiles.</summary>
internal static class ProfileSql
{
    /// <summary>All that <see cref="Profile"/> holds; searches use it, too.</summary>
    public const string Columns =
        """
        p.user_id, u.sub, p.username, p.phone_number, p.email, p.picture_url, p.preferred_currency, p.preferred_payment_methods,
               p.auto_reply, p.is_verified, p.is_merchant, p.avg_rating, p.total_reviews, p.consented_version, p.consented_at,
               p.joined_at, p.updated_at, p.last_active_at, s.completed, s.cancelled, s.cooling_down_until, s.first_trade_at,
               (select max(t.version) from terms t) as terms_version, x.reason as suspended_for, x.until as suspended_until,
               f.id as picture_id
          from profiles p
          join users u on u.id = p.user_id
          join standings s on s.user_id = p.user_id
          left join suspensions x on x.user_id = p.user_id
                                 and x.lifted_at is null
                                 and (x.until is null or x.until > clock_timestamp())
          left join files f on f.owner_id = p.user_id
                           and f.purpose = 'Picture'
                           and f.stored_at is not null
                           and f.removed_at is null
        """;

    public static Task<Profile?> Find(Tx tx, long userId) =>
        tx.One<Profile>(
            $"""
            select {Columns}
             where p.user_id = @userId
            """,
            new { userId });

    /// <summary>
    /// Takes the skeleton for this transaction. Of two who want one name at once the second waits here, so that it is refused and not
    /// broken off
    /// by the unique constraint.
    /// </summary>
    public static Task ClaimSkeleton(Tx tx, string skeleton) =>
        tx.Execute("select pg_advisory_xact_lock(7016204, hashtext(@skeleton))", new { skeleton });

    public static Task<bool> SkeletonIsTaken(Tx tx, string skeleton, long exceptUserId) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from profiles
                            where username_skeleton = @skeleton
                              and user_id <> @exceptUserId)
            """,
            new { skeleton, exceptUserId });

    public static Task<bool> CurrencyExists(Tx tx, string code) =>
        tx.Scalar<bool>(
            """
            select exists (select 1
                             from currencies
                            where code = @code)
            """,
            new { code });

    /// <summary>0 when the user has a profile already.</summary>
    public static Task<int> Insert(Tx tx, NewProfile profile) =>
        tx.Execute(
            """
            insert into profiles (user_id, username, username_skeleton, phone_number, email, preferred_currency, preferred_payment_methods,
                                  auto_reply, consented_version, consented_at, joined_at, updated_at, last_active_at)
            values (@UserId, @Username, @Skeleton, @PhoneNumber, @Email, @PreferredCurrency, @PreferredPaymentMethods,
                    @AutoReply, @TermsVersion, @At, @At, @At, @At)
                on conflict (user_id) do nothing
            """,
            profile);

    public static Task<int> InsertStanding(Tx tx, long userId) =>
        tx.Execute(
            """
            insert into standings (user_id, suspended)
            select @userId, exists (select 1
                                      from suspensions
                                     where user_id = @userId
                                       and lifted_at is null)
                on conflict (user_id) do nothing
            """,
            new { userId });

    public static Task<int> InsertStream(Tx tx, long userId, string audience) =>
        tx.Execute(
            """
            insert into streams (user_id, audience)
            values (@userId, @audience)
                on conflict (user_id, audience) do nothing
            """,
            new { userId, audience });

    /// <summary>Changes what is given; 0 when there is no profile.</summary>
    public static Task<int> Update(Tx tx, ProfileUpdate update) =>
        tx.Execute(
            """
            update profiles
               set username_changed_at = case
                                             when @UsernameGiven and username is not null and username is distinct from @Username then @At
                                             else username_changed_at
                                         end,
                   username = case when @UsernameGiven then @Username else username end,
                   username_skeleton = case when @UsernameGiven then @Skeleton else username_skeleton end,
                   phone_number = case when @PhoneNumberGiven then @PhoneNumber else phone_number end,
                   email = case when @EmailGiven then @Email else email end,
                   picture_url = case when @PictureUrlGiven then @PictureUrl else picture_url end,
                   preferred_currency = case when @CurrencyGiven then @Currency else preferred_currency end,
                   preferred_payment_methods = case when @MethodsGiven then @Methods else preferred_payment_methods end,
                   auto_reply = case when @AutoReplyGiven then @AutoReply else auto_reply end,
                   updated_at = @At,
                   last_active_at = @At
             where user_id = @UserId
            """,
            update);

    /// <summary>Notes that the user was here; at most once a minute, so that nobody's row is written all the time.</summary>
    public static Task<int> Touch(Tx tx, long userId) =>
        tx.Execute(
            """
            update profiles
               set last_active_at = clock_timestamp()
             where user_id = @userId
               and last_active_at < clock_timestamp() - interval '1 minute'
            """,
            new { userId });

    /// <summary>Notes that these users were here until now. A row that somebody has locked is left out: its change notes the same.</summary>
    public static Task<int> TouchAll(Tx tx, long[] userIds) =>
        tx.Execute(
            """
            update profiles
               set last_active_at = clock_timestamp()
             where user_id = any(array(
                   select user_id
                     from profiles
                    where user_id = any(@userIds)
                    order by user_id
                      for no key update skip locked))
            """,
            new { userIds });
}

/// <summary>A profile that is about to be made.</summary>
internal sealed record NewProfile
{
    public required long UserId { get; init; }
    public string? Username { get; init; }
    public string? Skeleton { get; init; }
    public string? PhoneNumber { get; init; }
    public string? Email { get; init; }
    public string? PreferredCurrency { get; init; }
    public required long[] PreferredPaymentMethods { get; init; }
    public string? AutoReply { get; init; }
    public required int TermsVersion { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>The parameters of a change: each value with whether it is given.</summary>
internal sealed record ProfileUpdate
{
    public ProfileUpdate(long userId, ProfileChanges changes, DateTimeOffset at)
    {
        UserId = userId;
        At = at;
        (UsernameGiven, Username) = (changes.Username.IsGiven, changes.Username.Value);
        Skeleton = Username is null ? null : UsernameRules.Skeleton(Username);
        (PhoneNumberGiven, PhoneNumber) = (changes.PhoneNumber.IsGiven, changes.PhoneNumber.Value);
        (EmailGiven, Email) = (changes.Email.IsGiven, changes.Email.Value);
        (PictureUrlGiven, PictureUrl) = (changes.ProfilePictureUrl.IsGiven, changes.ProfilePictureUrl.Value);
        (CurrencyGiven, Currency) = (changes.PreferredCurrency.IsGiven, changes.PreferredCurrency.Value);
        (MethodsGiven, Methods) = (changes.PreferredPaymentMethods.IsGiven, [.. changes.PreferredPaymentMethods.Value ?? []]);
        (AutoReplyGiven, AutoReply) = (changes.AutoReplyMessage.IsGiven, changes.AutoReplyMessage.Value);
    }

    public long UserId { get; }
    public DateTimeOffset At { get; }
    public bool UsernameGiven { get; }
    public string? Username { get; }
    public string? Skeleton { get; }
    public bool PhoneNumberGiven { get; }
    public string? PhoneNumber { get; }
    public bool EmailGiven { get; }
    public string? Email { get; }
    public bool PictureUrlGiven { get; }
    public string? PictureUrl { get; }
    public bool CurrencyGiven { get; }
    public string? Currency { get; }
    public bool MethodsGiven { get; }
    public long[] Methods { get; }
    public bool AutoReplyGiven { get; }
    public string? AutoReply { get; }
}
