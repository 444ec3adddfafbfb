namespace P2P.Server.Accounts.Privacy;

/// <summary>What accounts know of a person.</summary>
internal static class AccountExportSql
{
    private const string Secret = "a secret that protects you: nobody is told it, and the server cannot read it back";
    private const string Staff = "names a member of staff";
    private const string House = "the same for everyone";
    private const string Sender = "which node delivers just now";
    private const string Browser = "a key of your browser's, which has it: who knows it can write to you in our name";

    public static IReadOnlyList<ExportSource> Sources { get; } =
    [
        new("user", User, "users"),
        new("profile", Profile, "profiles"),
        new("consents", Consents, "consents"),
        new("payment_accounts", PaymentAccounts, "payment_accounts"),
        new("contacts", Contacts, "contacts"),
        new("files", Files, "files"),
        new("suspensions", Suspensions, "suspensions"),
        new("acts_of_staff", ActsOfStaff, "audit_log"),
        new("revoked_tokens", RevokedTokens, "revocations"),
        new("tickets", Tickets, "tickets"),
        new("email_address", EmailAddress, "email_addresses"),
        new("notifications", Notifications, "notifications"),
        new("notification_preferences", NotificationPreferences, "notification_preferences"),
        new("outgoing_mails", OutgoingMails, "outbox"),
        new("event_streams", EventStreams, "streams", "notification_positions"),
        new("events", Events, "events"),
        new("requests", Requests, "requests"),
        new("second_factor", SecondFactor, "second_factors"),
        new("second_factor_uses", SecondFactorUses, "second_factor_uses"),
        new("recovery_codes", RecoveryCodes, "recovery_codes"),
        new("webhooks", HookExportSql.Endpoints, "webhook_endpoints"),
        new("webhook_deliveries", HookExportSql.Deliveries, "webhook_deliveries"),
        new("browsers", HookExportSql.Browsers, "web_push_subscriptions"),
        new("device_keys", DeviceKeys, "key_log"),
        new("merchant_applications", MerchantApplications, "merchant_applications"),
        new("merchant_review", MerchantReview, "merchant_reviews"),
        new("exports", Exports, "privacy_exports"),
        new("deletion", Deletion, "deletions"),
    ];

    public static IReadOnlyList<ExportGap> Gaps { get; } =
    [
        new("terms", House),
        new("currencies", House),
        new("payment_methods", House),
        new("epoch", House),
        new("schemaversions", House),
        new("script_checksums", House),
        new("profiles.username_skeleton", "made of the username, to tell names that look alike"),
        new("files.stored_name", "where the store keeps it; the file itself is fetched by its id"),
        new("suspensions.suspended_by", Staff),
        new("suspensions.lifted_by", Staff),
        new("audit_log.actor", Staff),
        new("audit_log.ip", Staff),
        new("audit_log.hash", "chains the log of all users"),
        new("audit_log.version", "how the log is hashed"),
        new("tickets.hash", Secret),
        new("email_addresses.code_salt", Secret),
        new("email_addresses.code_hash", Secret),
        new("requests.body_hash", "tells two requests apart; what they changed stands in the other parts"),
        new("second_factors.sealed", Secret),
        new("recovery_codes.hash", Secret),
        new("announcements", House),
        new("merchant_applications.decided_by", Staff),
        new("webhook_endpoints.secret", Secret),
        new("webhook_endpoints.former_secret", Secret),
        new("webhook_endpoints.leased_until", Sender),
        new("webhook_endpoints.claim", Sender),
        new("webhook_endpoints.test_id", Sender),
        new("web_push_subscriptions.p256dh", Browser),
        new("web_push_subscriptions.auth", Browser),
    ];

    private const string User =
        """
        select id, sub, created_at
          from users
         where id = @userId
        """;

    private const string Profile =
        """
        select username, phone_number, email, picture_url, preferred_currency, preferred_payment_methods, auto_reply, is_verified,
               is_merchant, avg_rating, total_reviews, stars_sum, consented_version, consented_at, joined_at, updated_at, last_active_at,
               username_changed_at
          from profiles
         where user_id = @userId
        """;

    private const string Consents =
        """
        select version, at
          from consents
         where user_id = @userId
         order by version
        """;

    private const string PaymentAccounts =
        """
        select a.id, a.payment_method_id, m.name as payment_method_name, a.label, a.fields, a.created_at, a.deleted_at
          from payment_accounts a
          join payment_methods m on m.id = a.payment_method_id
         where a.user_id = @userId
         order by a.id
        """;

    private const string Contacts =
        """
        select other_id, kind, at
          from contacts
         where user_id = @userId
         order by at
        """;

    private const string Files =
        """
        select id, purpose, order_id, item_id, message_id, name, content_type, bytes, encode(sha256, 'hex') as sha256, width, height,
               encrypted, created_at, stored_at, removed_at, erased_at
          from files
         where owner_id = @userId
         order by id
        """;

    private const string Suspensions =
        """
        select id, reason, at, until, lifted_at
          from suspensions
         where user_id = @userId
         order by at
        """;

    private const string ActsOfStaff =
        """
        select seq, at, action, target, before, after, reason
          from audit_log
         where target = concat('user:', @userId)
         order by seq
        """;

    private const string RevokedTokens =
        """
        select r.id, r.not_before, r.reason, r.at, r.sub
          from revocations r
          join users u on u.sub = r.sub
         where u.id = @userId
         order by r.id
        """;

    private const string Tickets =
        """
        select claims, origin, issued_at, expires_at
          from tickets
         where user_id = @userId
         order by issued_at
        """;

    private const string EmailAddress =
        """
        select email, code_ends_at, tries, asked, asked_since, confirmed_at
          from email_addresses
         where user_id = @userId
        """;

    private const string Notifications =
        """
        select id, event_id, kind, args, in_app, at, read_at
          from notifications
         where user_id = @userId
         order by id
        """;

    private const string NotificationPreferences =
        """
        select language, rhythm, quiet_from_minute, quiet_to_minute, quiet_offset_minutes, kinds, updated_at
          from notification_preferences
         where user_id = @userId
        """;

    private const string OutgoingMails =
        """
        select id, channel, key, payload, digest, attempts, created_at, next_at, sent_at, failed_at, last_error
          from outbox
         where user_id = @userId
         order by id
        """;

    private const string EventStreams =
        """
        select s.audience, s.last_seq, s.first_seq, p.seq as notified_to
          from streams s
          left join notification_positions p on p.user_id = s.user_id
                                            and p.audience = s.audience
         where s.user_id = @userId
         order by s.audience
        """;

    private const string Events =
        """
        select audience, seq, event_id, type, body, at
          from events
         where user_id = @userId
         order by audience, seq
        """;

    private const string Requests =
        """
        select request_id, code, reply, at
          from requests
         where user_id = @userId
         order by at
        """;

    private const string SecondFactor =
        """
        select key_id, begun_at, expires_at, confirmed_at, wrong_at
          from second_factors
         where user_id = @userId
        """;

    private const string SecondFactorUses =
        """
        select step, request_id, at
          from second_factor_uses
         where user_id = @userId
         order by step
        """;

    private const string RecoveryCodes =
        """
        select used_at, used_for
          from recovery_codes
         where user_id = @userId
         order by used_at
        """;

    private const string DeviceKeys =
        """
        select seq, kind, encode(key_id, 'hex') as key_id, encode(signing_key, 'hex') as signing_key,
               encode(agreement_key, 'hex') as agreement_key, encode(signer_id, 'hex') as signer_id, encode(statement, 'hex') as statement,
               encode(link, 'hex') as link, name, at
          from key_log
         where user_id = @userId
         order by seq
        """;

    private const string MerchantApplications =
        """
        select id, business_name, country, registration_number, website, body, status, created_at, decided_at, decided_reason
          from merchant_applications
         where user_id = @userId
         order by id
        """;

    private const string MerchantReview =
        """
        select proposed_at, kept_until
          from merchant_reviews
         where user_id = @userId
        """;

    private const string Exports =
        """
        select at
          from privacy_exports
         where user_id = @userId
         order by at
        """;

    private const string Deletion =
        """
        select asked_at, due_at, next_at, sub, erased_at, finished_at
          from deletions
         where user_id = @userId
        """;
}
