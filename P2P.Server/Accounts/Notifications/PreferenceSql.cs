using System.Text.Json;
using P2P.Contracts;
using P2P.Contracts.Accounts;
using P2P.Db;

namespace P2P.Server.Accounts.Notifications;

/// <summary>Statements on preferences; they are read as part of <see cref="RecipientSql"/>.</summary>
internal static class PreferenceSql
{
    public static Task<int> Save(Tx tx, long userId, SetNotificationPreferencesRequest request, DateTimeOffset at) =>
        tx.Execute(
            """
            insert into notification_preferences (user_id, language, rhythm, quiet_from_minute, quiet_to_minute, quiet_offset_minutes,
                                                  kinds, updated_at)
            values (@userId, @language, @rhythm, @from, @to, @offset, cast(@kinds as jsonb), @at)
                on conflict (user_id) do update
               set language = excluded.language,
                   rhythm = excluded.rhythm,
                   quiet_from_minute = excluded.quiet_from_minute,
                   quiet_to_minute = excluded.quiet_to_minute,
                   quiet_offset_minutes = excluded.quiet_offset_minutes,
                   kinds = excluded.kinds,
                   updated_at = excluded.updated_at
            """,
            new
            {
                userId,
                language = Languages.NameOf(request.Language),
                rhythm = request.Rhythm.ToString(),
                from = (short?)request.QuietHours?.FromMinute,
                to = (short?)request.QuietHours?.ToMinute,
                offset = (short?)request.QuietHours?.UtcOffsetMinutes,
                kinds = JsonSerializer.Serialize(request.Kinds, WireJson.Client),
                at,
            });
}
