using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;

namespace P2P.Server.Accounts.Notifications;

/// <summary>How a user is notified: preferences, and what can be reached.</summary>
public sealed record Recipient
{
    public required long UserId { get; init; }

    /// <summary>Short name of the language.</summary>
    public required string Language { get; init; }

    public required EmailRhythm Rhythm { get; init; }
    public QuietHours? Quiet { get; init; }
    public required IReadOnlyDictionary<NotificationKind, KindPreference> Kinds { get; init; }

    /// <summary>The profile's address; null when there is none.</summary>
    public string? Email { get; init; }

    /// <summary>It is confirmed.</summary>
    public required bool EmailConfirmed { get; init; }

    /// <summary>Browsers that are told by Web Push.</summary>
    public required IReadOnlyList<Guid> Subscriptions { get; init; }

    /// <summary>The channels of a kind.</summary>
    public KindPreference Of(NotificationKind kind) => PreferenceRules.Whole(kind, Kinds.GetValueOrDefault(kind));
}

/// <summary>Reads users as recipients.</summary>
internal static class RecipientSql
{
    public static async Task<IReadOnlyDictionary<long, Recipient>> Of(Tx tx, long[] userIds)
    {
        var rows = await tx.Query<RecipientRow>(
            """
            select u.id as user_id, p.email, coalesce(a.confirmed_at is not null and a.email = p.email, false) as email_confirmed,
                   coalesce(n.language, 'en') as language, coalesce(n.rhythm, 'Immediate') as rhythm,
                   n.quiet_from_minute, n.quiet_to_minute, n.quiet_offset_minutes, coalesce(cast(n.kinds as text), '[]') as kinds,
                   array(select w.id from web_push_subscriptions w where w.user_id = u.id order by w.id) as subscriptions
              from users u
              left join profiles p
                on p.user_id = u.id
              left join notification_preferences n
                on n.user_id = u.id
              left join email_addresses a
                on a.user_id = u.id
             where u.id = any(@userIds)
            """,
            new { userIds });
        return rows.ToDictionary(row => row.UserId, row => row.ToRecipient());
    }

    private sealed record RecipientRow
    {
        public required long UserId { get; init; }
        public string? Email { get; init; }
        public required bool EmailConfirmed { get; init; }
        public required string Language { get; init; }
        public required string Rhythm { get; init; }
        public short? QuietFromMinute { get; init; }
        public short? QuietToMinute { get; init; }
        public short? QuietOffsetMinutes { get; init; }
        public required string Kinds { get; init; }
        public required Guid[] Subscriptions { get; init; }

        public Recipient ToRecipient() => new()
        {
            UserId = UserId,
            Language = Language,
            Rhythm = Enum.Parse<EmailRhythm>(Rhythm),
            Quiet = (QuietFromMinute, QuietToMinute, QuietOffsetMinutes) is ({ } from, { } to, { } offset)
                ? new QuietHours { FromMinute = from, ToMinute = to, UtcOffsetMinutes = offset }
                : null,
            Kinds = (JsonSerializer.Deserialize<List<KindPreference>>(Kinds, WireJson.Client) ?? [])
                .ToDictionary(kind => kind.Kind),
            Subscriptions = Subscriptions,
            Email = Email,
            EmailConfirmed = EmailConfirmed,
        };
    }
}
